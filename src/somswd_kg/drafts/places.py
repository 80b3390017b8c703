"""Where a triple of a draft stands: the cell that it came from, or that it is missing from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from somswd_kg.drafts.columns import Column, Sheet
from somswd_kg.drafts.grid import column_letters
from somswd_kg.terms import NamedNode, Term

__all__ = ["Place", "RowPlace", "SourceMap"]

_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a drafter's file, or a line of a Turtle file.

    Attributes:
        sheet: Number of the sheet or file, from 1, so that places sort as they stand.
        row: From 1; of a Turtle file, the line.
        column: From 1; 0 for the row as a whole.
        name: The sheet's name, or the file's.
        heading: The column's heading as it stands there; of a Turtle file, the predicate.
        path: The CSV or RDF file; empty for a workbook's sheet.
    """

    sheet: int
    row: int
    column: int
    name: str
    heading: str = ""
    path: str = ""

    @property
    def address(self) -> str:
        """Name the cell as its program does: `Sheet!A1`, `file.csv:3:2`, `file.ttl:12`.

        >>> Place(1, 5, 3, "ตัวชี้วัด").address, Place(1, 5, 3, "a b").address
        ('ตัวชี้วัด!C5', "'a b'!C5")
        >>> Place(1, 3, 2, "goals", path="goals.csv").address
        'goals.csv:3:2'
        """
        if self.path:
            return f"{self.path}:{self.row}" + (f":{self.column}" if self.column else "")
        escaped = self.name.replace("'", "''")
        name = self.name if _is_plain(self.name) else f"'{escaped}'"
        return f"{name}!{self.cell}"

    @property
    def cell(self) -> str:
        """Name the cell inside its sheet: `C5`."""
        return f"{column_letters(self.column or 1)}{self.row}"


def _is_plain(name: str) -> bool:
    """Tell whether a sheet's name needs no quotation marks in an address."""
    thai_marks_aside = re.sub(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", name)
    return bool(_PLAIN_NAME.fullmatch(thai_marks_aside)) and not re.fullmatch(
        r"[A-Za-z]{1,3}\d+", name
    )


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a thing of the draft stands: its row, and the columns of that sheet.

    Attributes:
        sheet: The sheet that its columns come from.
        place: The row, with column 0.
        columns: Column numbers by column; a column that the file lacks is not in it.
        headings: Headings as they stand in the file, by column number.
    """

    sheet: Sheet
    place: Place
    columns: Mapping[Column, int]
    headings: Mapping[int, str]

    def at(self, column: Column | None) -> Place | None:
        """Give the cell of a column in this row, or None where the file lacks the column."""
        number = self.columns.get(column) if column is not None else None
        if number is None:
            return None
        return self._cell(number)

    @property
    def code(self) -> Place:
        """Give the cell of the row's code; where the sheet has none, its first column's."""
        found = self.at(self.sheet.code)
        return found or self._cell(min(self.columns.values(), default=1))

    def _cell(self, number: int) -> Place:
        place = self.place
        heading = self.headings.get(number, "")
        return Place(place.sheet, place.row, number, place.name, heading, place.path)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """From the things and triples of a draft to their places.

    Attributes:
        rows: The row of each thing.
        cells: The cell of each triple, by row node, path and value; of an inverse path the row
            node comes first too.
        plan: The thing at whose code cell stands what concerns the draft as a whole.
    """

    rows: Mapping[Term, RowPlace] = field(default_factory=dict)
    cells: Mapping[tuple[Term, NamedNode, Term], Place] = field(default_factory=dict)
    plan: Term | None = None

    def find(
        self,
        focus: Term,
        path: NamedNode | None,
        value: Term | None,
        concerns: Iterable[NamedNode] = (),
        *,
        inverse: bool = False,
    ) -> tuple[Place, ...]:
        """Find the cells of a finding, the main one first.

        The row is the focus node's; the column is that of the path, else the first of the columns
        that the rule concerns, else the code. What is in no row stands at the plan's code cell.
        """
        row = self.rows.get(focus)
        if row is None:
            plan = self.rows.get(self.plan) if self.plan is not None else None
            return (plan.code,) if plan else ()
        found: list[Place] = []
        for number, predicate in enumerate([path, *concerns]):
            if predicate is None:
                continue
            if number == 0 and value is not None and (focus, predicate, value) in self.cells:
                found.append(self.cells[focus, predicate, value])
                continue
            column = self._column(row, predicate, value, inverse=inverse and number == 0)
            place = row.at(column)
            if place is not None:
                found.append(place)
        return tuple(dict.fromkeys(found)) or (row.code,)

    @staticmethod
    def _column(
        row: RowPlace, predicate: NamedNode, value: Term | None, *, inverse: bool
    ) -> Column | None:
        language = getattr(value, "language", None) or ""
        return row.sheet.column(predicate, language, inverse=inverse)
