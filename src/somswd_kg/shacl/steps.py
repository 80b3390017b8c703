"""One query of a run, and how its rows become results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from somswd_kg.ports import Row
from somswd_kg.shacl.model import Component, Shape
from somswd_kg.shacl.paths import Path, Predicate
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.selects import THIS, Body
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Step", "result_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """One query, the checks that it decides, and what makes results of its rows."""

    query: str
    rule: str
    names: tuple[str, ...]
    results: Callable[[Sequence[str], Iterable[Row]], Iterator[Result]]

    @classmethod
    def of_body(cls, check: Check, body: Body) -> Step:
        """Make the step of a single Core constraint."""
        columns = {name: i for i, name in enumerate(body.columns)}
        this = columns[THIS]
        value = columns.get(body.value, -1)
        path = columns.get(body.path, -1)

        def results(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[Result]:
            for row in rows:
                focus = row[this]
                if focus is not None:
                    yield result_of(
                        check,
                        focus,
                        row[value] if value >= 0 else None,
                        row[path] if path >= 0 else None,
                    )

        return cls(body.select(), "all focus nodes at once", (name_of(check),), results)


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
