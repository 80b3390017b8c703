"""Over the cases of the shapes, and over the plan, real servers find what is found in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pytest

import servers
from base_store import PLANS, base_store
from reading_back import triples
from results import found, keys
from servers import Server
from shape_cases import CASE_GRAPH, all_cases, shapes_of
from somswd_kg.engines import Engine, run_engine
from somswd_kg.material import read_shapes
from somswd_kg.project import DataFile, find_project
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.stores.remote import RemoteStore

FOLDERS = {
    folder: list(cases)
    for folder, cases in groupby(all_cases(), key=lambda case: case.path.parent.name)
}
NUMBERS = {
    "Activity": (
        "fail-cost-without-currency fail-no-output fail-outside-period "
        "fail-years-out-of-order pass-cost-in-baht pass warn-a-meeting-as-currency "
        "warn-currency-not-on-the-list warn-no-first-year warn-no-funds warn-no-last-year "
        "warn-no-lead-country warn-no-status warn-two-responsible-bodies"
    ),
    "Baseline": (
        "fail-buddhist-year fail-early-year fail-no-indicator fail-percent-above-100 "
        "fail-twice fail-two-years fail-value-without-year pass-true-zero pass-two-areas "
        "pass warn-after-start warn-area-is-a-group warn-collect-by-a-word warn-no-status "
        "warn-source-in-no-language warn-true-zero-a-word warn-two-codes "
        "warn-value-without-source warn-zero"
    ),
    "ElementList": (
        "fail-complete-with-such-as fail-no-completeness fail-no-thai-heading pass "
        "warn-no-signal-word"
    ),
    "PlanElement": "fail-code-outside-its-list pass-code-in-its-list",
    "PlanVersion": "pass-whole-plan",
    "Target": (
        "fail-cumulative-falls fail-no-indicator fail-no-value fail-no-year "
        "fail-outside-period fail-percent-above-100 fail-twice fail-wrong-side "
        "pass-cumulative pass-keep pass warn-after-due-year warn-amount-in-words "
        "warn-area-is-a-group warn-equals-baseline warn-mixed-accumulation "
        "warn-no-accumulation warn-no-operator warn-two-codes warn-words-in-no-language"
    ),
}
"""The cases with a number that both servers give back in another form or type."""

TRUTH = {
    "PlanElement": "warn-retired-code",
    "Style-code": "pass",
    "Style-text": "fail-deprecated pass-deprecated pass",
}
"""Those with a truth value, of which Virtuoso makes a number."""

REWRITTEN = {"oxigraph": (NUMBERS,), "virtuoso": (NUMBERS, TRUTH)}
"""What each server rewrites on load; the cases may only become fewer."""


def fill(store: RemoteStore, files: Sequence[DataFile]) -> list[str]:
    """Load files, unless an earlier test has done so; give the names of their graphs."""
    known = store.graph_names()
    for file in files:
        if file.graph not in known:
            store.replace_graph(file.graph, file.path)
    return [file.graph for file in files]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def alone(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each server with nothing else in it: what else it holds changes Virtuoso's plans."""
    with getattr(servers, request.param)(tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture(scope="module")
def memory() -> EmbeddedStore:
    return base_store()


@pytest.mark.server
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_cases_on_a_real_server(alone: Server, memory: EmbeddedStore, folder: str) -> None:
    store = alone.store()
    base = [file for file in find_project().data_files() if not file.name.startswith(PLANS)]
    graphs = [*fill(store, base), CASE_GRAPH]
    shapes = compile_shapes(shapes_of(folder))
    rewritten = set()
    for case in FOLDERS[folder]:
        store.replace_graph(CASE_GRAPH, case.path)
        memory.replace_graph(CASE_GRAPH, case.path)
        stored, written = triples(store, CASE_GRAPH), triples(memory, CASE_GRAPH)
        if stored != written:
            rewritten.add(case.path.stem)
            memory.replace_graph(CASE_GRAPH, text="".join(stored), format="nt")

        there = run_engine(Engine.COMPILED, store, shapes, graphs=graphs, focus=[CASE_GRAPH])
        here = run_engine(Engine.COMPILED, memory, shapes, focus=[CASE_GRAPH])

        assert keys(there.results) == keys(here.results), case.name
    named = {name for part in REWRITTEN[alone.name] for name in part.get(folder, "").split()}
    assert rewritten == named


@pytest.mark.server
def test_the_plan_on_a_real_server(alone: Server) -> None:
    store, memory, files = alone.store(), EmbeddedStore(), find_project().data_files()
    for file in files:
        memory.load(file.path, graph=file.graph)
    shapes = compile_shapes(read_shapes(find_project()))

    report = validate(store, shapes, graphs=fill(store, files))

    assert found(report) == found(shapes.validate(memory))
    assert report.results
