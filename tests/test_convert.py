"""Drafts become RDF with lasting IRIs and come back; nothing is lost in silence."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from somswd_kg.cli.convert import command
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.formats.rdf import read_quads
from somswd_kg.namespaces import BASE, SKOS, SWD
from somswd_kg.terms import NamedNode
from somswd_kg.triples import Triples

DRAFT = Path(__file__).resolve().parent.parent / "examples" / "draft-2026-2030"
VERSION = f"{BASE}id/somswd-2026-2030/draft-2025-06"


def graph_of(path: Path) -> set[str]:
    return {str(quad.triple) for quad in read_quads(path)}


def write(folder: Path, sheets: dict[str, list[list[str]]]) -> Path:
    folder.mkdir(parents=True)
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


PLAN = [["code of the draft", "first year"], ["somswd-2026-2030.draft-2025-06", "2026"]]


@pytest.mark.parametrize(
    ("format_", "source"),
    [
        *((format_, ".xlsx") for format_ in ("ttl", "nt", "nq", "trig", "rdfxml", "jsonld")),
        ("nt", ""),
        ("nt", ".ttl"),
    ],
)
def test_every_form_gives_the_same_graph(kg, tmp_path, format_, source):
    suffix = {"rdfxml": "rdf"}.get(format_, format_)

    done = kg.convert(f"{DRAFT}{source}", format_, tmp_path / f"out.{suffix}")

    assert (done.findings, done.unheld) == ((), ())
    assert graph_of(done.path) == graph_of(DRAFT.with_suffix(".ttl"))


def test_rows_get_the_iri_of_their_version_kind_and_code(kg):
    graph = Triples(quad.triple for quad in read_quads(DRAFT.with_suffix(".ttl")))
    outcome = NamedNode(f"{VERSION}/outcome/3.2.1")

    assert graph.string(outcome, SKOS.notation) == "3.2.1"
    assert graph.objects(outcome, SWD.describedIn) == (NamedNode(VERSION),)
    assert graph.subjects(SWD.isTargetOf, NamedNode(f"{VERSION}/indicator/5.1.8")) == (
        NamedNode(f"{VERSION}/target/5.1.8-2030-asean-member-states-at-least-cumulative"),
    )


def test_a_row_keeps_its_iri_when_its_words_change(kg, tmp_path):
    book = openpyxl.load_workbook(DRAFT.with_suffix(".xlsx"))
    sheet = book["ค่าเป้าหมายรายปี"]
    identifier, sheet["E2"].value = sheet["A2"].value, 2029
    book.save(tmp_path / "changed.xlsx")

    done = kg.convert(tmp_path / "changed.xlsx", "nt", tmp_path / "out.nt")
    graph = Triples(quad.triple for quad in read_quads(done.path))

    assert graph.string(NamedNode(identifier), SWD.year) == "2029"


def test_another_code_of_the_draft_gives_everything_a_new_iri(kg, tmp_path):
    book = openpyxl.load_workbook(DRAFT.with_suffix(".xlsx"))
    book["แผนงาน"]["B2"].value = "somswd-2026-2030.draft-2025-09"
    book["การติดตามประเมินผล"].delete_rows(2, 5)
    book.save(tmp_path / "next.xlsx")

    done = kg.convert(tmp_path / "next.xlsx", "nt", tmp_path / "out.nt")
    subjects = {quad.subject.value for quad in read_quads(done.path)}

    start = f"{BASE}id/somswd-2026-2030/draft-2025-09"
    assert {s for s in subjects if not s.startswith(start)} == set()


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ([["code", "name (Thai)"], ["", "ก"]], [("INT-18", "Goals.csv:2:1")]),
        ([["code", "name (Thai)"], ["2.1", "ก"], ["2.1", "ข"]], [("INT-19", "Goals.csv:3:1")]),
    ],
)
def test_nothing_is_written_while_codes_are_missing_or_double(kg, tmp_path, goals, expected):
    draft = write(tmp_path / "draft", {"Plan": PLAN, "Goals": goals})

    done = kg.convert(draft, "ttl", tmp_path / "out.ttl")

    assert [(f.rule, f.place.address) for f in done.findings] == expected
    assert (done.path, (tmp_path / "out.ttl").exists()) == (None, False)


def test_a_draft_without_a_plan_is_refused(kg, tmp_path):
    draft = write(tmp_path / "draft", {"Goals": [["code", "name (Thai)"], ["2.1", "ก"]]})

    done = kg.convert(draft, "ttl", tmp_path / "out.ttl")

    assert "INT-17" in {finding.rule for finding in done.findings}
    assert done.path is None


def test_a_cell_that_gave_no_value_is_told_of(kg, tmp_path):
    goals = [["code", "name (Thai)", "target group"], ["2.1", "ก", "เด็กๆ ทุกคนในโลก"]]
    draft = write(tmp_path / "draft", {"Plan": PLAN, "Goals": goals})

    done = kg.convert(draft, "ttl", tmp_path / "out.ttl")

    assert [(f.rule, f.place.address) for f in done.findings] == [("INT-07", "Goals.csv:2:3")]
    assert done.path == tmp_path / "out.ttl"


def test_columns_that_mean_nothing_to_us_are_given_back(kg, tmp_path):
    goals = [["memo", "code", "name (Thai)"], ["ask the minister", "2.1", "ก"], ["", "2.2", "ข"]]
    draft = write(tmp_path / "draft", {"Plan": PLAN, "Goals": goals})

    done = kg.convert(draft, "xlsx", tmp_path / "out.xlsx", lang="en")
    rows = list(openpyxl.load_workbook(done.path)["Goals"].iter_rows(values_only=True))

    assert [row[-1] for row in rows] == ["memo", "ask the minister", None]


def test_what_a_workbook_cannot_hold_is_listed(kg, tmp_path):
    text = DRAFT.with_suffix(".ttl").read_text(encoding="utf-8")
    extra = (
        f"<{VERSION}/duty/1> a <{SWD.Duty.value}> ; <{SWD.isDutyOf.value}> "
        f"<{VERSION}/responsibility/4.3> .\n"
        f"<{VERSION}/goal/2.1> <{SKOS.altLabel.value}> 'goal one'@en .\n"
    )
    (tmp_path / "more.ttl").write_text(text + extra, encoding="utf-8")

    done = kg.convert(tmp_path / "more.ttl", "xlsx", tmp_path / "out.xlsx")

    assert sorted(str(triple.predicate).split("#")[-1] for triple in done.unheld) == [
        "altLabel>",
        "isDutyOf>",
        "type>",
    ]


def test_text_that_looks_like_a_formula_stays_text(kg, tmp_path):
    goals = [["code", "name (Thai)"], ["2.1", "=1+1"], ["2.2", "@ข"], ["2.3", "-ค"]]
    draft = write(tmp_path / "draft", {"Plan": PLAN, "Goals": goals})

    book = kg.convert(draft, "xlsx", tmp_path / "out.xlsx").path
    folder = kg.convert(book, "csv", tmp_path / "out").path

    assert openpyxl.load_workbook(book)["เป้าหมาย"]["C2"].data_type == "s"
    assert "'=1+1" in (folder / "เป้าหมาย.csv").read_text(encoding="utf-8")
    back = kg.convert(folder, "nt", tmp_path / "out.nt").path
    names = Triples(quad.triple for quad in read_quads(back))
    assert [
        names.text(NamedNode(f"{VERSION}/goal/2.{n}"), SKOS.prefLabel, "th") for n in (1, 2, 3)
    ] == ["=1+1", "@ข", "-ค"]


def test_csv_for_excel_has_its_mark_and_a_zip_is_made_where_the_name_says_so(kg, tmp_path):
    folder = kg.convert(DRAFT, "csv", tmp_path / "out").path
    packed = kg.convert(DRAFT, "csv", tmp_path / "out.zip").path

    assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in folder.iterdir())
    again = kg.convert(packed, "nt", tmp_path / "out.nt").path
    assert graph_of(again) == graph_of(DRAFT.with_suffix(".ttl"))


def test_a_folder_that_holds_other_files_is_left_alone(kg, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.docx").write_bytes(b"x")

    with pytest.raises(SourceError, match=r"dear\.docx"):
        kg.convert(DRAFT, "csv", tmp_path / "letters")

    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dear.docx"]


def test_a_former_folder_of_csv_is_replaced_whole(kg, tmp_path):
    shutil.copytree(DRAFT, tmp_path / "out")
    (tmp_path / "out" / "old.csv").write_text("x\n", encoding="utf-8")

    kg.convert(DRAFT, "csv", tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        path.name for path in DRAFT.iterdir()
    )


def test_an_unknown_format_is_an_error(kg, tmp_path):
    with pytest.raises(ParameterError, match="docm"):
        kg.convert(DRAFT, "docm", tmp_path / "out.docm")


def test_rdf_without_a_plan_cannot_become_a_workbook(kg, tmp_path):
    (tmp_path / "x.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")

    with pytest.raises(SourceError, match="no version of a plan"):
        kg.convert(tmp_path / "x.ttl", "xlsx", tmp_path / "x.xlsx")


def test_the_command_refuses_with_the_findings_and_exit_1(tmp_path):
    draft = write(tmp_path / "draft", {"Plan": PLAN, "Goals": [["code", "name (Thai)"], ["", "ก"]]})

    result = CliRunner().invoke(
        command, [str(draft), "--to", "ttl", str(tmp_path / "out.ttl")], standalone_mode=False
    )

    assert (result.return_value, result.stderr) == (1, "nothing was written\n")
    assert "INT-18" in result.stdout
    assert "Give the row a code" in result.stdout


def test_the_command_lists_what_is_left_out(tmp_path):
    extra = f"<{VERSION}/goal/2.1> <{SKOS.altLabel.value}> 'goal one'@en .\n"
    text = DRAFT.with_suffix(".ttl").read_text(encoding="utf-8")
    (tmp_path / "more.ttl").write_text(text + extra, encoding="utf-8")

    result = CliRunner().invoke(
        command,
        [str(tmp_path / "more.ttl"), "--to", "xlsx", str(tmp_path / "out.xlsx")],
        standalone_mode=False,
    )

    assert result.return_value == 0
    assert result.stdout.splitlines() == [
        "Left out, for a workbook has no place for it (triples: 1):",
        "      1 values of skos:altLabel",
    ]
