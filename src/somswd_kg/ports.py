"""The seam between the core and the stores: what a store can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from somswd_kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Term, Triple

__all__ = ["AsksBeside", "KeepsLiterals", "KnowsSize", "Rewritten", "Solutions", "Store"]

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: names once, then rows in the order of the store.

    Attributes:
        variables: Names without `?`, in the order of the projection.
        rows: One tuple a solution, as long as `variables`; None where a variable is unbound.
            It may be an iterator, to be walked once.
    """

    variables: tuple[str, ...]
    rows: Iterable[Row]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@runtime_checkable
class Store(Protocol):
    """A place that holds RDF and answers SPARQL 1.1.

    Every query names its dataset: `graphs` are the IRIs of the graphs whose union is the default
    graph of the query (and which are its named graphs too). None means all graphs that the store
    holds for the caller, listed by `graph_names`, never a server's own default.
    """

    def select(self, query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        """Run a SELECT."""
        ...

    def ask(self, query: str, *, graphs: Sequence[str] | None = None) -> bool:
        """Run an ASK."""
        ...

    def construct(self, query: str, *, graphs: Sequence[str] | None = None) -> Iterable[Triple]:
        """Run a CONSTRUCT or DESCRIBE."""
        ...

    def update(self, update: str) -> None:
        """Run a SPARQL Update."""
        ...

    def load(
        self,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        graph: str | None = None,
    ) -> None:
        """Add a file, or a text with its format, to a graph (None: the graphs that it names)."""
        ...

    def replace_graph(
        self,
        graph: str,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
    ) -> None:
        """Put a file, or a text with its format, in the place of a graph, all or nothing."""
        ...

    def graph_names(self) -> tuple[str, ...]:
        """List the IRIs of the named graphs, sorted."""
        ...


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A literal that the data writes in one way and the store's queries show in another.

    Attributes:
        graph: The graph that holds it; DefaultGraph for data that was loaded into none.
        subject: The subject of the triple.
        predicate: Its predicate.
        written: The literal as the data has it: `"300"^^xsd:byte`.
        stored: The literal that queries give in its place: `"300"^^xsd:integer`.
    """

    graph: NamedNode | BlankNode | DefaultGraph
    subject: NamedNode | BlankNode
    predicate: NamedNode
    written: Literal
    stored: Literal


@runtime_checkable
class KeepsLiterals(Protocol):
    """A store whose queries show some literals in another form, and which can say what was written.

    Where rows exist for a subject, predicate and stored literal, the literals that the graphs asked
    for have there are exactly those of the rows. There are several when two forms of one value
    stand side by side, in one graph or in two; the stored form is among them (as a row of its own)
    only when it was written too.
    """

    def rewritten_forms(
        self, graphs: Sequence[str] | None = None
    ) -> Iterable[tuple[NamedNode, Literal, Literal, int]]:
        """List the predicates with a written form, its stored form and how many subjects have it.

        A form that only a graph without rewritten literals has is left out.
        """
        ...

    def rewritten(
        self,
        graphs: Sequence[str] | None = None,
        *,
        predicates: Sequence[str] | None = None,
    ) -> Iterable[Rewritten]:
        """List the literals that were rewritten, in these graphs and with these predicates."""
        ...

    def copied(
        self,
        form: Callable[[Literal], Literal],
        graphs: Sequence[str] | None = None,
        *,
        predicates: Collection[NamedNode] | None = None,
        whole: Collection[str] = (),
    ) -> Store:
        """Copy graphs into a store in memory, with other terms for the literals that it changes.

        Args:
            form: What gives the term for a literal as written.
            graphs: The graphs; they keep their names.
            predicates: The predicates to copy; None for all.
            whole: Graphs of which all predicates are copied.
        """
        ...


@runtime_checkable
class KnowsSize(Protocol):
    """A store that may know how large it is without counting."""

    def most_triples(self) -> int | None:
        """Say how many triples there are at most; None where they would have to be counted."""
        ...


@runtime_checkable
class AsksBeside(Protocol):
    """A store that can show a query further graphs beside those that make up its data."""

    def select_beside(
        self, query: str, *, graphs: Sequence[str], beside: Sequence[str]
    ) -> Solutions:
        """Run a SELECT; the graphs of `beside` are reached by GRAPH only."""
        ...
