"""One sheet of a drafter's workbook, changed in place: styles of cells, the link to boxes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from lxml import etree

from somswd_kg.formats.xlsx.sheet import column_number, split_reference
from somswd_kg.model import column_letters

__all__ = ["SheetEditor"]

_AFTER_DRAWING = frozenset(
    (
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    )
)


class SheetEditor:
    """Change a sheet's tree: only what is asked for, everything else stays as it is."""

    def __init__(self, tree: etree._Element, office: str) -> None:
        self._tree = tree
        self._office = office
        self._space = etree.QName(tree).namespace
        data = tree.find("{*}sheetData")
        self._data = data if data is not None else etree.Element(self._tag("sheetData"))
        self._rows: dict[int, etree._Element] = {}
        self._numbers: list[int] = []
        last = 0
        for row in self._data:
            if isinstance(row.tag, str):
                written = row.get("r", "")
                last = int(written) if written.isdecimal() else last + 1
                self._rows.setdefault(last, row)
        self._numbers = sorted(self._rows)

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    # -- styles ---------------------------------------------------------------------------

    def restyle(self, styles: Mapping[int, int]) -> None:
        """Put other styles in the place of some, in cells, rows and columns.

        Cells that hold nothing and then look like their row or column are taken away, and rows
        that then hold and say nothing.
        """
        wanted = {str(old): str(new) for old, new in styles.items()}
        for column in self._tree.iterfind("{*}cols/{*}col"):
            if column.get("style") in wanted:
                column.set("style", wanted[column.get("style", "")])
        for number in list(self._numbers):
            row = self._rows[number]
            if row.get("s") in wanted:
                row.set("s", wanted[row.get("s", "")])
            emptied = False
            for cell in list(row):
                if not isinstance(cell.tag, str) or cell.get("s") not in wanted:
                    continue
                style = wanted[cell.get("s", "")]
                if style == "0":  # as it is without the attribute
                    cell.attrib.pop("s")
                else:
                    cell.set("s", style)
                place = split_reference(cell.get("r", ""))
                if not len(cell) and place and style == self._default(row, place[1]):
                    row.remove(cell)
                    emptied = True
            if emptied and not len(row) and set(row.attrib) <= {"r", "spans"}:
                self._data.remove(row)
                del self._rows[number]
                self._numbers.remove(number)

    def _default(self, row: etree._Element, column: int) -> str:
        """Say which style an empty cell shows: its row's, else its column's."""
        if row.get("customFormat") in ("1", "true"):
            return str(row.get("s", "0"))
        for each in self._tree.iterfind("{*}cols/{*}col"):
            first, last = each.get("min", ""), each.get("max", "")
            if first.isdecimal() and last.isdecimal() and int(first) <= column <= int(last):
                return str(each.get("style", "0"))
        return "0"

    def style(self, row: int, column: int) -> int:
        """Give the style of a cell, as it shows."""
        found = self._rows.get(row)
        if found is None:
            return int(self._default(etree.Element("row"), column))
        cell = self._cell(found, column)[0]
        text = self._default(found, column) if cell is None else cell.get("s", "0")
        return int(text) if text.isdecimal() else 0

    def set_style(self, row: int, column: int, style: int) -> None:
        """Set the style of a cell; one that is not there is added."""
        found = self._rows.get(row)
        if found is None:
            found = etree.Element(self._tag("row"), {"r": str(row)})
            at = bisect_left(self._numbers, row)
            if at < len(self._numbers):
                self._rows[self._numbers[at]].addprevious(found)
            else:
                self._data.append(found)
            self._numbers.insert(at, row)
            self._rows[row] = found
        cell, after = self._cell(found, column)
        if cell is None:
            cell = etree.Element(self._tag("c"), {"r": f"{column_letters(column)}{row}"})
            found.insert(after, cell)
            _widen(found, column)
        cell.set("s", str(style))

    def _cell(self, row: etree._Element, column: int) -> tuple[etree._Element | None, int]:
        """Find a cell of a row, and the place among the row's children where it would stand."""
        last, after = 0, 0
        for index, cell in enumerate(row):
            if not isinstance(cell.tag, str) or etree.QName(cell).localname != "c":
                continue
            letters = cell.get("r", "").rstrip("0123456789")
            last = column_number(letters) if letters else last + 1
            if last == column:
                return cell, index
            if last < column:
                after = index + 1
        return None, after

    # -- boxes ----------------------------------------------------------------------------

    @property
    def drawing(self) -> str:
        """Name the relation to the drawing of comment boxes; empty when there is none."""
        found = self._tree.find("{*}legacyDrawing")
        return "" if found is None else found.get(f"{{{self._office}}}id", "")

    @drawing.setter
    def drawing(self, identifier: str) -> None:
        found = self._tree.find("{*}legacyDrawing")
        if identifier == self.drawing:
            return
        if not identifier:
            if found is not None:
                self._tree.remove(found)
            return
        if found is None:
            found = etree.Element(self._tag("legacyDrawing"))
            after = (
                each
                for each in self._tree
                if isinstance(each.tag, str) and etree.QName(each).localname in _AFTER_DRAWING
            )
            following = next(after, None)
            if following is None:
                self._tree.append(found)
            else:
                following.addprevious(found)
        found.set(f"{{{self._office}}}id", identifier)


def _widen(row: etree._Element, column: int) -> None:
    """Let the note of a row's first and last column hold a new cell."""
    first, _, last = row.get("spans", "").partition(":")
    if first.isdecimal() and last.isdecimal() and not int(first) <= column <= int(last):
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
