"""The components that judge one value node at a time: each as an expression of a violation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from somswd_kg.shacl.forms import (
    TRUE,
    all_of,
    any_of,
    exists,
    negate,
    text_of,
)
from somswd_kg.shacl.literals import NUMERIC, has_order, pattern_of
from somswd_kg.shacl.model import Component, Constraint, Shape
from somswd_kg.shacl.standins import datatype_of
from somswd_kg.shacl.vocabulary import RDF, SH, XSD
from somswd_kg.terms import Literal, NamedNode, Term

if TYPE_CHECKING:
    from somswd_kg.shacl.conditions import Conditions

__all__ = ["VALUE_COMPONENTS", "closed_pattern", "value_of"]

_LONGEST = 2**31
"""No text has so many letters, and every store can read the number."""
_COMPARE = {
    Component.MIN_EXCLUSIVE: ">",
    Component.MIN_INCLUSIVE: ">=",
    Component.MAX_EXCLUSIVE: "<",
    Component.MAX_INCLUSIVE: "<=",
}


def _class(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return negate(exists(c.instance(v, value_of(constraint))))


def _datatype(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    datatype = value_of(constraint)
    if not isinstance(datatype, NamedNode):
        return TRUE
    if datatype == RDF.langString:
        return negate(c.dialect.has_language(v))
    tests = [f"isLiteral({v})", c.dialect.has_datatype(v, datatype)]
    pattern = pattern_of(datatype.value)
    if pattern:
        match = f"REGEX(STR({v}), {Literal(pattern)})"
        tests.append(f"(isNumeric({v}) || {match})" if datatype.value in NUMERIC else match)
    if datatype == XSD.string and c.dialect.strings_are_typed:
        tests.append(f'{c.dialect.language(v)} = ""')
    if c.stand_ins:
        stands = f"(isLiteral({v}) && DATATYPE({v}) = {datatype_of(datatype)})"
        return negate(any_of([all_of(tests), stands]))
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
    return tests[value_of(constraint)]


def _bound(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    bound = value_of(constraint)
    operator = _COMPARE[constraint.component]
    if isinstance(bound, Literal) and not has_order(bound):
        return TRUE
    if c.dialect.compares_anything or c.dialect.mixes_zones:
        return f"!({c.dialect.holds(v, operator, bound)})"
    return f"!({c.compared(v, operator, bound)})"


def _min_length(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    if constraint.number > _LONGEST:
        return TRUE
    return f"(isBlank({v}) || STRLEN(STR({v})) < {max(constraint.number, 0)})"


def _max_length(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    if constraint.number < 0:
        return TRUE
    return f"(isBlank({v}) || STRLEN(STR({v})) > {min(constraint.number, _LONGEST)})"


def _pattern(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    match = c.dialect.regex(v, text_of(value_of(constraint)), constraint.flags)
    return f"(isBlank({v}) || !{match})"


def _language_in(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    tags = (tag for tag in constraint.terms if isinstance(tag, Literal) and tag.value)
    matches = any_of(c.dialect.in_language(v, text_of(tag)) for tag in tags)
    return negate(all_of([f"isLiteral({v})", matches]))


def _in(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return negate(c.dialect.is_one_of(v, map(c.constant, constraint.terms)))


def _not(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return c.conforms(constraint.shapes[0], v)


def _and(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return any_of(c.shape(s, v) for s in constraint.shapes)


def _or(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return all_of(c.shape(s, v) for s in constraint.shapes)


def _xone(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return c.dialect.not_all_but_one([c.shape(s, v) for s in constraint.shapes])


def _node(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return c.shape(constraint.shapes[0], v)


def _closed(c: Conditions, shape: Shape, constraint: Constraint, v: str) -> str:
    return exists(closed_pattern(constraint, v, c.fresh(), c.fresh()))


def closed_pattern(constraint: Constraint, node: str, predicate: str, value: str) -> str:
    """Write the pattern of the triples that `sh:closed` forbids."""
    allowed = ", ".join(text_of(t) for t in constraint.terms)
    condition = f" FILTER({predicate} NOT IN ({allowed}))" if allowed else ""
    return f"{node} {predicate} {value} .{condition}"


def value_of(constraint: Constraint) -> Term:
    """Give the parameter of a constraint that has one."""
    if constraint.value is None:
        raise TypeError(f"{constraint.iri} has no value")
    return constraint.value


Test = Callable[["Conditions", Shape, Constraint, str], str]

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
