"""The styles of a drafter's workbook: cell styles found or added, none of the old ones changed."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from somswd_kg.formats.xlsx.marks import MOST_FILLS, colour, level_and_key
from somswd_kg.formats.xlsx.package import Package
from somswd_kg.model import Severity

__all__ = ["Styles"]

_EMPTY = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_NONE = '<fill><patternFill patternType="none"/></fill>'


class Styles:
    """Find and add cell styles.

    Attributes:
        fills: The fills that marks cover, as XML without namespace; a fill's key is its place
            from 1.
    """

    def __init__(
        self, package: Package, workbook: str, office: str, fills: tuple[str, ...]
    ) -> None:
        related = package.related(workbook, "styles")
        if related is None:
            part = package.unused("xl/styles{}.xml")
            if package.find("xl/styles.xml") is None:
                part = "xl/styles.xml"
            package.put(part, _EMPTY.encode())
            package.type_of(part, _CONTENT)
            package.relate(workbook, f"{office}/styles", part)
        else:
            part = related[1]
        self._tree = package.tree(part)
        self._space = etree.QName(self._tree).namespace
        lists = {name: self._tree.find(f"{{*}}{name}") for name in ("fonts", "fills", "cellXfs")}
        if any(each is None for each in lists.values()):
            raise package.archive.error("its list of styles is not complete")
        self._lists = {name: each for name, each in lists.items() if each is not None}
        self._keys = {name: [_key(each) for each in found] for name, found in self._lists.items()}
        self.fills = list(fills)
        self._marked: dict[tuple[int, Severity], int] = {}

    @property
    def count(self) -> int:
        """Count the cell styles."""
        return len(self._lists["cellXfs"])

    def marked(self, style: int, level: Severity) -> int:
        """Give the style that is like another but has the colour of a mark."""
        found = self._marked.get((style, level))
        if found is None:
            base = self._lists["cellXfs"][style if style < self.count else 0]
            covered = self._covered(base)
            key = 0
            if covered:
                if covered not in self.fills and len(self.fills) < MOST_FILLS:
                    self.fills.append(covered)
                key = self.fills.index(covered) + 1 if covered in self.fills else 0
            fill = self._place(
                "fills",
                '<fill><patternFill patternType="solid">'
                f'<fgColor rgb="{colour(level, key)}"/><bgColor indexed="64"/>'
                "</patternFill></fill>",
            )
            found = self._with_fill(base, fill)
            self._marked[style, level] = found
        return found

    def unmarked(self) -> dict[int, int]:
        """Map the styles of marks to the styles that the cells had before."""
        found: dict[int, int] = {}
        fills = self._lists["fills"]
        for index, style in enumerate(list(self._lists["cellXfs"])):
            now = fills[_number(style, "fillId", len(fills))]
            shown = now.find("{*}patternFill[@patternType='solid']/{*}fgColor")
            mark = level_and_key(shown.get("rgb", "")) if shown is not None else None
            if mark is None or mark[1] > len(self.fills):
                continue
            fill = self._place("fills", self.fills[mark[1] - 1]) if mark[1] else 0
            found[index] = self._with_fill(style, fill)
        return found

    def added(self, *, bold: bool = False, link: bool = False, text: bool = False) -> int:
        """Give a style of the findings sheet: wrapped text, at the top of its cell.

        Args:
            bold: For headings.
            link: For cells that lead to a place.
            text: For text that must never be taken for a formula.
        """
        font = "<font>" + "<b/>" * bold + "<u/>" * link + '<sz val="11"/>'
        font += '<color rgb="FF0B57A4"/>' * link + '<name val="Calibri"/></font>'
        xf = (
            f'<xf numFmtId="49" fontId="{self._place("fonts", font)}" fillId="0" borderId="0"'
            ' xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"'
            + ' quotePrefix="1"' * text
            + '><alignment vertical="top" wrapText="1"/></xf>'
        )
        return self._place("cellXfs", xf)

    # -- lists ----------------------------------------------------------------------------

    def _covered(self, style: etree._Element) -> str:
        """Write the fill of a style; empty when it has none, as the first of a workbook is."""
        fills = self._lists["fills"]
        number = _number(style, "fillId", len(fills))
        pattern = fills[number].find("{*}patternFill")
        empty = pattern is not None and pattern.get("patternType", "none") == "none"
        return "" if number == 0 or empty else _bare(fills[number])

    def _place(self, name: str, text: str) -> int:
        return self._index(name, _parsed(text, self._space))

    def _with_fill(self, style: etree._Element, fill: int) -> int:
        new = deepcopy(style)
        new.tail = None
        new.set("fillId", str(fill))
        if fill:
            new.set("applyFill", "1")
        return self._index("cellXfs", new)

    def _index(self, name: str, element: etree._Element) -> int:
        """Find an element in its list, or add it at the end."""
        keys, key = self._keys[name], _key(element)
        if key in keys:
            return keys.index(key)
        found = self._lists[name]
        found.append(element)
        keys.append(key)
        found.set("count", str(len(found)))
        return len(found) - 1


def _number(element: etree._Element, name: str, count: int) -> int:
    text = element.get(name, "0")
    number = int(text) if text.isdecimal() and len(text) < 9 else 0
    return number if number < count else 0


def _parsed(text: str, space: str | None) -> etree._Element:
    """Parse one of our own snippets, or a fill that a findings sheet keeps, into a namespace."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        bare = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:  # a record that someone wrote over
        bare = etree.fromstring(_NONE, parser)
    return _in_space(bare, space)


def _in_space(bare: etree._Element, space: str | None) -> etree._Element:
    name = etree.QName(bare).localname
    new = etree.Element(f"{{{space}}}{name}", dict(bare.attrib), nsmap={None: space})
    new.extend([_in_space(child, space) for child in bare if isinstance(child.tag, str)])
    return new


def _bare(element: etree._Element) -> str:
    """Write an element without namespaces, so that it reads the same from any file."""
    copy = etree.Element(etree.QName(element).localname, dict(element.attrib))
    for child in element:
        if isinstance(child.tag, str):
            copy.append(etree.fromstring(_bare(child)))
    return str(etree.tostring(copy, encoding="unicode"))


def _key(element: etree._Element) -> str:
    """Write what makes two entries of a list the same; `applyFill` says nothing that counts."""
    attributes = sorted((k, v) for k, v in element.attrib.items() if k != "applyFill")
    children = "".join(_key(child) for child in element if isinstance(child.tag, str))
    return (
        f"<{etree.QName(element).localname} {attributes} {(element.text or '').strip()}>{children}"
    )
