"""Shapes that read themselves, and data that lies in several graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from somswd_kg.errors import ParameterError, ShapeError
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.report import Report
from somswd_kg.stores.embedded import EmbeddedStore

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:o sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ,
    [ sh:prefix "sh" ; sh:namespace "http://www.w3.org/ns/shacl#"^^xsd:anyURI ] .
"""
OWN_VALUE = """sh:sparql [ sh:prefixes :o ; sh:select \"\"\"SELECT $this ?value {
    GRAPH $shapesGraph { $currentShape :allows ?allowed } $this :p ?value
    FILTER (?value != ?allowed) }\"\"\" ]"""
NAMED = f":S sh:targetClass :C ; :allows 1 ; {OWN_VALUE} ."
DATA = ":x a :C ; :p 1 , 2 . :y a :C ; :p 2 ."


def pairs(report: Report) -> list[str]:
    def last(term: object) -> str:
        return getattr(term, "value", "").rpartition("/")[2]

    return sorted(f"{last(r.focus_node)}:{last(r.value)}" for r in report.results)


def found(shapes: str, data: str = DATA) -> list[str]:
    compiled = compile_shapes(text=PREFIXES + shapes, format="ttl")
    return pairs(validate(text=PREFIXES + data, format="ttl", shapes=compiled))


@pytest.mark.parametrize(
    "shapes",
    [
        NAMED,
        f"[] sh:targetClass :C ; :allows 1 ; {OWN_VALUE} .",
        f"[] sh:targetClass :D ; :allows 2 . [] sh:targetClass :C ; :allows 1 ; {OWN_VALUE} .",
        f":S sh:targetClass :C ; sh:property [ sh:path :p ; :allows 1 ; {OWN_VALUE} ] .",
    ],
)
def test_a_shape_without_a_name_can_be_the_current_one(shapes: str) -> None:
    assert found(shapes) == ["x:2", "y:2"]


@pytest.mark.parametrize(
    "nested", ["sh:node [ {} ]", "sh:or ( [ {} ] )", "sh:not [ sh:not [ {} ] ]"]
)
def test_a_nested_shape_reads_the_shapes_too(nested: str) -> None:
    shapes = f":S sh:targetClass :C ; {nested.format(f':allows 2 ; {OWN_VALUE}')} ."

    assert found(shapes) == ["x:x"]


def test_a_shape_without_a_name_can_be_told_without_the_shapes_graph() -> None:
    query = "SELECT $this ?value { $this :p ?value FILTER isBlank($currentShape) }"
    shapes = f'[] sh:targetNode :y ; sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] .'

    assert found(shapes) == ["y:2"]


def test_a_parameter_may_be_a_blank_node() -> None:
    shapes = """:K a sh:ConstraintComponent ; sh:parameter [ sh:path :range ] ;
    sh:validator [ sh:prefixes :o ; sh:ask \"\"\"ASK { GRAPH $shapesGraph {
        $range :from ?low ; :to ?high } FILTER ($value >= ?low && $value <= ?high) }\"\"\" ] .
    :S sh:targetClass :C ; sh:property [ sh:path :p ; :range [ :from 2 ; :to 3 ] ] ,
        [ sh:path :p ; :range [ :from 0 ; :to 5 ] ] ."""

    assert found(shapes) == ["x:1"]


def test_a_store_tells_no_blank_node_of_the_shapes() -> None:
    compiled = compile_shapes(
        text=f"{PREFIXES} [] sh:targetClass :C ; :allows 1 ; {OWN_VALUE} .", format="ttl"
    )
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl", graph="urn:data")
    store.load(text=PREFIXES, format="ttl", graph="urn:shapes")
    with pytest.raises(ShapeError, match=r"^a blank node: .*currentShape, which is a blank node"):
        validate(store, compiled, shapes_graph="urn:shapes")


SEVERAL = f"{PREFIXES} :z a :C ; :p 2 . <urn:g> {{ {DATA} }} <urn:h> {{ :y :q 1 . }}"
PLAIN = NAMED.replace(
    "GRAPH $shapesGraph { $currentShape :allows ?allowed }", "BIND (1 AS ?allowed)"
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of its own parts
@pytest.mark.parametrize("kind", ["file", "text", "dataset"])
@pytest.mark.parametrize("shapes", [NAMED, PLAIN])
def test_data_keeps_its_graphs_beside_the_shapes(kind: str, shapes: str, tmp_path: Path) -> None:
    import rdflib

    file = tmp_path / "data.trig"
    file.write_text(SEVERAL, encoding="utf-8")
    dataset = rdflib.Dataset().parse(data=SEVERAL, format="trig")
    compiled = compile_shapes(text=PREFIXES + shapes, format="ttl")

    def validated(**how: list[str]) -> list[str]:
        if kind == "text":
            return pairs(validate(text=SEVERAL, format="trig", shapes=compiled, **how))
        return pairs(validate(file if kind == "file" else dataset, compiled, **how))

    assert validated() == ["x:2", "y:2", "z:2"]
    assert validated(focus=["urn:h"]) == ["y:2"]
    assert validated(graphs=["urn:g"]) == ["x:2", "y:2"]


def test_files_of_several_lists_keep_their_blank_nodes_apart(tmp_path: Path) -> None:
    paths = []
    for name in "abc":
        path = tmp_path / f"{name}.ttl"
        path.write_text(
            f"{PREFIXES} :S{name} sh:targetClass :C ; sh:property "
            f"[ sh:path :{name} ; sh:minCount 1 ] .",
            encoding="utf-8",
        )
        paths.append(path)
    compiled = compile_shapes([[paths[0], paths[1]], paths[2]])

    assert len(validate(text=PREFIXES + ":x a :C .", format="ttl", shapes=compiled).results) == 3


def test_a_graph_of_a_store_holds_the_shapes() -> None:
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl", graph="urn:data")
    store.load(text=f"{PREFIXES} {NAMED} :w a :C ; :p 2 .", format="ttl", graph="urn:shapes")
    compiled = compile_shapes(text=PREFIXES + NAMED, format="ttl")

    assert pairs(validate(store, compiled, shapes_graph="urn:shapes")) == ["x:2", "y:2"]
    both = validate(store, compiled, graphs=["urn:data", "urn:shapes"], shapes_graph="urn:shapes")
    assert pairs(both) == ["w:2", "x:2", "y:2"]
    with pytest.raises(ParameterError, match="has no graph 'urn:other'"):
        validate(store, compiled, shapes_graph="urn:other")


@pytest.mark.usefixtures("amount")
@pytest.mark.parametrize(
    "graphs", [("urn:g", "urn:h"), ("urn:g", "urn:h", "urn:i"), ("urn:g", None)]
)
@pytest.mark.parametrize(
    ("constraint", "second"),
    [("sh:maxCount 1", ":p 1 , 2"), ("sh:uniqueLang true", ':p "a"@th , "b"@TH')],
)
def test_a_triple_of_several_graphs_is_one_value(
    graphs: tuple[str | None, ...], constraint: str, second: str
) -> None:
    shapes = compile_shapes(
        text=f"{PREFIXES} :S sh:targetClass :C ; sh:property [ sh:path :p ; {constraint} ] .",
        format="ttl",
    )
    store = EmbeddedStore()
    for graph in graphs:
        text = f'{PREFIXES} :x a :C ; :p "a"@th , 1 . :y a :C ; {second} .'
        store.load(text=text.replace(", 1", ""), format="ttl", graph=graph)

    assert pairs(validate(store, shapes)) == ["y:"]
