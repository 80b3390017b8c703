"""Property paths as RDF writes them: read from a shapes graph, and written in a report."""

from __future__ import annotations

from collections.abc import Callable

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.graph import ShapesGraph, ill_formed
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
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["read_path", "to_turtle"]

_MAX_DEPTH = 100
_MAX_PARTS = 500


def read_path(graph: ShapesGraph, node: Term, owner: Term, depth: int = 0) -> Path:
    """Read a path.

    Args:
        graph: The shapes graph.
        node: The value of `sh:path`.
        owner: The shape that has it, for the message of an error.
        depth: How many paths this one is part of.

    Raises:
        ShapeError: It is not a well-formed path (SHACL 2.3.1).
    """
    if isinstance(node, NamedNode) and node != RDF.nil:
        return Predicate(node)
    where = graph.name(owner)
    if isinstance(node, Literal) or depth > _MAX_DEPTH:
        raise ill_formed(where, "a path that is no path", "2.3.1", "write an IRI, a list, ...")
    forms: dict[NamedNode, Callable[[Path], Path]] = {
        SH.inversePath: Inverse,
        SH.zeroOrMorePath: ZeroOrMore,
        SH.oneOrMorePath: OneOrMore,
        SH.zeroOrOnePath: ZeroOrOne,
    }
    known = graph.predicates(node)
    if RDF.first in known:
        # A list is a sequence whatever else is said of it; the other forms stand alone.
        members = graph.members(node, "2.3.1.2", owner)
        return Sequence(_parts(graph, members, owner, "2.3.1.2", depth))
    if len(known) != 1 or known[0] not in (*forms, SH.alternativePath):
        raise ill_formed(
            where, "a path that is no path, or several at once", "2.3.1", "keep one form"
        )
    value = graph.one(node, known[0], "2.3.1")
    if value is None:
        raise ill_formed(where, "a path that leads nowhere", "2.3.1")
    if known[0] == SH.alternativePath:
        members = graph.members(value, "2.3.1.3", owner)
        return Alternative(_parts(graph, members, owner, "2.3.1.3", depth))
    return forms[known[0]](read_path(graph, value, owner, depth + 1))


def _parts(
    graph: ShapesGraph, members: tuple[Term, ...], owner: Term, clause: str, depth: int
) -> tuple[Path, ...]:
    if len(members) < 2:
        raise ill_formed(
            graph.name(owner), "a path of fewer than two parts", clause, "add one, or drop the list"
        )
    if len(members) > _MAX_PARTS:
        raise ShapeError(
            f"a path of {len(members)} parts, and stores bear {_MAX_PARTS}",
            path=graph.name(owner),
            hint="go by way of a nested shape",
        )
    return tuple(read_path(graph, member, owner, depth + 1) for member in members)


def to_turtle(path: Path) -> str:
    """Write a path as Turtle does in a shapes graph or a report.

    >>> to_turtle(Inverse(Predicate(NamedNode("urn:p"))))
    '[ <http://www.w3.org/ns/shacl#inversePath> <urn:p> ]'
    """
    match path:
        case Predicate(iri):
            return str(iri)
        case Sequence(paths):
            return f"( {' '.join(map(to_turtle, paths))} )"
        case Alternative(paths):
            return f"[ {SH.alternativePath} ( {' '.join(map(to_turtle, paths))} ) ]"
        case _:
            word = {
                Inverse: SH.inversePath,
                ZeroOrMore: SH.zeroOrMorePath,
                OneOrMore: SH.oneOrMorePath,
                ZeroOrOne: SH.zeroOrOnePath,
            }[type(path)]
            return f"[ {word} {to_turtle(path.path)} ]"
