"""Name the dataset of each query so that a triple of several graphs counts once.

pyoxigraph shows a triple once for every graph of the union that holds it, and asks the graphs of
a long list one after the other. So a union is asked as it is only when its graphs share nothing;
otherwise it is the largest graph and, beside it, a merged graph of what the others add.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, cast

from pyoxigraph import QuerySolutions, Store

from somswd_kg.terms import BlankNode, DefaultGraph, Literal, NamedNode

__all__ = ["MERGED", "Dataset", "merge", "shares_triples", "shares_with", "sizes"]

_FEW = 3

MERGED = "urn:x-somswd-kg:merged:"
"""How the names of merged graphs begin."""

_SHARED = """ASK {
  VALUES ?one { %(rest)s } GRAPH ?one { ?s ?p ?o }
  GRAPH ?other { ?s ?p ?o } FILTER (?one != ?other && ?other IN (%(all)s))
}"""
_SHARED_WITH_DEFAULT = """ASK {
  ?s ?p ?o GRAPH ?other { ?s ?p ?o } FILTER (?other IN (%(all)s))
}"""
_MERGE = """INSERT { GRAPH %(merged)s { ?s ?p ?o } } WHERE {
  VALUES ?g { %(rest)s } GRAPH ?g { ?s ?p ?o }
  FILTER NOT EXISTS { GRAPH %(largest)s { ?s ?p ?o } }
}"""
_MERGE_DEFAULT = """INSERT { GRAPH %(merged)s { ?s ?p ?o } } WHERE {
  ?s ?p ?o FILTER NOT EXISTS { GRAPH %(largest)s { ?s ?p ?o } }
}"""


class Dataset(TypedDict, total=False):
    """The arguments of pyoxigraph's `query` that name a dataset."""

    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]
    use_default_graph_as_union: bool


def sizes(store: Store) -> dict[NamedNode, int]:
    """Count the triples of each named graph."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    return {
        cast(NamedNode, name): int(cast(Literal, count).value)
        for name, count in cast(QuerySolutions, store.query(query))
    }


def shares_triples(
    store: Store, largest: NamedNode, rest: Sequence[NamedNode], *, unnamed: bool
) -> bool:
    """Say whether some triple stands in two of some graphs.

    Args:
        store: Where the graphs are, perhaps among others.
        largest: The graph that need not be walked over.
        rest: The other graphs.
        unnamed: Whether the graph without a name is one of them.
    """
    words = {"rest": _listed(rest, " "), "all": _listed([largest, *rest], ", ")}
    if rest and store.query(_SHARED % words):
        return True
    lonely = _SHARED_WITH_DEFAULT % words
    return unnamed and bool(store.query(lonely, default_graph=[DefaultGraph()]))


def shares_with(store: Store, graph: NamedNode, others: Sequence[NamedNode]) -> bool:
    """Say whether a graph shares a triple with one of some others; subjects are compared first."""
    subjects = f"{{ SELECT DISTINCT ?s {{ GRAPH {graph} {{ ?s ?x ?y }} }} }}"
    if len(others) > _FEW:
        # A long list is slow to look in, so most are told apart before.
        other = f"?g != {graph} && ?g IN ({_listed(others, ', ')})"
        query = "ASK { %s GRAPH ?g { ?s ?p ?o } FILTER (%s) GRAPH %s { ?s ?p ?o } }"
        return bool(store.query(query % (subjects, other, graph)))
    query = "ASK { %s GRAPH %s { ?s ?p ?o } GRAPH %s { ?s ?p ?o } }"
    return any(bool(store.query(query % (subjects, other, graph))) for other in others)


def _listed(names: Sequence[NamedNode], between: str) -> str:
    return between.join(map(str, names))


def merge(
    store: Store, merged: NamedNode, largest: NamedNode, rest: Sequence[NamedNode], default: bool
) -> None:
    """Put what the other graphs add to the largest one into a merged graph.

    Args:
        store: Where the graphs are.
        merged: The name of the merged graph.
        largest: The graph that stays as it is.
        rest: The other graphs.
        default: Whether the graph without a name is one of them.
    """
    names = " ".join(str(name) for name in rest)
    store.update(_MERGE % {"merged": merged, "rest": names, "largest": largest})
    if default:
        store.update(_MERGE_DEFAULT % {"merged": merged, "largest": largest})
