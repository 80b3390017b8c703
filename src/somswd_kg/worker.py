"""The process that runs one call and says what came of it: see `processes`."""

from __future__ import annotations

import pickle
import sys
from typing import IO

from somswd_kg.errors import QueryError, SomswdError
from somswd_kg.processes import Job

__all__ = ["work"]

_LESS = "ask for less, or give a smaller file"


def work(source: IO[bytes], target: IO[bytes]) -> None:
    """Read a job, open its graph, say so, run the call, and hand back what it gives."""
    from somswd_kg.api import KnowledgeGraph

    job = pickle.load(source)
    assert isinstance(job, Job)

    def say(kind: str, value: object) -> None:
        pickle.dump((kind, value), target)
        target.flush()

    try:
        _limit(job.megabytes)
        graph = getattr(KnowledgeGraph, job.recipe.opener)(**job.recipe.arguments)
        say("ready", None)
        say("result", getattr(graph, job.verb)(*job.inputs, **job.arguments))
    except SomswdError as error:
        say("error", error)
    except MemoryError:
        say("error", QueryError(f"the {job.what} took more memory than there is", hint=_LESS))


def _limit(megabytes: int) -> None:
    """Bound the memory of this process, where the system can."""
    if not megabytes or sys.platform == "win32":
        return
    import resource

    most = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand among the answers
    work(sys.stdin.buffer, answers)
