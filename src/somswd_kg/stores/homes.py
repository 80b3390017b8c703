"""Where an embedded store lives: in memory, or in a folder that is written by generations."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from somswd_kg.stores.contents import Contents
from somswd_kg.stores.folder import Folder
from somswd_kg.stores.generation import Generation, NextGeneration

__all__ = ["FolderHome", "Home", "MemoryHome"]


class Home(Protocol):
    """Lend the contents, to be read or to be changed."""

    @property
    def contents(self) -> Contents:
        """Give what queries see."""
        ...

    def writing(
        self, *, plain: bool = False, rebuild: bool = False
    ) -> AbstractContextManager[Contents]:
        """Lend what may be changed; the change holds when the block ends without an error.

        Args:
            plain: The store's names of the graphs have to be the users'.
            rebuild: Leave behind whatever is no longer used.
        """
        ...


class MemoryHome:
    """Keep the contents in memory."""

    def __init__(self) -> None:
        self.contents = Contents()

    @contextmanager
    def writing(self, *, plain: bool = False, rebuild: bool = False) -> Iterator[Contents]:
        """Lend the contents themselves."""
        yield self.contents


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
    def writing(self, *, plain: bool = False, rebuild: bool = False) -> Iterator[Contents]:
        """Lend the next generation; it becomes the current one when the block ends."""
        with self._folder.writing() as state:
            number, path = self._folder.start(state, empty=rebuild)
            try:
                following = NextGeneration(path, state, number)
                if rebuild or (plain and not following.plain):
                    del following
                    following = self._rebuilt(number)
                yield following
                finished = following.finish()
            except BaseException:
                self._folder.abandon(number)
                raise
            self._folder.commit(finished)
            self.contents = self._open()
            self._folder.prune(number)

    def _rebuilt(self, number: int) -> NextGeneration:
        self._folder.abandon(number)
        state = self._folder.state()
        _, path = self._folder.start(state, empty=True)
        rebuilt = NextGeneration(path, state, number)
        rebuilt.copy(self._open())
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
