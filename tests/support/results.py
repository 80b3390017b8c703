"""Results of two engines held against one another."""

from __future__ import annotations

from collections import Counter

from somswd_kg.shacl import Report
from somswd_kg.terms import Term


def found(report: Report) -> Counter[str]:
    """List results; a server may write one truth value as another, and name blank nodes anew."""

    def shown(term: Term | None) -> str:
        text = "_:" if type(term).__name__ == "BlankNode" else str(term)
        return text.replace('"0"^^', '"false"^^').replace('"1"^^', '"true"^^')

    return Counter(
        f"{r.component.value} {shown(r.focus_node)} {shown(r.value)}" for r in report.results
    )
