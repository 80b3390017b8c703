"""Which grid is which sheet, and which of its columns is which: by name, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from somswd_kg.drafts.columns import Column, Sheet
from somswd_kg.drafts.grid import Book, Cell, Grid
from somswd_kg.drafts.remarks import IntakeCode, Remark
from somswd_kg.drafts.similar import fold, nearest
from somswd_kg.model import Place

__all__ = ["IDENTIFIER_HEADING", "REQUIRED_MARK", "Layout", "find_layouts"]

IDENTIFIER_HEADING = "id"
"""Heading of the hidden column that says which thing a row was before."""

HELPING_SHEETS = frozenset(
    fold(name) for name in ("คำแนะนำ", "Guide", "codes", "_codes", "ข้อตรวจพบ", "Findings", "README")
)
"""Sheets of ours that hold no data: the guide, the hidden codes, the findings handed back."""

MOST_HEADING_ROWS = 10
REQUIRED_MARK = "*"


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet stands in one grid.

    Attributes:
        sheet: What its rows are.
        grid: Where they stand.
        number: The grid's place in the book, from 1.
        heading_row: The row of the headings.
        columns: Column numbers by column.
        headings: Headings as written, by column number, unknown ones too.
        identifier: Number of the identifier's column; 0 where there is none.
        unknown: Numbers of the columns that mean nothing to us.
    """

    sheet: Sheet
    grid: Grid
    number: int
    heading_row: int
    columns: dict[Column, int]
    headings: dict[int, str]
    identifier: int
    unknown: tuple[int, ...]

    def place(self, row: int, column: int = 0) -> Place:
        """Name a cell of the grid."""
        heading = self.headings.get(column, "")
        line = self.grid.lines.get(row, 0)
        return Place(self.number, row, column, self.grid.name, heading, self.grid.path, line)


def find_layouts(
    book: Book, sheets: Iterable[Sheet]
) -> tuple[tuple[Layout, ...], tuple[Remark, ...]]:
    """Find the sheets in a book.

    Returns:
        A layout for each sheet that is there, in the order of the sheets, and what there is to
        remark on names and headings that are not known, or there twice.
    """
    sheets = tuple(sheets)
    known = {fold(name): sheet for sheet in sheets for name in sheet.name.values()}
    remarks: list[Remark] = []
    found: dict[int, Layout] = {}
    for number, grid in enumerate(book.grids, 1):
        sheet = known.get(fold(grid.name))
        if sheet is None:
            if not grid.hidden and fold(grid.name) not in HELPING_SHEETS and grid.rows:
                near = nearest(grid.name, (n for s in sheets for n in s.name.values()), 1)
                remarks.append(
                    Remark(
                        IntakeCode.UNKNOWN_SHEET,
                        Place(number, 1, 1, grid.name, "", grid.path),
                        (("name", grid.name), ("near", near[0].text if near else "")),
                    )
                )
            continue
        layout, more = _layout(sheet, grid, number)
        remarks += more
        if layout is not None and sheet.order not in found:
            found[sheet.order] = layout
    return tuple(layout for _, layout in sorted(found.items())), tuple(remarks)


def _names(sheet: Sheet) -> dict[str, Column]:
    """Give the columns of a sheet by what their headings may be."""
    names: dict[str, Column] = {}
    for column in sheet.columns:
        for language in ("th", "en"):
            names.setdefault(fold(column.heading(language)), column)
    for column in sheet.columns:  # a text's heading without its language is the first language's
        for name in column.name.values():
            names.setdefault(fold(name), column)
    return names


def _bare(cell: Cell) -> str:
    return fold(cell.text.replace(REQUIRED_MARK, " ").split("\n")[0])


def _layout(sheet: Sheet, grid: Grid, number: int) -> tuple[Layout | None, tuple[Remark, ...]]:
    names = _names(sheet)
    identifier = fold(IDENTIFIER_HEADING)
    rows = [row for row in sorted(grid.rows) if grid.rows[row]][:MOST_HEADING_ROWS]
    hits = {row: sum(_bare(cell) in names for cell in grid.rows[row].values()) for row in rows}
    best = max(rows, key=lambda row: (hits[row], -row), default=0)
    if not best or not hits[best]:
        place = Place(number, 1, 1, grid.name, "", grid.path)
        remark = Remark(IntakeCode.NO_HEADINGS, place, (("name", grid.name),))
        return None, (remark,) if grid.rows else ()
    layout = Layout(sheet, grid, number, best, {}, {}, 0, ())
    remarks: list[Remark] = []
    unknown: list[int] = []
    id_column = 0
    for spot, cell in sorted(grid.rows[best].items()):
        layout.headings[spot] = " ".join(cell.text.split())
        bare = _bare(cell)
        if bare == identifier:
            id_column = id_column or spot
            continue
        column = names.get(bare)
        if column is None:
            unknown.append(spot)
            near = nearest(
                cell.text, (c.heading(lang) for c in sheet.columns for lang in ("th", "en")), 1
            )
            remarks.append(
                Remark(
                    IntakeCode.UNKNOWN_COLUMN,
                    layout.place(best, spot),
                    (("heading", layout.headings[spot]), ("near", near[0].text if near else "")),
                )
            )
        elif column in layout.columns:
            unknown.append(spot)
            first = layout.place(best, layout.columns[column])
            remarks.append(
                Remark(
                    IntakeCode.DUPLICATE_HEADING,
                    layout.place(best, spot),
                    (("heading", layout.headings[spot]), ("first", first.address)),
                )
            )
        else:
            layout.columns[column] = spot
    return (
        Layout(
            sheet,
            grid,
            number,
            best,
            layout.columns,
            layout.headings,
            id_column,
            tuple(unknown),
        ),
        tuple(remarks),
    )
