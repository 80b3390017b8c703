"""Find out by harmless queries what a server needs to be asked otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import SomswdError
from somswd_kg.ports import Store
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, Term

__all__ = ["PROBES", "probe"]

_EARLY, _LATE = (f'"2002-10-10T12:00:0{end}"^^<{XSD.base}dateTime>' for end in ("0", "1Z"))
_EXPRESSIONS = (
    f'SELECT (IF(sameTerm("x", "x"^^{XSD.string}), 1, 0) AS ?same) '
    f"(COALESCE(IF({_EARLY} < {_LATE}, 1, 0), 0) AS ?mixed) "
    '(COALESCE(IF(REGEX(CONCAT("\u0e44", "\u0e17"), "\u0e17"), 1, 0), 0) AS ?letters) WHERE {}'
)
_TABLE = 'SELECT ?v WHERE { VALUES ?v { "x"@en "y"@en } FILTER(LANG(?v) = "en") }'
_PATH = "SELECT ?s WHERE { VALUES ?s { <urn:x:a> <urn:x:b> } ?s <urn:x:p>* ?o }"
_EXISTS = "SELECT ?v WHERE { VALUES ?v { 1 2 } FILTER(EXISTS { FILTER(?v = 1) }) }"
_INLINE = (
    "SELECT ?v WHERE { VALUES ?v { 1 2 } "
    "FILTER((SELECT (COUNT(?p) AS ?n) WHERE { ?v ?p ?o }) = 0) }"
)
PROBES = (_EXPRESSIONS, _TABLE, _PATH, _EXISTS, _INLINE)
"""What may be asked; the last only of a server that gets the one before wrong."""


def probe(store: Store, graphs: Sequence[str] | None = None) -> Dialect:
    """Ask a store for what servers are known to get wrong.

    Virtuoso 7, which keeps to RDF 1.0, takes `"x"` and `"x"^^xsd:string` for two terms; such a
    server also compares what cannot be compared, and cannot decide several constraints in one
    query. Every server is asked whether what seems to be an IRI is a blank node, and may count a
    triple once for each graph that holds it.
    """
    rows = list(store.select(_EXPRESSIONS, graphs=graphs))
    same, mixed, letters = rows[0] if rows else (Literal("1"), None, Literal("1"))
    new, joins = _is_one(same), _count(store, _EXISTS, graphs) != 1
    # A server that has seen no language yet may keep the one of a table.
    tables = _count(store, _TABLE, graphs) == 2 and _count(store, _PATH, graphs) is not None
    return Dialect(
        blank_is_iri=True,
        strings_are_typed=not new,
        compares_anything=not new,
        mixes_zones=_is_one(mixed),
        cuts_letters=not _is_one(letters),
        loses_languages=not tables,
        joins_exists=joins,
        counts_inline=joins and _count(store, _INLINE, graphs) == 2,
        shares_scans=new,
        wants_order=_is_oxigraph(store),
        repeats=len(store.graph_names() if graphs is None else graphs) == 1,
    )


def _count(store: Store, query: str, graphs: Sequence[str] | None) -> int | None:
    """Count the rows of an answer; None where the server cannot run the query."""
    try:
        return sum(1 for _ in store.select(query, graphs=graphs))
    except SomswdError:
        return None


def _is_oxigraph(store: Store) -> bool:
    """Tell the server by the name that it gives itself: it orders triples as the embedded store."""
    return "oxigraph" in str(getattr(store, "product", "")).lower()


def _is_one(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")
