"""Property paths as queries have them: as they are, or in ways that each take a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.paths import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
    is_nullable,
    to_sparql,
)

__all__ = ["Walk", "in_steps", "walk_in_steps", "walk_of"]

_Way = tuple[Path, ...]
_LONG = 6
_MOST_WAYS = 64
_MOST_STEPS = 500
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Walk:
    """A path in a query.

    Attributes:
        route: Its text where it is walked.
        tested: Its text where EXISTS asks for an end.
        stays: Whether the path leads from every node to itself; the texts need not tell so.
        apart: Whether the server walks it wrongly where something is asked of its end beside it.
    """

    route: str
    tested: str
    stays: bool
    apart: bool = False

    def between(self, start: str, end: str) -> str:
        """Write the pattern of a test that it leads from one variable to another."""
        return f"{start} {self.tested} {end} ."


def walk_of(path: Path) -> Walk:
    """Write a path as it is."""
    text = to_sparql(path)
    return Walk(text, text, is_nullable(path))


def walk_in_steps(path: Path) -> Walk:
    """Write a path without that part of it which takes no step; `stays` tells of that.

    Raises:
        ShapeError: It would be too long.
    """
    route = in_steps(path)
    apart = isinstance(route, Sequence | Alternative)
    return Walk(to_sparql(route), to_sparql(_tested(path)), is_nullable(path), apart)


def _tested(path: Path) -> Path:
    match path:
        case ZeroOrMore(Predicate()):
            return path
        case OneOrMore(Predicate() as step):
            return Sequence((ZeroOrMore(step), step))
        case ZeroOrMore(inner) if _steps(inner) > _LONG:
            # Written three times it would be more than the server's compiler takes.
            return ZeroOrMore(in_steps(inner, tested=True))
        case _:
            return in_steps(path, tested=True)


def in_steps(path: Path, tested: bool = False) -> Path:
    """Write what a path leads to by at least one step.

    No part of it may be left out, inverses are of predicates only, and steps are repeated only
    between two that are taken: `p+` is `p`, or `p`, any number of `p`, and `p`. Single steps
    stand before others, and no alternative among alternatives.

    Args:
        path: The path.
        tested: Whether EXISTS asks for an end. There `p*` may stand before another predicate.

    Raises:
        ShapeError: There would be too many ways or steps.

    >>> from somswd_kg.terms import NamedNode
    >>> p, q = Predicate(NamedNode("urn:p")), Predicate(NamedNode("urn:q"))
    >>> to_sparql(in_steps(Sequence((ZeroOrOne(p), ZeroOrOne(Inverse(q))))))
    '<urn:p>|(^<urn:q>)|(<urn:p>/(^<urn:q>))'
    >>> to_sparql(in_steps(Inverse(Sequence((p, ZeroOrMore(OneOrMore(q)))))))
    '(^<urn:p>)|(((^<urn:q>)|((^<urn:q>)/((^<urn:q>)*)/(^<urn:q>)))/(^<urn:p>))'
    >>> to_sparql(in_steps(Sequence((ZeroOrMore(p), q)), tested=True))
    '(<urn:p>*)/<urn:q>'
    """
    try:
        route = _either(_ways(path, tested))
    except _TooLongError:
        route = None
    if route is None or _steps(route) > _MOST_STEPS:
        text = to_sparql(path)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        raise ShapeError(
            f"too many parts of the path {shown} may be left out or repeated for this server",
            hint="go by way of a nested shape, or validate a copy of the data",
        )
    return _spelled(route)


class _TooLongError(Exception):
    """A path has more ways than are written."""


def _ways(path: Path, tested: bool) -> tuple[_Way, ...]:
    """List the ways of a path that take a step, each as the paths that make it up."""
    match path:
        case Predicate() | Inverse(Predicate()):
            return ((path,),)
        case Inverse(inner):
            return _ways(_turned(inner), tested)
        case ZeroOrOne(inner):
            return _ways(inner, tested)
        case ZeroOrMore(inner) | OneOrMore(inner):
            return ((OneOrMore(_either(_once(_ways(inner, tested), tested))),),)
        case Alternative(paths):
            return tuple(dict.fromkeys(way for part in paths for way in _ways(part, tested)))
        case Sequence(paths):
            return _one_after_another(paths, tested)


def _turned(path: Path) -> Path:
    """Walk a path backwards."""
    match path:
        case Predicate():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case Sequence(paths):
            return Sequence(tuple(Inverse(part) for part in reversed(paths)))
        case Alternative(paths):
            return Alternative(tuple(map(Inverse, paths)))
        case ZeroOrMore(inner) | OneOrMore(inner) | ZeroOrOne(inner):
            return type(path)(Inverse(inner))


def _once(ways: Iterable[_Way], tested: bool) -> Iterator[_Way]:
    """Take a way that is nothing but a repetition once: what is above repeats it."""
    for way in ways:
        if len(way) == 1 and isinstance(way[0], OneOrMore):
            yield from _ways(way[0].path, tested)
        else:
            yield way


def _one_after_another(parts: tuple[Path, ...], tested: bool) -> tuple[_Way, ...]:
    ways: tuple[_Way, ...] = ((),)
    for part, after in zip(parts, (*parts[1:], None), strict=True):
        match part, after:
            case ZeroOrMore(Predicate()), Predicate() if tested:
                taken: tuple[_Way, ...] = ((part,),)
            case _:
                taken = _ways(part, tested)
                if is_nullable(part):
                    taken = (*taken, ())
        ways = tuple(dict.fromkeys((*before, *way) for before in ways for way in taken))
        if len(ways) > _MOST_WAYS:
            raise _TooLongError
    return tuple(way for way in ways if way)


def _either(ways: Iterable[_Way]) -> Path:
    routes = [way[0] if len(way) == 1 else Sequence(way) for way in dict.fromkeys(ways)]
    return routes[0] if len(routes) == 1 else Alternative(tuple(routes))


def _spelled(path: Path) -> Path:
    """Write repetitions between two steps, and alternatives as the server's parser wants them."""
    match path:
        case OneOrMore(inner):
            step = _spelled(inner)
            return _flat((step, Sequence((step, ZeroOrMore(step), step))))
        case Alternative(paths):
            return _flat(map(_spelled, paths))
        case Sequence(paths):
            return Sequence(tuple(map(_spelled, paths)))
        case _:
            return path


def _flat(paths: Iterable[Path]) -> Alternative:
    routes = [r for p in paths for r in (p.paths if isinstance(p, Alternative) else (p,))]
    return Alternative(
        tuple(sorted(dict.fromkeys(routes), key=lambda route: isinstance(route, Sequence)))
    )


def _steps(path: Path) -> int:
    """Count the predicates of what is to be written."""
    match path:
        case OneOrMore(inner):
            return 4 * _steps(inner)
        case Inverse(inner) | ZeroOrMore(inner) | ZeroOrOne(inner):
            return _steps(inner)
        case Sequence(paths) | Alternative(paths):
            return sum(map(_steps, paths))
        case Predicate():
            return 1
