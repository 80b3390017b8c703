"""Constraints as expressions: true of a node that violates the constraint, never an error.

A nested shape becomes one expression of the node that is tested; its property shapes become
EXISTS patterns inside it. So a whole tree of `sh:or`, `sh:node`, ... is decided where the store
stands, and only violations leave it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from somswd_kg.shacl.bgp import Fan
from somswd_kg.shacl.forms import (
    FALSE,
    TRUE,
    Dialect,
    all_of,
    any_of,
    at_least,
    exists,
    instance_of,
    is_one_of,
    negate,
    same,
    some_value,
    text_of,
)
from somswd_kg.shacl.literals import NUMERIC, pattern_of
from somswd_kg.shacl.model import Component, Constraint, Shape
from somswd_kg.shacl.paths import Path, Predicate, is_nullable, to_sparql
from somswd_kg.shacl.vocabulary import RDF, SH, XSD
from somswd_kg.shacl.written import NOWHERE, Origin, Written, origin_of
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["VALUE_COMPONENTS", "Conditions"]

_COMPARE = {
    Component.MIN_EXCLUSIVE: ">",
    Component.MIN_INCLUSIVE: ">=",
    Component.MAX_EXCLUSIVE: "<",
    Component.MAX_INCLUSIVE: "<=",
    Component.LESS_THAN: "<",
    Component.LESS_THAN_OR_EQUALS: "<=",
}

Nested = Callable[["Conditions", Shape, Constraint, str], str]


@dataclass(slots=True)
class Conditions:
    """What writes the expressions of one query; its helper variables are counted.

    Attributes:
        subclasses: For each class that the shapes name, the classes below it, itself included.
        dialect: What the server needs.
        sparql: What writes a constraint that is itself SPARQL.
        shapes_graph: The graph of the store that holds the shapes; None where none does.
        written: What the store shows in another form than the data has.
        origins: Where the values of a variable stand in the data.
        fan: How far predicates spread; None where triples are left in their order.
    """

    subclasses: Mapping[NamedNode, Sequence[NamedNode]]
    dialect: Dialect
    sparql: Nested
    shapes_graph: str | None = None
    written: Written | None = None
    origins: dict[str, Origin] = field(default_factory=dict)
    fan: Fan | None = None
    _count: int = field(default=0)

    def fresh(self) -> str:
        """Give a variable that nothing else uses."""
        self._count += 1
        return f"?_{self._count}"

    def instance(self, variable: str, cls: Term) -> str:
        """Write a pattern for the SHACL instances of a class."""
        if not isinstance(cls, NamedNode):
            raise TypeError(f"{cls} is no class")
        classes = self.subclasses.get(cls, (cls,))
        return instance_of(variable, classes, "" if len(classes) == 1 else self.fresh())

    def shape(self, shape: Shape, node: str) -> str:
        """Test that a node does not conform to a shape."""
        if shape.deactivated:
            return FALSE
        if shape.path is None:
            return any_of(self.constraint(shape, c, node) for c in shape.constraints)
        tests = [c for c in shape.constraints if c.component in VALUE_COMPONENTS]
        others = [c for c in shape.constraints if c.component not in VALUE_COMPONENTS]
        found = [self.constraint(shape, c, node) for c in others]
        if tests:
            found.append(
                self.walk(
                    node, shape.path, lambda v: any_of(self.value(shape, c, v) for c in tests)
                )
            )
        return any_of(found)

    def walk(self, node: str, path: Path, condition: Callable[[str], str]) -> str:
        """Test that a path leads to a node that meets a condition."""
        end = self.step(node, path)
        at_start = condition(node) if is_nullable(path) else None
        return some_value(node, path, end, condition(end), at_start)

    def step(self, node: str, path: Path) -> str:
        """Give a fresh variable for what a path leads to."""
        end = self.fresh()
        if self.written:
            self.origins[end] = origin_of(node, path, self.fresh())
        return end

    def is_exactly(self, variable: str, term: Term) -> str:
        """Test that a variable's value is exactly a term, as the data writes it."""
        if not self.written or not isinstance(term, Literal):
            return same(variable, term)
        expression = same(variable, term) if self.written.keeps(term) else FALSE
        return self.written.test(
            expression, lambda form: form == term, self.origins.get(variable, NOWHERE), variable
        )

    def constraint(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """Test that a focus node violates a constraint of a shape."""
        if constraint.component in VALUE_COMPONENTS:
            if shape.path is None:
                return self.value(shape, constraint, node)
            return self.walk(node, shape.path, lambda v: self.value(shape, constraint, v))
        return _FOCUS[constraint.component](self, shape, constraint, node)

    def value(self, shape: Shape, constraint: Constraint, value: str) -> str:
        """Test that one value node violates a constraint; the shape is its own."""
        expression = VALUE_COMPONENTS[constraint.component](self, shape, constraint, value)
        if self.written:
            outcome = self.written.outcome_of(constraint)
            if outcome is not None:
                origin = self.origins.get(value, NOWHERE)
                return self.written.test(expression, outcome, origin, value)
        return expression

    def conforms(self, shape: Shape, node: str) -> str:
        """Test that a node conforms to a shape."""
        return negate(self.shape(shape, node))

    def unshared(self, path: Path, other: Term, node: str, value: str) -> str:
        """Test that a value of a path is no value of a predicate of the same node."""
        missing = negate(exists(f"{node} {text_of(other)} {value} ."))
        if not self.written or not isinstance(other, NamedNode):
            return missing
        differing = self.written.differing(path, other, node, value, disjoint=False)
        return any_of([missing, differing])

    def shared(self, path: Path, other: Term, node: str, value: str) -> str:
        """Test that a value of a path is a value of a predicate of the same node too."""
        found = exists(f"{node} {text_of(other)} {value} .")
        if not self.written or not isinstance(other, NamedNode):
            return found
        differing = self.written.differing(path, other, node, value, disjoint=True)
        return all_of([found, negate(differing)])

    def qualified(self, constraint: Constraint, value: str) -> str:
        """Test that a value node counts for a qualified value shape."""
        return all_of(
            [
                self.conforms(constraint.shapes[0], value),
                *(self.shape(sibling, value) for sibling in constraint.siblings),
            ]
        )


def _class(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return negate(exists(c.instance(v, _value(constraint))))


def _datatype(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    datatype = _value(constraint)
    if not isinstance(datatype, NamedNode):
        return TRUE
    if datatype == RDF.langString:
        return f'!(isLiteral({v}) && LANG({v}) != "")'
    tests = [f"isLiteral({v})", f"DATATYPE({v}) = {datatype}"]
    pattern = pattern_of(datatype.value)
    if pattern:
        match = f"REGEX(STR({v}), {Literal(pattern)})"
        tests.append(f"(isNumeric({v}) || {match})" if datatype.value in NUMERIC else match)
    if datatype == XSD.string and c.dialect.strings_are_typed:
        tests = [f"isLiteral({v})", f"DATATYPE({v}) = {datatype}", f'LANG({v}) = ""']
    return negate(" && ".join(tests))


def _node_kind(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    iri, blank, literal = c.dialect.is_iri(v), f"isBlank({v})", f"isLiteral({v})"
    tests: dict[Term, str] = {
        SH.IRI: negate(iri),
        SH.BlankNode: negate(blank),
        SH.Literal: negate(literal),
        SH.BlankNodeOrIRI: literal,
        SH.BlankNodeOrLiteral: iri,
        SH.IRIOrLiteral: blank,
    }
    return tests[_value(constraint)]


def _bound(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    bound = _value(constraint)
    compare = f"{v} {_COMPARE[constraint.component]} {text_of(bound)}"
    return f"!({c.dialect.comparable(v, bound)}COALESCE({compare}, false))"


def _min_length(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return f"(isBlank({v}) || STRLEN(STR({v})) < {constraint.number})"


def _max_length(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return f"(isBlank({v}) || STRLEN(STR({v})) > {constraint.number})"


def _pattern(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    flags = f", {Literal(constraint.flags)}" if constraint.flags else ""
    return f"(isBlank({v}) || !REGEX(STR({v}), {text_of(_value(constraint))}{flags}))"


def _language_in(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    matches = any_of(f"langMatches(LANG({v}), {text_of(tag)})" for tag in constraint.terms)
    return negate(all_of([f"isLiteral({v})", matches]))


def _in(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    kept = [t for t in constraint.terms if not c.written or c.written.keeps(t)]
    return negate(is_one_of(v, kept))


def _not(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return c.conforms(constraint.shapes[0], v)


def _and(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return any_of(c.shape(s, v) for s in constraint.shapes)


def _or(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return all_of(c.shape(s, v) for s in constraint.shapes)


def _xone(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    ones = [f"IF({c.shape(s, v)}, 0, 1)" for s in constraint.shapes]
    return f"({' + '.join(ones) or '0'}) != 1"


def _node(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return c.shape(constraint.shapes[0], v)


def _closed(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return exists(closed_pattern(constraint, v, c.fresh(), c.fresh()))


def closed_pattern(constraint: Constraint, node: str, predicate: str, value: str) -> str:
    """Write the pattern of the triples that `sh:closed` forbids."""
    allowed = ", ".join(text_of(t) for t in constraint.terms)
    condition = f" FILTER({predicate} NOT IN ({allowed}))" if allowed else ""
    return f"{node} {predicate} {value} .{condition}"


def _min_count(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return negate(_counted(c, _path(shape), node, constraint.number))


def _max_count(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return _counted(c, _path(shape), node, constraint.number + 1)


def _counted(c: Conditions, path: Path, node: str, number: int) -> str:
    found = [at_least(number, node, path, c.fresh())]
    for more, subjects in (c.written.surplus(path) if c.written else {}).items():
        fewer = at_least(number - more, node, path, c.fresh())
        found.append(all_of([is_one_of(node, subjects), fewer]))
    return any_of(found)


def _qualified_min(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return negate(_qualified(c, shape, constraint, node, constraint.number))


def _qualified_max(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return _qualified(c, shape, constraint, node, constraint.number + 1)


def _qualified(c: Conditions, shape: Shape, constraint: Constraint, node: str, number: int) -> str:
    path = _path(shape)
    end = c.step(node, path)
    at_start = c.qualified(constraint, node) if is_nullable(path) else TRUE
    return at_least(number, node, path, end, (c.qualified(constraint, end), at_start))


def _has_value(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    wanted = _value(constraint)
    if shape.path is None:
        return negate(c.is_exactly(node, wanted))
    return negate(c.walk(node, shape.path, lambda v: c.is_exactly(v, wanted)))


def _equals(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    predicate = _value(constraint)
    other, end = text_of(predicate), c.fresh()
    own = f"{node} {other} {node} ."
    if shape.path is None:
        extra = exists(f"{node} {other} {end} .", f"!sameTerm({node}, {end})")
        return any_of([negate(exists(own)), extra])
    route = to_sparql(shape.path)
    missing = some_value(
        node,
        shape.path,
        end,
        c.unshared(shape.path, predicate, node, end),
        negate(exists(own)),
    )
    absent = negate(exists(f"{node} {route} {end} ."))
    if isinstance(shape.path, Predicate) and isinstance(predicate, NamedNode):
        absent = c.unshared(Predicate(predicate), shape.path.iri, node, end)
    if is_nullable(shape.path):
        absent = all_of([f"!sameTerm({node}, {end})", absent])
    return any_of([missing, exists(f"{node} {other} {end} .", absent)])


def _disjoint(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    other = text_of(_value(constraint))
    if shape.path is None:
        return exists(f"{node} {other} {node} .")
    end = c.fresh()
    return some_value(
        node,
        shape.path,
        end,
        c.shared(shape.path, _value(constraint), node, end),
        exists(f"{node} {other} {node} ."),
    )


def _less_than(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    other, end = text_of(_value(constraint)), c.fresh()
    return c.walk(
        node,
        _path(shape),
        lambda v: exists(f"{node} {other} {end} .", not_less(c, constraint, v, end)),
    )


def not_less(c: Conditions, constraint: Constraint, value: str, other: str) -> str:
    """Test that a value is not less than another, or cannot be compared with it."""
    comparable = c.dialect.comparable(value, other)
    return f"!({comparable}COALESCE({value} {_COMPARE[constraint.component]} {other}, false))"


def _unique_lang(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    one, two = c.fresh(), c.fresh()
    route = to_sparql(_path(shape))
    other = exists(f"{node} {route} {two} .", same_language(one, two))
    return exists(f"{node} {route} {one} .", all_of([has_language(one), other]))


def has_language(value: str) -> str:
    """Test that a value has a language."""
    return f'(isLiteral({value}) && LANG({value}) != "")'


def same_language(one: str, two: str) -> str:
    """Test that two values differ and have the same language."""
    return f"isLiteral({two}) && LCASE(LANG({one})) = LCASE(LANG({two})) && !sameTerm({one}, {two})"


def _sparql(c: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    return c.sparql(c, shape, constraint, node)


def _path(shape: Shape) -> Path:
    if shape.path is None:
        raise TypeError(f"{shape.name} has no path")
    return shape.path


def _value(constraint: Constraint) -> Term:
    if constraint.value is None:
        raise TypeError(f"{constraint.iri} has no value")
    return constraint.value


Test = Callable[[Conditions, Shape, Constraint, str], str]

VALUE_COMPONENTS: dict[Component, Test] = {
    Component.CLASS: _class,
    Component.DATATYPE: _datatype,
    Component.NODE_KIND: _node_kind,
    Component.MIN_EXCLUSIVE: _bound,
    Component.MIN_INCLUSIVE: _bound,
    Component.MAX_EXCLUSIVE: _bound,
    Component.MAX_INCLUSIVE: _bound,
    Component.MIN_LENGTH: _min_length,
    Component.MAX_LENGTH: _max_length,
    Component.PATTERN: _pattern,
    Component.LANGUAGE_IN: _language_in,
    Component.IN: _in,
    Component.NOT: _not,
    Component.AND: _and,
    Component.OR: _or,
    Component.XONE: _xone,
    Component.NODE: _node,
    Component.PROPERTY: _node,
    Component.CLOSED: _closed,
}
"""The components that look at one value node at a time."""

_FOCUS: dict[Component, Test] = {
    Component.MIN_COUNT: _min_count,
    Component.MAX_COUNT: _max_count,
    Component.QUALIFIED_MIN_COUNT: _qualified_min,
    Component.QUALIFIED_MAX_COUNT: _qualified_max,
    Component.HAS_VALUE: _has_value,
    Component.EQUALS: _equals,
    Component.DISJOINT: _disjoint,
    Component.LESS_THAN: _less_than,
    Component.LESS_THAN_OR_EQUALS: _less_than,
    Component.UNIQUE_LANG: _unique_lang,
    Component.SPARQL: _sparql,
    Component.CUSTOM: _sparql,
}
"""The components that look at a focus node with all its values."""
