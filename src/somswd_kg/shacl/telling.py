"""Make results of the rows that a query gives.

What does so is made of plain values, so that it can be kept beside a query that is written before
the data comes; the shapes themselves are not needed then, nor what compiles them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from somswd_kg.errors import ShapeError
from somswd_kg.ports import Row, Solutions
from somswd_kg.shacl.paths import Path, Predicate
from somswd_kg.shacl.report import Result
from somswd_kg.terms import Literal, NamedNode, Resource, Term

if TYPE_CHECKING:
    Values = Callable[[Term | None], bool]
    Pairs = Callable[[Term | None, Term | None], bool]

__all__ = [
    "Flagged",
    "Shown",
    "Single",
    "Source",
    "Spoken",
    "Teller",
    "Visits",
    "as_it_is",
    "repeated",
    "visits_in",
]

Visits = Mapping[Term, tuple[int, int]]
"""How often focus nodes are come to, and by how many ways, where that is not the same."""


Shown = Callable[[int, Term, Term | None, Term | None], Iterable[tuple[Term, Term | None]]]
"""Gives a focus node and a value of the store as the data writes them, perhaps several.

Asked with the number of the constraint among those that the query decides, the focus node, the
value, and the predicate that leads to it, where it is not the path of the shape.
"""


def as_it_is(
    number: int, focus: Term, value: Term | None, along: Term | None
) -> Iterable[tuple[Term, Term | None]]:
    """Give a focus node and a value as the store has them."""
    return ((focus, value),)


class Teller(Protocol):
    """Makes the results of an answer."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The constraints, as they are numbered."""
        ...

    @property
    def guess(self) -> bool:
        """Say whether values are of the data, though their place may not be known."""
        ...

    def __call__(self, answer: Solutions, shown: Shown = as_it_is) -> Iterator[Result]:
        """Make them, in the order of the rows."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """What all results of one constraint have in common.

    Attributes:
        name: The shape, for people.
        path: The path of the shape; None for a node shape.
        severity: What the results weigh.
        component: The constraint component.
        shape: The node of the shape.
        constraint: The node of the query; None for what is no `sh:sparql`.
        messages: What the shape says.
        holds: Says that a value certainly fulfils a bound that the store could not compare it
            with; None where there is none.
    """

    name: str
    path: Path | None
    severity: NamedNode
    component: NamedNode
    shape: Resource
    constraint: Resource | None
    messages: tuple[Literal, ...]
    holds: Values | None = None

    def result(
        self,
        focus: Term,
        value: Term | None,
        path: Term | None = None,
        messages: tuple[Literal, ...] | None = None,
    ) -> Result:
        """Make the result of one violation; without a path it has that of the shape."""
        return Result(
            focus_node=focus,
            path=Predicate(path) if isinstance(path, NamedNode) else self.path,
            value=value,
            severity=self.severity,
            component=self.component,
            source_shape=self.shape,
            source_constraint=self.constraint,
            messages=self.messages if messages is None else messages,
        )


@dataclass(frozen=True, slots=True)
class Single:
    """Tells the rows of a query that decides one Core constraint: each is a violation.

    Attributes:
        source: The constraint.
        this: The column of the focus node.
        value: That of the value; -1 where there is none.
        path: That of a predicate which takes the place of the path; -1 where there is none.
        other: That of the value which the value is compared with.
        is_less: Says that the one is certainly less than the other; None where nothing is compared.
    """

    source: Source
    this: int
    value: int = -1
    path: int = -1
    other: int = -1
    is_less: Pairs | None = None
    guess: ClassVar[bool] = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one constraint."""
        return (self.source,)

    def __call__(self, answer: Solutions, shown: Shown = as_it_is) -> Iterator[Result]:
        """Make a result of each row."""
        for row in answer.rows:
            focus = row[self.this]
            if focus is None:
                continue
            value = row[self.value] if self.value >= 0 else None
            if self.is_less is not None and self.is_less(value, row[self.other]):
                continue  # the store could not compare them
            along = row[self.path] if self.path >= 0 else None
            for node, found in shown(0, focus, value, along):
                yield self.source.result(node, found, along)


@dataclass(frozen=True, slots=True)
class Flagged:
    """Tells the rows of a query that decides several constraints; the focus node comes first.

    Attributes:
        sources: The constraints.
        flags: The columns that say which of them a row violates; empty where it is the one.
        judged: Of each, whether it judges the value, or the focus node as a whole.
        value: The column of the value; -1 where the focus node is the value.
        apart: A column that keeps rows of one focus node and value apart; -1 where there is none.
        marks: The columns that count by how many ways a row is come to; empty for one way.
    """

    sources: tuple[Source, ...]
    flags: tuple[int, ...] = ()
    judged: tuple[bool, ...] = (False,)
    value: int = -1
    apart: int = -1
    marks: tuple[int, ...] = ()
    guess: ClassVar[bool] = False

    def __call__(self, answer: Solutions, shown: Shown = as_it_is) -> Iterator[Result]:
        """Make a result of each constraint that a row violates, and of each way to it."""
        seen: set[tuple[object, ...]] = set()
        for row in answer.rows:
            focus = row[0]
            if focus is None:
                continue
            times = sum(_is_true(row[i]) for i in self.marks) if self.marks else 1
            for number, source in enumerate(self.sources):
                if self.flags and not _is_true(row[self.flags[number]]):
                    continue
                value = None
                if self.judged[number]:
                    value = row[self.value] if self.value >= 0 else focus
                key = (number, focus, value, row[self.apart] if self.apart >= 0 else None)
                if key in seen:
                    continue
                seen.add(key)
                for node, found in shown(number, focus, value, None):
                    if source.holds is None or not source.holds(found):
                        yield from (source.result(node, found) for _ in range(times))


@dataclass(frozen=True, slots=True)
class Spoken:
    """Tells the solutions of a constraint that is SPARQL (SHACL 5.3.2 and 6.3).

    Attributes:
        source: The constraint.
        templates: Its messages, in which values may be named.
        arguments: The values of the component's parameters.
        numbered: The column that tells the number of a focus node.
        nodes: The focus nodes, where another query listed them.
        place: The predicate that leads to the values, where the query alone tells it.
        guess: Whether values are of the data, though their place may not be known.
        merged: Whether equal solutions are one result, since the store may give one too often.
    """

    source: Source
    templates: tuple[Literal, ...]
    arguments: tuple[tuple[str, Term], ...]
    numbered: str
    nodes: tuple[Term, ...]
    place: NamedNode | None = None
    guess: bool = False
    merged: bool = True

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one constraint."""
        return (self.source,)

    def __call__(self, answer: Solutions, shown: Shown = as_it_is) -> Iterator[Result]:
        """Make a result of each solution, in the words of its message."""
        rows = dict.fromkeys(answer.rows) if self.merged else answer.rows
        for row in rows:
            found = _bound(answer.variables, row)
            number = found.pop(self.numbered, None)
            focus = self.nodes[int(number.value)] if self.nodes and number else found.get("this")
            if focus is None:
                continue
            if _is_true(found.get("failure")):
                what = "a constraint reported a failure by ?failure (SHACL 5.3.2)"
                raise ShapeError(what, path=self.source.name)
            value = found.get("value")
            if value is None and self.source.path is None:
                value = focus
            path = found.get("path")
            for node, at_fault in shown(0, focus, value, self.place or path):
                known = {**dict(self.arguments), **found, "this": node}
                if at_fault is not None:
                    known["value"] = at_fault
                messages = self._messages(known, found.get("message"))
                yield self.source.result(node, at_fault, path, messages)

    def _messages(self, known: Mapping[str, Term], own: Term | None) -> tuple[Literal, ...]:
        if isinstance(own, Literal):
            return (own,)
        return tuple(_filled(template, known) for template in self.templates)


def repeated(results: Sequence[Result], visits: Visits) -> list[Result]:
    """Repeat the results of focus nodes that a shape comes to more than once.

    Args:
        results: What was found, once for each way.
        visits: How often which are come to.
    """
    found: list[Result] = []
    for result, count in Counter(results).items():
        times, ways = visits.get(result.focus_node, (1, 1))
        found += [result] * (count * times // ways)
    return found


def visits_in(answer: Solutions) -> Visits:
    """Read how often focus nodes are come to."""
    return {
        node: (int(times.value), int(ways.value))
        for node, times, ways in answer.rows
        if node is not None and times is not None and ways is not None
    }


def _bound(variables: Sequence[str], row: Row) -> dict[str, Term]:
    return {name: term for name, term in zip(variables, row, strict=True) if term is not None}


def _filled(template: Literal, known: Mapping[str, Term]) -> Literal:
    """Put values into the `{$name}` and `{?name}` of a message (SHACL 5.3.2.1)."""

    def text(match: re.Match[str]) -> str:
        value = known.get(match.group(1))
        if value is None:
            return match.group()
        return value.value

    filled = re.sub(r"\{[$?](\w+)\}", text, template.value)
    if template.language:
        return Literal(filled, language=template.language)
    return Literal(filled)


def _is_true(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")
