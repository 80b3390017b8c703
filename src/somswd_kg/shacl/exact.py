"""Comparisons that a store gives up on, written as comparisons of text.

No row comes back from inside a nested shape that could be judged here. So where the store's own
`<` ends in an error, digits are compared: a number is turned into the length of its whole part,
that part and its fraction, and then the order of texts is the order of numbers.
"""

from __future__ import annotations

from somswd_kg.shacl.comparing import EXACT
from somswd_kg.shacl.forms import FALSE, TRUE, text_of
from somswd_kg.shacl.literals import is_well_formed, pattern_of
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["compared"]

_REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
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
    two = other if isinstance(other, str) else text_of(other)
    text = FALSE
    for test, write, names in (
        (_is_truth, _by_truth, ("boolean",)),
        (_is_number, _by_size, (*EXACT, "double", "float")),
        (_is_exact, _by_digits, EXACT),
    ):
        both = test(value)
        if isinstance(other, str):
            both = f"{both} && {test(other)}"
        elif not _is_one(other, names):
            continue
        text = f"IF({both}, {write(value, operator, two)}, {text})"
    return f"COALESCE({value} {operator} {two}, {text}, false)"


def _is_one(term: Term, names: tuple[str, ...]) -> bool:
    return (
        isinstance(term, Literal)
        and is_well_formed(term)
        and term.datatype.value.removeprefix(XSD.base) in names
    )


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
    fraction = rf'REPLACE({text}, "^=[^.]*\\.?([0-9]*[1-9])?0*$", "$1")'
    length = f"STR(STRLEN({whole}))"
    return f'CONCAT(SUBSTR(CONCAT("00000", {length}), STRLEN({length})), {whole}, {fraction})'


def _by_size(value: str, operator: str, other: str) -> str:
    return f"{XSD.double}(STR({value})) {operator} {XSD.double}(STR({other}))"


def _by_truth(value: str, operator: str, other: str) -> str:
    one, two = (f'IF(STR({v}) IN ("true", "1"), 1, 0)' for v in (value, other))
    return f"{one} {operator} {two}"
