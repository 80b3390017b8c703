"""Send one request to an endpoint, guarded: every request of the package goes through here.

No redirect leaves the scheme, host and port; answers are bounded in size and time and are whole
before anybody sees them; reads are tried again when the server is busy or the line breaks; what
goes wrong is said with status, endpoint and the answer's first lines, never with credentials.
"""

from __future__ import annotations

import http.client
import ssl
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import urljoin, urlsplit

from somswd_kg.errors import EndpointError
from somswd_kg.stores.connections import (
    connect,
    first_lines,
    is_small,
    origin,
    seconds,
    shown,
)
from somswd_kg.stores.credentials import Credentials, SignOn

__all__ = ["Answer", "Limits", "Transport"]

_BUSY = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})
_BLOCK = 1 << 16
_IN_MEMORY = 1 << 24
_SHOWN = 1 << 11
_LONGEST_PAUSE = 30.0
_FAULT = 500
_NO_ENDPOINT = "check that this is the address of a SPARQL 1.1 endpoint, and what it says"
_ITS_LOG = "look into the log of the server"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what a request may take.

    Attributes:
        timeout: Seconds for one request, the whole answer included.
        size: Bytes of one answer.
        tries: How often a read is sent at most.
        pause: Seconds before the second try; doubled before each further one.
    """

    timeout: float = 120.0
    size: int = 1 << 30
    tries: int = 4
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a whole answer.

    Attributes:
        status: The HTTP status, 200 to 299.
        headers: By name in lower case.
        body: A file, at its beginning.
    """

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]


class _BrokenError(Exception):
    """The line broke, or the server is busy: worth another try if nothing was changed."""

    def __init__(self, error: EndpointError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


class Transport:
    """Send requests to the addresses of one store.

    Args:
        credentials: Who we are.
        limits: What a request may take.
        sleep: How to wait between two tries.
    """

    def __init__(
        self,
        credentials: Credentials,
        limits: Limits,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._credentials = credentials
        self._limits = limits
        self._sleep = sleep
        self._sign_on: dict[tuple[str, str], SignOn] = {}

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | IO[bytes] | None = None,
        *,
        changes: bool = False,
    ) -> Answer:
        """Send a request and give the whole answer.

        Args:
            method: GET, POST, PUT or DELETE.
            url: Where to.
            headers: Beside those for signing on.
            body: Bytes, or a file that can be read again.
            changes: Whether it changes data, and so is never sent twice.

        Raises:
            EndpointError: There is no good answer.
        """
        waiting = self._limits.pause
        for left in reversed(range(1 if changes else self._limits.tries)):
            try:
                return self._try(method, url, headers, body, changes=changes)
            except _BrokenError as broken:
                if not left:
                    raise broken.error from broken
                self._sleep(min(max(waiting, broken.wait), _LONGEST_PAUSE))
                waiting *= 2
        raise AssertionError("there is always a last try")

    def _try(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | IO[bytes] | None,
        *,
        changes: bool,
    ) -> Answer:
        deadline = time.monotonic() + self._limits.timeout
        target = url
        if body is not None:
            self._introduce(url, body, deadline)
        for _ in range(6):
            status, found, answer = self._exchange(method, target, headers, body, deadline)
            if 200 <= status < 300:
                return Answer(status, found, answer)
            with answer:
                said = answer.read(_SHOWN)
            if status == 401 and self._signing(target).answer(
                found.get("www-authenticate", "").split("\n")
            ):
                continue
            if status in _MOVED and (not changes or status in _KEEPS_METHOD):
                target = self._moved(url, target, found.get("location", ""))
                continue
            error = self._refused(target, status, found, said)
            if status in _BUSY:
                raise _BrokenError(error, seconds(found.get("retry-after", "")))
            raise error
        raise EndpointError(
            "it sends every request elsewhere",
            path=shown(url),
            hint="check the address, and how the server is set up",
        )

    def _introduce(self, url: str, body: bytes | IO[bytes], deadline: float) -> None:
        """Ask how to sign on before a body is sent: a server may cut the line while it is sent."""
        sign_on = self._signing(url)
        if not sign_on.unasked and (sign_on.asked or isinstance(body, bytes) or is_small(body)):
            return
        status = 401
        while status == 401:
            status, found, answer = self._exchange("HEAD", url, {"Accept": "*/*"}, None, deadline)
            answer.close()
            again = sign_on.answer(found.get("www-authenticate", "").split("\n"))
            if status == 401 and not again:
                raise self._refused(url, status, found, b"")

    def _exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | IO[bytes] | None,
        deadline: float,
    ) -> tuple[int, Mapping[str, str], IO[bytes]]:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = dict(headers)
        authorization = self._signing(url).header(method, target)
        if authorization:
            sent["Authorization"] = authorization
        if body is not None and not isinstance(body, bytes):
            sent["Content-Length"] = str(body.seek(0, 2))
            body.seek(0)
        try:
            connection = connect(url, self._limits.timeout)
            try:
                connection.request(method, target, body, sent)
                with connection.getresponse() as response:
                    found: dict[str, str] = {}
                    for name, value in response.getheaders():
                        name = name.lower()
                        found[name] = f"{found[name]}\n{value}" if name in found else value
                    return response.status, found, self._whole(url, response, deadline)
            finally:
                connection.close()
        except TimeoutError as error:
            raise EndpointError(
                f"it did not answer within {self._limits.timeout:g} seconds",
                path=shown(url),
                hint="ask for less, or give it more time",
            ) from error
        except ssl.SSLError as error:
            raise EndpointError(
                f"no safe connection: {error.reason or error}", path=shown(url)
            ) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise _BrokenError(
                EndpointError(
                    f"the connection broke: {self._credentials.hide(reason)}",
                    path=shown(url),
                    hint="check that the server runs and the address is right",
                )
            ) from error

    def _whole(self, url: str, response: http.client.HTTPResponse, deadline: float) -> IO[bytes]:
        """Read the answer to its end into a file that is in memory while it is small."""
        whole: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115, it is handed on
        size, announced = 0, response.length
        try:
            while size != announced and (block := response.read1(_BLOCK)):
                size += len(block)
                if size > self._limits.size:
                    raise EndpointError(
                        f"its answer is larger than {self._limits.size:,} bytes",
                        path=shown(url),
                        hint="ask for less",
                    )
                if time.monotonic() > deadline:
                    raise TimeoutError
                whole.write(block)
            if announced is not None and size < announced:
                raise http.client.IncompleteRead(b"", announced - size)
        except http.client.IncompleteRead as error:
            whole.close()
            raise ConnectionError("the answer stops in the middle") from error
        except BaseException:
            whole.close()
            raise
        whole.seek(0)
        return whole

    def _signing(self, url: str) -> SignOn:
        """Keep one sign-on for each address: servers ask for each on its own."""
        parts = urlsplit(url)
        key = (parts.netloc, parts.path)
        return self._sign_on.setdefault(key, SignOn(self._credentials))

    def _moved(self, asked: str, url: str, location: str) -> str:
        try:
            target = urljoin(url, location)
            leaves = not location or origin(target) != origin(asked)
        except ValueError:  # it is no address
            target, leaves = location, True
        if leaves:
            elsewhere = shown(target) if location else "nowhere"
            raise EndpointError(
                f"it sends the request elsewhere ({elsewhere})",
                path=shown(asked),
                hint="give that address as the endpoint if you trust it",
            )
        return target

    def _refused(
        self, url: str, status: int, headers: Mapping[str, str], start: bytes
    ) -> EndpointError:
        said = self._credentials.hide(first_lines(start))
        reason = http.client.responses.get(status, "")
        hints = {
            401: "set SOMSWD_KG_USER and SOMSWD_KG_PASSWORD, or SOMSWD_KG_TOKEN",
            403: "ask its keeper for the right to do this",
            404: "check the address",
            **dict.fromkeys(_BUSY, "try again later"),
        }
        return EndpointError(
            f"it answers {status} {reason}".rstrip() + (f": {said}" if said else ""),
            path=shown(url),
            hint=hints.get(status, _NO_ENDPOINT if status < _FAULT else _ITS_LOG),
        )
