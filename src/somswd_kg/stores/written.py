"""Keep the literals that a Store would change, as the data has them.

The rows are quads of a second Store, beside the one that is queried: same graph, subject and
predicate, and the literal under a datatype that no Store knows, so that it is kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from somswd_kg.stores.literals import KEPT, as_stored
from somswd_kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad

__all__ = ["Graph", "Scan", "Spot", "WrittenTable", "scan", "unchanged_beside"]

Graph = NamedNode | BlankNode | DefaultGraph
Place = tuple[Graph, NamedNode | BlankNode, NamedNode]
Spot = tuple[NamedNode | BlankNode, NamedNode, Literal]
"""Subject, predicate, and the literal that the store shows."""

_PREFIX = "urn:x-somswd-kg:written:"
_FITS = {datatype: pattern.fullmatch for datatype, pattern in KEPT.items()}
_HIDDEN = {datatype: NamedNode(_PREFIX + datatype.value) for datatype in KEPT}
_SHOWN = {hidden: datatype for datatype, hidden in _HIDDEN.items()}


@dataclass(frozen=True, slots=True)
class Scan:
    """What a Store will not keep of some quads.

    Attributes:
        rows: The literals that it changes, ready for the table.
        count: The number of quads, repetitions included.
    """

    rows: tuple[Quad, ...]
    count: int


def scan(quads: Iterable[Quad], graph: Graph | None) -> Scan:
    """Walk over quads and note what a Store will not keep.

    Args:
        quads: As parsed.
        graph: The graph that they go to; None for the graphs that they name.
    """
    rows: list[Quad] = []
    count = 0
    literal, fits_by_datatype = Literal, _FITS.get
    for quad in quads:
        count += 1
        value = quad.object
        if type(value) is literal:
            fits = fits_by_datatype(value.datatype)
            if fits is not None and not fits(value.value) and as_stored(value) != value:
                rows.append(_row(quad, graph))
    return Scan(tuple(rows), count)


def unchanged_beside(
    rows: Iterable[Quad], quads: Iterable[Quad], graph: Graph | None
) -> list[Quad]:
    """Find the literals, written as they are stored, that fall together with some of the rows.

    Args:
        rows: Rows of the table.
        quads: As parsed.
        graph: The graph that they go to; None for the graphs that they name.

    Returns:
        Rows of the table for these literals too.
    """
    places: dict[Literal, set[Place]] = {}
    for row in rows:
        stored = as_stored(_written(row))
        places.setdefault(stored, set()).add(_place(row))
    found = []
    for quad in quads:
        value = quad.object
        if type(value) is Literal and value in places:
            graph_name, subject, predicate = _place(quad)
            if (graph or graph_name, subject, predicate) in places[value]:
                found.append(_row(quad, graph))
    return found


class WrittenTable:
    """Hold literals as written, by graph."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, rows: Iterable[Quad]) -> None:
        """Add rows."""
        self._store.bulk_extend(rows)

    def clear(self, graph: Graph) -> None:
        """Forget the rows of a graph."""
        self._store.clear_graph(graph)

    def prune(self, store: Store) -> None:
        """Forget the rows whose literals a store no longer holds."""
        for row in list(self._store):
            stored = Quad(row.subject, row.predicate, as_stored(_written(row)), row.graph_name)
            if stored not in store:
                self._store.remove(row)

    def copied(self, source: Graph, target: Graph, store: Store, *, whole: bool) -> list[Quad]:
        """Make the rows of a graph that another is about to be copied into.

        Args:
            source: The graph that is copied.
            target: Where to.
            store: What holds both, before.
            whole: Whether what the target holds goes first; its rows are forgotten then.
        """
        rows = [
            Quad(row.subject, row.predicate, row.object, target)
            for row in self._store.quads_for_pattern(None, None, None, source)
        ]
        if whole:
            self.clear(target)
            return rows
        found = self.unwritten(rows, store)
        for row in self._store.quads_for_pattern(None, None, None, target):
            quad = Quad(row.subject, row.predicate, as_stored(_written(row)), source)
            if quad in store and not self.at(quad):
                found.append(_row(quad, target))
        return [*rows, *found]

    def unwritten(self, rows: Iterable[Quad], store: Store) -> list[Quad]:
        """Find what a store holds, written as stored, in the places that new rows are for.

        Asked before the new data is loaded: afterwards the two cannot be told apart.
        """
        found = []
        for row in rows:
            stored = Quad(row.subject, row.predicate, as_stored(_written(row)), row.graph_name)
            if stored in store and not self.at(stored):
                found.append(_row(stored, None))
        return found

    def pattern(
        self, subject: None, predicate: NamedNode | None, value: None, graph: Graph | None
    ) -> Iterator[Quad]:
        """List rows as they are kept, as a Store lists quads."""
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def dumped(self) -> bytes:
        """Give all rows as N-Quads."""
        return self._store.dump(format=RdfFormat.N_QUADS) or b""

    def restore(self, rows: bytes) -> None:
        """Take in what `dumped` gave."""
        self._store.extend(parse(rows, format=RdfFormat.N_QUADS))

    def flush(self) -> None:
        """See to it that what was added is on disk."""
        self._store.flush()

    def forms(self, graphs: Iterable[Graph]) -> Iterator[tuple[NamedNode, Literal, Literal, int]]:
        """List the predicates with a literal as written and as stored, and count its subjects."""
        names = list(graphs)
        if not names:
            return
        query = (
            "SELECT ?p ?written (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?written } GROUP BY ?p ?written"
        )
        solutions = cast(QuerySolutions, self._store.query(query, default_graph=names))
        for solution in solutions:
            written, subjects = _show(cast(Literal, solution[1])), cast(Literal, solution[2])
            yield cast(NamedNode, solution[0]), written, as_stored(written), int(subjects.value)

    def places(
        self, graph: Graph, predicates: Iterable[NamedNode | None]
    ) -> dict[Spot, list[Literal]]:
        """Give the literals as written, by place in a graph (predicates: None for any)."""
        found: dict[Spot, list[Literal]] = {}
        forms: dict[Literal, tuple[Literal, Literal]] = {}
        for predicate in predicates:
            for row in self._store.quads_for_pattern(None, predicate, None, graph):
                kept = cast(Literal, row.object)
                if kept not in forms:
                    forms[kept] = _show(kept), as_stored(_show(kept))
                written, stored = forms[kept]
                _, subject, stated = _place(row)
                found.setdefault((subject, stated, stored), []).append(written)
        return found

    def at(self, quad: Quad) -> tuple[Literal, ...]:
        """List the literals as written in the place of a stored quad; none when it is itself."""
        if type(quad.object) is not Literal or quad.object.datatype not in _FITS:
            return ()
        rows = self._store.quads_for_pattern(quad.subject, quad.predicate, None, quad.graph_name)
        written = (_written(row) for row in rows)
        return tuple(literal for literal in written if as_stored(literal) == quad.object)

    def __bool__(self) -> bool:
        return bool(self._store)


def _row(quad: Quad, graph: Graph | None) -> Quad:
    value = cast(Literal, quad.object)
    kept = Literal(value.value, datatype=_HIDDEN[value.datatype])
    return Quad(quad.subject, quad.predicate, kept, graph or quad.graph_name)


def _written(row: Quad) -> Literal:
    return _show(cast(Literal, row.object))


def _show(literal: Literal) -> Literal:
    return Literal(literal.value, datatype=_SHOWN[literal.datatype])


def _place(quad: Quad) -> Place:
    return (quad.graph_name, cast("NamedNode | BlankNode", quad.subject), quad.predicate)
