"""Compare literals that stores give up on: integers beyond 64 bits, long decimals, booleans."""

from __future__ import annotations

import struct
from collections.abc import Callable
from decimal import Context, Decimal
from operator import ge, gt, le, lt

from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.model import Component, Constraint
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["EXACT", "holds_for", "is_less_for"]

EXACT = (
    *("integer", "decimal", "long", "int", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
"""The names of the numeric types whose values are exact (SPARQL 1.1, 17.1)."""

Number = Decimal | float
_EXACT = frozenset(XSD.base + name for name in EXACT)
_OPERATORS: dict[Component, Callable[[Number, Number], bool]] = {
    Component.MIN_EXCLUSIVE: gt,
    Component.MIN_INCLUSIVE: ge,
    Component.MAX_EXCLUSIVE: lt,
    Component.MAX_INCLUSIVE: le,
    Component.LESS_THAN: lt,
    Component.LESS_THAN_OR_EQUALS: le,
}
_PAIRS = (Component.LESS_THAN, Component.LESS_THAN_OR_EQUALS)
_WHOLE = Context(prec=10_000)


def holds_for(constraint: Constraint) -> Callable[[Term | None], bool] | None:
    """Give what tells whether a bound certainly holds for a value; None for other constraints."""
    compare = _OPERATORS.get(constraint.component)
    bound = constraint.value
    if compare is None or constraint.component in _PAIRS or _number(bound) is None:
        return None
    return lambda value: _compare(compare, value, bound)


def is_less_for(constraint: Constraint) -> Callable[[Term | None, Term | None], bool] | None:
    """Give what tells whether one value is certainly less than another, as a constraint asks."""
    if constraint.component not in _PAIRS:
        return None
    compare = _OPERATORS[constraint.component]
    return lambda value, other: _compare(compare, value, other)


def _compare(
    compare: Callable[[Number, Number], bool], value: Term | None, other: Term | None
) -> bool:
    """Compare two values of kinds that SPARQL compares; integers become doubles beside doubles."""
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


def _number(term: Term | None) -> tuple[str, Number] | None:
    """Give the kind of a value, and the value; False is less than true."""
    if not isinstance(term, Literal) or not is_well_formed(term):
        return None
    if term.datatype == XSD.boolean:
        return "boolean", Decimal(term.value in ("true", "1"))
    if term.datatype.value in _EXACT:
        return "exact", _WHOLE.create_decimal(term.value)
    if term.datatype in (XSD.double, XSD.float):
        return term.datatype.value.removeprefix(XSD.base), float(term.value)
    return None


def _float(value: Number) -> float:
    """Round to the nearest `xsd:float`."""
    try:
        (rounded,) = struct.unpack("f", struct.pack("f", float(value)))
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return float(rounded)
