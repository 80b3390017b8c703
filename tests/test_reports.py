"""Every form of a report: what it says, that it is well formed, and that it is always the same."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from small_draft import sheets, write_csv_draft, write_draft
from somswd_kg.api import KnowledgeGraph
from somswd_kg.formats.rdf import read_quads
from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport, Place, Severity
from somswd_kg.namespaces import RDF, SH, SWD
from somswd_kg.reports.comment_sheet import comment_rows, comment_sheet
from somswd_kg.reports.findings import FORMATS, SUFFIXES, render_findings
from somswd_kg.reports.findings_csv import findings_as_csv
from somswd_kg.reports.findings_html import findings_as_html
from somswd_kg.reports.findings_json import findings_as_json
from somswd_kg.reports.findings_sarif import findings_as_sarif
from somswd_kg.reports.findings_text import findings_as_text
from somswd_kg.reports.findings_ttl import findings_as_turtle
from somswd_kg.reports.writing import write_reports
from somswd_kg.terms import Literal
from somswd_kg.triples import Triples

EN, TH = Language.EN, Language.TH


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_draft(tmp_path_factory.mktemp("drafts") / "draft.xlsx")


@pytest.fixture(scope="module")
def report(kg: KnowledgeGraph, draft: Path) -> FindingReport:
    """A draft with findings of every severity, held against the plan before it."""
    found = kg.validate(draft, stage="consultation", against="somswd-2021-2025")
    return replace(found, checked="draft.xlsx")


@pytest.fixture(scope="module")
def shipped(kg: KnowledgeGraph) -> FindingReport:
    return kg.validate(scorecard=True)


@pytest.fixture(scope="module")
def csv_report(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> FindingReport:
    return kg.validate(write_csv_draft(tmp_path_factory.mktemp("drafts") / "draft"))


def nasty(text: str) -> FindingReport:
    """A report in which every text is the given one."""
    both = Text(text, text)
    place = Place(1, 2, 3, text, text)
    finding = Finding(
        *("A-01", Severity.VIOLATION, "urn:x", both, text, both, both, both, text),
        place=place,
        suggested=text,
        id=text,
    )
    return FindingReport((finding,), checked=text)


# -- all of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_text(
    report: FindingReport, name: str, language: Language
) -> None:
    first = render_findings(report, name, language)

    assert first == render_findings(report, name, language)
    assert first.endswith("\n")


def test_the_same_draft_gives_the_same_report(
    kg: KnowledgeGraph, draft: Path, report: FindingReport
) -> None:
    again = kg.validate(draft, stage="consultation")

    assert (again.findings, again.scorecard) == (report.findings, report.scorecard)


def test_no_report_shows_the_nodes_of_a_draft_to_people(report: FindingReport) -> None:
    for language in Language:
        assert "urn:somswd-kg:draft" not in findings_as_text(report, language)
        assert "urn:somswd-kg:draft" not in findings_as_html(report, language)


def test_every_form_is_written_beside_the_others(
    report: FindingReport, draft: Path, tmp_path: Path
) -> None:
    before = draft.read_bytes()
    files = write_reports(report, SUFFIXES, tmp_path / "a", TH, draft).paths
    again = write_reports(report, SUFFIXES, tmp_path / "b", TH, draft).paths

    assert [path.name for path in files] == [f"draft-findings{end}" for end in SUFFIXES.values()]
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    assert draft.read_bytes() == before


# -- text -------------------------------------------------------------------------------------


def test_text_begins_with_counts_and_the_comparison(report: FindingReport) -> None:
    thai = findings_as_text(report, TH).splitlines()
    english = findings_as_text(report, EN).splitlines()
    counts = [count for count in report.counts.values()]
    held = report.comparison
    assert held is not None
    inherited = len(held.inherited)
    new = len(report.findings) - inherited

    assert thai[0] == (
        f"draft.xlsx: ต้องแก้ไข {counts[0]} รายการ  ควรแก้ไข {counts[1]} รายการ  "
        f"เพื่อทราบ {counts[2]} รายการ"
    )
    assert thai[1] == (
        f"เทียบกับ somswd-2021-2025: พบใหม่ {new} รายการ  คงเดิม {inherited} รายการ  "
        f"แก้ไขแล้ว {len(held.fixed)} รายการ"
    )
    assert english[1].startswith(f"Compared with somswd-2021-2025: {new} new, {inherited} inh")


def test_text_groups_by_severity_then_rule_then_place(report: FindingReport) -> None:
    text = findings_as_text(report, TH)

    headings = [text.index(f"\n{word} (") for word in ("ต้องแก้ไข", "ควรแก้ไข", "เพื่อทราบ")]
    assert headings == sorted(headings)
    goals, outcomes = text.index("- [พบใหม่]  แผ่นงาน “เป้าหมาย” ช่อง A2"), text.index("ช่อง A3")
    assert goals < outcomes
    assert "INT-07 (1)" in text
    assert "แผ่นงาน “เป้าหมาย” ช่อง D3 (หัวข้อ “กลุ่มเป้าหมาย”)" in text


def test_text_is_plain_and_no_wider_than_a_page(report: FindingReport) -> None:
    from somswd_kg.language import display_width

    for language in Language:
        lines = findings_as_text(report, language).splitlines()

        assert max(map(display_width, lines)) <= 100
        assert not any("\x1b" in line or line != line.rstrip() for line in lines)


def test_thai_is_written_as_officials_write_it(
    report: FindingReport, shipped: FindingReport
) -> None:
    for text in (findings_as_text(report, TH), findings_as_text(shipped, TH)):
        assert not [word for word in ("คะแนน", "ความรุนแรงระดับ", "ละเมิด", "ผิดพลาด") if word in text]
        assert "{" not in text


def test_what_is_known_is_told_in_few_lines(shipped: FindingReport) -> None:
    text = findings_as_text(shipped, EN)

    assert text.startswith("the shipped graph: 0 violations, 0 warnings, 0 for information, known")
    assert len(text.splitlines()) < 2.2 * len(shipped.known) + 60
    for finding in shipped.known:
        assert finding.rule in text


def test_a_draft_without_findings_says_so() -> None:
    assert findings_as_text(FindingReport((), checked="x"), TH) == (
        "x: ต้องแก้ไข 0 รายการ  ควรแก้ไข 0 รายการ  เพื่อทราบ 0 รายการ\nไม่มีข้อตรวจพบ\n"
    )


# -- json -------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["report", "shipped", "csv_report"])
def test_json_fits_its_schema(which: str, root: Path, request: pytest.FixtureRequest) -> None:
    path = root / "src" / "somswd_kg" / "reports" / "findings.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    content = json.loads(findings_as_json(request.getfixturevalue(which)))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["$schema"] == schema["$id"]


def test_a_report_that_lacks_an_id_does_not_fit_the_schema(
    report: FindingReport, root: Path
) -> None:
    path = root / "src" / "somswd_kg" / "reports" / "findings.schema.json"
    content = json.loads(findings_as_json(report))
    del content["findings"][0]["id"]

    with pytest.raises(jsonschema.ValidationError, match="'id' is a required property"):
        jsonschema.validate(content, json.loads(path.read_text(encoding="utf-8")))


def test_json_tells_the_status_of_each_finding(report: FindingReport) -> None:
    content = json.loads(findings_as_json(report))
    statuses = [finding["status"] for finding in content["findings"]]

    assert statuses.count("new") == content["comparison"]["new"] > 0
    assert statuses.count("inherited") == content["comparison"]["inherited"] > 0
    assert len({finding["id"] for finding in content["findings"]}) == len(statuses)
    assert content["scorecard"]["whole"]["shares"]["indicator"] == {"has": 1, "of": 2}


# -- sarif ------------------------------------------------------------------------------------


def test_sarif_says_what_the_standard_asks_for(report: FindingReport) -> None:
    """Hold the log against the clauses of SARIF 2.1.0 that we use."""
    log = json.loads(findings_as_sarif(report, TH))
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    rules = [rule["id"] for rule in driver["rules"]]

    assert log["version"] == "2.1.0"  # 3.13.2
    assert driver["name"] == "somswd-kg"  # 3.19.8
    assert len(set(rules)) == len(rules)  # 3.19.23: unique
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
        assert result["level"] in {"error", "warning", "note"}  # 3.27.10
        assert result["message"]["text"]  # 3.11.2
        assert result["baselineState"] in {"new", "unchanged", "absent"}  # 3.27.24
        assert result["partialFingerprints"]["findingId/v1"]  # 3.27.17
    states = [result["baselineState"] for result in run["results"]]
    assert states.count("absent") == len(report.comparison.fixed)  # type: ignore[union-attr]


def test_sarif_of_a_workbook_has_no_lines_and_names_the_cell(report: FindingReport) -> None:
    results = json.loads(findings_as_sarif(report, TH))["runs"][0]["results"]
    (unit,) = [r for r in results if r["ruleId"] == "IND-02" and r["baselineState"] != "absent"]
    (location,) = unit["locations"]

    assert location == {
        "physicalLocation": {"artifactLocation": {"uri": "draft.xlsx"}},
        "logicalLocations": [{"fullyQualifiedName": "ตัวชี้วัด!E2", "kind": "cell"}],
    }


def test_sarif_of_csv_has_lines(csv_report: FindingReport) -> None:
    results = json.loads(findings_as_sarif(csv_report, TH))["runs"][0]["results"]
    (unit,) = [r for r in results if r["ruleId"] == "IND-02"]

    assert unit["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}


def test_sarif_of_csv_counts_lines_and_not_rows(kg: KnowledgeGraph, tmp_path: Path) -> None:
    folder = write_csv_draft(tmp_path / "lines")
    path = folder / "ตัวชี้วัด.csv"
    head, row = path.read_text(encoding="utf-8").splitlines()
    other = row.replace("5.1.1", "5.1.0", 1).replace("กฎหมาย", '"กฎ\nหมาย"')
    name = row.split(",")[1]
    other = row.replace("5.1.1", "5.1.0", 1).replace(name, f'"{name}\nสองบรรทัด"')
    path.write_text(f"{head}\n{other}\n{row}\n", encoding="utf-8", newline="\n")

    results = json.loads(findings_as_sarif(kg.validate(folder), TH))["runs"][0]["results"]
    units = [r["locations"][0]["physicalLocation"] for r in results if r["ruleId"] == "IND-02"]

    assert [unit["region"]["startLine"] for unit in units] == [2, 4]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["report", "shipped", "csv_report"])
def test_sarif_fits_the_official_schema(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Hold the log against the schema that Microsoft's package carries (npm, MIT)."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which brings the schema, is not there")
    command = [npm, "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    if done.returncode:
        pytest.skip("the npm registry, which has the schema, is not in reach")
    shutil.unpack_archive(next(tmp_path.glob("*.tgz")), tmp_path)
    schema = json.loads(next(tmp_path.rglob("sarif-2.1.0*.json")).read_text(encoding="utf-8"))
    log = json.loads(findings_as_sarif(request.getfixturevalue(which), TH))

    jsonschema.Draft4Validator(schema).validate(log)


# -- csv --------------------------------------------------------------------------------------


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_has_one_row_for_each_finding(report: FindingReport) -> None:
    headings, *found = rows(findings_as_csv(report, TH))

    assert len(found) == len(report.findings)
    assert {len(row) for row in found} == {len(headings)}
    assert [row[0] for row in found] == [finding.id for finding in report.findings]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n="])
def test_no_text_becomes_a_formula(sign: str) -> None:
    text = f"{sign}cmd|'/c calc'!A1"
    for row in rows(findings_as_csv(nasty(text), EN))[1:]:
        assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    sheet = openpyxl.load_workbook(io.BytesIO(comment_sheet(nasty(text), EN))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


# -- turtle -----------------------------------------------------------------------------------


def test_turtle_is_a_report_with_places(report: FindingReport) -> None:
    quads = read_quads(text=findings_as_turtle(report), format="ttl")
    graph = Triples(quad.triple for quad in quads)
    (head,) = graph.instances(SH.ValidationReport)
    results = graph.objects(head, SH.result)

    assert graph.one(head, SH.conforms) == Literal(
        "false", datatype=graph.one(head, SH.conforms).datatype
    )  # type: ignore[union-attr]
    assert len(results) == len(report.findings)
    places = {graph.string(result, SWD.place) for result in results}
    assert places == {f.place.address for f in report.findings if f.place}
    for result in results:
        assert graph.one(result, RDF.type) == SH.ValidationResult
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(graph.objects(result, needed)) == 1
        assert set(graph.texts(result, SH.resultMessage)) == {"en", "th"}


# -- html -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Reads a page: its tags in order, what is open, and every attribute."""

    EMPTY = frozenset(("meta", "br", "link", "img", "input", "hr"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", Language)
def test_html_is_well_formed_and_refers_to_nothing_outside(
    report: FindingReport, language: Language
) -> None:
    text = findings_as_html(report, language)
    page = Page(text)

    assert page.open == []
    assert dict(page.tags)["html"] == {"lang": str(language)}
    references = [a for _, given in page.tags for a in given if a in ("src", "href", "action")]
    assert references == []
    assert "http:" not in text and "https:" not in text and "url(" not in text
    policy = [given["content"] for tag, given in page.tags if "http-equiv" in given]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"]


def test_html_names_what_a_screen_reader_must_know(report: FindingReport) -> None:
    page = Page(findings_as_html(report, TH))
    tags = [tag for tag, _ in page.tags]

    assert tags.count("h1") == 1
    assert tags.count("select") == tags.count("label") == 4
    assert [given for tag, given in page.tags if given.get("role") == "status"] == [
        {"role": "status", "aria-live": "polite"}
    ]
    scopes = [given.get("scope") for tag, given in page.tags if tag == "th"]
    assert set(scopes) == {"col", "row"}


def test_html_keeps_texts_as_texts() -> None:
    text = findings_as_html(nasty("</script><img src=x onerror=alert(1)>\"'"), EN)

    assert "img" not in [tag for tag, _ in Page(text).tags]


# -- comments ---------------------------------------------------------------------------------


def test_comments_come_in_the_order_of_the_clauses(report: FindingReport) -> None:
    both = Text("a", "ก")
    one = report.findings[0]
    codes = ["2.10", "2.9", "", "3.1.1", "somswd-2026-2030"]
    mixed = FindingReport(tuple(replace(one, code=code, label=both, id="") for code in codes))

    found = [row[1] for row in comment_rows(mixed, TH)]

    assert found == ["", "somswd-2026-2030", "2.9", "2.10", "3.1.1"]


def test_a_comment_on_a_target_stands_with_its_indicator(report: FindingReport) -> None:
    (row,) = [row for row in comment_rows(report, TH) if row[8] == "INT-53"]

    assert row[1] == "5.1.1"


@pytest.mark.parametrize(("language", "heading"), [(TH, "ข้อคิดเห็น"), (EN, "Comment")])
def test_comments_are_a_workbook_in_the_readers_language(
    report: FindingReport, language: Language, heading: str
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(comment_sheet(report, language))).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert found[0][3] == heading
    assert len(found) == 1 + len(report.findings)
    (reworded,) = [row for row in found if row[8] == "WRD-09"]
    assert reworded[1] == "3.1.2"
    assert reworded[5] == "สิทธิผู้สูงอายุได้รับการส่งเสริม"


def test_what_the_source_leaves_open_is_a_comment_too(shipped: FindingReport) -> None:
    found = comment_rows(shipped, TH)

    assert len(found) == len(shipped.known)
    assert [row[0] for row in found] == [str(n) for n in range(1, len(found) + 1)]


# -- the draft handed back --------------------------------------------------------------------


def test_a_draft_handed_back_has_the_same_findings_and_no_new_one(
    kg: KnowledgeGraph, draft: Path, tmp_path: Path
) -> None:
    first = kg.validate(draft)
    (path,) = write_reports(first, ["xlsx"], tmp_path, TH, draft).paths
    second = kg.validate(path)

    def told(found: FindingReport) -> list[tuple[str, str, str]]:
        return [(f.id, f.place.address if f.place else "", f.message.th) for f in found.findings]

    assert told(second) == told(first)


def test_a_draft_handed_back_holds_the_findings_at_their_cells(
    report: FindingReport, draft: Path, tmp_path: Path
) -> None:
    (path,) = write_reports(report, ["xlsx"], tmp_path, TH, draft).paths
    book = openpyxl.load_workbook(path)

    assert book.sheetnames == [*sheets(), "ข้อตรวจพบ"]
    comment = book["ตัวชี้วัด"]["E2"].comment
    assert comment is not None and "IND-02 ควรแก้ไข" in comment.text
    assert book["ข้อตรวจพบ"].max_row == 1 + len(report.findings)


def test_every_reader_of_a_form_gets_what_was_found(
    report: FindingReport, draft: Path, tmp_path: Path
) -> None:
    """Each form tells of each rule that was found."""
    texts: dict[str, Callable[[], str]] = {
        name: (lambda name=name: render_findings(report, name, EN)) for name in FORMATS
    }
    for name, give in texts.items():
        text = give()
        assert [f.rule for f in report.findings if f.rule not in text] == [], name
