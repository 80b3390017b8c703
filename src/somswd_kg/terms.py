"""The RDF term classes that the whole package uses: pyoxigraph's, and only these names of it."""

from __future__ import annotations

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, __version__

__all__ = [
    "LIBRARY",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Resource",
    "Term",
    "Triple",
]

LIBRARY = f"pyoxigraph {__version__}"
"""Whose classes these are."""

Resource = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
