"""Regular expressions that are compiled when they are first used: most drafts need few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

__all__ = ["Pattern"]


class Pattern:
    """A regular expression, with the methods of `re.Pattern` that are used here.

    Args:
        text: As `re.compile` takes it.
        flags: The same.

    >>> Pattern("[0-9]+").sub("#", "a1b22")
    'a#b#'
    """

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text, self._flags = text, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self._text, self._flags)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first place that fits."""
        return self.compiled.search(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Tell whether it fits at the start."""
        return self.compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Tell whether it fits the whole."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find all places that fit."""
        return self.compiled.finditer(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all places that fit."""
        return self.compiled.sub(replacement, text)

    def subn(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> tuple[str, int]:
        """Replace all places that fit, and count them."""
        return self.compiled.subn(replacement, text)
