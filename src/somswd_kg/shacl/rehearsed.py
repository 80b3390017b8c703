"""Make results of what a store has answered to a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

from somswd_kg.ports import Store
from somswd_kg.shacl.rehearsal import Heard, Rehearsal
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.telling import Teller, Visits, repeated, visits_in

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
        results: list[Result] = []
        counted: dict[str, Visits] = {}
        for number, answers in heard.answers.items():
            tellers = self.of_parts[number]
            found = [r for tell, answer in zip(tellers, answers, strict=True) for r in tell(answer)]
            visits = rehearsal.parts[number].visits
            if found and visits:
                if visits not in counted:
                    counted[visits] = visits_in(store.select(visits))
                found = repeated(found, counted[visits])
            results += found
        return results
