"""The order in which a store should meet the triples of a query.

Stores order a basic graph pattern by what they can see of it: pyoxigraph does not know which
variables EXISTS finds bound already, and then reads whole predicates for each row. So the triples
of an EXISTS are nested, one inside the other (`{ t1 FILTER EXISTS { t2 ... } }` has a solution
exactly when `{ t1 . t2 }` has), and other runs of triples are sorted so that each is reached from
what is bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from somswd_kg.shacl.bgp import Triples, variables_of
from somswd_kg.shacl.groups import Outline

__all__ = ["Fan", "sort_triples", "stars", "unknown_fan"]

Fan = Callable[[str, str], float]
"""How many subjects a predicate has for an object: for a constant, or on average where it is ""."""


def unknown_fan(predicate: str, value: str) -> float:
    """Take all predicates for alike, where a store is not asked.

    A constant at the object is what many share, most of all a class.
    """
    return 2.0 if value else 1.0


def sort_triples(
    query: Outline, triples: Sequence[Triples], bound: Iterable[str], fan: Fan
) -> list[Triples]:
    """Sort triples so that each is reached from what is bound, the fewest solutions first.

    Args:
        query: The query.
        triples: The triples.
        bound: The variables that are bound before them.
        fan: How far a predicate spreads.
    """
    known = set(bound)
    left = list(triples)
    found: list[Triples] = []
    while left:
        costs = [_cost(query, triple, known) for triple in left]
        lowest = min(costs)
        equal = [t for t, cost in zip(left, costs, strict=True) if cost == lowest]
        best = equal[0]
        if len(equal) > 1 and lowest == _FROM_OBJECT:
            best = min(equal, key=lambda t: _solutions(query, t, fan))
        left.remove(best)
        found.append(best)
        known |= variables_of(query, best)
    return found


def stars(
    query: Outline, ordered: Sequence[Triples], bound: Iterable[str], fan: Fan, hashes: bool
) -> list[tuple[Triples, ...]]:
    """Group the triples of a new subject that share two variables or more with those before.

    "Another element with the same version and the same code" is a join on two keys; looked up by
    one of them it meets all that share that one.

    Args:
        query: The query.
        ordered: The triples in their order.
        bound: The variables that are bound before them.
        fan: How far a predicate spreads.
        hashes: Whether to group at all.
    """
    known = set(bound)
    left = list(ordered)
    found: list[tuple[Triples, ...]] = []
    while left:
        triple = left[0]
        part: tuple[Triples, ...] = (triple,)
        subject = query.tokens[triple.subject[0]].variable
        if hashes and subject and subject not in known:
            star = tuple(t for t in left if _joins(query, t, subject, known))
            if len(star) > 1 and triple in star and fan(triple.predicate, "") > _FEW:
                part = star
        for member in part:
            left.remove(member)
            known |= variables_of(query, member)
        found.append(part)
    return found


def _joins(query: Outline, triple: Triples, subject: str, known: set[str]) -> bool:
    value = query.tokens[triple.object[0]].variable
    same = query.tokens[triple.subject[0]].variable == subject
    return same and bool(triple.predicate) and value in known and value != subject


_FEW = 5.0
_FROM_OBJECT = 12


def _cost(query: Outline, triple: Triples, known: set[str]) -> int:
    """Rank a triple: both ends bound, then the subject, then the object, then nothing."""

    def is_bound(part: tuple[int, int]) -> bool:
        name = query.tokens[part[0]].variable
        return not name or name in known

    at_subject, at_object = is_bound(triple.subject), is_bound(triple.object)
    open_path = 0 if is_bound(triple.path) else 20
    if at_subject:
        return open_path + (0 if at_object else 10)
    if not at_object:
        return open_path + 100
    return open_path + _FROM_OBJECT


def _solutions(query: Outline, triple: Triples, fan: Fan) -> float:
    """Say how many subjects a triple has whose object is bound."""
    if not triple.predicate:
        return 1.0
    start, end = triple.object
    constant = not query.tokens[start].variable
    value = "".join(token.text for token in query.tokens[start:end]) if constant else ""
    return fan(triple.predicate, value)
