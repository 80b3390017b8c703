"""Read the answers of servers that repeat each graph of the dataset in a header of its own.

Virtuoso names every graph twice, and Python refuses an answer of more than a hundred headers.
"""

from __future__ import annotations

import http.client
from typing import IO, Any, cast

__all__ = ["Response"]

_ECHOES = (b"x-sparql-default-graph:", b"x-sparql-named-graph:")
_MOST = 100_000
"""Lines that are passed over."""


class Response(http.client.HTTPResponse):
    """An answer without the headers that only repeat what was asked."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fp = cast(Any, _WithoutEchoes(self.fp))


class _WithoutEchoes:
    """A file of an answer whose head has no such lines.

    Args:
        inner: The file.
    """

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._in_head = True

    def readline(self, limit: int = -1) -> bytes:
        """Read a line, the next that is no echo while the head lasts."""
        line = self._inner.readline(limit)
        if self._in_head:
            for _ in range(_MOST):
                if not line.lower().startswith(_ECHOES):
                    break
                while line and not line.endswith(b"\n"):  # what is left of a long one
                    line = self._inner.readline(limit)
                line = self._inner.readline(limit)
            self._in_head = line.strip() != b""
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
