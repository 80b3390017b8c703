"""Real SPARQL servers for tests: started on free loopback ports, stopped again.

A server that is not installed fails the test where `CI` is set; elsewhere the test is skipped and
says how to install it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from somswd_kg.stores.credentials import Credentials
from somswd_kg.stores.remote import RemoteStore

PATIENCE = 90.0
VIRTUOSO_PASSWORD = "dba"


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        name: oxigraph or virtuoso.
        query: The address for queries.
        update: The address for updates.
        data: The address of the Graph Store Protocol.
        user: A name that may write; empty where none is asked for.
        password: Its password.
    """

    name: str
    query: str
    update: str
    data: str
    user: str = ""
    password: str = ""

    def store(self, **options: Any) -> RemoteStore:
        """Connect to it."""
        given: dict[str, Any] = {"credentials": Credentials(self.user, self.password), **options}
        return RemoteStore(self.query, update=self.update, data=self.data, **given)


def missing(what: str, how: str) -> None:
    """Fail in CI, skip elsewhere."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(f"{what} is not installed; {how}")
    pytest.skip(f"{what} is not installed; {how}")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run `oxigraph serve` in memory."""
    ending = ".exe" if sys.platform == "win32" else ""
    program = Path(sysconfig.get_path("scripts")) / f"oxigraph{ending}"
    found = str(program) if program.exists() else shutil.which("oxigraph")
    if not found:
        missing("the Oxigraph server", "pip install oxigraph")
    assert found is not None
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [found, "serve", "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, port, "/query?query=ASK%7B%7D"):
        yield Server("oxigraph", f"{base}/query", f"{base}/update", f"{base}/store")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run OpenLink Virtuoso 7 with a database of its own."""
    found = shutil.which("virtuoso-t")
    if not found:
        missing("OpenLink Virtuoso 7", "on Debian: apt-get install virtuoso-opensource-7")
    assert found is not None
    port, sql_port = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(
        VIRTUOSO_SETTINGS.format(folder=folder, port=port, sql_port=sql_port),
        encoding="utf-8",
        newline="\n",
    )
    base = f"http://127.0.0.1:{port}"
    command = [found, "-f", "-c", str(settings)]
    with running(command, folder, port, "/sparql?query=ASK%7B%7D"):
        yield Server(
            "virtuoso",
            f"{base}/sparql",
            f"{base}/sparql-auth",
            f"{base}/sparql-graph-crud-auth",
            "dba",
            VIRTUOSO_PASSWORD,
        )


@contextmanager
def running(command: list[str], folder: Path, port: int, path: str) -> Iterator[None]:
    """Run a program until the block ends, once it answers."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(port, path):
            said = (folder / "output.txt").read_text(encoding="utf-8", errors="replace")
            assert process.poll() is None, said[-2000:]
            assert time.monotonic() < deadline, said[-2000:]
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int, path: str) -> bool:
    """Say whether something good comes back."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


VIRTUOSO_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
DirsAllowed = {folder}
CheckpointInterval = 0

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10

[Client]
SQL_QUERY_TIMEOUT = 0

[SPARQL]
ResultSetMaxRows = 10000
"""
