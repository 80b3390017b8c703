"""The components that judge a focus node with all its values, as expressions of a violation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from somswd_kg.shacl.forms import (
    all_of,
    any_of,
    exists,
    negate,
    some_value,
    text_of,
)
from somswd_kg.shacl.model import Component, Constraint, Shape
from somswd_kg.shacl.paths import Path
from somswd_kg.shacl.valuetests import value_of

if TYPE_CHECKING:
    from somswd_kg.shacl.conditions import Conditions

__all__ = ["FOCUS_COMPONENTS", "not_less", "same_language"]

_LESS = {Component.LESS_THAN: "<", Component.LESS_THAN_OR_EQUALS: "<="}


def _min_count(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return negate(c.at_least(constraint.number, node, _path(shape), c.fresh()))


def _max_count(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return c.at_least(constraint.number + 1, node, _path(shape), c.fresh())


def _qualified_min(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return negate(_qualified(c, shape, constraint, node, constraint.number))


def _qualified_max(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return _qualified(c, shape, constraint, node, constraint.number + 1)


def _qualified(c: Conditions, shape: Shape, constraint: Constraint, node: str, number: int) -> str:
    return c.at_least(number, node, _path(shape), c.fresh(), lambda v: c.qualified(constraint, v))


def _has_value(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    wanted = value_of(constraint)
    if shape.path is None:
        return negate(c.is_exactly(node, wanted))
    return negate(c.walk(node, shape.path, lambda v: c.is_exactly(v, wanted)))


def _equals(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    other, end = text_of(value_of(constraint)), c.fresh()
    own = f"{node} {other} {node} ."
    if shape.path is None:
        extra = exists(f"{node} {other} {end} .", f"!sameTerm({node}, {end})")
        return any_of([negate(exists(own)), extra])
    walk = c.dialect.walk(shape.path)
    missing = some_value(
        node,
        walk,
        end,
        negate(c.dialect.leads(node, other, end, c.fresh(), walk.apart)),
        negate(exists(own)),
    )
    absent = negate(c.dialect.leads(node, walk.tested, end, c.fresh(), walk.apart))
    if walk.stays:
        absent = all_of([f"!sameTerm({node}, {end})", absent])
    return any_of([missing, exists(f"{node} {other} {end} .", absent)])


def _disjoint(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    other = text_of(value_of(constraint))
    own = exists(f"{node} {other} {node} .")
    if shape.path is None:
        return own
    end = c.fresh()
    walk = c.dialect.walk(shape.path)
    shared = c.dialect.leads(node, other, end, c.fresh(), walk.apart)
    return some_value(node, walk, end, shared, own)


def _less_than(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    other, end = text_of(value_of(constraint)), c.fresh()
    return c.walk(
        node,
        _path(shape),
        lambda v: exists(f"{node} {other} {end} .", not_less(c, constraint, v, end)),
    )


def not_less(c: Conditions, constraint: Constraint, value: str, other: str) -> str:
    """Test that a value is not less than another, or cannot be compared with it."""
    operator = _LESS[constraint.component]
    if c.dialect.compares_anything:
        return negate(c.dialect.compared(value, operator, other))
    less = c.compared(value, operator, other)
    if constraint.component is Component.LESS_THAN_OR_EQUALS:
        # What has no order may still count as its equal.
        return f"!(isLiteral({value}) && {c.ordered(value)} && {less})"
    return f'!({less} && LANG({value}) = "")'  # stores may order texts with a language


def _unique_lang(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    one, two = c.fresh(), c.fresh()
    walk = c.dialect.walk(_path(shape))

    def shared(value: str) -> str:
        """Test that a value has its language in common with one to which the path leads."""
        other = exists(walk.between(node, two), same_language(value, two))
        return all_of([c.dialect.has_language(value), other])

    pair = exists(walk.between(node, one), shared(one))
    return any_of([shared(node), pair]) if walk.stays else pair


def same_language(one: str, two: str) -> str:
    """Test that two values differ and have the same language."""
    # Virtuoso takes a text of a UNION for another than itself: sameTerm is not asked.
    alike = f"LCASE(LANG({one})) = LCASE(LANG({two}))"
    return f"isLiteral({two}) && {alike} && STR({one}) != STR({two})"


def _sparql(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return c.sparql(c, shape, constraint, node)


def _path(shape: Shape) -> Path:
    if shape.path is None:
        raise TypeError(f"{shape.name} has no path")
    return shape.path


Test = Callable[["Conditions", Shape, Constraint, str], str]

FOCUS_COMPONENTS: dict[Component, Test] = {
    Component.MIN_COUNT: _min_count,
    Component.MAX_COUNT: _max_count,
    Component.QUALIFIED_MIN_COUNT: _qualified_min,
    Component.QUALIFIED_MAX_COUNT: _qualified_max,
    Component.HAS_VALUE: _has_value,
    Component.EQUALS: _equals,
    Component.DISJOINT: _disjoint,
    Component.LESS_THAN: _less_than,
    Component.LESS_THAN_OR_EQUALS: _less_than,
    Component.UNIQUE_LANG: _unique_lang,
    Component.SPARQL: _sparql,
    Component.CUSTOM: _sparql,
}
"""The components that look at a focus node with all its values."""
