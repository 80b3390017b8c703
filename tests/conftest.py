"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from somswd_kg.api import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """The shipped graph, loaded once; nothing changes it."""
    return KnowledgeGraph.load()
