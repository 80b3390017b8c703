"""A proxy that stands before a server and counts what goes through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

__all__ = ["Counts", "counting"]

_NOT_PASSED_ON = frozenset(("connection", "transfer-encoding", "content-length", "host"))


@dataclass
class Counts:
    """What went through.

    Attributes:
        address: Where the proxy stands in for the server's address.
        requests: How many requests there were.
        received: Bytes of the answers' bodies.
    """

    address: str = ""
    requests: int = 0
    received: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, received: int) -> None:
        """Count one request."""
        with self._lock:
            self.requests += 1
            self.received += received


@contextmanager
def counting(address: str) -> Iterator[Counts]:
    """Stand before an address until the block ends."""
    target = urlsplit(address)
    counts = Counts()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.pass_on(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def do_GET(self) -> None:
            self.pass_on(None)

        def pass_on(self, body: bytes | None) -> None:
            assert target.hostname is not None
            connection = HTTPConnection(target.hostname, target.port, timeout=600)
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _NOT_PASSED_ON}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            counts.add(len(content))
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _NOT_PASSED_ON:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    host, port = proxy.server_address[:2]
    counts.address = f"http://{host!s}:{port}{target.path}"
    try:
        yield counts
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
