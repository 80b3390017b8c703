"""What a validation will do: which constraint of which shape is met where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from somswd_kg.shacl.focus import Route, routes_of
from somswd_kg.shacl.model import Component, Constraint, Query, Shape, TargetKind
from somswd_kg.shacl.patterns import Pattern, patterns_in
from somswd_kg.shacl.prebinding import why_ahead
from somswd_kg.shacl.sparqltexts import asks, is_sparql, outline_of, reads_shapes
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Check", "Plan", "plan_of", "shapes_in"]


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint of one shape that has focus nodes of its own."""

    shape: Shape
    constraint: Constraint
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a shapes graph asks for.

    Attributes:
        shapes: The shapes with targets.
        checks: The constraints to run, shape by shape in the order of the shapes graph.
        classes: The classes that targets and constraints name.
        literals: The literals that targets, `sh:in` and `sh:hasValue` name.
        patterns: The regular expressions, each once.
        ahead: The constraints in nested shapes that cannot stand inside another query: they run
            first, for all nodes to which their shapes may come.
        reads_shapes: Whether a constraint reads the shapes graph.
        queries: All queries of the shapes graph.
    """

    shapes: tuple[Shape, ...]
    checks: tuple[Check, ...]
    classes: frozenset[NamedNode]
    literals: tuple[Literal, ...]
    patterns: tuple[Pattern, ...] = ()
    ahead: tuple[Check, ...] = ()
    reads_shapes: bool = False
    queries: tuple[Query, ...] = ()


def plan_of(
    shapes: Iterable[Shape], queries: Iterable[Query] = (), rest: Iterable[Shape] = ()
) -> Plan:
    """Plan the validation against some shapes.

    Args:
        shapes: The shapes with targets.
        queries: The queries of the shapes graph, to be parsed where they do not run.
        rest: Shapes that no target leads to, whose patterns are looked at all the same.
    """
    targeted = tuple(shapes)
    routes = routes_of(targeted)
    checks = tuple(
        Check(shape, constraint, routes[shape])
        for shape in sorted(routes, key=lambda s: s.order)
        for constraint in shape.constraints
        if constraint.component is not Component.PROPERTY
    )
    everything = tuple(shapes_in(targeted))
    return Plan(
        targeted,
        checks,
        frozenset(_classes(everything)),
        tuple(dict.fromkeys(_literals(everything))),
        tuple({(p.text, p.flags): p for p in _patterns(shapes_in((*targeted, *rest)))}.values()),
        _ahead(targeted),
        any(reads_shapes(shape.node, c) for shape in everything for c in shape.constraints),
        tuple(queries),
    )


def _ahead(shapes: Iterable[Shape]) -> tuple[Check, ...]:
    """List the constraints in nested shapes that run for one node at a time."""
    found: dict[tuple[Shape, Constraint], dict[Route, None]] = {}
    seen: set[tuple[Shape, Route, bool]] = set()

    def visit(shape: Shape, route: Route, nested: bool) -> None:
        if shape.deactivated or (shape, route, nested) in seen:
            return
        seen.add((shape, route, nested))
        steps = route.steps if shape.path is None else (*route.steps, shape.path)
        for constraint in shape.constraints:
            if is_sparql(constraint):
                if nested and not asks(constraint) and why_ahead(outline_of(constraint)):
                    found.setdefault((shape, constraint), {})[route] = None
                continue
            below = nested or constraint.component is not Component.PROPERTY
            for other in (*constraint.shapes, *constraint.siblings):
                visit(other, Route(route.targets, steps), below)

    for shape in shapes:
        visit(shape, Route(shape.targets), False)
    return tuple(Check(shape, c, tuple(routes)) for (shape, c), routes in found.items())


def shapes_in(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """List some shapes and all that they refer to, each once."""
    queue, seen = list(shapes), set[Shape]()
    while queue:
        shape = queue.pop()
        if shape not in seen:
            seen.add(shape)
            yield shape
            for constraint in shape.constraints:
                queue += (*constraint.shapes, *constraint.siblings)


def _classes(shapes: Iterable[Shape]) -> Iterator[NamedNode]:
    for shape in shapes:
        for target in shape.targets:
            if target.kind is TargetKind.CLASS and isinstance(target.value, NamedNode):
                yield target.value
        for constraint in shape.constraints:
            if constraint.component is Component.CLASS and isinstance(constraint.value, NamedNode):
                yield constraint.value


def _literals(shapes: Iterable[Shape]) -> Iterator[Literal]:
    for shape in shapes:
        named: list[Term | None] = [target.value for target in shape.targets]
        for constraint in shape.constraints:
            if constraint.component is Component.IN:
                named += constraint.terms
            if constraint.component is Component.HAS_VALUE:
                named.append(constraint.value)
        yield from (term for term in named if isinstance(term, Literal))


def _patterns(shapes: Iterable[Shape]) -> Iterator[Pattern]:
    for shape in shapes:
        for each in shape.constraints:
            if each.component is Component.PATTERN and isinstance(each.value, Literal):
                yield Pattern(each.value.value, each.flags, shape.name)
            if is_sparql(each):
                given = {argument.name: argument.value for argument in each.arguments}
                yield from patterns_in(outline_of(each), given, shape.name)
