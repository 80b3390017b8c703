"""Open what a caller of the engine gives: files, texts, rdflib graphs, triples.

It belongs to the API layer, as `front` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from somswd_kg.errors import ParameterError
from somswd_kg.ports import Store
from somswd_kg.shacl.settings import LABEL
from somswd_kg.terms import BlankNode, DefaultGraph, Term, Triple

if TYPE_CHECKING:
    from somswd_kg.stores.embedded import EmbeddedStore
    from somswd_kg.stores.sources import Progress

__all__ = [
    "DATA_GRAPH",
    "NAMES_GRAPH",
    "SHAPES_GRAPH",
    "is_rdflib",
    "load_data",
    "load_shapes",
    "read_triples",
]

DATA_GRAPH = "urn:x-shacl:data"
SHAPES_GRAPH = "urn:x-shacl:shapes"
NAMES_GRAPH = "urn:x-shacl:names"
"""Where data of no graph, the shapes, and the labels of their blank nodes go when both are read."""

_NO_GRAPH = "urn:x-rdflib:default"


def load_data(
    data: object,
    text: str | bytes | None,
    format: str | None,
    ontology: object,
    graph: str | None,
    progress: Progress | None,
) -> EmbeddedStore:
    """Load data, and an ontology with it, into a store in memory.

    Args:
        data: A path or several, an rdflib graph or dataset; None where there is a text.
        text: The data itself.
        format: Its format.
        ontology: What belongs to the data too.
        graph: Where triples of no graph go; None to leave them there.
        progress: Told how far loading is.
    """
    from somswd_kg.stores.embedded import EmbeddedStore

    store = EmbeddedStore()
    if text is not None:
        if data is not None:
            raise ParameterError("both data and text are given", hint="give one of them")
        _load(store, None, text, format, graph, progress)
    elif data is None:
        raise ParameterError("no data to validate", hint="give data=..., or text=..., format=...")
    else:
        _load_one(store, data, format, graph, progress)
    if ontology is not None:
        _load_one(store, ontology, None, graph, progress)
    return store


def load_shapes(store: Store, triples: Iterable[Triple]) -> None:
    """Put shapes into a store, and beside them the labels of their blank nodes."""
    blank: dict[BlankNode, None] = {}
    lines = []
    for triple in triples:
        lines.append(f"{triple} <{SHAPES_GRAPH}> .\n")
        ends = (triple.subject, triple.object)
        blank.update((term, None) for term in ends if isinstance(term, BlankNode))
    lines += [f'{node} {LABEL} "{node.value}" <{NAMES_GRAPH}> .\n' for node in blank]
    store.load(text="".join(lines), format="nq")


def _load_one(
    store: EmbeddedStore,
    source: object,
    format: str | None,
    graph: str | None,
    progress: Progress | None,
) -> None:
    if isinstance(source, str | Path):
        _load(store, source, None, format, graph, progress)
    elif is_rdflib(source):
        store.load(text="".join(_nquads(source, graph)), format="nq")
    elif isinstance(source, Sequence) and not isinstance(source, bytes):
        for part in source:
            _load_one(store, part, format, graph, progress)
    else:
        raise _unknown("data", source)


def _load(
    store: EmbeddedStore,
    path: str | Path | None,
    text: str | bytes | None,
    format: str | None,
    graph: str | None,
    progress: Progress | None,
) -> None:
    from somswd_kg.stores.sources import open_source

    opened = open_source(path, text=text, format=format)
    if graph is None or not opened.format.supports_datasets:
        store.load(path, text=text, format=format, graph=graph, progress=progress)
        return
    home = f"<{graph}>"
    lines = (
        f"{q.triple} {home if isinstance(q.graph_name, DefaultGraph) else q.graph_name} .\n"
        for q in opened.quads()
    )
    store.load(text="".join(lines), format="nq")


def _nquads(source: object, home: str | None) -> Iterator[str]:
    """Write an rdflib graph or dataset; what is in none of its graphs goes to `home`."""
    listed = getattr(source, "graphs", None) or getattr(source, "contexts", None)
    graphs: Iterable[Any] = [source] if listed is None else listed()
    for graph in graphs:
        name = home
        if listed is not None and type(graph.identifier).__name__ == "URIRef":
            name = home if str(graph.identifier) == _NO_GRAPH else str(graph.identifier)
        place = f"<{name}> " if name else ""
        lines = (line for line in _ntriples(graph).split("\n") if line)
        yield from (f"{line.removesuffix('.')}{place}.\n" for line in lines)


def read_triples(
    source: object,
    text: str | bytes | None,
    format: str | None,
    what: str,
    numbers: Iterator[int] | None = None,
) -> Iterable[Triple]:
    """Read the triples of what a caller gives.

    Args:
        source: A path, an rdflib graph, triples, or several of these.
        text: The triples themselves, where there is no source.
        format: The format of a text or of files.
        what: What it is, for the message of an error.
        numbers: Where the numbers of further sources come from, by which blank nodes are named.
    """
    from somswd_kg.stores.sources import open_source

    numbers = numbers or count(1)
    if source is None and text is None:
        raise ParameterError(f"no {what} given", hint="give a path, or text=..., format=...")
    if text is not None or isinstance(source, str | Path):
        path = source if isinstance(source, str | Path) else None
        opened = open_source(path, text=text, format=format)
        return _named_by_place((quad.triple for quad in opened.quads()), next(numbers))
    if is_rdflib(source):
        return read_triples(None, _ntriples(source), "nt", what, numbers)
    if isinstance(source, Iterable) and not isinstance(source, bytes):
        found: list[Triple] = []
        for part in source:
            if isinstance(part, Triple):
                found.append(part)
            else:
                found += read_triples(part, None, format, what, numbers)
        return found
    raise _unknown(what, source)


def _named_by_place(triples: Iterable[Triple], number: int) -> list[Triple]:
    """Number the blank nodes as they come, since a parser names them anew each time."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: Triple | Term) -> Triple | Term:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"shape{number}n{len(names) + 1}"))

    return [
        Triple(named(t.subject), t.predicate, named(t.object))  # type: ignore[arg-type]
        for t in triples
    ]


def is_rdflib(source: object) -> bool:
    """Say whether something is an rdflib graph or dataset."""
    return any(cls.__module__.partition(".")[0] == "rdflib" for cls in type(source).__mro__)


def _ntriples(graph: object) -> str:
    return str(graph.serialize(format="nt"))  # type: ignore[attr-defined]


def _unknown(what: str, source: object) -> ParameterError:
    return ParameterError(
        f"{type(source).__name__} is nothing that {what} can be read from",
        hint="give a path, an rdflib graph or a store, or text=..., format=...",
    )
