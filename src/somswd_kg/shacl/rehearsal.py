"""A run that was written before the data came that it is to look at.

Most of a run over a little data is the writing of its queries. These hang on the shapes and on the
classes below those that the shapes name; counts of the data only put their triples in order. So
they are written once, beside the data that is always there, and asked for whatever comes into
focus. What makes results of their rows is kept too, apart (`rehearsed`).

Nothing that writes queries is imported here, since all is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from somswd_kg.ports import KeepsLiterals, Rewritten, Solutions, Store
from somswd_kg.shacl.classes import Classes, subclasses
from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Heard", "Part", "Readers", "Rehearsal", "usable_workers"]

_MOST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Queries that decide some checks.

    Attributes:
        checks: The numbers of the checks in the plan.
        shapes: The numbers of the shapes whose targets lead to them.
        queries: The queries; a row of one of them is a violation.
        visits: The query that counts how often their focus nodes are come to; empty where each is
            come to once.
    """

    checks: tuple[int, ...]
    shapes: frozenset[int]
    queries: tuple[str, ...]
    visits: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a store has answered to a rehearsal.

    Attributes:
        answers: Those to the parts that have something to say, by their numbers.
        left: The checks that are to be asked anew, since what they say hangs on how literals are
            written, or on answers to others.
        rewrites: Whether the store shows literals in another form than the data has.
    """

    answers: Mapping[int, tuple[Solutions, ...]]
    left: frozenset[int]
    rewrites: bool = False


@dataclass(frozen=True, slots=True)
class Readers:
    """The checks that read a predicate.

    Attributes:
        every: All of them.
        minding: Those that may mind how a value is written, even one that keeps its datatype.
    """

    every: frozenset[int]
    minding: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The queries of a run over all graphs of a store, some of them in focus.

    Attributes:
        focus: Graphs; only what is a subject in one of them is a target.
        classes: The classes below those that the shapes name, as they were.
        meeting: The query that lists the numbers of the shapes that have a focus node.
        parts: The queries.
        unwritten: The checks that could not be written before.
        readers: The checks that read each predicate by its name; of others no form is decisive.
        triples: So many may be in focus; of more it is worth to write the queries anew.
    """

    focus: tuple[str, ...]
    classes: Classes
    meeting: str
    parts: tuple[Part, ...]
    unwritten: frozenset[int]
    readers: Mapping[NamedNode, Readers]
    triples: int

    def hear(self, store: Store, first: Callable[[], object] = lambda: None) -> Heard | None:
        """Ask a store, and give what it says; None where the queries do not fit its data.

        Args:
            store: The data, in which all graphs count.
            first: Called when it is known that something is said, or may be, while the rest is
                still asked, perhaps more than once.
        """
        if subclasses(store, self.classes.below, None) != self.classes:
            return None
        if Statistics(store, None).triples_in(self.focus, self.triples + 1) > self.triples:
            return None
        met = {int(row[0].value) for row in store.select(self.meeting) if row[0] is not None}
        if not met:
            return None
        asked = {i: p for i, p in enumerate(self.parts) if not p.shapes.isdisjoint(met)}

        def answers(part: Part) -> tuple[Solutions, ...]:
            found = tuple(_all(store.select(query)) for query in part.queries)
            if any(answer.rows for answer in found):
                first()
                return found
            return ()

        with ThreadPoolExecutor(usable_workers()) as pool:
            waiting = pool.map(answers, asked.values())
            touched, changed = self._touched(store)
            left = set(self.unwritten | touched)
            if left:
                first()
            heard = {i: found for i, found in zip(asked, waiting, strict=True) if found}
        for i, found in list(heard.items()):
            if not left.isdisjoint(self.parts[i].checks) or _look_at(found, changed):
                left.update(self.parts[i].checks)
                del heard[i]
        return Heard(heard, frozenset(left), bool(changed))

    def _touched(self, store: Store) -> tuple[frozenset[int], frozenset[Literal]]:
        """List the checks that may say something else of literals than of what the store shows.

        And the literals that the store shows in the place of others.
        """
        if not isinstance(store, KeepsLiterals):
            return frozenset(), frozenset()
        found: frozenset[int] = frozenset()
        kept: dict[NamedNode, bool] = {}
        changed: set[Literal] = set()
        for predicate, written, stored, _ in store.rewritten_forms():
            same = written.datatype == stored.datatype and is_well_formed(written)
            kept[predicate] = kept.get(predicate, True) and same
            changed.add(stored)
        for predicate, keeps in kept.items():
            readers = self.readers.get(predicate)
            if readers is not None:
                rows = store.rewritten(predicates=[predicate.value]) if keeps else ()
                found |= readers.minding if keeps and not _collapses(rows) else readers.every
        return found, frozenset(changed)


def _all(answer: Solutions) -> Solutions:
    return Solutions(answer.variables, tuple(answer.rows))


def _look_at(answers: Iterable[Solutions], terms: Collection[Literal]) -> bool:
    """Say whether some terms are focus nodes."""
    for answer in answers if terms else ():
        this = answer.variables.index("this")
        if any(row[this] in terms for row in answer.rows):
            return True
    return False


def _collapses(rows: Iterable[Rewritten]) -> bool:
    """Say whether two values of one subject are shown as one."""
    forms: dict[tuple[Term, Literal], Literal] = {}
    return any(
        forms.setdefault((row.subject, row.stored), row.written) != row.written for row in rows
    )


def usable_workers() -> int:
    """Count the processors that this process may use, up to four."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(_MOST, len(usable(0)) if usable else os.cpu_count() or 1)
