"""Hygiene queries find what they are for, and nothing in the shipped graph."""

from __future__ import annotations

import pytest

from somswd_kg.api import read_questions
from somswd_kg.language import local_name
from somswd_kg.namespaces import PREFIXES
from somswd_kg.stores.embedded import EmbeddedStore

HYGIENE = {question.name: question for question in read_questions().hygiene}
HEAD = "@prefix : <https://w3id.org/somswd-kg/id/example/> . @prefix swd: <urn:x#> . "


def entities(name: str, text: str) -> list[str]:
    store = EmbeddedStore()
    store.load(text=HEAD + text, format="ttl", graph="urn:g")
    rows = store.select(HYGIENE[name].select.text)
    return sorted(str(getattr(row[0], "value", "")).rpartition("/")[2] for row in rows)


def test_a_name_that_nothing_describes_is_found() -> None:
    text = ':a swd:p :b , :c , <https://elsewhere.example/d> . :b swd:q "described" .'

    assert entities("dangling-references", text) == ["a"]


@pytest.mark.parametrize(
    "value",
    [" x", "x ", "x  y", "ก\u0e4d\u0e32", "ก\u0e4d\u0e48\u0e32", "\u0e40\u0e40ผน", "\ufffd"],
)
def test_untidy_text_is_found(value: str) -> None:
    assert entities("untidy-text", f':a swd:label "{value}" .') == ["a"]


@pytest.mark.parametrize("value", ["x y", "กำ", "แผนงาน", "เก่า"])
def test_tidy_text_is_left_alone(value: str) -> None:
    assert entities("untidy-text", f':a swd:label "{value}" .') == []


WORDS = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items()) + (
    "@prefix : <https://w3id.org/somswd-kg/id/example/> . "
)
CLAIM = ":c rdf:subject :a ; rdf:predicate swd:alignsWith ; rdf:object :b ; swd:hasBasis basis:"


def found(name: str, text: str) -> list[tuple[str, ...]]:
    store = EmbeddedStore()
    store.load(text=WORDS + text, format="ttl", graph="urn:g")
    rows = store.select(HYGIENE[name].select.text)
    return [tuple(local_name(str(getattr(term, "value", ""))) for term in row) for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{CLAIM}proposed .", [("c", "alignsWith", "b")]),
        (f"{CLAIM}stated . :a swd:leadsTo :b .", [("c", "alignsWith", "b")]),
        (f"{CLAIM}proposed . :a swd:alignsWith :b .", []),
        (f"{CLAIM}reviewed-no-match .", []),
    ],
)
def test_a_claim_without_its_triple_is_found(text: str, rows: list[tuple[str, ...]]) -> None:
    assert found("claim-without-triple", text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (":a swd:alignsWith :b .", [("a", "alignsWith", "b")]),
        (f"{CLAIM}proposed . :a swd:isLinkedTo :b .", [("a", "isLinkedTo", "b")]),
        (f"{CLAIM}proposed . :a swd:alignsWith :b .", []),
        (":a swd:leadsTo :b .", []),
    ],
)
def test_a_link_that_nobody_answers_for_is_found(text: str, rows: list[tuple[str, ...]]) -> None:
    assert found("link-without-claim", text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (":a swd:hasUnit unit:litre .", [("a", "hasUnit", "litre")]),
        (":a swd:hasUnit unit:litre . unit:litre a skos:Concept .", [("a", "hasUnit", "litre")]),
        (
            ":a swd:hasUnit unit:day . unit:day skos:inScheme code:unit . "
            "code:unit a skos:ConceptScheme .",
            [],
        ),
    ],
)
def test_a_code_without_scheme_is_found(text: str, rows: list[tuple[str, ...]]) -> None:
    assert found("code-without-scheme", text) == rows


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        (':a a swd:Goal ; skos:prefLabel "x"@en . :b a swd:Goal ; skos:prefLabel "x"@en .', ["a"]),
        (':a a swd:Goal ; skos:prefLabel "x"@en . :b a swd:Goal ; skos:prefLabel "x"@th .', []),
        (':a a swd:Goal ; skos:prefLabel "x"@en . :b a swd:Output ; skos:prefLabel "x"@en .', []),
        (
            ':a a swd:Goal ; swd:describedIn :v ; skos:prefLabel "x"@en .'
            ':b a swd:Goal ; swd:describedIn :w ; skos:prefLabel "x"@en .',
            [],
        ),
        (
            'unit:a skos:inScheme code:unit ; skos:prefLabel "x" .'
            'unit:b skos:inScheme code:unit ; skos:prefLabel "x" .',
            ["a"],
        ),
        (
            'unit:a skos:inScheme code:unit ; skos:prefLabel "x" .'
            'risk:b skos:inScheme code:risk ; skos:prefLabel "x" .',
            [],
        ),
    ],
)
def test_a_doubled_label_is_found(text: str, entities: list[str]) -> None:
    assert [row[0] for row in found("doubled-label", text)] == entities


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (":a swd:isGoodFor :b .", [("a", "isGoodFor", "b")]),
        (":a a swd:Gaol .", [("a", "type", "Gaol")]),
        (":a swd:leadsTo :b . swd:leadsTo a owl:ObjectProperty .", []),
        (":a a swd:Goal . swd:Goal a owl:Class .", []),
    ],
)
def test_a_word_that_the_ontology_lacks_is_found(text: str, rows: list[tuple[str, ...]]) -> None:
    assert found("unknown-term", text) == rows
