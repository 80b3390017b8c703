"""A workbook comes back with colours, comments and a sheet of findings, nothing else changed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.formats.xlsx import read_workbook
from somswd_kg.formats.xlsx.handback import (
    CellMark,
    FindingRow,
    FindingsTable,
    hand_back,
    marked_workbook,
)
from somswd_kg.formats.xlsx.marks import AUTHOR, SIGNATURE, colour
from somswd_kg.model import Severity

V, W, INFO = Severity.VIOLATION, Severity.WARNING, Severity.INFO
MARKS = (
    CellMark("ตัวชี้วัด", "C3", W, "โปรดเลือกหน่วยนับ"),
    CellMark("ตัวชี้วัด", "C3", V, "=HYPERLINK(1)"),
    CellMark("ตัวชี้วัด", "B2", INFO, "เพื่อทราบ"),
    CellMark("ตัวชี้วัด", "AA50", V, "ช่องว่าง"),
    CellMark("ตัวชี้วัด", "B8", W, "in a merged range"),
    CellMark("แผนงาน", "B2", V, "ร่าง"),
)
TABLE = FindingsTable(
    "ข้อตรวจพบ",
    ("ตำแหน่ง", "ปัญหา", "แนวทางแก้ไข"),
    (
        FindingRow(("ตัวชี้วัด!C3", "=cmd|'/c calc'!A1", "+1"), "ตัวชี้วัด", "C3"),
        FindingRow(("แผนงาน!B2", "-x", "@y"), "แผนงาน", "B2"),
        FindingRow(("", "ทั้งร่าง", "")),
    ),
    widths=(20, 60, 60),
)
EMPTY = FindingsTable("ข้อตรวจพบ", ("ตำแหน่ง",), ())

_X14 = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>แผนงาน!$A$1:$A$3</xm:f>'
    "</x14:formula1><xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def parts(data: bytes) -> dict[str, bytes]:
    """Unpack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """Pack."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def draft() -> bytes:
    """Make a workbook with all that openpyxl would lose."""
    workbook = openpyxl.Workbook()
    plan = workbook.active
    plan.title = "แผนงาน"
    plan.append(["รหัส", "ชื่อ"])
    plan.append(["P1", "ร่าง"])
    sheet = workbook.create_sheet("ตัวชี้วัด")
    sheet.append(["รหัส", "ชื่อ", "หน่วยนับ", "กลุ่ม"])
    for row in range(2, 8):
        sheet.append([f"1.{row}", CellRichText("ก", TextBlock(InlineFont(b=True), "ข")), None, row])
    sheet["A1"].comment = Comment("รหัสของตัวชี้วัด", "officer")
    sheet["B2"].comment = Comment("drafter's own", "officer")
    sheet["C3"].fill = PatternFill("solid", start_color="FFFFFF00")
    sheet["C3"].font = Font(bold=True)
    sheet["E2"] = "=SUM(D2:D7)"
    sheet.merge_cells("A8:C9")
    sheet["A8"] = "merged"
    sheet.conditional_formatting.add(
        "D2:D7", CellIsRule(operator="greaterThan", formula=["3"], fill=PatternFill("solid"))
    )
    sheet.add_data_validation(DataValidation(type="list", formula1='"ก,ข"', sqref="C2:C9"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=7))
    sheet.add_chart(chart, "G2")
    codes = workbook.create_sheet("codes")
    codes.sheet_state = "hidden"
    codes["A1"] = 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    files = parts(buffer.getvalue())
    name = "xl/worksheets/sheet2.xml"
    text = files[name].decode()
    text = re.sub(
        r"(<f>SUM\(D2:D7\)</f>)<v\s*/>|(<f>SUM\(D2:D7\)</f>)<v></v>", r"\1\2<v>27</v>", text
    )
    assert "<v>27</v>" in text
    files[name] = text.replace("</worksheet>", _X14 + "</worksheet>").encode()
    files["xl/media/image1.png"] = _PNG
    files["xl/vbaProject.bin"] = bytes(range(256))
    files["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments/>"
    files["customXml/item1.xml"] = b"<a  b = '1'/>"
    files["docProps/app.xml"] = b"<?xml version='1.0'?>\n" + files["docProps/app.xml"]
    return packed(files)


DRAFT = draft()


def opened(data: bytes) -> openpyxl.Workbook:
    """Open with openpyxl, which says what it would lose."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Data Validation extension", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=False)


def canonical(data: bytes) -> bytes:
    """Write XML so that only what counts can differ."""
    return bytes(etree.tostring(etree.fromstring(data), method="c14n"))


def comparable(name: str, data: bytes) -> bytes:
    """Write a part so that only what counts can differ."""
    return canonical(data) if name.endswith((".xml", ".rels")) else data


def bare_sheet(data: bytes, cells: set[str]) -> bytes:
    """Write a sheet without the styles of some cells and without what only those brought."""
    root = etree.fromstring(data)
    for cell in root.findall(".//{*}c"):
        if cell.get("r") in cells:
            cell.attrib.pop("s", None)
            if not len(cell):
                cell.getparent().remove(cell)
    for row in root.findall(".//{*}row"):
        row.attrib.pop("spans", None)
        if not len(row):
            row.getparent().remove(row)
    for each in root.findall("{*}legacyDrawing"):
        root.remove(each)
    return bytes(etree.tostring(root, method="c14n"))


def texts(data: bytes) -> dict[str, dict[tuple[int, int], tuple[str, str]]]:
    """Read all that the drafter's sheets say."""
    return {
        grid.name: {
            (row, column): (cell.text, cell.formula)
            for row, cells in grid.rows.items()
            for column, cell in cells.items()
        }
        for grid in read_workbook(data, name="t.xlsm").grids
    }


def test_every_other_part_is_the_same_byte_for_byte() -> None:
    before, after = parts(DRAFT), parts(marked_workbook(DRAFT, MARKS, TABLE).data)

    changed = {name for name in before if before[name] != after.get(name)}
    added = after.keys() - before.keys()
    assert changed == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    }
    assert added == {
        "xl/worksheets/sheet4.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert list(after)[: len(before)] == list(before)


def test_in_a_changed_sheet_only_marked_cells_and_the_link_to_boxes_differ() -> None:
    before, after = parts(DRAFT), parts(marked_workbook(DRAFT, MARKS, TABLE).data)

    for name, cells in (
        ("xl/worksheets/sheet1.xml", {"B2"}),
        ("xl/worksheets/sheet2.xml", {"C3", "B2", "AA50", "A8"}),
    ):
        assert bare_sheet(after[name], cells) == bare_sheet(before[name], cells)
    sheet = after["xl/worksheets/sheet2.xml"].decode()
    assert "x14:dataValidation " in sheet
    assert "<v>27</v>" in sheet


def test_old_styles_keep_their_numbers_and_their_looks() -> None:
    before = etree.fromstring(parts(DRAFT)["xl/styles.xml"])
    after = etree.fromstring(parts(marked_workbook(DRAFT, MARKS, TABLE).data)["xl/styles.xml"])

    for name in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs"):
        old, new = before.find(f"{{*}}{name}"), after.find(f"{{*}}{name}")
        if old is None:
            assert new is None
            continue
        written = [etree.tostring(each, method="c14n") for each in new]
        assert written[: len(old)] == [etree.tostring(each, method="c14n") for each in old]
        assert new.get("count") in (None, str(len(new)))


def test_cells_have_the_colour_of_their_worst_mark_and_keep_their_font() -> None:
    workbook = opened(marked_workbook(DRAFT, MARKS, TABLE).data)
    sheet = workbook["ตัวชี้วัด"]

    colours = {cell: sheet[cell].fill.start_color.rgb for cell in ("C3", "B2", "AA50", "A8", "D4")}
    assert colours == {
        "C3": colour(V, 1),  # the yellow that it had is kept under key 1
        "B2": colour(INFO),
        "AA50": colour(V),
        "A8": colour(W),
        "D4": "00000000",
    }
    assert sheet["C3"].font.b


def test_comments_say_what_is_wrong_and_leave_the_drafters_own_alone() -> None:
    done = marked_workbook(DRAFT, MARKS, TABLE)
    sheet = opened(done.data)["ตัวชี้วัด"]
    comments = {
        cell.coordinate: (cell.comment.author, cell.comment.text)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }

    assert comments == {
        "A1": ("officer", "รหัสของตัวชี้วัด"),
        "B2": ("officer", "drafter's own"),
        "C3": (AUTHOR, f"โปรดเลือกหน่วยนับ\n=HYPERLINK(1)\n{SIGNATURE}"),
        "AA50": (AUTHOR, f"ช่องว่าง\n{SIGNATURE}"),
        "A8": (AUTHOR, f"in a merged range\n{SIGNATURE}"),
    }
    assert [(each.code, *each.values) for each in done.notices] == [
        ("comment-kept", ("sheet", "ตัวชี้วัด"), ("cell", "B2"))
    ]


def test_each_comment_has_a_box_at_its_cell_with_a_number_of_its_own() -> None:
    files = parts(marked_workbook(DRAFT, MARKS, TABLE).data)

    drawing = etree.fromstring(files["xl/drawings/commentsDrawing1.vml"])
    boxes = drawing.findall("{urn:schemas-microsoft-com:vml}shape")
    places = [(int(box.findtext(".//{*}Row")), int(box.findtext(".//{*}Column"))) for box in boxes]
    assert sorted(places) == [(0, 0), (1, 1), (2, 2), (7, 0), (49, 26)]
    numbers = [box.get("id") for box in boxes]
    assert len(set(numbers)) == len(numbers)


def test_the_findings_sheet_links_to_cells_and_holds_no_formula() -> None:
    data = marked_workbook(DRAFT, MARKS, TABLE).data
    sheet = opened(data)["ข้อตรวจพบ"]

    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(max_row=4)] == [
        ["ตำแหน่ง", "ปัญหา", "แนวทางแก้ไข"],
        ["ตัวชี้วัด!C3", "=cmd|'/c calc'!A1", "+1"],
        ["แผนงาน!B2", "-x", "@y"],
        [None, "ทั้งร่าง", None],
    ]
    assert sheet["A2"].hyperlink.location == "'ตัวชี้วัด'!C3"
    assert [cell.quotePrefix for cell in sheet[2][:3]] == [False, True, True]
    part = parts(data)["xl/worksheets/sheet4.xml"]
    assert (b"<f>" in part, part.count(b'inlineStr"') > 5) == (False, True)


def test_the_drafters_sheets_read_the_same_and_the_findings_sheet_is_not_read() -> None:
    data = marked_workbook(DRAFT, MARKS, TABLE).data

    assert texts(data) == texts(DRAFT)
    book = read_workbook(data, name="t.xlsm")
    assert ("findings-not-read", (("sheet", "ข้อตรวจพบ"),)) in [
        (each.code, each.values) for each in book.notices
    ]


def test_handing_back_again_replaces_our_marks_and_does_not_pile_up() -> None:
    once = marked_workbook(DRAFT, MARKS, TABLE).data
    twice = marked_workbook(once, MARKS, TABLE).data
    thrice = marked_workbook(twice, MARKS, TABLE).data

    assert [(name, comparable(name, data)) for name, data in parts(thrice).items()] == [
        (name, comparable(name, data)) for name, data in parts(twice).items()
    ]
    assert parts(twice).keys() == parts(once).keys()
    for name in ("xl/styles.xml", "xl/workbook.xml"):
        assert canonical(parts(twice)[name]) == canonical(parts(once)[name])
    types = [
        sorted(each.get("PartName", "") for each in etree.fromstring(files["[Content_Types].xml"]))
        for files in (parts(once), parts(twice))
    ]
    assert types[0] == types[1]


def test_handing_back_without_marks_gives_the_first_workbook_back() -> None:
    cleared = parts(marked_workbook(marked_workbook(DRAFT, MARKS, TABLE).data, (), EMPTY).data)
    before = parts(DRAFT)

    assert cleared.keys() - before.keys() == {"xl/worksheets/sheet4.xml"}
    for name in before.keys() - {"[Content_Types].xml", "xl/styles.xml"}:
        if (
            not name.startswith(("xl/workbook", "xl/_rels/workbook"))
            and cleared[name] != before[name]
        ):
            assert canonical(cleared[name]) == canonical(before[name])
    sheet = opened(packed(cleared))["ตัวชี้วัด"]
    assert sheet["C3"].fill.start_color.rgb == "FFFFFF00"


def test_marks_are_found_again_after_rows_were_moved() -> None:
    files = parts(marked_workbook(DRAFT, MARKS, TABLE).data)
    name = "xl/worksheets/sheet2.xml"
    root = etree.fromstring(files[name])
    for row in root.findall(".//{*}row"):  # as Excel does when a row is put in at the top
        number = int(row.get("r")) + 1
        row.set("r", str(number))
        for cell in row:
            cell.set("r", re.sub("[0-9]+", str(number), cell.get("r")))
    files[name] = etree.tostring(root)

    cleared = marked_workbook(packed(files), (), EMPTY).data

    sheet = opened(cleared)["ตัวชี้วัด"]
    colours = {cell: sheet[cell].fill.start_color.rgb for cell in ("C4", "AA51", "C3")}
    assert colours == {"C4": "FFFFFF00", "AA51": "00000000", "C3": "00000000"}


def test_a_workbook_without_styles_comments_or_relations_of_sheets_is_marked_too() -> None:
    files = parts(DRAFT)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for name in list(files):
        if "styles" in name or "rels/sheet" in name or "comment" in name or "drawing" in name:
            del files[name]
    rels = etree.fromstring(files["xl/_rels/workbook.xml.rels"])
    for each in list(rels):
        if each.get("Type").endswith(("/styles", "/theme")):
            rels.remove(each)
    files["xl/_rels/workbook.xml.rels"] = etree.tostring(rels)
    files["xl/worksheets/sheet2.xml"] = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t>'
        "</x:is></x:c></x:row></x:sheetData></x:worksheet>"
    ).encode()

    data = marked_workbook(packed(files), (CellMark("ตัวชี้วัด", "B1", V, "x"),), EMPTY).data

    sheet = opened(data)["ตัวชี้วัด"]
    assert sheet["B1"].fill.start_color.rgb == colour(V)
    assert sheet["B1"].comment.author == AUTHOR
    assert sheet["A1"].value == "a"


def test_a_drawing_that_is_no_well_formed_xml_is_kept_as_it_is() -> None:
    files = parts(DRAFT)
    name = "xl/drawings/commentsDrawing1.vml"
    files[name] = files[name].replace(b"</xml>", b"<br></xml>")

    after = parts(marked_workbook(packed(files), MARKS, TABLE).data)[name]

    assert after.startswith(files[name].removesuffix(b"</xml>").rstrip())
    assert after.count(b'ObjectType="Note"') == 5


@pytest.mark.parametrize(
    "mark",
    [
        CellMark("none", "A1", V, "x"),
        CellMark("แผนงาน", "A0", V, "x"),
        CellMark("แผนงาน", "XFE1", V, "x"),
        CellMark("แผนงาน", "1A", V, "x"),
    ],
)
def test_a_mark_that_has_no_place_is_an_error(mark: CellMark) -> None:
    with pytest.raises(ParameterError):
        marked_workbook(DRAFT, (mark,), TABLE)


def test_a_sheet_of_the_same_name_is_left_alone() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "ข้อตรวจพบ"
    workbook.active["A1"] = "mine"
    buffer = io.BytesIO()
    workbook.save(buffer)

    data = marked_workbook(buffer.getvalue(), (), TABLE).data

    assert opened(data).sheetnames == ["ข้อตรวจพบ", "ข้อตรวจพบ (2)"]


def test_a_file_is_written_beside_and_the_draft_is_never_overwritten(tmp_path: Path) -> None:
    path, out = tmp_path / "draft.xlsm", tmp_path / "back.xlsm"
    path.write_bytes(DRAFT)

    hand_back(path, MARKS, TABLE, out)

    assert path.read_bytes() == DRAFT
    assert out.read_bytes() == marked_workbook(DRAFT, MARKS, TABLE).data
    assert sorted(each.name for each in tmp_path.iterdir()) == ["back.xlsm", "draft.xlsm"]
    with pytest.raises(SourceError, match="written over the draft"):
        hand_back(path, MARKS, TABLE, path)
    with pytest.raises(SourceError, match="it is text, not a workbook"):
        marked_workbook(b"a,b", MARKS, TABLE)


EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=1_500, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1_000), EDITS)
def test_a_workbook_with_mutated_parts_is_handed_back_or_refused_in_one_line(
    which: int, edits: list[tuple[float, bytes]]
) -> None:
    files = parts(DRAFT)
    name = sorted(files)[which % len(files)]
    for where, new in edits:
        at = int(where * len(files[name]))
        files[name] = files[name][:at] + new + files[name][at + len(new) :]
    try:
        done = marked_workbook(packed(files), MARKS, TABLE)
    except (SourceError, ParameterError) as error:
        assert "\n" not in str(error)
    else:
        assert read_workbook(done.data, name="t.xlsm").grids


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """Open a workbook in LibreOffice and save it again."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "libreoffice-calc is not installed"
    path = folder / "a.xlsx"
    path.write_bytes(data)
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / "a.xlsx").read_bytes()


@pytest.mark.server
def test_a_workbook_saved_by_libreoffice_is_changed_only_where_it_is_marked(
    tmp_path: Path,
) -> None:
    files = {k: v for k, v in parts(DRAFT).items() if "vba" not in k}
    saved = through_libreoffice(packed(files), tmp_path)

    before, after = parts(saved), parts(marked_workbook(saved, MARKS, TABLE).data)

    changed = {name for name in before if before[name] != after.get(name)}
    assert {re.sub("[0-9]+(?=[.](vml|xml))(?<!sheet[0-9])", "", name) for name in changed} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments.xml",
        "xl/drawings/vmlDrawing.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    }
    for name, cells in (
        ("xl/worksheets/sheet1.xml", {"B2"}),
        ("xl/worksheets/sheet2.xml", {"C3", "B2", "AA50", "A8"}),
    ):
        assert bare_sheet(after[name], cells) == bare_sheet(before[name], cells)


@pytest.mark.server
def test_marks_survive_libreoffice_and_can_be_taken_away_after_it(tmp_path: Path) -> None:
    files = {k: v for k, v in parts(DRAFT).items() if "vba" not in k}
    marked = marked_workbook(packed(files), MARKS, TABLE).data

    saved = through_libreoffice(marked, tmp_path)

    sheet = opened(saved)["ตัวชี้วัด"]
    assert sheet["C3"].fill.start_color.rgb == colour(V, 1)
    assert "โปรดเลือกหน่วยนับ" in sheet["C3"].comment.text
    assert texts(saved) == texts(marked)
    cleared = marked_workbook(saved, (), EMPTY).data
    sheet = opened(cleared)["ตัวชี้วัด"]
    assert sheet["C3"].fill.start_color.rgb == "FFFFFF00"
    assert sheet["AA50"].fill.start_color.rgb == "00000000"
    left = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert left == {"A1", "B2"}
