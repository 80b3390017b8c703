"""How far the predicates of a store spread, asked when an order of triples hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from somswd_kg.ports import KnowsSize, Store
from somswd_kg.terms import Literal

__all__ = ["LITTLE", "MANY", "Statistics"]

MANY = 1_000_000
"""So many solutions are not counted further."""

LITTLE = 20_000
"""So many triples are read from end to end sooner than counted predicate by predicate."""

_HELPER = re.compile(r"\?_\d+")
"""Helper variables, whose numbers say nothing."""


class Statistics:
    """What is known of a store's predicates; each is asked for once."""

    def __init__(self, store: Store, graphs: Sequence[str] | None) -> None:
        self._store, self._graphs = store, graphs
        self._sized = store if isinstance(store, KnowsSize) else None
        self._fans: dict[str, float] = {}
        self._singles: dict[tuple[str, str], bool] = {}
        self._counts: dict[tuple[str, int], int] = {}

    def fan(self, predicate: str, value: str) -> float:
        """Say how many subjects share an object of a predicate, on average if none is given."""
        if value:
            return self.at_most(f"?s {predicate} {value}", MANY)
        if predicate not in self._fans:
            query = (
                f"SELECT (COUNT(?s) AS ?n) (COUNT(DISTINCT ?o) AS ?d) WHERE {{ ?s {predicate} ?o }}"
            )
            ((triples, objects),) = self._store.select(query, graphs=self._graphs)
            self._fans[predicate] = _number(triples) / max(_number(objects), 1.0)
        return self._fans[predicate]

    def at_most(self, pattern: str, limit: int) -> int:
        """Count the solutions of a pattern, up to a limit."""
        key = (_HELPER.sub("?_", pattern), limit)
        if key not in self._counts:
            query = (
                "SELECT (COUNT(*) AS ?n) WHERE "
                f"{{ {{ SELECT * WHERE {{ {pattern} }} LIMIT {limit} }} }}"
            )
            ((number,),) = self._store.select(query, graphs=self._graphs)
            self._counts[key] = int(_number(number))
        return self._counts[key]

    def is_little(self) -> bool:
        """Say whether all data is read sooner than counted part by part."""
        known = self._sized.most_triples() if self._sized is not None else None
        if known is not None and known <= LITTLE:
            return True
        return self.at_most("?s ?p ?o", LITTLE + 1) <= LITTLE

    def triples_in(self, graphs: Iterable[str], limit: int = MANY) -> int:
        """Count the triples of some graphs, up to a limit."""
        parts = (f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}" for graph in graphs)
        return self.at_most(" UNION ".join(parts), limit)

    def is_single(self, pattern: str, key: str) -> bool:
        """Say whether a pattern has one solution only for each value of a variable."""
        known = (pattern, key)
        if known not in self._singles:
            query = f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT {key}) AS ?d) WHERE {{ {pattern} }}"
            ((solutions, values),) = self._store.select(query, graphs=self._graphs)
            self._singles[known] = _number(solutions) == _number(values)
        return self._singles[known]


def _number(term: object) -> float:
    return float(term.value) if isinstance(term, Literal) else 0.0
