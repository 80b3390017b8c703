"""Variables are bound before a query runs as SHACL's Appendix A says, for all nodes at once."""

from __future__ import annotations

import itertools

import pytest

from somswd_kg.errors import ParameterError, ShapeError
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.bgp import elements
from somswd_kg.shacl.binding import Bindings, bind
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.groups import outline
from somswd_kg.shacl.ordering import unknown_fan
from somswd_kg.shacl.run import Explained
from somswd_kg.stores.embedded import EmbeddedStore

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATA = """
:a a :C ; :p 1, 2 ; :q :b ; :v :v1 ; :n "x" .
:b a :C ; :p 3 ; :q :a ; :v :v1 ; :n "x" .
:c a :C ; :v :v2 ; :n "x" ; :label "c"@en, "ค"@th .
:d a :D ; :p 1 ; :q :a ; :v :v1 ; :n "x" .
:e a :C ; :q :e, :d ; :v :v2 ; :n "y" ; :label "e"@en .
"""
POINTWISE = {
    "a triple": ("SELECT $this ?value { $this ex:p ?value }", "a:1 a:2 b:3"),
    "a filter in the empty group": ("SELECT $this { FILTER ($this = ex:a) }", "a:a"),
    "a union": ("SELECT $this { { FILTER (false) } UNION { FILTER ($this = ex:b) } }", "b:b"),
    "bind": (
        "SELECT $this ?value { BIND ($this AS ?value) FILTER (?value != ex:a) }",
        "b:b c:c e:e",
    ),
    "an optional": (
        "SELECT $this ?value { ?value ex:q ?x OPTIONAL { FILTER ($this = ?x) BIND (1 AS ?y) } "
        "FILTER BOUND(?y) }",
        "a:b a:d b:a e:e",
    ),
    "a filter before an optional": (
        "SELECT $this ?value { $this ex:p ?value FILTER (?value > 1) "
        "OPTIONAL { ?value ex:no ?x } FILTER (!BOUND(?x)) }",
        "a:2 b:3",
    ),
    "a filter before an optional that binds what it tests": (
        "SELECT $this ?value { $this ex:n ?n FILTER (?value = 3) OPTIONAL { $this ex:p ?value } }",
        "b:3",
    ),
    "a filter before an optional that binds what only one part of a union binds": (
        "SELECT $this { { $this ex:p ?x } UNION { $this ex:q ?z } FILTER (?x = 1 && BOUND(?z)) "
        "OPTIONAL { $this ex:p ?x } }",
        "a:a",
    ),
    "a filter before an optional, of what is bound in another": (
        "SELECT $this ?value { $this ex:n ?n OPTIONAL { $this ex:q ?q } FILTER (?value = 2) "
        "OPTIONAL { $this ex:p ?value } }",
        "a:2",
    ),
    "filters before and between triples and a bind": (
        "SELECT $this ?value { { $this ex:p ?p } UNION { $this ex:q ?p } FILTER (ISNUMERIC(?p)) "
        "BIND (?p + 1 AS ?value) $this ex:v ?v . FILTER (?value > 2) "
        "OPTIONAL { ?other ex:q $this FILTER (?value > 3) } FILTER (!BOUND(?other)) }",
        "a:3",
    ),
    "not exists without a triple of its own": (
        "SELECT $this { FILTER NOT EXISTS { ?x ex:q ?y FILTER (?y = $this) } }",
        "c:c",
    ),
    "not exists with one": ("SELECT $this { FILTER NOT EXISTS { $this ex:p ?any } }", "c:c e:e"),
    "exists of several triples": (
        "SELECT $this { FILTER EXISTS { ?o ex:v ?v . ?o ex:n ?n . $this ex:v ?v ; ex:n ?n . "
        "FILTER (?o != $this) } }",
        "a:a b:b",
    ),
    "exists inside exists": (
        "SELECT $this { $this ex:q ?x FILTER NOT EXISTS { ?x ex:q ?y . ?y ex:p ?z "
        "FILTER NOT EXISTS { $this ex:p ?z } } }",
        "a:a b:b",
    ),
    "two exists with variables of one name": (
        "SELECT $this { FILTER EXISTS { ?x ex:q $this . ?x a ?k FILTER (?k = ex:D) } "
        "FILTER NOT EXISTS { ?x ex:p 3 . ?x a ?k FILTER (?k = ex:D) } }",
        "a:a",
    ),
    "a sub-select": (
        "SELECT $this ?value { { SELECT $this (MAX(?x) AS ?value) { $this ex:p ?x } "
        "GROUP BY $this } }",
        "a:2 b:3",
    ),
    "a sub-select with only a filter": (
        "SELECT $this { { SELECT $this { FILTER ($this = ex:a) } } }",
        "a:a",
    ),
    "having, with a key of its own": (
        "SELECT $this ?value { ?x ex:q $this ; ex:v ?value } "
        "GROUP BY ?value HAVING (COUNT(?x) > 1)",
        "a:v1",
    ),
    "a join on two keys": (
        "SELECT DISTINCT $this ?value { $this ex:n ?n ; ex:v ?v . ?value ex:n ?n ; ex:v ?v "
        "FILTER (?value != $this) }",
        "a:b a:d b:a b:d",
    ),
    "a path": ("SELECT $this ?value { $this ex:q/ex:q ?value }", "a:a b:b e:a e:d e:e"),
    "order by": ("SELECT $this ?value { $this ex:p ?value } ORDER BY DESC(?value)", "a:1 a:2 b:3"),
    "a variable predicate": (
        "SELECT $this ?path ?value { $this ?path ?value FILTER (?path = ex:p) "
        "FILTER NOT EXISTS { ?other ?path ?value . ?other a ex:D } }",
        "a:2 b:3",
    ),
    "a string that looks like a group": (
        "SELECT $this { $this ex:n ?n FILTER (?n != '} $this {' && ?n = 'y') }",
        "e:e",
    ),
    "a comment": ("SELECT $this { # $this }\n $this ex:n 'y' }", "e:e"),
    "names that begin like ours": (
        "SELECT $this ?value ?_1 ?_route ?_focus { $this ex:p ?value ; ex:v ?_1 ; ex:n ?_route ; "
        "a ?_focus FILTER EXISTS { $this ex:q ?_2 . ?_2 ex:v ?_1 } FILTER (?value<3) }",
        "a:1 a:2",
    ),
    "a minus sign": ("SELECT $this { $this ex:p ?x FILTER (?x = 4 -1) }", "b:b"),
}
ONE_BY_ONE = {
    "limit": ("SELECT $this ?value { $this ex:p ?value } ORDER BY DESC(?value) LIMIT 1", "a:2 b:3"),
    "offset": ("SELECT $this ?value { $this ex:p ?value } ORDER BY ?value OFFSET 1", "a:2"),
    "an aggregate without groups": (
        "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x }",
        "a:2 b:1 c:0 e:0",
    ),
    "having without groups": (
        "SELECT $this { $this ex:p ?x } HAVING (COUNT(?x) = 0)",
        "c:c e:e",
    ),
    "a limit in a sub-select": (
        "SELECT $this ?value { { SELECT $this ?value { $this ex:p ?value } "
        "ORDER BY ?value LIMIT 1 } }",
        "a:1 b:3",
    ),
}


def shapes(query: str, target: str = "sh:targetClass :C") -> CompiledShapes:
    text = f':S {target} ; sh:sparql [ sh:prefixes : ; sh:select """{query}""" ] .'
    return compile_shapes(text=PREFIXES + text, format="ttl")


def results(
    compiled: CompiledShapes,
    *,
    dialect: Dialect | None = None,
    explained: list[Explained] | None = None,
) -> str:
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl")
    report = compiled.validate(store, dialect=dialect, explained=explained)
    pairs = {(r.focus_node, r.value) for r in report.results}
    short = (f"{f.value.rpartition('/')[2]}:{v.value.rpartition('/')[2]}" for f, v in pairs if v)
    return " ".join(sorted(short))


@pytest.mark.parametrize("name", POINTWISE)
def test_all_focus_nodes_are_bound_at_once(name: str) -> None:
    query, expected = POINTWISE[name]
    explained: list[Explained] = []

    assert results(shapes(query), explained=explained) == expected
    assert [e.rule for e in explained] == ["all focus nodes at once"]


@pytest.mark.parametrize("name", POINTWISE)
def test_the_order_of_triples_changes_no_result(name: str) -> None:
    query, expected = POINTWISE[name]

    assert results(shapes(query), dialect=Dialect()) == expected


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_what_is_not_pointwise_runs_for_one_focus_node_at_a_time(name: str) -> None:
    query, expected = ONE_BY_ONE[name]
    explained: list[Explained] = []

    assert results(shapes(query), explained=explained) == expected
    assert {e.rule.partition(":")[0] for e in explained} == {"one focus node at a time"}


def test_a_test_of_this_inside_graph_gets_a_table_of_focus_nodes() -> None:
    query = "SELECT $this ?value { GRAPH ?g { ?value ex:q ?y FILTER (?y = $this) } }"
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl", graph="http://example.org/g")
    explained: list[Explained] = []
    report = shapes(query).validate(store, explained=explained)

    assert sorted((r.focus_node.value[-1], str(r.value)[-2]) for r in report.results) == [
        ("a", "b"),
        ("a", "d"),
        ("b", "a"),
        ("e", "e"),
    ]
    assert [e.rule for e in explained] == ["a table of focus nodes: $this is tested inside GRAPH"]


BLANK = [
    ("SELECT $this ?value { $this ex:p ?value } ORDER BY DESC(?value) LIMIT 1", 2),
    ("SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x }", 2),
    ("SELECT * { { SELECT $this ?value { $this ex:p ?value } ORDER BY DESC(?value) LIMIT 1 } }", 2),
    ("SELECT $this ?value { $this ex:label ?_focus BIND (2 AS ?value) } LIMIT 1", 2),
]


@pytest.mark.parametrize(("query", "value"), BLANK)
@pytest.mark.parametrize("number", [1, 45])
def test_a_query_for_one_node_at_a_time_meets_blank_nodes(
    query: str, value: int, number: int
) -> None:
    nodes = " ".join(
        f'[] a :C ; :p 1 , 2 ; :label "{i}" . :n{i} a :C ; :p 2 , 1 ; :label 7 .'
        for i in range(number)
    )
    report = validate(text=PREFIXES + nodes, format="ttl", shapes=shapes(query))

    assert len({r.focus_node for r in report.results}) == len(report.results) == 2 * number
    assert {r.value.value for r in report.results if r.value} == {str(value)}


def test_a_blank_node_cannot_be_tested_inside_graph() -> None:
    query = "SELECT $this ?value { GRAPH ?g { ?value ex:q ?y FILTER (?y = $this) } }"
    with pytest.raises(ShapeError, match=r"^http://example.org/S: .* inside GRAPH and meets a b"):
        validate(text=PREFIXES + "[] a :C .", format="ttl", shapes=shapes(query))


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        ("ASK { { SELECT $this $value $k { $this ?p $value } LIMIT 1 } }", "it has LIMIT"),
        ("ASK { $value ?p ?v } GROUP BY $value HAVING (COUNT(?v) < 2)", "it has GROUP BY"),
    ],
)
@pytest.mark.parametrize("way", [":k 1", "sh:not [ :k 1 ]"])
def test_a_validator_that_asks_of_one_value_at_a_time_is_refused(
    ask: str, reason: str, way: str
) -> None:
    text = f""":Comp a sh:ConstraintComponent ; sh:parameter [ sh:path :k ] ;
        sh:validator [ sh:ask "{ask}" ] . :S sh:targetClass :C ; {way} ."""
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")
    with pytest.raises(ShapeError, match=f"an ASK validator, but {reason}"):
        results(compiled)


@pytest.mark.parametrize(
    "query",
    ["SELECT $this ?failure { %s }", "SELECT * { %s }", "SELECT $this (?f AS ?failure) { %s }"],
)
@pytest.mark.parametrize(
    "nested",
    [
        "sh:node [ {} ]",
        "sh:not [ {} ]",
        "sh:property [ sh:path :q ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ {} ] ]",
    ],
)
def test_a_failure_in_a_nested_shape_is_one(nested: str, query: str) -> None:
    name = "?f" if "?f AS" in query else "?failure"
    pattern = f"$this <http://example.org/p> ?v BIND (?v > 0 AS {name})"
    sparql = f'sh:sparql [ sh:select "{query % pattern}" ]'
    text = f":S sh:targetClass :C ; {nested.replace('{}', sparql)} ."
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")

    with pytest.raises(ShapeError, match="reported a failure"):
        results(compiled)
    harmless = PREFIXES + ":z a :C ; :p 0 ; :q :z ."
    assert validate(text=harmless, format="ttl", shapes=compiled).conforms == ("not" in nested)


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT * { ?x ex:p 1 }", "a SELECT that does not give .this"),
        ("SELECT * { FILTER EXISTS { $this ex:p 1 } }", "a SELECT that does not give .this"),
        ("SELECT * { { SELECT ?x { $this ex:p ?x } } }", "a sub-select that does not give .this"),
        ("SELECT $this { { SELECT * { ?x ex:p 1 } } }", "a sub-select that does not give .this"),
    ],
)
def test_all_variables_are_those_of_the_pattern(query: str, what: str) -> None:
    with pytest.raises(ShapeError, match=what):
        shapes(query)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (":k 1", "c:c e:e"),
        ("sh:not [ :k 1 ]", "a:a b:b"),
        ("sh:property [ sh:path :v ; :k 1 ]", ""),
    ],
)
def test_a_sub_select_of_a_validator_gives_the_node_as_the_value_too(
    way: str, expected: str
) -> None:
    text = f""":Comp a sh:ConstraintComponent ; sh:parameter [ sh:path :k ] ; sh:validator [ sh:ask
        "ASK {{ {{ SELECT $this $value $k {{ $value <http://example.org/p> ?v }} }} }}" ] .
        :S sh:targetClass :C ; {way} ."""
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")

    assert results(compiled) == (expected or "a:v1 b:v1 c:v2 e:v2")


def test_a_sub_select_of_all_variables_gives_this() -> None:
    assert results(shapes("SELECT * { { SELECT * { $this ex:p ?value } } }")) == "a:1 a:2 b:3"


@pytest.mark.parametrize("name", ["x", "<x", "", "a b:c"])
def test_a_graph_that_is_no_iri_is_refused(name: str) -> None:
    with pytest.raises(ParameterError, match="is no absolute IRI"):
        validate(text=PREFIXES + DATA, format="ttl", focus=[name], shapes=shapes(BLANK[0][0]))


def test_focus_nodes_that_are_absent_from_the_data_are_bound_too() -> None:
    compiled = shapes("SELECT $this { FILTER NOT EXISTS { $this ?p ?o } }", "sh:targetNode :zz, :a")

    assert results(compiled) == "zz:zz"


def test_path_stands_for_the_path_of_the_shape() -> None:
    text = """:S sh:targetClass :C ; sh:property [ sh:path ( :q :p ) ; sh:sparql [
        sh:select "SELECT $this ?value { $this $PATH ?value }" ] ] ."""

    assert results(compile_shapes(text=PREFIXES + text, format="ttl")) == "a:3 b:1 b:2 e:1"


@pytest.mark.parametrize(
    "nested",
    [
        "sh:node [ {} ]",
        "sh:not [ sh:not [ {} ] ]",
        "sh:and ( [ {} ] )",
        "sh:or ( [ {} ] [ sh:nodeKind sh:Literal ] )",
    ],
)
def test_a_nested_shape_may_hold_a_query(nested: str) -> None:
    inner = 'sh:sparql [ sh:prefixes : ; sh:select "SELECT $this { $this ex:p ?x }" ]'
    text = f":S sh:targetClass :C ; {nested.replace('{}', inner)} ."

    assert results(compile_shapes(text=PREFIXES + text, format="ttl")) == "a:a b:b"


ALONE = 'sh:sparql [ sh:prefixes : ; sh:select "SELECT $this { $this ex:p ?x } %s" ]'


@pytest.mark.parametrize("end", ["LIMIT 1", "HAVING (COUNT(?x) > 0)"])
@pytest.mark.parametrize(
    ("nested", "expected"),
    [
        ("sh:node [ {} ]", "a:a b:b"),
        ("sh:or ( [ {} ] [ sh:nodeKind sh:Literal ] )", "a:a b:b"),
        ("sh:not [ {} ]", "c:c e:e"),
        ("sh:property [ sh:path :q ; sh:node [ {} ] ]", "a:b b:a e:d"),
        ("sh:node [ sh:property [ sh:path :q ; sh:property [ sh:path :v ; {} ] ] ]", "a:a b:b e:e"),
    ],
)
def test_a_nested_shape_may_hold_a_query_for_one_node_at_a_time(
    nested: str, expected: str, end: str
) -> None:
    text = f":S sh:targetClass :C ; {nested.replace('{}', ALONE % end)} ."

    assert results(compile_shapes(text=PREFIXES + text, format="ttl")) == expected


def test_a_nested_query_for_one_node_at_a_time_may_meet_a_blank_node_that_passes() -> None:
    text = f":S sh:targetClass :C ; sh:node [ {ALONE % 'LIMIT 1'} ] ."
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")

    assert validate(text=PREFIXES + "[] a :C ; :q 1 .", format="ttl", shapes=compiled).conforms
    with pytest.raises(ShapeError, match=r"^http://example.org/S / .*fails at a blank node"):
        validate(text=PREFIXES + "[] a :C ; :p 1 .", format="ttl", shapes=compiled)


def test_a_nested_shape_may_use_a_component_that_asks() -> None:
    text = """
    :Comp a sh:ConstraintComponent ; sh:parameter [ sh:path :above ] ;
        sh:validator [ sh:ask "ASK { FILTER ($value > $above) }" ] .
    :S sh:targetClass :C ; sh:node [ sh:property [ sh:path :p ; :above 1 ] ] ."""

    assert results(compile_shapes(text=PREFIXES + text, format="ttl")) == "a:a"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT $this { $this ex:p ?x MINUS { $this ex:p 1 } }", "MINUS"),
        ("SELECT $this { VALUES ?x { 1 } }", "VALUES"),
        ("SELECT $this { SERVICE <http://a/> { } }", "SERVICE"),
        ("SELECT $this { \\\\u0053ERVICE <http://a/> { } }", "SERVICE"),
        ("SELECT $this FROM <http://a/> { $this ex:p ?x }", "FROM"),
        ("SELECT $this { BIND (1 AS $this) }", "AS $this"),
        ("SELECT (ex:a AS $this) { }", "AS $this"),
        ("SELECT $this { { SELECT ?x { ?x ex:p ?y } } }", "sub-select"),
        ("SELECT ?x { ?x ex:p $this }", "does not give $this"),
        ("SELECT $this { $this nope:p ?x }", "nope:"),
        ("SELECT $this { $this ex:p ?x ", "lacks"),
        ("ASK { $this ex:p ?x }", "another form"),
        ("SELECT $this { << $this ex:p ?x >> ex:q ?y }", "triple terms"),
        ("SELECT $this { ?y ex:q <<( $this ex:p ?x )>> }", "triple terms"),
        ("SELECT $this { $this ex:p ?x {| ex:q ?y |} }", "triple terms"),
        ("SELECT $this { BIND (triple($this, ex:p, 1) AS ?x) }", "triple terms"),
        ("SELECT $this { ?x ex:p ?y FILTER (SUBJECT(?x) = $this) }", "triple terms"),
        ("SELECT $this { $this ex:p ?x LATERAL { ?x ex:p ?y } }", "not in SPARQL 1.1"),
        ("SELECT $this { $this ex:p ?x ~ ?y }", "not in SPARQL 1.1"),
        ("SELECT $this { $this ex:p ?x FILTER (hasLang(?x)) }", "not in SPARQL 1.1"),
        ("DELETE WHERE { $this ex:p ?x }", "neither SELECT nor ASK"),
        ("SELECT $this " + "{" * 20_000 + "}" * 20_000, "nested"),
    ],
)
def test_what_the_recommendation_forbids_is_refused_when_shapes_are_compiled(
    query: str, what: str
) -> None:
    with pytest.raises(ShapeError) as caught:
        shapes(query)

    assert what in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [query for query, _ in itertools.chain(POINTWISE.values(), ONE_BY_ONE.values())],
)
def test_the_scanner_sees_the_groups_that_a_parser_sees(query: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery

    found = outline(query, {"ex": "http://example.org/"})
    rewritten = bind(found, Bindings({"this": "VALUES ?this { <urn:x> }"}, fan=unknown_fan))
    before = parseQuery("PREFIX ex: <http://example.org/> " + query)
    after = parseQuery(rewritten)

    assert (count(before, "SubSelect"), count(before, "Filter")) == (
        count(after, "SubSelect"),
        count(after, "Filter")
        - rewritten.count("FILTER EXISTS {")
        + query.count("FILTER EXISTS {"),
    )


def count(tree: object, name: str) -> int:
    """Count the nodes of a kind in rdflib's parse tree."""
    found = int(getattr(tree, "name", "") == name)
    children: list[object] = []
    if isinstance(tree, dict):
        children = list(tree.values())
    elif not isinstance(tree, str) and hasattr(tree, "__iter__"):
        children = list(tree)
    return found + sum(count(child, name) for child in children)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("SELECT $this { $this ex:p ?v FILTER (?v > 1) OPTIONAL { ?v ex:q ?w } }", True),
        ("SELECT $this { $this ex:p ?v FILTER (?w > 1) OPTIONAL { ?v ex:q ?w } }", False),
        ("SELECT $this { $this ex:p ?v FILTER (?v > ?w) OPTIONAL { } BIND (1 AS ?w) }", False),
        ("SELECT $this { { $this ex:p ?v } FILTER (?v > 1) OPTIONAL { ?v ex:q ?w } }", False),
        ("SELECT $this { { $this ex:p ?v } FILTER (?v > 1) OPTIONAL { ?x ex:q ?w } }", True),
        ("SELECT $this { $this ex:p ?v OPTIONAL { ?v ex:q ?w } FILTER (?v > 1) }", False),
    ],
)
def test_filters_go_before_an_optional_where_they_say_the_same(query: str, first: bool) -> None:
    found = outline(query, {"ex": "http://example.org/"})
    table = {"this": "{ SELECT DISTINCT ?this { ?this a <urn:C> } }"}

    assert bind(found, Bindings(table, fan=unknown_fan)).startswith("SELECT ?this { { {") == first
    assert "{ { {" not in bind(found, Bindings(table, fan=unknown_fan, guarded=True))


def test_a_filter_is_written_once() -> None:
    query = (
        "SELECT $this { FILTER (?v > 1) { $this ex:p ?v } UNION { $this ex:q ?v } $this ex:n ?n }"
    )
    found = outline(query, {"ex": "http://example.org/"})

    assert bind(found, Bindings({}, fan=unknown_fan)).count("FILTER") == 1


def test_a_group_with_lists_or_blank_nodes_stays_as_it_is() -> None:
    found = outline("SELECT $this { $this <urn:p> [ <urn:q> 1 ] . ?x <urn:p> ( 1 2 ) }")

    assert elements(found, found.top.body) is None


@pytest.mark.parametrize(
    "query",
    [
        "BASE <http://example.org/> SELECT $this ?value { $this <p> ?value }",
        "BASE <http://example.org/x/y> PREFIX a: <../> SELECT $this ?value { $this a:p ?value }",
        "PREFIX a: <urn:a> BASE <http://else/> BASE <//example.org> # all\n"
        "SELECT $this ?value { $this </p> ?value FILTER EXISTS { $this a <C> } }",
    ],
)
def test_relative_iris_are_resolved_against_the_base(query: str) -> None:
    assert results(shapes(query)) == "a:1 a:2 b:3"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("BASE <a> SELECT $this { $this <p> ?x }", "no absolute IRI"),
        ("BASE <urn:a> SELECT $this { $this <p> ?x }", "cannot be resolved"),
        ("BASE <http://a> SELECT $this { $this ?p ?x FILTER (1 <?x&&?x> 0) }", "comparisons"),
        ("BASE 'http://a' SELECT $this { $this <p> ?x }", "not well formed"),
    ],
)
def test_a_base_that_resolves_nothing_is_refused(query: str, what: str) -> None:
    with pytest.raises(ShapeError, match=what):
        shapes(query)


def test_one_query_serves_each_constraint_and_few_more_are_asked() -> None:
    class Counting(EmbeddedStore):
        asked = 0

        def select(self, query, *, graphs=None):  # type: ignore[no-untyped-def]
            self.asked += 1
            return super().select(query, graphs=graphs)

    store = Counting()
    store.load(text=PREFIXES + DATA, format="ttl")
    text = (
        ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ; sh:maxCount 1 ; "
        "sh:class :D ; sh:minInclusive 2 ; sh:nodeKind sh:IRI ] ."
    )
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")
    compiled.validate(store, dialect=Dialect())

    assert compiled.constraints == 5
    assert store.asked <= compiled.constraints + 2


def test_results_of_a_whole_validation_do_not_hang_on_shared_scans() -> None:
    text = """:S sh:targetClass :C ; sh:property :P , :Q .
    :P sh:path :p ; sh:minCount 1 ; sh:maxCount 1 ; sh:class :D ; sh:minInclusive 2 .
    :Q sh:path :label ; sh:uniqueLang true ; sh:minCount 1 ; sh:languageIn ( "en" ) ."""
    compiled = compile_shapes(text=PREFIXES + text, format="ttl")
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl")
    shared = compiled.validate(store)
    single = compiled.validate(store, dialect=Dialect(shares_scans=False))

    assert shared.results == single.results
    assert len(shared.results) == 10


def test_the_front_takes_the_same_shapes_any_number_of_times() -> None:
    compiled = shapes("SELECT $this ?value { $this ex:p ?value }")
    first, second = (
        validate(text=PREFIXES + DATA, format="ttl", shapes=compiled) for _ in range(2)
    )

    assert first == second


def test_triples_are_reached_from_what_is_bound_and_exists_holds_no_join() -> None:
    query = """SELECT $this { ?o <urn:n> ?n . ?o <urn:v> ?v . $this <urn:n> ?n ; <urn:v> ?v .
        FILTER NOT EXISTS { ?x <urn:b> ?y . ?y <urn:a> $this . FILTER (?x != ?n) } }"""
    found = outline(query)
    fans = {"<urn:n>": 300.0, "<urn:v>": 4.0}
    text = bind(found, Bindings({"this": "{ ?this a <urn:T> }"}, fan=lambda p, _: fans[p]))

    assert " ".join(text.split()) == (
        "SELECT ?this { { ?this a <urn:T> } ?this <urn:n> ?n . ?this <urn:v> ?v . "
        "?o <urn:v> ?v . ?o <urn:n> ?n . FILTER NOT EXISTS { ?y <urn:a> ?this . "
        "FILTER EXISTS { ?x <urn:b> ?y . FILTER (?x != ?n) } } }"
    )


def test_a_class_of_few_comes_before_a_version_of_many() -> None:
    query = """SELECT $this { $this <urn:in> ?version .
        FILTER EXISTS { ?x <urn:in> ?version . ?x a <urn:Few> } }"""
    fans = {"": 9000.0, "<urn:Few>": 3.0}
    text = bind(outline(query), Bindings({"this": ""}, fan=lambda _, value: fans[value]))

    assert "EXISTS { ?x a <urn:Few> . FILTER EXISTS { ?x <urn:in> ?version . } }" in " ".join(
        text.split()
    )


def test_a_subject_that_shares_two_variables_is_joined_by_hashing_where_one_is_spread_wide() -> (
    None
):
    query = "SELECT $this { $this <urn:n> ?n ; <urn:v> ?v . ?o <urn:n> ?n ; <urn:v> ?v }"
    bindings = Bindings({"this": ""}, fan=lambda *_: 40.0, hashes=True)
    text = bind(outline(query), bindings)

    assert "{ SELECT ?n ?o ?v WHERE { ?o <urn:n> ?n . ?o <urn:v> ?v . } }" in " ".join(text.split())


def test_the_variables_of_a_nested_query_are_its_own() -> None:
    text = """:S sh:targetClass :C ; sh:property [ sh:path :q ; sh:not [ sh:property :N ] ] .
    :N sh:path :n ; sh:sparql [
        sh:prefixes : ; sh:select "SELECT $this ?value { $this ex:p ?value }" ] .
    """

    assert results(compile_shapes(text=PREFIXES + text, format="ttl")) == "e:e"
