"""A description becomes a workbook that every program opens, with no live formula in it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from somswd_kg.drafts.grid import CellKind
from somswd_kg.formats.xlsx import read_workbook
from somswd_kg.formats.xlsx.write import (
    Choices,
    ColumnSpec,
    SheetSpec,
    WorkbookSpec,
    workbook_bytes,
    write_workbook,
)

SPEC = WorkbookSpec(
    (
        SheetSpec("คำแนะนำ", (ColumnSpec("", width=80),), (("โปรดกรอก",),), headings=False),
        SheetSpec(
            "ตัวชี้วัด",
            (
                ColumnSpec("id", hidden=True),
                ColumnSpec("รหัส", "รหัสของตัวชี้วัด", required=True, as_text=True),
                ColumnSpec("หน่วยนับ", choices=Choices("รหัส ก'ข", 1, 2, 3)),
                ColumnSpec("กลุ่ม", choices=Choices("รหัส ก'ข", 2, 2, 3, only_offer=True)),
                ColumnSpec("ค่าฐาน"),
                ColumnSpec("วันที่"),
            ),
            (
                ("x1", "3.10", "คน", "สตรี; เด็ก", Decimal("12.5"), date(2025, 9, 22)),
                (None, "=1+1", "@x", "-y", 3, None),
            ),
        ),
        SheetSpec(
            "รหัส ก'ข",
            (ColumnSpec("หน่วย"), ColumnSpec("กลุ่ม")),
            (("คน", "สตรี"), ("ครั้ง", "เด็ก")),
            hidden=True,
        ),
    ),
    title="แบบฟอร์ม",
)


def _cells(data: bytes) -> dict[str, dict[tuple[int, int], tuple[CellKind, str, str]]]:
    return {
        grid.name: {
            (row, column): (cell.kind, cell.text, cell.formula)
            for row, found in grid.rows.items()
            for column, cell in found.items()
        }
        for grid in read_workbook(data, name="t.xlsx").grids
    }


def test_values_come_back_as_they_were_given() -> None:
    text, number, day = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE

    found = _cells(workbook_bytes(SPEC))["ตัวชี้วัด"]

    assert {place: value for place, value in found.items() if place[0] > 1} == {
        (2, 1): (text, "x1", ""),
        (2, 2): (text, "3.10", ""),
        (2, 3): (text, "คน", ""),
        (2, 4): (text, "สตรี; เด็ก", ""),
        (2, 5): (number, "12.5", ""),
        (2, 6): (day, "2025-09-22", ""),
        (3, 2): (text, "=1+1", ""),
        (3, 3): (text, "@x", ""),
        (3, 4): (text, "-y", ""),
        (3, 5): (number, "3", ""),
    }


def test_headings_lists_and_hidden_things_are_as_described() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(workbook_bytes(SPEC)))
    sheet = workbook["ตัวชี้วัด"]

    assert [cell.value for cell in sheet[1]] == [*("id", "รหัส", "หน่วยนับ", "กลุ่ม", "ค่าฐาน", "วันที่")]
    assert (sheet.freeze_panes, sheet["B1"].comment.text) == ("A2", "รหัสของตัวชี้วัด")
    assert (sheet["B1"].number_format, sheet["C1"].number_format) == ('@" *"', "@")
    assert sheet["B1"].fill.start_color.rgb != sheet["C1"].fill.start_color.rgb
    assert sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet["B3"].quotePrefix
    assert [
        (each.formula1, each.errorStyle, bool(each.showErrorMessage), str(each.sqref))
        for each in sheet.data_validations.dataValidation
    ] == [
        ("'รหัส ก''ข'!$A$2:$A$3", "warning", True, "C2:C1001"),
        ("'รหัส ก''ข'!$B$2:$B$3", "warning", False, "D2:D1001"),
    ]
    assert workbook["รหัส ก'ข"].sheet_state == "hidden"
    assert (workbook.active.title, len(workbook.defined_names)) == ("คำแนะนำ", 0)


def test_the_same_description_gives_the_same_bytes(tmp_path: Path) -> None:
    write_workbook(SPEC, tmp_path / "a.xlsx")

    assert (tmp_path / "a.xlsx").read_bytes() == workbook_bytes(SPEC)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_signs_that_no_cell_can_hold_are_left_out() -> None:
    spec = WorkbookSpec((SheetSpec("a", (ColumnSpec("h"),), (("a\x00b\ud800" + "x" * 40_000,),)),))

    assert _cells(workbook_bytes(spec))["a"][2, 1][1] == "ab" + "x" * 32_765


def through_libreoffice(path: Path, folder: Path) -> Path:
    """Open a workbook in LibreOffice and save it again."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "libreoffice-calc is not installed"
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name


@pytest.mark.server
def test_a_round_trip_through_libreoffice_loses_nothing(tmp_path: Path) -> None:
    write_workbook(SPEC, tmp_path / "a.xlsx")

    back = through_libreoffice(tmp_path / "a.xlsx", tmp_path / "out")

    assert _cells(back.read_bytes()) == _cells(workbook_bytes(SPEC))
    sheet = openpyxl.load_workbook(back)["ตัวชี้วัด"]  # without a window it keeps no frozen rows
    assert sheet["B1"].comment.text.strip() == "รหัสของตัวชี้วัด"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["B"].number_format == "@"  # a code typed there stays text
    assert [
        (each.formula1, each.errorStyle, bool(each.showErrorMessage))
        for each in sheet.data_validations.dataValidation
    ] == [
        ("'รหัส ก''ข'!$A$2:$A$3", "warning", True),
        ("'รหัส ก''ข'!$B$2:$B$3", "warning", False),
    ]
