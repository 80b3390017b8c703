"""Load one source into a pyoxigraph Store, and what the Store would change into a table beside it.

The Store loads natively, in a thread, while this thread walks over the same source and looks for
what would be changed. Blank nodes get names that the content alone decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import cast

from pyoxigraph import QuerySolutions, RdfFormat, Store

from somswd_kg.errors import SourceError
from somswd_kg.stores.sources import Progress, Source
from somswd_kg.stores.written import Graph, Scan, WrittenTable, scan, unchanged_beside
from somswd_kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad

__all__ = ["Progress", "load_source"]

_SMALL = 500_000
"""Bytes."""
_HOLDS_GRAPHS = (RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD)


def load_source(
    source: Source,
    store: Store,
    table: WrittenTable,
    graph: NamedNode | None,
    *,
    bulk: bool = False,
    progress: Progress | None = None,
) -> int:
    """Add a source to a store, all of it or nothing.

    Args:
        source: What to read.
        store: Where to.
        table: Where literals as written go.
        graph: The graph to put it in; None for the graphs that it names.
        bulk: Write files of the store's own kind, for a store on disk that is thrown away when
            loading fails.
        progress: Told how far loading is.

    Returns:
        The number of quads that were read, repetitions included.

    Raises:
        SourceError: It does not parse, or names graphs itself where `graph` is given; nothing
            has been added (unless `bulk`).
    """

    def load() -> None:
        _load(source, store, graph, bulk=bulk, progress=progress)

    fresh = not store if graph is None else not store.contains_named_graph(graph)
    named = _Named(source, graph)
    quads: Callable[[], Iterator[Quad]] = source.quads
    before: list[Quad] = []
    if fresh and not named.needed:
        found = _scan_beside(load, source, graph)
    else:
        found = scan(named.quads(), graph)
        before = [] if fresh else table.unwritten(found.rows, store)
        if named.used:
            quads = named.quads
            (store.bulk_extend if bulk else store.extend)(_placed(quads(), graph))
        else:
            load()
    if fresh:
        if found.rows and _count(store, graph) != found.count:
            before = unchanged_beside(found.rows, quads(), graph)
    elif found.rows or table:
        before += unchanged_beside(
            (*found.rows, *table.pattern(None, None, None, graph)), quads(), graph
        )
    if found.rows or before:
        table.add((*found.rows, *before))
    return found.count


def _scan_beside(load: Callable[[], None], source: Source, graph: Graph | None) -> Scan:
    if source.size() < _SMALL:  # a thread costs more than it saves
        found = scan(source.quads(), graph)
        load()
        return found
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load)
        try:
            found = scan(source.quads(), graph)
        finally:
            loading.result()
    return found


def _load(
    source: Source,
    store: Store,
    graph: NamedNode | None,
    *,
    bulk: bool,
    progress: Progress | None,
) -> None:
    load = store.bulk_load if bulk else store.load
    with source.reading():
        if progress is not None:
            with source.open(progress) as file:
                load(file, format=source.format, base_iri=source.base, to_graph=graph)
        elif source.path is not None:
            load(path=source.path, format=source.format, base_iri=source.base, to_graph=graph)
        else:
            load(source.data, format=source.format, base_iri=source.base, to_graph=graph)


def _placed(quads: Iterator[Quad], graph: NamedNode | None) -> Iterator[Quad]:
    if graph is None:
        yield from quads
    else:
        for quad in quads:
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _count(store: Store, graph: NamedNode | None) -> int:
    if graph is None:
        return len(store)
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    solution = next(cast(QuerySolutions, store.query(query, default_graph=[graph])))
    return int(cast(Literal, solution[0]).value)


class _Named:
    """A source whose blank nodes are named by its content and their place in it."""

    def __init__(self, source: Source, graph: NamedNode | None) -> None:
        self._source = source
        self._whole = graph is not None and source.format in _HOLDS_GRAPHS
        self._graph = graph
        self._mark = ""
        self.needed = self._whole or source.may_hold_blank_nodes()
        self.used = False

    def quads(self) -> Iterator[Quad]:
        names: dict[BlankNode, BlankNode] = {}
        blank = BlankNode
        for quad in self._source.quads():
            subject, predicate, value, graph = quad
            if type(subject) is blank or type(value) is blank or type(graph) is blank:
                self.used = True
                subject, value, graph = (
                    self._name(term, names) if type(term) is blank else term
                    for term in (subject, value, graph)
                )
                quad = Quad(subject, predicate, value, graph)
            if self._whole and not isinstance(graph, DefaultGraph):
                raise SourceError(
                    f"it names graphs itself ({graph})",
                    path=self._source.name,
                    hint="load it without naming a graph",
                )
            yield quad

    def _name(self, node: BlankNode, names: dict[BlankNode, BlankNode]) -> BlankNode:
        known = names.get(node)
        if known is None:
            if not self._mark:
                with self._source.content() as content:
                    digest = hashlib.blake2b(content, digest_size=6)
                digest.update(str(self._graph).encode("utf-8"))
                self._mark = digest.hexdigest()
            known = names[node] = BlankNode(f"b{self._mark}n{len(names) + 1}")
        return known
