"""A run whose queries were written before finds what a run finds that writes them anew."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from shacl_maker import PREFIXES, Maker
from shape_cases import CASES
from somswd_kg.api import KnowledgeGraph
from somswd_kg.errors import EmptyRunError
from somswd_kg.material import DRAFT_GRAPH
from somswd_kg.shacl import compile_shapes
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.rehearsal import Rehearsal
from somswd_kg.shacl.rehearsed import Tellers
from somswd_kg.shacl.report import Result, sort_key
from somswd_kg.stores.embedded import EmbeddedStore

OWN = "urn:x:own"
BASE = "urn:x:base"


def shapes_of(text: str) -> CompiledShapes:
    return compile_shapes(text=PREFIXES + text, format="ttl")


def store_of(base: str) -> EmbeddedStore:
    store = EmbeddedStore()
    store.load(text=PREFIXES + base, format="ttl", graph=BASE)
    return store


Rehearsed = tuple[Rehearsal, Tellers]


def rehearsed(shapes: CompiledShapes, store: EmbeddedStore, focus: str = OWN) -> Rehearsed:
    """Write the queries, and keep them as `Prepared` does."""
    found = shapes.rehearse(store, [focus])
    assert found is not None
    kept: Rehearsed = pickle.loads(pickle.dumps(found))
    return kept


def asks(store: EmbeddedStore, rehearsal: Rehearsal) -> tuple[set[int], frozenset[int]] | None:
    """List the checks that have something to say, and those that are to be asked anew."""
    heard = rehearsal.hear(store)
    if heard is None:
        return None
    return {n for i in heard.answers for n in rehearsal.parts[i].checks}, heard.left


def results(
    shapes: CompiledShapes, store: EmbeddedStore, known: Rehearsed
) -> tuple[Result, ...] | None:
    rehearsal, tellers = known
    heard = rehearsal.hear(store)
    if heard is None:
        return None
    found = tellers.results(store, rehearsal, heard)
    anew = shapes.narrowed(heard.left)
    found += anew.validate(store, focus=rehearsal.focus, allow_empty=True).results
    return tuple(sorted(found, key=sort_key))


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("batch", range(10))
def test_shapes_and_data_at_random(batch: int, kept: bool) -> None:
    fitting = with_results = told = 0
    for seed in range(batch * 10, batch * 10 + 10):
        make = Maker(seed)
        text = make.shapes().removeprefix(PREFIXES)
        shapes, store = shapes_of(text), store_of(make.lines(kept=kept))
        known = rehearsed(shapes, store)
        for _ in range(3):
            lines = make.lines(kept=kept)
            store.replace_graph(OWN, text=PREFIXES + lines, format="ttl")
            whole = shapes.validate(store, focus=[OWN], allow_empty=True).results
            found = results(shapes, store, known)
            fitting += found is not None
            with_results += bool(whole)
            told += bool((asks(store, known[0]) or [()])[0])

            assert found is None or found == whole, f"{seed}\n{text}\n{lines}"
    assert fitting > 5
    assert with_results > 5
    assert told > 10 or not kept


BELOW = (
    'sh:sparql [ sh:select "SELECT $this ?value { $this :p ?value FILTER (?value < 2) }" ; '
    'sh:message "{?value}" ; sh:prefixes :S ]'
)
NUMBERED = ":S sh:targetClass :C ; sh:property [ sh:path :p ; %s ] ."


@pytest.mark.parametrize(
    ("constraint", "value", "anew"),
    [
        ("sh:datatype xsd:decimal", "1.50", False),
        ("sh:datatype xsd:byte", '"300"^^xsd:byte', True),
        ("sh:datatype xsd:integer", '"3"^^xsd:byte', True),
        ("sh:minInclusive 1", "1.50", False),
        ("sh:minInclusive 2", "1.50", False),
        ("sh:minInclusive 2", "1.50 , 1.5", True),
        (BELOW, "1.50", False),
        ("sh:minInclusive 2", "1 , 2.50", False),
        ("sh:maxCount 1", "1.50", False),
        ("sh:maxCount 1", "1.50 , 1.5", True),
        ("sh:maxLength 3", "1.50", True),
        ('sh:pattern "0$"', "1.50", True),
        ("sh:in ( 1.50 )", "1.50", True),
        ("sh:hasValue 1.50", "1.50", True),
        ("sh:equals :q", "1.50", True),
        ("sh:node [ sh:maxLength 3 ]", "1.50", True),
        ('sh:sparql [ sh:select "SELECT $this { $this :p 2 }" ; sh:prefixes :S ]', "1.50", False),
    ],
)
def test_only_what_may_mind_a_form_is_asked_again(constraint: str, value: str, anew: bool) -> None:
    declared = ':S sh:declare [ sh:prefix "" ; sh:namespace "urn:x:"^^xsd:anyURI ] .'
    shapes, store = shapes_of(NUMBERED % constraint + declared), store_of(":b a :D .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C ; :p {value} .", format="ttl", graph=OWN)
    speaks = bool(shapes.validate(store, focus=[OWN]).results)

    said, left = asks(store, known[0]) or (set(), frozenset())
    assert left == (frozenset([0]) if anew else frozenset())
    assert said == ({0} if speaks and not anew else set())
    assert results(shapes, store, known) == shapes.validate(store, focus=[OWN]).results


def test_a_focus_node_that_the_store_shows_otherwise_is_asked_anew() -> None:
    nested = "sh:property [ sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ] ]"
    shapes, store = shapes_of(f":S sh:targetClass :C ; {nested} ."), store_of(":b a :D .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C ; :p 1.50 .", format="ttl", graph=OWN)

    assert asks(store, known[0]) == (set(), frozenset([0]))
    (found,) = results(shapes, store, known) or ()
    assert str(found.focus_node).startswith('"1.50"')


def test_two_predicates_may_hold_two_forms_of_one_value() -> None:
    path = "[ sh:alternativePath ( :p :q ) ]"
    shapes = shapes_of(f":S sh:targetClass :C ; sh:property [ sh:path {path} ; sh:maxCount 1 ] .")
    store = store_of(":b a :D .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C ; :p 1.50 ; :q 1.5 .", format="ttl", graph=OWN)

    assert asks(store, known[0]) == (set(), frozenset([0]))
    assert len(results(shapes, store, known) or ()) == 1


SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def test_a_new_subclass_is_not_known_before() -> None:
    shapes, store = shapes_of(NUMBERED % "sh:minCount 1"), store_of(":D a :Class .")
    known = rehearsed(shapes, store)
    store.load(
        text=f"{PREFIXES} :a a :D . :b a :C ; :p 1 . :D {SUBCLASS} :C .",
        format="ttl",
        graph=OWN,
    )

    assert asks(store, known[0]) is None
    assert len(shapes.validate(store, focus=[OWN]).results) == 1


def test_of_much_data_nothing_is_said() -> None:
    shapes, store = shapes_of(NUMBERED % "sh:minCount 1"), store_of(":D a :Class .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C . :b a :C .", format="ttl", graph=OWN)

    assert asks(store, known[0]) == ({0}, frozenset())
    assert asks(store, replace(known[0], triples=2)) == ({0}, frozenset())
    assert asks(store, replace(known[0], triples=1)) is None


@pytest.mark.parametrize(
    "constraint",
    [
        'sh:sparql [ sh:select "SELECT $this { FILTER ($this != 1) } LIMIT 1" ]',
        'sh:sparql [ sh:select "SELECT $this (COUNT(*) AS ?n) { FILTER ($this != 1) }" ]',
    ],
)
def test_what_hangs_on_the_focus_nodes_is_always_asked(constraint: str) -> None:
    shapes, store = shapes_of(NUMBERED % constraint), store_of(":D a :Class .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C .", format="ttl", graph=OWN)

    assert known[0].parts == ()
    assert asks(store, known[0]) == (set(), frozenset([0]))


def test_what_runs_ahead_cannot_be_written_before() -> None:
    nested = 'sh:node [ sh:sparql [ sh:select "SELECT $this { FILTER ($this != 1) } LIMIT 1" ] ]'

    assert shapes_of(NUMBERED % nested).rehearse(store_of(":a a :D ."), [OWN]) is None


def test_where_no_shape_meets_anything_the_run_itself_says_so() -> None:
    shapes, store = shapes_of(NUMBERED % "sh:minCount 1"), store_of(":a a :C .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :b a :D .", format="ttl", graph=OWN)

    assert asks(store, known[0]) is None
    with pytest.raises(EmptyRunError):
        shapes.validate(store, focus=[OWN])


# -- the shipped shapes -----------------------------------------------------------------------

FILES = sorted(CASES.glob("*/*.ttl"))
BATCHES = 12


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.load()


@pytest.fixture(scope="module")
def shipped(kg: KnowledgeGraph) -> Rehearsed:
    assert isinstance(kg.store, EmbeddedStore)
    return rehearsed(kg.material.compiled, kg.store, DRAFT_GRAPH)


def test_nothing_of_the_shipped_shapes_is_left_to_be_written(shipped: Rehearsed) -> None:
    assert shipped[0].unwritten == frozenset()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_shipped_shapes_on_their_cases(
    kg: KnowledgeGraph, shipped: Rehearsed, batch: int
) -> None:
    def text(path: Path) -> str:
        return path.read_text(encoding="utf-8")

    store, shapes = kg.store, kg.material.compiled
    assert isinstance(store, EmbeddedStore)
    store.replace_graph(DRAFT_GRAPH, text="\n".join(map(text, FILES[batch::BATCHES])), format="ttl")
    whole = shapes.validate(store, focus=[DRAFT_GRAPH]).results
    found = results(shapes, store, shipped)
    said, left = asks(store, shipped[0]) or (set(), frozenset())
    store.replace_graph(DRAFT_GRAPH, text="", format="ttl")

    assert len(whole) > 40
    assert found == whole
    assert len(said) > 10 * len(left)


@pytest.mark.parametrize(("value", "told"), [("1", False), ("2", True), ("1.50", True)])
def test_it_is_told_at_once_that_something_may_be_found(value: str, told: bool) -> None:
    shapes, store = shapes_of(NUMBERED % "sh:in ( 1 )"), store_of(":b a :D .")
    known = rehearsed(shapes, store)
    store.load(text=f"{PREFIXES} :a a :C ; :p {value} .", format="ttl", graph=OWN)
    called: list[bool] = []

    known[0].hear(store, lambda: called.append(True))

    assert bool(called) == told
