"""Ask and change one pyoxigraph Store together with its table of literals as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from somswd_kg.errors import ParameterError, QueryError
from somswd_kg.ports import Rewritten, Row, Solutions
from somswd_kg.stores.datasets import MERGED, Dataset, merge, shares_triples, sizes
from somswd_kg.stores.loading import Progress, load_source
from somswd_kg.stores.sources import Source
from somswd_kg.stores.written import Graph, WrittenTable
from somswd_kg.terms import DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = ["Contents", "graph_node", "reporting", "rewritten", "rows_of"]

_NOWHERE = NamedNode("urn:x-somswd-kg:nowhere")
_PLACE = re.compile(r"^error at (\d+):(\d+): ")
_LONG = 200


class Contents:
    """Hold quads and their literals as written.

    Args:
        store: The quads.
        table: The literals that the store has changed.
    """

    def __init__(self, store: Store, table: WrittenTable) -> None:
        self.store = store
        self.table = table
        self._datasets: dict[tuple[str, ...] | None, Dataset] = {}
        self._merged = 0

    def graph_names(self) -> tuple[str, ...]:
        """List the named graphs, sorted."""
        names = (cast(NamedNode, name).value for name in self.store.named_graphs())
        return tuple(sorted(name for name in names if not name.startswith(MERGED)))

    def graphs(self, names: Sequence[str] | None) -> tuple[Graph, ...]:
        """Give the graphs of these names, or all, the one without a name included."""
        if names is not None:
            return tuple(graph_node(name) for name in dict.fromkeys(names))
        return (*(NamedNode(name) for name in self.graph_names()), DefaultGraph())

    def query(
        self, text: str, graphs: Sequence[str] | None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a query over these graphs."""
        dataset = self._dataset(graphs)
        with reporting():
            return self.store.query(text, **dataset)

    def update(self, text: str) -> None:
        """Run an update; the dataset it names is its own."""
        self._changed()
        with reporting():
            self.store.update(text)

    def load(
        self,
        source: Source,
        graph: str | None,
        *,
        bulk: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Add a source, all of it or nothing."""
        self._changed()
        target = None if graph is None else graph_node(graph)
        load_source(source, self.store, self.table, target, bulk=bulk, progress=progress)

    def clear(self, graph: str) -> None:
        """Remove a graph."""
        self._changed()
        node = graph_node(graph)
        self.store.remove_graph(node)
        self.table.clear(node)

    def quads(self, graphs: Sequence[str] | None) -> Iterator[Quad]:
        """List quads with their literals as written."""
        known = bool(self.table)
        for graph in self.graphs(graphs):
            for quad in self.store.quads_for_pattern(None, None, None, graph):
                written = self.table.at(quad) if known else ()
                if written:
                    for literal in written:
                        yield Quad(quad.subject, quad.predicate, literal, graph)
                else:
                    yield quad

    def triples(self, triples: Iterable[Triple], graphs: Sequence[str] | None) -> Iterator[Triple]:
        """Give the literals of constructed triples as written, where the data has the triple."""
        places = self.graphs(graphs)
        for triple in triples:
            written: dict[Literal, None] = {}
            if type(triple.object) is Literal:
                for graph in places:
                    quad = Quad(triple.subject, triple.predicate, triple.object, graph)
                    if quad in self.store:
                        forms = self.table.at(quad) or (triple.object,)
                        written.update(dict.fromkeys(forms))
            for literal in written:
                yield Triple(triple.subject, triple.predicate, literal)
            if not written:
                yield triple

    def _changed(self) -> None:
        """Forget what was worked out for queries: the data is about to be another."""
        self._datasets.clear()
        for number in range(self._merged):
            self.store.remove_graph(NamedNode(f"{MERGED}{number}"))
        self._merged = 0

    def _dataset(self, names: Sequence[str] | None) -> Dataset:
        key = None if names is None else tuple(sorted(set(names)))
        found = self._datasets.get(key)
        if found is None:
            found = self._datasets[key] = self._choose(key)
        return found

    def _choose(self, names: tuple[str, ...] | None) -> Dataset:
        present = self.graph_names()
        wanted = [NamedNode(name) for name in present if names is None or name in names]
        everything = names is None
        unnamed = everything and self._holds_unnamed()
        if unnamed and not wanted:
            return {"default_graph": [DefaultGraph()], "named_graphs": []}
        if len(wanted) < 2 and not unnamed:
            return {"default_graph": [*wanted] or [_NOWHERE], "named_graphs": [*wanted]}
        counts = sizes(self.store)
        largest = max(wanted, key=lambda name: counts.get(name, 0))
        if everything and not self._merged and not shares_triples(self.store, largest):
            return {"use_default_graph_as_union": True}
        self._datasets.pop(None, None)
        merged = NamedNode(f"{MERGED}{self._merged}")
        self._merged += 1
        rest = [name for name in wanted if name != largest]
        merge(self.store, merged, largest, rest, unnamed)
        return {"default_graph": [largest, merged], "named_graphs": [*wanted]}

    def _holds_unnamed(self) -> bool:
        quads = self.store.quads_for_pattern(None, None, None, DefaultGraph())
        return next(quads, None) is not None


def rewritten(
    contents: Contents, graphs: Sequence[str] | None, predicates: Sequence[str] | None
) -> Iterator[Rewritten]:
    """List the literals that the store has changed."""
    wanted = [None] if predicates is None else [NamedNode(name) for name in predicates]
    return contents.table.rows(contents.graphs(graphs), wanted)


def rows_of(solutions: QuerySolutions) -> Solutions:
    """Hand on the solutions of a SELECT, row by row."""
    names = tuple(variable.value for variable in solutions.variables)
    return Solutions(names, cast(Iterable[Row], map(tuple, _walk(solutions))))


def graph_node(name: str) -> NamedNode:
    """Make the term that names a graph.

    Raises:
        ParameterError: The name is no absolute IRI.
    """
    try:
        return NamedNode(name)
    except ValueError as error:
        raise ParameterError(
            f"the graph name {name!r} is no absolute IRI", hint="name graphs by whole IRIs"
        ) from error


@contextmanager
def reporting() -> Iterator[None]:
    """Turn a query's or an update's failure inside the block into our error."""
    try:
        yield
    except SyntaxError as error:
        raise _query_error(error.msg) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the store could not run it: {error}") from error


def _query_error(message: str) -> QueryError:
    line = column = 0
    place = _PLACE.match(message)
    if place:
        line, column = int(place[1]), int(place[2])
        message = message[place.end() :]
    what = " ".join(message.split())
    if len(what) > _LONG:
        what = what[:_LONG].rsplit(",", 1)[0] + ", ..."
    return QueryError(
        f"it does not parse as SPARQL 1.1: {what}",
        path="query",
        line=line,
        column=column,
        hint="look at what stands just before that place",
    )


def _walk(solutions: QuerySolutions) -> Iterator[Iterable[object]]:
    with reporting():
        yield from solutions
