"""Open a connection to an address, and show, compare and bound what belongs to it."""

from __future__ import annotations

import http.client
import ssl
from typing import IO
from urllib.parse import SplitResult, urlsplit

from somswd_kg.errors import EndpointError
from somswd_kg.stores.responses import Response

__all__ = ["connect", "first_lines", "is_small", "origin", "seconds", "shown", "take_apart"]

_SMALL = 1 << 16
_LINES = 3


def connect(url: str, timeout: float) -> http.client.HTTPConnection:
    """Prepare a connection; it opens with the first request.

    Raises:
        EndpointError: The address is none of a web server, or holds a name or a password.
    """
    parts = take_apart(url)
    if parts.username or parts.password:
        raise EndpointError(
            "the address holds a name or a password",
            path=shown(url),
            hint="leave it out and set SOMSWD_KG_USER and SOMSWD_KG_PASSWORD",
        )
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        context = ssl.create_default_context()
        found: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=timeout, context=context
        )
    else:
        found = http.client.HTTPConnection(host, port, timeout=timeout)
    found.response_class = Response
    return found


def take_apart(url: str) -> SplitResult:
    """Take the address of a web server apart.

    Raises:
        EndpointError: It is none.
    """
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_one = False
    if not is_one:
        raise EndpointError(
            "it is no address of a web server",
            path=shown(url),
            hint="write it as http://host/path or https://host/path",
        )
    return parts


def is_small(body: IO[bytes]) -> bool:
    """Say whether a body is sent before a server can answer anyway."""
    return body.seek(0, 2) <= _SMALL


def origin(url: str) -> tuple[str, str, int | None]:
    """Give scheme, host and port, which no redirect may leave.

    >>> origin("https://example.org/a") == origin("https://example.org:443/b")
    True
    """
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.scheme, parts.hostname or "", port)


def shown(url: str) -> str:
    """Give an address without name, password, query and fragment.

    >>> shown("http://ann:word@localhost/sparql?x=1"), shown("http://ann:word@[::1/")
    ('http://localhost/sparql', '[::1/')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    if parts is None or not parts.netloc:
        return url.rpartition("@")[2].partition("?")[0]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def first_lines(answer: bytes) -> str:
    r"""Give the first lines of an answer as one that is safe to show on a terminal.

    >>> first_lines(b"<html>\n\n  Wel\x1bcome")
    '<html> / Wel�come'
    """
    text = answer.decode("utf-8", "replace")
    lines = [line for line in map(str.strip, text.splitlines()) if line][:_LINES]
    return "".join(c if c.isprintable() else "\ufffd" for c in " / ".join(lines))


def seconds(text: str) -> float:
    """Read how long a server asks to wait; 0 where it gives a date or nothing."""
    return float(text) if text.strip().isdigit() else 0.0
