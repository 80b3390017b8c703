"""Constraints as queries: one SELECT that finds the violations of all focus nodes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of, step
from somswd_kg.shacl.focustests import not_less, same_language
from somswd_kg.shacl.forms import FALSE, TRUE, all_of, any_of, exists, negate, text_of
from somswd_kg.shacl.model import Component, Constraint, Shape
from somswd_kg.shacl.valuetests import VALUE_COMPONENTS, closed_pattern
from somswd_kg.shacl.walks import Walk
from somswd_kg.terms import Term

__all__ = ["ROUTE", "THIS", "VALUE", "Body", "violations"]

THIS = "?this"
VALUE = "?value"
PATH = "?path"
ROUTE = "?_route"


@dataclass(frozen=True, slots=True)
class Body:
    """The WHERE of a query for violations.

    Attributes:
        text: Its pattern; FALSE where there can be no violation.
        columns: The variables that tell one result from another.
        value: The variable of the result's value; empty where a result has none.
        path: The variable of the result's path; empty where it is that of the shape.
        other: The variable of what the value is compared with; empty where it is with nothing.
        last: What the last of the columns is, where the pattern does not bind it.
    """

    text: str
    columns: tuple[str, ...]
    value: str = ""
    path: str = ""
    other: str = ""
    last: str = ""

    def select(self) -> str:
        """Write the whole query."""
        *shown, last = self.columns
        shown.append(f"({self.last} AS {last})" if self.last else last)
        return f"SELECT DISTINCT {' '.join(shown)} WHERE {{ {self.text} }}"


def violations(
    conditions: Conditions,
    shape: Shape,
    constraint: Constraint,
    routes: Sequence[Route],
    within: Sequence[str] = (),
) -> Body:
    """Write the query for the violations of a Core constraint.

    Args:
        conditions: What writes the expressions of this query.
        shape: The shape.
        constraint: One of its constraints, not one that is written in SPARQL.
        routes: How the shape comes to its focus nodes.
        within: Graphs that a target must be a subject in; empty for no limit.
    """
    focus = focus_of(conditions, routes, THIS, ROUTE, within)
    keys = (THIS,) if len(routes) == 1 else (THIS, ROUTE)
    body = _Writer(conditions, shape, constraint, routes, focus, keys).body()
    return replace(body, text=conditions.dialect.kept(body.text))


@dataclass(frozen=True, slots=True)
class _Writer:
    conditions: Conditions
    shape: Shape
    constraint: Constraint
    routes: Sequence[Route]
    focus: str
    keys: tuple[str, ...]

    def body(self) -> Body:
        component = self.constraint.component
        if component is Component.CLOSED:
            return self.closed()
        if component in VALUE_COMPONENTS:
            return self.each_value()
        if component is Component.EQUALS:
            return self.equals()
        if component is Component.DISJOINT:
            return self.disjoint()
        if component in (Component.LESS_THAN, Component.LESS_THAN_OR_EQUALS):
            return self.less_than()
        if component is Component.UNIQUE_LANG:
            return self.unique_lang()
        condition = self.conditions.constraint(self.shape, self.constraint, THIS)
        return Body(self.filtered(self._grouped(), condition), self.keys)

    def filtered(self, text: str, condition: str) -> str:
        if condition in (TRUE, FALSE):
            return text if condition == TRUE else FALSE
        return f"{text} FILTER({condition})"

    def values(self) -> str:
        """Write the pattern of focus nodes and value nodes."""
        if self.shape.path is None:
            return self.focus
        unsure = any(route.is_unsure for route in self.routes)
        text = step(self.conditions.dialect, self._grouped(), THIS, self.shape.path, VALUE, unsure)
        return _group(text)

    def _grouped(self) -> str:
        return _group(self.focus)

    @property
    def value(self) -> str:
        return THIS if self.shape.path is None else VALUE

    @property
    def valued(self) -> tuple[str, ...]:
        return self.keys if self.shape.path is None else (*self.keys, VALUE)

    def each_value(self) -> Body:
        condition = self.conditions.value(self.shape, self.constraint, self.value)
        values = self.values()
        return Body(self.filtered(values, condition), self.valued, self.value)

    def closed(self) -> Body:
        values = self.values()
        found = self.conditions.fresh()
        pattern = closed_pattern(self.constraint, self.value, PATH, found)
        columns = (*self.valued, PATH, found)
        return Body(f"{values} {pattern}", columns, found, PATH)

    def equals(self) -> Body:
        other = text_of(self._other)
        focus = self._grouped()
        if self.shape.path is None:
            alone = f"FILTER(NOT EXISTS {{ {THIS} {other} {THIS} }})"
            missing = f"{focus} {alone} BIND({THIS} AS {VALUE})"
            extra = f"{focus} {THIS} {other} {VALUE} . FILTER(!sameTerm({THIS}, {VALUE}))"
        else:
            walk, leads = self.conditions.dialect.walk(self.shape.path), self._leads
            values = self.conditions.dialect.source(self.values())
            missing = f"{values} FILTER({negate(leads(other, walk))})"
            itself = f"!sameTerm({THIS}, {VALUE})" if walk.stays else TRUE
            absent = negate(leads(walk.tested, walk))
            extra = f"{focus} {THIS} {other} {VALUE} . FILTER({all_of([itself, absent])})"
        return Body(f"{{ {missing} }} UNION {{ {extra} }}", (*self.keys, VALUE), VALUE)

    def _leads(self, route: str, walk: Walk) -> str:
        """Test that a path leads to a value that one leads to."""
        c = self.conditions
        return c.dialect.leads(THIS, route, VALUE, c.fresh(), walk.apart)

    def disjoint(self) -> Body:
        other = text_of(self._other)
        values = self.values()
        return Body(f"{values} {THIS} {other} {self.value} .", self.valued, self.value)

    def less_than(self) -> Body:
        other, end = text_of(self._other), self.conditions.fresh()
        values = self.values()
        text = f"{values} {THIS} {other} {end} ."
        condition = not_less(self.conditions, self.constraint, VALUE, end)
        return Body(self.filtered(text, condition), (*self.valued, end), VALUE, other=end)

    def unique_lang(self) -> Body:
        if self.shape.path is None:
            return Body(FALSE, self.keys)
        other, language = self.conditions.fresh(), self.conditions.fresh()
        walk = self.conditions.dialect.walk(self.shape.path)
        shared = exists(walk.between(THIS, other), same_language(VALUE, other))
        if walk.stays:
            shared = any_of([same_language(VALUE, THIS), shared])
        condition = all_of([self.conditions.dialect.has_language(VALUE), shared])
        text = self.filtered(self.values(), condition)
        return Body(text, (*self.keys, language), last=f"LCASE(LANG({VALUE}))")

    @property
    def _other(self) -> Term:
        if self.constraint.value is None:
            raise TypeError(f"{self.constraint.iri} has no value")
        return self.constraint.value


def _group(text: str) -> str:
    return f"{{ {text} }}" if " UNION " in text else text
