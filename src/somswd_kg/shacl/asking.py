"""Ask a store one query of a run, and note what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import AsksBeside, Solutions, Store
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.standins import shown

__all__ = ["Explained", "ask"]


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one query.

    Attributes:
        constraints: The constraints that it decides: shape and component.
        rule: How it runs, and why.
        query: Its text.
        seconds: How long it took.
        rows: How many rows came back.
    """

    constraints: tuple[str, ...]
    rule: str
    query: str
    seconds: float
    rows: int


def ask(
    query: str,
    rule: str,
    names: tuple[str, ...],
    store: Store,
    settings: Settings,
    *,
    stand_ins: bool = False,
) -> tuple[Solutions, Explained]:
    """Ask a query, and give all rows at once.

    Args:
        query: The query.
        rule: How it runs, and why.
        names: What it decides, for people.
        store: What is asked.
        settings: How.
        stand_ins: Whether the store holds stand-ins for literals.

    Raises:
        ShapeError: The store cannot run it, or not show it the shapes.
    """
    clock = settings.clock or float
    begun = clock()
    try:
        beside = [g for g in (settings.shapes_graph, settings.shapes_names) if g is not None]
        if any(f"<{graph}>" in query for graph in beside):
            solutions = _select_beside(query, store, settings, beside)
        else:
            solutions = store.select(query, graphs=settings.graphs)
        rows = tuple(solutions)
    except QueryError as error:
        raise ShapeError(
            f"the store cannot run its query: {error.what}", path=names[0], hint=error.hint
        ) from error
    seconds = clock() - begun
    if stand_ins:
        rule += ", on a copy that keeps literals as they are written"
        rows = tuple(tuple(map(shown, row)) for row in rows)
    told = Explained(names, rule, query, seconds, len(rows))
    return Solutions(solutions.variables, rows), told


def _select_beside(
    query: str, store: Store, settings: Settings, beside: Sequence[str]
) -> Solutions:
    if settings.graphs is None or not isinstance(store, AsksBeside):
        raise ShapeError(
            "a constraint asks for $shapesGraph, which this store cannot show beside the data",
            hint="validate files, or leave $shapesGraph out",
        )
    return store.select_beside(query, graphs=settings.graphs, beside=beside)
