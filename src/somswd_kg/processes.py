"""Run one verb of the API in a process of its own, which is killed when its time is over.

A query cannot be stopped from inside, so it is stopped from outside. The process is a new Python
(`python -m somswd_kg.worker`), on every system alike; what goes in and out is pickled by us alone.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from somswd_kg.errors import QueryTimeout, SomswdError

__all__ = ["Job", "Recipe", "run_killable"]

_START = 60.0
"""Seconds that opening the graph may take at least, before the query's own time begins."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Say how a graph is opened again.

    Attributes:
        opener: Name of the class method of `KnowledgeGraph`.
        arguments: What it was given.
    """

    opener: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """Name one call.

    Attributes:
        recipe: How the graph is opened.
        verb: Name of the method.
        inputs: What it is given by place; all of it can be pickled.
        arguments: What it is given by name; the same.
        what: What it is called where it is stopped.
        megabytes: Of address space that the process may take; 0 for no limit. A system without
            such limits (Windows) keeps the time alone.
    """

    recipe: Recipe
    verb: str
    inputs: tuple[Any, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    what: str = "query"
    megabytes: int = 0


def run_killable(job: Job, seconds: float) -> Any:
    """Run a call in a process of its own, for so long and no longer.

    Args:
        job: What to do.
        seconds: For the call alone; opening the graph has time of its own.

    Raises:
        QueryTimeout: It took longer, and was killed.
        SomswdError: What the call itself raised.
    """
    import subprocess

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", "somswd_kg.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if job.megabytes else None,  # what a dying library has to say
        env=environment,
    )
    assert process.stdin is not None and process.stdout is not None
    answers: Queue[Any] = Queue()
    reader = Thread(target=_read, args=(process.stdout, answers), daemon=True)
    try:
        reader.start()
        try:
            pickle.dump(job, process.stdin)
            process.stdin.close()
        except OSError as error:
            raise QueryTimeout(f"the {job.what}'s process died as it began") from error
        _take(answers, max(_START, seconds), job.what)
        return _take(answers, seconds, job.what)
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _read(stream: IO[bytes], answers: Queue[Any]) -> None:
    """Hand on what the process says; None when it says no more."""
    try:
        while True:
            answers.put(pickle.load(stream))
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        answers.put(None)


def _take(answers: Queue[Any], patience: float, name: str) -> Any:
    try:
        answer = answers.get(timeout=patience)
    except Empty:
        what = f"the {name} was stopped after {patience:g} s"
        raise QueryTimeout(what, hint="give it more time with --timeout, or ask for less") from None
    if answer is None:
        raise QueryTimeout(f"the {name}'s process died", hint="it may have run out of memory")
    kind, value = answer
    if kind == "error":
        assert isinstance(value, SomswdError)
        raise value
    return value
