"""Compare literals that stores give up on: integers beyond 64 bits, long decimals, booleans."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from operator import ge, gt, le, lt

from somswd_kg.shacl.literals import NUMERIC, is_well_formed
from somswd_kg.shacl.model import Component, Constraint
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["holds_for"]

_EXACT = frozenset(NUMERIC) - {XSD.base + "float", XSD.base + "double"}
_OPERATORS: dict[Component, Callable[[Decimal, Decimal], bool]] = {
    Component.MIN_EXCLUSIVE: gt,
    Component.MIN_INCLUSIVE: ge,
    Component.MAX_EXCLUSIVE: lt,
    Component.MAX_INCLUSIVE: le,
}
_WHOLE = Context(prec=10_000)


def holds_for(constraint: Constraint) -> Callable[[Term | None], bool] | None:
    """Give what tells whether a bound certainly holds for a value; None for other constraints."""
    compare = _OPERATORS.get(constraint.component)
    bound = _number(constraint.value)
    if compare is None or bound is None:
        return None

    def holds(value: Term | None) -> bool:
        other = _number(value)
        return other is not None and other[0] == bound[0] and compare(other[1], bound[1])

    return holds


def _number(term: Term | None) -> tuple[str, Decimal] | None:
    """Give the kind of an exact value, and the value; False is less than true."""
    if not isinstance(term, Literal) or not is_well_formed(term):
        return None
    if term.datatype == XSD.boolean:
        return "boolean", Decimal(term.value in ("true", "1"))
    if term.datatype.value in _EXACT:
        return "number", _WHOLE.create_decimal(term.value)
    return None
