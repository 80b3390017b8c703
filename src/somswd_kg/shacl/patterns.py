"""Refuse patterns that a store cannot run: inside a filter it would take them for fulfilled."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import ShapeError
from somswd_kg.ports import Store
from somswd_kg.shacl.forms import regex
from somswd_kg.shacl.plan import Pattern

__all__ = ["refuse_patterns"]


def refuse_patterns(
    store: Store, patterns: Sequence[Pattern], graphs: Sequence[str] | None
) -> None:
    """Ask a store for every pattern, by one query, whether it can run it.

    Raises:
        ShapeError: One it cannot.
    """
    if not patterns:
        return
    tests = (regex('""', pattern.text, pattern.flags) for pattern in patterns)
    shown = " ".join(f"({test} AS ?_{i})" for i, test in enumerate(tests))
    for row in store.select(f"SELECT {shown} WHERE {{}}", graphs=graphs):
        for pattern, answer in zip(patterns, row, strict=True):
            if answer is None:
                raise ShapeError(
                    f"the pattern {pattern.text} cannot be run by the store (SHACL 4.4.3)",
                    path=pattern.shape,
                    hint="close its brackets; SPARQL knows no look-ahead, look-behind or \\1",
                )
