"""What a store gives back of a graph."""

from __future__ import annotations

from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.stores.remote import RemoteStore

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def triples(store: RemoteStore | EmbeddedStore, graph: str) -> set[str]:
    """Give its triples, each a line of N-Triples."""
    return {f"{triple} .\n" for triple in store.construct(_EVERYTHING, graphs=[graph])}
