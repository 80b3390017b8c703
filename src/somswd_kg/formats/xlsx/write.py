"""New workbooks from a plain description: headings, help, rows, lists to choose from.

No macros and no named ranges: a list is a range of another sheet, which every program keeps.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from somswd_kg.drafts.workbook import Choices, ColumnSpec, SheetSpec, Value, WorkbookSpec
from somswd_kg.formats.files import write_beside
from somswd_kg.language import display_width
from somswd_kg.model import column_letters

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "Choices",
    "ColumnSpec",
    "SheetSpec",
    "Value",
    "WorkbookSpec",
    "clean_text",
    "starts_formula",
    "workbook_bytes",
    "write_workbook",
]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_FIXED = (1980, 1, 1, 0, 0, 0)
_HELP_AUTHOR = "somswd-kg help"
_PLAIN_FILL, _REQUIRED_FILL = "FFDDE6F0", "FFF4D9A8"
_LINE_HEIGHT, _HIGHEST = 16.0, 400.0
_ROOM, _ROOM_BOLD = 0.95, 0.8
_EXAMPLE_COLOUR = "FF5F6368"


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula.

    >>> starts_formula("=1+1"), starts_formula("- item"), starts_formula("item")
    (True, True, False)
    """
    return text[:1] in ("=", "+", "-", "@", "\t", "\r")


def clean_text(text: str) -> str:
    r"""Leave out what a cell cannot hold.

    >>> clean_text("a\x00b\r\nc")
    'ab\nc'
    """
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST]


def write_workbook(spec: WorkbookSpec, path: str | Path) -> None:
    """Write a workbook to a file, in one step: a reader sees the old file or the new one.

    Args:
        spec: What the workbook holds.
        path: Where to write it; a file that is there is replaced.
    """
    write_beside(Path(path), workbook_bytes(spec))


def workbook_bytes(spec: WorkbookSpec) -> bytes:
    """Make a workbook; the same description gives the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = spec.title or None
    workbook.properties.creator = "somswd-kg"
    for sheet in spec.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet)
    workbook.active = next(n for n, sheet in enumerate(spec.sheets) if not sheet.hidden)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _without_clock(buffer.getvalue())


def _without_clock(data: bytes) -> bytes:
    """Pack the parts again with no time in them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            new.writestr(zipfile.ZipInfo(name, _FIXED), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _write_sheet(sheet: Worksheet, spec: SheetSpec) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if spec.hidden:
        sheet.sheet_state = "hidden"
    first = 1
    if spec.headings:
        for number, column in enumerate(spec.columns, 1):
            _write_heading(sheet.cell(1, number), column)
        headings = tuple(column.heading for column in spec.columns)
        sheet.row_dimensions[1].height = _height(headings, spec.columns, bold=True)
        sheet.freeze_panes = f"{column_letters(spec.frozen_columns + 1)}2"
        first = 2
    for number, column in enumerate(spec.columns, 1):
        look = sheet.column_dimensions[column_letters(number)]
        look.width, look.hidden = column.width, column.hidden
        if column.as_text:
            look.number_format = "@"
        look.alignment = Alignment(wrap_text=column.wrap, vertical="top")
    for row, values in enumerate(spec.rows, first):
        for number, value in enumerate(values, 1):
            if value is None:
                continue
            column = spec.columns[number - 1]
            cell = sheet.cell(row, number)
            _write_value(cell, value, as_text=column.as_text)
            cell.alignment = Alignment(wrap_text=column.wrap, vertical="top")
            if row < first + spec.example_rows:
                cell.font = Font(italic=True, color=_EXAMPLE_COLOUR)
        sheet.row_dimensions[row].height = _height(values, spec.columns)
    last = first + max(spec.entry_rows, len(spec.rows)) - 1
    for number, column in enumerate(spec.columns, 1):
        if column.choices:
            letters = column_letters(number)
            _offer(sheet, column.choices, f"{letters}{first}:{letters}{last}")


def _height(
    values: Sequence[Value], columns: Sequence[ColumnSpec], *, bold: bool = False
) -> float | None:
    """Give the height that wrapped text needs, for programs that do not work it out themselves."""
    lines = 1
    for value, column in zip(values, columns, strict=False):
        if isinstance(value, str) and (column.wrap or bold) and not column.hidden:
            room = column.width * (_ROOM_BOLD if bold else _ROOM)
            lines = max(lines, sum(-int(-display_width(t) // room) or 1 for t in value.split("\n")))
    return min(_LINE_HEIGHT * lines + 2, _HIGHEST) if lines > 1 else None


def _write_heading(cell: Cell, column: ColumnSpec) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    _write_value(cell, column.heading, as_text=True)
    cell.font = Font(bold=True)
    fill = _REQUIRED_FILL if column.required else _PLAIN_FILL
    cell.fill = PatternFill("solid", start_color=fill)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column.required and "*" not in column.heading:
        cell.number_format = '@" *"'
    if column.help:
        comment = Comment(clean_text(column.help), _HELP_AUTHOR)
        comment.width, comment.height = 320, 40 + 20 * (1 + len(column.help) // 40)
        cell.comment = comment


def _write_value(cell: Any, value: Value, *, as_text: bool) -> None:
    if isinstance(value, str):
        cell.value = clean_text(value)
        cell.data_type = "s"  # whatever it begins with
        if as_text:
            cell.number_format = "@"
        if starts_formula(value):
            cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"


def _offer(sheet: Worksheet, choices: Choices, cells: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.add_data_validation(
        DataValidation(
            type="list",
            formula1=choices.formula,
            allow_blank=True,
            errorStyle="warning",
            showErrorMessage=not choices.only_offer,
            showInputMessage=False,
            sqref=cells,
        )
    )
