"""Each component, path form and target is seen to accept and to reject, on cases of our own.

A case is a file with shapes and data; its head says which results it expects: component, focus
node, value (`-` for none, `_:` for a blank node) and, where it is not the shape's, path.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from somswd_kg.shacl import Report, validate
from somswd_kg.shacl.graph import ShapesGraph
from somswd_kg.shacl.model import Component
from somswd_kg.shacl.read import read_shapes
from somswd_kg.stores.sources import open_source
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

FOLDER = Path(__file__).parent / "shacl"
FILES = sorted(FOLDER.glob("*.ttl"))
BASE = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def expected(text: str) -> Counter[str]:
    lines = [line.removeprefix("# expect: ") for line in text.splitlines() if "# expect:" in line]
    assert lines, "a case without a line `# expect:`"
    return Counter(line for line in lines if line != "nothing")


def found(report: Report) -> Counter[str]:
    lines = []
    for result in report.results:
        component = result.component.value.rpartition("#")[2].rpartition("/")[2]
        line = f"{component.removesuffix('ConstraintComponent')} {show(result.focus_node)} "
        line += show(result.value)
        if component == "ClosedConstraintComponent" and result.path is not None:
            line += f" {show(getattr(result.path, 'iri', None))}"
        lines.append(line)
    return Counter(lines)


def show(term: Term | None) -> str:
    if term is None:
        return "-"
    if isinstance(term, BlankNode):
        return "_:"
    if isinstance(term, NamedNode):
        return term.value.replace(BASE, ":")
    if term.datatype.value in (XSD + "integer", XSD + "decimal"):
        return term.value
    return str(term).replace(f"<{XSD}", "xsd:").removesuffix(">")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.usefixtures("amount")
def test_a_case_has_the_results_that_it_states(file: Path) -> None:
    report = validate(file, file)

    assert found(report) == expected(file.read_text(encoding="utf-8"))


def test_every_component_is_seen_to_reject_and_every_rejecting_case_to_accept() -> None:
    seen: set[str] = set()
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        seen.update(line.split()[0] for line in expected(text))
        assert not expected(text) or ":good" in text or file.stem in SPECIAL, file.stem
    missing = {str(c) for c in Component} - seen - {"", "Property"}

    assert (missing, "StartsComponent" in seen) == (set(), True)


SPECIAL = ("nodeKind", "path-zeroOrMore", "severity", "targets", "xone")
"""Cases whose accepted nodes go by other names."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_case_is_read_without_an_error(file: Path) -> None:
    shapes = read_shapes(ShapesGraph(quad.triple for quad in open_source(file).quads()))

    assert all(shape.targets for shape in shapes)


def test_an_own_severity_is_kept() -> None:
    report = validate(FOLDER / "severity.ttl", FOLDER / "severity.ttl")

    assert [r.severity.value for r in report.results] == [BASE + "Grave"]


def test_a_message_takes_the_value_in() -> None:
    report = validate(FOLDER / "sparql.ttl", FOLDER / "sparql.ttl")

    assert [r.messages for r in report.results] == [(Literal("b is not a", language="en"),)]
