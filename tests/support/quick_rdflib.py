"""rdflib's SPARQL, reading each query once: pySHACL asks the same ones for every focus node."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rdflib.plugin import register
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor

__all__ = ["QuickProcessor", "use"]


@lru_cache(maxsize=2048)
def _prepared(text: str, base: str | None, names: tuple[tuple[str, Any], ...]) -> Query:
    return translateQuery(parseQuery(text), base, dict(names))


class QuickProcessor(SPARQLProcessor):
    """Prepare each text once."""

    def query(  # type: ignore[override]
        self,
        strOrQuery: str | Query,  # noqa: N803
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        base: str | None = None,
        DEBUG: bool = False,  # noqa: N803
    ) -> Any:
        """Evaluate a query."""
        query = strOrQuery
        if isinstance(query, str):
            query = _prepared(query, base, tuple((initNs or {}).items()))
        return super().query(query, dict(initBindings or {}), dict(initNs or {}), base, DEBUG)


def use() -> None:
    """Let rdflib take it."""
    register("sparql", Processor, __name__, "QuickProcessor")
