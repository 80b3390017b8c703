"""Results are those of the terms that the data writes, on all paths, subjects and graphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shacl_maker import GRAPHS, PREFIXES, Maker
from shacl_reference import Fact, Reference, Told
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.front import compile_shapes
from somswd_kg.shacl.literals import XSD_BASE
from somswd_kg.shacl.making import Explained
from somswd_kg.shacl.report import Report
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import BlankNode


def told(report: Report) -> set[Told]:
    """Give results as the reference does."""
    return {
        tuple(map(str, (r.focus_node, r.source_shape, r.path, r.component, r.value)))
        for r in report.results
    }


def shapes_of(text: str) -> CompiledShapes:
    return compile_shapes(text=text, format="ttl")


def expected(
    store: EmbeddedStore, shapes: CompiledShapes, graphs: list[str] | None, focus: str = ""
) -> set[Told]:
    def facts(names: list[str] | None) -> frozenset[Fact]:
        return frozenset((q.subject, q.predicate, q.object) for q in store.quads(names))

    within = frozenset(s for s, _, _ in facts([focus])) if focus else None
    return Reference(facts(graphs)).results(shapes.plan.shapes, within)


@pytest.mark.parametrize("batch", range(24))
def test_results_are_those_of_the_terms_as_written(batch: int) -> None:
    for seed in range(batch * 25, batch * 25 + 25):
        make = Maker(seed)
        data, text = make.data(), make.shapes()
        graphs = make.random.choice([None, None, [*GRAPHS], [GRAPHS[0]], [GRAPHS[1]]])
        store, shapes = EmbeddedStore(), shapes_of(text)
        store.load(text=data, format="trig")
        found = told(shapes.validate(store, graphs=graphs, allow_empty=True))

        assert found == expected(store, shapes, graphs), f"{seed}\n{data}\n{text}\n{graphs}"


def test_targets_may_be_limited_to_a_graph() -> None:
    for seed in range(150):
        make = Maker(seed)
        data, text = make.data(), make.shapes()
        store, shapes = EmbeddedStore(), shapes_of(text)
        store.load(text=data, format="trig")
        found = told(shapes.validate(store, focus=[GRAPHS[0]], allow_empty=True))

        assert found == expected(store, shapes, None, GRAPHS[0]), f"{seed}\n{data}\n{text}"


def test_a_store_on_disk_says_the_same(tmp_path: Path) -> None:
    for seed in range(12):
        make = Maker(seed)
        data, text = make.data(), make.shapes()
        graphs = make.random.choice([None, [*GRAPHS], [GRAPHS[0]]])
        store, shapes = EmbeddedStore.open(tmp_path / str(seed), create=True), shapes_of(text)
        store.load(text=data, format="trig")
        found = told(shapes.validate(store, graphs=graphs, allow_empty=True))

        assert found == expected(store, shapes, graphs), f"{seed}\n{data}\n{text}"


def check(data: str, shape: str, **how: Any) -> list[tuple[str, str]]:
    """List focus node and value of the results, shortly; the data is TriG."""
    store = EmbeddedStore()
    store.load(text=PREFIXES + data, format="trig")
    report = shapes_of(PREFIXES + shape).validate(store, **how)
    return [(short(r.focus_node), short(r.value)) for r in report.results]


def short(term: object) -> str:
    if isinstance(term, BlankNode):
        return "[]"
    return str(term).replace("urn:x:", "").replace(XSD_BASE, "")


@pytest.mark.parametrize(
    ("data", "shape", "found"),
    [
        pytest.param(
            "[] :p 1.0 . [] :p 1 .",
            "sh:path :p ; sh:datatype xsd:integer",
            [("[]", '"1.0"^^<decimal>')],
            id="a blank node is not any blank node",
        ),
        pytest.param(
            "[] :p 01 . [] :p 1 .",
            "sh:path :p ; sh:in ( 01 )",
            [("[]", '"1"^^<integer>')],
            id="in: nor is it for a list",
        ),
        pytest.param(
            "[] :p 1, 01 . [] :p 1 .",
            "sh:path :p ; sh:maxCount 1",
            [("[]", "None")],
            id="maxCount: two forms at a blank node",
        ),
        pytest.param(
            ":a :p 1 ; :q 01 . :b :p 1 ; :q 1 .",
            "sh:path [ sh:alternativePath ( :p :q ) ] ; sh:maxCount 1",
            [("<a>", "None")],
            id="maxCount: two forms on two branches",
        ),
        pytest.param(
            ":a :p :b, 01 . :b :p 1 .",
            "sh:path [ sh:oneOrMorePath :p ] ; sh:hasValue 1",
            [],
            id="hasValue: a form that is reached from afar",
        ),
        pytest.param(
            ":a :p 1, 01, 001 .",
            "sh:path :p ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [ sh:maxLength 2 ]",
            [("<a>", "None")],
            id="qualifiedMaxCount: each form counts or not",
        ),
        pytest.param(
            ":a :p 1 ; :q 01 . :b :p 1 ; :q :c . :c :p 01 .",
            "sh:path [ sh:alternativePath ( :q ( :q :p ) ) ] ; sh:disjoint :p",
            [],
            id="disjoint: paths of several predicates",
        ),
        pytest.param(
            ":a :p 01 . :b :p 1 . :c :p 01 .",
            "sh:path ( :p [ sh:inversePath :p ] ) ; sh:maxCount 1",
            [("<a>", "None"), ("<c>", "None")],
            id="a path through a literal and back",
        ),
        pytest.param(
            ":a :p 01 . :b :p 1 .",
            "sh:path :p ; sh:not [ sh:or ( [ sh:in ( 01 ) ] [ sh:in ( 02 ) ] ) ]",
            [("<a>", '"01"^^<integer>')],
            id="a nested shape",
        ),
        pytest.param(
            ":a :p 01 . :b :p 1 .",
            "sh:path :p ; sh:hasValue 1",
            [("<a>", "None")],
            id="hasValue: the stored form of a literal",
        ),
        pytest.param(
            ":a :p 1 .",
            "sh:path :p ; sh:in ( 01 ) ; sh:hasValue 01",
            [("<a>", "None"), ("<a>", '"1"^^<integer>')],
            id="a form of the shapes alone",
        ),
        pytest.param(
            ":a :p 01 . :b :p 1 .",
            "sh:path :p ; sh:minLength 2",
            [("<b>", '"1"^^<integer>')],
            id="minLength: the text as written",
        ),
        pytest.param(
            '[] :p "300"^^xsd:byte . [] :p 300 .',
            "sh:path :p ; sh:minInclusive 1",
            [("[]", '"300"^^<byte>')],
            id="bounds: what is ill-formed has no value",
        ),
        pytest.param(
            ":a :p :b . :b :r 01 . :a :r 1 .",
            "sh:path :p ; sh:closed true",
            [("<a>", '"01"^^<integer>')],
            id="closed: a value of a value",
        ),
        pytest.param(
            ":a :p 01, 2 . :c :r 1, 2 .",
            "sh:path :p ; sh:node [ sh:property [ sh:path [ sh:inversePath :r ] ; "
            "sh:minCount 1 ] ]",
            [("<a>", '"01"^^<integer>')],
            id="a nested shape that goes back from a literal",
        ),
        pytest.param(
            ":a :p 01 ; :q 1 . :b :p 2 ; :q 2 .",
            "sh:path :p ; sh:equals :q",
            [("<a>", '"01"^^<integer>'), ("<a>", '"1"^^<integer>')],
            id="equals: a predicate without such literals",
        ),
        pytest.param(
            ':a :p "300"^^xsd:byte ; :q 200 . :b :p "100"^^xsd:byte ; :q 200 .',
            "sh:path :p ; sh:lessThan :q",
            [("<a>", '"300"^^<byte>')],
            id="lessThan: what is ill-formed cannot be compared",
        ),
    ],
)
def test_forms_are_told_apart(data: str, shape: str, found: list[tuple[str, str]]) -> None:
    targets = "sh:targetSubjectsOf :p ; sh:property"

    assert check(data, f":S {targets} [ {shape} ] .") == found


def test_a_graph_that_is_named_shows_its_own_form() -> None:
    data = f"<{GRAPHS[0]}> {{ :a :p 01 }} <{GRAPHS[1]}> {{ :a :p 1 }}"
    shape = (
        ":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxLength 0 ; sh:maxCount 1 ] ."
    )
    one, two = ("<a>", '"01"^^<integer>'), ("<a>", '"1"^^<integer>')

    assert check(data, shape, graphs=[GRAPHS[0]]) == [one]
    assert check(data, shape, graphs=[GRAPHS[1]]) == [two]
    assert check(data, shape) == [("<a>", "None"), one, two]


def test_two_spellings_of_a_literal_are_two_focus_nodes() -> None:
    shape = ":S sh:targetNode 01, 1, 001 ; sh:targetObjectsOf :p ; sh:in ( 01 ) ."

    assert check(":a :p 01, +1 .", shape) == [
        ('"+1"^^<integer>', '"+1"^^<integer>'),
        ('"001"^^<integer>', '"001"^^<integer>'),
        ('"1"^^<integer>', '"1"^^<integer>'),
    ]


def test_a_literal_that_a_path_leads_to_is_a_focus_node_as_it_is_written() -> None:
    shape = """:S sh:targetClass :C ; sh:property [ sh:path :p ;
        sh:property [ sh:path :q ; sh:minCount 1 ] ] ."""

    assert check(":a :p 01 . :b a :C ; :p 1 .", shape) == [('"1"^^<integer>', "None")]
    assert check(":a :p 1 . :b a :C ; :p 01 .", shape) == [('"01"^^<integer>', "None")]


def test_details_are_those_of_the_form() -> None:
    store = EmbeddedStore()
    store.load(text=PREFIXES + ":a :p 1, 01, 001 .", format="ttl")
    shape = ":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:node :T ] . "
    nested = ":T sh:in ( 01 ) ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ] ."
    report = shapes_of(PREFIXES + shape + nested).validate(store, details=True)
    found = [(short(r.value), [short(d.focus_node) for d in r.details]) for r in report.results]

    assert found == [
        ('"001"^^<integer>', ['"001"^^<integer>']),
        ('"1"^^<integer>', ['"1"^^<integer>']),
    ]


def test_equal_nodes_that_are_no_literals_are_not_less_or_equal() -> None:
    shape = ":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] ."

    assert check(":a :p :b, 1 ; :q :b, 1 .", shape) == [
        ("<a>", '"1"^^<integer>'),
        ("<a>", "<b>"),
        ("<a>", "<b>"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT $this ?value { $this :p ?value }", ["01", "1", "1.0"]),
        ("SELECT $this (?v AS ?value) { $this :p ?v }", ["01", "1", "1.0"]),
        ("SELECT $this ?path ?value { $this ?path ?value }", ["01", "1", "1.0"]),
        ("SELECT $this ?value { $this :p|:q ?value }", ["1", "1", "1.0"]),
        ("SELECT $this ?value { $this :p ?v BIND (1 AS ?value) }", ["1", "1", "1"]),
        ("SELECT $this (COUNT(*) AS ?value) { $this :p ?v } GROUP BY $this", ["1", "1", "1"]),
    ],
)
def test_the_value_of_a_query_is_one_that_the_data_has_there(query: str, found: list[str]) -> None:
    data = ":a :p 01 . :b :p 1 . :c :p 1.0 ."
    text = query.replace(":p", "<urn:x:p>").replace(":q", "<urn:x:q>")
    shape = f""":S sh:targetNode :a , :b , :c ; sh:sparql [ sh:select "{text}" ] ."""

    assert [value.split('"')[1] for _, value in check(data, shape)] == found


@pytest.mark.parametrize(
    "literal",
    [
        *('"c"@de', '"NaN"^^xsd:double', '"x"^^xsd:integer', '"300"^^xsd:byte'),
        *('"2020-02-30"^^xsd:date', '"a"^^:own', '"a"^^xsd:anyURI'),
    ],
)
def test_what_has_no_order_is_neither_less_nor_equal(literal: str) -> None:
    data = f":a :p {literal} ; :q {literal} ."
    pair = ":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] ."
    bound = f":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxInclusive {literal} ] ."
    denied = ":S sh:targetNode :a ; sh:not [ sh:path :p ; sh:lessThanOrEquals :q ] ."

    assert len(check(data, pair)) == len(check(data, bound)) == 1
    assert len(check(":a :p 1 .", bound)) == 1
    assert check(data, denied) == []


@pytest.mark.parametrize(
    "literal",
    ['"c"', "01", '"INF"^^xsd:double', "true", '"2020-02-29"^^xsd:date', "9" * 30],
)
def test_what_has_an_order_is_less_than_or_equal_to_itself(literal: str) -> None:
    data = f":a :p {literal} ; :q {literal} ."
    pair = ":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] ."
    bound = f":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxInclusive {literal} ] ."

    assert check(data, pair) == check(data, bound) == []


def test_no_query_grows_with_the_literals() -> None:
    lines = "".join(f"[] a :C ; :p {i}.50 .\n" for i in range(500))
    shape = """:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:decimal ;
        sh:maxCount 1 ; sh:pattern "0$" ; sh:maxLength 5 ; sh:in ( 1.50 2.5 ) ] ."""
    explained: list[Explained] = []

    assert len(check(lines, shape, explained=explained)) == 400 + 499
    assert max(len(each.query) for each in explained) < 2_000
