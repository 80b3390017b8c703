"""The RDF term classes that the whole package uses: pyoxigraph's, and only these names of it."""

from __future__ import annotations

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Resource",
    "Term",
    "Triple",
]

Resource = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
