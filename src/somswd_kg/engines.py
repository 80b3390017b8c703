"""The seam between `validate` and what does it: our own engine, or pySHACL, the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from somswd_kg.errors import ParameterError, ShapeError
from somswd_kg.language import Text
from somswd_kg.model import ShapeResult
from somswd_kg.ports import Store
from somswd_kg.terms import NamedNode, Term, Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

    from somswd_kg.shacl.compiled import CompiledShapes
    from somswd_kg.shacl.report import Result

__all__ = ["ENGINES", "Engine", "EngineRun", "run_engine", "shape_results"]

_SH = "http://www.w3.org/ns/shacl#"


class Engine(StrEnum):
    """Name an engine."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


@dataclass(frozen=True, slots=True)
class EngineRun:
    """What an engine found.

    Attributes:
        results: In a fixed order.
        unmet: Shapes whose targets nothing met; empty when the engine does not say.
        notes: What a reader has to know of the run.
    """

    results: tuple[ShapeResult, ...]
    unmet: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Runner = Callable[
    [Store, "Sequence[Triple] | CompiledShapes", Sequence[str] | None, Sequence[str] | None],
    EngineRun,
]


def run_engine(
    engine: Engine | str,
    store: Store,
    shapes: Sequence[Triple] | CompiledShapes,
    *,
    graphs: Sequence[str] | None = None,
    focus: Sequence[str] | None = None,
) -> EngineRun:
    """Validate a store against shapes.

    Args:
        engine: Which one does it.
        store: The data, the ontology with its classes among it.
        shapes: The shapes graph, or what our own engine has compiled.
        graphs: The graphs to look at; None for all.
        focus: Graphs whose subjects alone are looked at; None for everything.

    Raises:
        EmptyRunError: No shape met anything.
        ShapeError: The shapes are not well formed.
    """
    if engine not in tuple(Engine):
        hint = f"write one of {', '.join(Engine)}"
        raise ParameterError(f"there is no engine '{engine}'", hint=hint)
    return ENGINES[Engine(engine)](store, shapes, graphs, focus)


# -- pySHACL ----------------------------------------------------------------------------------


def _pyshacl(
    store: Store,
    shapes: Sequence[Triple] | CompiledShapes,
    graphs: Sequence[str] | None,
    focus: Sequence[str] | None,
) -> EngineRun:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    from somswd_kg.formats.rdflib_graph import to_node, to_rdflib

    everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    data = to_rdflib(store.construct(everything, graphs=graphs))
    if not isinstance(shapes, Sequence):
        raise TypeError("pySHACL takes the shapes as triples")
    shapes_graph = to_rdflib(shapes)
    if focus is not None:
        rows = store.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }", graphs=focus)
        _narrow(shapes_graph, data, {to_node(row[0]) for row in rows if row[0] is not None})
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes_graph, inference="none", advanced=False, inplace=True
        )
    except (ShapeLoadError, ReportableRuntimeError) as error:
        what = str(error).strip().partition("\n")[0]
        raise ShapeError(f"pySHACL cannot use the shapes: {what}") from error
    return EngineRun(tuple(sorted(_results(report), key=lambda result: result.order)))


def _narrow(shapes: rdflib.Graph, data: rdflib.Graph, wanted: Set[Node]) -> None:
    """Put in the place of all targets those of the wanted nodes that they mean.

    pySHACL's own `focus_nodes` leaves out the nodes of nested shapes too, and so changes results.
    """
    import rdflib

    sh, rdf, rdfs = rdflib.Namespace(_SH), rdflib.RDF, rdflib.RDFS
    found: list[tuple[Node, Node]] = []

    def instances(cls: Node) -> Iterator[Node]:
        for below in data.transitive_subjects(rdfs.subClassOf, cls):
            yield from data.subjects(rdf.type, below)

    implicit = {
        shape
        for kind in (rdfs.Class, rdflib.OWL.Class)
        for shape in shapes.subjects(rdf.type, kind)
        if (shape, rdf.type, sh.NodeShape) in shapes
        or (shape, rdf.type, sh.PropertyShape) in shapes
    }
    for shape in implicit:
        found += ((shape, node) for node in instances(shape))
        shapes.remove((shape, rdf.type, rdfs.Class))
        shapes.remove((shape, rdf.type, rdflib.OWL.Class))
    for shape, cls in shapes.subject_objects(sh.targetClass):
        found += ((shape, node) for node in instances(cls))
    for shape, node in shapes.subject_objects(sh.targetNode):
        found.append((shape, node))
    for shape, path in shapes.subject_objects(sh.targetSubjectsOf):
        found += ((shape, node) for node in data.subjects(path))
    for shape, path in shapes.subject_objects(sh.targetObjectsOf):
        found += ((shape, node) for node in data.objects(None, path))
    for kind in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"):
        shapes.remove((None, sh[kind], None))
    for shape, node in found:
        if node in wanted:
            shapes.add((shape, sh.targetNode, node))


def _results(report: rdflib.Graph) -> list[ShapeResult]:
    import rdflib

    from somswd_kg.formats.rdflib_graph import from_node

    sh = rdflib.Namespace(_SH)
    top = next(report.subjects(rdflib.RDF.type, sh.ValidationReport))
    found = []
    for node in report.objects(top, sh.result):

        def one(name: str, node: Node = node) -> Term | None:
            value = report.value(node, sh[name], any=True)
            return None if value is None else from_node(value)

        focus = one("focusNode")
        if focus is None:
            continue
        messages = {
            str(getattr(text, "language", None) or ""): str(text)
            for text in sorted(report.objects(node, sh.resultMessage), key=str, reverse=True)
        }
        found.append(
            ShapeResult(
                focus=focus,
                path=_iri(one("resultPath")),
                value=one("value"),
                severity=_iri(one("resultSeverity")) or _SH + "Violation",
                component=_iri(one("sourceConstraintComponent")),
                shape=_iri(one("sourceShape")),
                constraint=_iri(one("sourceConstraint")),
                message=_message(messages),
            )
        )
    return found


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _message(messages: Mapping[str, str]) -> Text:
    """Take the shape's own words; what an engine makes up in one language is none of ours."""
    if "en" in messages or "th" in messages:
        return Text(messages.get("en", ""), messages.get("th", ""))
    return Text()


# -- our own ----------------------------------------------------------------------------------


def _compiled(
    store: Store,
    shapes: Sequence[Triple] | CompiledShapes,
    graphs: Sequence[str] | None,
    focus: Sequence[str] | None,
) -> EngineRun:
    from somswd_kg.shacl.front import validate

    report = validate(store, shapes, focus=focus, graphs=graphs)
    return EngineRun(shape_results(report.results), report.unmet, report.notes)


def shape_results(results: Iterable[Result]) -> tuple[ShapeResult, ...]:
    """Give the results of our own engine as any engine gives them, in their order."""
    from somswd_kg.shacl.paths import Predicate, to_sparql

    found = []
    for result in results:
        path = result.path
        if isinstance(path, Predicate):
            written = path.iri.value
        else:
            written = "" if path is None else to_sparql(path)
        found.append(
            ShapeResult(
                focus=result.focus_node,
                path=written,
                value=result.value,
                severity=result.severity.value,
                component=result.component.value,
                shape=_iri(result.source_shape),
                constraint=_iri(result.source_constraint),
                message=_message({text.language or "": text.value for text in result.messages}),
            )
        )
    return tuple(sorted(found, key=lambda result: result.order))


ENGINES: Mapping[Engine, Runner] = {Engine.COMPILED: _compiled, Engine.PYSHACL: _pyshacl}
"""The engines by name."""
