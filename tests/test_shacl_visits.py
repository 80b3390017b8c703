"""A nested property shape is asked anew for each node that leads to a focus node: SHACL 4.7.2."""

from __future__ import annotations

from collections import Counter
from time import sleep

import pytest

from somswd_kg.shacl import compile_shapes
from somswd_kg.shacl.making import Making
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.run import Explained
from somswd_kg.stores.embedded import EmbeddedStore

HEAD = "@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
DATA = (
    ":a :p :c , :d ; :n 1 . :b :p :c ; :n 1 , 01 . :c :q :e . :d :q :e . "
    ":y :r :c . :z :r :c ; :p :z ."
)
NAMED = ":S sh:targetNode :a , :b ; "
NEEDS = "sh:path :none ; sh:minCount 1"


def visits(
    shapes: str,
    focus: list[str] | None = None,
    explained: list[Explained] | None = None,
    workers: int = 0,
) -> dict[str, int]:
    store = EmbeddedStore()
    store.load(text=HEAD + DATA, format="ttl", graph="urn:g:all")
    store.load(text=HEAD + ":a :p :d .", format="ttl", graph="urn:g:own")
    compiled = compile_shapes(text=HEAD + shapes, format="ttl")
    report = compiled.validate(store, focus=focus or (), explained=explained, workers=workers)
    return Counter(str(result.focus_node).removeprefix("<urn:x:")[:-1] for result in report.results)


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        (f"{NAMED} sh:property [ sh:path :p ; sh:property [ {NEEDS} ] ] .", {"c": 2, "d": 1}),
        (
            f"{NAMED} sh:property [ sh:path :p ; sh:property "
            f"[ sh:path :q ; sh:property [ {NEEDS} ] ] ] .",
            {"e": 3},
        ),
        (f"{NAMED} sh:property [ sh:path ( :p :q ) ; sh:property [ {NEEDS} ] ] .", {"e": 2}),
        (
            f"{NAMED} sh:property [ sh:path :p ; sh:property :N ] . :T sh:targetSubjectsOf :r ; "
            f"sh:property [ sh:path :r ; sh:property :N ] . :N {NEEDS} ; sh:hasValue 1 .",
            {"c": 8, "d": 2},
        ),
        (
            ":S sh:targetNode :z ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; "
            f"sh:property [ {NEEDS} ] ] .",
            {"z": 1},
        ),
        (f":S sh:targetNode :a , :a ; sh:targetObjectsOf :r , :q ; sh:property [ {NEEDS} ] .", {}),
    ],
)
def test_each_visit_has_its_results(shapes: str, expected: dict[str, int]) -> None:
    found = visits(shapes)

    assert found == (expected or {"a": 1, "c": 1, "e": 1})


def test_two_forms_of_a_literal_are_two_nodes() -> None:
    nested = "sh:property [ sh:path :n ; sh:property [ sh:path :none ; sh:minCount 1 ] ] ."

    found = visits(f":S sh:targetSubjectsOf :n ; {nested}")

    assert sorted(found.values()) == [1, 2]  # 01 at :b alone, 1 at :a and :b


def test_a_visit_from_outside_the_focus_is_none() -> None:
    shapes = f":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:property [ {NEEDS} ] ] ."

    assert visits(shapes) == {"c": 2, "d": 1, "z": 1}
    assert visits(shapes, focus=["urn:g:own"]) == {"c": 1, "d": 1}


def test_visits_are_counted_once_for_a_shape_and_only_where_it_has_results() -> None:
    shapes = f"{NAMED} sh:property [ sh:path :p ; sh:property [ %s ; sh:nodeKind sh:IRI ] ] ."
    quiet: list[Explained] = []
    loud: list[Explained] = []

    visits(shapes % "sh:path :q ; sh:minCount 1", explained=quiet)
    visits(shapes % f"{NEEDS} ; sh:hasValue 1 ; sh:equals :q", explained=loud)

    assert [sum("come to" in each.rule for each in told) for told in (quiet, loud)] == [0, 1]


def test_parts_that_run_beside_each_other_count_visits_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = Making._count_visits
    counted: list[None] = []

    def slowly(making: Making, check: Check) -> Explained:
        counted.append(None)
        sleep(0.05)
        return count(making, check)

    monkeypatch.setattr(Making, "_count_visits", slowly)
    nested = f"sh:property [ {NEEDS} ; sh:hasValue 1 ; sh:equals :q ]"

    found = visits(f"{NAMED} sh:property [ sh:path :p ; {nested} ] .", workers=4)

    assert (found, len(counted)) == ({"c": 6, "d": 3}, 1)


ONCE_MORE = [
    ("SELECT $this { $this <urn:x:p> ?other }", {"a": 2, "b": 1}),
    ("SELECT $this { { $this <urn:x:p> ?one } UNION { $this <urn:x:p> ?two } }", {"a": 4, "b": 2}),
    ("SELECT $this { $this <urn:x:p> ?one , ?two }", {"a": 4, "b": 1}),
    ("SELECT DISTINCT $this { $this <urn:x:p> ?other }", {"a": 1, "b": 1}),
    ("SELECT $this (COUNT(?o) AS ?n) { $this <urn:x:p> ?o } GROUP BY $this", {"a": 1, "b": 1}),
    ("SELECT $this { $this <urn:x:p> ?other } LIMIT 1", {"a": 1, "b": 1}),
    ("SELECT $this { $this <urn:x:p> ?other } LIMIT 9", {"a": 2, "b": 1}),
]


@pytest.mark.parametrize(("query", "expected"), ONCE_MORE)
def test_each_solution_is_a_result_though_it_equals_another(
    query: str, expected: dict[str, int]
) -> None:
    """SHACL 5.3.2: a result for each solution; two targets do not double them, nor two graphs."""
    assert visits(f'{NAMED} sh:targetNode :a ; sh:sparql [ sh:select "{query}" ] .') == expected


def test_each_visit_has_the_results_of_each_solution() -> None:
    asked = 'sh:path :n ; sh:sparql [ sh:select "SELECT $this { $this <urn:x:q> ?one , ?two }" ]'

    found = visits(f"{NAMED} sh:property [ sh:path :p ; sh:property [ {asked} ] ] .")

    assert found == {"c": 2, "d": 1}


def test_a_validator_that_selects_has_a_result_for_each_solution() -> None:
    found = visits(
        ":K a sh:ConstraintComponent ; sh:parameter [ sh:path :deep ] ; sh:nodeValidator "
        '[ a sh:SPARQLSelectValidator ; sh:select "SELECT $this { $this <urn:x:p>/<urn:x:q> ?o }" ]'
        f" . {NAMED} :deep true ."
    )

    assert found == {"a": 2, "b": 1}
