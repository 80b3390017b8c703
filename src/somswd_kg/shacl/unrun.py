"""Let a store parse the queries that a run does not ask: what is wrong is wrong everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.binding import Bindings, bind, bind_group
from somswd_kg.shacl.model import Query
from somswd_kg.shacl.sparql import QueryForm
from somswd_kg.shacl.sparqlresults import focus_name
from somswd_kg.stores.embedded import EmbeddedStore

__all__ = ["refuse_queries"]

_NOTHING = "<urn:x-shacl:nothing>"


def refuse_queries(store: Store, queries: Sequence[Query], graphs: Sequence[str] | None) -> None:
    """Ask a store for queries, of a node that no data has.

    A server is asked for those alone that an embedded store cannot parse: it may have functions
    of its own.

    Raises:
        ShapeError: It cannot parse one of them.
    """
    own = isinstance(store, KeepsLiterals)
    reader = store if own else EmbeddedStore()
    for query in queries:
        text = f"SELECT ?this WHERE {{ {_text(query)} }}"
        try:
            reader.select(text, graphs=graphs if own else None)
        except QueryError as error:
            if own:
                raise _unfit(query, error) from error
            _ask(store, query, text, graphs)


def _ask(store: Store, query: Query, text: str, graphs: Sequence[str] | None) -> None:
    try:
        store.select(text, graphs=graphs)
    except QueryError as error:
        raise _unfit(query, error) from error


def _text(query: Query) -> str:
    tables = {name: f"VALUES ?{name} {{ {_NOTHING} }}" for name in ("this", "value")}
    if query.outline.form is QueryForm.ASK:
        inside = bind_group(query.outline, Bindings(tables))
        return f"{{ SELECT ?this WHERE {{ {tables['this']} FILTER EXISTS {{ {inside} }} }} }}"
    del tables["value"]
    outline = query.outline
    if outline.aggregates(outline.top) and not outline.is_grouped(outline.top):
        number = f"(1 AS ?{focus_name(outline)})"  # `$this` cannot be given there
        alone = Bindings(tables, path=_NOTHING, head=number, dropped=frozenset(("this",)))
        return f"{{ {bind(outline, alone)} }}"
    return f"{{ {bind(outline, Bindings(tables, path=_NOTHING))} }}"


def _unfit(query: Query, error: QueryError) -> ShapeError:
    what = f"the store cannot run its query: {error.what}"
    return ShapeError(what, path=query.name, hint=error.hint)
