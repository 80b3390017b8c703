"""Focus limited to graphs: a draft is checked beside others, and nobody else is blamed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from somswd_kg.shacl import compile_shapes, making
from somswd_kg.shacl.report import Report
from somswd_kg.shacl.run import Explained
from somswd_kg.stores.embedded import EmbeddedStore

HEAD = "@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
SHAPES = compile_shapes(
    text=HEAD
    + """
:S a sh:NodeShape ; sh:targetClass :C , :D ; sh:property [ sh:path :p ; sh:minCount 1 ] ;
    sh:property [ sh:path :q ; sh:node :N ] ; sh:sparql [
        sh:select "SELECT $this ?value WHERE { $this <urn:x:q> ?value . ?value a <urn:x:C> }" ] .
:N a sh:NodeShape ; sh:property [ sh:path :p ; sh:minCount 1 ] .
:T a sh:NodeShape ; sh:targetSubjectsOf :q ; sh:class :C .
:U a sh:NodeShape ; sh:targetObjectsOf :q ; sh:class :D .
:V a sh:NodeShape ; sh:targetNode :own , :other , :nowhere ;
    sh:property [ sh:path :z ; sh:minCount 1 ] .
""",
    format="ttl",
)
OTHERS = "".join(f":o{n} a :C ; :q :o{n + 1} . " for n in range(40)) + ":other a :C . :typed a :D ."
OWN = ":own a :C ; :q :o1 , :own . :typed :q :o2 ."


def checked(few: bool | None, explained: list[Explained] | None = None) -> Report:
    store = EmbeddedStore()
    store.load(text=HEAD + OTHERS, format="ttl", graph="urn:g:others")
    store.load(text=HEAD + OWN, format="ttl", graph="urn:g:own")
    with pytest.MonkeyPatch.context() as patch:
        if few is not None:
            patch.setattr(making.Making, "_few", lambda self, targets: few)
        return SHAPES.validate(store, focus=["urn:g:own"], explained=explained)


@pytest.mark.parametrize("few", [True, False, None])
def test_only_subjects_of_the_graphs_are_focus_nodes(few: bool | None) -> None:
    report = checked(few)
    found = {
        (r.focus_node.value, r.component.value.rpartition("#")[2][:6], str(r.value)[7:-1])
        for r in report.results
    }  # fmt: skip

    assert found == {
        ("urn:x:own", "MinCou", ""),
        ("urn:x:own", "NodeCo", "o1"),
        ("urn:x:own", "NodeCo", "own"),
        ("urn:x:own", "SPARQL", "o1"),
        ("urn:x:own", "SPARQL", "own"),
        ("urn:x:own", "ClassC", "own"),
        ("urn:x:typed", "MinCou", ""),
        ("urn:x:typed", "NodeCo", "o2"),
        ("urn:x:typed", "SPARQL", "o2"),
        ("urn:x:typed", "ClassC", "typed"),
    }


def test_both_ways_to_limit_them_give_the_same_report() -> None:
    looked_up, listed = list[Explained](), list[Explained]()

    assert checked(True, looked_up) == checked(False, listed)
    assert any("FILTER(EXISTS { GRAPH <urn:g:own>" in item.query for item in looked_up)
    assert any("SELECT DISTINCT ?this WHERE { { GRAPH <urn:g:own>" in i.query for i in listed)


def test_many_workers_find_what_one_finds() -> None:
    store = EmbeddedStore()
    store.load(text=HEAD + OTHERS + OWN, format="ttl", graph="urn:g:all")
    one, four = list[Explained](), list[Explained]()

    alone = SHAPES.validate(store, workers=1, explained=one)
    together = SHAPES.validate(store, workers=4, explained=four)

    assert alone == together
    assert [replace(item, seconds=0.0) for item in one] == [
        replace(item, seconds=0.0) for item in four
    ]
