"""What a shapes graph says, as values: shapes, their targets and their constraints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.paths import Path
from somswd_kg.terms import Literal, NamedNode, Resource, Term

__all__ = [
    "Argument",
    "Component",
    "Constraint",
    "Query",
    "Shape",
    "Target",
    "TargetKind",
    "Validator",
]


class TargetKind(StrEnum):
    """The ways in which a shape names its focus nodes."""

    NODE = "targetNode"
    CLASS = "targetClass"
    SUBJECTS_OF = "targetSubjectsOf"
    OBJECTS_OF = "targetObjectsOf"


@dataclass(frozen=True, slots=True)
class Target:
    """One target declaration; a shape that is a class is a `CLASS` target of itself."""

    kind: TargetKind
    value: Term


class Component(StrEnum):
    """The constraint components of SHACL, by the beginning of their names."""

    CLASS = "Class"
    DATATYPE = "Datatype"
    NODE_KIND = "NodeKind"
    MIN_COUNT = "MinCount"
    MAX_COUNT = "MaxCount"
    MIN_EXCLUSIVE = "MinExclusive"
    MIN_INCLUSIVE = "MinInclusive"
    MAX_EXCLUSIVE = "MaxExclusive"
    MAX_INCLUSIVE = "MaxInclusive"
    MIN_LENGTH = "MinLength"
    MAX_LENGTH = "MaxLength"
    PATTERN = "Pattern"
    LANGUAGE_IN = "LanguageIn"
    UNIQUE_LANG = "UniqueLang"
    EQUALS = "Equals"
    DISJOINT = "Disjoint"
    LESS_THAN = "LessThan"
    LESS_THAN_OR_EQUALS = "LessThanOrEquals"
    NOT = "Not"
    AND = "And"
    OR = "Or"
    XONE = "Xone"
    NODE = "Node"
    PROPERTY = "Property"
    QUALIFIED_MIN_COUNT = "QualifiedMinCount"
    QUALIFIED_MAX_COUNT = "QualifiedMaxCount"
    CLOSED = "Closed"
    HAS_VALUE = "HasValue"
    IN = "In"
    SPARQL = "SPARQL"
    CUSTOM = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The SPARQL text of a constraint or a validator.

    Attributes:
        node: What holds it in the shapes graph.
        name: The same for people.
        text: The text as written.
        outline: The same cut into tokens, with its prefixed names written out.
        messages: Its own messages.
    """

    node: Resource
    name: str
    text: str
    outline: Outline
    messages: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Validator:
    """The validator of a SPARQL-based constraint component: an ASK of a value, or a SELECT.

    Attributes:
        query: Its text; messages are its own, else those of the component.
        asks: Whether it is an ASK.
        parameters: The names of all parameters of the component, given or not.
    """

    query: Query
    asks: bool
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """The value that a shape gives to a parameter of a SPARQL-based constraint component."""

    name: str
    value: Term


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """One component of one shape, with its parameters. Two are equal only if they are the same.

    Attributes:
        component: Which component; `CUSTOM` for one that the shapes graph declares.
        iri: The component's IRI.
        value: The parameter's value, where it is one term.
        terms: The members of its list: `sh:in`, `sh:languageIn`; for `sh:closed` the predicates
            that are allowed.
        shapes: The shapes that it refers to.
        siblings: The sibling shapes of a disjoint qualified value shape.
        flags: Those of `sh:pattern`.
        query: That of `sh:sparql`.
        validator: That of a custom component.
        arguments: Those of a custom component.
    """

    component: Component
    iri: NamedNode
    value: Term | None = None
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()
    siblings: tuple[Shape, ...] = ()
    flags: str = ""
    query: Query | None = None
    validator: Validator | None = None
    arguments: tuple[Argument, ...] = ()

    @property
    def number(self) -> int:
        """Give the parameter as a whole number."""
        return int(self.value.value) if isinstance(self.value, Literal) else 0


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A node shape, or a property shape where it has a path. Shapes never refer in a circle.

    Attributes:
        node: Its node in the shapes graph.
        name: The same for people; a blank node is named by its place.
        order: Its place among the shapes of the graph, for sorting.
        path: The property path; None for a node shape.
        targets: Where it is to be met.
        severity: What its results weigh.
        messages: What its results say, in the order of the shapes graph.
        deactivated: Whether every node conforms to it.
        constraints: In the order of the Recommendation's chapter 4.
    """

    node: Resource
    name: str
    order: int
    path: Path | None
    targets: tuple[Target, ...]
    severity: NamedNode
    messages: tuple[Literal, ...]
    deactivated: bool
    constraints: tuple[Constraint, ...]
