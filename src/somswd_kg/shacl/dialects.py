"""Find out by one harmless query what a server needs to be asked otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.ports import Store
from somswd_kg.shacl.forms import Dialect
from somswd_kg.terms import Literal, Term

__all__ = ["PROBE", "probe"]

PROBE = (
    "SELECT (isIRI(BNODE()) AS ?blank) "
    '(sameTerm("x", "x"^^<http://www.w3.org/2001/XMLSchema#string>) AS ?same) WHERE {}'
)


def probe(store: Store, graphs: Sequence[str] | None = None) -> Dialect:
    """Ask a store how it reads two cases on which servers differ."""
    for blank, same in store.select(PROBE, graphs=graphs):
        odd = _is_true(blank)
        return Dialect(odd, strings_are_typed=not _is_true(same), shares_scans=not odd)
    return Dialect()


def _is_true(value: Term | None) -> bool:
    return isinstance(value, Literal) and value.value in ("true", "1")
