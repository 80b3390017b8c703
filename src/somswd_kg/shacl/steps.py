"""One query of a run, and how its rows become results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from somswd_kg.ports import Row
from somswd_kg.shacl.comparing import holds_for, is_less_for
from somswd_kg.shacl.model import Component, Shape
from somswd_kg.shacl.paths import Path, Predicate
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.selects import THIS, Body
from somswd_kg.shacl.written import Written
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Step", "name_of", "result_of", "results_of", "told"]


@dataclass(frozen=True, slots=True)
class Step:
    """One query, the checks that it decides, and what makes results of its rows.

    Attributes:
        query: The SELECT.
        rule: How it runs, and why.
        names: The constraints that it decides.
        results: What makes results of its rows.
        listed: Whether it names focus nodes that another query has listed.
    """

    query: str
    rule: str
    names: tuple[str, ...]
    results: Callable[[Sequence[str], Iterable[Row]], Iterator[Result]]
    listed: bool = False

    @classmethod
    def of_body(cls, check: Check, body: Body, written: Written | None = None) -> Step:
        """Make the step of a single Core constraint."""
        columns = {name: i for i, name in enumerate(body.columns)}
        this = columns[THIS]
        value = columns.get(body.value, -1)
        path = columns.get(body.path, -1)
        other, is_less = columns.get(body.other, -1), is_less_for(check.constraint)

        def results(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[Result]:
            for row in rows:
                focus = row[this]
                if focus is None:
                    continue
                at_fault = row[value] if value >= 0 else None
                if is_less is not None and is_less(at_fault, row[other]):
                    continue  # the store could not compare them
                along = row[path] if path >= 0 else None
                for shown, found in told(check, written, focus, at_fault, along):
                    yield result_of(check, shown, found, along)

        return cls(body.select(), "all focus nodes at once", (name_of(check),), results)


def told(
    check: Check,
    written: Written | None,
    focus: Term,
    value: Term | None,
    path: Term | None = None,
    *,
    guess: bool = False,
) -> Iterable[tuple[Term, Term | None]]:
    """Give focus node and value as the data writes them.

    Args:
        check: The constraint.
        written: What the store shows in another form; None where rows are told as they come.
        focus: The focus node.
        value: The value; None where the row has none.
        path: The predicate that leads to the value, where it is not the path of the shape.
        guess: See `Written.told`.
    """
    if written is None:
        return [(focus, value)]
    along = Predicate(path) if isinstance(path, NamedNode) else check.shape.path
    return written.told(check.routes, focus, value, along, guess=guess)


def results_of(
    check: Check, written: Written | None
) -> Callable[[Term, Term | None], Iterator[Result]]:
    """Give what makes results of a focus node and a value that violate."""
    holds = holds_for(check.constraint)

    def results(focus: Term, value: Term | None) -> Iterator[Result]:
        for shown, found in told(check, written, focus, value):
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
