"""The results of nested shapes, told below the results that they led to (SHACL 3.6.2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from somswd_kg.ports import Store
from somswd_kg.shacl.exactness import Copies
from somswd_kg.shacl.model import Component, Constraint, Shape, Target, TargetKind
from somswd_kg.shacl.plan import Plan, plan_of
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.run import run
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.targetliterals import is_lost
from somswd_kg.terms import BlankNode, NamedNode, Resource, Term

__all__ = ["detailed"]

_NESTING = (Component.NODE, Component.AND, Component.OR, Component.XONE)
_BATCH = 500
_Key = tuple[Resource, NamedNode]


def detailed(
    report: Report, plan: Plan, store: Store, settings: Settings, copies: Copies
) -> Report:
    """Add to the results of `sh:node`, `sh:and`, `sh:or` and `sh:xone` why the value does not fit.

    A value that is a blank node gets none, since no query can name it; nor does one that the
    server would lose.
    """
    return replace(report, results=_with_details(report.results, plan, store, settings, copies))


def _with_details(
    results: Sequence[Result], plan: Plan, store: Store, settings: Settings, copies: Copies
) -> tuple[Result, ...]:
    nesting = dict(_nesting(plan))
    wanted: dict[Shape, dict[Term, None]] = {}
    for result in results:
        for shape in _shapes_of(result, nesting):
            if result.value is not None and not isinstance(result.value, BlankNode):
                wanted.setdefault(shape, {})[result.value] = None
    if not wanted:
        return tuple(results)
    found = {
        shape: _reasons(shape, tuple(nodes), store, settings, copies)
        for shape, nodes in wanted.items()
    }

    def with_its_own(result: Result) -> Result:
        shapes = _shapes_of(result, nesting)
        value = result.value
        if value is None:
            return result
        own = (r for shape in shapes for r in found.get(shape, {}).get(value, ()))
        return replace(result, details=tuple(own))

    return tuple(map(with_its_own, results))


def _nesting(plan: Plan) -> Iterator[tuple[_Key, list[Constraint]]]:
    """List the constraints that refer to shapes, by the shape and the component of a result."""
    found: dict[_Key, list[Constraint]] = {}
    for check in plan.checks:
        if check.constraint.component in _NESTING:
            key = (check.shape.node, check.constraint.iri)
            found.setdefault(key, []).append(check.constraint)
    yield from found.items()


def _shapes_of(result: Result, nesting: dict[_Key, list[Constraint]]) -> list[Shape]:
    constraints = nesting.get((result.source_shape, result.component), [])
    return [shape for constraint in constraints for shape in constraint.shapes]


def _reasons(
    shape: Shape, values: Sequence[Term], store: Store, settings: Settings, copies: Copies
) -> dict[Term, list[Result]]:
    """Validate values against a nested shape; those of a path below it keep their focus nodes."""
    found: dict[Term, list[Result]] = {}
    values = [value for value in values if not is_lost(settings.dialect, shape, value)]
    size = 1 if _is_deep(shape) else _BATCH
    for start in range(0, len(values), size):
        chunk = values[start : start + size]
        targets = tuple(Target(TargetKind.NODE, value) for value in chunk)
        plan = plan_of((replace(shape, targets=targets),))
        report = run(plan, store, replace(settings, focus=(), allow_empty=True), copies=copies)
        for result in _with_details(report.results, plan, store, settings, copies):
            found.setdefault(chunk[0] if size == 1 else result.focus_node, []).append(result)
    return found


def _is_deep(shape: Shape) -> bool:
    """Say whether it has results whose focus node is not the value itself."""

    def properties(of: Shape) -> Iterable[Shape]:
        return (c.shapes[0] for c in of.constraints if c.component is Component.PROPERTY)

    return any(
        True for below in properties(shape) if below.path is not None for _ in properties(below)
    ) or (shape.path is not None and any(True for _ in properties(shape)))
