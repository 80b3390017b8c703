"""Open what a caller gives, compile and run: the one part of this package that touches files.

It belongs to the API layer; the engine below it takes triples and stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from somswd_kg.errors import ParameterError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.classes import RDFS_SUBCLASS
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.dialects import probe
from somswd_kg.shacl.report import Report
from somswd_kg.shacl.run import Explained
from somswd_kg.terms import BlankNode, Term, Triple

if TYPE_CHECKING:
    import rdflib

    from somswd_kg.stores.embedded import EmbeddedStore
    from somswd_kg.stores.sources import Progress

    Source = str | Path | rdflib.Graph | Store
    Shapes = str | Path | rdflib.Graph | CompiledShapes | Iterable[Triple]

__all__ = ["compile_shapes", "validate"]

DATA_GRAPH = "urn:x-shacl:data"
SHAPES_GRAPH = "urn:x-shacl:shapes"
"""Where data and shapes go when a constraint reads both."""


def compile_shapes(
    shapes: Shapes | Sequence[str | Path] | None = None,
    *,
    text: str | bytes | None = None,
    format: str | None = None,
) -> CompiledShapes:
    """Compile a shapes graph, to be run any number of times.

    Args:
        shapes: A path or several, an rdflib graph, triples, or what is compiled already.
        text: The shapes graph itself, with its format.
        format: `ttl`, `nt`, `jsonld`, ...; a file's ending says it otherwise.

    Raises:
        SourceError: It does not parse.
        ShapeError: A shape is ill-formed, recursive, or asks for what is not supported.

    >>> shapes = compile_shapes(text='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     <urn:Shape> sh:targetClass <urn:Plan> ;
    ...         sh:property [ sh:path <urn:title> ; sh:minCount 1 ] .''', format="ttl")
    >>> shapes.constraints
    1
    """
    if isinstance(shapes, CompiledShapes):
        return shapes
    return CompiledShapes(_triples(shapes, text, format, "shapes"))


def validate(
    data: Source | Sequence[str | Path] | None = None,
    shapes: Shapes | Sequence[str | Path] | None = None,
    ontology: Source | None = None,
    focus: str | Sequence[str] | None = None,
    *,
    text: str | bytes | None = None,
    format: str | None = None,
    graphs: Sequence[str] | None = None,
    allow_empty: bool = False,
    details: bool = False,
    progress: Progress | None = None,
    explained: list[Explained] | None = None,
) -> Report:
    """Validate data against shapes.

    A `str` or a `Path` is always a path. Nothing that is named in the data or the shapes is
    fetched, `owl:imports` included.

    Args:
        data: A path or several, an rdflib graph, or a store.
        shapes: A path or several, an rdflib graph, triples, or what `compile_shapes` gave.
        ontology: A path or an rdflib graph that counts as part of the data; beside a store, only
            its subclass statements count, since nothing is written to a store.
        focus: Names of graphs in the data; only what is a subject in one of them is a target.
        text: The data itself, with its format.
        format: `ttl`, `nq`, `jsonld`, ...; a file's ending says it otherwise.
        graphs: The graphs of a store whose union is the data; None for all.
        allow_empty: Whether a run in which no shape meets a focus node is no error.
        details: Whether a result says why its value does not fit a shape that is named.
        progress: Told how far loading is: bytes read so far, and bytes in all, file by file.
        explained: Filled with what became of each query, where it is given.

    Raises:
        SourceError: Data or shapes do not parse.
        ShapeError: The shapes are ill-formed or ask for what is not supported.
        EmptyRunError: No shape met a focus node.

    >>> report = validate(
    ...     text="<urn:p> a <urn:Plan> .", format="ttl",
    ...     shapes=compile_shapes(text='''
    ...         @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...         <urn:Shape> sh:targetClass <urn:Plan> ; sh:property <urn:Shape-title> .
    ...         <urn:Shape-title> sh:path <urn:title> ; sh:minCount 1 .''', format="ttl"))
    >>> [(r.focus_node.value, r.source_shape.value) for r in report.results]
    [('urn:p', 'urn:Shape-title')]
    """
    if shapes is None:
        raise ParameterError("no shapes to validate against", hint="give shapes=...")
    compiled = compile_shapes(shapes)
    pairs: tuple[tuple[Term, Term], ...] = ()
    if isinstance(data, Store) and not _is_rdflib(data):
        if text is not None:
            raise ParameterError("both data and text are given", hint="give one of them")
        store: Store = data
        if ontology is not None:
            pairs = _subclass_pairs(_triples(ontology, None, None, "ontology"))
        shapes_graph = None
    else:
        home = DATA_GRAPH if compiled.reads_shapes else None
        store = _load(data, text, format, ontology, home, progress)
        shapes_graph = SHAPES_GRAPH if home else None
        if home:
            graphs = [home]
            store.load(text=_text(compiled.triples), format="nt", graph=SHAPES_GRAPH)
    inside = isinstance(store, KeepsLiterals)
    report = compiled.validate(
        store,
        graphs=graphs,
        shapes_graph=shapes_graph,
        focus=[focus] if isinstance(focus, str) else focus,
        dialect=None if inside else probe(store, graphs),
        subclasses=pairs,
        allow_empty=allow_empty,
        details=details,
        explained=explained,
        clock=perf_counter,
    )
    if inside:
        return report
    read = tuple(sorted(graphs)) if graphs is not None else store.graph_names()
    return replace(report, notes=(f"the data is the union of {len(read)} graphs", *read))


def _subclass_pairs(triples: Iterable[Triple]) -> tuple[tuple[Term, Term], ...]:
    return tuple(
        (t.subject, t.object)
        for t in triples
        if t.predicate == RDFS_SUBCLASS
        and not isinstance(t.subject, Triple)
        and not isinstance(t.object, Triple)
    )


def _load(
    data: Source | Sequence[str | Path] | None,
    text: str | bytes | None,
    format: str | None,
    ontology: Source | None,
    graph: str | None,
    progress: Progress | None,
) -> EmbeddedStore:
    from somswd_kg.stores.embedded import EmbeddedStore

    store = EmbeddedStore()
    if text is not None:
        if data is not None:
            raise ParameterError("both data and text are given", hint="give one of them")
        store.load(text=text, format=format, graph=graph, progress=progress)
    elif data is None:
        raise ParameterError("no data to validate", hint="give data=..., or text=..., format=...")
    else:
        _load_one(store, data, format, graph, progress)
    if ontology is not None:
        _load_one(store, ontology, None, graph, progress)
    return store


def _load_one(
    store: EmbeddedStore,
    source: object,
    format: str | None,
    graph: str | None,
    progress: Progress | None,
) -> None:
    if isinstance(source, str | Path):
        store.load(source, format=format, graph=graph, progress=progress)
    elif _is_rdflib(source):
        store.load(text=_ntriples(source), format="nt", graph=graph)
    elif isinstance(source, Sequence):
        for part in source:
            _load_one(store, part, format, graph, progress)
    else:
        raise _unknown("data", source)


def _triples(
    source: object, text: str | bytes | None, format: str | None, what: str, number: int = 1
) -> Iterable[Triple]:
    from somswd_kg.stores.sources import open_source

    if source is None and text is None:
        raise ParameterError(f"no {what} given", hint="give a path, or text=..., format=...")
    if text is not None or isinstance(source, str | Path):
        path = source if isinstance(source, str | Path) else None
        opened = open_source(path, text=text, format=format)
        return _named_by_place((quad.triple for quad in opened.quads()), number)
    if _is_rdflib(source):
        return _triples(None, _ntriples(source), "nt", what, number)
    if isinstance(source, Iterable):
        found: list[Triple] = []
        for i, part in enumerate(source):
            if isinstance(part, Triple):
                found.append(part)
            else:
                found += _triples(part, None, format, what, number + i)
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


def _is_rdflib(source: object) -> bool:
    return any(cls.__module__.partition(".")[0] == "rdflib" for cls in type(source).__mro__)


def _ntriples(graph: object) -> str:
    return str(graph.serialize(format="nt"))  # type: ignore[attr-defined]


def _text(triples: Iterable[Triple]) -> str:
    return "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in triples)


def _unknown(what: str, source: object) -> ParameterError:
    return ParameterError(
        f"{type(source).__name__} is nothing that {what} can be read from",
        hint="give a path, an rdflib graph or a store, or text=..., format=...",
    )
