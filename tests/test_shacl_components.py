"""Components that a shapes graph declares: what is ill-formed, and what a parameter is called."""

from __future__ import annotations

import pytest

from somswd_kg.errors import ShapeError
from somswd_kg.shacl import compile_shapes, validate

PREFIXES = """
@prefix : <http://example.org/> .
@prefix other: <http://example.org/other/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ASKS = 'sh:validator [ sh:ask "ASK { }" ]'
QUERY = 'sh:sparql [ sh:select "SELECT $this { }" ; sh:prefixes [ sh:declare [ {} ] ] ]'
ILL_FORMED = {
    "http://example.org/K: two parameters that are called 'k' (SHACL 6.2.1)": ":K a "
    f"sh:ConstraintComponent ; sh:parameter [ sh:path :k ] , [ sh:path other:k ] ; {ASKS}",
    "http://example.org/K / sh:parameter[2]: sh:optional is neither true nor false": ":K a "
    "sh:ConstraintComponent ; sh:parameter [ sh:path :k ] , [ sh:path :l ; sh:optional 'yes' ] ; "
    f"{ASKS}",
    "http://example.org/K / sh:parameter: a parameter that cannot be called 'a-k'": ":K a "
    f"sh:ConstraintComponent ; sh:parameter [ sh:path :a-k ] ; {ASKS}",
    "http://example.org/K / sh:parameter: a path without a name": ":K a sh:ConstraintComponent ; "
    f"sh:parameter [ sh:path <urn:k> ] ; {ASKS}",
    "http://example.org/K: parameters or validators of what is no sh:ConstraintComponent": ":K "
    f"sh:parameter [ sh:path :k ] ; {ASKS}",
    "a blank node: a component that is a blank node": "[] a sh:ConstraintComponent ; "
    f"sh:parameter [ sh:path :k ] ; {ASKS}",
    "http://example.org/S / sh:sparql / sh:prefixes / sh:declare: sh:prefix is no xsd:string": ":S "
    + QUERY.replace("{}", "sh:prefix 'a' ; sh:namespace 'urn:a'"),
    "http://example.org/S / sh:sparql / sh:prefixes / sh:declare: sh:prefix is no": ":S "
    + QUERY.replace("{}", "sh:prefix 'a'@en ; sh:namespace 'urn:a'^^xsd:anyURI"),
    "http://example.org/S / sh:sparql: sh:deactivated is neither true nor false": ":S "
    "sh:targetNode 1 ; sh:sparql [ sh:select 'SELECT $this { }' ; sh:deactivated 'no' ]",
}


@pytest.mark.parametrize("message", ILL_FORMED)
def test_an_ill_formed_declaration_is_refused_by_name(message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        compile_shapes(text=f"{PREFIXES} {ILL_FORMED[message]} .", format="ttl")

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "path",
    ["http://a/b#limit", "http://a/limit", "http://a/%20limit", "urn:a:limit", "urn:a;limit"],
)
def test_a_parameter_is_called_by_the_end_of_its_path(path: str) -> None:
    shapes = f""":K a :Mine ; sh:parameter [ sh:path <{path}> ] ;
        sh:validator [ sh:ask "ASK {{ FILTER ($value < $limit) }}" ] .
        :Mine rdfs:subClassOf sh:ConstraintComponent .
        :S sh:targetNode 1 , 3 ; <{path}> 2 ."""
    compiled = compile_shapes(text=PREFIXES + shapes, format="ttl")
    report = validate(text="", format="nt", shapes=compiled)

    assert [r.focus_node.value for r in report.results] == ["3"]
