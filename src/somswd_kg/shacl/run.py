"""Run a plan on a store: queries out, results back, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.errors import EmptyRunError, ShapeError
from somswd_kg.ports import AsksBeside, Solutions, Store
from somswd_kg.shacl.classes import subclasses
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of
from somswd_kg.shacl.forms import FALSE, Dialect
from somswd_kg.shacl.model import Component, Shape, TargetKind
from somswd_kg.shacl.paths import Inverse, Path, Predicate
from somswd_kg.shacl.plan import Check, Plan
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.scans import Scan, grouped_step, scan_step, scans_of, triple_of
from somswd_kg.shacl.selects import THIS, violations
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlchecks import nested, sparql_steps
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.shacl.steps import Step
from somswd_kg.shacl.written import Written
from somswd_kg.terms import NamedNode

__all__ = ["Explained", "run"]

_MANY = 1_000_000
_TIMES = 4


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
    met = set()
    for i, shape in enumerate(plan.shapes):
        if not settings.focus and any(t.kind is TargetKind.NODE for t in shape.targets):
            met.add(i)
            continue
        focus = focus_of(conditions, (Route(shape.targets),), THIS, "", settings.focus)
        parts.append(f"{{ SELECT ({i} AS ?shape) WHERE {{ {focus} }} LIMIT 1 }}")
    if parts:
        query = f"SELECT ?shape WHERE {{ {' UNION '.join(parts)} }}"
        rows = store.select(query, graphs=settings.graphs)
        met |= {int(row[0].value) for row in rows if row[0] is not None}
    return [shape for i, shape in enumerate(plan.shapes) if i not in met]


def _steps(
    checks: Sequence[Check],
    store: Store,
    settings: Settings,
    closure: Mapping[NamedNode, Sequence[NamedNode]],
    written: Written | None,
) -> Iterator[Step]:
    statistics = Statistics(store, settings.graphs)
    dialect = settings.dialect

    def conditions() -> Conditions:
        made = _conditions(settings, closure)
        made.written = written
        made.fan = statistics.fan if dialect.wants_order else None
        return made

    def values_first(scan: Scan) -> bool:
        return _is_wide(scan.path, scan.routes, settings, statistics, closure)

    rest: list[Check] = []
    for check in checks:
        if _is_counted(check, written) and _is_wide(
            check.shape.path, check.routes, settings, statistics, closure
        ):
            if not statistics.is_single(triple_of(check.shape.path), THIS):
                yield grouped_step(conditions(), check)
        else:
            rest.append(check)
    scans, alone = scans_of(rest) if dialect.shares_scans else ([], rest)
    for scan in scans:
        step = scan_step(conditions(), scan, settings.focus, values_first)
        if step is not None:
            yield step
    for check in alone:
        if check.constraint.component in (Component.SPARQL, Component.CUSTOM):
            yield from sparql_steps(conditions(), check, store, settings)
            continue
        made = conditions()
        body = violations(made, check.shape, check.constraint, check.routes, settings.focus)
        if body.text != FALSE:
            yield Step.of_body(check, body, written)


def _is_counted(check: Check, written: Written | None) -> bool:
    """Say whether a constraint holds wherever a predicate has one value."""
    component, path = check.constraint.component, check.shape.path
    if component is Component.MAX_COUNT and check.constraint.number < 1:
        return False
    if component not in (Component.MAX_COUNT, Component.UNIQUE_LANG) or path is None:
        return False
    return not (written and written.surplus(path))


def _is_wide(
    path: Path | None,
    routes: Sequence[Route],
    settings: Settings,
    statistics: Statistics,
    closure: Mapping[NamedNode, Sequence[NamedNode]],
) -> bool:
    """Say whether to read a predicate from end to end, since it has few values beside its targets.

    Reading a triple costs about a quarter of looking the values of a focus node up.
    """
    if not settings.dialect.wants_order or settings.focus:
        return False
    simple = isinstance(path, Predicate) or (
        isinstance(path, Inverse) and isinstance(path.path, Predicate)
    )
    if not simple or not all(route.is_testable for route in routes):
        return False
    focus = focus_of(Conditions(closure, Dialect(), nested), routes, THIS, "?_route")
    nodes = statistics.at_most(focus, _MANY)
    return statistics.at_most(triple_of(path), _TIMES * nodes + 1) <= _TIMES * nodes


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
