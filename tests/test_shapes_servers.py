"""Over the cases of the shapes, and over the plan, real servers find what is found in memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pytest

from base_store import PLANS, base_store
from results import keys
from servers import Server
from shape_cases import CASE_GRAPH, all_cases, shapes_of
from somswd_kg.engines import Engine, run_engine
from somswd_kg.project import DataFile, find_project
from somswd_kg.shacl import compile_shapes
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.stores.remote import RemoteStore

FOLDERS = {
    folder: list(cases)
    for folder, cases in groupby(all_cases(), key=lambda case: case.path.parent.name)
}
REWRITTEN: dict[str, set[str]] = {"oxigraph": set(), "virtuoso": set()}
"""The cases whose literals a server gives back in another form; they may only become fewer."""

EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def fill(store: RemoteStore, files: Sequence[DataFile]) -> list[str]:
    """Load files, unless an earlier test has done so; give the names of their graphs."""
    known = store.graph_names()
    for file in files:
        if file.graph not in known:
            store.replace_graph(file.graph, file.path)
    return [file.graph for file in files]


def triples(store: RemoteStore | EmbeddedStore, graph: str) -> set[str]:
    return {f"{triple} .\n" for triple in store.construct(EVERYTHING, graphs=[graph])}


@pytest.mark.server
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_cases_on_a_real_server(server: Server, folder: str) -> None:
    store, memory = server.store(), base_store()
    base = [file for file in find_project().data_files() if not file.name.startswith(PLANS)]
    graphs = [*fill(store, base), CASE_GRAPH]
    shapes = compile_shapes(shapes_of(folder))
    rewritten = set()
    for case in FOLDERS[folder]:
        store.replace_graph(CASE_GRAPH, case.path)
        memory.replace_graph(CASE_GRAPH, case.path)
        stored, written = triples(store, CASE_GRAPH), triples(memory, CASE_GRAPH)
        if stored != written:
            rewritten.add(case.name)
            memory.replace_graph(CASE_GRAPH, text="".join(stored), format="nt")

        there = run_engine(Engine.COMPILED, store, shapes, graphs=graphs, focus=[CASE_GRAPH])
        here = run_engine(Engine.COMPILED, memory, shapes, focus=[CASE_GRAPH])

        assert keys(there.results) == keys(here.results), case.name
    own = {case.name for case in FOLDERS[folder]}
    assert rewritten == REWRITTEN[server.name] & own
