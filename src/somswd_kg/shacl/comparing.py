"""Compare literals that stores give up on: integers beyond 64 bits, long decimals, booleans."""

from __future__ import annotations

import struct
from collections.abc import Callable
from decimal import Context, Decimal

from somswd_kg.shacl.literals import XSD_BASE, is_well_formed
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["EXACT", "Compare", "certainly", "is_comparable"]

EXACT = (
    *("integer", "decimal", "long", "int", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
"""The names of the numeric types whose values are exact (SPARQL 1.1, 17.1)."""

Number = Decimal | float
Compare = Callable[[Number, Number], bool]
_EXACT = frozenset(XSD_BASE + name for name in EXACT)
_BOOLEAN, _DOUBLE, _FLOAT = (NamedNode(XSD_BASE + name) for name in ("boolean", "double", "float"))
_WHOLE = Context(prec=10_000)


def certainly(compare: Compare, value: Term | None, other: Term | None) -> bool:
    """Say whether two values are of kinds that SPARQL compares, and compare so.

    Integers become doubles beside doubles.
    """
    one, two = _number(value), _number(other)
    if one is None or two is None:
        return False
    kinds = {one[0], two[0]}
    if kinds == {"boolean"} or kinds == {"exact"}:
        return compare(one[1], two[1])
    if "boolean" in kinds:
        return False
    inexact = _float if "double" not in kinds else float
    return compare(inexact(one[1]), inexact(two[1]))


def is_comparable(term: Term | None) -> bool:
    """Say whether a value is of a kind that is compared here."""
    return _number(term) is not None


def _number(term: Term | None) -> tuple[str, Number] | None:
    """Give the kind of a value, and the value; False is less than true."""
    if not isinstance(term, Literal) or not is_well_formed(term):
        return None
    if term.datatype == _BOOLEAN:
        return "boolean", Decimal(term.value in ("true", "1"))
    if term.datatype.value in _EXACT:
        return "exact", _WHOLE.create_decimal(term.value)
    if term.datatype in (_DOUBLE, _FLOAT):
        return term.datatype.value.removeprefix(XSD_BASE), float(term.value)
    return None


def _float(value: Number) -> float:
    """Round to the nearest `xsd:float`."""
    try:
        (rounded,) = struct.unpack("f", struct.pack("f", float(value)))
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return float(rounded)
