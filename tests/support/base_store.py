"""What example data stands beside: the words with their codes, bodies, countries, frameworks."""

from __future__ import annotations

from somswd_kg.project import find_project
from somswd_kg.stores.embedded import EmbeddedStore

PLANS = ("graph/somswd-", "graph/alignments/")
"""What is left out: the plans, and what is said of them."""


def base_store() -> EmbeddedStore:
    """Load what every case may name."""
    store = EmbeddedStore()
    for file in find_project().data_files():
        if not file.name.startswith(PLANS):
            store.load(file.path, graph=file.graph)
    return store
