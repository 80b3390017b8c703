"""Cases of shapes: a few triples, and at their head what a validation of them must find."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from example import expand, shorten
from somswd_kg.findings.rules import RuleBook
from somswd_kg.language import local_name
from somswd_kg.material import read_shapes
from somswd_kg.model import ShapeResult, Stage
from somswd_kg.project import find_project
from somswd_kg.terms import BlankNode, NamedNode, Triple

CASES = Path(__file__).resolve().parent.parent / "shapes"
CASE_GRAPH = "urn:somswd-kg:case"

TARGETS = tuple(
    f"http://www.w3.org/ns/shacl#target{kind}"
    for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")
)

_LINE = re.compile(r"#\s*(case|expect|stage|only):\s*(.*)\Z")
_RESULT = re.compile(
    r"(?P<severity>Violation|Warning|Info)\s+(?P<shape>\S+)\s+(?P<component>\S+)\s+(?P<focus>\S+)\Z"
)
Expected = tuple[str, str, str, str]


class CaseError(Exception):
    """A case that does not say what it shows."""


@dataclass(frozen=True, slots=True)
class ShapeCase:
    """One case.

    Attributes:
        path: Its file; the folder names the node shape.
        stage: Whose severities are expected.
        expected: Severity, shape, component and focus node, each as often as it is expected.
        only: The rules that are compared, or the kinds whose rules are; empty for all.
    """

    path: Path
    stage: Stage
    expected: Counter[Expected]
    only: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"


def read_case(path: Path) -> ShapeCase:
    """Read the head of a case."""
    stage, only = Stage.FINAL, frozenset[str]()
    expected: Counter[Expected] = Counter()
    said = nothing = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = _LINE.match(line)
        if not found:
            continue
        key, value = found[1], found[2].strip()
        if key == "stage":
            stage = Stage(value)
        elif key == "only":
            only = frozenset(value.split())
        elif key == "expect" and value == "nothing":
            said = nothing = True
        elif key == "expect":
            said = True
            result = _RESULT.match(value)
            if not result:
                raise CaseError(f"{path}:{number}: write 'Severity Shape Component :focus'")
            focus = expand(result["focus"])
            expected[result["severity"], result["shape"], result["component"], focus] += 1
    if not said:
        raise CaseError(f"{path}: no line says '# expect:'")
    if nothing and expected:
        raise CaseError(f"{path}: it expects nothing and something")
    return ShapeCase(path, stage, expected, only)


def all_cases() -> list[ShapeCase]:
    return [read_case(path) for path in sorted(CASES.glob("*/*.ttl"))]


def shape_name(result: ShapeResult) -> str:
    """Name the rule: the constraint where it has an IRI, else the shape."""
    return local_name(result.constraint or result.shape)


def told(result: ShapeResult, rules: RuleBook, stage: Stage) -> Expected:
    """Say of a result what a case says of it."""
    rule = rules.find(result.constraint, result.shape)
    severity = local_name(result.severity)
    if rule:
        severity = rule.severities[stage].name.capitalize()
    component = local_name(result.component).removesuffix("ConstraintComponent")
    focus = result.focus
    iri = focus.value if isinstance(focus, NamedNode) else str(focus)
    assert not isinstance(focus, BlankNode), f"a blank node is no focus of a case: {focus}"
    return severity, shape_name(result), component, iri


def found(case: ShapeCase, results: tuple[ShapeResult, ...], rules: RuleBook) -> Counter[Expected]:
    """Count what a validation found, as far as the case compares it."""
    seen = Counter(told(result, rules, case.stage) for result in results)
    if not case.only:
        return seen
    return Counter({key: n for key, n in seen.items() if _compared(key[1], case.only)})


def _compared(shape: str, only: frozenset[str]) -> bool:
    """Tell whether a rule is named, or the kind of thing whose rule it is: `Indicator`."""
    return shape in only or shape.partition("-")[0] in only


def lines(results: Counter[Expected]) -> list[str]:
    """Write results as a case's lines, for messages that can be pasted."""
    return sorted(
        f"# expect: {severity} {shape} {component} {shorten(focus)}"
        for severity, shape, component, focus in results.elements()
    ) or ["# expect: nothing"]


@cache
def _shapes() -> list[Triple]:
    return read_shapes(find_project())


def shapes_of(folder: str) -> list[Triple]:
    """Leave the targets to the shape that a folder of cases is about."""
    return [
        triple
        for triple in _shapes()
        if triple.predicate.value not in TARGETS
        or (isinstance(triple.subject, NamedNode) and local_name(triple.subject.value) == folder)
    ]
