"""XML of a package: parsed without document types, entities or network, in pieces or as a whole."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from somswd_kg.formats.archive import Archive, Stream

__all__ = [
    "MAIN",
    "OFFICE_RELATIONS",
    "RELATIONS",
    "Relation",
    "events",
    "flattened",
    "parse_part",
    "parse_xml",
    "relations",
    "relations_part",
]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def parse_xml(archive: Archive, part: str, data: bytes) -> etree._Element:
    """Parse a part's bytes to a tree.

    Raises:
        SourceError: It is not well formed, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise archive.error(f"its part {part} is not well-formed XML") from error
    _refuse_doctype(archive, part, root)
    return root


def parse_part(archive: Archive, part: str) -> etree._Element:
    """Read a small part and parse it."""
    return parse_xml(archive, part, archive.read(part))


def _refuse_doctype(archive: Archive, part: str, element: etree._Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise archive.error(f"its part {part} declares a document type, which no workbook needs")


def events(
    archive: Archive, part: str, stream: Stream, names: tuple[str, ...]
) -> Iterator[tuple[str, etree._Element]]:
    """Give the elements of these local names as they end, in document order.

    What has been given is dropped from memory when the next one is asked for.

    Raises:
        SourceError: The part is not well formed, declares a document type, or holds more between
            two of these elements than a row may.
    """
    stream.most = archive.limits.row_bytes
    try:
        context = etree.iterparse(
            stream,
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        first = True
        for _, element in context:
            if first:
                _refuse_doctype(archive, part, element)
                first = False
            stream.since = 0
            yield element.tag.rpartition("}")[2], element
            element.clear()
            parent = element.getparent()
            if parent is not None:
                while (before := element.getprevious()) is not None:
                    parent.remove(before)
        if context.root is not None:
            _refuse_doctype(archive, part, context.root)
    except etree.XMLSyntaxError as error:
        raise archive.error(f"its part {part} is not well-formed XML") from error


def flattened(element: etree._Element) -> str:
    """Give the text of a string item: runs joined, phonetic hints left out."""
    pieces = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag.endswith("}t"):
            pieces.append(child.text or "")
        elif tag.endswith("}r"):
            pieces += [each.text or "" for each in child.iterfind("{*}t")]
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Decode the `_xHHHH_` by which workbooks write signs that XML cannot hold.

    >>> unescaped("_x0041_ and _x005F_x0041_")
    'A and _x0041_'
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True, slots=True)
class Relation:
    """Hold how one part points to another.

    Attributes:
        id: By which the part's XML names it.
        kind: The last word of its type: `worksheet`, `comments`, `styles`.
        target: The other part's name, or an address outside the package.
        external: Whether it points out of the package.
    """

    id: str
    kind: str
    target: str
    external: bool


def relations_part(part: str) -> str:
    """Name the part that holds the relations of a part; of the package when `part` is empty.

    >>> relations_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(archive: Archive, part: str) -> tuple[Relation, ...]:
    """List the relations of a part; none when the package has no list of them."""
    listed = archive.find(relations_part(part))
    if listed is None:
        return ()
    found = []
    for each in parse_part(archive, listed):
        if not isinstance(each.tag, str):
            continue
        target, external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not external:
            folder = "/" if target.startswith("/") else "/" + posixpath.dirname(part)
            target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        kind = each.get("Type", "").rpartition("/")[2]
        found.append(Relation(each.get("Id", ""), kind, target, external))
    return tuple(found)
