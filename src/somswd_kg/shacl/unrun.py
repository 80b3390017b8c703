"""Let a store parse the queries that a run does not ask: what is wrong is wrong everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.binding import Bindings, bind, bind_group
from somswd_kg.shacl.model import Query
from somswd_kg.shacl.sparql import QueryForm
from somswd_kg.shacl.sparqlresults import focus_name

__all__ = ["refuse_queries"]

_NOTHING = "<urn:x-shacl:nothing>"
_BATCH = 20


def refuse_queries(store: Store, queries: Sequence[Query], graphs: Sequence[str] | None) -> None:
    """Ask a store for queries, of a node that no data has.

    Raises:
        ShapeError: It cannot parse one of them.
    """
    size = 1 if isinstance(store, KeepsLiterals) else _BATCH
    for start in range(0, len(queries), size):
        batch = queries[start : start + size]
        texts = [_text(query) for query in batch]
        try:
            store.select(f"SELECT ?this WHERE {{ {' UNION '.join(texts)} }}", graphs=graphs)
            continue
        except QueryError as error:
            if size == 1:
                raise _unfit(batch[0], error) from error
        for query, text in zip(batch, texts, strict=True):
            try:
                store.select(f"SELECT ?this WHERE {{ {text} }}", graphs=graphs)
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
