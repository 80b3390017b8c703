"""Comparisons that a store gives up on, written as comparisons of text.

No row comes back from inside a nested shape that could be judged here. So where the store's own
`<` ends in an error, digits are compared: a number is turned into the length of its whole part,
that part and its fraction, and then the order of texts is the order of numbers.
"""

from __future__ import annotations

from decimal import Decimal

from somswd_kg.shacl.comparing import EXACT
from somswd_kg.shacl.forms import FALSE, TRUE, text_of
from somswd_kg.shacl.literals import ORDERED, is_well_formed, pattern_of
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["compared", "ordered"]

_REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SMALL, _SHORT, _WIDTH = 2**62, 18, 100_000
_ENDLESS = (
    *("integer", "decimal", "nonNegativeInteger", "positiveInteger"),
    *("nonPositiveInteger", "negativeInteger", "unsignedLong"),
)
"""The exact types that may hold what a store has no number for."""


def compared(value: str, operator: str, other: str | Term) -> str:
    """Write a comparison that holds for numbers and truth values of any length.

    Args:
        value: A variable, or an expression that gives its value.
        operator: `<`, `<=`, `>` or `>=`.
        other: Another one, or a literal.
    """
    own = f"{value} {operator} {other if isinstance(other, str) else text_of(other)}"
    if isinstance(other, str):
        text = FALSE
        for test, write in (
            (_is_truth, _by_truth),
            (_is_number, _by_size),
            (_is_exact, _by_digits),
        ):
            text = f"IF({test(value)} && {test(other)}, {write(value, operator, other)}, {text})"
        return f"COALESCE({own}, {text}, false)"
    return f"COALESCE({own}, {_with(value, operator, other)}, false)"


def ordered(value: str) -> str:
    """Test that a literal can be compared with others of its kind, and so with itself."""
    kinds = f"DATATYPE({value}) = {XSD.string} || {_is_one_of(value, ORDERED)}"
    return f"COALESCE(({kinds}) && {value} = {value}, false)"  # NaN is not equal to itself


def _with(value: str, operator: str, bound: Term) -> str:
    """Write what is compared where the store cannot, beside a bound that is known."""
    name = bound.datatype.value.removeprefix(XSD.base) if isinstance(bound, Literal) else ""
    if not isinstance(bound, Literal) or not is_well_formed(bound):
        return FALSE
    text = str(bound)
    if name == "boolean":
        return f"({_is_truth(value)} && {_by_truth(value, operator, text)})"
    if name in ("double", "float"):
        return f"({_is_one_of(value, _ENDLESS)} && {_by_size(value, operator, text)})"
    if name not in EXACT:
        return FALSE
    number = Decimal(bound.value)
    below, above = (TRUE, FALSE) if operator in ("<", "<=") else (FALSE, TRUE)
    key, is_negative = Literal(_key_of(bound.value)), f'STRSTARTS(STR({value}), "-")'
    if number < 0:
        digits = f"IF({is_negative}, {_key(value)} {_REVERSED[operator]} {key}, {above})"
    else:
        is_negative = is_negative if number else _is_negative(value)  # -0 is not below 0
        digits = f"IF({is_negative}, {below}, {_key(value)} {operator} {key})"
    if abs(number) < _SMALL and len(bound.value) < _SHORT:  # every store can tell it by itself
        return f"IF({_is_one_of(value, _ENDLESS)}, {digits}, false)"
    double = f"({_is_number(value)} && {_by_size(value, operator, text)})"
    return f"IF({_is_exact(value)}, {digits}, {double})"


def _key_of(text: str) -> str:
    """Give the same of a number that is known as `_key` writes.

    >>> _key_of("-0120.50"), _key_of("0")
    ('1000031205', '100000')
    """
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole = whole.lstrip("0")
    return f"{_WIDTH + len(whole)}{whole}{fraction.rstrip('0')}"


def _is_exact(value: str) -> str:
    doubles = f"{XSD.double}, {XSD.float}"
    short = f"(isNumeric({value}) && DATATYPE({value}) NOT IN ({doubles}))"
    return f"({short} || {_is_one_of(value, _ENDLESS)})"


def _is_number(value: str) -> str:
    return f"(isNumeric({value}) || {_is_one_of(value, _ENDLESS)})"


def _is_truth(value: str) -> str:
    return _is_one_of(value, ("boolean",))


def _is_one_of(value: str, names: tuple[str, ...]) -> str:
    """Test that a literal is a well-formed one of some types."""
    kinds = "|".join(f"{name} {_inside(name)}" for name in names)
    pattern = Literal(f"^{XSD.base}({kinds})$")
    return f'REGEX(CONCAT(STR(DATATYPE({value})), " ", STR({value})), {pattern})'


def _inside(name: str) -> str:
    if name == "unsignedLong":  # the whole pattern is long; this one ends at 1.9e19, not 1.84e19
        return r"\+?0*(1[0-8][0-9]{18}|[0-9]{1,19})"
    return (pattern_of(XSD.base + name) or "").removeprefix("^").removesuffix("$")


def _by_digits(value: str, operator: str, other: str) -> str:
    one, two = _is_negative(value), _is_negative(other)
    below, above = (TRUE, FALSE) if operator in ("<", "<=") else (FALSE, TRUE)
    reverse = f"{_key(value)} {_REVERSED[operator]} {_key(other)}"
    return (
        f"IF({one}, IF({two}, {reverse}, {below}), "
        f"IF({two}, {above}, {_key(value)} {operator} {_key(other)}))"
    )


def _is_negative(value: str) -> str:
    return f'REGEX(STR({value}), "^-.*[1-9]")'


def _key(value: str) -> str:
    """Write a number without its sign as a text that sorts as the number does."""
    text = f'CONCAT("=", STR({value}))'  # no pattern of REPLACE may match the empty text
    whole = rf'REPLACE({text}, "^=[+-]?0*([0-9]*)(\\.[0-9]*)?$", "$1")'
    digits = rf'REPLACE({text}, "^=[+-]?0*([0-9]*)(\\.([0-9]*[1-9])?0*)?$", "$1$3")'
    return f"CONCAT(STR({_WIDTH} + STRLEN({whole})), {digits})"


def _by_size(value: str, operator: str, other: str) -> str:
    return f"{XSD.double}(STR({value})) {operator} {XSD.double}(STR({other}))"


def _by_truth(value: str, operator: str, other: str) -> str:
    one, two = (f'IF(STR({v}) IN ("true", "1"), 1, 0)' for v in (value, other))
    return f"{one} {operator} {two}"
