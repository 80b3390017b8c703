"""What several tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import servers
from somswd_kg.api import KnowledgeGraph
from somswd_kg.shacl import statistics

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is prepared apart from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOMSWD_KG_CACHE", str(tmp_path_factory.mktemp("prepared")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """The shipped graph, loaded once; nothing changes it."""
    return KnowledgeGraph.load()


@pytest.fixture(params=["little", "much"])
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take the data of a test for little, and for so much that counts decide how it is read."""
    if request.param == "much":
        monkeypatch.setattr(statistics, "LITTLE", 0)
    return str(request.param)


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """An Oxigraph server of our own."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """A Virtuoso server of our own."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> servers.Server:
    """Each server in turn; use graph names that no other test uses."""
    found: servers.Server = request.getfixturevalue(f"{request.param}_server")
    return found
