"""Run a plan on a store: queries out, results back, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.errors import EmptyRunError, ShapeError
from somswd_kg.ports import AsksBeside, Solutions, Store
from somswd_kg.shacl.classes import subclasses
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of
from somswd_kg.shacl.forms import FALSE
from somswd_kg.shacl.model import Component, Shape
from somswd_kg.shacl.plan import Check, Plan
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.selects import THIS, violations
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlchecks import nested, sparql_steps
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.shacl.steps import Step
from somswd_kg.shacl.written import Written
from somswd_kg.terms import NamedNode

__all__ = ["Explained", "run"]


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one query.

    Attributes:
        constraints: The constraints that it decides: shape and component.
        rule: How it runs, and why.
        query: Its text.
        seconds: How long it took.
        rows: How many rows came back.
    """

    constraints: tuple[str, ...]
    rule: str
    query: str
    seconds: float
    rows: int


def run(
    plan: Plan,
    store: Store,
    settings: Settings,
    explained: list[Explained] | None = None,
) -> Report:
    """Validate a store.

    Args:
        plan: What to check.
        store: The data.
        settings: How.
        explained: Filled with what became of each query, where it is given.

    Raises:
        EmptyRunError: No shape met a focus node.
    """
    closure = subclasses(store, plan.classes, settings.graphs, settings.subclass_pairs)
    written = Written(store, settings.graphs, plan.literals) or None
    unmet = _unmet(plan, store, settings, closure)
    if len(unmet) == len(plan.shapes) and not settings.allow_empty:
        raise EmptyRunError(
            "no shape met a focus node, so nothing was checked",
            hint="check the targets of the shapes and the graphs of the data, or allow it",
        )
    results: list[Result] = []
    idle = {shape.targets for shape in unmet}
    checks = [c for c in plan.checks if any(route.targets not in idle for route in c.routes)]
    for step in _steps(checks, store, settings, closure, written):
        results += _take(step, store, settings, explained)
    ordered = tuple(sorted(results, key=sort_key))
    return Report(ordered, tuple(shape.name for shape in unmet))


def _conditions(settings: Settings, closure: Mapping[NamedNode, Sequence[NamedNode]]) -> Conditions:
    return Conditions(closure, settings.dialect, nested, settings.shapes_graph)


def _unmet(
    plan: Plan,
    store: Store,
    settings: Settings,
    closure: Mapping[NamedNode, Sequence[NamedNode]],
) -> list[Shape]:
    """List the shapes without a focus node, by one query for all."""
    if not plan.shapes:
        return []
    conditions = _conditions(settings, closure)
    parts = []
    for i, shape in enumerate(plan.shapes):
        focus = focus_of(conditions, (Route(shape.targets),), THIS, "", settings.focus)
        parts.append(f"{{ SELECT ({i} AS ?shape) WHERE {{ {focus} }} LIMIT 1 }}")
    query = f"SELECT ?shape WHERE {{ {' UNION '.join(parts)} }}"
    met = {int(row[0].value) for row in store.select(query, graphs=settings.graphs) if row[0]}
    return [shape for i, shape in enumerate(plan.shapes) if i not in met]


def _steps(
    checks: Sequence[Check],
    store: Store,
    settings: Settings,
    closure: Mapping[NamedNode, Sequence[NamedNode]],
    written: Written | None,
) -> Iterator[Step]:
    statistics = Statistics(store, settings.graphs)
    for check in checks:
        conditions = _conditions(settings, closure)
        conditions.written = written
        conditions.fan = statistics.fan if settings.dialect.wants_order else None
        if check.constraint.component in (Component.SPARQL, Component.CUSTOM):
            yield from sparql_steps(conditions, check, store, settings)
            continue
        body = violations(conditions, check.shape, check.constraint, check.routes, settings.focus)
        if body.text != FALSE:
            yield Step.of_body(check, body, written)


def _take(
    step: Step, store: Store, settings: Settings, explained: list[Explained] | None
) -> list[Result]:
    clock = settings.clock or float
    begun = clock()
    if step.reads_shapes:
        solutions = _select_beside(step.query, store, settings)
    else:
        solutions = store.select(step.query, graphs=settings.graphs)
    rows = tuple(solutions)
    if explained is not None:
        explained.append(Explained(step.names, step.rule, step.query, clock() - begun, len(rows)))
    return list(step.results(solutions.variables, rows))


def _select_beside(query: str, store: Store, settings: Settings) -> Solutions:
    if (
        settings.shapes_graph is None
        or settings.graphs is None
        or not isinstance(store, AsksBeside)
    ):
        raise ShapeError(
            "a constraint asks for $shapesGraph, which this store cannot show beside the data",
            hint="validate files, or leave $shapesGraph out",
        )
    return store.select_beside(query, graphs=settings.graphs, beside=[settings.shapes_graph])


def sort_key(result: Result) -> tuple[str, ...]:
    """Say where a result stands among others."""
    return (
        str(result.focus_node),
        str(result.source_shape),
        str(result.path),
        result.component.value,
        str(result.source_constraint),
        str(result.value),
        str(result.messages),
    )
