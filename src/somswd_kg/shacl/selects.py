"""Constraints as queries: one SELECT that finds the violations of all focus nodes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of, step
from somswd_kg.shacl.focustests import has_language, not_less, same_language
from somswd_kg.shacl.forms import FALSE, TRUE, all_of, exists, negate, text_of
from somswd_kg.shacl.model import Component, Constraint, Shape, TargetKind
from somswd_kg.shacl.paths import Predicate, is_nullable, last_predicates, to_sparql
from somswd_kg.shacl.valuetests import VALUE_COMPONENTS, closed_pattern
from somswd_kg.shacl.written import Origin, origin_of
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["ROUTE", "THIS", "VALUE", "Body", "focus_origin", "register_origins", "violations"]

THIS = "?this"
VALUE = "?value"
PATH = "?path"
ROUTE = "?_route"
SIDE = "?_side"


@dataclass(frozen=True, slots=True)
class Body:
    """The WHERE of a query for violations.

    Attributes:
        text: Its pattern; FALSE where there can be no violation.
        columns: The variables that tell one result from another.
        value: The variable of the result's value; empty where a result has none.
        path: The variable of the result's path; empty where it is that of the shape.
        stands: The variable of the predicate of which the value is one; empty where that is the
            path's last.
    """

    text: str
    columns: tuple[str, ...]
    value: str = ""
    path: str = ""
    stands: str = ""

    def select(self) -> str:
        """Write the whole query."""
        return f"SELECT DISTINCT {' '.join(self.columns)} WHERE {{ {self.text} }}"


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
    register_origins(conditions, shape, routes)
    keys = (THIS,) if len(routes) == 1 else (THIS, ROUTE)
    return _Writer(conditions, shape, constraint, routes, focus, keys).body()


def register_origins(conditions: Conditions, shape: Shape, routes: Sequence[Route]) -> None:
    """Note where the focus nodes and the values of a shape stand in the data."""
    if conditions.written:
        conditions.origins[THIS] = focus_origin(routes)
        if shape.path is not None:
            conditions.origins[VALUE] = origin_of(THIS, shape.path, conditions.fresh())


def focus_origin(routes: Sequence[Route]) -> Origin:
    """Say where the focus nodes of some routes stand in the data, if they are literals."""
    predicates: set[NamedNode] = set()
    targets: list[Literal] = []
    for route in routes:
        if route.steps:
            predicates |= last_predicates(route.steps[-1])
            continue
        for target in route.targets:
            if target.kind is TargetKind.OBJECTS_OF and isinstance(target.value, NamedNode):
                predicates.add(target.value)
            if target.kind is TargetKind.NODE and isinstance(target.value, Literal):
                targets.append(target.value)
    return Origin(frozenset(predicates), targets=tuple(targets))


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
        absent = any(route.may_be_absent for route in self.routes)
        text = step(self._grouped(), THIS, self.shape.path, VALUE, absent)
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
        columns = (*self.keys, PATH, found)
        return Body(f"{values} {pattern}", columns, found, PATH)

    def equals(self) -> Body:
        other = text_of(self._other)
        focus = self._grouped()
        if self.shape.path is None:
            alone = f"FILTER(NOT EXISTS {{ {THIS} {other} {THIS} }})"
            missing = f"{focus} {alone} BIND({THIS} AS {VALUE})"
            extra = f"{focus} {THIS} {other} {VALUE} . FILTER(!sameTerm({THIS}, {VALUE}))"
        else:
            values = self.values()
            path, predicate = self.shape.path, self._other
            missing = f"{values} FILTER({self.conditions.unshared(path, predicate, THIS, VALUE)})"
            itself = f"!sameTerm({THIS}, {VALUE})" if is_nullable(path) else TRUE
            absent = negate(exists(f"{THIS} {to_sparql(path)} {VALUE} ."))
            if isinstance(path, Predicate) and isinstance(predicate, NamedNode):
                backwards = Predicate(predicate)
                absent = self.conditions.unshared(backwards, path.iri, THIS, VALUE)
            extra = f"{focus} {THIS} {other} {VALUE} . FILTER({all_of([itself, absent])})"
        if self.conditions.written and isinstance(self.shape.path, Predicate):
            # Two predicates may write one stored literal differently: their values stay apart.
            missing += f" BIND({self.shape.path.iri} AS {SIDE})"
            extra += f" BIND({other} AS {SIDE})"
            text = f"{{ {missing} }} UNION {{ {extra} }}"
            return Body(text, (*self.keys, VALUE, SIDE), VALUE, stands=SIDE)
        return Body(f"{{ {missing} }} UNION {{ {extra} }}", (*self.keys, VALUE), VALUE)

    def disjoint(self) -> Body:
        other = text_of(self._other)
        values = self.values()
        text = f"{values} {THIS} {other} {self.value} ."
        if self.shape.path is not None and self.conditions.written:
            shared = self.conditions.shared(self.shape.path, self._other, THIS, VALUE)
            text = self.filtered(text, shared)
        return Body(text, self.valued, self.value)

    def less_than(self) -> Body:
        other, end = text_of(self._other), self.conditions.fresh()
        values = self.values()
        text = f"{values} {THIS} {other} {end} ."
        condition = not_less(self.conditions, self.constraint, VALUE, end)
        return Body(self.filtered(text, condition), (*self.valued, end), VALUE)

    def unique_lang(self) -> Body:
        if self.shape.path is None:
            return Body(FALSE, self.keys)
        other, language = self.conditions.fresh(), self.conditions.fresh()
        another = f"{THIS} {to_sparql(self.shape.path)} {other} ."
        condition = all_of([has_language(VALUE), exists(another, same_language(VALUE, other))])
        text = (
            self.filtered(self.values(), condition) + f" BIND(LCASE(LANG({VALUE})) AS {language})"
        )
        return Body(text, (*self.keys, language))

    @property
    def _other(self) -> Term:
        if self.constraint.value is None:
            raise TypeError(f"{self.constraint.iri} has no value")
        return self.constraint.value


def _group(text: str) -> str:
    return f"{{ {text} }}" if " UNION " in text else text
