"""Write the queries of a run before the data comes that it is to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from somswd_kg.ports import Store
from somswd_kg.shacl.classes import subclasses
from somswd_kg.shacl.exactness import minds, reads_of
from somswd_kg.shacl.making import Making
from somswd_kg.shacl.plan import Check, Plan
from somswd_kg.shacl.rehearsal import Part, Readers, Rehearsal
from somswd_kg.shacl.rehearsed import Tellers
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqltexts import is_sparql
from somswd_kg.shacl.statistics import MANY, Statistics
from somswd_kg.shacl.steps import Step
from somswd_kg.shacl.telling import Teller
from somswd_kg.shacl.written import Written
from somswd_kg.terms import NamedNode

__all__ = ["rehearse"]

_LEAST = 20_000
"""Triples that may be in focus in any case."""


def rehearse(plan: Plan, store: Store, settings: Settings) -> tuple[Rehearsal, Tellers] | None:
    """Write the queries of a run, beside the data that is always there.

    Args:
        plan: What to check.
        store: That data.
        settings: How; some graphs, which need not be there yet, are in focus.

    Returns:
        The queries, and what makes results of their rows; None where some of them hang on the
        answers to others.
    """
    if plan.ahead or not settings.focus or settings.graphs is not None:
        return None
    counts = Statistics(store, None)
    classes = subclasses(store, plan.classes, None, settings.subclass_pairs)
    written = Written(store, None, plan.literals)
    making = Making(store, settings, classes, None, counts, few=True)
    own = [check for check in plan.checks if is_sparql(check.constraint)]
    core = [check for check in plan.checks if not is_sparql(check.constraint)]
    numbers = {id(check): i for i, check in enumerate(plan.checks)}
    parts: list[Part] = []
    tellers: list[tuple[Teller, ...]] = []
    unwritten: set[int] = set()
    exact = replace(making, constant=written.constant)
    for checks, steps in (*making.makers(own), *exact.makers(core)):
        made = tuple(steps())
        members = tuple(numbers[id(check)] for check in checks)
        if any(_hangs_on_data(check, made) for check in checks):
            unwritten.update(members)
        elif made:
            routes = checks[0].routes
            visits = making.visiting(routes) if any(route.steps for route in routes) else ""
            queries = tuple(step.query for step in made)
            parts.append(Part(members, _shapes_of(plan, checks), queries, visits))
            tellers.append(tuple(step.teller for step in made))
    _, meeting = making.meeting(plan)
    rehearsal = Rehearsal(
        settings.focus,
        classes,
        meeting,
        tuple(parts),
        frozenset(unwritten),
        _readers((numbers[id(check)], check) for check in core),
        max(_LEAST, counts.at_most("?s ?p ?o", MANY)),
    )
    return rehearsal, Tellers(tuple(tellers))


def _hangs_on_data(check: Check, made: Sequence[Step]) -> bool:
    """Say whether a check needs queries that list its focus nodes; without any there are none."""
    return is_sparql(check.constraint) and (not made or any(step.listed for step in made))


def _shapes_of(plan: Plan, checks: Sequence[Check]) -> frozenset[int]:
    targets = {route.targets for check in checks for route in check.routes}
    return frozenset(i for i, shape in enumerate(plan.shapes) if shape.targets in targets)


def _readers(checks: Iterable[tuple[int, Check]]) -> dict[NamedNode, Readers]:
    every: dict[NamedNode, set[int]] = {}
    minding: dict[NamedNode, set[int]] = {}
    for number, check in checks:
        for predicate in reads_of(check).predicates:
            every.setdefault(predicate, set()).add(number)
            if minds(check, predicate):
                minding.setdefault(predicate, set()).add(number)
    return {
        predicate: Readers(frozenset(found), frozenset(minding.get(predicate, ())))
        for predicate, found in every.items()
    }
