"""Which grid is which sheet, and which of its columns is which: by name, in either language."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from somswd_kg.drafts.columns import Column, Sheet
from somswd_kg.drafts.grid import Book, Cell, Grid
from somswd_kg.drafts.remarks import IntakeCode, Remark
from somswd_kg.drafts.similar import fold, nearest
from somswd_kg.language import has_thai
from somswd_kg.model import REQUIRED_MARK, Place, column_letters

__all__ = ["EXAMPLE_IDENTIFIER", "IDENTIFIER_HEADING", "Layout", "find_layouts", "is_beside"]

IDENTIFIER_HEADING = "id"
"""Heading of the hidden column that says which thing a row was before."""

EXAMPLE_IDENTIFIER = "example"
"""Identifier of the rows that show how to fill in a sheet; they are passed over."""

_BESIDE = frozenset(fold(name) for name in ("คำแนะนำ", "Guide", "codes", "_codes", "README"))
_FINDINGS = frozenset(fold(name) for name in ("ข้อตรวจพบ", "Findings"))

MOST_HEADING_ROWS = 10


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


def is_beside(name: str) -> bool:
    """Tell whether a sheet is one of ours that holds nothing of a draft: the guide, the codes."""
    return fold(name) in _BESIDE


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
            if not is_beside(grid.name) and fold(grid.name) not in _FINDINGS and grid.rows:
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
        first = found.get(sheet.order)
        if layout is not None and first is not None:
            place = Place(number, 1, 1, grid.name, "", grid.path)
            params = (("name", grid.name), ("first", first.grid.name))
            remarks.append(Remark(IntakeCode.SECOND_SHEET, place, params))
        elif layout is not None:
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


def _first_line(cell: Cell) -> str:
    return " ".join(cell.text.replace(REQUIRED_MARK, " ").split("\n")[0].split())


def _bare(cell: Cell) -> str:
    return fold(_first_line(cell))


def _layout(sheet: Sheet, grid: Grid, number: int) -> tuple[Layout | None, tuple[Remark, ...]]:
    names = _names(sheet)
    identifier = fold(IDENTIFIER_HEADING)
    best = _heading_row(grid, names)
    if not best:
        place = Place(number, 1, 1, grid.name, "", grid.path)
        remark = Remark(IntakeCode.NO_HEADINGS, place, (("name", grid.name),))
        return None, (remark,) if grid.rows else ()
    layout = Layout(sheet, grid, number, best, {}, {}, 0, ())
    remarks: list[Remark] = []
    unknown: list[int] = []
    id_column = 0
    for spot, cell in sorted(grid.rows[best].items()):
        layout.headings[spot] = "\n".join(" ".join(line.split()) for line in cell.text.split("\n"))
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
                    (("heading", _first_line(cell)), ("near", near[0].text if near else "")),
                )
            )
        elif column in layout.columns:
            unknown.append(spot)
            first = layout.place(best, layout.columns[column])
            remarks.append(
                Remark(
                    IntakeCode.DUPLICATE_HEADING,
                    layout.place(best, spot),
                    (("heading", _first_line(cell)), ("first", first.address)),
                )
            )
        else:
            layout.columns[column] = spot
    filled = _filled(layout)
    remarks += _hidden(layout, filled)
    remarks += _without_heading(layout, filled)
    remarks += _missing_columns(layout, min(grid.rows[best]))
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


def _heading_row(grid: Grid, names: Container[str]) -> int:
    """Give the first of the rows that hold most headings; 0 where none holds any."""
    best, most = 0, 0
    for row in [row for row in sorted(grid.rows) if grid.rows[row]][:MOST_HEADING_ROWS]:
        cells = grid.rows[row].values()
        if len(cells) > most:  # else it cannot hold more
            hits = sum(_bare(cell) in names for cell in cells)
            best, most = (row, hits) if hits > most else (best, most)
    return best


def _filled(layout: Layout) -> set[int]:
    """Give the columns that hold something below the headings."""
    return {
        column
        for row, cells in layout.grid.rows.items()
        if row > layout.heading_row
        for column, cell in cells.items()
        if cell.text.strip()
    }


def _hidden(layout: Layout, filled: set[int]) -> list[Remark]:
    """Note that the sheet is hidden, and which of its columns are that hold something."""
    row, grid = layout.heading_row, layout.grid
    remarks = []
    if grid.hidden and layout.columns:
        remarks.append(
            Remark(IntakeCode.HIDDEN_SHEET, layout.place(row, min(layout.columns.values())))
        )
    hidden = grid.hidden_columns.intersection(layout.columns.values(), filled)
    remarks += (Remark(IntakeCode.HIDDEN_COLUMN, layout.place(row, n)) for n in sorted(hidden))
    return remarks


def _without_heading(layout: Layout, filled: set[int]) -> list[Remark]:
    """Note columns that hold something below an empty heading."""
    headed = layout.grid.rows[layout.heading_row].keys()
    covered = {column for row, column in layout.grid.covered if row == layout.heading_row}
    return [
        Remark(
            IntakeCode.COLUMN_WITHOUT_HEADING,
            layout.place(layout.heading_row, column),
            (("column", column_letters(column)),),
        )
        for column in sorted(filled - headed - covered)
    ]


def _missing_columns(layout: Layout, first: int) -> list[Remark]:
    """Note the required columns of the form that the sheet lacks."""
    place = layout.place(layout.heading_row, first)
    missing = dict.fromkeys(
        column.name.get("th" if has_thai(layout.grid.name) else "en", "")
        for column in layout.sheet.columns
        if column.required and column not in layout.columns
    )
    return [Remark(IntakeCode.MISSING_COLUMN, place, (("name", name),)) for name in missing]
