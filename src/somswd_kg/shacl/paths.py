"""Property paths as values, as SPARQL writes them, and what they lead by."""

from __future__ import annotations

from dataclasses import dataclass

from somswd_kg.terms import NamedNode

__all__ = [
    "Alternative",
    "Inverse",
    "OneOrMore",
    "Path",
    "Predicate",
    "Sequence",
    "ZeroOrMore",
    "ZeroOrOne",
    "is_nullable",
    "last_predicates",
    "predicates_of",
    "to_sparql",
]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One step along a predicate."""

    iri: NamedNode


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths walked one after another."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Paths of which any may be walked."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ZeroOrMore:
    """A path walked any number of times."""

    path: Path


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A path walked at least once."""

    path: Path


@dataclass(frozen=True, slots=True)
class ZeroOrOne:
    """A path walked at most once."""

    path: Path


Path = Predicate | Inverse | Sequence | Alternative | ZeroOrMore | OneOrMore | ZeroOrOne


def to_sparql(path: Path) -> str:
    """Write a path as SPARQL 1.1 does.

    >>> p, q = Predicate(NamedNode("urn:p")), Predicate(NamedNode("urn:q"))
    >>> to_sparql(ZeroOrMore(Sequence((Inverse(p), q))))
    '((^<urn:p>)/<urn:q>)*'
    """
    match path:
        case Predicate(iri):
            return str(iri)
        case Inverse(inner):
            return f"^{_part(inner)}"
        case Sequence(paths):
            return "/".join(map(_part, paths))
        case Alternative(paths):
            return "|".join(map(_part, paths))
        case ZeroOrMore(inner):
            return f"{_part(inner)}*"
        case OneOrMore(inner):
            return f"{_part(inner)}+"
        case ZeroOrOne(inner):
            return f"{_part(inner)}?"


def _part(path: Path) -> str:
    return str(path.iri) if isinstance(path, Predicate) else f"({to_sparql(path)})"


def is_nullable(path: Path) -> bool:
    """Say whether a path leads from every node to itself, by taking no step.

    >>> is_nullable(ZeroOrMore(Predicate(NamedNode("urn:p"))))
    True
    """
    match path:
        case Predicate():
            return False
        case ZeroOrMore() | ZeroOrOne():
            return True
        case Sequence(paths):
            return all(map(is_nullable, paths))
        case Alternative(paths):
            return any(map(is_nullable, paths))
        case Inverse(inner) | OneOrMore(inner):
            return is_nullable(inner)


def last_predicates(path: Path) -> frozenset[NamedNode]:
    """List the predicates whose objects a path can end at."""
    match path:
        case Predicate(iri):
            return frozenset((iri,))
        case Inverse():
            # It ends at subjects, or, where it is inverted twice, at objects: both are given.
            return predicates_of(path)
        case Sequence(paths):
            found: frozenset[NamedNode] = frozenset()
            for part in reversed(paths):
                found |= last_predicates(part)
                if not is_nullable(part):
                    break
            return found
        case Alternative(paths):
            return frozenset().union(*map(last_predicates, paths))
        case ZeroOrMore(inner) | OneOrMore(inner) | ZeroOrOne(inner):
            return last_predicates(inner)


def predicates_of(path: Path) -> frozenset[NamedNode]:
    """List the predicates that a path names."""
    match path:
        case Predicate(iri):
            return frozenset((iri,))
        case Sequence(paths) | Alternative(paths):
            return frozenset().union(*map(predicates_of, paths))
        case _:
            return predicates_of(path.path)
