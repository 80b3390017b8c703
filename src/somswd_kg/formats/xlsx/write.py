"""New workbooks from a plain description: headings, help, rows, lists to choose from.

No macros and no named ranges: a list is a range of another sheet, which every program keeps.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from somswd_kg.formats.files import write_beside
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

Value = str | int | float | Decimal | bool | date | None

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_FIXED = (1980, 1, 1, 0, 0, 0)
_HELP_AUTHOR = "somswd-kg help"
_PLAIN_FILL, _REQUIRED_FILL = "FFDDE6F0", "FFF4D9A8"


@dataclass(frozen=True, slots=True)
class Choices:
    """Point to the list that a column chooses from.

    Attributes:
        sheet: The sheet that holds the list.
        column: Its column there, from 1.
        first: Its first row.
        last: Its last row.
        only_offer: No warning when something else is entered, for columns that take several.
    """

    sheet: str
    column: int
    first: int
    last: int
    only_offer: bool = False

    @property
    def formula(self) -> str:
        """Write the range as a workbook does.

        >>> Choices("codes", 2, 2, 9).formula
        "'codes'!$B$2:$B$9"
        """
        letters, sheet = column_letters(self.column), self.sheet.replace("'", "''")
        return f"'{sheet}'!${letters}${self.first}:${letters}${self.last}"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """Describe one column.

    Attributes:
        heading: Text of its first cell.
        help: A comment at the heading; empty for none.
        required: Whether the heading is shown as one that must be filled in (with a star that is
            not part of its text).
        width: In characters.
        hidden: Whether the column is hidden.
        as_text: Whether what is typed stays text, so that a code 3.10 does not become 3.1.
        choices: The list that its cells choose from.
    """

    heading: str
    help: str = ""
    required: bool = False
    width: float = 20.0
    hidden: bool = False
    as_text: bool = False
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """Describe one sheet.

    Attributes:
        name: Its name, at most 31 signs.
        columns: From the left.
        rows: Values below the headings; None leaves a cell empty.
        hidden: Whether the sheet is hidden.
        headings: Whether the first row holds the headings, frozen; else the rows begin there.
        entry_rows: How many rows below the headings offer choices.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    hidden: bool = False
    headings: bool = True
    entry_rows: int = 1_000


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """Describe a workbook.

    Attributes:
        sheets: In order; at least one is not hidden.
        title: Of the document; empty for none.
    """

    sheets: tuple[SheetSpec, ...]
    title: str = ""


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
    if spec.hidden:
        sheet.sheet_state = "hidden"
    first = 1
    if spec.headings:
        for number, column in enumerate(spec.columns, 1):
            _write_heading(sheet.cell(1, number), column)
        sheet.freeze_panes = "A2"
        first = 2
    for number, column in enumerate(spec.columns, 1):
        look = sheet.column_dimensions[column_letters(number)]
        look.width, look.hidden = column.width, column.hidden
        if column.as_text:
            look.number_format = "@"
    for row, values in enumerate(spec.rows, first):
        for number, value in enumerate(values, 1):
            if value is not None:
                as_text = number <= len(spec.columns) and spec.columns[number - 1].as_text
                _write_value(sheet.cell(row, number), value, as_text=as_text)
    last = first + max(spec.entry_rows, len(spec.rows)) - 1
    for number, column in enumerate(spec.columns, 1):
        if column.choices:
            letters = column_letters(number)
            _offer(sheet, column.choices, f"{letters}{first}:{letters}{last}")


def _write_heading(cell: Cell, column: ColumnSpec) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    _write_value(cell, column.heading, as_text=True)
    cell.font = Font(bold=True)
    fill = _REQUIRED_FILL if column.required else _PLAIN_FILL
    cell.fill = PatternFill("solid", start_color=fill)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column.required:
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
