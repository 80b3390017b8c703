"""Classes without a name are followed down from their superclasses."""

from __future__ import annotations

import pytest

from somswd_kg.shacl import compile_shapes, validate

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = {
    "directly": ":x a _:a . _:a rdfs:subClassOf :C .",
    "through another one": ":x a _:a . _:a rdfs:subClassOf _:b . _:b rdfs:subClassOf :C .",
    "through one with a name": ":x a _:a . _:a rdfs:subClassOf :D . :D rdfs:subClassOf :C .",
    "below one with a name": ":x a :D . :D rdfs:subClassOf _:a . _:a rdfs:subClassOf :C .",
    "with a name besides": ":x a _:a, :C . _:a rdfs:subClassOf :C .",
}
SHAPES = {
    "a target": ":S sh:targetClass :C ; sh:property [ sh:path :w ; sh:minCount 1 ] .",
    "two targets": ":S sh:targetClass :C, :E ; sh:property [ sh:path :w ; sh:minCount 1 ] .",
    "a class that is a shape": ":C a rdfs:Class, sh:NodeShape ; sh:nodeKind sh:Literal .",
    "a scan of values": ":S sh:targetClass :C ; sh:property [ sh:path :v ; sh:maxCount 1 ] .",
    "a query": ':S sh:targetClass :C ; sh:sparql [ sh:select "SELECT $this {}" ] .',
    "a class that is forbidden": ":S sh:targetNode :x ; sh:not [ sh:class :C ] .",
}


def found(shapes: str, data: str) -> list[str]:
    """Validate; give the focus node of each result."""
    compiled = compile_shapes(text=PREFIXES + shapes, format="ttl")
    report = validate(
        text=f"{PREFIXES} {data} :x :v 1, 2 . :y a [], :E ; :w 1 .", format="ttl", shapes=compiled
    )
    return [r.focus_node.value.rpartition("/")[2] for r in report.results]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_instance_of_a_class_without_a_name_is_one_of_those_above(shape: str, data: str) -> None:
    assert found(SHAPES[shape], DATA[data]) == ["x"]


@pytest.mark.parametrize("data", DATA)
def test_a_class_is_asked_of_values_too(data: str) -> None:
    shapes = ":S sh:targetNode :x, :y ; sh:class :C ."

    assert found(shapes, DATA[data]) == ["y"]


def test_two_shapes_share_their_targets() -> None:
    shapes = """:A sh:targetClass :C ; sh:property :P . :B sh:targetClass :E ; sh:property :P .
        :P sh:path :w ; sh:minCount 1 ."""

    assert found(shapes, ":x a _:a . _:a rdfs:subClassOf :C, :E .") == ["x", "x"]
