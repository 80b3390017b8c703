"""A workbook becomes grids: every cell in its place, nothing trusted, run or endless."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from somswd_kg.drafts.grid import Book, Cell, CellKind
from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import Limits
from somswd_kg.formats.csv_folder import read_csv_folder
from somswd_kg.formats.xlsx import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def parts(sheet: str, **more: str) -> dict[str, str]:
    """Make the parts of a workbook of one sheet; `more` replaces or adds parts (`/` as `__`)."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="/xl/strings.xml"/>'
            f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="./styles.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        **{name.replace("__", "/"): text for name, text in more.items()},
    }


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Pack parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def sheet_of(rows: str, *, before: str = "", after: str = "", **more: str) -> Book:
    """Read a workbook of one sheet with these rows."""
    data = zipped(parts(f"{before}<sheetData>{rows}</sheetData>{after}", **more))
    return read_workbook(data, name="t.xlsx")


def cells(book: Book, number: int = 0) -> dict[tuple[int, int], Cell]:
    """List a grid's cells by place."""
    return {
        (row, column): cell
        for row, found in book.grids[number].rows.items()
        for column, cell in found.items()
    }


def saved(workbook: openpyxl.Workbook) -> bytes:
    """Save with openpyxl."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def said(book: Book) -> list[tuple[str, ...]]:
    """List notices."""
    return [(each.code, *(value for _, value in each.values)) for each in book.notices]


# -- what is read -----------------------------------------------------------------------------


def test_values_of_every_kind_stand_in_their_cells() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "ตัวชี้วัด"
    sheet["A1"] = "สตรี"
    sheet["C1"] = 2568
    sheet["B2"] = 0.28999999999999998
    sheet["C2"] = True
    sheet["D2"] = "=SUM(C1:C1)"
    sheet["E2"] = openpyxl.utils.datetime.from_excel(45922)
    sheet["F2"] = 0.85
    sheet["F2"].number_format = "0%"
    sheet["G2"] = CellRichText("เด็ก", TextBlock(InlineFont(b=True), "และ"), "สตรี")
    sheet["A16384"] = "far"

    book = read_workbook(saved(workbook), name="t.xlsx")

    assert [(grid.name, grid.hidden) for grid in book.grids] == [("ตัวชี้วัด", False)]
    assert cells(book) == {
        (1, 1): Cell(1, 1, CellKind.TEXT, "สตรี"),
        (1, 3): Cell(1, 3, CellKind.NUMBER, "2568"),
        (2, 2): Cell(2, 2, CellKind.NUMBER, "0.29"),
        (2, 3): Cell(2, 3, CellKind.BOOLEAN, "true"),
        (2, 4): Cell(2, 4, CellKind.TEXT, "", "SUM(C1:C1)", cached=False),
        (2, 5): Cell(2, 5, CellKind.DATE, "2025-09-22"),
        (2, 6): Cell(2, 6, CellKind.NUMBER, "0.85", percent=True),
        (2, 7): Cell(2, 7, CellKind.TEXT, "เด็กและสตรี"),
        (16384, 1): Cell(16384, 1, CellKind.TEXT, "far"),
    }
    assert book.notices == ()


def test_a_formula_gives_its_cached_value_and_says_when_there_is_none() -> None:
    book = sheet_of(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f>NOW()</f></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1"><f t="shared" ref="E1:E2" si="0">A1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="E2"><f t="shared" si="0"/><v>0</v></c></row>'
    )

    assert cells(book) == {
        (1, 1): Cell(1, 1, CellKind.NUMBER, "2", "1+1"),
        (1, 2): Cell(1, 2, CellKind.TEXT, "", '""'),
        (1, 3): Cell(1, 3, CellKind.TEXT, "", "NOW()", cached=False),
        (1, 4): Cell(1, 4, CellKind.ERROR, "#DIV/0!", "1/0"),
        (1, 5): Cell(1, 5, CellKind.NUMBER, "4", "A1*2"),
        (2, 5): Cell(2, 5, CellKind.NUMBER, "0", "A1*2"),
    }


def test_the_dimension_of_a_sheet_is_not_believed() -> None:
    book = sheet_of('<row r="9"><c r="Z9"><v>1</v></c></row>', before='<dimension ref="A1:A1"/>')

    assert list(cells(book)) == [(9, 26)]


def test_cells_without_an_address_follow_the_one_before() -> None:
    book = sheet_of(
        "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    )

    assert {place: cell.text for place, cell in cells(book).items()} == {
        (1, 1): "1",
        (1, 4): "2",
        (1, 5): "3",
        (2, 1): "4",
    }


def test_shared_strings_are_flattened_without_their_phonetic_hints() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>plain</t></si>'
        '<si><r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>b</t></r>'
        '<rPh sb="0" eb="1"><t>hint</t></rPh></si><si><t>x_x000D_y_x005F_x0041_</t></si></sst>'
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2, 3))

    book = sheet_of(rows, **{"xl__strings.xml": strings})

    assert [cell.text for cell in cells(book).values()] == ["plain", "a b", "x\ry_x0041_"]


@pytest.mark.parametrize(
    ("code", "number", "kind", "text"),
    [
        ("d/m/yyyy", "45922", CellKind.DATE, "2025-09-22"),
        ("[$-D07041E]d mmmm bbbb", "45922", CellKind.DATE, "2025-09-22"),
        ("ว ดดด ปปปป", "45922", CellKind.DATE, "2025-09-22"),
        ("mmm", "45922", CellKind.DATE, "2025-09-22"),
        ("d/m/yyyy h:mm", "45922.5", CellKind.DATE, "2025-09-22T12:00:00"),
        ("d/m/yyyy", "244249", CellKind.DATE, "2568-09-22"),
        ("d/m/yyyy", "60", CellKind.NUMBER, "60"),
        ("d/m/yyyy", "-1", CellKind.NUMBER, "-1"),
        ("d/m/yyyy", "1E+300", CellKind.NUMBER, "1" + "0" * 300),
        ("h:mm", "0.5", CellKind.NUMBER, "0.5"),
        ("[h]:mm", "45922", CellKind.NUMBER, "45922"),
        ('0 "day"', "5", CellKind.NUMBER, "5"),
        ("#,##0.00 [$฿-41E]", "1250", CellKind.NUMBER, "1250"),
        ("General", "45922", CellKind.NUMBER, "45922"),
        ("0.00E+00", "5", CellKind.NUMBER, "5"),
    ],
)
def test_a_number_is_a_date_where_its_format_shows_one(
    code: str, number: str, kind: CellKind, text: str
) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="'
        + code.replace('"', "&quot;")
        + '"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
        "</styleSheet>"
    )
    book = sheet_of(
        f'<row r="1"><c r="A1" s="1"><v>{number}</v></c></row>', **{"xl__styles.xml": styles}
    )

    assert cells(book) == {(1, 1): Cell(1, 1, kind, text)}


@pytest.mark.parametrize(
    ("identifier", "date"), [(14, True), (22, True), (18, False), (81, True), (9, False)]
)
def test_a_format_named_by_number_only_is_known(identifier: int, date: bool) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="{identifier}"/></cellXfs></styleSheet>'
    )

    book = sheet_of('<row r="1"><c r="A1"><v>45922</v></c></row>', **{"xl__styles.xml": styles})

    assert (cells(book)[1, 1].kind is CellKind.DATE) is date
    assert cells(book)[1, 1].percent is (identifier == 9)


def test_dates_counted_from_1904_are_the_same_days() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active["A1"] = openpyxl.utils.datetime.from_excel(45922)

    book = read_workbook(saved(workbook), name="t.xlsx")

    assert cells(book) == {(1, 1): Cell(1, 1, CellKind.DATE, "2025-09-22")}


def test_hidden_sheets_rows_and_columns_are_said() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in range(1, 4):
        sheet.append([row, row, row])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    workbook.create_sheet("codes").sheet_state = "veryHidden"
    workbook["codes"]["A1"] = 1

    book = read_workbook(saved(workbook), name="t.xlsx")

    assert [(grid.name, grid.hidden) for grid in book.grids] == [("Sheet", False), ("codes", True)]
    assert (book.grids[0].hidden_rows, book.grids[0].hidden_columns) == ({2}, {2})
    assert (2, 2) in cells(book)


def test_covered_cells_know_the_cell_that_shows() -> None:
    book = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>'
        '<row r="3"><c r="C3"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:XFD1048576"/></mergeCells>',
    )

    assert dict(book.grids[0].covered) == {(1, 2): (1, 1), (2, 1): (1, 1), (2, 2): (1, 1)}


def test_rows_out_of_order_and_a_cell_twice_are_said() -> None:
    book = sheet_of(
        '<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    )

    assert cells(book)[1, 1].text == "2"
    assert said(book) == [("rows-out-of-order", "S", "1"), ("cell-twice", "S", "1", "1")]


def test_a_chart_sheet_is_passed_over_and_said() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 1
    workbook.create_chartsheet("กราฟ")

    assert said(read_workbook(saved(workbook), name="t.xlsx")) == [
        ("sheet-without-cells", "กราฟ", "chartsheet")
    ]


def test_macros_are_not_run_and_a_wrong_ending_is_said() -> None:
    files = parts('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    files["xl/vbaProject.bin"] = "code"

    assert said(read_workbook(zipped(files), name="t.xlsm")) == [
        ("macros-not-run", "xl/vbaProject.bin")
    ]
    assert said(read_workbook(zipped(files), name="t.xls")) == [
        ("wrong-extension", ".xls", "xlsm"),
        ("macros-not-run", "xl/vbaProject.bin"),
    ]


def test_a_file_is_read_from_its_path_and_not_changed(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "x"
    path = tmp_path / "ร่าง.xlsx"
    workbook.save(path)
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    assert cells(read_workbook(path))[1, 1].text == "x"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_strict_form_of_the_format_is_read_as_well() -> None:
    files = {
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, text in parts(
            '<sheetData><row r="1"><c r="A1" t="d"><v>2025-09-22T00:00:00</v></c></row></sheetData>'
        ).items()
    }

    assert cells(read_workbook(zipped(files), name="t.xlsx")) == {
        (1, 1): Cell(1, 1, CellKind.DATE, "2025-09-22")
    }


# -- what is refused --------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ROW = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 50
    + '"><!ENTITY c "'
    + "&b;" * 50
    + '"><!ENTITY d "'
    + "&c;" * 50
    + '"><!ENTITY e "'
    + "&d;" * 50
    + '"><!ENTITY f "'
    + "&e;" * 50
    + '">]>'
)


def _with_sheet(text: str) -> bytes:
    return zipped(parts("") | {"xl/worksheets/sheet1.xml": text})


REFUSED = {
    "empty": (b"", "the file is empty"),
    "encrypted": (_OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected by"),
    "xls": (_OLE + "Workbook".encode("utf-16-le"), "it is a workbook of Excel 97-2003"),
    "other ole": (_OLE, "it is an old Office file"),
    "pdf": (b"%PDF-1.7 ...", "it is a PDF"),
    "html": (b"\xef\xbb\xbf <!DOCTYPE html><table>", "it is a web page"),
    "xml": (b"<?xml version='1.0'?><Workbook/>", "it is XML"),
    "csv": ("รหัส,ชื่อ\n".encode(), "it is text, not a workbook"),
    "bytes": (bytes(range(256)), "it is not a workbook"),
    "docx": (zipped({"word/document.xml": "x", "[Content_Types].xml": "x"}), "it is a Word"),
    "xlsb": (zipped({"xl/workbook.bin": "x", "[Content_Types].xml": "x"}), "it is a binary"),
    "ods": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "it is an OpenDocument file",
    ),
    "zip": (zipped({"a.csv": "x"}), "it is a zip, but not a workbook"),
    "cut": (zipped(parts(_ROW))[:-40], "the file is cut off or damaged"),
    "no sheet part": (
        zipped({k: v for k, v in parts(_ROW).items() if "sheet1" not in k}),
        "its sheet 'S' is missing",
    ),
    "not xml": (_with_sheet("<worksheet"), "its part xl/worksheets/sheet1.xml is not well-formed"),
    "laughs": (
        _with_sheet(_LAUGHS + f'<worksheet xmlns="{MAIN}">&f;{_ROW}</worksheet>'),
        "its part xl/worksheets/sheet1.xml",
    ),
    "laughs in an attribute": (
        _with_sheet(_LAUGHS + f'<worksheet xmlns="{MAIN}" a="&f;">{_ROW}</worksheet>'),
        "its part xl/worksheets/sheet1.xml",
    ),
    "laughs in a small part": (
        zipped(
            parts(_ROW) | {"xl/workbook.xml": _LAUGHS + f'<workbook xmlns="{MAIN}">&f;</workbook>'}
        ),
        "its part xl/workbook.xml",
    ),
    "external entity": (
        _with_sheet(
            '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>&x;</v></c></row>'
            "</sheetData></worksheet>"
        ),
        "its part xl/worksheets/sheet1.xml declares a document type",
    ),
    "external document type": (
        _with_sheet(
            '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'
            f'<worksheet xmlns="{MAIN}">{_ROW}</worksheet>'
        ),
        "its part xl/worksheets/sheet1.xml declares a document type",
    ),
    "wide": (
        zipped(parts('<sheetData><row r="1"><c r="BDWGN1"><v>1</v></c></row></sheetData>')),
        "sheet 'S' has a column 1000000",
    ),
    "a million columns": (
        zipped(
            parts(
                "<sheetData><row>"
                + "".join(f"<c><v>{n}</v></c>" for n in range(100_000))
                + "</row></sheetData>"
            )
        ),
        "sheet 'S' has a column 16385",
    ),
    "deep": (
        zipped(parts('<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>')),
        "sheet 'S' has a row 1048577",
    ),
    "no such string": (
        zipped(parts('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>')),
        "sheet 'S' names a text '7'",
    ),
    "no such address": (
        zipped(parts('<sheetData><row><c r="1A"><v>7</v></c></row></sheetData>')),
        "sheet 'S' has a cell with the address '1A'",
    ),
    "a path out": (zipped(parts(_ROW) | {"../../evil": "x"}), "its part '../../evil' has a name"),
    "a part twice": (zipped(parts(_ROW) | {"XL/Workbook.xml": "x"}), "it has the part"),
    "a relation out": (
        zipped(
            parts(_ROW)
            | {
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
                f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="../../../etc/passwd"/>'
                "</Relationships>"
            }
        ),
        "its sheet 'S' is missing",
    ),
    "a bomb": (
        zipped(parts(_ROW) | {"xl/workbook.xml": "<workbook>" + "<a/>" * 30_000_000}),
        "its part xl/workbook.xml is larger than 8 MB",
    ),
    "a large row": (
        zipped(
            parts(
                "<sheetData><row>"
                + "".join(f"<a{n % 97}/>" for n in range(1_800_000))
                + "</row></sheetData>"
            )
        ),
        "its part xl/worksheets/sheet1.xml has a row larger than 8 MB",
    ),
    "too many parts": (zipped({f"p{n}": "" for n in range(5_001)}), "it has more than 5000 parts"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_one_line_in_little_time(case: str) -> None:
    data, message = REFUSED[case]
    start = time.process_time()

    with pytest.raises(SourceError) as caught:
        read_workbook(data, name="t.xlsx")

    assert str(caught.value).startswith(f"t.xlsx: {message}")
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert time.process_time() - start < 10


def test_the_contents_of_a_file_never_reach_a_message(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2", encoding="utf-8")
    text = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>'
    )

    with pytest.raises(SourceError) as caught:
        read_workbook(_with_sheet(text), name="t.xlsx")

    assert "hunter2" not in str(caught.value)


def test_a_cell_of_full_length_is_read_and_a_longer_one_cut_and_said() -> None:
    full, over = "ก" * 32_767, "ข" * 32_768
    book = sheet_of(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{full}</t></is></c>'
        f'<c r="B1" t="inlineStr"><is><t>{over}</t></is></c></row>'
    )

    assert [cell.text for cell in cells(book).values()] == [full, over[:-1]]
    assert said(book) == [("text-cut", "S", "1", "2", "32768", "32767")]


def test_limits_on_rows_cells_and_size_hold() -> None:
    rows = zipped(parts("<sheetData>" + '<row r="1"/>' * 4 + "</sheetData>"))
    with pytest.raises(SourceError, match="more than 3 rows"):
        read_workbook(rows, name="t.xlsx", limits=Limits(rows=3))
    columns = zipped(parts('<cols><col min="1" max="2"/><col min="3" max="3"/></cols>'))
    with pytest.raises(SourceError, match="more than 1 columns"):
        read_workbook(columns, name="t.xlsx", limits=Limits(columns=1))
    data = zipped(parts(_ROW.replace("</row>", '<c r="B1"><v>2</v></c></row>')))

    with pytest.raises(SourceError, match="more than 1 cells"):
        read_workbook(data, name="t.xlsx", limits=Limits(cells=1))
    with pytest.raises(SourceError, match="larger than 0 MB"):
        read_workbook(data, name="t.xlsx", limits=Limits(file_bytes=100))
    with pytest.raises(SourceError, match="unzipped it is larger"):
        read_workbook(data, name="t.xlsx", limits=Limits(unzipped_bytes=300))


def test_a_sheet_that_grows_out_of_proportion_is_left_before_it_is_read() -> None:
    data = zipped(parts("<sheetData>" + '<row r="1"/>' * 100_000 + "</sheetData>"))

    with pytest.raises(SourceError, match="grows more than 20 times"):
        read_workbook(data, name="t.xlsx", limits=Limits(ratio=20))


def test_many_overlapping_merges_take_little_time() -> None:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    start = time.process_time()

    book = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="C1048576"><v>1</v></c></row>',
        after=f"<mergeCells>{merges}</mergeCells>",
    )

    assert time.process_time() - start < 5
    assert said(book) == [("merges-cut", "S", "100000")]


def test_ten_thousand_rows_are_read_whole() -> None:
    row = "".join(
        f'<c r="{chr(65 + n)}{{0}}" t="inlineStr"><is><t>ข้อ {{0}}</t></is></c>' for n in range(15)
    )
    data = zipped(
        parts(
            "<sheetData>"
            + "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 10_001))
            + "</sheetData>"
        )
    )

    book = read_workbook(data, name="t.xlsx")

    assert len(cells(book)) == 150_000


# -- fuzz -------------------------------------------------------------------------------------


def _draft() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["รหัส", "ชื่อ", "ปี"])
    sheet.append(["1.1", "สตรี", 2568])
    sheet.append(["1.2", "=A2", openpyxl.utils.datetime.from_excel(45922)])
    sheet.merge_cells("A4:B5")
    workbook.create_sheet("codes").sheet_state = "hidden"
    return saved(workbook)


DRAFTS = (
    _draft(),
    zipped(parts(_ROW)),
    zipped({"a.csv": "รหัส,ชื่อ\n1,ก\n", "b.csv": b"x;y\n1;\xa1\n"}),
)
_EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from("scid"),
        st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=8,
)


def _mutated(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    for where, what, new in edits:
        at = int(where * len(data))
        if what == "s":
            data = data[:at] + new + data[at + len(new) :]
        elif what == "i":
            data = data[:at] + new + data[at:]
        elif what == "d":
            data = data[:at] + data[at + len(new) :]
        elif len(data) > 200:
            data = data[: max(at, 100)]
    return data


@pytest.mark.slow
@settings(max_examples=3_000, deadline=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DRAFTS), _EDITS)
def test_mutated_bytes_give_a_book_or_a_source_error(
    data: bytes, edits: list[tuple[float, str, bytes]]
) -> None:
    mutated = _mutated(data, edits)
    for reader in (read_workbook, read_csv_folder):
        try:
            book = reader(mutated, name="t.xlsx")
        except SourceError as error:
            assert "\n" not in str(error)
        else:
            assert isinstance(book, Book)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1_000), _EDITS)
def test_mutated_parts_give_a_book_or_a_source_error(
    which: int, edits: list[tuple[float, str, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(DRAFTS[0])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(files)[which % len(files)]
    files[name] = _mutated(files[name], edits)
    try:
        book = read_workbook(zipped(files), name="t.xlsx")
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(book, Book)
