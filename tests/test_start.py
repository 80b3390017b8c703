"""The command line starts at once: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from somswd_kg.cli import COMMANDS, command

HEAVY = (
    "rdflib",
    "pyoxigraph",
    "rich",
    "openpyxl",
    "networkx",
    "SPARQLWrapper",
    "pyshacl",
    "lxml",
    "jinja2",
)


def loaded(arguments: list[str], names: tuple[str, ...] = HEAVY) -> list[str]:
    code = (
        "import sys, contextlib\n"
        "from somswd_kg.cli import main\n"
        f"sys.argv = ['somswd-kg', *{arguments!r}]\n"
        "with contextlib.suppress(SystemExit):\n    main()\n"
        f"print([name for name in {names!r} if name in sys.modules], file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    found: list[str] = eval(run.stderr.splitlines()[-1])
    return found


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["ask", "--help"]])
def test_nothing_heavy_is_imported_to_say_what_there_is(arguments: list[str]) -> None:
    assert loaded(arguments) == []


def test_the_table_of_commands_says_what_the_commands_say() -> None:
    context = command.make_context("somswd-kg", ["--help"], resilient_parsing=True)
    said = {}
    for name in COMMANDS:
        found = command.get_command(context, name)
        assert found is not None
        said[name] = (found.help or "").replace("\b", "").strip().splitlines()[0]

    assert said == COMMANDS


def test_every_command_has_an_example_to_paste() -> None:
    context = command.make_context("somswd-kg", ["--help"], resilient_parsing=True)
    without = [
        name
        for name in COMMANDS
        if f"Example: somswd-kg {name}" not in (command.get_command(context, name).help or "")  # type: ignore[union-attr]
    ]

    assert without == []


@pytest.mark.parametrize("draft", ["draft-2026-2030.ttl", "draft-2026-2030.xlsx"])
def test_a_draft_is_checked_without_what_is_slow_to_import(root: Path, draft: str) -> None:
    slow = {"rdflib", "pyshacl", "networkx", "SPARQLWrapper", "openpyxl", "rich", "jinja2"}

    assert slow & set(loaded(["validate", str(root / "examples" / draft)])) == set()


@pytest.mark.parametrize("number", ["250", "25"])
def test_a_draft_is_checked_and_told_by_what_was_written_before(
    tmp_path: Path, number: str
) -> None:
    draft = tmp_path / "country.ttl"
    draft.write_text(
        "@prefix swd: <https://w3id.org/somswd-kg/ns#> . "
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
        '<urn:x:fr> a swd:Country ; skos:prefLabel "France"@en , "ฝรั่งเศส"@th ; '
        f'swd:isoAlpha2 "FR" ; swd:isoAlpha3 "FRA" ; swd:isoNumeric "{number}" .',
        encoding="utf-8",
    )
    writers = tuple(f"somswd_kg.shacl.{name}" for name in ("making", "compiled", "binding"))
    writers += ("somswd_kg.questions.catalogue",)
    loaded(["validate", str(draft)], writers)  # which are written here, if they were not before

    assert loaded(["validate", str(draft)], writers) == []
    told = "somswd_kg.findings.finding"
    assert loaded(["validate", str(draft)], (told,)) == ([told] if number == "25" else [])
