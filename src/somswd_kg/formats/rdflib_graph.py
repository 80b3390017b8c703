"""To and from rdflib: how notebooks and partners get data out, and hand graphs in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from somswd_kg.errors import SourceError
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term, Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["from_node", "to_node", "to_rdflib", "triples_of"]


def to_node(term: Term) -> Node:
    """Turn a term into rdflib's; a literal keeps its words as they are written."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return rdflib.Literal(term.value)
        kind = rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=kind, normalize=False)
    raise SourceError(f"rdflib has no term for {term}")


def from_node(node: Node) -> Term:
    """Turn one of rdflib's nodes into a term."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        if node.datatype is not None:
            return Literal(str(node), datatype=NamedNode(str(node.datatype)))
        return Literal(str(node))
    raise SourceError(f"{node!r} is no RDF 1.1 term")


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Build an rdflib graph."""
    import rdflib

    graph = rdflib.Graph()
    for triple in triples:
        if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
            raise SourceError("rdflib has no triple terms (RDF 1.2)")
        graph.add((to_node(triple.subject), to_node(triple.predicate), to_node(triple.object)))
    return graph


def triples_of(graph: rdflib.Graph) -> list[Triple]:
    """List the triples of an rdflib graph, or of all graphs of a dataset."""
    found = []
    for subject, predicate, value in graph.triples((None, None, None)):
        head, link = from_node(subject), from_node(predicate)
        if isinstance(head, Literal) or not isinstance(link, NamedNode):
            raise SourceError("the graph holds what is no RDF 1.1 triple")
        found.append(Triple(head, link, from_node(value)))
    return found
