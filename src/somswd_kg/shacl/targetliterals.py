"""Literals that are target nodes, for a server that loses them, or ends at them.

A literal is the subject of no triple. What a shape asks of one is therefore the same on any data,
unless it leads back from it, or is a query; and it can be judged in this process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.focus import Route
from somswd_kg.shacl.model import Constraint, Shape, Target, TargetKind
from somswd_kg.shacl.paths import Path, to_sparql
from somswd_kg.shacl.plan import Check, shapes_in
from somswd_kg.shacl.sparqltexts import is_sparql
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["is_lost", "parted", "refuse_literals"]


def parted(checks: Iterable[Check]) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
    """Divide checks into those of literals that no data can change, and the rest."""
    ours: list[Check] = []
    rest: list[Check] = []
    for check in checks:
        routes = [_divided(check, route) for route in check.routes]
        for part, among in zip((ours, rest), zip(*routes, strict=True), strict=True):
            kept = tuple(route for route in among if route.targets)
            if kept:
                part.append(replace(check, routes=kept))
    return tuple(ours), tuple(rest)


def _divided(check: Check, route: Route) -> tuple[Route, Route]:
    """Divide a route into the one from its literals and the one from its other targets."""
    literals = tuple(target for target in route.targets if _literal(target))
    values = any(target.kind is TargetKind.OBJECTS_OF for target in route.targets)
    if values or _leads_back(check, route) or _asks(check.constraint):
        literals = ()  # one of the values may be such a literal too, and is met once
    others = tuple(target for target in route.targets if target not in literals)
    return replace(route, targets=literals), replace(route, targets=others)


def refuse_literals(checks: Iterable[Check]) -> None:
    """Refuse checks that lead back from a literal from which the server cannot walk.

    Virtuoso 7 loses the triples of a text that is a target node, and ends at a number beside
    targets of another kind.

    Raises:
        ShapeError: One does.
    """
    for check in checks:
        for route in check.routes:
            is_mixed = len({target.kind for target in route.targets}) > 1
            for value in filter(None, map(_literal, route.targets)):
                if (is_mixed or _is_text(value)) and _leads_back(check, route):
                    raise ShapeError(
                        f"the server cannot walk back from {value}, which is a target node",
                        path=check.shape.name,
                        hint="give it a shape of its own, without inverse paths for a text, "
                        "or validate a copy of the data",
                    )


def is_lost(dialect: Dialect, shape: Shape, value: Term) -> bool:
    """Say whether a shape leads back from a value from which the server cannot walk."""
    if not dialect.loses_languages or not (isinstance(value, Literal) and _is_text(value)):
        return False
    return _any_back(each.path for each in shapes_in((shape,)))


def _is_text(value: Literal) -> bool:
    return bool(value.language) or value.datatype == XSD.string


def _literal(target: Target) -> Literal | None:
    value = target.value if target.kind is TargetKind.NODE else None
    return value if isinstance(value, Literal) else None


def _leads_back(check: Check, route: Route) -> bool:
    """Say whether a check has an inverse path, on the way to it or below it."""
    below = (shape.path for shape in _below(check.constraint))
    return _any_back((*route.steps, check.shape.path, *below))


def _any_back(paths: Iterable[Path | None]) -> bool:
    return any("^" in to_sparql(path) for path in paths if path is not None)


def _asks(constraint: Constraint) -> bool:
    """Say whether a constraint is a query, or has one below it."""
    below = (inner for shape in _below(constraint) for inner in shape.constraints)
    return is_sparql(constraint) or any(map(is_sparql, below))


def _below(constraint: Constraint) -> Iterator[Shape]:
    return shapes_in((*constraint.shapes, *constraint.siblings))
