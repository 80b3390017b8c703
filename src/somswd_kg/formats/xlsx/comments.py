"""Comments of a sheet in the form that every program shows: a list, and a drawing of boxes.

The drawing is VML, which is often not well-formed XML, so it is changed as text: boxes are put
in before its end and taken out whole.
"""

from __future__ import annotations

import re

from lxml import etree

from somswd_kg.formats.xlsx.marks import AUTHOR, SIGNATURE
from somswd_kg.formats.xlsx.package import Package
from somswd_kg.formats.xlsx.sheet import split_reference
from somswd_kg.formats.xlsx.xml import flattened

__all__ = ["Comments"]

_LIST_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:{height}pt;'
    'z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE = re.compile(rb"<(\w+):shape\b.*?</\1:shape>", re.DOTALL)
_ROW = re.compile(rb"<\w+:Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<\w+:Column>\s*(\d+)\s*</")
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_IDMAP = re.compile(rb'idmap\b[^>]*\bdata="(\d{1,6})')
_BLOCK = 1_024
_LONGEST = 4_000


class Comments:
    """Hold the comments of one sheet.

    Attributes:
        drawing: Identifier of the relation to the drawing of boxes; empty when there is none.
    """

    def __init__(self, package: Package, sheet: str, drawing: str, office: str, space: str) -> None:
        self._package = package
        self._sheet = sheet
        self._office = office
        self._space = space
        self.drawing = drawing
        related = package.related(sheet, "comments")
        self._list = related[1] if related else ""
        self._relation = related[0] if related else ""

    # -- what is there --------------------------------------------------------------------

    def _items(self) -> etree._Element | None:
        if not self._list:
            return None
        return self._package.tree(self._list).find("{*}commentList")

    def cells(self) -> frozenset[str]:
        """List the addresses of cells that have a comment."""
        items = self._items()
        return (
            frozenset(each.get("ref", "") for each in items) if items is not None else frozenset()
        )

    def _drawing_part(self) -> str:
        found = self._package.target(self._sheet, self.drawing) if self.drawing else None
        return found or ""

    def remove_ours(self) -> bool:
        """Take away our comments and their boxes; say whether there were any."""
        items = self._items()
        if items is None:
            return False
        authors = self._package.tree(self._list).find("{*}authors")
        names = [each.text or "" for each in authors] if authors is not None else []
        places = set()
        for each in list(items):
            index = each.get("authorId", "")
            author = names[int(index)] if index.isdecimal() and int(index) < len(names) else ""
            text = each.find("{*}text")
            if author == AUTHOR or (
                text is not None and flattened(text).rstrip().endswith(SIGNATURE)
            ):
                place = split_reference(each.get("ref", ""))
                if place:
                    places.add((place[0] - 1, place[1] - 1))
                items.remove(each)
        if not places:
            return False
        if authors is not None and names and names[-1] == AUTHOR:
            authors.remove(authors[-1])
        part = self._drawing_part()
        if part:
            self._package.put(part, _without(self._package.data(part), places))
        if not len(items):
            self._drop(part)
        return True

    def _drop(self, part: str) -> None:
        self._package.remove(self._list)
        self._package.unrelate(self._sheet, self._relation)
        self._list = self._relation = ""
        if part and not _SHAPE.search(self._package.data(part)):
            self._package.remove(part)
            self._package.unrelate(self._sheet, self.drawing)
            self.drawing = ""

    # -- what is added --------------------------------------------------------------------

    def add(self, texts: dict[str, str]) -> None:
        """Add a comment to each of these cells, none of which has one.

        Args:
            texts: The text by address.
        """
        if not texts:
            return
        self._prepare()
        tree = self._package.tree(self._list)
        items, authors = tree.find("{*}commentList"), tree.find("{*}authors")
        if items is None or authors is None:
            raise self._package.archive.error(f"its part {self._list} is not complete")
        names = [each.text or "" for each in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, self._tag("author")).text = AUTHOR
            names.append(AUTHOR)
        part = self._drawing_part()
        drawing = self._package.data(part)
        boxes = []
        numbers = [int(found) for found in _SHAPE_NUMBER.findall(drawing)]
        block = _IDMAP.search(drawing)  # boxes of a sheet are numbered within its block
        number = max(numbers, default=_BLOCK * int(block[1] if block else 1))
        for order, (reference, text) in enumerate(texts.items(), 1):
            text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            item = etree.SubElement(
                items,
                self._tag("comment"),
                {"ref": reference, "authorId": str(names.index(AUTHOR))},
            )
            run = etree.SubElement(etree.SubElement(item, self._tag("text")), self._tag("t"))
            run.text = f"{text}\n{SIGNATURE}"
            run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            boxes.append(_box(reference, number + order, order, text))
        end = drawing.rfind(b"</")
        self._package.put(part, drawing[:end] + "".join(boxes).encode() + drawing[end:])

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _prepare(self) -> None:
        if not self._list:
            self._list = self._package.unused("xl/comments{}.xml")
            empty = f'<comments xmlns="{self._space}"><authors/><commentList/></comments>'
            self._package.put(self._list, empty.encode())
            self._package.type_of(self._list, _LIST_TYPE)
            kind = f"{self._office}/comments"
            self._relation = self._package.relate(self._sheet, kind, self._list)
        if not self._drawing_part():
            part = self._package.unused("xl/drawings/vmlDrawing{}.vml")
            block = int(re.sub("[^0-9]", "", part.rpartition("/")[2]) or 1)
            self._package.put(part, _DRAWING.format(block=block).encode())
            self._package.type_of(part, _DRAWING_TYPE)
            kind = f"{self._office}/vmlDrawing"
            self.drawing = self._package.relate(self._sheet, kind, part)


def _box(reference: str, number: int, order: int, text: str) -> str:
    row, column = split_reference(reference) or (1, 1)
    lines = 2 + sum(1 + len(line) // 42 for line in text.split("\n"))
    rows = min(lines, 22)
    anchor = (column, 15, max(row - 2, 0), 10, column + 4, 15, max(row - 2, 0) + rows, 4)
    return _BOX.format(
        number=number,
        order=order,
        height=15 * rows,
        anchor=", ".join(map(str, anchor)),
        row=row - 1,
        column=column - 1,
    )


def _without(drawing: bytes, places: set[tuple[int, int]]) -> bytes:
    def kept(found: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(found.group()), _COLUMN.search(found.group())
        ours = bool(row and column and (int(row[1]), int(column[1])) in places)
        return b"" if ours else found.group()

    return _SHAPE.sub(kept, drawing)
