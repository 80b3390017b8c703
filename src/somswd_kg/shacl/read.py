"""Read a shapes graph: shapes as values, or an error that names the shape and the clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.components import ComponentReader
from somswd_kg.shacl.graph import ShapesGraph, ill_formed
from somswd_kg.shacl.literals import is_true, is_true_or_false
from somswd_kg.shacl.model import Constraint, Query, Shape, Target, TargetKind
from somswd_kg.shacl.parameters import PARAMETERS, read_constraints
from somswd_kg.shacl.pathsyntax import read_path
from somswd_kg.shacl.sparqltexts import check_query, check_query_of, is_sparql
from somswd_kg.shacl.vocabulary import ADVANCED, RDF, RDFS, SH
from somswd_kg.terms import Literal, NamedNode, Resource, Term

__all__ = ["Reading", "read_graph", "read_shapes"]

_TARGETS = {
    SH.targetNode: TargetKind.NODE,
    SH.targetClass: TargetKind.CLASS,
    SH.targetSubjectsOf: TargetKind.SUBJECTS_OF,
    SH.targetObjectsOf: TargetKind.OBJECTS_OF,
}
_PARAMETERS = frozenset((*PARAMETERS, SH.sparql))
"""What makes a shape of a node that has it (SHACL 2.1), beside a type and a target."""

_SEVERITIES = (SH.Violation, SH.Warning, SH.Info)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a shapes graph holds.

    Attributes:
        shapes: The shapes with targets, in the order of the graph.
        queries: All queries, those that no target leads to as well.
        rest: The nodes that are shapes by something else than a target.
    """

    shapes: tuple[Shape, ...]
    queries: tuple[Query, ...]
    rest: tuple[Shape, ...] = ()


def read_shapes(graph: ShapesGraph) -> tuple[Shape, ...]:
    """Read every shape that has a target, and the shapes that it refers to.

    Returns:
        The shapes with targets, in the order of the graph.
    """
    return read_graph(graph).shapes


def read_graph(graph: ShapesGraph) -> Reading:
    """Read a shapes graph, with what no target leads to.

    Raises:
        ShapeError: A shape is ill-formed or recursive, or the graph uses a word of the SHACL
            namespace that SHACL lacks, or one that is not supported.
    """
    _check_words(graph)
    reader = _Reader(graph)
    shapes = tuple(reader.shape(node) for node in _with_targets(graph))
    rest = tuple(reader.rest())
    return Reading(shapes, reader.queries, rest)


def _check_words(graph: ShapesGraph) -> None:
    for triple in graph.triples:
        words = [triple.predicate]
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            words.append(triple.object)
        for word in words:
            if not word.value.startswith(SH.base) or word in SH:
                continue
            name = "sh:" + word.value.removeprefix(SH.base)
            where = graph.name(triple.subject) if not hasattr(triple.subject, "subject") else ""
            if word in ADVANCED:
                raise ShapeError(
                    f"{name} belongs to the SHACL Advanced Features, which are not supported",
                    path=where,
                    hint="leave it out, or write it as sh:sparql",
                )
            raise ShapeError(
                f"{name} is no word of SHACL", path=where, hint="check its spelling and case"
            )
        if triple.predicate == SH.entailment:
            raise ShapeError(
                f"the entailment regime {triple.object} is not supported (SHACL 3.2)",
                hint="drop sh:entailment and give data that holds what it would add",
            )


def _with_targets(graph: ShapesGraph) -> Iterable[Resource]:
    for node in graph.subjects:
        predicates = graph.predicates(node)
        if any(p in _TARGETS for p in predicates) or _is_class_and_shape(graph, node):
            yield node


def _is_class_and_shape(graph: ShapesGraph, node: Term) -> bool:
    is_shape = graph.is_instance(node, SH.NodeShape) or graph.is_instance(node, SH.PropertyShape)
    found = is_shape and graph.is_instance(node, RDFS.Class)
    if found and not isinstance(node, NamedNode):
        raise ill_formed(
            graph.name(node), "a shape that is a class and has no IRI", "2.1.3.3", "give it one"
        )
    return found


class _Reader:
    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._done: dict[Term, Shape] = {}
        self._open: list[Term] = []
        self._components = ComponentReader(graph)
        self._order = {node: i for i, node in enumerate(graph.subjects)}

    def shape(self, node: Term) -> Shape:
        """Read a shape once, with all that it refers to."""
        if node in self._done:
            return self._done[node]
        graph, name = self._graph, self._graph.name(node)
        if node in self._open:
            ring = [graph.name(n) for n in self._open[self._open.index(node) :]]
            raise ill_formed(
                name,
                f"a shape that refers to itself, through {' > '.join([*ring, name])}",
                "3.4.3",
                "recursive shapes are not supported: break the ring",
            )
        if isinstance(node, Literal):
            raise ill_formed(name, "a literal where a shape is expected", "4.6", "name a shape")
        if len(self._open) > 100:
            raise ShapeError("shapes nested more than 100 deep", path=name, hint="flatten them")
        self._open.append(node)
        paths = graph.objects(node, SH.path)
        if len(paths) > 1:
            raise ill_formed(name, "a shape with more than one sh:path", "2.3", "keep one path")
        if not paths and graph.is_instance(node, SH.PropertyShape):
            raise ill_formed(name, "a property shape without sh:path", "2.3", "give it a path")
        if paths and graph.is_instance(node, SH.NodeShape):
            raise ill_formed(name, "a node shape with sh:path", "2.2", "call it sh:PropertyShape")
        path = read_path(graph, paths[0], node) if paths else None
        deactivated = self._deactivated(node)
        constraints: tuple[Constraint, ...] = ()
        if not deactivated:
            constraints = (
                *read_constraints(graph, node, path, self.shape),
                *self._components.constraints(node, path),
            )
            for constraint in constraints:
                if is_sparql(constraint):
                    check_query_of(name, path, constraint)
        shape = Shape(
            node=node,
            name=name,
            order=self._order.get(node, len(self._order)),
            path=path,
            targets=self._targets(node),
            severity=self._severity(node),
            messages=graph.texts(node, SH.message, "2.1.5"),
            deactivated=deactivated,
            constraints=constraints,
        )
        self._open.pop()
        self._done[node] = shape
        return shape

    @property
    def queries(self) -> tuple[Query, ...]:
        """List the queries that were read."""
        return tuple(self._components.queries.values())

    def rest(self) -> Iterable[Shape]:
        """Read what no target leads to: SHACL asks for a failure wherever something is wrong."""
        graph = self._graph
        for node in graph.subjects:
            is_typed = any(
                graph.is_instance(node, kind) for kind in (SH.NodeShape, SH.PropertyShape)
            )
            if is_typed or any(p in _PARAMETERS for p in graph.predicates(node)):
                yield self.shape(node)
        for query, asks in self._components.unread():
            check_query(graph.name(query.node), query, ("this", "value") if asks else ("this",))

    def _targets(self, node: Resource) -> tuple[Target, ...]:
        found = []
        for predicate, kind in _TARGETS.items():
            for value in self._graph.objects(node, predicate):
                allowed = NamedNode | Literal if kind is TargetKind.NODE else NamedNode
                if not isinstance(value, allowed):
                    wanted = "IRI or literal" if kind is TargetKind.NODE else "IRI"
                    raise ill_formed(
                        self._graph.name(node),
                        f"a value of sh:{kind} that is no {wanted}",
                        "2.1.3",
                        "name the target by its IRI",
                    )
                found.append(Target(kind, value))
        if _is_class_and_shape(self._graph, node):
            found.append(Target(TargetKind.CLASS, node))
        return tuple(dict.fromkeys(found))

    def _severity(self, node: Resource) -> NamedNode:
        value = self._graph.one(node, SH.severity, "2.1.4")
        if value is None:
            return SH.Violation
        known = isinstance(value, NamedNode) and (
            value in _SEVERITIES or not value.value.startswith(SH.base)
        )
        if not known or not isinstance(value, NamedNode):
            raise ill_formed(
                self._graph.name(node),
                f"the severity {value} is unknown",
                "2.1.4",
                "use sh:Violation, sh:Warning, sh:Info or an IRI of your own",
            )
        return value

    def _deactivated(self, node: Resource) -> bool:
        value = self._graph.one(node, SH.deactivated, "2.1.6")
        if value is None:
            return False
        if not is_true_or_false(value):
            raise ill_formed(
                self._graph.name(node),
                "sh:deactivated is neither true nor false",
                "2.1.6",
                "write true or false",
            )
        return is_true(value)
