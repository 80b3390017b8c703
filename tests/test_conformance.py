"""The W3C test suite: our results are those of its expected reports, all of them.

The cases lie beside the checkout, in `../shared/conformance/shacl`. Two reports are the same when
their results are, blank nodes apart: focus node, path, value, component, severity, source shape.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from servers import Server
from somswd_kg.errors import ShapeError, SomswdError
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.graph import ShapesGraph
from somswd_kg.shacl.vocabulary import SH
from somswd_kg.stores.remote import RemoteStore
from somswd_kg.terms import BlankNode, Literal, NamedNode, Quad, Term

SUITE = Path(__file__).parents[2] / "shared" / "conformance" / "shacl"
CASES = 70
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
ENDS = (SH.focusNode, SH.value, SH.sourceShape)
COMPARED = (*ENDS, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent)


@dataclass(frozen=True, slots=True)
class Case:
    file: Path
    data: Path
    shapes: Path
    manifest: ShapesGraph
    expected: Term

    @property
    def fails(self) -> bool:
        return self.expected == NamedNode(SHT + "Failure")


def read(path: Path) -> ShapesGraph:
    return ShapesGraph(
        quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri())
    )


def local(term: Term) -> Path:
    assert isinstance(term, NamedNode)
    return Path(url2pathname(unquote(urlparse(term.value).path)))


def cases() -> Iterator[Case]:
    for file in sorted(SUITE.rglob("*.ttl")):
        graph = read(file)
        for node in graph.subjects:
            if graph.is_instance(node, NamedNode(SHT + "Validate")):
                (action,) = graph.objects(node, NamedNode(MF + "action"))
                (data,) = graph.objects(action, NamedNode(SHT + "dataGraph"))
                (shapes,) = graph.objects(action, NamedNode(SHT + "shapesGraph"))
                (expected,) = graph.objects(node, NamedNode(MF + "result"))
                yield Case(file, local(data), local(shapes), graph, expected)


def outline(graph: ShapesGraph, report: Term) -> list[str]:
    """List what is compared of a report, blank nodes named by what they are."""
    found = Dataset()

    def copy(node: Term) -> None:
        if not isinstance(node, BlankNode):
            return
        for predicate in graph.predicates(node):
            in_path = predicate not in SH or predicate.value.endswith("Path")
            if predicate not in COMPARED and not in_path:
                continue
            for value in graph.objects(node, predicate):
                found.add(Quad(node, predicate, value))
                if predicate not in ENDS:
                    copy(value)

    for result in graph.objects(report, SH.result):
        found.add(Quad(NamedNode("urn:report"), SH.result, result))
        copy(result)
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, found))


COLLECTED = list(cases()) if SUITE.is_dir() else []


@pytest.mark.skipif(
    not SUITE.is_dir() and os.environ.get("CI", "").lower() != "true",
    reason="the W3C suite is not beside the checkout: put it at ../shared/conformance/shacl",
)
def test_all_cases_of_the_suite_are_collected() -> None:
    assert len(COLLECTED) == CASES


@pytest.mark.parametrize(
    "case",
    COLLECTED or [pytest.param(None, marks=pytest.mark.skip(reason="no suite"))],
    ids=lambda case: case.file.stem if case else "none",
)
@pytest.mark.usefixtures("amount")
def test_the_report_is_the_expected_one(case: Case) -> None:
    if case.fails:
        with pytest.raises(ShapeError):
            validate(case.data, case.shapes)
        return
    report = validate(case.data, compile_shapes(case.shapes))
    written = ShapesGraph(quad.triple for quad in parse(report.serialize(), RdfFormat.TURTLE))
    (root,) = (n for n in written.subjects if written.is_instance(n, SH.ValidationReport))

    assert outline(written, root) == outline(case.manifest, case.expected)


NOT_BESIDE = "the store cannot show the shapes beside the data"
REWRITTEN = "the server stores another literal than the data has"
ON_SERVERS = {
    "oxigraph": {"sparql/pre-binding/shapesGraph-001": NOT_BESIDE},
    "virtuoso": {
        "core/property/datatype-001": REWRITTEN,
        "sparql/pre-binding/shapesGraph-001": NOT_BESIDE,
    },
}
"""The cases that a server gets wrong, and why; their number may only fall."""


def name_of(case: Case) -> str:
    return case.file.relative_to(SUITE).with_suffix("").as_posix()


def graph_of(case: Case) -> str:
    return f"http://conformance.example/{name_of(case)}"


def conforms_on(store: RemoteStore, case: Case) -> bool:
    try:
        report = validate(store, compile_shapes(case.shapes), graphs=[graph_of(case)])
    except SomswdError:
        return case.fails
    if case.fails:
        return False
    written = ShapesGraph(quad.triple for quad in parse(report.serialize(), RdfFormat.TURTLE))
    (root,) = (n for n in written.subjects if written.is_instance(n, SH.ValidationReport))
    return outline(written, root) == outline(case.manifest, case.expected)


@pytest.mark.server
@pytest.mark.skipif(not COLLECTED, reason="no suite")
def test_the_suite_on_a_real_server(server: Server) -> None:
    store = server.store()
    known = ON_SERVERS[server.name]
    wrong = set()
    for case in COLLECTED:
        store.replace_graph(graph_of(case), case.data)
        if known.get(name_of(case)) == REWRITTEN:
            assert literals_in(store, case) != literals_of(case), name_of(case)
        if not conforms_on(store, case):
            wrong.add(name_of(case))

    assert wrong == set(known)


def literals_in(store: RemoteStore, case: Case) -> set[Literal]:
    rows = store.select("SELECT ?v { ?s ?p ?v FILTER isLiteral(?v) }", graphs=[graph_of(case)])
    return {value for (value,) in rows if isinstance(value, Literal)}


def literals_of(case: Case) -> set[Literal]:
    values = (triple.object for triple in read(case.data).triples)
    return {value for value in values if isinstance(value, Literal)}
