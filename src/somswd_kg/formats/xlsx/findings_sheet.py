"""The sheet of findings that is added to a drafter's workbook: text and links, no formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from somswd_kg.formats.xlsx.marks import MARKER, RECORD_COLUMN
from somswd_kg.formats.xlsx.styles import Styles
from somswd_kg.formats.xlsx.write import clean_text, starts_formula
from somswd_kg.model import column_letters

__all__ = ["FindingRow", "FindingsTable", "findings_sheet"]

_MOST_LINKS = 65_000  # Excel takes 65,530 in a sheet
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Hold one row of the findings sheet.

    Attributes:
        cells: Texts, one for each heading.
        sheet: The sheet that the row leads to; empty for none.
        cell: The cell there, such as `C5`.
    """

    cells: tuple[str, ...]
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class FindingsTable:
    """Hold what the findings sheet shows.

    Attributes:
        name: The sheet's name.
        headings: Of the columns; fewer than 50.
        rows: In the order in which they are to be read.
        widths: Of the columns, in characters; 24 where it is not said.
        link_column: The column whose cells lead to the place, from 1.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[FindingRow, ...]
    widths: tuple[float, ...] = ()
    link_column: int = 1


def findings_sheet(table: FindingsTable, styles: Styles, space: str) -> bytes:
    """Make the part of the findings sheet."""
    root = etree.Element(f"{{{space}}}worksheet", nsmap={None: space})

    def under(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{space}}}{name}", attributes)

    under(under(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
    view = under(under(root, "sheetViews"), "sheetView", workbookViewId="0")
    under(view, "pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = under(root, "cols")
    for number in range(1, len(table.headings) + 1):
        width = table.widths[number - 1] if number <= len(table.widths) else 24.0
        span = {"min": str(number), "max": str(number)}
        under(columns, "col", **span, width=f"{width:g}", customWidth="1")
    record = {"min": str(RECORD_COLUMN), "max": str(RECORD_COLUMN)}
    under(columns, "col", **record, width="9", hidden="1", customWidth="1")

    data = under(root, "sheetData")
    plain, quoted = styles.added(), styles.added(text=True)
    bold = styles.added(bold=True)
    link, quoted_link = styles.added(link=True), styles.added(link=True, text=True)
    links: list[tuple[str, str]] = []

    def write(row: etree._Element, column: int, text: str, style: int) -> None:
        reference = f"{column_letters(column)}{row.get('r')}"
        cell = under(row, "c", r=reference, s=str(style), t="inlineStr")
        written = under(under(cell, "is"), "t")
        written.text = clean_text(text)
        written.set(_SPACE, "preserve")

    kept = (MARKER, *styles.fills)
    for number in range(1, max(len(table.rows) + 1, len(kept)) + 1):
        row = under(data, "row", r=str(number))
        cells: Sequence[str] = ()
        target = ""
        if number == 1:
            cells = table.headings
        elif number <= len(table.rows) + 1:
            found = table.rows[number - 2]
            cells = found.cells[: len(table.headings)]
            if found.sheet and found.cell and len(links) < _MOST_LINKS:
                escaped = found.sheet.replace("'", "''")
                target = f"'{escaped}'!{found.cell}"
        for column, text in enumerate(cells, 1):
            linked = bool(target) and column == table.link_column
            if linked:
                links.append((f"{column_letters(column)}{number}", target))
            danger = starts_formula(text)
            style = (quoted_link if danger else link) if linked else (quoted if danger else plain)
            if text:
                write(row, column, text, bold if number == 1 else style)
        if number <= len(kept):
            write(row, RECORD_COLUMN, kept[number - 1], plain)
    if table.headings and table.rows:
        last = f"{column_letters(len(table.headings))}{len(table.rows) + 1}"
        under(root, "autoFilter", ref=f"A1:{last}")
    if links:
        listed = under(root, "hyperlinks")
        for reference, target in links:
            under(listed, "hyperlink", ref=reference, location=target)
    under(root, "pageSetup", orientation="landscape", fitToWidth="1", fitToHeight="0")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
