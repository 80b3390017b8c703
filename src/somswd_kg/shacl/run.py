"""Run a plan on a store: queries out, results back, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from somswd_kg.errors import EmptyRunError
from somswd_kg.ports import Store
from somswd_kg.shacl.asking import Explained
from somswd_kg.shacl.classes import subclasses
from somswd_kg.shacl.dialects import INSIDE
from somswd_kg.shacl.exactness import Copies
from somswd_kg.shacl.making import Found, Making, Part, sorted_out
from somswd_kg.shacl.patterns import refuse_patterns
from somswd_kg.shacl.plan import Plan
from somswd_kg.shacl.report import Report, Result, sort_key
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqltexts import is_sparql, query_of
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.shacl.targetliterals import parted, refuse_literals
from somswd_kg.shacl.unrun import refuse_queries
from somswd_kg.shacl.written import Written

__all__ = ["Explained", "run"]

_ALONE = "in this process, since a literal has no triples that the server would know"


def run(
    plan: Plan,
    store: Store,
    settings: Settings,
    explained: list[Explained] | None = None,
    copies: Copies | None = None,
) -> Report:
    """Validate a store.

    Args:
        plan: What to check.
        store: The data.
        settings: How.
        explained: Filled with what became of each query, where it is given.
        copies: What an earlier run over the same data has copied of it.

    Raises:
        EmptyRunError: No shape met a focus node.
        ShapeError: A constraint cannot run on this store.
    """
    refuse_patterns(store, plan.patterns, settings.graphs)
    classes = subclasses(store, plan.classes, settings.graphs, settings.subclass_pairs)
    written = Written(store, settings.graphs, plan.literals) or None
    making = Making(store, settings, classes, written, Statistics(store, settings.graphs))
    unmet = making.unmet(plan)
    idle = {shape.targets for shape in unmet}
    checks = tuple(c for c in plan.checks if any(route.targets not in idle for route in c.routes))
    running = {query_of(c.constraint).node for c in checks if is_sparql(c.constraint)}
    unrun = [query for query in plan.queries if query.node not in running]
    refuse_queries(store, unrun, settings.graphs, settings.empty)
    if len(unmet) == len(plan.shapes) and not settings.allow_empty:
        raise EmptyRunError(
            "no shape met a focus node, so nothing was checked",
            hint="check the targets of the shapes and the graphs of the data, "
            "or allow it: --allow-empty, allow_empty=True",
        )
    results: list[Result] = []
    if settings.dialect.loses_languages:
        if settings.empty is not None:
            ours, checks = parted(checks)
            if ours:
                alone = replace(plan, shapes=(), checks=ours, patterns=(), ahead=(), queries=())
                results += _judge_alone(alone, settings, settings.empty, explained)
        refuse_literals(checks)
    ahead = making.run_ahead(plan)
    if written is None or written.keeper is None:
        parts = making.parts(checks)
    else:
        parts = sorted_out(making, checks, written, copies)
    for found, told in _spread(parts, settings.workers):
        results += found
        if explained is not None:
            explained += told
    if explained is not None:
        explained += ahead
    ordered = tuple(sorted(results, key=sort_key))
    return Report(ordered, tuple(shape.name for shape in unmet))


def _judge_alone(
    plan: Plan, settings: Settings, empty: Store, explained: list[Explained] | None
) -> tuple[Result, ...]:
    """Run checks that need no data in a store that holds nothing."""
    told: list[Explained] = []
    inside = Settings(
        focus=settings.focus,
        dialect=INSIDE,
        subclass_pairs=settings.subclass_pairs,
        allow_empty=True,
        clock=settings.clock,
    )
    report = run(plan, empty, inside, told)
    if explained is not None:
        explained += (replace(each, rule=f"{each.rule}, {_ALONE}") for each in told)
    return report.results


def _spread(parts: Iterable[Part], workers: int) -> Iterator[Found]:
    """Do the parts of a run, in threads where there are several workers; results in order.

    The first run while the others are still being made.

    The embedded store works outside the interpreter's lock while it looks for the next row.
    """
    if workers < 2:
        yield from (part() for part in parts)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda part: part(), parts)
