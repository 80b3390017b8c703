"""Read the Core constraints of a shape: one function per parameter, each with its clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from somswd_kg.shacl.graph import ShapesGraph, ill_formed
from somswd_kg.shacl.literals import is_boolean, is_true, is_well_formed
from somswd_kg.shacl.model import Component, Constraint, Shape
from somswd_kg.shacl.paths import Path, Predicate
from somswd_kg.shacl.pathsyntax import read_path
from somswd_kg.shacl.vocabulary import SH, XSD
from somswd_kg.terms import Literal, NamedNode, Resource, Term

__all__ = ["PARAMETERS", "read_constraints"]

ReadShape = Callable[[Term], Shape]

_IRIS = {
    Component.CLASS: (SH["class"], "4.1.1", False),
    Component.DATATYPE: (SH.datatype, "4.1.2", True),
    Component.EQUALS: (SH.equals, "4.5.1", False),
    Component.DISJOINT: (SH.disjoint, "4.5.2", False),
    Component.LESS_THAN: (SH.lessThan, "4.5.3", False),
    Component.LESS_THAN_OR_EQUALS: (SH.lessThanOrEquals, "4.5.4", False),
}
_COUNTS = {
    Component.MIN_COUNT: (SH.minCount, "4.2.1"),
    Component.MAX_COUNT: (SH.maxCount, "4.2.2"),
    Component.MIN_LENGTH: (SH.minLength, "4.4.1"),
    Component.MAX_LENGTH: (SH.maxLength, "4.4.2"),
}
_BOUNDS = {
    Component.MIN_EXCLUSIVE: (SH.minExclusive, "4.3.1"),
    Component.MIN_INCLUSIVE: (SH.minInclusive, "4.3.2"),
    Component.MAX_EXCLUSIVE: (SH.maxExclusive, "4.3.3"),
    Component.MAX_INCLUSIVE: (SH.maxInclusive, "4.3.4"),
}
_LISTS = {
    Component.AND: (SH["and"], "4.6.2"),
    Component.OR: (SH["or"], "4.6.3"),
    Component.XONE: (SH.xone, "4.6.4"),
}
_SHAPES = {
    Component.NOT: (SH["not"], "4.6.1"),
    Component.NODE: (SH.node, "4.7.1"),
    Component.PROPERTY: (SH.property, "4.7.2"),
}
_NODE_KINDS = (
    SH.IRI,
    SH.BlankNode,
    SH.Literal,
    SH.BlankNodeOrIRI,
    SH.BlankNodeOrLiteral,
    SH.IRIOrLiteral,
)
_ONLY_PROPERTY = (
    Component.MIN_COUNT,
    Component.MAX_COUNT,
    Component.LESS_THAN,
    Component.LESS_THAN_OR_EQUALS,
)
PARAMETERS = (
    *(predicate for predicate, _, _ in _IRIS.values()),
    *(
        predicate
        for table in (_COUNTS, _BOUNDS, _LISTS, _SHAPES)
        for predicate, _ in table.values()
    ),
    *(SH.nodeKind, SH.pattern, SH.flags, SH.languageIn, SH.uniqueLang, SH.hasValue, SH["in"]),
    *(SH.qualifiedValueShape, SH.qualifiedMinCount, SH.qualifiedMaxCount),
    *(SH.qualifiedValueShapesDisjoint, SH.closed, SH.ignoredProperties),
)
"""The parameters of all Core constraints."""


def iri_of(component: Component) -> NamedNode:
    """Give the IRI of a Core component."""
    return SH[f"{component}ConstraintComponent"]


def read_constraints(
    graph: ShapesGraph, node: Resource, path: Path | None, read: ReadShape
) -> Iterator[Constraint]:
    """Read the Core constraints of a shape.

    Args:
        graph: The shapes graph.
        node: The shape.
        path: Its path, None for a node shape.
        read: What reads a shape that it refers to.

    Raises:
        ShapeError: A parameter is ill-formed.
    """
    reader = _Parameters(graph, node, path, read)
    yield from reader.iris()
    yield from reader.numbers()
    yield from reader.texts()
    yield from reader.sets()
    yield from reader.nested()
    yield from reader.qualified()
    yield from reader.closed()


class _Parameters:
    def __init__(
        self, graph: ShapesGraph, node: Resource, path: Path | None, read: ReadShape
    ) -> None:
        self._graph, self._node, self._path, self._read = graph, node, path, read

    def _error(self, what: str, clause: str, hint: str = "") -> Exception:
        return ill_formed(self._graph.name(self._node), what, clause, hint)

    def _values(self, predicate: NamedNode) -> tuple[Term, ...]:
        return self._graph.objects(self._node, predicate)

    def _one(self, predicate: NamedNode, clause: str) -> Term | None:
        return self._graph.one(self._node, predicate, clause)

    def _word(self, predicate: NamedNode) -> str:
        return "sh:" + predicate.value.removeprefix(SH.base)

    def _needs_path(self, predicate: NamedNode, clause: str) -> None:
        if self._path is None:
            raise self._error(
                f"a node shape with {self._word(predicate)}", clause, "it needs a property shape"
            )

    def _integer(self, predicate: NamedNode, clause: str) -> Literal | None:
        value = self._one(predicate, clause)
        if value is None:
            return None
        if (
            not isinstance(value, Literal)
            or value.datatype != XSD.integer
            or not is_well_formed(value)
        ):
            raise self._error(
                f"{self._word(predicate)} is no xsd:integer", clause, "write a whole number"
            )
        return value

    def _boolean(self, predicate: NamedNode, clause: str) -> Literal | None:
        value = self._one(predicate, clause)
        if value is None:
            return None
        if not is_boolean(value):
            raise self._error(
                f"{self._word(predicate)} is neither true nor false", clause, "write true or false"
            )
        return value

    def iris(self) -> Iterator[Constraint]:
        """Read the constraints whose parameter is an IRI."""
        for component, (predicate, clause, single) in _IRIS.items():
            values = self._values(predicate)
            if single:
                self._one(predicate, clause)
            for value in values:
                if component in _ONLY_PROPERTY:
                    self._needs_path(predicate, clause)
                if not isinstance(value, NamedNode):
                    raise self._error(
                        f"{self._word(predicate)} is no IRI", clause, "name it by IRI"
                    )
                yield Constraint(component, iri_of(component), value)
        kind = self._one(SH.nodeKind, "4.1.3")
        if kind is not None:
            if kind not in _NODE_KINDS:
                raise self._error(f"sh:nodeKind {kind} is unknown", "4.1.3", "see its six values")
            yield Constraint(Component.NODE_KIND, iri_of(Component.NODE_KIND), kind)

    def numbers(self) -> Iterator[Constraint]:
        """Read counts, lengths and bounds."""
        for component, (predicate, clause) in _COUNTS.items():
            value = self._integer(predicate, clause)
            if value is not None:
                if component in _ONLY_PROPERTY:
                    self._needs_path(predicate, clause)
                yield Constraint(component, iri_of(component), value)
        for component, (predicate, clause) in _BOUNDS.items():
            bound = self._one(predicate, clause)
            if bound is not None:
                if not isinstance(bound, Literal):
                    raise self._error(f"{self._word(predicate)} is no literal", clause)
                yield Constraint(component, iri_of(component), bound)

    def texts(self) -> Iterator[Constraint]:
        """Read patterns and languages."""
        pattern, flags = self._one(SH.pattern, "4.4.3"), self._one(SH.flags, "4.4.3")
        if pattern is not None:
            for value in (pattern, flags):
                if value is not None and (
                    not isinstance(value, Literal) or value.datatype != XSD.string
                ):
                    raise self._error("sh:pattern or sh:flags is no xsd:string", "4.4.3")
            written = flags.value if isinstance(flags, Literal) else ""
            if not re.fullmatch("[smixq]*", written):
                raise self._error(f"sh:flags {written!r} are unknown", "4.4.3", "use s, m, i, x, q")
            yield Constraint(Component.PATTERN, iri_of(Component.PATTERN), pattern, flags=written)
        languages = self._one(SH.languageIn, "4.4.4")
        if languages is not None:
            tags = self._graph.members(languages, "4.4.4", self._node)
            if not all(isinstance(t, Literal) and t.datatype == XSD.string for t in tags):
                raise self._error("sh:languageIn holds what is no xsd:string", "4.4.4")
            yield Constraint(Component.LANGUAGE_IN, iri_of(Component.LANGUAGE_IN), terms=tags)
        unique = self._boolean(SH.uniqueLang, "4.4.5")
        if unique is not None:
            self._needs_path(SH.uniqueLang, "4.4.5")
            if is_true(unique):
                yield Constraint(Component.UNIQUE_LANG, iri_of(Component.UNIQUE_LANG), unique)

    def sets(self) -> Iterator[Constraint]:
        """Read `sh:hasValue` and `sh:in`."""
        for value in self._values(SH.hasValue):
            yield Constraint(Component.HAS_VALUE, iri_of(Component.HAS_VALUE), value)
        head = self._one(SH["in"], "4.8.3")
        if head is not None:
            members = self._graph.members(head, "4.8.3", self._node)
            yield Constraint(Component.IN, iri_of(Component.IN), head, terms=members)

    def nested(self) -> Iterator[Constraint]:
        """Read the logical and the shape-based constraints."""
        for component, (predicate, clause) in _LISTS.items():
            for head in self._values(predicate):
                members = self._graph.members(head, clause, self._node)
                shapes = tuple(self._read(member) for member in members)
                yield Constraint(component, iri_of(component), head, shapes=shapes)
        for component, (predicate, clause) in _SHAPES.items():
            for value in self._values(predicate):
                shape = self._read(value)
                if component is Component.PROPERTY and shape.path is None:
                    raise self._error(
                        "sh:property leads to a shape without sh:path", clause, "give it a path"
                    )
                if component is Component.NODE and shape.path is not None:
                    raise self._error(
                        "sh:node leads to a property shape", clause, "use sh:property for it"
                    )
                yield Constraint(component, iri_of(component), value, shapes=(shape,))

    def qualified(self) -> Iterator[Constraint]:
        """Read a qualified value shape with its counts and siblings."""
        clause = "4.7.3"
        lowest = self._integer(SH.qualifiedMinCount, clause)
        highest = self._integer(SH.qualifiedMaxCount, clause)
        node = self._one(SH.qualifiedValueShape, clause)
        disjoint = self._boolean(SH.qualifiedValueShapesDisjoint, clause)
        if node is None:
            return
        self._needs_path(SH.qualifiedValueShape, clause)
        shape = self._read(node)
        siblings: tuple[Shape, ...] = ()
        if disjoint is not None and is_true(disjoint):
            siblings = tuple(self._read(sibling) for sibling in self._siblings(node))
        for component, count in (
            (Component.QUALIFIED_MIN_COUNT, lowest),
            (Component.QUALIFIED_MAX_COUNT, highest),
        ):
            if count is not None:
                yield Constraint(
                    component, iri_of(component), count, shapes=(shape,), siblings=siblings
                )

    def _siblings(self, node: Term) -> Iterator[Term]:
        """List the other qualified value shapes of the shapes that hold this one."""
        graph, seen = self._graph, {node}
        for parent, predicate in graph.incoming(self._node):
            if predicate != SH.property:
                continue
            for other in graph.objects(parent, SH.property):
                for shape in graph.objects(other, SH.qualifiedValueShape):
                    if shape not in seen:
                        seen.add(shape)
                        yield shape

    def closed(self) -> Iterator[Constraint]:
        """Read `sh:closed` and what it allows."""
        closed = self._boolean(SH.closed, "4.8.1")
        ignored = self._one(SH.ignoredProperties, "4.8.1")
        members = self._graph.members(ignored, "4.8.1", self._node) if ignored is not None else ()
        if not all(isinstance(member, NamedNode) for member in members):
            raise self._error("sh:ignoredProperties holds what is no IRI", "4.8.1")
        if closed is None or not is_true(closed):
            return
        allowed: dict[Term, None] = dict.fromkeys(members)
        for shape in self._values(SH.property):
            for path in self._graph.objects(shape, SH.path):
                if isinstance(path, NamedNode):
                    read = read_path(self._graph, path, self._node)
                    if isinstance(read, Predicate):
                        allowed[read.iri] = None
        yield Constraint(Component.CLOSED, iri_of(Component.CLOSED), closed, terms=tuple(allowed))
