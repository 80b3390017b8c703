"""The store inside this process: pyoxigraph, in memory or in a folder on disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import serialize

from somswd_kg.ports import Rewritten, Solutions
from somswd_kg.shacl.sparql import refuse_calls
from somswd_kg.stores.contents import Snapshot
from somswd_kg.stores.homes import Home, MemoryHome
from somswd_kg.stores.loading import Progress
from somswd_kg.stores.sources import open_source, rdf_format
from somswd_kg.terms import Literal, NamedNode, Quad, Triple

__all__ = ["EmbeddedStore", "Snapshot"]


class EmbeddedStore:
    """Hold RDF in this process and answer SPARQL 1.1.

    >>> store = EmbeddedStore()
    >>> store.load(text="<a:x> <a:p> 12.00 .", format="ttl", graph="a:g")
    >>> [str(row[0]) for row in store.select("SELECT ?v { ?s <a:p> ?v FILTER (?v = 12) }")]
    ['"12"^^<http://www.w3.org/2001/XMLSchema#decimal>']
    >>> [row.written.value for row in store.rewritten()]
    ['12.00']
    """

    _calls = False

    def __init__(self) -> None:
        self._home: Home = MemoryHome()

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> EmbeddedStore:
        """Open a store on disk.

        It sees what was there when it was opened, whatever others write since, until it is
        opened again or writes itself. Each write is all or nothing.

        Args:
            path: Its folder.
            create: Make the folder when it is missing or empty.

        Raises:
            StoreError: There is no store, it is damaged, or the folder holds something else.
        """
        from somswd_kg.stores.folder_home import FolderHome

        store = cls.__new__(cls)
        store._home = FolderHome(Path(path), create=create)
        return store

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot) -> EmbeddedStore:
        """Make a store in memory that holds what another one held."""
        store = cls.__new__(cls)
        store._home = MemoryHome(lambda new: new.restore(snapshot))
        return store

    def snapshot(self) -> Snapshot:
        """Give what the store holds, to be kept and loaded again by this version alone."""
        return self._home.contents.snapshot()

    def calling(self) -> EmbeddedStore:
        """Give the same store, but one whose queries may call other servers."""
        store = type(self).__new__(type(self))
        store._home, store._calls = self._home, True
        return store

    def _checked(self, query: str) -> str:
        if not self._calls:
            refuse_calls(query)
        return query

    def select(self, query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        """Run a SELECT; SERVICE is refused, here and below."""
        return self._home.contents.select(self._checked(query), graphs)

    def select_beside(
        self, query: str, *, graphs: Sequence[str], beside: Sequence[str]
    ) -> Solutions:
        """Run a SELECT; the graphs of `beside` are reached by GRAPH only."""
        return self._home.contents.select(self._checked(query), graphs, beside)

    def ask(self, query: str, *, graphs: Sequence[str] | None = None) -> bool:
        """Run an ASK."""
        return self._home.contents.ask(self._checked(query), graphs)

    def construct(self, query: str, *, graphs: Sequence[str] | None = None) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE; literals of the data come as written."""
        return self._home.contents.construct(self._checked(query), graphs)

    def update(self, update: str) -> None:
        """Run a SPARQL Update; it names its graphs itself, and LOAD is refused."""
        refuse_calls(update)
        with self._home.writing(plain=True) as contents:
            contents.update(update)

    def load(
        self,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        graph: str | None = None,
        base: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Add a file, or a text with its format, to a graph, all of it or nothing.

        Args:
            source: The path of a file.
            text: The text itself.
            format: A short name, an ending or a media type; a file's ending says it otherwise.
            graph: Where to put it; None for the graphs that it names (triples of no graph are
                seen by every query that names no graphs).
            base: What relative IRIs are resolved against; a file's own address unless given.
            progress: Told the bytes read so far and the bytes in all.

        Raises:
            SourceError: It cannot be read; file, line and column are said.
        """
        opened = open_source(source, text=text, format=format, base=base)
        with self._home.writing(plain=graph is None) as contents:
            contents.load(opened, graph, progress)

    def load_many(
        self,
        sources: Iterable[tuple[str | Path, str | None]],
        *,
        progress: Progress | None = None,
    ) -> None:
        """Add files to graphs: pairs of a path and a graph (None: the graphs that it names).

        On disk it is all of them or none; in memory the files before a faulty one stay.
        """
        opened = [(open_source(path), graph) for path, graph in sources]
        with self._home.writing(plain=any(graph is None for _, graph in opened)) as contents:
            for source, graph in opened:
                contents.load(source, graph, progress)

    def replace_graph(
        self,
        graph: str,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        base: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Put a file, or a text with its format, in the place of a graph, all or nothing.

        Raises:
            SourceError: It cannot be read; the graph stays as it was.
        """
        opened = open_source(source, text=text, format=format, base=base)
        with self._home.writing(replacing=graph) as contents:
            contents.replace(opened, graph, progress)

    def compact(self) -> None:
        """Rebuild a store on disk without what replaced graphs have left behind."""
        with self._home.writing(rebuild=True):
            pass

    def most_triples(self) -> int | None:
        """Say how many triples there are at most; None where they would have to be counted."""
        return self._home.contents.most

    def graph_names(self) -> tuple[str, ...]:
        """List the IRIs of the named graphs, sorted."""
        return self._home.contents.graph_names()

    def quads(self, graphs: Sequence[str] | None = None) -> Iterator[Quad]:
        """List the quads of these graphs (None: all), literals as written."""
        return self._home.contents.quads(graphs)

    def dump(self, format: str = "nquads", graphs: Sequence[str] | None = None) -> bytes:
        """Write the quads of these graphs (None: all), literals as written.

        Formats without graphs get the union of the triples.
        """
        form = rdf_format(format)
        quads: Iterator[Quad] | Iterator[Triple] = self.quads(graphs)
        if not form.supports_datasets:
            triples = ((quad.subject, quad.predicate, quad.object) for quad in self.quads(graphs))
            quads = (Triple(*triple) for triple in dict.fromkeys(triples))
        written = serialize(quads, format=form)
        assert written is not None
        return written

    def rewritten_forms(
        self, graphs: Sequence[str] | None = None
    ) -> Iterator[tuple[NamedNode, Literal, Literal, int]]:
        """List predicates with a written form, its stored form and how many subjects have it."""
        return self._home.contents.forms(graphs)

    def rewritten(
        self,
        graphs: Sequence[str] | None = None,
        *,
        predicates: Sequence[str] | None = None,
    ) -> Iterator[Rewritten]:
        """List the literals that queries show in another form than the data has."""
        return self._home.contents.rewritten(graphs, predicates)

    def copied(
        self,
        form: Callable[[Literal], Literal],
        graphs: Sequence[str] | None = None,
        *,
        predicates: Collection[NamedNode] | None = None,
        whole: Collection[str] = (),
    ) -> EmbeddedStore:
        """Copy graphs into a store in memory, with other terms for literals that queries change.

        Args:
            form: What gives the term for a literal as written.
            graphs: The graphs; they keep their names.
            predicates: The predicates to copy; None for all.
            whole: Graphs of which all predicates are copied.
        """
        store = EmbeddedStore()
        store._home = MemoryHome.of(self._home.contents.copied(form, graphs, predicates, whole))
        return store

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())
