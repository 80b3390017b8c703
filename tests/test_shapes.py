"""The shapes: each case finds just what it states, and every rule is seen to pass and to fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import SH as SHACL
from rdflib import URIRef

from base_store import base_store
from shape_cases import CASE_GRAPH, CASES, CaseError, ShapeCase, all_cases, found, lines, read_case
from somswd_kg.engines import Engine, run_engine
from somswd_kg.findings.rules import Rule, RuleBook, read_rules
from somswd_kg.formats.rdf import read_quads
from somswd_kg.language import Text, local_name
from somswd_kg.material import read_shapes
from somswd_kg.namespaces import RDF, SH, SWD
from somswd_kg.project import find_project
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.run import Explained
from somswd_kg.shacl.sparqltexts import is_sparql, query_of
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import BlankNode, NamedNode, Term, Triple
from somswd_kg.triples import Triples

SHAPES = read_shapes(find_project())
RULES = read_rules(SHAPES)
INDEX = Triples(SHAPES)
INTAKE = {str(getattr(shape, "value", "")) for shape in INDEX.instances(SWD.IntakeRule)}
"""Rules that are no shapes: what reading a drafter's file finds; its own tests show each."""

OF_SHAPES = [rule for rule in RULES if rule.iri not in INTAKE]
ALL_CASES = all_cases()


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return base_store()


def put(store: EmbeddedStore, case: ShapeCase) -> None:
    store.replace_graph(CASE_GRAPH, case.path)


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_case_finds_just_what_it_states(store: EmbeddedStore, case: ShapeCase) -> None:
    put(store, case)

    run = run_engine(Engine.COMPILED, store, SHAPES, focus=[CASE_GRAPH])
    actual = found(case, run.results, RULES)

    assert lines(actual) == lines(case.expected)


# -- no rule without its cases ----------------------------------------------------------------


def node_shapes() -> Iterator[NamedNode]:
    for shape in INDEX.instances(SH.NodeShape):
        if isinstance(shape, NamedNode) and INDEX.objects(shape, SH.targetClass):
            yield shape


def shown() -> set[str]:
    return {shape for case in ALL_CASES for _, shape, _, _ in case.expected}


@pytest.mark.parametrize("shape", sorted(local_name(s.value) for s in node_shapes()))
def test_every_node_shape_is_seen_to_pass(shape: str) -> None:
    passing = [case for case in ALL_CASES if case.path.parent.name == shape and not case.expected]
    target = {INDEX.one(s, SH.targetClass) for s in node_shapes() if local_name(s.value) == shape}
    classes = [
        {quad.object for quad in read_quads(case.path) if quad.predicate == RDF.type}
        for case in passing
    ]

    assert any(target & found_classes for found_classes in classes)


@pytest.mark.parametrize("rule", OF_SHAPES, ids=lambda rule: rule.number)
def test_every_rule_is_seen_to_fail(rule: Rule) -> None:
    assert local_name(rule.iri) in shown()


def test_every_folder_of_cases_is_a_node_shape() -> None:
    folders = {path.parent.name for path in CASES.glob("*/*.ttl")}

    assert folders - {local_name(str(getattr(s, "value", ""))) for s in INDEX} == set()


# -- the shapes themselves --------------------------------------------------------------------


def unknown_words(triples: tuple[Triple, ...]) -> list[str]:
    """List the words that look like SHACL's and are not."""
    terms: set[Term] = {term for triple in triples for term in (triple.predicate, triple.object)}
    words = {term.value for term in terms if isinstance(term, NamedNode)}
    return sorted(w for w in words if w.startswith(str(SHACL._NS)) and URIRef(w) not in SHACL)


def test_no_shape_uses_a_word_that_shacl_lacks() -> None:
    assert unknown_words(SHAPES) == []


def test_a_mistyped_word_of_shacl_is_noticed() -> None:
    text = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:dataType <urn:d> ."
    triples = tuple(quad.triple for quad in read_quads(text=text, format="ttl"))

    assert unknown_words(triples) == ["http://www.w3.org/ns/shacl#dataType"]


def unknown_terms(triples: tuple[Triple, ...]) -> list[str]:
    """List the words of ours that the ontology does not declare."""
    terms: set[Term] = {
        term
        for triple in triples
        for term in (triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    words = {term.value for term in terms if isinstance(term, NamedNode)}
    return sorted(w for w in words if w.startswith(SWD.base) and w not in SWD)


def test_no_shape_names_a_term_that_the_ontology_lacks() -> None:
    assert unknown_terms(SHAPES) == []


def test_a_mistyped_target_class_is_noticed() -> None:
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "<urn:s> sh:targetClass <https://w3id.org/somswd-kg/ns#Indikator> ."
    )
    triples = tuple(quad.triple for quad in read_quads(text=text, format="ttl"))

    assert unknown_terms(triples) == ["https://w3id.org/somswd-kg/ns#Indikator"]


def lacking(rules: RuleBook) -> list[str]:
    """List the rules with a text that is not in both languages."""

    def whole(text: Text) -> bool:
        return bool(text.en and text.th)

    return [
        f"{rule.number} {name}"
        for rule in rules
        for name, text in (
            ("name", rule.name),
            ("description", rule.description if rule.iri not in INTAKE else rule.name),
            ("message", rule.message),
            ("fix", rule.fix),
            ("reason", rule.reason),
        )
        if not whole(text)
    ]


def test_every_rule_speaks_both_languages() -> None:
    assert lacking(RULES) == []


def test_a_missing_thai_name_is_noticed() -> None:
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        "@prefix swd: <https://w3id.org/somswd-kg/ns#> ."
        ' <urn:r> swd:rule "X-01" ; sh:name "a"@en ; sh:description "b"@en , "ข"@th ;'
        ' sh:message "c"@en , "ค"@th ; swd:fix "d"@en , "ง"@th ; swd:reason "e"@en , "จ"@th .'
    )

    assert lacking(read_rules(q.triple for q in read_quads(text=text, format="ttl"))) == [
        "X-01 name"
    ]


def test_rule_numbers_are_unique() -> None:
    numbers = Counter(rule.number for rule in RULES)

    assert [number for number, times in numbers.items() if times > 1] == []


def test_there_are_at_least_sixty_rules() -> None:
    assert len(OF_SHAPES) >= 60


def test_what_a_shape_with_a_target_holds_is_a_rule_with_an_iri() -> None:
    targeted = set(node_shapes())
    held = [t for t in SHAPES if t.predicate in (SH.property, SH.sparql) and t.subject in targeted]
    nameless = [str(t.object) for t in held if isinstance(t.object, BlankNode)]
    unnumbered = [
        str(t.object)
        for t in held
        if isinstance(t.object, NamedNode) and not INDEX.string(t.object, SWD.rule)
    ]

    assert nameless + unnumbered == []


def test_a_case_without_an_expectation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pass.ttl"
    path.write_text("# case: nothing is said\n", encoding="utf-8")

    with pytest.raises(CaseError, match="no line says"):
        read_case(path)


# -- how they run -----------------------------------------------------------------------------


AT_ONCE = (
    "all focus nodes at once",
    "all value nodes at once",
    "the values first",
    "the values of the predicate once",
)


@pytest.mark.parametrize("focus", [[CASE_GRAPH], None])
def test_no_rule_runs_for_one_focus_node_at_a_time(
    store: EmbeddedStore, focus: list[str] | None
) -> None:
    put(store, next(case for case in ALL_CASES if case.name == "Indicator/pass"))
    compiled = CompiledShapes(SHAPES)
    explained: list[Explained] = []
    compiled.validate(store, focus=focus, explained=explained)

    assert [item.rule for item in explained if not item.rule.startswith(AT_ONCE)] == []
    assert 50 < len(explained) <= compiled.constraints


def repeating(shapes: tuple[Triple, ...]) -> list[str]:
    """Name the constraints whose query may have one solution twice, and so one finding."""
    queries = (
        query_of(c.constraint)
        for c in CompiledShapes(shapes).plan.checks
        if is_sparql(c.constraint)
    )
    return [
        str(query.node)
        for query in queries
        if not query.outline.is_grouped(query.outline.top)
        and not query.outline.has_word(query.outline.head(query.outline.top), "DISTINCT")
    ]


def test_no_rule_finds_one_thing_twice() -> None:
    assert repeating(SHAPES) == []


def test_a_rule_that_may_find_one_thing_twice_is_noticed() -> None:
    select = "SELECT $this WHERE { $this ?p ?o }"
    text = f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:sparql <urn:q>, <urn:r> .
    <urn:q> sh:select "{select}" .
    <urn:r> sh:select "{select} GROUP BY $this" ."""
    shapes = tuple(quad.triple for quad in read_quads(text=text, format="ttl"))

    assert repeating(shapes) == ["<urn:q>"]


def test_a_rule_with_a_limit_would_be_seen_to_run_so(store: EmbeddedStore) -> None:
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:s> a sh:NodeShape ; sh:targetClass <http://www.w3.org/2004/02/skos/core#Concept> ;
        sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o } LIMIT 1" ] ."""
    explained: list[Explained] = []
    shapes = tuple(quad.triple for quad in read_quads(text=text, format="ttl"))
    CompiledShapes(shapes).validate(store, explained=explained)

    assert {item.rule.partition(":")[0] for item in explained} == {"one focus node at a time"}
