"""Ask and change one pyoxigraph Store together with its table of literals as written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import cast

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from somswd_kg.errors import ParameterError, QueryError
from somswd_kg.ports import Rewritten, Row, Solutions
from somswd_kg.stores.copying import copied, rewritten
from somswd_kg.stores.datasets import MERGED, Dataset, merge, shares_triples, shares_with, sizes
from somswd_kg.stores.failures import reporting
from somswd_kg.stores.loading import Progress, load_source
from somswd_kg.stores.sources import Source
from somswd_kg.stores.updating import run_update
from somswd_kg.stores.written import Graph, WrittenTable, scan
from somswd_kg.terms import DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = ["Contents", "Snapshot", "by_size", "graph_node"]

_NOWHERE = NamedNode("urn:x-somswd-kg:nowhere")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a store in memory holds, ready to be loaded again without being looked through.

    Attributes:
        quads: Those without blank nodes, as the store has them, in N-Quads.
        blank: Those with blank nodes, which a store renames when it loads in bulk.
        table: The literals as written, in the table's own form.
        apart: Whether all are in named graphs of which no two share a triple.
    """

    quads: bytes
    blank: bytes
    table: bytes
    apart: bool


class Contents:
    """Hold quads and their literals as written; in memory, if nothing else is said.

    Graphs have the name that users know and the one that the store knows ("physical"); in memory
    the two are the same.

    Args:
        store: The quads.
        table: The literals that the store has changed, by physical name.

    Attributes:
        most: So many quads there are at most; None where that is not known without counting.
    """

    most: int | None = None

    def __init__(self, store: Store | None = None, table: WrittenTable | None = None) -> None:
        self.store = Store() if store is None else store
        self.table = WrittenTable(Store()) if table is None else table
        self._datasets: dict[tuple[str, ...] | None, Dataset] = {}
        self._choosing = RLock()
        self._merged = 0
        self._apart: frozenset[str] = frozenset()

    def graph_names(self) -> tuple[str, ...]:
        """List the named graphs, sorted."""
        names = (cast(NamedNode, name).value for name in self.store.named_graphs())
        return tuple(sorted(name for name in names if not name.startswith(MERGED)))

    def physical(self, name: str) -> NamedNode:
        """Give the store's name of a graph."""
        return graph_node(name)

    def select(
        self, text: str, graphs: Sequence[str] | None, beside: Sequence[str] = ()
    ) -> Solutions:
        """Run a SELECT over these graphs, with others that only GRAPH reaches."""
        result = self.query(text, graphs, beside)
        if not isinstance(result, QuerySolutions):
            raise _other_form("SELECT")
        return self._solutions(result)

    def ask(self, text: str, graphs: Sequence[str] | None) -> bool:
        """Run an ASK over these graphs."""
        result = self.query(text, graphs)
        if not isinstance(result, QueryBoolean):
            raise _other_form("ASK")
        return bool(result)

    def construct(self, text: str, graphs: Sequence[str] | None) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE; literals come as written where the data says how."""
        result = self.query(text, graphs)
        if not isinstance(result, QueryTriples):
            raise _other_form("CONSTRUCT or DESCRIBE")
        return self._triples(result, [physical for _, physical in self._places(graphs)])

    def query(
        self, text: str, graphs: Sequence[str] | None, beside: Sequence[str] = ()
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a query over these graphs, with others that only GRAPH reaches."""
        dataset = self._dataset(graphs)
        if beside:
            named = [*dataset.get("named_graphs", ()), *map(self.physical, beside)]
            dataset = {**dataset, "named_graphs": named}
        with reporting():
            return self.store.query(text, **dataset)

    def update(self, text: str) -> None:
        """Run an update; the dataset is what it names itself."""
        self._changed()
        self.most = None
        run_update(text, self.store, self.table)

    def load(self, source: Source, graph: str | None, progress: Progress | None) -> None:
        """Add a source, all of it or nothing."""
        self._changed(graph)
        self._load(source, None if graph is None else graph_node(graph), progress)

    def replace(self, source: Source, graph: str, progress: Progress | None) -> None:
        """Put a source in the place of a graph, all or nothing."""
        target = graph_node(graph)
        if not self.store.contains_named_graph(target):
            self.load(source, graph, progress)
            return
        scan(source.quads(), None)  # what does not parse is found before anything is removed
        self._changed(graph)
        self.store.remove_graph(target)
        self.table.clear(target)
        self._load(source, target, progress)

    def _load(self, source: Source, graph: NamedNode | None, progress: Progress | None) -> None:
        count = load_source(source, self.store, self.table, graph, progress=progress)
        if self.most is not None:
            self.most += count

    def snapshot(self) -> Snapshot:
        """Give what is held, to be restored by this version alone."""
        apart = "use_default_graph_as_union" in self._dataset(None) and not self.holds_unnamed()
        self._changed()
        lines = (self.store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        blank = b"".join(line for line in lines if b"_:" in line)
        plain = b"".join(line for line in lines if b"_:" not in line)
        return Snapshot(plain, blank, self.table.dumped(), apart)

    def restore(self, snapshot: Snapshot) -> None:
        """Take in what another one held."""
        self._changed()
        self.store.bulk_load(snapshot.quads, format=RdfFormat.N_QUADS, lenient=True)
        self.store.extend(parse(snapshot.blank, format=RdfFormat.N_QUADS))
        self.table.restore(snapshot.table)
        if snapshot.apart:
            self._apart = frozenset(self.graph_names())

    def quads(self, graphs: Sequence[str] | None) -> Iterator[Quad]:
        """List quads with their literals as written."""
        known = bool(self.table)
        for name, physical in self._places(graphs):
            renamed = name != physical
            with reporting():
                for quad in self.store.quads_for_pattern(None, None, None, physical):
                    written = self.table.at(quad) if known else ()
                    if written or renamed:
                        for literal in written or (quad.object,):
                            yield Quad(quad.subject, quad.predicate, literal, name)
                    else:
                        yield quad

    def stored_quads(self, without: str | None) -> Iterator[Quad]:
        """List quads as the store has them, under the names that users know, but for one graph."""
        return _renamed(self.store.quads_for_pattern, self._places(None), without)

    def table_rows(self, without: str | None) -> Iterator[Quad]:
        """List the table's rows as it keeps them, under the names that users know."""
        return _renamed(self.table.pattern, self._places(None), without)

    def forms(
        self, graphs: Sequence[str] | None
    ) -> Iterator[tuple[NamedNode, Literal, Literal, int]]:
        """List predicates with a written form, its stored form and how many subjects have it."""
        return self.table.forms(physical for _, physical in self._places(graphs))

    def rewritten(
        self, graphs: Sequence[str] | None, predicates: Sequence[str] | None
    ) -> Iterator[Rewritten]:
        """List the literals that the store has changed, and those beside them in other graphs."""
        wanted = [None] if predicates is None else [NamedNode(name) for name in predicates]
        return rewritten(self.store, self.table, self._places(graphs), wanted)

    def copied(
        self,
        form: Callable[[Literal], Literal],
        graphs: Sequence[str] | None,
        predicates: Collection[NamedNode] | None,
        whole: Collection[str],
    ) -> Contents:
        """Copy graphs into memory, with other terms for the literals that the store has changed."""
        copy = Contents()
        for name, physical in self._places(graphs):
            entire = predicates is None or (isinstance(name, NamedNode) and name.value in whole)
            wanted = None if entire else predicates
            copy.store.bulk_extend(copied(self.store, self.table, (name, physical), form, wanted))
        return copy

    def _places(self, names: Sequence[str] | None) -> list[tuple[Graph, Graph]]:
        """Pair the names that users know with those of the store; all graphs if none are given."""
        present = self.graph_names()
        wanted = present if names is None else [name for name in present if name in names]
        places: list[tuple[Graph, Graph]] = [
            (NamedNode(name), self.physical(name)) for name in wanted
        ]
        return places if names is not None else [*places, (DefaultGraph(), DefaultGraph())]

    def _solutions(self, result: QuerySolutions) -> Solutions:
        names = tuple(variable.value for variable in result.variables)
        return Solutions(names, self._rows(result))

    def _rows(self, result: QuerySolutions) -> Iterator[Row]:
        with reporting():
            yield from cast(Iterable[Row], map(tuple, result))

    def _triples(self, triples: Iterable[Triple], graphs: Sequence[Graph]) -> Iterator[Triple]:
        known = bool(self.table)
        elsewhere: dict[Literal, Literal] = {}
        with reporting():
            for triple in triples:
                written: dict[Literal, None] = {}
                value = triple.object
                if known and type(value) is Literal:
                    for graph in graphs:
                        quad = Quad(triple.subject, triple.predicate, value, graph)
                        if quad in self.store:
                            forms = self.table.at(quad) or (value,)
                            written.update(dict.fromkeys(forms))
                    if not written:
                        if value not in elsewhere:
                            elsewhere[value] = self._only_form(value, graphs)
                        written = {elsewhere[value]: None}
                for literal in written or (value,):
                    yield Triple(triple.subject, triple.predicate, literal)

    def _only_form(self, value: Literal, graphs: Sequence[Graph]) -> Literal:
        """Give the form of a literal that is the only one in some graphs, else the literal."""
        found: set[Literal] = set()
        for graph in graphs:
            for quad in self.store.quads_for_pattern(None, None, value, graph):
                found.update(self.table.at(quad) or (value,))
                if len(found) > 1:
                    return value
        return found.pop() if found else value

    def _changed(self, graph: str | None = None) -> None:
        """Forget what was worked out for queries: the data is about to be another.

        Args:
            graph: The only graph that changes, if there is one.
        """
        self._datasets.clear()
        self._apart = self._apart - {graph} if graph else frozenset()
        for number in range(self._merged):
            self.store.remove_graph(NamedNode(f"{MERGED}{number}"))
        self._merged = 0

    def _dataset(self, names: Sequence[str] | None) -> Dataset:
        key = None if names is None else tuple(sorted(set(names)))
        with self._choosing:  # whoever else asks the same waits for it, and does not work it out
            found = self._datasets.get(key)
            if found is None:
                wanted = [name for name in self.graph_names() if key is None or name in key]
                nodes = [self.physical(name) for name in wanted]
                found = self._choose(nodes, whole=names is None)
                self._datasets[key] = found
        return found

    def _choose(self, graphs: list[NamedNode], *, whole: bool) -> Dataset:
        unnamed = whole and self.holds_unnamed()
        if unnamed and not graphs:
            return {"default_graph": [DefaultGraph()], "named_graphs": []}
        if len(graphs) < 2 and not unnamed:
            return {"default_graph": [*graphs] or [_NOWHERE], "named_graphs": [*graphs]}
        return self._union(graphs, unnamed=unnamed, whole=whole)

    def _union(self, graphs: list[NamedNode], *, unnamed: bool, whole: bool) -> Dataset:
        """Name a union of several graphs."""
        if whole and not self._merged and not self._overlap(graphs, unnamed=unnamed):
            return {"use_default_graph_as_union": True}
        largest, *rest = by_size(self.store, graphs)
        self._datasets.pop(None, None)
        merged = NamedNode(f"{MERGED}{self._merged}")
        self._merged += 1
        merge(self.store, merged, largest, rest, unnamed)
        return {"default_graph": [largest, merged], "named_graphs": [*graphs]}

    def _overlap(self, graphs: list[NamedNode], *, unnamed: bool) -> bool:
        """Say whether some triple stands twice; of graphs known to be apart nothing is asked."""
        new = [graph for graph in graphs if graph.value not in self._apart]
        if len(new) == 1 and not unnamed:
            others = [graph for graph in graphs if graph != new[0]]
            shares = shares_with(self.store, new[0], others)
        else:
            largest, *rest = by_size(self.store, graphs)
            shares = shares_triples(self.store, largest, rest, unnamed=unnamed)
        if not shares:
            self._apart = frozenset(graph.value for graph in graphs)
        return shares

    def holds_unnamed(self) -> bool:
        """Say whether there are triples of no graph."""
        quads = self.store.quads_for_pattern(None, None, None, DefaultGraph())
        return next(quads, None) is not None


def _renamed(
    pattern: Callable[[None, None, None, Graph], Iterable[Quad]],
    places: Iterable[tuple[Graph, Graph]],
    without: str | None,
) -> Iterator[Quad]:
    for name, physical in places:
        if isinstance(name, NamedNode) and name.value == without:
            continue
        for quad in pattern(None, None, None, physical):
            yield Quad(quad.subject, quad.predicate, quad.object, name)


def by_size(store: Store, graphs: Sequence[NamedNode]) -> list[NamedNode]:
    """Sort graphs, the largest first."""
    counts = sizes(store)
    return sorted(graphs, key=lambda name: (-counts.get(name, 0), name.value))


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


def _other_form(wanted: str) -> QueryError:
    return QueryError(f"the query is no {wanted}", hint=f"write it as {wanted}")
