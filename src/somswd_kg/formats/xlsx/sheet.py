"""One sheet of a workbook, read in one pass: cells, formulas, merges, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from somswd_kg.drafts.grid import Cell, CellKind, Grid, Notice
from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import Archive
from somswd_kg.formats.notices import NoticeCode, notice
from somswd_kg.formats.xlsx.numbers import PLAIN, Look, date_text, number_text
from somswd_kg.formats.xlsx.xml import events, flattened, unescaped

__all__ = ["Context", "SheetReader", "column_number", "split_reference"]

_CONSTANTS = frozenset(("TRUE()", "FALSE()"))
"""Formulas as which LibreOffice writes plain values."""

_MOST_NOTICES = 1_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,7})\$?([0-9]{1,9})", re.IGNORECASE)


def column_number(letters: str) -> int:
    """Give the number of a column, from 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_reference(reference: str) -> tuple[int, int] | None:
    """Give row and column of a cell's address; None when it is none.

    >>> split_reference("B3")
    (3, 2)
    """
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_number(found[1])) if found else None


@dataclass(slots=True)
class Context:
    """Hold what the cells of all sheets share.

    Attributes:
        archive: The package.
        strings: The shared strings, by index.
        looks: How the cell styles show numbers, by index.
        since_1904: Whether dates are counted from 1904.
        cells: Cells that may still be read, over all sheets.
        notices: What was noticed.
    """

    archive: Archive
    strings: tuple[str, ...]
    looks: tuple[Look, ...]
    since_1904: bool
    cells: int
    notices: list[Notice] = field(default_factory=list)


class SheetReader:
    """Read one sheet."""

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self._looks = {str(index): look for index, look in enumerate(context.looks)}
        self._limits = context.archive.limits
        self._name = name
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[tuple[int, int, int, int]] = []
        self._columns: dict[str, int] = {}
        self._last = 0
        self._in_order = True
        self._seen_rows = 0
        self._seen_columns = 0
        self._formulas: dict[str, str] = {}

    def read(self, part: str, *, hidden: bool) -> Grid:
        """Read the sheet's part to a grid.

        Raises:
            SourceError: The part is damaged, or reaches beyond the limits.
        """
        archive = self._context.archive
        take = {"row": self._row, "mergeCell": self._merge, "col": self._column}
        with archive.open(part) as stream:
            for name, element in events(archive, part, stream, tuple(take)):
                take[name](element)
        return Grid(
            name=self._name,
            rows=self._rows,
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            covered=self._covered(),
            hidden_columns=frozenset(self._hidden_columns),
        )

    def _error(self, what: str) -> SourceError:
        return SourceError(
            f"sheet {self._name!r} {what}",
            path=self._context.archive.name,
            hint="open it in Excel or LibreOffice, delete what lies beyond the plan and save it",
        )

    def _say(self, code: NoticeCode, **values: object) -> None:
        if len(self._context.notices) < _MOST_NOTICES:
            self._context.notices.append(notice(code, sheet=self._name, **values))

    # -- rows and cells -------------------------------------------------------------------

    def _row(self, element: etree._Element) -> None:
        written = element.get("r", "")
        number = int(written) if written.isdecimal() and len(written) < 10 else self._last + 1
        if not 1 <= number <= self._limits.rows:
            raise self._error(f"has a row {number}, and a sheet has at most {self._limits.rows}")
        if number <= self._last and self._in_order:
            self._in_order = False
            self._say(NoticeCode.ROWS_OUT_OF_ORDER, row=number)
        self._last = number
        if element.get("hidden") in ("1", "true"):
            self._hidden_rows.add(number)
        self._seen_rows += 1
        if self._seen_rows > self._limits.rows:
            raise self._error(f"has more than {self._limits.rows} rows")
        if not len(element):
            return
        cells = self._rows.get(number, {})
        column, columns, most = 0, self._columns, self._limits.columns
        for child in element:
            reference = child.get("r")
            if reference is None:
                column += 1
            else:
                letters = reference.rstrip("0123456789")
                column = columns.get(letters) or self._column_of(reference, letters)
            if not 1 <= column <= most:
                raise self._error(f"has a column {column}, and a sheet has at most {most}")
            if not len(child):  # it has a style only
                continue
            cell = self._cell(child, number, column)
            if cell is None:
                continue
            if column in cells:
                self._say(NoticeCode.CELL_TWICE, row=number, column=column)
            cells[column] = cell
        self._context.cells -= len(cells)
        if self._context.cells < 0:
            raise self._error(f"brings the workbook to more than {self._limits.cells} cells")
        if cells:
            self._rows[number] = cells

    def _column_of(self, reference: str, letters: str) -> int:
        found = split_reference(reference)
        if found is None:
            raise self._error(f"has a cell with the address {reference[:20]!r}")
        column = self._columns[letters] = column_number(letters.replace("$", ""))
        return column

    def _cell(self, element: etree._Element, row: int, column: int) -> Cell | None:
        written = formula = inline = None
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag.endswith("}v"):
                written = child.text or ""
            elif tag.endswith("}is"):
                inline = flattened(child)
            elif tag.endswith("}f"):
                formula = self._formula(child)
        of = element.get("t", "n")
        if of == "n" and written and (number := number_text(written)) is not None:
            look = self._looks.get(element.get("s", "0"), PLAIN)
            dated = date_text(number, since_1904=self._context.since_1904) if look.date else None
            kind, text = (CellKind.DATE, dated) if dated else (CellKind.NUMBER, number)
            return Cell(row, column, kind, text, formula or "", True, look.percent)
        kind, text = self._text(of, written, inline)
        if len(text) > self._limits.text:
            most = self._limits.text
            self._say(NoticeCode.TEXT_CUT, row=row, column=column, length=len(text), most=most)
            text = text[:most]
        if formula is None:
            return Cell(row, column, kind, text) if text else None
        cached = bool(text) or (of == "str" and written is not None)
        return Cell(row, column, kind, text, formula, cached)

    def _text(self, of: str, written: str | None, inline: str | None) -> tuple[CellKind, str]:
        if of == "s" and written:
            strings, index = self._context.strings, written.strip()
            if not (index.isdecimal() and len(index) < 10 and int(index) < len(strings)):
                raise self._error(f"names a text {index[:20]!r} that the workbook does not hold")
            return CellKind.TEXT, strings[int(index)]
        if inline is not None and (of == "inlineStr" or not written):
            return CellKind.TEXT, inline
        if not written:
            return CellKind.TEXT, ""
        if of == "b":
            return CellKind.BOOLEAN, "true" if written.strip() in ("1", "true") else "false"
        if of == "e":
            return CellKind.ERROR, written
        if of == "d":
            return CellKind.DATE, written.strip().removesuffix("T00:00:00")
        return CellKind.TEXT, unescaped(written)

    def _formula(self, element: etree._Element) -> str | None:
        text, shared = element.text or "", element.get("si")
        if element.get("t") == "shared" and shared is not None:
            if text:
                self._formulas[shared] = text
            return self._formulas.get(shared, "(shared)")
        if text.upper() in _CONSTANTS:
            return None
        return text or "(formula)"

    # -- columns and merges ---------------------------------------------------------------

    def _column(self, element: etree._Element) -> None:
        self._seen_columns += 1
        if self._seen_columns > self._limits.columns:
            raise self._error(f"describes more than {self._limits.columns} columns")
        if element.get("hidden") not in ("1", "true"):
            return
        first, last = element.get("min", ""), element.get("max", "")
        if first.isdecimal() and last.isdecimal() and len(first + last) < 16:
            columns = range(int(first), min(int(last), self._limits.columns) + 1)
            self._hidden_columns.update(columns)

    def _merge(self, element: etree._Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        start, end = split_reference(first), split_reference(last or first)
        if start and end and len(self._merges) <= self._limits.merged:
            self._merges.append((*start, *end))

    def _covered(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Map covered cells to the one that shows, as far as any cell holds something."""
        last_row = max(self._rows, default=0)
        last_column = max((max(cells) for cells in self._rows.values()), default=0)
        inside = (
            ((row, column), (top, left))
            for top, left, bottom, right in self._merges
            if left <= last_column
            for row in range(top, min(bottom, last_row) + 1)
            for column in range(left, min(right, last_column) + 1)
        )
        most = self._limits.merged
        covered = {cell: anchor for cell, anchor in islice(inside, most) if cell != anchor}
        if next(inside, None):
            self._say(NoticeCode.MERGES_CUT, most=most)
        return covered
