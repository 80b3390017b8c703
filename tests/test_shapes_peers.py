"""Over the cases of the shapes our engine finds what pySHACL finds."""

from __future__ import annotations

import pytest

import quick_rdflib
from base_store import base_store
from results import keys
from shape_cases import CASE_GRAPH, ShapeCase, all_cases, shapes_of
from somswd_kg.engines import Engine, run_engine
from somswd_kg.language import local_name
from somswd_kg.stores.embedded import EmbeddedStore

# rdflib takes a text for greater than any number. SPARQL 1.1 (17.3, Operator Mapping) has no such
# comparison, so that the filter is an error and the solution is left out.
BEYOND = {"Baseline/fail-value-in-words": {("Baseline-percentRange", '"many"')}}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    quick_rdflib.use()
    return base_store()


@pytest.mark.slow
@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_pyshacl_finds_the_same(store: EmbeddedStore, case: ShapeCase) -> None:
    store.replace_graph(CASE_GRAPH, case.path)
    shapes = shapes_of(case.path.parent.name)

    ours = run_engine(Engine.COMPILED, store, shapes, focus=[CASE_GRAPH])
    theirs = run_engine(Engine.PYSHACL, store, shapes, focus=[CASE_GRAPH])

    assert keys(ours.results) - keys(theirs.results) == set()
    more = keys(theirs.results) - keys(ours.results)
    assert {(local_name(key[-1]), key[2]) for key in more} == BEYOND.get(case.name, set())
