"""One query of a run, and how its rows become results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from somswd_kg.ports import Row
from somswd_kg.shacl.comparing import holds_for
from somswd_kg.shacl.model import Component, Shape
from somswd_kg.shacl.paths import Path, Predicate
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.selects import THIS, Body, focus_origin
from somswd_kg.shacl.written import Origin, Written, origin_of
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Step", "name_of", "result_of", "results_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """One query, the checks that it decides, and what makes results of its rows.

    Attributes:
        query: The SELECT.
        rule: How it runs, and why.
        names: The constraints that it decides.
        results: What makes results of its rows.
        reads_shapes: Whether it reads the graph that holds the shapes.
    """

    query: str
    rule: str
    names: tuple[str, ...]
    results: Callable[[Sequence[str], Iterable[Row]], Iterator[Result]]
    reads_shapes: bool = False

    @classmethod
    def of_body(cls, check: Check, body: Body, written: Written | None = None) -> Step:
        """Make the step of a single Core constraint."""
        forms = _Forms(check, written) if written else None
        columns = {name: i for i, name in enumerate(body.columns)}
        this = columns[THIS]
        value = columns.get(body.value, -1)
        path = columns.get(body.path, -1)
        stands = columns.get(body.stands, path)

        def results(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[Result]:
            for row in rows:
                focus = row[this]
                if focus is None:
                    continue
                at_fault = row[value] if value >= 0 else None
                along = row[path] if path >= 0 else None
                if forms is None:
                    yield result_of(check, focus, at_fault, along)
                else:
                    predicate = row[stands] if stands >= 0 else None
                    for shown, found in forms.of(focus, at_fault, predicate):
                        yield result_of(check, shown, found, along)

        return cls(body.select(), "all focus nodes at once", (name_of(check),), results)


class _Forms:
    """What turns the literals of a row into those that the data writes."""

    def __init__(self, check: Check, written: Written) -> None:
        self._written, self._check = written, check
        self._focus = focus_origin(check.routes)
        shape, constraint = check.shape, check.constraint
        self._values = self._focus
        if shape.path is not None:
            self._values = origin_of(THIS, shape.path, "?_")
        self._outcome = written.outcome_of(constraint)

    def of(
        self, focus: Term, value: Term | None, predicate: Term | None
    ) -> Iterator[tuple[Term, Term | None]]:
        """List the focus nodes and values that a row stands for."""
        written = self._written
        shown: tuple[Term, ...] = written.forms(self._focus, None, focus) or (focus,)
        several = len(shown) > 1
        for node in shown:
            if several and self._accepts(node, value):
                continue
            if value is None or value == focus:
                for form in self._at_fault((node,), node):
                    yield form, None if value is None else form
                continue
            origin, subject = self._values, focus
            if isinstance(predicate, NamedNode):
                origin = Origin(frozenset((predicate,)), THIS)
            if origin.subject != THIS:
                origin = Origin(origin.predicates)
            for form in self._at_fault(written.forms(origin, subject, value), value):
                yield node, form

    def _accepts(self, node: Term, value: Term | None) -> bool:
        """Say whether a focus node that is a literal is one that the constraint accepts."""
        outcome = self._outcome
        own = self._check.shape.path is None and value is not None
        return own and outcome is not None and isinstance(node, Literal) and outcome(node) is False

    def _at_fault(self, forms: tuple[Term, ...], value: Term) -> tuple[Term, ...]:
        """Leave out the forms that the constraint accepts; what is left is the value itself."""
        if self._outcome is not None:
            outcome = self._outcome
            forms = tuple(f for f in forms if not isinstance(f, Literal) or outcome(f) is not False)
        return forms or (value,)


def results_of(
    check: Check, written: Written | None
) -> Callable[[Term, Term | None], Iterator[Result]]:
    """Give what makes results of a focus node and a value that violate."""
    forms = _Forms(check, written) if written else None
    holds = holds_for(check.constraint)

    def results(focus: Term, value: Term | None) -> Iterator[Result]:
        pairs = [(focus, value)] if forms is None else forms.of(focus, value, None)
        for shown, found in pairs:
            if holds is None or not holds(found):  # else the store could not compare them
                yield result_of(check, shown, found)

    return results


def name_of(check: Check) -> str:
    """Name a constraint for people."""
    if check.constraint.component is Component.CUSTOM:
        return f"{check.shape.name} {check.constraint.iri.value}"
    return f"{check.shape.name} sh:{check.constraint.component}"


def result_of(
    check: Check,
    focus: Term,
    value: Term | None,
    path: Term | Path | None = None,
    messages: tuple[Literal, ...] | None = None,
) -> Result:
    """Make the result of one violation; without a path it has that of the shape."""
    shape: Shape = check.shape
    constraint = check.constraint
    if isinstance(path, NamedNode):
        path = Predicate(path)
    source = constraint.query.node if constraint.query is not None else None
    return Result(
        focus_node=focus,
        path=path if isinstance(path, Path) else shape.path,
        value=value,
        severity=shape.severity,
        component=constraint.iri,
        source_shape=shape.node,
        source_constraint=source,
        messages=shape.messages if messages is None else messages,
    )
