"""How a validation is to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from somswd_kg.ports import Store
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.terms import NamedNode, Term

__all__ = ["LABEL", "Settings"]

LABEL = NamedNode("urn:x-shacl:label")
"""The predicate by which the labels of blank nodes are told."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run.

    Attributes:
        graphs: The graphs whose union is the data; None for all that the store holds.
        focus: Graphs that a target must be a subject in; empty for no limit.
        dialect: What the store needs.
        shapes_graph: The graph of the store that holds the shapes; None where none does.
        shapes_names: The graph of the store that tells the labels of blank nodes of the shapes.
        subclass_pairs: Subclass statements that are not in the store.
        allow_empty: Whether a run in which no shape meets a focus node is no error.
        workers: How many queries may run beside each other.
        clock: What tells the time, for `explained`; None leaves it at zero.
        empty: A store in this process that holds nothing: it parses what is not run, and judges
            literals that a server would lose. None where the data is in this process itself.
    """

    graphs: tuple[str, ...] | None = None
    focus: tuple[str, ...] = ()
    dialect: Dialect = field(default_factory=Dialect)
    shapes_graph: str | None = None
    shapes_names: str | None = None
    subclass_pairs: tuple[tuple[Term, Term], ...] = ()
    allow_empty: bool = False
    workers: int = 1
    clock: Callable[[], float] | None = None
    empty: Store | None = None
