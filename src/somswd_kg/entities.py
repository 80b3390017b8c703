"""Entities of XML, by which a few bytes can stand for a million: only harmless ones pass.

RDF/XML files often declare short names for namespaces so. A parser that expands them is safe as
long as none holds another one, none lies outside, and all together stay small.
"""

from __future__ import annotations

import re

__all__ = ["harmful_entity"]

_DECLARED = re.compile(
    rb"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s\"'<>%&;]{1,100})\s+"
    rb"(?:\"(?P<one>[^\"]*)\"|'(?P<two>[^']*)'|(?P<outside>SYSTEM|PUBLIC))"
)
_MOST_BYTES = 2_000_000
"""What all uses of entities together may stand for."""


def harmful_entity(content: bytes) -> str:
    """Say what is wrong with the entities that a text of XML declares; nothing if nothing is.

    >>> harmful_entity(b'<!DOCTYPE r [<!ENTITY owl "http://www.w3.org/2002/07/owl#">]><r/>')
    ''
    >>> harmful_entity(b'<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r/>')
    'its entity c holds another one'
    """
    declared = content.count(b"<!ENTITY")
    if not declared:
        return ""
    found = list(_DECLARED.finditer(content))
    if len(found) != declared:
        return "it declares an entity in a form that is not read"
    total = 0
    for each in found:
        name = each["name"].decode("utf-8", "replace")
        if each["parameter"] or each["outside"]:
            return f"its entity {name} is one of another file, or of its document type"
        value = each["one"] if each["one"] is not None else each["two"]
        if b"&" in value or b"%" in value:
            return f"its entity {name} holds another one"
        total += len(value) * content.count(b"&" + each["name"] + b";")
    return "its entities stand for more than it may hold" if total > _MOST_BYTES else ""
