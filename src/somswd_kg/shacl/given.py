"""What is bound alike for every focus node: parameters, `$currentShape`, `$shapesGraph`."""

from __future__ import annotations

from collections.abc import Mapping

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.model import Constraint, Shape
from somswd_kg.shacl.settings import LABEL
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["given", "tables_of"]


def tables_of(
    conditions: Conditions,
    shape: Shape,
    constraint: Constraint,
    query: Outline,
    names: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Give the tables of the variables that are the same for every focus node.

    Args:
        conditions: What knows where the shapes are.
        shape: The shape.
        constraint: Its constraint.
        query: The constraint's query.
        names: The names by which its variables go, where those are others.
    """
    shown = names or {}
    tables = {}
    for name, term in given(conditions, shape, constraint, query).items():
        variable = f"?{shown.get(name, name)}"
        if isinstance(term, BlankNode):
            pattern = f"{variable} {LABEL} {Literal(term.value)}"
            named = f"GRAPH <{conditions.shapes_names}> {{ {pattern} }}"
            tables[name] = f"{{ SELECT {variable} WHERE {{ {named} }} }}"
        else:
            tables[name] = conditions.dialect.constant(variable, term)
    return tables


def given(
    conditions: Conditions, shape: Shape, constraint: Constraint, query: Outline
) -> dict[str, Term]:
    """List these variables with what is bound to them, as far as a query names them.

    Raises:
        ShapeError: The query asks for the shapes, or a node of theirs, where the store has no such.
    """
    used = query.variables(range(len(query.tokens)))
    found: dict[str, Term] = {a.name: a.value for a in constraint.arguments}
    if "currentShape" in used:
        found["currentShape"] = shape.node
    if "shapesGraph" in used:
        if conditions.shapes_graph is None:
            raise ShapeError(
                "a constraint asks for $shapesGraph, but the store does not hold the shapes",
                path=shape.name,
                hint="validate files, or put the shapes into a graph of the store and name it",
            )
        found["shapesGraph"] = NamedNode(conditions.shapes_graph)
    found = {name: term for name, term in found.items() if name in used}
    for name, term in found.items():
        if isinstance(term, BlankNode) and conditions.shapes_names is None:
            raise ShapeError(
                f"a constraint asks for ${name}, which is a blank node of the shapes",
                path=shape.name,
                hint="give it an IRI, or validate files",
            )
    return found
