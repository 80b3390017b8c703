"""The process that runs one call and says what came of it: see `processes`."""

from __future__ import annotations

import pickle
import sys
from typing import IO

from somswd_kg.errors import QueryError, SomswdError
from somswd_kg.processes import Job

__all__ = ["work"]


def work(source: IO[bytes], target: IO[bytes]) -> None:
    """Read a job, open its graph, say so, run the call, and hand back what it gives."""
    from somswd_kg.api import KnowledgeGraph

    job = pickle.load(source)
    assert isinstance(job, Job)

    def say(kind: str, value: object) -> None:
        pickle.dump((kind, value), target)
        target.flush()

    try:
        graph = getattr(KnowledgeGraph, job.recipe.opener)(**job.recipe.arguments)
        say("ready", None)
        say("result", getattr(graph, job.verb)(*job.inputs, **job.arguments))
    except SomswdError as error:
        say("error", error)
    except MemoryError:
        say("error", QueryError("the query took more memory than there is", hint="ask for less"))


if __name__ == "__main__":
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand among the answers
    work(sys.stdin.buffer, answers)
