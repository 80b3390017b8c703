"""The query of a constraint that is SPARQL, and whether the Recommendation allows it."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.model import Constraint, Query
from somswd_kg.shacl.paths import Path
from somswd_kg.shacl.prebinding import check
from somswd_kg.terms import BlankNode, NamedNode, Term

__all__ = [
    "asks",
    "check_query",
    "check_query_of",
    "is_sparql",
    "outline_of",
    "query_of",
    "reads_shapes",
]


def check_query_of(where: str, path: Path | None, constraint: Constraint) -> None:
    """Refuse a SPARQL-based constraint that the Recommendation forbids.

    Args:
        where: The name of the shape.
        path: Its path, None for a node shape.
        constraint: The constraint.

    Raises:
        ShapeError: It names the constraint and says what is wrong.
    """
    query = query_of(constraint)
    check_query(where, query, _bound(constraint))
    if path is None and "PATH" in query.outline.variables(range(len(query.outline.tokens))):
        raise ShapeError(
            f"the constraint {_named(query)} names $PATH, but a node shape has no path",
            path=where,
            hint="give it to a property shape, or call the variable otherwise",
        )


def check_query(where: str, query: Query, bound: Sequence[str]) -> None:
    """Refuse a query that the Recommendation forbids.

    Args:
        where: The name of what holds it.
        query: The query.
        bound: The variables that are bound before it runs.

    Raises:
        ShapeError: It names the constraint and says what is wrong.
    """
    try:
        check(query.outline, bound)
    except QueryError as error:
        raise ShapeError(
            f"the constraint {_named(query)} cannot be used: {error.what}",
            path=where,
            hint=error.hint,
        ) from error


def _named(query: Query) -> str:
    return query.node.value if isinstance(query.node, NamedNode) else "in a blank node"


def is_sparql(constraint: Constraint) -> bool:
    """Say whether a constraint is written in SPARQL."""
    return constraint.query is not None or constraint.validator is not None


def query_of(constraint: Constraint) -> Query:
    """Give the query of a constraint that is SPARQL."""
    if constraint.query is not None:
        return constraint.query
    if constraint.validator is None:
        raise TypeError(f"{constraint.iri} has no query")
    return constraint.validator.query


def outline_of(constraint: Constraint) -> Outline:
    """Give its outline."""
    return query_of(constraint).outline


def asks(constraint: Constraint) -> bool:
    """Say whether it is an ASK of one value node."""
    return constraint.validator is not None and constraint.validator.asks


def _bound(constraint: Constraint) -> tuple[str, ...]:
    names = ("this", "value") if asks(constraint) else ("this",)
    return (*names, *(constraint.validator.parameters if constraint.validator else ()))


def reads_shapes(shape: Term, constraint: Constraint) -> bool:
    """Say whether a constraint names the shapes graph, or a blank node of it.

    Args:
        shape: The node of its shape.
        constraint: The constraint.
    """
    if not is_sparql(constraint):
        return False
    query = outline_of(constraint)
    used = query.variables(range(len(query.tokens)))
    given = {argument.name: argument.value for argument in constraint.arguments}
    blank = {name for name, v in {**given, "currentShape": shape}.items() if type(v) is BlankNode}
    return bool(used & {"shapesGraph", *blank})
