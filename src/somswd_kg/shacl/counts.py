"""How many nodes a path leads to, for servers that take EXISTS for a join.

Nodes are counted by a SELECT in the place of a number, or found one beside another. The first is
the quicker, but not to be relied on in a nested shape, and not for two at the ends of a path that
is more than a step, or three that are to meet a condition with an EXISTS there.
"""

from __future__ import annotations

from somswd_kg.shacl.forms import FALSE, TRUE, Condition, all_of, any_of, exists, negate
from somswd_kg.shacl.walks import Walk

__all__ = ["alike", "at_least"]

_FOUND = 3
"""Nodes that are found one beside another; more are counted."""

_LETTERS = 2_000
"""Letters of the conditions of three; with more, they are counted."""


def at_least(
    number: int, start: str, walk: Walk, end: str, condition: Condition, nested: bool
) -> str:
    """Test that a path leads to at least two nodes, or more; see `forms.at_least`.

    Whether the shape is a nested one decides how.
    """
    at_end = condition(end)
    short = number * len(at_end) <= _LETTERS
    pair = number == 2 and (nested or walk.apart)
    unsure = "EXISTS" in at_end if walk.apart else nested
    if pair or (number <= _FOUND and unsure and short):
        return _found(number, start, walk, end, condition)
    pattern = walk.between(start, end)
    if not walk.stays:
        return _counted(pattern, end, at_end, number)
    others = all_of([f"COALESCE({start} != {end}, false)", at_end])
    fewer = _counted(pattern, end, others, number - 1)
    return any_of([all_of([condition(start), fewer]), _counted(pattern, end, others, number)])


def alike(one: str, two: str) -> str:
    """Test that two variables have one value, where `sameTerm` takes a text for another."""
    mixed = f"(isNumeric({one}) && DATATYPE({one}) != DATATYPE({two}))"
    return all_of([f"COALESCE({one} = {two}, false)", negate(mixed)])


def _found(number: int, start: str, walk: Walk, end: str, condition: Condition) -> str:
    """Test that a path leads to so many nodes, each found beside those before it."""

    def same(one: str, two: str) -> str:
        return alike(one, two) if walk.apart else f"sameTerm({one}, {two})"

    def others(wanted: int, seen: tuple[str, ...] = ()) -> str:
        if not wanted:
            return TRUE
        one = f"{end}{'b' * len(seen)}"
        tests = [f"COALESCE({start} != {one}, false)"] if walk.stays else []
        tests += [condition(one), *(negate(same(other, one)) for other in seen)]
        return exists(walk.between(start, one), all_of([*tests, others(wanted - 1, (*seen, one))]))

    if not walk.stays:
        return others(number)
    return any_of([all_of([condition(start), others(number - 1)]), others(number)])


def _counted(pattern: str, variable: str, condition: str, number: int) -> str:
    if condition == FALSE:
        return FALSE
    text = pattern if condition == TRUE else f"{pattern} FILTER({condition})"
    count = f"SELECT (COUNT(DISTINCT {variable}) AS {variable}n) WHERE {{ {text} }}"
    return f"(({count}) >= {number})"
