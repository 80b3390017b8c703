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
from somswd_kg.shacl.opening import (
    DATA_GRAPH,
    NAMES_GRAPH,
    SHAPES_GRAPH,
    is_rdflib,
    load_data,
    load_shapes,
    read_triples,
)
from somswd_kg.shacl.probing import probe
from somswd_kg.shacl.report import Report
from somswd_kg.shacl.run import Explained
from somswd_kg.terms import Term, Triple

if TYPE_CHECKING:
    import rdflib

    from somswd_kg.stores.sources import Progress

    Source = str | Path | rdflib.Graph | Store
    Shapes = str | Path | rdflib.Graph | CompiledShapes | Iterable[Triple]

__all__ = ["compile_shapes", "validate"]


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
    return CompiledShapes(read_triples(shapes, text, format, "shapes"))


def validate(
    data: Source | Sequence[str | Path] | None = None,
    shapes: Shapes | Sequence[str | Path] | None = None,
    ontology: Source | None = None,
    focus: str | Sequence[str] | None = None,
    *,
    text: str | bytes | None = None,
    format: str | None = None,
    graphs: Sequence[str] | None = None,
    shapes_graph: str | None = None,
    allow_empty: bool = False,
    details: bool = False,
    progress: Progress | None = None,
    explained: list[Explained] | None = None,
) -> Report:
    """Validate data against shapes.

    A `str` or a `Path` is always a path. Nothing that is named in the data or the shapes is
    fetched, `owl:imports` included.

    Args:
        data: A path or several, an rdflib graph or dataset, or a store.
        shapes: A path or several, an rdflib graph, triples, or what `compile_shapes` gave.
        ontology: A path or an rdflib graph that counts as part of the data; beside a store, only
            its subclass statements count, since nothing is written to a store.
        focus: Names of graphs in the data; only what is a subject in one of them is a target.
        text: The data itself, with its format.
        format: `ttl`, `nq`, `jsonld`, ...; a file's ending says it otherwise.
        graphs: The graphs whose union is the data; None for all.
        shapes_graph: The graph of the data that holds the shapes, for `$shapesGraph`. It counts
            as data only where `graphs` names it, and so do triples of a store's no graph.
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
    home = names = None
    if isinstance(data, Store) and not is_rdflib(data):
        if text is not None:
            raise ParameterError("both data and text are given", hint="give one of them")
        store: Store = data
        if ontology is not None:
            pairs = _subclass_pairs(read_triples(ontology, None, None, "ontology"))
    else:
        home = DATA_GRAPH if compiled.reads_shapes or shapes_graph else None
        store = load_data(data, text, format, ontology, home, progress)
    if home or shapes_graph:
        known = store.graph_names()
        if shapes_graph is None:
            load_shapes(store, compiled.triples)
            shapes_graph, names = SHAPES_GRAPH, NAMES_GRAPH
        elif shapes_graph not in known:
            raise ParameterError(f"the data has no graph {shapes_graph!r}", hint="name one it has")
        graphs = [name for name in known if name != shapes_graph] if graphs is None else graphs
    inside = isinstance(store, KeepsLiterals)
    report = compiled.validate(
        store,
        graphs=graphs,
        shapes_graph=shapes_graph,
        shapes_names=names,
        focus=[focus] if isinstance(focus, str) else focus,
        dialect=None if inside else probe(store, graphs),
        subclasses=pairs,
        allow_empty=allow_empty,
        details=details,
        explained=explained,
        clock=perf_counter,
        empty=None if inside else _empty(),
    )
    if inside:
        return report
    read = tuple(sorted(graphs)) if graphs is not None else store.graph_names()
    return replace(report, notes=(f"the data is the union of {len(read)} graphs", *read))


def _empty() -> Store:
    from somswd_kg.stores.embedded import EmbeddedStore

    return EmbeddedStore()


def _subclass_pairs(triples: Iterable[Triple]) -> tuple[tuple[Term, Term], ...]:
    return tuple(
        (t.subject, t.object)
        for t in triples
        if t.predicate == RDFS_SUBCLASS
        and not isinstance(t.subject, Triple)
        and not isinstance(t.object, Triple)
    )
