"""Make results of what a store has answered to a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

from somswd_kg.ports import Store
from somswd_kg.shacl.rehearsal import Heard, Rehearsal
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.telling import Teller, Visits, as_it_is, repeated, visits_in
from somswd_kg.shacl.written import Written

__all__ = ["Tellers"]


@dataclass(frozen=True, slots=True)
class Tellers:
    """What makes results of the answers to a rehearsal; kept apart, since there may be none.

    Attributes:
        of_parts: For each part, what tells the answers to its queries.
    """

    of_parts: tuple[tuple[Teller, ...], ...]

    def results(self, store: Store, rehearsal: Rehearsal, heard: Heard) -> list[Result]:
        """Make the results.

        Args:
            store: What was asked.
            rehearsal: What it was asked.
            heard: What it has answered.
        """
        written = Written(store, None) if heard.rewrites else None
        results: list[Result] = []
        counted: dict[str, Visits] = {}
        for number, answers in heard.answers.items():
            found: list[Result] = []
            for tell, answer in zip(self.of_parts[number], answers, strict=True):
                found += tell(answer, as_it_is if written is None else written.shown(tell))
            visits = rehearsal.parts[number].visits
            if found and visits:
                if visits not in counted:
                    counted[visits] = visits_in(store.select(visits))
                found = repeated(found, counted[visits])
            results += found
        return results
