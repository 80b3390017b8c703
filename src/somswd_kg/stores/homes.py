"""Where an embedded store lives; in memory, if nothing else is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Thread
from typing import Protocol

from somswd_kg.stores.contents import Contents

__all__ = ["Home", "MemoryHome"]


class Home(Protocol):
    """Lend the contents, to be read or to be changed."""

    @property
    def contents(self) -> Contents:
        """Give what queries see."""
        ...

    def writing(
        self, *, plain: bool = False, rebuild: bool = False, replacing: str | None = None
    ) -> AbstractContextManager[Contents]:
        """Lend what may be changed; the change holds when the block ends without an error.

        Args:
            plain: The store's names of the graphs have to be the users'.
            rebuild: Leave behind whatever is no longer used.
            replacing: A graph that the block replaces.
        """
        ...


class MemoryHome:
    """Keep the contents in memory.

    Args:
        fill: Fills them, beside whatever else is done until they are first looked at.
    """

    def __init__(self, fill: Callable[[Contents], None] | None = None) -> None:
        self._contents = Contents()
        self._failure: BaseException | None = None
        self._filling: Thread | None = None
        if fill is None:
            self._contents.most = 0
        else:
            self._filling = Thread(target=self._fill, args=(fill,))
            self._filling.start()

    @classmethod
    def of(cls, contents: Contents) -> MemoryHome:
        """Keep contents that there are already."""
        home = cls()
        home._contents = contents
        return home

    @property
    def contents(self) -> Contents:
        """Give what queries see."""
        filling = self._filling
        if filling is not None:
            filling.join()
            self._filling = None
        if self._failure is not None:
            raise self._failure
        return self._contents

    def _fill(self, fill: Callable[[Contents], None]) -> None:
        try:
            fill(self._contents)
        except BaseException as failure:  # told to whoever looks at the contents
            self._failure = failure

    @contextmanager
    def writing(
        self, *, plain: bool = False, rebuild: bool = False, replacing: str | None = None
    ) -> Iterator[Contents]:
        """Lend the contents themselves."""
        yield self.contents
