"""An embedded store that lives in a folder, which is written by generations."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from somswd_kg.stores.contents import Contents
from somswd_kg.stores.folder import Folder, State
from somswd_kg.stores.generation import Generation, NextGeneration

__all__ = ["FolderHome"]

_LITTLE = 10
"""How many times as large a graph has to be as all others for them to be copied beside it."""


class FolderHome:
    """Keep the contents on disk; what was current at the start is seen until this object writes.

    Args:
        path: The folder.
        create: Make it when it is missing.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._folder = Folder(path, create=create)
        self.contents = self._open()

    @contextmanager
    def writing(
        self, *, plain: bool = False, rebuild: bool = False, replacing: str | None = None
    ) -> Iterator[Contents]:
        """Lend the next generation; it becomes the current one when the block ends.

        It is a clone of the current one, or is built anew: when it is to be plain or rebuilt, or
        when the graph that is replaced is nearly all there is, so that little has to be copied.
        """
        with self._folder.writing() as state:
            alone = replacing is not None and _nearly_all(state, replacing)
            rebuild = rebuild or alone
            number, path = self._folder.start(state, empty=rebuild)
            try:
                following = NextGeneration(path, state, number)
                if rebuild or (plain and not following.plain):
                    del following
                    following = self._rebuilt(number, replacing if alone else None)
                yield following
                finished = following.finish()
            except BaseException:
                self._folder.abandon(number)
                raise
            self._folder.commit(finished)
            self.contents = self._open()
            self._folder.prune(number)

    def _rebuilt(self, number: int, without: str | None) -> NextGeneration:
        self._folder.abandon(number)
        state = self._folder.state()
        _, path = self._folder.start(state, empty=True)
        rebuilt = NextGeneration(path, state, number)
        rebuilt.copy(self._open(), without)
        return rebuilt

    def _open(self) -> Contents:
        state, lock = self._folder.reading()
        if not state.generation:
            Folder.leave(lock)
            return Contents()
        try:
            contents = Generation(self._folder.generation(state.generation), state)
        except BaseException:
            Folder.leave(lock)
            raise
        # Rows that are still being walked over hold their contents, and so the registration.
        weakref.finalize(contents, Folder.leave, lock)
        return contents


def _nearly_all(state: State, graph: str) -> bool:
    if state.sizes.keys() != state.graphs.keys() or graph not in state.sizes:
        return False
    others = sum(size for name, size in state.sizes.items() if name != graph)
    return others * _LITTLE <= state.sizes[graph]
