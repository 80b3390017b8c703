"""Turn the checks of a run into parts that can be done beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

from somswd_kg.ports import Solutions, Store
from somswd_kg.shacl.asking import Explained, ask
from somswd_kg.shacl.classes import Classes
from somswd_kg.shacl.conditions import Conditions, itself
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.exactness import Copies, needs_forms, reads_of
from somswd_kg.shacl.focus import Route, focus_of, visits_of
from somswd_kg.shacl.forms import FALSE
from somswd_kg.shacl.model import Component, Constraint, Shape, TargetKind
from somswd_kg.shacl.ordering import unknown_fan
from somswd_kg.shacl.paths import Inverse, Path, Predicate
from somswd_kg.shacl.plan import Check, Plan
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.scans import Scan, grouped_step, scan_step, scans_of, stands_alone, triple_of
from somswd_kg.shacl.selects import THIS, violations
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlchecks import nested, sparql_steps
from somswd_kg.shacl.sparqltexts import is_sparql
from somswd_kg.shacl.statistics import MANY, Statistics
from somswd_kg.shacl.steps import Step
from somswd_kg.shacl.telling import Visits, repeated, visits_in
from somswd_kg.shacl.written import Written
from somswd_kg.terms import Term

__all__ = ["Found", "Maker", "Making", "Part", "sorted_out"]

_TIMES = 4


Found = tuple[list[Result], list[Explained]]
Part = Callable[[], Found]
Maker = tuple[tuple[Check, ...], Callable[[], Iterator[Step]]]
"""Some checks, and what makes the steps that decide them."""


def sorted_out(
    making: Making, checks: Sequence[Check], written: Written, copies: Copies | None
) -> Iterator[Part]:
    """Divide checks into parts; those that need the forms of literals are for a copy of the data.

    What is sure comes first, so that it can run while the rest is looked at.

    Args:
        making: What makes the parts of checks that do not.
        checks: The checks.
        written: The literals that the store changes.
        copies: Where the copy is kept.
    """
    own, core = _divided(checks, lambda check: is_sparql(check.constraint))
    yield from making.parts(own)
    formed, plain = _divided(core, lambda check: needs_forms(check, written))
    yield from replace(making, constant=written.constant).parts(plain)
    as_stored, exact = _divided(formed, lambda check: reads_of(check).sparql)
    yield from making.parts(as_stored)  # SPARQL reads literals as the store has them
    if exact:
        store = (copies or Copies()).holding(exact, written, making.settings)
        apart = replace(
            making,
            store=store,
            written=None,
            statistics=Statistics(store, making.settings.graphs),
            constant=written.constant,
            stand_ins=True,
            visits={},
        )
        yield from apart.parts(exact)


def _divided(
    checks: Iterable[Check], told: Callable[[Check], bool]
) -> tuple[list[Check], list[Check]]:
    yes: list[Check] = []
    no: list[Check] = []
    for check in checks:
        (yes if told(check) else no).append(check)
    return yes, no


@dataclass(frozen=True, slots=True)
class Making:
    """What turns checks into parts that can run beside each other.

    Attributes:
        store: The data.
        settings: How to run.
        classes: The classes below those that the shapes name.
        written: What is needed to tell rows of the store as the data has them; None for nothing.
        statistics: What is known of the store's predicates.
        constant: What gives the term that a query is to name for a term of the shapes.
        stand_ins: Whether the store holds stand-ins for literals.
        failing: The nodes at which constraints fail that run ahead.
        visits: How often the focus nodes of routes are come to, and by how many of them, where
            that is not the same.
        counting: Held while they are counted.
        few: Whether targets are fewer than the triples of the graphs in focus; None to count them.
    """

    store: Store
    settings: Settings
    classes: Classes
    written: Written | None
    statistics: Statistics
    constant: Callable[[Term], Term] = itself
    stand_ins: bool = False
    failing: dict[Constraint, tuple[Term, ...]] = field(default_factory=dict)
    few: bool | None = None
    visits: dict[tuple[Route, ...], Visits] = field(default_factory=dict)
    counting: AbstractContextManager[object] = field(default_factory=Lock)

    def conditions(self) -> Conditions:
        """Make the writer of one query."""
        settings = self.settings
        made = Conditions(self.classes, settings.dialect, nested, settings.shapes_graph)
        made.shapes_names = settings.shapes_names
        made.constant, made.stand_ins = self.constant, self.stand_ins
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
        made.failing = self.failing
        return made

    def run_ahead(self, plan: Plan) -> list[Explained]:
        """Find the nodes at which those constraints fail that cannot stand in another query."""
        explained: list[Explained] = []
        for check in plan.ahead:
            found, told = self._run(partial(self._alone, check))
            explained += told
            self.failing[check.constraint] = tuple(dict.fromkeys(r.focus_node for r in found))
        return explained

    def _few(self, targets: str) -> bool:
        if self.few is not None:
            return self.few
        triples = self.statistics.triples_in(self.settings.focus)
        return self.statistics.at_most(targets, triples + 1) <= triples

    def unmet(self, plan: Plan) -> list[Shape]:
        """List the shapes without a focus node, by one query for all."""
        met, query = self.meeting(plan)
        if query:
            rows = self.store.select(query, graphs=self.settings.graphs)
            met |= {int(row[0].value) for row in rows if row[0] is not None}
        return [shape for i, shape in enumerate(plan.shapes) if i not in met]

    def meeting(self, plan: Plan) -> tuple[set[int], str]:
        """Give the numbers of the shapes that surely have a focus node, and a query for the rest.

        The query is empty where there is no rest; else it lists those that have one.
        """
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
        return met, f"SELECT ?shape WHERE {{ {' UNION '.join(parts)} }}" if parts else ""

    def parts(self, checks: Sequence[Check]) -> Iterator[Part]:
        """Divide checks into parts: what one query decides, or several for one constraint."""
        for members, steps in self.makers(checks):
            yield partial(self._visited, members[0], partial(self._run, steps))

    def makers(self, checks: Sequence[Check]) -> Iterator[Maker]:
        """Divide checks into what one query decides, or several for one constraint.

        What needs no look at the data comes first.
        """
        shares = self.settings.dialect.shares_scans
        sharing: list[Check] = []
        for check in checks:
            if shares and (_is_counted(check) or not stands_alone(check)):
                sharing.append(check)
            else:
                yield (check,), partial(self._alone, check)
        rest: list[Check] = []
        for check in sharing:
            if _is_counted(check) and self._is_wide(check.shape.path, check.routes):
                yield (check,), partial(self._grouped, check)
            elif stands_alone(check):
                yield (check,), partial(self._alone, check)
            else:
                rest.append(check)
        for scan in scans_of(rest):
            yield scan.checks, partial(self._scanned, scan)

    def _visited(self, check: Check, part: Part) -> Found:
        """Repeat the results of focus nodes that the routes of a check come to more than once."""
        found, told = part()
        routes = check.routes
        if not found or not any(route.steps for route in routes):
            return found, told
        with self.counting:  # parts of the same routes run beside each other
            if routes not in self.visits:
                told.append(self._count_visits(check))
        return repeated(found, self.visits[routes]), told

    def _count_visits(self, check: Check) -> Explained:
        rule, names = "focus nodes that are come to more than once", (check.shape.name,)
        answer, told = self._ask(self.visiting(check.routes), rule, names)
        self.visits[check.routes] = visits_in(answer)
        return told

    def visiting(self, routes: Sequence[Route]) -> str:
        """Write the query that counts how often the focus nodes of routes are come to."""
        return visits_of(self.conditions(), routes, THIS, self.settings.focus)

    def _ask(self, query: str, rule: str, names: tuple[str, ...]) -> tuple[Solutions, Explained]:
        return ask(query, rule, names, self.store, self.settings, stand_ins=self.stand_ins)

    def _run(self, maker: Callable[[], Iterator[Step]]) -> Found:
        results: list[Result] = []
        told: list[Explained] = []
        for step in maker():
            answer, explained = self._ask(step.query, step.rule, step.names)
            results += step.results(answer)
            told.append(explained)
        return results, told

    def _grouped(self, check: Check) -> Iterator[Step]:
        languages = check.constraint.component is Component.UNIQUE_LANG  # often several values
        if languages or not self.statistics.is_single(triple_of(check.shape.path), THIS):
            yield grouped_step(self._conditions(), check)

    def _scanned(self, scan: Scan) -> Iterator[Step]:
        def values_first(scan: Scan) -> bool:
            return self._is_wide(scan.path, scan.routes)

        step = scan_step(self._conditions(), scan, self.settings.focus, values_first)
        if step is not None:
            yield step

    def _alone(self, check: Check) -> Iterator[Step]:
        conditions, within = self._conditions(), self.settings.focus
        if is_sparql(check.constraint):
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
        if self.statistics.is_little():
            return True
        conditions = Conditions(self.classes, Dialect(), nested)
        nodes = self.statistics.at_most(focus_of(conditions, routes, THIS, "?_route"), MANY)
        return self.statistics.at_most(triple_of(path), _TIMES * nodes + 1) <= _TIMES * nodes


def _is_counted(check: Check) -> bool:
    """Say whether a constraint holds wherever a predicate has one value."""
    component, path = check.constraint.component, check.shape.path
    if component is Component.MAX_COUNT and check.constraint.number < 1:
        return False
    return component in (Component.MAX_COUNT, Component.UNIQUE_LANG) and path is not None
