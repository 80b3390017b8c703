"""Write what is to be sent to a Graph Store: N-Triples, one body for each graph."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

from somswd_kg.errors import SourceError
from somswd_kg.stores.sources import Source
from somswd_kg.terms import DefaultGraph, NamedNode, Quad

__all__ = ["triples_by_graph"]

_IN_MEMORY = 1 << 24


def triples_by_graph(source: Source, graph: str | None) -> Iterator[tuple[str | None, IO[bytes]]]:
    """Read a source to its end and give its triples, by graph, as bodies to send.

    Args:
        source: What to read.
        graph: The graph for all; None for those that the source names.

    Raises:
        SourceError: It does not parse; nothing is given.
    """
    with ExitStack() as stack:
        bodies: dict[str | None, IO[bytes]] = {}
        if graph is not None:
            bodies[graph] = _body(stack)
        for quad in source.quads():
            name = _name(quad, source, graph)
            body = bodies.get(name)
            if body is None:
                body = bodies[name] = _body(stack)
            body.write(f"{quad.subject} {quad.predicate} {quad.object} .\n".encode())
        for name, body in bodies.items():
            body.seek(0)
            yield name, body


def _name(quad: Quad, source: Source, graph: str | None) -> str | None:
    own = quad.graph_name
    if isinstance(own, DefaultGraph):
        return graph
    if graph is not None or not isinstance(own, NamedNode):
        raise SourceError(
            f"it names graphs itself ({own})",
            path=source.name,
            hint="load it without naming a graph",
        )
    return own.value


def _body(stack: ExitStack) -> IO[bytes]:
    return stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
