"""Where a triple of a draft stands: the cell that it came from, or that it is missing from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from somswd_kg.language import local_name
from somswd_kg.model import Place
from somswd_kg.terms import NamedNode, Term

if TYPE_CHECKING:
    from somswd_kg.drafts.columns import Column, Sheet

__all__ = ["RowIndex", "RowPlace", "SourceMap"]


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
        return Place(place.sheet, place.row, number, place.name, heading, place.path, place.line)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """From the things and triples of a draft to their places.

    Attributes:
        rows: The row of each thing.
        cells: The cell of each triple, by row node, path and value; of an inverse path the row
            node comes first too.
        plan: The thing at whose code cell stands what concerns the draft as a whole.
        languages: The languages in which a row has a text, by row node and path: what is missing
            stands at the cell of another one.
    """

    rows: Mapping[Term, RowPlace] = field(default_factory=dict)
    cells: Mapping[tuple[Term, NamedNode, Term], Place] = field(default_factory=dict)
    plan: Term | None = None
    languages: Mapping[tuple[Term, NamedNode], Set[str]] = field(default_factory=dict)

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
            present = self.languages.get((focus, predicate), frozenset())
            column = self._column(row, predicate, value, present, inverse=inverse and number == 0)
            place = row.at(column)
            if place is not None:
                found.append(place)
        return tuple(dict.fromkeys(found)) or (row.code,)

    @staticmethod
    def _column(
        row: RowPlace,
        predicate: NamedNode,
        value: Term | None,
        present: Set[str],
        *,
        inverse: bool,
    ) -> Column | None:
        language = getattr(value, "language", None) or ""
        if value is None and present:
            missing = (c for c in row.sheet.columns if c.path == predicate and c.language)
            language = next((c.language for c in missing if c.language not in present), "")
        return row.sheet.column(predicate, language, inverse=inverse)


class RowIndex:
    """Find what stands in the row and the column of a place.

    Args:
        places: Of a draft.
    """

    def __init__(self, places: SourceMap) -> None:
        self._rows = {
            (row.place.sheet, row.place.row): (thing, row) for thing, row in places.rows.items()
        }

    def element(self, place: Place | None) -> str:
        """Give the IRI of the thing in whose row a place is; an empty one outside the rows."""
        found = self._rows.get((place.sheet, place.row)) if place else None
        return found[0].value if found and isinstance(found[0], NamedNode) else ""

    def column(self, place: Place) -> str:
        """Name the column of a place by its property and its language, else by its heading."""
        found = self._rows.get((place.sheet, place.row))
        columns = found[1].columns if found else {}
        column = next((c for c, number in columns.items() if number == place.column), None)
        if column is None:
            return place.heading
        name = local_name(column.path.value)
        return f"{name}@{column.language}" if column.language else name
