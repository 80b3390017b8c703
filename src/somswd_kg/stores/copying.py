"""Walk over the graphs of a Store with what its table says of their literals as written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import cast

from pyoxigraph import Store

from somswd_kg.ports import Rewritten
from somswd_kg.stores.written import Graph, Spot, WrittenTable
from somswd_kg.terms import BlankNode, Literal, NamedNode, Quad

__all__ = ["copied", "rewritten"]

Name = tuple[Graph, Graph]
"""The name of a graph that users know, and the one that the store knows."""


def rewritten(
    store: Store,
    table: WrittenTable,
    graphs: Sequence[Name],
    predicates: Sequence[NamedNode | None],
) -> Iterator[Rewritten]:
    """List the literals that a Store has changed, and those that other graphs have beside them.

    Args:
        store: The quads.
        table: What was written.
        graphs: The graphs.
        predicates: IRIs; None for any.
    """
    if not table:
        return
    held: dict[Spot, None] = {}
    several = len(graphs) > 1
    for shown, graph in graphs:
        for (subject, predicate, stored), forms in table.places(graph, predicates).items():
            for written in forms:
                yield Rewritten(shown, subject, predicate, written, stored)
            if several:
                held[subject, predicate, stored] = None
    shown_as = {graph: shown for shown, graph in graphs}
    for subject, predicate, stored in held:
        quads = [
            quad
            for quad in store.quads_for_pattern(subject, predicate, stored, None)
            if quad.graph_name in shown_as
        ]
        for quad in quads if len(quads) > 1 else ():
            if not table.at(quad):
                name = shown_as[quad.graph_name]
                yield Rewritten(name, subject, predicate, stored, stored)


def copied(
    store: Store,
    table: WrittenTable,
    graph: Name,
    form: Callable[[Literal], Literal],
    predicates: Collection[NamedNode] | None,
) -> Iterator[Quad]:
    """List the quads of a graph, with other terms for the literals that the Store has changed.

    Args:
        store: The quads.
        table: What was written.
        graph: The graph.
        form: What gives the term for a literal as written.
        predicates: The predicates to list; None for all.
    """
    name, physical = graph
    renamed = name != physical
    for predicate in [None] if predicates is None else sorted(predicates, key=str):
        places = table.places(physical, [predicate])
        for quad in store.quads_for_pattern(None, predicate, None, physical):
            forms: Sequence[Literal] | None = None
            if places and type(quad.object) is Literal:
                subject = cast("NamedNode | BlankNode", quad.subject)
                forms = places.get((subject, quad.predicate, quad.object))
            if forms is not None:
                for written in forms:
                    term = written if written == quad.object else form(written)
                    yield Quad(quad.subject, quad.predicate, term, name)
            elif renamed:
                yield Quad(quad.subject, quad.predicate, quad.object, name)
            else:
                yield quad
