"""Have the queries parsed that a run does not ask: what is wrong is wrong everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import Store
from somswd_kg.shacl.binding import Bindings, bind, bind_group
from somswd_kg.shacl.model import Query
from somswd_kg.shacl.sparql import QueryForm
from somswd_kg.shacl.sparqlresults import focus_name

__all__ = ["refuse_queries"]

_NOTHING = "<urn:x-shacl:nothing>"


def refuse_queries(
    store: Store, queries: Sequence[Query], graphs: Sequence[str] | None, empty: Store | None
) -> None:
    """Ask for queries, of a node that no data has.

    Args:
        store: The data.
        queries: The queries.
        graphs: The graphs whose union is the data; None for all that the store holds.
        empty: An empty store that parses what it can, so that only the rest is asked of `store`.

    Raises:
        ShapeError: The store cannot parse one of them.
    """
    for query in queries:
        text = f"SELECT ?this WHERE {{ {_text(query)} }}"
        if empty is not None and _parses(empty, text):
            continue
        try:
            store.select(text, graphs=graphs)
        except QueryError as error:
            what = f"the store cannot run its query: {error.what}"
            raise ShapeError(what, path=query.name, hint=error.hint) from error


def _parses(empty: Store, text: str) -> bool:
    try:
        empty.select(text)
    except QueryError:
        return False
    return True


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
