"""Find out by one harmless query what a server needs to be asked otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.ports import Store
from somswd_kg.shacl.forms import Dialect
from somswd_kg.terms import Literal, Term

__all__ = ["PROBE", "probe"]

PROBE = (
    'SELECT (IF(sameTerm("x", "x"^^<http://www.w3.org/2001/XMLSchema#string>), 1, 0) AS ?same) '
    "WHERE {}"
)


def probe(store: Store, graphs: Sequence[str] | None = None) -> Dialect:
    """Ask a store whether `"x"` and `"x"^^xsd:string` are one term, as RDF 1.1 says.

    Virtuoso 7, which keeps to RDF 1.0, says no; it also takes blank nodes for IRIs, compares
    what cannot be compared, and cannot decide several constraints in one query. Every server is
    asked whether what seems to be an IRI is a blank node.
    """
    for (same,) in store.select(PROBE, graphs=graphs):
        new = _is_one(same)
        return Dialect(
            blank_is_iri=True,
            strings_are_typed=not new,
            compares_anything=not new,
            shares_scans=new,
            wants_order=_is_oxigraph(store),
        )
    return Dialect(blank_is_iri=True, wants_order=_is_oxigraph(store))


def _is_oxigraph(store: Store) -> bool:
    """Tell the server by the name that it gives itself: it orders triples as the embedded store."""
    return "oxigraph" in str(getattr(store, "product", "")).lower()


def _is_one(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")
