"""The workbook comes from shapes and codes alone, and what it offers can be read back."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from somswd_kg.api import KnowledgeGraph
from somswd_kg.cli.template import command
from somswd_kg.drafts.cells import read_cell
from somswd_kg.drafts.columns import Form, NameRange
from somswd_kg.drafts.grid import Cell, CellKind
from somswd_kg.drafts.lexicon import Lexicon
from somswd_kg.drafts.remarks import IntakeCode
from somswd_kg.drafts.template import CODES_SHEET, BookLanguage, describe_workbook
from somswd_kg.errors import ParameterError
from somswd_kg.formats.xlsx import read_workbook
from somswd_kg.namespaces import SKOS
from somswd_kg.terms import Literal, NamedNode, Triple
from somswd_kg.triples import Triples

THAI_SHEETS = (
    "คำแนะนำ แผนงาน วิสัยทัศน์ เป้าหมาย ผลลัพธ์ ผลผลิต กิจกรรม ตัวชี้วัด ค่าฐาน ค่าเป้าหมายรายปี กลไก "
    "บทบาทหน้าที่ การติดตามประเมินผล ความเชื่อมโยงข้ามสาขา ความสอดคล้อง การเห็นชอบและรับรอง codes"
)
LANGUAGES = ("th", "en", "both")


@pytest.fixture(scope="module")
def books(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("template")
    made = {lang: kg.template(folder / f"{lang}.xlsx", lang=lang) for lang in LANGUAGES}
    made["filled"] = kg.template(folder / "filled.xlsx", plan="somswd-2021-2025")
    return made


def values(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_there_is_a_sheet_for_each_kind_of_thing_and_the_codes_are_hidden(books):
    book = openpyxl.load_workbook(books["th"])

    assert " ".join(book.sheetnames) == THAI_SHEETS
    assert [s.title for s in book if s.sheet_state == "hidden"] == [CODES_SHEET]
    assert {s.freeze_panes for s in book if s.title not in (CODES_SHEET, "คำแนะนำ")} == {"C2", "B2"}


@pytest.mark.parametrize(
    ("lang", "headings"),
    [
        ("th", ["id", "รหัส *", "ชื่อ (ไทย) *", "ชื่อ (อังกฤษ) *"]),
        ("en", ["id", "code *", "name (Thai) *", "name (English) *"]),
        ("both", ["id", "รหัส *\ncode *", "ชื่อ (ไทย) *\nname (Thai) *"]),
    ],
)
def test_headings_come_in_the_language_with_required_ones_marked(books, lang, headings):
    sheet = "Goals" if lang == "en" else "เป้าหมาย"

    assert values(books[lang])[sheet][0][: len(headings)] == headings


def test_each_heading_carries_its_help(books, kg):
    sheet = openpyxl.load_workbook(books["both"])["ตัวชี้วัด"]
    columns = next(s for s in kg.sheets if s.order == 7).columns
    comments = [cell.comment.text for cell in sheet[1][1:]]

    assert [
        all(text in comment for text in column.help.values())
        for column, comment in zip(columns, comments, strict=True)
    ] == [True] * len(columns)


def test_the_guide_speaks_both_languages(books):
    rows = values(books["en"])["Guide"]

    assert rows[0] == ["Guide", "คำแนะนำ"]
    assert all(all(row) or not any(row) for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_lists_offer_is_read_as_its_code(kg, lang):
    first = BookLanguage(lang).first
    book = describe_workbook(kg.sheets, kg.lexicon, BookLanguage(lang))
    codes = next(sheet for sheet in book.sheets if sheet.name == CODES_SHEET)
    wrong = []
    for sheet, described in zip(kg.sheets, book.sheets[1:], strict=False):
        for column, spec in zip(sheet.columns, described.columns[1:], strict=True):
            if spec.choices is None or spec.choices.sheet != CODES_SHEET:
                continue
            number = spec.choices.column - 1
            for row in codes.rows[: spec.choices.last - 1]:
                label, code = row[number : number + 2]
                cell = Cell(2, 2, CellKind.TEXT, label)
                read = read_cell(column, cell, lambda c, text: (named(kg, c, text, first), ()))
                if read.said or [kg_code(kg, term) for term in read.terms] != [code]:
                    wrong.append((column.heading("en"), label, code))

    assert wrong == []


def named(kg, column, text, language):
    found = kg.lexicon.find(text, column.range, language=language).one
    return found and found.iri


def kg_code(kg, term):
    return next(entry.codes[0] for entry in kg.lexicon.entries if entry.iri == term)


def test_two_codes_with_one_label_get_the_code_in_brackets():
    scheme = NamedNode("urn:scheme")
    entries = [NamedNode(f"urn:{code}") for code in ("one", "two", "three")]
    labels = ("คน", "คน", "ครั้ง")
    lexicon = Lexicon(
        Triples(
            triple
            for entry, label in zip(entries, labels, strict=True)
            for triple in (
                Triple(entry, SKOS.prefLabel, Literal(label, language="th")),
                Triple(entry, SKOS.notation, Literal(entry.value[4:])),
                Triple(entry, SKOS.inScheme, scheme),
            )
        )
    )
    names = NameRange((scheme,))
    written = [lexicon.written(entry, names, "th") for entry in lexicon.of(names)]

    assert written == ["คน (one)", "คน (two)", "ครั้ง"]
    assert [lexicon.find(text, names).one for text in written] == list(lexicon.entries)


def test_lists_warn_at_most_and_only_offer_where_a_cell_takes_several(books, kg):
    book = openpyxl.load_workbook(books["th"])
    seen = {}
    for sheet in kg.sheets:
        by_column = {
            str(v.sqref).split(":")[0][:-1]: v
            for v in book[sheet.name["th"]].data_validations.dataValidation
        }
        for number, column in enumerate(sheet.columns, 2):
            found = by_column.get(openpyxl.utils.get_column_letter(number))
            if found is not None:
                assert (found.type, found.errorStyle) == ("list", "warning")
                seen.setdefault((column.form, column.many), set()).add(found.showErrorMessage)

    assert seen[Form.CONCEPT, True] == {False}
    assert seen[Form.CONCEPT, False] == {True}


def test_there_is_no_macro_and_no_named_range(books):
    for path in books.values():
        with zipfile.ZipFile(path) as package:
            assert not [name for name in package.namelist() if "vba" in name.lower()]
        assert dict(openpyxl.load_workbook(path).defined_names) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_are_passed_over_and_nothing_else_is_said(kg, books, lang):
    file = kg.open_draft(books[lang])

    assert {remark.code for remark in file.remarks} == {IntakeCode.EXAMPLE_ROW}
    assert (len(file.remarks), file.draft.rows) == (len(kg.sheets), ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_row_that_is_made_ones_own_can_be_read(kg, books, lang, tmp_path):
    book = openpyxl.load_workbook(books[lang])
    for sheet in book:
        if sheet["A2"].value == "example":
            sheet["A2"].value = None
    path = tmp_path / "own.xlsx"
    book.save(path)

    file = kg.open_draft(path)
    links = {
        (sheet.name[BookLanguage(lang).first], number)
        for sheet in kg.sheets
        for number, column in enumerate(sheet.columns, 2)
        if column.form is Form.LINK
    }

    assert {(p.name, p.column) for p in file.draft.refused} <= links
    assert len(file.draft.rows) == len(kg.sheets)


def test_a_filled_workbook_holds_the_plan_and_reads_back_clean(kg, books):
    file = kg.open_draft(books["filled"])
    rows = {}
    for row in file.draft.rows:
        rows.setdefault(row.sheet.name["en"], []).append(row.code)

    assert rows["Outcomes"] == ["3.2.1", "3.2.2", "3.2.3", "3.2.4"]
    assert rows["Indicators"] == ["5.1.1", "5.1.2", "5.1.3", "5.1.4"]
    assert {str(remark.code) for remark in file.remarks} == {"buddhist-year"}
    assert all(
        row.identifier.startswith("https://w3id.org/somswd-kg/id/") for row in file.draft.rows
    )


def test_the_same_template_is_made_of_the_same_bytes(kg, books, tmp_path):
    again = kg.template(tmp_path / "again.xlsx", lang="both")

    assert again.read_bytes() == books["both"].read_bytes()


def test_an_unknown_plan_is_an_error_with_near_names(kg, tmp_path):
    with pytest.raises(ParameterError, match="somswd-2021-2026") as error:
        kg.template(tmp_path / "x.xlsx", plan="somswd-2021-2026")

    assert "somswd-2021-2025" in error.value.hint
    assert not (tmp_path / "x.xlsx").exists()


def test_the_command_writes_the_file_and_says_so(tmp_path):
    result = CliRunner().invoke(command, [str(tmp_path / "draft.xlsx"), "--lang", "en"])

    assert (result.exit_code, result.stderr) == (0, f"wrote {tmp_path / 'draft.xlsx'}\n")
    assert read_workbook(tmp_path / "draft.xlsx").grids[1].name == "Plan"


@pytest.mark.server
@pytest.mark.parametrize("name", ["both", "filled"])
def test_it_survives_libreoffice(kg, books, name, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    convert = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(books[name])], check=True, timeout=120, capture_output=True)

    before, after = kg.open_draft(books[name]), kg.open_draft(tmp_path / books[name].name)

    assert [(r.code, r.place, r.params) for r in after.remarks] == [
        (r.code, r.place, r.params) for r in before.remarks
    ]
    assert said(after) == said(before)
    kept = openpyxl.load_workbook(tmp_path / books[name].name)
    offered = openpyxl.load_workbook(books[name])
    assert {s.title: s.data_validations.count for s in kept} == {
        s.title: s.data_validations.count for s in offered
    }


def said(file):
    """Give what a draft says, with its nodes named alike whatever the file's key is."""
    return sorted(re.sub(r"draft:[0-9a-f]+/", "draft:KEY/", str(triple)) for triple in file.triples)
