"""What the embedded store promises: loading, datasets, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from somswd_kg.errors import ParameterError, QueryError, SourceError
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import NamedNode

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TURTLE = "<a:s> <a:p> <a:o> ."


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EmbeddedStore:
    if request.param == "memory":
        return EmbeddedStore()
    return EmbeddedStore.open(tmp_path / "store", create=True)


@pytest.fixture
def memory() -> EmbeddedStore:
    """A store in memory, where the disk makes no difference."""
    return EmbeddedStore()


def count(store: EmbeddedStore, graphs: list[str] | None = None) -> int:
    return int(next(iter(store.select(COUNT, graphs=graphs)))[0].value)


FILES = {
    "ttl": TURTLE,
    "nt": TURTLE,
    "nq": "<a:s> <a:p> <a:o> <a:own> .",
    "trig": "GRAPH <a:own> { <a:s> <a:p> <a:o> }",
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">'
    '<rdf:Description rdf:about="a:s"><a:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
    "jsonld": '{"@id": "a:s", "a:p": {"@id": "a:o"}}',
}


@pytest.mark.parametrize("ending", FILES)
def test_every_format_is_known_by_its_ending(
    memory: EmbeddedStore, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"data.{ending}"
    path.write_text(FILES[ending], encoding="utf-8", newline="\n")
    own = ending in ("nq", "trig")
    memory.load(path, graph=None if own else "a:given")

    assert memory.ask("ASK { <a:s> <a:p> <a:o> }")
    assert memory.graph_names() == (("a:own",) if own else ("a:given",))


def test_triples_of_no_graph_are_seen_where_no_graph_is_named(store: EmbeddedStore) -> None:
    store.load(text=TURTLE, format="ttl")
    store.load(text="<a:s> <a:p> <a:o2> .", format="ttl", graph="a:g")

    assert count(store) == 2
    assert count(store, ["a:g"]) == 1
    assert store.graph_names() == ("a:g",)


def test_a_triple_of_two_graphs_counts_once_in_their_union(store: EmbeddedStore) -> None:
    for graph in ("a:one", "a:two", "a:three"):
        store.load(text=TURTLE + f"<a:s> <a:p> <{graph}> .", format="ttl", graph=graph)
    store.load(text=TURTLE, format="ttl")

    assert count(store) == 4
    assert count(store, ["a:one", "a:two"]) == 3
    assert count(store, ["a:one"]) == 2
    assert count(store, ["a:nowhere"]) == 0
    assert count(store, []) == 0
    assert store.graph_names() == ("a:one", "a:three", "a:two")


@pytest.mark.parametrize("kept", [False, True], ids=["loaded", "of a snapshot"])
def test_a_graph_that_is_replaced_shares_triples_or_does_not(kept: bool) -> None:
    store = EmbeddedStore()
    for number in range(3):
        store.load(text=f"<a:s> <a:p> {number} .", format="ttl", graph=f"a:g{number}")
    if kept:
        store = EmbeddedStore.of_snapshot(store.snapshot())
    for added, triples in (([3], 4), ([2], 3), ([2, 4], 4), ([], 3), ([0, 1, 2], 3), ([5], 4)):
        text = "".join(f"<a:s> <a:p> {number} ." for number in added)
        store.replace_graph("a:new", text=text, format="ttl")

        assert count(store) == triples, added
    store.load(text="<a:s> <a:p> 0 .", format="ttl", graph="a:g1")
    store.load(text="<a:s> <a:p> 6 .", format="ttl", graph="a:newer")
    assert count(store) == 5


def test_graph_clauses_see_the_graphs_that_were_named_and_no_others(store: EmbeddedStore) -> None:
    for graph in ("a:one", "a:two", "a:three"):
        store.load(text=TURTLE, format="ttl", graph=graph)
    query = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    chosen = ["a:one", "a:two"]

    assert [row[0] for row in store.select(query, graphs=chosen)] == [*map(NamedNode, chosen)]
    assert len(list(store.select(query))) == 3


def test_graphs_beside_are_reached_by_graph_only(store: EmbeddedStore) -> None:
    for graph in ("a:one", "a:two", "a:three"):
        store.load(text=TURTLE, format="ttl", graph=graph)
    store.replace_graph("a:three", text="<a:s> <a:q> <a:o> .", format="ttl")
    query = "SELECT ?n ?q { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } GRAPH <a:three> { ?s ?q ?o } }"
    for graphs in (["a:one"], ["a:one", "a:two"]):
        found = [*store.select_beside(query, graphs=graphs, beside=["a:three"])]

        assert [(row[0].value, row[1]) for row in found] == [("1", NamedNode("a:q"))]


def test_what_is_loaded_after_a_query_is_seen_by_the_next(store: EmbeddedStore) -> None:
    for number in range(4):
        store.load(text=f"{TURTLE} <a:s> <a:p> {number} .", format="ttl", graph=f"a:g{number}")

        assert count(store) == number + 2
    store.update("DELETE WHERE { GRAPH <a:g0> { ?s ?p 0 } }")

    assert count(store) == 4


def test_a_file_with_an_error_adds_nothing_and_says_the_place(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(TURTLE * 3 + "\n<a:s> <a:p> oops .\n", encoding="utf-8", newline="\n")
    with pytest.raises(SourceError) as caught:
        store.load(path, graph="a:g")

    assert (caught.value.path, caught.value.line, caught.value.column) == (str(path), 2, 13)
    assert len(store) == 0


@pytest.mark.parametrize(
    ("text", "format", "part"),
    [
        ("<a:s> <a:p> [", "ttl", "<text>:1"),
        (b'<a:s> <a:p> "\xff" .', "ttl", "<text>:1"),
        ('{"@context": "http://example.org/c", "@id": "a:s"}', "jsonld", "kept elsewhere"),
        ("<s> <a:p> <a:o> .", "ttl", "IRI"),
        (TURTLE, "turtel", "format 'turtel' is not known"),
    ],
)
def test_what_does_not_parse_is_our_error(
    memory: EmbeddedStore, text: str | bytes, format: str, part: str
) -> None:
    with pytest.raises(SourceError) as caught:
        memory.load(text=text, format=format, graph="a:g")

    assert part in str(caught.value)
    assert len(memory) == 0


def test_a_missing_file_and_an_unknown_ending_are_our_errors(
    memory: EmbeddedStore, tmp_path: Path
) -> None:
    (tmp_path / "data.txt").write_text(TURTLE, encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        memory.load(tmp_path / "none.ttl", graph="a:g")
    with pytest.raises(SourceError, match=r"\.ttl, "):
        memory.load(tmp_path / "data.txt", graph="a:g")
    with pytest.raises(ParameterError, match="no absolute IRI"):
        memory.load(text=TURTLE, format="ttl", graph="not an iri")


def test_a_graph_given_for_a_file_that_names_its_own_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(SourceError, match="names graphs itself"):
        store.load(text=FILES["trig"], format="trig", graph="a:g")
    store.load(text=TURTLE, format="trig", graph="a:g")

    assert store.graph_names() == ("a:g",)


def test_a_byte_order_mark_is_passed_over(memory: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "marked.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + TURTLE.encode())
    memory.load(path, graph="a:g")

    assert count(memory) == 1


BLANK = '[] <a:p> "x", [ <a:q> (1 2) ] . _:named <a:p> _:named .'


def test_blank_nodes_are_named_by_their_place_in_the_text() -> None:
    dumps = []
    for _ in range(2):
        store = EmbeddedStore()
        store.load(text=BLANK, format="ttl", graph="a:g")
        dumps.append(sorted(map(str, store.quads())))
    triples = len(list(parse(BLANK.encode(), format=RdfFormat.TURTLE)))

    assert dumps[0] == dumps[1]
    assert len(dumps[0]) == triples


def test_blank_nodes_of_two_texts_stay_apart(store: EmbeddedStore) -> None:
    store.load(text='_:a <a:p> "1" .', format="ttl", graph="a:g")
    store.load(text='_:a <a:p> "2" .', format="ttl", graph="a:g")

    assert len({quad.subject for quad in store.quads()}) == 2


@pytest.mark.parametrize(
    "text",
    ['<a:s> <a:p> "(no) [list] _:x" .', "# (comment)\n" + TURTLE, "<a:s> <a:p> '''(\n''' ."],
)
def test_signs_inside_strings_and_comments_are_no_blank_nodes(
    memory: EmbeddedStore, text: str
) -> None:
    memory.load(text=text, format="ttl", graph="a:g")

    assert count(memory) == 1


def test_a_replaced_graph_holds_only_the_new_text(store: EmbeddedStore) -> None:
    store.load(text=TURTLE, format="ttl", graph="a:g")
    store.load(text=TURTLE, format="ttl", graph="a:other")
    store.replace_graph("a:g", text="<a:new> <a:p> <a:o> .", format="ttl")

    assert [quad.subject.value for quad in store.quads(["a:g"])] == ["a:new"]
    assert count(store, ["a:other"]) == 1


def test_a_graph_stays_when_its_replacement_does_not_parse(store: EmbeddedStore) -> None:
    store.load(text=TURTLE, format="ttl", graph="a:g")
    with pytest.raises(SourceError):
        store.replace_graph("a:g", text=TURTLE + " oops", format="ttl")

    assert count(store, ["a:g"]) == 1


def test_many_files_are_loaded_in_one_call(store: EmbeddedStore, tmp_path: Path) -> None:
    pairs = []
    for number in range(5):
        path = tmp_path / f"{number}.ttl"
        path.write_text(f"<a:s> <a:p> {number} .", encoding="utf-8")
        pairs.append((path, f"a:g{number}"))
    store.load_many(pairs)

    assert store.graph_names() == tuple(graph for _, graph in pairs)
    assert count(store) == 5


def test_loading_tells_how_far_it_is(memory: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text("".join(f"<a:s> <a:p> <a:{n}> .\n" for n in range(20_000)), encoding="utf-8")
    told: list[tuple[int, int]] = []
    memory.load(path, graph="a:g", progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert len(told) > 3
    assert told == sorted(told)


@pytest.mark.parametrize("query", ["SELECT * { ?s", "SELECT ?x WHERE { BIND(1 AS ?x) } LIMIT x"])
def test_a_query_that_does_not_parse_says_the_place(memory: EmbeddedStore, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        memory.select(query)

    assert caught.value.line == 1
    assert caught.value.column > 5


def test_a_query_of_another_form_is_refused(memory: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        memory.select("ASK {}")
    with pytest.raises(QueryError, match="no ASK"):
        memory.ask("SELECT * {}")
    with pytest.raises(QueryError, match="no CONSTRUCT"):
        memory.construct("ASK {}")


def test_a_dump_into_a_format_without_graphs_is_the_union(store: EmbeddedStore) -> None:
    for graph in ("a:one", "a:two"):
        store.load(text=TURTLE, format="ttl", graph=graph)

    assert store.dump("ntriples") == b"<a:s> <a:p> <a:o> .\n"
    assert store.dump("nquads").count(b"\n") == 2


CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "ASK { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:b { ?s ?p ?o } }",
]
LOADS = [
    "LOAD <http://127.0.0.1:1/x>",
    "LOADSILENT<http://127.0.0.1:1/x>",
    "PREFIX : <http://127.0.0.1:1/> LOAD:x",
    "LO\\u0041D <http://127.0.0.1:1/x>",
    "INSERT DATA { <a:a> <a:b> 1 } ; load silent <http://127.0.0.1:1/x> INTO GRAPH <a:g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_no_query_calls_another_server(query: str) -> None:
    store = EmbeddedStore()
    for ask in (store.select, store.ask, store.construct):
        with pytest.raises(QueryError, match="the query asks another server"):
            ask(query)
    with pytest.raises(QueryError, match="the query asks another server"):
        store.select_beside(query, graphs=[], beside=[])


@pytest.mark.parametrize("update", LOADS)
def test_no_update_reads_from_elsewhere(update: str) -> None:
    store = EmbeddedStore()
    with pytest.raises(QueryError, match=r"another (server|place)"):
        store.update(update)

    assert len(store) == 0


def test_words_that_only_look_like_calls_pass() -> None:
    store = EmbeddedStore()
    store.update(
        "PREFIX load: <a:load/> PREFIX service: <a:service/> # LOAD <a:x>\n"
        "INSERT DATA { GRAPH load:g { <a:s> load:p 'SERVICE <a:x> { }' , service:LOAD } } ; "
        "WITH load:g DELETE { ?load ?p service:LOAD } WHERE { ?load ?p service:LOAD }"
    )

    assert len(store) == 1
    assert len(list(store.select("SELECT ?load { ?load ?service ?LOAD }"))) == 1


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <a:s> <a:p> 1 }", "DROP ALL"])
def test_reading_never_writes(update: str) -> None:
    store = EmbeddedStore()
    store.load(text="<a:s> <a:p> 2 .", format="ttl", graph="a:g")
    for ask in (store.select, store.ask, store.construct):
        with pytest.raises(QueryError):
            ask(update)

    assert [str(quad.object.value) for quad in store.quads()] == ["2"]


def test_a_store_that_may_call_others_is_asked_for() -> None:
    store = EmbeddedStore()
    store.load(text="<a:s> <a:p> 2 .", format="ttl", graph="a:g")
    query = "SELECT ?v { <a:s> <a:p> ?v SERVICE SILENT <http://127.0.0.1:1/> { } }"

    assert [str(v) for (v,) in store.calling().select(query)] == [
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]


def test_it_knows_how_large_it_is_at_most_until_it_is_changed_by_an_update():
    store = EmbeddedStore()
    store.load(text="<a:s> <a:p> 1 , 2 .", format="ttl", graph="a:g")
    store.load(text="<a:s> <a:p> 2 , 3 .", format="ttl", graph="a:g")
    known = store.most_triples()
    store.replace_graph("a:g", text="<a:s> <a:p> 1 .", format="ttl")
    after = store.most_triples()
    store.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 4 , 5 , 6 , 7 } }")

    assert known is not None and known >= 3
    assert after is not None and after >= 1
    assert store.most_triples() is None
    assert EmbeddedStore.of_snapshot(store.snapshot()).most_triples() is None
