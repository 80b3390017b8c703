"""Know which literals pyoxigraph's Store changes, and what it makes of them.

A Store reads a literal of a datatype that it knows as a value and writes that value back:
`"300"^^xsd:byte` becomes an integer, `12.00` becomes `12`. The parser alone changes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import Store

from somswd_kg.terms import Literal, NamedNode, Quad

__all__ = ["KEPT", "as_stored"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = r"[1-9]\d{3}-\d\d-\d\d"
_TIME = r"(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{0,5}[1-9])?"
_ZONE = r"(?:Z|[+-](?:0[1-9]|1[0-3]):[0-5]\d)?"
_INTEGER = r"0|-?[1-9]\d{0,14}"
_NEVER = r"(?!)"
_INTEGER_KINDS = (
    "byte",
    "int",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "short",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
)
_KEPT = {
    "boolean": r"true|false",
    "integer": _INTEGER,
    "decimal": rf"{_INTEGER}|-?(?:0|[1-9]\d{{0,14}})\.\d{{0,14}}[1-9]",
    "double": r"0|-?[1-9]\d{0,5}",
    "float": r"0|-?[1-9]\d{0,5}",
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    "dateTimeStamp": _NEVER,
    "date": _DATE + _ZONE,
    "time": _TIME + _ZONE,
    "gYear": rf"[1-9]\d{{3}}{_ZONE}",
    "gYearMonth": rf"[1-9]\d{{3}}-\d\d{_ZONE}",
    "gMonth": rf"--\d\d{_ZONE}",
    "gMonthDay": rf"--\d\d-\d\d{_ZONE}",
    "gDay": rf"---\d\d{_ZONE}",
    "duration": _NEVER,
    "yearMonthDuration": _NEVER,
    "dayTimeDuration": _NEVER,
    **dict.fromkeys(_INTEGER_KINDS, _NEVER),
}

KEPT = {NamedNode(_XSD + name): re.compile(f"(?:{form})", re.ASCII) for name, form in _KEPT.items()}
"""By datatype that a Store may rewrite, the lexical forms that it surely keeps.

Other datatypes are kept whatever the lexical form is; one that matches nothing here may still be
kept, which `as_stored` tells.
"""

_AS_INTEGER = frozenset(NamedNode(_XSD + name) for name in _INTEGER_KINDS)
_PLACE = NamedNode("urn:x-somswd-kg:place")


@lru_cache(maxsize=65536)
def as_stored(literal: Literal) -> Literal:
    """Give the literal that a Store shows after this one was put into it.

    >>> as_stored(Literal("12.00", datatype=NamedNode(_XSD + "decimal"))).value
    '12'
    """
    text, datatype = literal.value, literal.datatype
    if datatype in _AS_INTEGER and KEPT[_INTEGER_NODE].fullmatch(text):
        return Literal(text, datatype=_INTEGER_NODE)
    if datatype == _DECIMAL_NODE and _PADDED(text):
        return Literal(text.rstrip("0").rstrip("."), datatype=_DECIMAL_NODE)
    store = Store()
    store.add(Quad(_PLACE, _PLACE, literal))
    stored = next(iter(store)).object
    assert isinstance(stored, Literal)
    return stored


_INTEGER_NODE = NamedNode(_XSD + "integer")
_DECIMAL_NODE = NamedNode(_XSD + "decimal")
_PADDED = re.compile(r"-?[1-9]\d{0,14}\.\d{0,14}0", re.ASCII).fullmatch
