"""Values of parameters: what people write becomes a term of the right kind, or is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from somswd_kg.errors import ParameterError, QueryError
from somswd_kg.language import NO_TEXT
from somswd_kg.namespaces import XSD
from somswd_kg.questions.catalogue import Question, read_question
from somswd_kg.questions.names import Names, prefixed, short_name
from somswd_kg.questions.query import bind, read_select
from somswd_kg.questions.values import Value, read_values
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import BlankNode, Literal, NamedNode

ID = "https://w3id.org/somswd-kg/id/"


def question(kind: str) -> Question:
    return read_question(
        "q",
        "#+ title@en: a\n#+ title@th: ก\n#+ question@en: b\n#+ question@th: ข\n#+ answers: yes\n"
        f"#+ param x: {kind}; c; ค\n#+ column x: string; d; ง\nSELECT $x WHERE {{ ?s ?p $x }}",
        "q.rq",
        {},
    )


def read(kind: str, value: Value) -> object:
    return read_values(question(kind), {"x": value}, Names(EmbeddedStore()))["x"]


@pytest.mark.parametrize(
    ("kind", "value", "text", "datatype"),
    [
        ("string", ' a "b" ', 'a "b"', "string"),
        ("integer", "007", "7", "integer"),
        ("integer", 7, "7", "integer"),
        ("integer", "๑๒", "12", "integer"),
        ("decimal", "12.50", "12.50", "decimal"),
        ("decimal", Decimal("1E+2"), "100", "decimal"),
        ("year", "2025", "2025", "gYear"),
        ("year", "2568", "2025", "gYear"),
        ("year", "พ.ศ. ๒๕๖๘", "2025", "gYear"),
        ("year", "ค.ศ. 2568", "2568", "gYear"),
        ("date", "2022-02-22", "2022-02-22", "date"),
        ("date", date(2022, 2, 22), "2022-02-22", "date"),
        ("boolean", "yes", "true", "boolean"),
        ("boolean", False, "false", "boolean"),
        ("boolean", "ไม่ใช่", "false", "boolean"),
    ],
)
def test_a_value_becomes_a_literal_of_its_type(
    kind: str, value: Value, text: str, datatype: str
) -> None:
    assert read(kind, value) == Literal(text, datatype=NamedNode(XSD.base + datatype))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "1 } DELETE"),
        ("decimal", "NaN"),
        ("decimal", "many"),
        ("year", "25"),
        ("year", "next"),
        ("date", "22/02/2022"),
        ("date", "2022-02-30"),
        ("boolean", "perhaps"),
    ],
)
def test_a_value_that_is_none_of_its_type_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ParameterError, match=f"is no {kind}"):
        read(kind, value)


def test_a_parameter_that_is_needed_is_named() -> None:
    with pytest.raises(ParameterError) as caught:
        read_values(question("string"), {}, Names(EmbeddedStore()))

    assert (caught.value.what, caught.value.hint) == ("question 'q' needs 'x'", "add x=…: c")


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (f"{ID}somswd-2021-2025", "somswd-2021-2025"),
        (f"{ID}somswd-2021-2025/draft-2022-02", "somswd-2021-2025/draft-2022-02"),
        (f"{ID}somswd-2021-2025/draft-2022-02/list/3.1", "list:3.1"),
        (f"{ID}framework/ascc-blueprint-2025/kra/B.1", "kra:B.1"),
        (f"{ID}country/th", "country:th"),
        ("http://metadata.un.org/sdg/1.3", "sdg:1.3"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
    ],
)
def test_short_names_are_those_that_people_type(iri: str, short: str) -> None:
    assert short_name(iri) == short


def test_the_longest_prefix_is_taken() -> None:
    assert prefixed(f"{ID}body/acwc") == "body:acwc"
    assert prefixed("urn:x") == "<urn:x>"


# -- binding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        Literal('a" } DELETE WHERE { ?s ?p ?o } #'),
        Literal("ก\n\t\\'", language="th"),
        Literal("12.5", datatype=NamedNode(XSD.base + "decimal")),
        NamedNode("https://w3id.org/somswd-kg/id/ก"),
    ],
)
def test_a_value_is_bound_as_a_term_whatever_is_in_it(value: NamedNode | Literal) -> None:
    store = EmbeddedStore()
    query = bind(read_select("SELECT $x ?y WHERE { BIND($x AS ?y) }"), {"x": value})

    assert [row[1] for row in store.select(query)] == [value]


def test_a_value_reaches_a_sub_select_and_an_aggregate() -> None:
    store = EmbeddedStore()
    store.load(text="<urn:a> <urn:p> 1 , 2 . <urn:b> <urn:p> 3 .", format="ttl", graph="urn:g")
    text = (
        "SELECT $x ?n WHERE { { SELECT $x (COUNT(?v) AS ?n) WHERE { $x <urn:p> ?v } GROUP BY $x } }"
    )
    rows = store.select(bind(read_select(text), {"x": NamedNode("urn:a")}))

    assert [row[1].value for row in rows] == ["2"]  # type: ignore[union-attr]


def test_two_parameters_are_one_row() -> None:
    text = bind(
        read_select("SELECT $b $a WHERE { $a ?p $b }"),
        {"b": Literal("x"), "a": NamedNode("urn:a")},
    )

    assert text == 'SELECT $b $a WHERE { VALUES (?a ?b) { (<urn:a> "x") } $a ?p $b }'


def test_a_blank_node_is_no_value() -> None:
    with pytest.raises(QueryError, match="blank node"):
        bind(read_select("SELECT $a WHERE { $a ?p ?o }"), {"a": BlankNode("b")})


@pytest.mark.parametrize(
    ("text", "projection", "parameters"),
    [
        ("SELECT ?a WHERE { ?a ?b ?c }", ("a",), ()),
        ("select distinct $a ?b { ?a ?b $c }", ("a", "b"), ("a", "c")),
        ("SELECT (COUNT(DISTINCT ?x) AS ?n) $p { ?x ?y $p } GROUP BY $p", ("n", "p"), ("p",)),
        ("SELECT (EXISTS { ?a ?b ?c } AS ?e) WHERE { ?a ?b ?d }", ("e",), ()),
        ("SELECT ?a FROM <urn:g> { ?a ?b '$not' } # $neither", ("a",), ()),
        ("PREFIX s: <urn:select?x> SELECT ?a { ?a s:select ?b }", ("a",), ()),
    ],
)
def test_a_select_says_what_it_selects_and_takes(
    text: str, projection: tuple[str, ...], parameters: tuple[str, ...]
) -> None:
    found = read_select(text)

    assert (found.projection, found.parameters) == (projection, parameters)
    assert text[found.body - 1] == "{"


def test_a_header_without_texts_has_none() -> None:
    assert question("string").header.note == NO_TEXT
