"""A small draft of a plan as a drafter would fill it in, with a few things left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]


def sheets() -> Sheets:
    """Give the sheets, headings first; a new copy each time."""
    return {
        "แผนงาน": [
            ["รหัสร่าง", "ชื่อแผนงาน (ไทย)", "ชื่อแผนงาน (อังกฤษ)", "ปีเริ่มต้น", "ปีสิ้นสุด"],
            ["somswd-2026-2030", "แผนงาน พ.ศ. 2569–2573", "Work plan 2026-2030", 2569, 2573],
        ],
        "เป้าหมาย": [
            ["รหัส", "ชื่อ (ไทย)", "ชื่อ (อังกฤษ)", "กลุ่มเป้าหมาย"],
            ["2.1", "คุ้มครองสิทธิเด็ก", "protect the rights of children", "เด็ก"],
            ["2.2", "คุ้มครองผู้สูงอายุ", "protect older persons", "ผู้สุงอายุ"],
        ],
        "ผลลัพธ์": [
            ["รหัส", "ชื่อ (ไทย)", "ชื่อ (อังกฤษ)", "เป้าหมายที่สนับสนุน", "กลุ่มเป้าหมาย"],
            ["3.1.1", "เด็กเข้าถึงบริการ", "children are served", "2.1", "เด็ก"],
            ["3.1.2", "ส่งเสริมสิทธิผู้สูงอายุ", "rights of older persons respected", "2.2", None],
        ],
        "ตัวชี้วัด": [
            ["รหัส", "ชื่อ (ไทย)", "ชื่อ (อังกฤษ)", "ผลลัพธ์หรือผลผลิตที่วัด", "หน่วยนับ"],
            ["5.1.1", "จำนวนประเทศที่มีกฎหมาย", "number of countries with a law", "3.1.1", None],
        ],
        "ค่าเป้าหมายรายปี": [
            ["ตัวชี้วัด", "ค่าเป้าหมาย", "ปีเป้าหมาย"],
            ["5.1.1", "ทุกประเทศ", 2573],
        ],
    }


def write_draft(path: Path, content: Mapping[str, Sequence[Sequence[Any]]] | None = None) -> Path:
    """Write the draft, or other sheets, as a workbook."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (sheets() if content is None else content).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_csv_draft(folder: Path) -> Path:
    """Write the draft as a folder of CSV files."""
    import csv

    folder.mkdir()
    for name, rows in sheets().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder
