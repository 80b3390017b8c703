"""What a drafter's file looks like to the core: grids of cells, whatever format they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

__all__ = ["Book", "Cell", "CellKind", "Grid", "Notice"]


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty.

    Attributes:
        row: From 1.
        column: From 1.
        kind: What the value is; of a formula, what its cached value is.
        text: The value as text: ISO 8601 for a date, `true` or `false`, a number with a point.
        formula: The formula without `=`; empty for a plain value.
        cached: False for a formula whose value the file does not hold (`text` is then empty).
        percent: A number that is shown as a per cent: 0.85 stands in the cell as 85%.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    formula: str = ""
    cached: bool = True
    percent: bool = False

    @property
    def number(self) -> Decimal | None:
        """Give the number of a number cell."""
        return Decimal(self.text) if self.kind is CellKind.NUMBER and self.text else None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one CSV file.

    Attributes:
        name: The sheet's name, or the file's without its ending.
        rows: Cells by row number, then by column number; empty cells are left out.
        path: The CSV file inside its folder or zip; empty for a workbook's sheet.
        hidden: The sheet is hidden.
        hidden_rows: Numbers of hidden rows.
        covered: Cells that a merged range covers, each with the cell that holds its value.
        hidden_columns: Numbers of hidden columns.
        lines: Of a CSV file, the line that a row begins at, where the two differ.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    path: str = ""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    covered: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    lines: Mapping[int, int] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        """Give the cell, or None where it is empty."""
        return self.rows.get(row, {}).get(column)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader has to say of a file as a whole: its encoding, macros that were not run.

    Attributes:
        code: Which notice, for example `encoding`.
        values: What it is about, by name.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A drafter's file: its grids in order.

    Attributes:
        path: The file or folder, as the drafter named it.
        kind: `xlsx` or `csv`.
        grids: In the order of the workbook, or of the file names.
        notices: What the reader noticed.
    """

    path: str
    kind: str
    grids: tuple[Grid, ...]
    notices: tuple[Notice, ...] = ()
