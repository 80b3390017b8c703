"""A knowledge graph of ASEAN policy plans: its checks, its answers and its hand-over.

Names are imported when they are first used, so that `import somswd_kg` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__", "validate"]

if TYPE_CHECKING:
    from somswd_kg.api import KnowledgeGraph, validate


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name in ("KnowledgeGraph", "validate"):
        from somswd_kg import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
