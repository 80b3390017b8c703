r"""Well-formedness of literals: one table of patterns, used in SPARQL and in Python alike.

Each pattern describes the whole lexical space of its type, ranges and leap years included, so that
no cast is needed. They keep to what XPath's and Python's regular expressions share: no
look-ahead, no lazy or non-capturing groups, no `\d`.

Source: W3C XML Schema Definition Language 1.1 part 2, sections 3.3 and 3.4 (for years of the form
`0000`, `+INF` and `24:00:00` too, which 1.1 allows).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeGuard

from somswd_kg.terms import Literal, Term

__all__ = [
    "NUMERIC",
    "ORDERED",
    "XSD_BASE",
    "has_order",
    "is_boolean",
    "is_true",
    "is_true_or_false",
    "is_well_formed",
    "local_name",
    "pattern_of",
]

XSD_BASE = "http://www.w3.org/2001/XMLSchema#"


def _at_most(limit: str) -> str:
    """Write the pattern of the whole numbers from 0 to a limit, without leading zeros.

    >>> all(bool(re.fullmatch(_at_most("127"), str(n))) == (n <= 127) for n in range(2000))
    True
    """
    ways = [f"[0-9]{{1,{len(limit) - 1}}}"] if len(limit) > 1 else []
    for i, digit in enumerate(limit):
        lowest = 1 if i == 0 and len(limit) > 1 else 0
        below = int(digit) - 1
        if below < lowest:
            continue
        rest = len(limit) - i - 1
        ways.append(f"{limit[:i]}[{lowest}-{below}]" + (f"[0-9]{{{rest}}}" if rest else ""))
    ways.append(limit)
    return f"({'|'.join(ways)})"


def _range(lowest: str, highest: str) -> str:
    """Write the pattern of the integers between two limits; `lowest` is at most zero."""
    positive = rf"\+?0*{_at_most(highest)}"
    negative = f"-0*{_at_most(lowest.removeprefix('-'))}"
    return f"({positive}|{negative})"


_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
# A leap year: its last two digits are divisible by 4 and not 00, or its century is.
_LEAP = (
    r"-?(([1-9][0-9]+|[0-9]{2})(0[48]|[2468][048]|[13579][26])"
    r"|([1-9][0-9]*)?([02468][048]|[13579][26])00)"
)
_ZONE = r"(Z|[+\-](0[0-9]|1[0-3]):[0-5][0-9]|[+\-]14:00)"
_SHORT = (
    r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8])"
)
_DATE = rf"({_YEAR}-({_SHORT})|{_LEAP}-02-29)"
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_SECONDS = r"[0-9]+(\.[0-9]+)?S"
_CLOCK = rf"T([0-9]+H([0-9]+M)?({_SECONDS})?|[0-9]+M({_SECONDS})?|{_SECONDS})"
_MONTHS = r"([0-9]+Y([0-9]+M)?|[0-9]+M)"
_DAYS = rf"([0-9]+D({_CLOCK})?|{_CLOCK})"
_LETTER = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NCNAME = f"[{_LETTER}][{_LETTER}{_MORE}]*"
_B64 = r"[A-Za-z0-9+/] ?"
_TOKEN = r"([^ \t\r\n]+( [^ \t\r\n]+)*)?"

_DECIMAL = r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_FLOAT = rf"({_DECIMAL}([eE][+\-]?[0-9]+)?|[+\-]?INF|NaN)"

_PATTERNS = {
    "boolean": "true|false|1|0",
    "decimal": _DECIMAL,
    "integer": r"[+\-]?[0-9]+",
    "double": _FLOAT,
    "float": _FLOAT,
    "nonNegativeInteger": r"\+?[0-9]+|-0+",
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "nonPositiveInteger": r"-[0-9]+|\+?0+",
    "negativeInteger": r"-0*[1-9][0-9]*",
    "long": _range("-9223372036854775808", "9223372036854775807"),
    "int": _range("-2147483648", "2147483647"),
    "short": _range("-32768", "32767"),
    "byte": _range("-128", "127"),
    "unsignedLong": _range("0", "18446744073709551615"),
    "unsignedInt": _range("0", "4294967295"),
    "unsignedShort": _range("0", "65535"),
    "unsignedByte": _range("0", "255"),
    "date": f"{_DATE}{_ZONE}?",
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_DATE}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}?",
    "gYear": f"{_YEAR}{_ZONE}?",
    "gYearMonth": f"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}?",
    "gMonth": f"--(0[1-9]|1[0-2]){_ZONE}?",
    "gMonthDay": f"--({_SHORT}|02-29){_ZONE}?",
    "gDay": f"---(0[1-9]|[12][0-9]|3[01]){_ZONE}?",
    "duration": f"-?P({_MONTHS}{_DAYS}?|{_DAYS})",
    "yearMonthDuration": f"-?P{_MONTHS}",
    "dayTimeDuration": f"-?P{_DAYS}",
    "hexBinary": r"([0-9A-Fa-f]{2})*",
    "base64Binary": (
        f"(({_B64}){{4}})*(({_B64}){{3}}[A-Za-z0-9+/]"
        f"|({_B64}){{2}}[AEIMQUYcgkosw048] ?=|{_B64}[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\r\n]*",
    "token": _TOKEN,
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "NMTOKEN": f"[:{_LETTER}{_MORE}]+",
    "Name": f"[:{_LETTER}][:{_LETTER}{_MORE}]*",
    "NCName": _NCNAME,
    "QName": f"({_NCNAME}:)?{_NCNAME}",
}
"""The lexical space of each type that has one of its own; in `xsd:string` and `xsd:anyURI` all."""

NUMERIC = frozenset(f"{XSD_BASE}{n}" for n in ("integer", "decimal", "double", "float"))
"""The types of which every well-formed literal is numeric to SPARQL, and no other."""

ORDERED = (
    *("integer", "decimal", "double", "float", "boolean"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("long", "int", "short", "byte"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    *("dateTime", "dateTimeStamp", "date", "time"),
    *("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    *("duration", "yearMonthDuration", "dayTimeDuration"),
)
"""The types beside `xsd:string` whose values are less than, or greater than, others."""


def pattern_of(datatype: str) -> str | None:
    """Give the anchored pattern of a type's lexical space; None where any text belongs to it.

    >>> pattern_of("http://www.w3.org/2001/XMLSchema#boolean")
    '^(true|false|1|0)$'
    """
    pattern = _PATTERNS.get(datatype.removeprefix(XSD_BASE))
    return f"^({pattern})$" if pattern and datatype.startswith(XSD_BASE) else None


@cache
def _compiled(datatype: str) -> re.Pattern[str] | None:
    pattern = pattern_of(datatype)
    return re.compile(pattern.removesuffix("$") + r"\Z") if pattern else None


def is_well_formed(literal: Literal) -> bool:
    """Say whether a literal's text belongs to its datatype.

    >>> from somswd_kg.terms import NamedNode
    >>> is_well_formed(Literal("2023-02-29", datatype=NamedNode(XSD_BASE + "date")))
    False
    """
    pattern = _compiled(literal.datatype.value)
    return pattern is None or pattern.match(literal.value) is not None


def has_order(literal: Literal) -> bool:
    """Say whether SPARQL can compare a literal with others of its kind, and so with itself.

    >>> from somswd_kg.terms import NamedNode
    >>> has_order(Literal("NaN", datatype=NamedNode(XSD_BASE + "double")))
    False
    """
    name = literal.datatype.value.removeprefix(XSD_BASE)
    if name not in ("string", *ORDERED) or name == literal.datatype.value:
        return False
    return is_well_formed(literal) and not (name in ("double", "float") and literal.value == "NaN")


def is_boolean(term: Term) -> TypeGuard[Literal]:
    """Say whether a term is a well-formed `xsd:boolean`."""
    return (
        isinstance(term, Literal)
        and term.datatype.value == f"{XSD_BASE}boolean"
        and is_well_formed(term)
    )


def is_true_or_false(term: Term) -> bool:
    """Say whether a term is `true` or `false`, as SHACL writes them."""
    return is_boolean(term) and term.value in ("true", "false")


def is_true(term: Term) -> bool:
    """Say whether a term is `true`: that term, and no other form of its value (SHACL 1.2)."""
    return is_boolean(term) and term.value == "true"


def local_name(iri: str) -> str:
    """Give the longest NCName at the end of an IRI; empty where it is all that the scheme leaves.

    >>> local_name("http://a/b#c.1-d"), local_name("http://a/%20e"), local_name("urn:f")
    ('c.1-d', 'e', '')
    """
    match = _ending().search(iri)
    if match is None or match.start() == iri.find(":") + 1:
        return ""
    return match.group()


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"{_NCNAME}\Z")
