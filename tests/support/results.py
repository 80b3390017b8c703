"""Results of two engines held against one another."""

from __future__ import annotations

from collections import Counter

from somswd_kg.model import ShapeResult
from somswd_kg.shacl import Report
from somswd_kg.terms import Term

Key = tuple[str, str, str, str, str, str, str]


def found(report: Report) -> Counter[str]:
    """List results; a server may write one truth value as another, and name blank nodes anew."""

    def shown(term: Term | None) -> str:
        text = "_:" if type(term).__name__ == "BlankNode" else str(term)
        return text.replace('"0"^^', '"false"^^').replace('"1"^^', '"true"^^')

    return Counter(
        f"{r.component.value} {shown(r.focus_node)} {shown(r.value)}" for r in report.results
    )


def keys(results: tuple[ShapeResult, ...]) -> set[Key]:
    """Give all that a report says of its results but the messages.

    A path that is no predicate is a blank node of the report, which each engine writes anew.
    """
    return {
        (
            str(result.focus),
            result.path if result.path.startswith("http") else "",
            str(result.value),
            result.component,
            result.severity,
            result.shape,
            result.constraint,
        )
        for result in results
    }
