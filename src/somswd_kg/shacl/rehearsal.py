"""A run that was written before the data came that it is to look at.

Most of a run over a little data is the writing of its queries. These hang on the shapes and on the
classes below those that the shapes name; counts of the data only put their triples in order. So
they are written once, beside the data that is always there, and asked for whatever comes into
focus. A check of which no row comes back has nothing to say; the others then run as ever.

Nothing that writes queries is imported here, since all is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from somswd_kg.ports import KeepsLiterals, Rewritten, Store
from somswd_kg.shacl.classes import Classes, subclasses
from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["Part", "Readers", "Rehearsal", "usable_workers"]

_MOST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Queries that decide some checks.

    Attributes:
        checks: The numbers of the checks in the plan.
        shapes: The numbers of the shapes whose targets lead to them.
        queries: The queries; a row of one of them is a violation.
    """

    checks: tuple[int, ...]
    shapes: frozenset[int]
    queries: tuple[str, ...]


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

    def speaking(
        self, store: Store, first: Callable[[], object] = lambda: None
    ) -> frozenset[int] | None:
        """List the checks that have something to say of a store, or may have; None for unknown.

        Args:
            store: The data, in which all graphs count.
            first: Called when one of them is known, while others are still asked, perhaps more
                than once.
        """
        if subclasses(store, self.classes.below, None) != self.classes:
            return None
        if Statistics(store, None).triples_in(self.focus, self.triples + 1) > self.triples:
            return None
        met = {int(row[0].value) for row in store.select(self.meeting) if row[0] is not None}
        if not met:
            return None
        asked = [part for part in self.parts if not part.shapes.isdisjoint(met)]

        def speaks(part: Part) -> bool:
            rows = (next(iter(store.select(query)), None) for query in part.queries)
            if not any(row is not None for row in rows):
                return False
            first()
            return True

        with ThreadPoolExecutor(usable_workers()) as pool:
            spoken = pool.map(speaks, asked)
            found = set(self.unwritten | self._touched(store))
            if found:
                first()
            for part, has_rows in zip(asked, spoken, strict=True):
                if has_rows:
                    found.update(part.checks)
        return frozenset(found)

    def _touched(self, store: Store) -> frozenset[int]:
        """List the checks that may say something else of literals than of what the store shows."""
        if not isinstance(store, KeepsLiterals):
            return frozenset()
        found: frozenset[int] = frozenset()
        kept: dict[NamedNode, bool] = {}
        for predicate, written, stored, _ in store.rewritten_forms():
            same = written.datatype == stored.datatype and is_well_formed(written)
            kept[predicate] = kept.get(predicate, True) and same
        for predicate, keeps in kept.items():
            readers = self.readers.get(predicate)
            if readers is not None:
                rows = store.rewritten(predicates=[predicate.value]) if keeps else ()
                found |= readers.minding if keeps and not _collapses(rows) else readers.every
        return found


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
