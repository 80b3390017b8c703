"""The remote store on real servers: Oxigraph and Virtuoso."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

import servers
from literal_forms import CASES
from servers import Server
from somswd_kg.errors import EndpointError
from somswd_kg.stores.credentials import Credentials
from somswd_kg.terms import NamedNode

pytestmark = pytest.mark.server

TURTLE = "<http://a/s> <http://a/p> <http://a/o> ."
LITERALS = Path(__file__).parent / "server_literals"


def numbers(count: int) -> str:
    return "".join(f"<http://a/s{n}> <http://a/p> {n} .\n" for n in range(count))


def test_a_missing_server_fails_in_ci_and_says_how_to_install_it_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(servers.shutil, "which", lambda _: None)
    for ci, outcome in (("true", pytest.fail.Exception), ("", pytest.skip.Exception)):
        monkeypatch.setitem(os.environ, "CI", ci)
        with pytest.raises(outcome, match="apt-get install"), servers.virtuoso(tmp_path):
            pass


def test_only_the_named_graphs_are_asked(server: Server) -> None:
    store = server.store()
    one, two = "http://dataset/one", "http://dataset/two"
    for graph in (one, two):
        store.replace_graph(graph, text=TURTLE + f"<{graph}> <http://a/p> 1 .", format="ttl")

    def count(graphs: list[str], rows: str = "SELECT ?s ?p ?o") -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {rows} {{ ?s ?p ?o }} }}"
        return int(next(iter(store.select(query, graphs=graphs)))[0].value)

    assert [count([one]), count([one, two]), count([])] == [2, 4, 0]
    # Both servers show a triple once for every graph that holds it; SPARQL 1.1 wants a merge.
    assert count([one, two], "SELECT DISTINCT ?s ?p ?o") == 3

    names = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

    assert list(store.select(names, graphs=[two])) == [(NamedNode(two),)]
    assert store.ask("ASK { ?s ?p 1 }", graphs=[one])
    assert not store.ask("ASK { ?s ?p 2 }", graphs=[one])


def test_graphs_are_listed_without_those_of_the_server_itself(server: Server) -> None:
    server.store().replace_graph("http://listing/one", text=TURTLE, format="ttl")
    listed = server.store().graph_names()

    assert "http://listing/one" in listed
    assert [name for name in listed if "openlink" in name or "w3.org" in name] == []


def test_many_graphs_are_asked_at_once(server: Server) -> None:
    """Virtuoso repeats the names of all of them in its headers."""
    store = server.store()
    graphs = [f"http://many/{number}" for number in range(300)]
    for graph in (graphs[0], graphs[-1]):
        store.replace_graph(graph, text=f'<http://a/s> <http://a/p> "{graph}" .', format="ttl")
    rows = list(store.select("SELECT ?o { ?s <http://a/p> ?o }", graphs=graphs))

    assert sorted(value.value for (value,) in rows if value) == [graphs[0], graphs[-1]]


@pytest.mark.parametrize("count", [9_999, 10_000, 25_000])
def test_a_large_answer_comes_whole(server: Server, count: int) -> None:
    store = server.store()
    graph = f"http://paging/{count}"
    store.replace_graph(graph, text=numbers(count), format="ttl")
    queries = [  # a predicate is named since Virtuoso is slow without one
        "SELECT ?s ?o { ?s <http://a/p> ?o }",
        "PREFIX a: <http://a/> SELECT ?s (?o AS ?v) { ?s a:p ?o } ORDER BY DESC(?o) # all",
        "SELECT DISTINCT ?o { ?s <http://a/p> ?o }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s <http://a/p> ?o } GROUP BY ?s",
    ]
    for query in queries:
        rows = list(store.select(query, graphs=[graph]))

        assert (len(rows), len(set(rows))) == (count, count)

    ordered = [int(row[1].value) for row in store.select(queries[1], graphs=[graph])]

    assert ordered == sorted(range(count), reverse=True)

    made = store.construct("CONSTRUCT { ?s <a:q> ?o } WHERE { ?s <http://a/p> ?o }", graphs=[graph])

    assert len(set(made)) == count


def test_graphs_are_loaded_replaced_and_changed(server: Server) -> None:
    store = server.store()
    graph = "http://changing/graph"
    objects = "SELECT ?o { ?s ?p ?o }"

    def found() -> list[str]:
        return sorted(row[0].value for row in store.select(objects, graphs=[graph]))

    store.replace_graph(graph, text=TURTLE, format="ttl")
    store.load(text="<http://a/s> <http://a/p> 'ไทย' .", format="ttl", graph=graph)

    assert found() == ["http://a/o", "ไทย"]

    store.replace_graph(graph, text="<http://a/s> <http://a/p> 1 .", format="ttl")

    assert found() == ["1"]

    store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <http://a/s> <http://a/p> 'new' }} }}")

    assert found() == ["1", "new"]


def test_blank_nodes_come_back_as_blank_nodes(server: Server) -> None:
    store = server.store()
    graph = "http://blank/graph"
    text = "<http://a/s> <http://a/p> [ <http://a/q> 1 ] ."
    store.replace_graph(graph, text=text, format="ttl")
    query = "SELECT ?x ?y { ?s <http://a/p> ?x . ?y <http://a/q> ?o }"
    ((first, second),) = store.select(query, graphs=[graph])

    assert type(first).__name__ == "BlankNode"
    assert first == second


def test_what_the_server_refuses_is_one_line_with_its_reason(server: Server) -> None:
    store = server.store()
    for failing in (
        lambda: store.select("SELECT * { ?s ?p", graphs=["http://a/g"]),
        lambda: store.update("INSERT DATA { GRAPH"),
    ):
        with pytest.raises(EndpointError) as caught:
            failing()

        assert "answers 400 Bad Request: " in str(caught.value)
        assert "\n" not in str(caught.value)


def test_virtuoso_wants_to_know_who_writes(virtuoso_server: Server) -> None:
    for who in (Credentials(), Credentials("dba", "wrong-word")):
        store = virtuoso_server.store(credentials=who)
        with pytest.raises(EndpointError) as caught:
            store.replace_graph("http://auth/graph", text=numbers(5_000), format="ttl")

        assert "401" in str(caught.value)
        assert "wrong-word" not in str(caught.value)


def read_back(server: Server) -> dict[str, str]:
    """Say what became of each literal that did not come back as it was sent."""
    store = server.store()
    changed = {}
    for number, literal in enumerate(CASES):
        graph = f"http://literals/{number}"
        text = f"<http://a/s> <http://a/p> {literal} ."
        try:
            store.replace_graph(graph, text=text, format="ttl")
        except EndpointError as error:
            assert error.what.startswith(("it answers 4", "it answers 5"))
            changed[str(literal)] = "refused"
            continue
        rows = list(store.select("SELECT ?o { ?s ?p ?o }", graphs=[graph]))
        found = str(rows[0][0]) if rows else "lost"
        if found != str(literal):
            changed[str(literal)] = found
    return changed


def test_no_more_literals_are_changed_by_a_server_than_are_known(server: Server) -> None:
    found = read_back(server)
    path = LITERALS / f"{server.name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {row["written"]: row["read back"] for row in csv.DictReader(file)}
    worse = {written: back for written, back in found.items() if known.get(written) != back}

    assert worse == {}
