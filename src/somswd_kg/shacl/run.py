"""Run a plan on a store: queries out, results back, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from somswd_kg.errors import EmptyRunError, QueryError, ShapeError
from somswd_kg.ports import AsksBeside, Solutions, Store
from somswd_kg.shacl.classes import subclasses
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of
from somswd_kg.shacl.forms import FALSE, Dialect
from somswd_kg.shacl.model import Component, Shape, TargetKind
from somswd_kg.shacl.ordering import unknown_fan
from somswd_kg.shacl.paths import Inverse, Path, Predicate
from somswd_kg.shacl.patterns import refuse_patterns
from somswd_kg.shacl.plan import Check, Plan
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.scans import Scan, grouped_step, scan_step, scans_of, triple_of
from somswd_kg.shacl.selects import THIS, violations
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlchecks import nested, sparql_steps
from somswd_kg.shacl.statistics import MANY, Statistics
from somswd_kg.shacl.steps import Step
from somswd_kg.shacl.written import Written
from somswd_kg.terms import NamedNode

__all__ = ["Explained", "run"]

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


_Found = tuple[list[Result], list[Explained]]
_Part = Callable[[], _Found]


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
        ShapeError: A constraint cannot run on this store.
    """
    refuse_patterns(store, plan.patterns, settings.graphs)
    closure = subclasses(store, plan.classes, settings.graphs, settings.subclass_pairs)
    written = Written(store, settings.graphs, plan.literals) or None
    making = _Making(store, settings, closure, written, Statistics(store, settings.graphs))
    unmet = making.unmet(plan)
    if len(unmet) == len(plan.shapes) and not settings.allow_empty:
        raise EmptyRunError(
            "no shape met a focus node, so nothing was checked",
            hint="check the targets of the shapes and the graphs of the data, or allow it",
        )
    idle = {shape.targets for shape in unmet}
    checks = [c for c in plan.checks if any(route.targets not in idle for route in c.routes)]
    results: list[Result] = []
    for found, told in _spread(making.parts(checks), settings.workers):
        results += found
        if explained is not None:
            explained += told
    ordered = tuple(sorted(results, key=sort_key))
    return Report(ordered, tuple(shape.name for shape in unmet))


def _spread(parts: Sequence[_Part], workers: int) -> Iterator[_Found]:
    """Do the parts of a run, in threads where there are several workers; results in order.

    The embedded store works outside the interpreter's lock while it looks for the next row.
    """
    if workers < 2:
        yield from (part() for part in parts)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda part: part(), parts)


@dataclass(frozen=True, slots=True)
class _Making:
    """What turns checks into parts that can run beside each other."""

    store: Store
    settings: Settings
    closure: Mapping[NamedNode, Sequence[NamedNode]]
    written: Written | None
    statistics: Statistics

    def conditions(self) -> Conditions:
        """Make the writer of one query."""
        settings = self.settings
        made = Conditions(self.closure, settings.dialect, nested, settings.shapes_graph)
        if settings.dialect.counts:
            made.fan = self.statistics.fan
            made.few = self._few
        elif settings.dialect.wants_order:
            made.fan = unknown_fan
        return made

    def _conditions(self) -> Conditions:
        """Make the writer of one query for violations."""
        made = self.conditions()
        made.written = self.written
        return made

    def _few(self, targets: str) -> bool:
        limits = " UNION ".join(f"{{ GRAPH <{g}> {{ ?s ?p ?o }} }}" for g in self.settings.focus)
        triples = self.statistics.at_most(limits, MANY)
        return self.statistics.at_most(targets, triples + 1) <= triples

    def unmet(self, plan: Plan) -> list[Shape]:
        """List the shapes without a focus node, by one query for all."""
        if not plan.shapes:
            return []
        conditions = self.conditions()
        parts = []
        met = set()
        focus_graphs = self.settings.focus
        for i, shape in enumerate(plan.shapes):
            if not focus_graphs and any(t.kind is TargetKind.NODE for t in shape.targets):
                met.add(i)
                continue
            focus = focus_of(conditions, (Route(shape.targets),), THIS, "", focus_graphs)
            parts.append(f"{{ SELECT ({i} AS ?shape) WHERE {{ {focus} }} LIMIT 1 }}")
        if parts:
            query = f"SELECT ?shape WHERE {{ {' UNION '.join(parts)} }}"
            rows = self.store.select(query, graphs=self.settings.graphs)
            met |= {int(row[0].value) for row in rows if row[0] is not None}
        return [shape for i, shape in enumerate(plan.shapes) if i not in met]

    def parts(self, checks: Sequence[Check]) -> list[_Part]:
        """Divide checks into parts: what one query decides, or several for one constraint."""
        shares = self.settings.dialect.shares_scans
        counted = [check for check in checks if _is_counted(check, self.written)]
        wide = [c for c in counted if shares and self._is_wide(c.shape.path, c.routes)]
        rest = [check for check in checks if check not in wide]
        scans, alone = scans_of(rest) if shares else ([], rest)
        makers: list[Callable[[], Iterator[Step]]] = [
            *(partial(self._alone, check) for check in alone),
            *(partial(self._grouped, check) for check in wide),
            *(partial(self._scanned, scan) for scan in scans),
        ]
        return [partial(self._run, maker) for maker in makers]

    def _run(self, maker: Callable[[], Iterator[Step]]) -> _Found:
        results: list[Result] = []
        told: list[Explained] = []
        for step in maker():
            found, explained = _take(step, self.store, self.settings)
            results += found
            told.append(explained)
        return results, told

    def _grouped(self, check: Check) -> Iterator[Step]:
        if not self.statistics.is_single(triple_of(check.shape.path), THIS):
            yield grouped_step(self._conditions(), check)

    def _scanned(self, scan: Scan) -> Iterator[Step]:
        def values_first(scan: Scan) -> bool:
            return self._is_wide(scan.path, scan.routes)

        step = scan_step(self._conditions(), scan, self.settings.focus, values_first)
        if step is not None:
            yield step

    def _alone(self, check: Check) -> Iterator[Step]:
        conditions, within = self._conditions(), self.settings.focus
        if check.constraint.component in (Component.SPARQL, Component.CUSTOM):
            yield from sparql_steps(conditions, check, self.store, self.settings)
            return
        body = violations(conditions, check.shape, check.constraint, check.routes, within)
        if body.text != FALSE:
            yield Step.of_body(check, body, self.written)

    def _is_wide(self, path: Path | None, routes: Sequence[Route]) -> bool:
        """Say whether to read a predicate from end to end: it has few values beside its targets.

        Reading a triple costs about a quarter of looking the values of a focus node up.
        """
        if not self.settings.dialect.counts or self.settings.focus:
            return False
        simple = isinstance(path, Predicate) or (
            isinstance(path, Inverse) and isinstance(path.path, Predicate)
        )
        if not simple or not all(route.is_testable for route in routes):
            return False
        conditions = Conditions(self.closure, Dialect(), nested)
        nodes = self.statistics.at_most(focus_of(conditions, routes, THIS, "?_route"), MANY)
        return self.statistics.at_most(triple_of(path), _TIMES * nodes + 1) <= _TIMES * nodes


def _is_counted(check: Check, written: Written | None) -> bool:
    """Say whether a constraint holds wherever a predicate has one value."""
    component, path = check.constraint.component, check.shape.path
    if component is Component.MAX_COUNT and check.constraint.number < 1:
        return False
    if component not in (Component.MAX_COUNT, Component.UNIQUE_LANG) or path is None:
        return False
    return not (written and written.surplus(path))


def _take(step: Step, store: Store, settings: Settings) -> tuple[list[Result], Explained]:
    clock = settings.clock or float
    begun = clock()
    try:
        if step.reads_shapes:
            solutions = _select_beside(step.query, store, settings)
        else:
            solutions = store.select(step.query, graphs=settings.graphs)
        rows = tuple(solutions)
    except QueryError as error:
        raise ShapeError(
            f"the store cannot run its query: {error.what}", path=step.names[0], hint=error.hint
        ) from error
    told = Explained(step.names, step.rule, step.query, clock() - begun, len(rows))
    return list(step.results(solutions.variables, rows)), told


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
