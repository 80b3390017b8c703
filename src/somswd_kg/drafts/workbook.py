"""What a workbook holds, in no format: sheets, columns, rows, lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from somswd_kg.model import column_letters

__all__ = ["Choices", "ColumnSpec", "SheetSpec", "Value", "WorkbookSpec"]

Value = str | int | float | Decimal | bool | date | None


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
        wrap: Whether long text goes on in a second line of the cell.
    """

    heading: str
    help: str = ""
    required: bool = False
    width: float = 20.0
    hidden: bool = False
    as_text: bool = False
    choices: Choices | None = None
    wrap: bool = False


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
        frozen_columns: How many columns stay in view at the left.
        example_rows: How many of the first rows are examples, shown as such.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    hidden: bool = False
    headings: bool = True
    entry_rows: int = 1_000
    frozen_columns: int = 0
    example_rows: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """Describe a workbook.

    Attributes:
        sheets: In order; at least one is not hidden.
        title: Of the document; empty for none.
    """

    sheets: tuple[SheetSpec, ...]
    title: str = ""
