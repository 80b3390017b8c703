"""One query of a run, the checks that it decides, and how its rows become results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import ge, gt, le, lt

from somswd_kg.ports import Solutions
from somswd_kg.shacl.comparing import Compare, certainly, is_comparable
from somswd_kg.shacl.model import Component, Constraint
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.selects import THIS, Body
from somswd_kg.shacl.telling import Single, Source, Teller
from somswd_kg.shacl.written import Written
from somswd_kg.terms import Term

__all__ = ["Step", "name_of", "source_of"]

_OPERATORS: dict[Component, Compare] = {
    Component.MIN_EXCLUSIVE: gt,
    Component.MIN_INCLUSIVE: ge,
    Component.MAX_EXCLUSIVE: lt,
    Component.MAX_INCLUSIVE: le,
    Component.LESS_THAN: lt,
    Component.LESS_THAN_OR_EQUALS: le,
}
_PAIRS = (Component.LESS_THAN, Component.LESS_THAN_OR_EQUALS)


@dataclass(frozen=True, slots=True)
class Step:
    """One query, the checks that it decides, and what makes results of its rows.

    Attributes:
        query: The SELECT.
        rule: How it runs, and why.
        checks: The checks that it decides, as the teller numbers them.
        teller: What makes results of its rows.
        written: What the store shows in another form than the data has; None where rows are told
            as they come.
        listed: Whether it names focus nodes that another query has listed.
    """

    query: str
    rule: str
    checks: tuple[Check, ...]
    teller: Teller
    written: Written | None = None
    listed: bool = False

    @classmethod
    def of_body(cls, check: Check, body: Body, written: Written | None = None) -> Step:
        """Make the step of a single Core constraint."""
        columns = {name: i for i, name in enumerate(body.columns)}
        value, path, other = (columns.get(n, -1) for n in (body.value, body.path, body.other))
        is_less = _is_less_for(check.constraint)
        teller = Single(source_of(check), columns[THIS], value, path, other, is_less)
        return cls(body.select(), "all focus nodes at once", (check,), teller, written)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the constraints that it decides, for people."""
        return tuple(map(name_of, self.checks))

    def results(self, answer: Solutions) -> Iterator[Result]:
        """Make results of what the store has answered."""
        if self.written is None:
            return self.teller(answer)
        routes = [check.routes for check in self.checks]
        return self.teller(answer, self.written.shown(self.teller, routes))


def source_of(check: Check) -> Source:
    """Give what all results of a check have in common."""
    shape, constraint = check.shape, check.constraint
    return Source(
        shape.name,
        shape.path,
        shape.severity,
        constraint.iri,
        shape.node,
        constraint.query.node if constraint.query is not None else None,
        shape.messages,
        _holds_for(constraint),
    )


def name_of(check: Check) -> str:
    """Name a constraint for people."""
    if check.constraint.component is Component.CUSTOM:
        return f"{check.shape.name} {check.constraint.iri.value}"
    return f"{check.shape.name} sh:{check.constraint.component}"


def _holds_for(constraint: Constraint) -> Callable[[Term | None], bool] | None:
    """Give what tells whether a bound certainly holds for a value; None for other constraints."""
    compare, bound = _OPERATORS.get(constraint.component), constraint.value
    if compare is None or constraint.component in _PAIRS or not is_comparable(bound):
        return None
    return partial(certainly, compare, other=bound)


def _is_less_for(constraint: Constraint) -> Callable[[Term | None, Term | None], bool] | None:
    """Give what tells whether one value is certainly less than another, as a constraint asks."""
    if constraint.component not in _PAIRS:
        return None
    return partial(certainly, _OPERATORS[constraint.component])
