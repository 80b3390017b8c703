"""What the embedded store promises on disk: whole writes, undisturbed readers, clear refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from somswd_kg.errors import SourceError, StoreError
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.stores.graphnames import with_physical_names
from somswd_kg.terms import NamedNode

TURTLE = "<a:s> <a:p> <a:o> ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def replaced(folder: Path) -> EmbeddedStore:
    """Two graphs, the first of which has been replaced, and which share a triple."""
    store = EmbeddedStore.open(folder, create=True)
    store.load(text=TURTLE, format="ttl", graph="a:one")
    store.load(text=TURTLE + "<a:one> <a:title> 'first' .", format="ttl", graph="a:two")
    store.replace_graph("a:one", text=TURTLE + "<a:s> <a:p> 1.0 .", format="ttl")
    return store


def rows(store: EmbeddedStore, query: str, graphs: Sequence[str] | None = None) -> list[str]:
    found = store.select(query, graphs=graphs)
    return sorted(" ".join(getattr(term, "value", "-") for term in row) for row in found)


def test_what_was_written_is_there_when_it_is_opened_again(folder: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        EmbeddedStore.open(folder)
    EmbeddedStore.open(folder, create=True).load(text=TURTLE, format="ttl", graph="a:g")

    assert rows(EmbeddedStore.open(folder), "SELECT ?o { ?s ?p ?o }") == ["a:o"]


GRAPH_QUERIES = {
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } }": ["a:one", "a:one", "a:two", "a:two"],
    "SELECT * { GRAPH ?g { <a:one> <a:title> ?o } }": ["a:two first"],
    "SELECT DISTINCT ?g { GRAPH ?g {} } ORDER BY ?g": ["a:one", "a:two"],
    "SELECT ?o { GRAPH <a:one> { ?s ?p ?o } }": ["1", "a:o"],
    "PREFIX a: <a:> SELECT ?o { GRAPH a:one { ?s ?p ?o } }": ["1", "a:o"],
    "SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER (?g = <a:one>) }": ["a:one", "a:one"],
    "SELECT ?x { GRAPH ?g { ?s ?p 1.0 } BIND (STR(?g) AS ?x) }": ["a:one"],
    "SELECT ?t { GRAPH ?g { ?s ?p 1.0 } ?g <a:title> ?t }": ["first"],
    "SELECT ?g { VALUES ?g { <a:one> } FILTER EXISTS { GRAPH ?g { ?s ?p 1.0 } } }": ["a:one"],
    "SELECT ?g { VALUES ?g { <a:two> } FILTER EXISTS { GRAPH ?g { ?s ?p 1.0 } } }": [],
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g": ["a:one 2", "a:two 2"],
    "SELECT ?g { ?s ?p 1.0 OPTIONAL { GRAPH ?g { ?s ?p 1.0 } } }": ["a:one"],
    "SELECT ?g ?h { GRAPH ?g { ?s ?p 1.0 } GRAPH ?h { ?g ?q ?t } }": ["a:one a:two"],
    "SELECT ?g { { SELECT ?g { GRAPH ?g { ?s ?p 1.0 } } } }": ["a:one"],
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }": ["3"],
    "SELECT ?o { ?s ?p ?o # GRAPH ?g {\n }": ["1", "a:o", "first"],
    "SELECT ?s { ?s ?p 'GRAPH ?g { }' }": [],
}


def test_a_replaced_graph_keeps_its_name_in_every_query(replaced: EmbeddedStore) -> None:
    for state in ("replaced", "compacted"):
        found = {query: rows(replaced, query) for query in GRAPH_QUERIES}
        names = {name for query in GRAPH_QUERIES for name in replaced.select(query).variables}

        assert (state, found) == (state, GRAPH_QUERIES)
        assert names == {"g", "h", "n", "o", "t", "x", "s"}

        replaced.compact()


def test_a_part_of_the_graphs_is_asked_under_their_names(replaced: EmbeddedStore) -> None:
    replaced.load(text=TURTLE, format="ttl", graph="a:three")
    names = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
    objects = "SELECT ?o { ?s ?p ?o }"

    assert rows(replaced, names, ["a:one"]) == ["a:one", "a:one"]
    assert rows(replaced, objects, ["a:one", "a:three"]) == ["1", "a:o"]
    assert rows(replaced, names, ["a:one", "a:three"]) == ["a:one", "a:one", "a:three"]
    assert rows(replaced, "SELECT ?g { GRAPH <a:two> { ?g ?p ?o } }", ["a:one"]) == []


def test_physical_names_show_nowhere(replaced: EmbeddedStore) -> None:

    assert {quad.graph_name for quad in replaced.quads()} == {
        NamedNode("a:one"),
        NamedNode("a:two"),
    }
    assert {row.graph for row in replaced.rewritten()} == {NamedNode("a:one")}
    assert replaced.graph_names() == ("a:one", "a:two")
    assert b"urn:x-somswd-kg" not in replaced.dump("nquads")


def test_updates_and_files_that_name_graphs_find_replaced_graphs(replaced: EmbeddedStore) -> None:
    replaced.update("INSERT DATA { GRAPH <a:one> { <a:s> <a:p> <a:new> } }")

    assert rows(replaced, "SELECT ?o { GRAPH <a:one> { ?s ?p ?o } }") == ["1", "a:new", "a:o"]

    replaced.replace_graph("a:one", text=TURTLE, format="ttl")
    replaced.load(text="<a:s> <a:p> <a:more> <a:one> .", format="nquads")

    assert rows(replaced, "SELECT ?o { GRAPH <a:one> { ?s ?p ?o } }") == ["a:more", "a:o"]


def test_compacting_frees_what_replaced_graphs_have_left(folder: Path) -> None:
    store = EmbeddedStore.open(folder, create=True)
    for round in range(3):
        text = "".join(f"<a:s{n}> <a:p> '{round} {n}' .\n" for n in range(5_000))
        store.replace_graph("a:g", text=text, format="ttl")
        if not round:
            store.load(text=text[:90_000].rpartition("\n")[0], format="ttl", graph="a:beside")

    def size() -> int:
        return sum(path.stat().st_size for path in folder.rglob("*.sst"))

    before, quads = size(), set(store.quads())
    store.compact()

    assert size() < before * 0.6
    assert set(EmbeddedStore.open(folder).quads()) == quads


def test_a_replaced_graph_that_is_nearly_all_leaves_nothing_behind(folder: Path) -> None:
    store = EmbeddedStore.open(folder, create=True)
    for graph, count in (("a:large", 500), ("a:small", 10)):
        text = "".join(f"<a:s{n}> <a:p> {n}.0 .\n" for n in range(count))
        store.load(text=text, format="ttl", graph=graph)
    small = set(store.quads(["a:small"]))
    store.replace_graph("a:large", text=TURTLE, format="ttl")

    assert json.loads((folder / "store.json").read_text(encoding="utf-8"))["stale"] is False
    assert set(store.quads(["a:small"])) == small
    assert len(store) == 11

    store.replace_graph("a:small", text=TURTLE, format="ttl")

    assert len(store) == 2
    assert rows(store, "SELECT * { ?s ?p ?o }") == ["a:o a:p a:s"]


def test_a_reader_sees_one_state_whatever_is_written(folder: Path) -> None:
    writer = EmbeddedStore.open(folder, create=True)
    writer.load(text=TURTLE, format="ttl", graph="a:g")
    reader = EmbeddedStore.open(folder)
    walking = iter(reader.select("SELECT ?o { ?s ?p ?o }"))
    for number in range(3):
        writer.replace_graph("a:g", text=f"<a:s> <a:p> {number} .", format="ttl")
    writer.compact()

    assert (folder / "generations" / "1").is_dir()
    assert rows(reader, "SELECT ?o { ?s ?p ?o }") == ["a:o"]
    assert [row[0] for row in walking] == [NamedNode("a:o")]
    assert rows(EmbeddedStore.open(folder), "SELECT ?o { ?s ?p ?o }") == ["2"]


def test_generations_that_nobody_reads_are_removed(folder: Path) -> None:
    writer = EmbeddedStore.open(folder, create=True)
    reader = EmbeddedStore.open(folder)
    for number in range(3):
        writer.replace_graph("a:g", text=f"<a:s> <a:p> {number} .", format="ttl")
    del reader
    writer.compact()

    assert len(list((folder / "generations").iterdir())) == 1
    assert len(list((folder / "readers").iterdir())) == 1


def test_many_files_are_loaded_all_or_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(TURTLE, encoding="utf-8")
    (tmp_path / "bad.ttl").write_text(TURTLE + " oops", encoding="utf-8")
    store = EmbeddedStore.open(folder, create=True)
    with pytest.raises(SourceError):
        store.load_many([(tmp_path / "good.ttl", "a:g"), (tmp_path / "bad.ttl", "a:h")])

    assert store.graph_names() == ()
    assert EmbeddedStore.open(folder).graph_names() == ()
    assert list((folder / "generations").iterdir()) == []


HOLDING = """
import sys
from pathlib import Path
from somswd_kg.stores.folder import Folder
with Folder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_writes_and_a_dead_one_stops_nobody(folder: Path) -> None:
    store = EmbeddedStore.open(folder, create=True)
    store.load(text=TURTLE, format="ttl", graph="a:g")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held" + os.linesep.encode()
        with pytest.raises(StoreError) as caught:
            store.load(text=TURTLE, format="ttl", graph="a:h")

        assert f"process {other.pid} " in str(caught.value)
        assert rows(EmbeddedStore.open(folder), "SELECT ?o { ?s ?p ?o }") == ["a:o"]

        other.kill()
    store.load(text=TURTLE, format="ttl", graph="a:h")

    assert store.graph_names() == ("a:g", "a:h")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"kind": "shop"}', "something else"),
        ('{"kind": "somswd-kg store", "version": 99}', "form 99"),
        ('{"kind": "somswd-kg store", "version": 1, "generation": 1}', "damaged"),
    ],
)
def test_a_small_file_that_is_damaged_or_foreign_is_our_error(
    folder: Path, content: str, part: str
) -> None:
    EmbeddedStore.open(folder, create=True)
    (folder / "store.json").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=part) as caught:
        EmbeddedStore.open(folder)

    assert str(folder) in str(caught.value)


def test_a_folder_with_other_things_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="something else"):
        EmbeddedStore.open(folder, create=True)

    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_damaged_tables_are_our_error(folder: Path) -> None:
    store = EmbeddedStore.open(folder, create=True)
    store.load(text=TURTLE, format="ttl", graph="a:g")
    state = json.loads((folder / "store.json").read_text(encoding="utf-8"))
    quads = folder / "generations" / str(state["generation"]) / "quads"
    del store
    for path in quads.glob("*.sst"):
        path.write_bytes(b"no table")
    with pytest.raises(StoreError):
        list(EmbeddedStore.open(folder).quads())
    for path in quads.glob("MANIFEST*"):
        path.write_bytes(b"")
    with pytest.raises(StoreError, match="damaged"):
        EmbeddedStore.open(folder)


NAMES = {"a:one": "a:1", "a:two": "a:two", "http://example.org/x-y": "a:3"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { graph <a:one> {} }", "ASK { graph <a:1> {} }"),
        ("ASK { GRAPH <a:none> {} }", "ASK { GRAPH <a:none> {} }"),
        (
            r"PREFIX e: <http://example.org/> ASK { GRAPH e:x\-y {} }",
            "PREFIX e: <http://example.org/> ASK { GRAPH <a:3> {} }",
        ),
        ("PREFIX graph: <a:> ASK { graph:x graph:y <a:one> }", None),
        ('ASK { ?s ?p \'GRAPH ?g {\', """GRAPH <a:one>""" } # GRAPH ?g', None),
        ("ASK { GRAPH", None),
    ],
)
def test_only_graph_clauses_are_rewritten(query: str, expected: str | None) -> None:

    assert with_physical_names(query, NAMES) == (query if expected is None else expected)


def test_a_variable_after_graph_is_tied_to_the_names() -> None:
    values = "VALUES (?g_swd_physical ?g) { (<a:1> <a:one>) (<a:two> <a:two>) }"
    query = "ASK { GRAPH $g { GRAPH <a:one> { ?s ?p ?o } } ?g ?x 1 }"

    assert with_physical_names(query, {"a:one": "a:1", "a:two": "a:two"}) == (
        f"ASK {{ {{ {values} GRAPH ?g_swd_physical {{ GRAPH <a:1> {{ ?s ?p ?o }} }} }} ?g ?x 1 }}"
    )


REPLACING = """
import sys
from somswd_kg.stores.embedded import EmbeddedStore
store = EmbeddedStore.open(sys.argv[1])
print("ready", flush=True)
store.replace_graph("a:g", sys.argv[2])
print("done", flush=True)
"""
TRIPLES = 125_000
MOMENTS = 20


@pytest.mark.slow
def test_a_replacement_killed_at_any_moment_leaves_the_old_graph_or_the_new_one(
    folder: Path, tmp_path: Path
) -> None:
    files = []
    for name in ("old", "new"):
        path = tmp_path / f"{name}.nt"
        lines = (f'<a:{name}{n}> <a:p> "{n}.0"^^<a:d> .\n' for n in range(TRIPLES))
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
        files.append(path)
    old, new = files
    EmbeddedStore.open(folder, create=True).load(old, graph="a:g")

    def run(source: Path, seconds: float | None) -> float:
        command = [sys.executable, "-c", REPLACING, str(folder), str(source)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            started = time.monotonic()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
            return time.monotonic() - started

    whole = max(run(new, None), run(old, None))
    found = []
    for moment in range(MOMENTS):
        run(new, whole * (moment + 0.5) / MOMENTS)
        store = EmbeddedStore.open(folder)
        query = 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER (STRSTARTS(STR(?s), "a:%s")) }'
        counts = tuple(int(rows(store, query % name)[0]) for name in ("old", "new"))

        assert counts in {(TRIPLES, 0), (0, TRIPLES)}
        assert len(store) == TRIPLES

        found.append(counts)
        del store
        if counts[1]:
            run(old, None)

    assert found[0] == (TRIPLES, 0)
    EmbeddedStore.open(folder).compact()

    assert len(list((folder / "generations").iterdir())) == 1
