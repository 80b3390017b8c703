"""Results say why a value does not fit a shape that is named, where that is asked for."""

from __future__ import annotations

from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.text import render

HEAD = "@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
SHAPES = (
    HEAD
    + """
:S a sh:NodeShape ; sh:targetClass :C ; sh:property :S-p .
:S-p sh:path :p ; sh:node :N .
:N a sh:NodeShape ; sh:property :N-q ; sh:or ( :A :B ) .
:N-q sh:path :q ; sh:minCount 1 ; sh:property :deep .
:deep sh:path :r ; sh:minCount 1 .
:A a sh:NodeShape ; sh:class :AA .
:B a sh:NodeShape ; sh:nodeKind sh:Literal .
:T a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :t ; sh:xone ( :A :B ) ] .
"""
)
DATA = HEAD + ':x a :C ; :p :v , :w , [ :q 1 ] , "text" . :w :q :k . :x :t :v .'


def tree(results: tuple[Result, ...]) -> list[object]:
    """Give component, focus node and details of results."""
    return [
        (
            result.component.value.rpartition("#")[2].removesuffix("ConstraintComponent"),
            str(result.focus_node) if str(result.focus_node)[:2] != "_:" else "_",
            str(result.value) if str(result.value)[:2] != "_:" else "_",
            tree(result.details),
        )
        for result in results
    ]


NO_CLASS = ("Class", "<urn:x:{0}>", "<urn:x:{0}>", [])
NO_LITERAL = ("NodeKind", "<urn:x:{0}>", "<urn:x:{0}>", [])


def test_details_tell_the_results_of_the_nested_shapes() -> None:
    report = validate(text=DATA, format="ttl", shapes=compile_shapes(text=SHAPES, format="ttl"),
                      details=True)  # fmt: skip
    found = {(row[0], row[2]): row[3] for row in tree(report.results)}  # type: ignore[index]

    def neither(name: str) -> list[object]:
        return [
            ("Class", f"<urn:x:{name}>", f"<urn:x:{name}>", []),
            ("NodeKind", f"<urn:x:{name}>", f"<urn:x:{name}>", []),
        ]

    assert found["Node", "<urn:x:v>"] == [
        ("MinCount", "<urn:x:v>", "None", []),
        ("Or", "<urn:x:v>", "<urn:x:v>", neither("v")),
    ]
    assert found["Node", "<urn:x:w>"] == [
        ("MinCount", "<urn:x:k>", "None", []),
        ("Or", "<urn:x:w>", "<urn:x:w>", neither("w")),
    ]
    assert found["Node", '"text"'] == [("MinCount", '"text"', "None", [])]
    assert found["Node", "_"] == []
    assert found["Xone", "<urn:x:v>"] == neither("v")


def test_without_being_asked_for_there_are_none() -> None:
    shapes = compile_shapes(text=SHAPES, format="ttl")
    plain = validate(text=DATA, format="ttl", shapes=shapes)
    told = validate(text=DATA, format="ttl", shapes=shapes, details=True)

    assert all(not result.details for result in plain.results)
    assert len(plain.results) == len(told.results)
    assert "sh:detail" in told.serialize() and "sh:detail" not in plain.serialize()
    assert "because:" in render(told) and '"details"' in render(told, "json")
