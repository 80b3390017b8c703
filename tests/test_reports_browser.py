"""The page of findings in a real browser: filters, keyboard, print."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from small_draft import write_draft
from somswd_kg.api import KnowledgeGraph
from somswd_kg.language import Language
from somswd_kg.model import FindingReport, Severity
from somswd_kg.reports.findings_html import findings_as_html

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
TRY = """
<script>
var told = [];
function shown() {
  return Array.prototype.filter.call(document.querySelectorAll("#findings > li"), function (item) {
    return item.offsetParent !== null;
  }).length;
}
function choose(name, value) {
  var field = document.getElementById("filters").elements[name];
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  told.push([name, value, shown(), Number(document.getElementById("shown").textContent)]);
}
%s
var first = document.querySelector("select");
first.focus();
told.push(["focus", document.activeElement === first, document.documentElement.scrollWidth]);
document.body.innerHTML = "<pre id='told'></pre>";
document.getElementById("told").textContent = JSON.stringify(told);
</script>
"""

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not there"),
]


@pytest.fixture(scope="module")
def report(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> FindingReport:
    path = write_draft(tmp_path_factory.mktemp("drafts") / "draft.xlsx")
    return kg.validate(path, stage="consultation", against="somswd-2021-2025")


def tried(page: str, script: str, folder: Path, width: int = 1100) -> list[list[object]]:
    """Open the page in a browser, run a script in it, and give what it told."""
    path = folder / "page.html"
    path.write_text(page.replace("</body>", TRY % script + "</body>"), encoding="utf-8")
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--window-size={width},900", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-500:]
    told: list[list[object]] = json.loads(unescape(found[1]))
    return told


@pytest.mark.parametrize("language", Language)
def test_the_filters_show_what_was_chosen(
    report: FindingReport, language: Language, tmp_path: Path
) -> None:
    page = findings_as_html(report, language)
    script = """
        choose("severity", "violation"); choose("severity", ""); choose("rule", "INT-07");
        choose("rule", ""); choose("sheet", "ตัวชี้วัด"); choose("severity", "warning");
        choose("severity", ""); choose("sheet", ""); choose("status", "inherited");
    """
    *told, focus = tried(page, script, tmp_path)
    everything = len(report.findings)
    on_sheet = [f for f in report.findings if f.place and f.place.name == "ตัวชี้วัด"]
    warnings = [f for f in on_sheet if f.severity is Severity.WARNING]
    counts = [
        report.counts[Severity.VIOLATION],
        everything,
        1,
        everything,
        len(on_sheet),
        len(warnings),
        len(on_sheet),
        everything,
        len(report.comparison.inherited),  # type: ignore[union-attr]
    ]

    assert [row[2] for row in told] == counts
    assert [row[3] for row in told] == counts
    assert focus[:2] == ["focus", True]


def test_on_a_narrow_screen_nothing_is_cut_off(report: FindingReport, tmp_path: Path) -> None:
    page = findings_as_html(report, Language.TH)

    ((_, _, wide),) = tried(page, "", tmp_path, width=500)

    assert isinstance(wide, int) and wide <= 500
