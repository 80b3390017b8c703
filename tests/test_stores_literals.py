"""Literals come back from the embedded store exactly as the data writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store as Quads

from literal_forms import CASES, XSD
from somswd_kg.errors import QueryError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.stores.literals import KEPT, as_stored
from somswd_kg.terms import Literal, NamedNode, Quad

GRAPH = "http://example.org/g"
SUBJECT = NamedNode("http://example.org/s")


def quads_of_all() -> set[Quad]:
    return {
        Quad(SUBJECT, NamedNode(f"http://example.org/p{number}"), literal, NamedNode(GRAPH))
        for number, literal in enumerate(CASES)
    }


def turtle_of_all() -> str:
    return "".join(
        f"{SUBJECT} <http://example.org/p{number}> {literal} .\n"
        for number, literal in enumerate(CASES)
    )


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedStore]:
    if request.param == "memory":
        yield EmbeddedStore()
    else:
        yield EmbeddedStore.open(tmp_path / "store", create=True)


def test_the_embedded_store_is_a_store_that_keeps_literals(store: EmbeddedStore) -> None:

    assert isinstance(store, Store)
    assert isinstance(store, KeepsLiterals)


def test_every_literal_is_exported_as_it_was_written(store: EmbeddedStore) -> None:
    store.load(text=turtle_of_all(), format="ttl", graph=GRAPH)

    assert set(store.quads()) == quads_of_all()


def test_an_export_loaded_again_holds_the_same_literals(store: EmbeddedStore) -> None:
    store.load(text=turtle_of_all(), format="ttl", graph=GRAPH)
    again = EmbeddedStore()
    again.load(text=store.dump("nquads"), format="nquads")

    assert set(again.quads()) == quads_of_all()


def test_a_query_and_the_table_together_give_every_literal(store: EmbeddedStore) -> None:
    store.load(text=turtle_of_all(), format="ttl", graph=GRAPH)
    written = {(row.predicate, row.stored): row.written for row in store.rewritten([GRAPH])}
    rows = [(p, v) for p, v in store.select("SELECT ?p ?v { ?s ?p ?v }", graphs=[GRAPH])]
    found = {Quad(SUBJECT, p, written.get((p, v), v), NamedNode(GRAPH)) for p, v in rows}

    assert found == quads_of_all()


def test_construct_gives_the_literals_of_the_data_as_written(store: EmbeddedStore) -> None:
    store.load(text=turtle_of_all(), format="ttl", graph=GRAPH)
    made = store.construct("CONSTRUCT { ?s ?p ?v } WHERE { ?s ?p ?v }")

    assert {Quad(*triple, NamedNode(GRAPH)) for triple in made} == quads_of_all()


def test_the_forms_are_those_that_the_store_changes(store: EmbeddedStore) -> None:
    store.load(text=turtle_of_all(), format="ttl", graph=GRAPH)
    expected = {(literal, as_stored(literal)) for literal in CASES if as_stored(literal) != literal}

    assert {(written, stored) for _, written, stored, _ in store.rewritten_forms()} == expected
    assert len(expected) > 60


def test_the_subjects_of_a_form_are_counted_once_for_all_graphs(store: EmbeddedStore) -> None:
    store.load(text="<a:s> <a:p> 01, 2 . <a:t> <a:p> 01 .", format="ttl", graph="a:one")
    store.load(text="<a:s> <a:p> 01 . <a:u> <a:p> 1.0 .", format="ttl", graph="a:two")

    found = sorted((f[1].value, f[3]) for f in store.rewritten_forms(["a:one", "a:two"]))

    assert found == [("01", 2), ("1.0", 1)]


@pytest.mark.parametrize("first", ["1", "01"])
@pytest.mark.parametrize("together", [True, False])
def test_two_forms_of_one_value_in_one_place_stay_two(
    store: EmbeddedStore, first: str, together: bool
) -> None:
    second = {"1": "01", "01": "1"}[first]
    lines = [f'<a:s> <a:p> "{form}"^^<{XSD}integer> .' for form in (first, second)]
    for text in ["\n".join(lines)] if together else lines:
        store.load(text=text, format="ttl", graph=GRAPH)

    assert sorted(quad.object.value for quad in store.quads()) == ["01", "1"]
    assert sorted(row.written.value for row in store.rewritten()) == ["01", "1"]


def test_a_repeated_literal_is_one_row(store: EmbeddedStore) -> None:
    for _ in range(2):
        store.load(text="<a:s> <a:p> 1.0, 1.0 . <a:t> <a:p> 1 .", format="ttl", graph=GRAPH)

    assert [row.written.value for row in store.rewritten()] == ["1.0"]


def test_the_table_follows_its_graph(store: EmbeddedStore) -> None:
    store.load(text="<a:s> <a:p> 1.0 .", format="ttl", graph="a:one")
    store.load(text="<a:s> <a:p> 2.0 .", format="ttl", graph="a:two")
    store.replace_graph("a:one", text="<a:s> <a:p> 3.00 .", format="ttl")

    assert sorted(row.written.value for row in store.rewritten()) == ["2.0", "3.00"]
    assert [row.written.value for row in store.rewritten(["a:two"])] == ["2.0"]
    assert list(store.rewritten(predicates=["a:q"])) == []


def test_what_another_graph_has_in_the_same_place_is_a_row_too(store: EmbeddedStore) -> None:
    store.load(text="<a:s> <a:p> 1.0, 2.0 .", format="ttl", graph="a:one")
    store.load(text=f'<a:s> <a:p> "1"^^<{XSD}decimal>, 2.00 .', format="ttl", graph="a:two")

    def forms(*graphs: str) -> list[tuple[str, str]]:
        rows = store.rewritten(list(graphs) or None)
        return sorted((str(row.graph), row.written.value) for row in rows)

    one, two = [("<a:one>", "1.0"), ("<a:one>", "2.0")], ("<a:two>", "2.00")
    assert forms() == [*one, ("<a:two>", "1"), two]
    assert forms("a:one") == one
    assert forms("a:two") == [two]


def test_a_copy_has_the_literals_in_the_form_that_is_asked_for(store: EmbeddedStore) -> None:
    store.load(text="<a:s> <a:p> 7.0 .", format="ttl", graph="a:one")
    store.load(text="<a:s> <a:p> 1.0 ; <a:q> [] .", format="ttl", graph="a:two")
    text = "<a:s> <a:p> 1.0, 1.00, 2.5 ; <a:q> 1.0 ."
    store.replace_graph("a:one", text=text, format="ttl")  # it has another name on disk now

    def copy(**how: Any) -> list[str]:
        copied = store.copied(lambda written: Literal(f"as {written.value}"), **how)
        return sorted(f"{q.predicate} {q.object.value} {q.graph_name}" for q in copied.quads())

    p = [NamedNode("a:p")]
    assert copy(graphs=["a:one"], predicates=p) == [
        "<a:p> 2.5 <a:one>",
        "<a:p> as 1.0 <a:one>",
        "<a:p> as 1.00 <a:one>",
    ]
    assert copy(predicates=p, whole=["a:one"]) == [
        "<a:p> 2.5 <a:one>",
        "<a:p> as 1.0 <a:one>",
        "<a:p> as 1.0 <a:two>",
        "<a:p> as 1.00 <a:one>",
        "<a:q> as 1.0 <a:one>",
    ]
    assert len(copy()) == 6


@given(
    st.sampled_from(sorted(KEPT, key=str)),
    st.text("0123456789.-+:TZE", max_size=12)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str)
    | st.datetimes().map(lambda at: at.isoformat()),
)
def test_a_form_that_counts_as_kept_is_kept(datatype: NamedNode, form: str) -> None:
    literal = Literal(form, datatype=datatype)
    store = Quads()
    store.add(Quad(SUBJECT, SUBJECT, literal))

    if KEPT[datatype].fullmatch(form):
        assert next(iter(store)).object == literal
    assert next(iter(store)).object == as_stored(literal)


def forms(store: EmbeddedStore) -> list[str]:
    """List subject, predicate, value and graph of all quads, as written."""
    return sorted(
        f"{q.subject.value[2:]} {q.predicate.value[2:]} {q.object.value} {q.graph_name.value[2:]}"
        if isinstance(q.graph_name, NamedNode)
        else f"{q.subject.value[2:]} {q.predicate.value[2:]} {q.object.value}"
        for q in store.quads()
    )


XSD_BOOLEAN = "<http://www.w3.org/2001/XMLSchema#boolean>"
UPDATES = {
    "INSERT DATA { <a:s> <a:q> 3.00 , 4 }": ["s p 02", "s p 1.0", "s q 3.00", "s q 4"],
    "INSERT DATA { <a:s> <a:p> 1.00 , 2 }": ["s p 02", "s p 1.0", "s p 1.00", "s p 2"],
    "PREFIX a: <a:> INSERT DATA { a:s a:p 2 . GRAPH a:g { a:s a:p 007 } . a:s a:q 08 }": [
        "s p 007 g",
        "s p 02",
        "s p 1.0",
        "s p 2",
        "s q 08",
    ],
    "BASE <http://a/> PREFIX a: <a:> INSERT DATA { } ; "
    f"INSERT DATA {{ a:s a:p '1'^^{XSD_BOOLEAN} GRAPH a:g {{ }} }}": ["s p 02", "s p 1", "s p 1.0"],
    "DELETE DATA { <a:s> <a:p> 1.0 } ; INSERT DATA { <a:s> <a:p> '1'^^"
    "<http://www.w3.org/2001/XMLSchema#decimal> }": ["s p 02", "s p 1"],
    "DELETE { ?s ?p ?v } INSERT { ?s ?p 5 } WHERE { ?s ?p ?v FILTER (?v = 1) }": [
        "s p 02",
        "s p 5",
    ],
    "COPY DEFAULT TO <a:g>": ["s p 02", "s p 02 g", "s p 1.0", "s p 1.0 g"],
    "PREFIX a: <a:> MOVE SILENT DEFAULT TO GRAPH a:g": ["s p 02 g", "s p 1.0 g"],
    "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 2 , 1.00 } <a:s> <a:p> 3 } ; ADD DEFAULT TO <a:g>": [
        "s p 02",
        "s p 02 g",
        "s p 1.0",
        "s p 1.0 g",
        "s p 1.00 g",
        "s p 2 g",
        "s p 3",
        "s p 3 g",
    ],
    "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 03 } <a:s> <a:p> 3 } ; ADD DEFAULT TO <a:g>": [
        "s p 02",
        "s p 02 g",
        "s p 03 g",
        "s p 1.0",
        "s p 1.0 g",
        "s p 3",
        "s p 3 g",
    ],
    "CLEAR ALL ; INSERT DATA { <a:s> <a:p> 2 }": ["s p 2"],
}


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("where", ["in memory", "on disk"])
def test_an_update_keeps_literals_as_they_are_written(
    update: str, where: str, tmp_path: Path
) -> None:
    store = EmbeddedStore()
    if where == "on disk":
        store = EmbeddedStore.open(tmp_path / "store", create=True)
    store.load(text="<a:s> <a:p> 1.0 , 02 .", format="ttl")
    store.update(update)

    assert forms(store) == UPDATES[update]


def test_an_update_that_does_not_parse_changes_nothing() -> None:
    store = EmbeddedStore()
    store.load(text="<a:s> <a:p> 1.0 .", format="ttl")
    for update in ("INSERT DATA { <a:s> <a:p> 2.0 ", "COPY", "INSERT DATA { <a:s> <a:p> 2.0 . x }"):
        with pytest.raises(QueryError):
            store.update(update)

    assert forms(store) == ["s p 1.0"]


def test_what_a_template_makes_has_the_only_form_of_its_literal() -> None:
    store = EmbeddedStore()
    store.load(text="<a:s> <a:p> 1.0 , 02 , 3 . <a:t> <a:p> 2 .", format="ttl", graph="a:g")
    query = "CONSTRUCT { ?s <a:made> ?v } { ?s <a:p> ?v }"

    assert sorted(f"{t.subject.value[2:]} {t.object.value}" for t in store.construct(query)) == [
        "s 1.0",
        "s 2",
        "s 3",
        "t 2",
    ]
