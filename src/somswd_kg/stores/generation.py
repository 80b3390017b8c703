"""The contents of one generation of a store on disk: to be read, or to be written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from somswd_kg.errors import StoreError
from somswd_kg.ports import Solutions
from somswd_kg.stores.contents import Contents, by_size, graph_node
from somswd_kg.stores.datasets import MERGED, Dataset, shares_triples, shares_with
from somswd_kg.stores.folder import Merged, State
from somswd_kg.stores.graphnames import PHYSICAL, with_physical_names
from somswd_kg.stores.loading import Progress, load_source
from somswd_kg.stores.sources import Source
from somswd_kg.stores.written import WrittenTable
from somswd_kg.terms import DefaultGraph, NamedNode, Quad

__all__ = ["Generation", "NextGeneration"]

_FRESH = "urn:x-somswd-kg:graph:"


class Generation(Contents):
    """Read one generation.

    Args:
        path: Its folder.
        state: What the store's small file says of it.
        writable: Open it for writing.
    """

    def __init__(self, path: Path, state: State, *, writable: bool = False) -> None:
        try:
            if writable:
                stores = (Store(str(path / "quads")), Store(str(path / "written")))
            else:
                stores = (
                    Store.read_only(str(path / "quads")),
                    Store.read_only(str(path / "written")),
                )
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(
                f"it is damaged: {' '.join(str(error).split())}",
                path=str(path),
                hint="load the data again into a new folder",
            ) from error
        super().__init__(stores[0], WrittenTable(stores[1]))
        self.state = state
        self._copies: dict[tuple[tuple[str, ...], tuple[str, ...]], Contents | None] = {}

    def graph_names(self) -> tuple[str, ...]:
        """List the named graphs, sorted."""
        return tuple(sorted(self.state.graphs))

    def physical(self, name: str) -> NamedNode:
        """Give the store's name of a graph."""
        return graph_node(self.state.graphs.get(name, name))

    def query(
        self, text: str, graphs: Sequence[str] | None, beside: Sequence[str] = ()
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a query over these graphs, under the names that users know."""
        if graphs is not None:
            copy = self._copy_of(graphs, beside)
            if copy is not None:
                return copy.query(text, graphs, beside)
        wanted = {*(self.graph_names() if graphs is None else graphs), *beside}
        known = {name: graph for name, graph in self.state.graphs.items() if name in wanted}
        return super().query(with_physical_names(text, known), graphs, beside)

    def _solutions(self, result: QuerySolutions) -> Solutions:
        found = super()._solutions(result)
        shown = [index for index, name in enumerate(found.variables) if not name.endswith(PHYSICAL)]
        if len(shown) == len(found.variables):
            return found
        names = tuple(found.variables[index] for index in shown)
        return Solutions(names, (tuple(row[index] for index in shown) for row in found.rows))

    def _union(self, graphs: list[NamedNode], *, unnamed: bool, whole: bool) -> Dataset:
        merged = self.state.merged
        if whole and merged:
            both = [NamedNode(merged.largest), NamedNode(merged.rest)]
            return {"default_graph": [*both], "named_graphs": [*graphs]}
        if whole and not self.state.stale:
            return {"use_default_graph_as_union": True}
        others = [DefaultGraph()] if unnamed else []
        return {"default_graph": [*graphs, *others], "named_graphs": [*graphs]}

    def _copy_of(self, names: Sequence[str], beside: Sequence[str]) -> Contents | None:
        """Copy some graphs into memory if they share triples, which a list of graphs cannot say."""
        present = {*self.graph_names()}
        wanted = sorted(present.intersection(names))
        if len(wanted) < 2 or not self.state.merged:
            return None
        everything = sorted(present.intersection((*names, *beside)))
        key = (tuple(wanted), tuple(everything))
        if key not in self._copies:
            copy = None
            largest, *rest = by_size(self.store, [self.physical(name) for name in wanted])
            if shares_triples(self.store, largest, rest, unnamed=False):
                copy = Contents()
                copy.store.extend(self.quads(everything))
            self._copies[key] = copy
        return self._copies[key]


class NextGeneration(Generation):
    """Write a generation that nobody reads yet.

    Args:
        path: Its folder.
        state: What the store's small file says of the generation that it was cloned from.
        number: The number of this generation.
    """

    def __init__(self, path: Path, state: State, number: int) -> None:
        super().__init__(path, state, writable=True)
        self._number = number
        self._graphs = dict(state.graphs)
        self._sizes = dict(state.sizes)
        self._touched: set[str] | None = None if state.merged else set()
        self._stale = state.stale or state.merged is not None

    @property
    def plain(self) -> bool:
        """Say whether the store knows the graphs by the users' names, and no others."""
        same = all(name == graph for name, graph in self._graphs.items())
        return same and not self._stale

    def load(self, source: Source, graph: str | None, progress: Progress | None) -> None:
        """Add a source; one that names its graphs needs a plain generation."""
        target = None if graph is None else self._graph_for(graph)
        count = load_source(source, self.store, self.table, target, bulk=True, progress=progress)
        if graph is None:
            self._graphs = self._present()
            self._sizes.clear()
            self._touched = None
        else:
            if self._touched is not None:
                self._touched.add(graph)
            self._sizes[graph] = self._sizes.get(graph, 0) + count

    def replace(self, source: Source, graph: str, progress: Progress | None) -> None:
        """Put a source in the place of a graph; what was there stays until `compact`."""
        if self._graphs.pop(graph, None) is not None:
            self._stale = True
        self._sizes.pop(graph, None)
        self.load(source, graph, progress)

    def update(self, text: str) -> None:
        """Run an update; it needs a plain generation."""
        super().update(text)
        self._graphs = self._present()
        self._sizes.clear()
        self._touched = None

    def copy(self, other: Contents, without: str | None) -> None:
        """Fill this generation with the graphs of another, under the users' names.

        Args:
            other: Where they are.
            without: A graph to leave out.
        """
        self._graphs = {name: name for name in other.graph_names() if name != without}
        self._sizes = {name: size for name, size in self._sizes.items() if name in self._graphs}
        self._stale = False
        self.state = State()
        self.store.bulk_extend(other.stored_quads(without))
        self.table.add(other.table_rows(without))

    def finish(self) -> State:
        """Work out how the union is to be asked, and close."""
        self.state = State(self._number, self._graphs)
        merged = self._merge()
        self.store.flush()
        self.table.flush()
        del self.store, self.table
        return State(self._number, self._graphs, merged, self._stale, self._sizes)

    def _present(self) -> dict[str, str]:
        names = (cast(NamedNode, name).value for name in self.store.named_graphs())
        return {name: name for name in names}

    def _graph_for(self, graph: str) -> NamedNode:
        """Choose the store's name of a graph: the users' own, unless it stands for old data."""
        node = graph_node(self._graphs.get(graph, graph))
        if graph not in self._graphs:
            if self.store.contains_named_graph(node):
                node = NamedNode(f"{_FRESH}{self._number}:{len(self._graphs)}")
            self._graphs[graph] = node.value
        return node

    def _merge(self) -> Merged | None:
        graphs = [self.physical(name) for name in self.graph_names()]
        unnamed = self.holds_unnamed()
        if not graphs or (len(graphs) == 1 and not unnamed):
            return None
        largest, *rest = self._by_size(graphs)
        if not self._shares(largest, rest, unnamed):
            return None
        merged = NamedNode(f"{MERGED}{self._number}")
        self.store.bulk_extend(self._beside(largest, [*rest, DefaultGraph()], merged))
        return Merged(largest.value, merged.value)

    def _by_size(self, graphs: list[NamedNode]) -> list[NamedNode]:
        if self._sizes.keys() != self._graphs.keys():
            return by_size(self.store, graphs)
        known = {self._graphs[name]: size for name, size in self._sizes.items()}
        return sorted(graphs, key=lambda graph: (-known[graph.value], graph.value))

    def _shares(self, largest: NamedNode, rest: list[NamedNode], unnamed: bool) -> bool:
        """Look for triples that stand in two graphs, where this generation may have new ones."""
        if self._touched is None or unnamed:
            return shares_triples(self.store, largest, rest, unnamed=unnamed)
        touched = [self.physical(name) for name in sorted(self._touched & self._graphs.keys())]
        everything = [largest, *rest]
        return any(
            shares_with(self.store, graph, [other for other in everything if other != graph])
            for graph in touched
        )

    def _beside(
        self, largest: NamedNode, rest: Sequence[NamedNode | DefaultGraph], merged: NamedNode
    ) -> Iterator[Quad]:
        for graph in rest:
            for quad in self.store.quads_for_pattern(None, None, None, graph):
                if Quad(quad.subject, quad.predicate, quad.object, largest) not in self.store:
                    yield Quad(quad.subject, quad.predicate, quad.object, merged)
