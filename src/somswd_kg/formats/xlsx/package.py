"""A package that is changed part by part: what is not touched is copied byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from somswd_kg.formats.archive import Archive
from somswd_kg.formats.xlsx.xml import parse_xml, relations_part

__all__ = ["Package"]

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIXED = (1980, 1, 1, 0, 0, 0)


class Package:
    """Hold a package and what is to be changed in it."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._trees: dict[str, etree._Element] = {}
        self._before: dict[str, bytes] = {}
        self._data: dict[str, bytes] = {}
        self._gone: set[str] = set()

    # -- parts ----------------------------------------------------------------------------

    def find(self, part: str) -> str | None:
        """Give a part's name as the package spells it, new ones included; None: there is none."""
        if part in self._data or part in self._trees:
            return part
        found = self.archive.find(part)
        return None if found in self._gone else found

    def data(self, part: str) -> bytes:
        """Give a part's bytes as they are now."""
        if part in self._trees:
            return _serialised(self._trees[part])
        if part not in self._data:
            return self.archive.read(part, self.archive.limits.unzipped_bytes)
        return self._data[part]

    def tree(self, part: str) -> etree._Element:
        """Give a part as a tree; changes to it count."""
        if part not in self._trees:
            self._trees[part] = parse_xml(self.archive, part, self.data(part))
            self._before[part] = _serialised(self._trees[part])
        return self._trees[part]

    def put(self, part: str, data: bytes) -> None:
        """Set a part's bytes; it is added when there is none."""
        self._gone.discard(part)
        self._data[part] = data

    def replace(self, part: str, data: bytes) -> None:
        """Set the bytes of a part that is there already."""
        self._trees.pop(part, None)
        self._data[part] = data

    def remove_relations(self, part: str) -> None:
        """Take away the list of a part's relations."""
        listed = self.find(relations_part(part))
        if listed is not None:
            self.remove(listed)

    def remove(self, part: str) -> None:
        """Take a part away, with its relations and its content type."""
        for name in (part, relations_part(part)):
            self._trees.pop(name, None)
            self._data.pop(name, None)
            self._gone.add(name)
        types = self.tree("[Content_Types].xml")
        for each in types.findall(f"{{{_TYPES}}}Override"):
            if each.get("PartName", "").lower() == f"/{part}".lower():
                types.remove(each)

    def unused(self, pattern: str) -> str:
        """Name a part that does not exist, from a pattern with `{}` for a number."""
        number = 1
        while self.find(pattern.format(number)):
            number += 1
        return pattern.format(number)

    # -- relations and types --------------------------------------------------------------

    def related(self, part: str, kind: str) -> tuple[str, str] | None:
        """Give identifier and part of the first relation of a kind; None: there is none."""
        listed = self.find(relations_part(part))
        if listed is None:
            return None
        for each in self.tree(listed):
            if isinstance(each.tag, str) and each.get("Type", "").endswith(f"/{kind}"):
                found = self._target(part, each.get("Target", ""))
                if found:
                    return each.get("Id", ""), found
        return None

    def target(self, part: str, identifier: str) -> str | None:
        """Give the part that a relation leads to; None: there is no such relation or part."""
        listed = self.find(relations_part(part))
        if listed is None:
            return None
        for each in self.tree(listed):
            if each.get("Id") == identifier and each.get("TargetMode") != "External":
                return self._target(part, each.get("Target", ""))
        return None

    def _target(self, part: str, target: str) -> str | None:
        folder = "/" + posixpath.dirname(part)
        return self.find(posixpath.normpath(posixpath.join(folder, target)).lstrip("/"))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation to another part and give its identifier.

        Args:
            part: The part that points.
            kind: The whole type, an address.
            target: The part that is pointed to.
        """
        name = relations_part(part)
        listed = self.find(name)
        if listed is None:
            self.put(name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
            listed = name
        tree = self.tree(listed)
        taken = {each.get("Id") for each in tree}
        number = 1
        while f"rIdSwd{number}" in taken:
            number += 1
        etree.SubElement(
            tree,
            f"{{{_RELATIONS}}}Relationship",
            {"Id": f"rIdSwd{number}", "Type": kind, "Target": f"/{target}"},
        )
        return f"rIdSwd{number}"

    def unrelate(self, part: str, identifier: str) -> None:
        """Take a relation away; a list that is then empty goes too."""
        listed = self.find(relations_part(part))
        if listed is None:
            return
        tree = self.tree(listed)
        for each in tree:
            if each.get("Id") == identifier:
                tree.remove(each)
        if not len(tree):
            self.remove(listed)

    def type_of(self, part: str, content: str) -> None:
        """Say what kind of content a new part has."""
        types = self.tree("[Content_Types].xml")
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content}
        )

    # -- out ------------------------------------------------------------------------------

    def packed(self) -> bytes:
        """Pack all parts, those of the old package in their order and with their dates."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
            for part, info in self.archive.infos.items():
                if part in self._gone:
                    continue
                new = zipfile.ZipInfo(info.filename, info.date_time)
                new.compress_type = info.compress_type
                new.external_attr, new.create_system = info.external_attr, info.create_system
                out.writestr(new, self._changed(part))
            for part in sorted(
                (self._data.keys() | self._trees.keys()) - self.archive.infos.keys()
            ):
                new = zipfile.ZipInfo(part, _FIXED)
                new.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(new, self.data(part))
        return buffer.getvalue()

    def _changed(self, part: str) -> bytes:
        """Give a part's bytes; the old ones where its tree was looked at but not changed."""
        if part in self._trees and _serialised(self._trees[part]) == self._before[part]:
            tree = self._trees.pop(part)
            data = self.data(part)
            self._trees[part] = tree
            return data
        return self.data(part)


def _serialised(tree: etree._Element) -> bytes:
    return bytes(
        etree.tostring(tree.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    )
