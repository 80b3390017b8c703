"""Read what an endpoint answers, and say clearly when it is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from somswd_kg.errors import EndpointError
from somswd_kg.ports import Row, Solutions
from somswd_kg.stores.connections import first_lines
from somswd_kg.stores.transport import Answer
from somswd_kg.terms import Literal

__all__ = ["read_boolean", "read_rows"]

_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
}
_ASK_OF_VIRTUOSO = ("__ask_retval",)
_SHOWN = 300
_NO_ENDPOINT = "check that this is the address of a SPARQL 1.1 endpoint"
# Virtuoso's blank nodes have labels that no parser takes: nodeID://b10000.
_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')

Hide = Callable[[str], str]


def read_rows(answer: Answer, endpoint: str, hide: Hide) -> Solutions:
    """Read the rows of a SELECT to their end.

    Args:
        answer: As it came; it is closed.
        endpoint: Who answered.
        hide: Cuts secrets out of what is shown.

    Raises:
        EndpointError: It is something else, or it ends early.
    """
    found = _read(answer, endpoint, hide)
    if isinstance(found, bool):
        raise EndpointError(
            "it answers a SELECT with true or false", path=endpoint, hint=_NO_ENDPOINT
        )
    return found


def read_boolean(answer: Answer, endpoint: str, hide: Hide) -> bool:
    """Read the answer to an ASK; Virtuoso gives it as a row.

    Raises:
        EndpointError: It is something else.
    """
    found = _read(answer, endpoint, hide)
    if isinstance(found, bool):
        return found
    if tuple(name.lower() for name in found.variables) == _ASK_OF_VIRTUOSO:
        return any(cast(Literal, value).value in ("1", "true") for (value,) in found)
    raise EndpointError("it answers an ASK with rows", path=endpoint, hint=_NO_ENDPOINT)


def _read(answer: Answer, endpoint: str, hide: Hide) -> Solutions | bool:
    with answer.body as body:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        form = _FORMATS.get(kind)
        if form is None:
            raise _wrong(answer, endpoint, f"it answers with {kind or 'no media type'}", hide)
        found: QuerySolutions | QueryBoolean | None
        try:
            if "virtuoso" in answer.headers.get("server", "").lower():
                found = parse_query_results(_BLANK.sub(rb"\1nodeID-", body.read()), form)
            else:
                found = parse_query_results(body, form)
            if isinstance(found, QueryBoolean):
                return bool(found)
            names = tuple(variable.value for variable in found.variables)
            rows: list[Row] = [cast(Row, tuple(solution)) for solution in found]
        except (SyntaxError, ValueError, OSError) as error:
            # The rows may be dropped by this thread alone, so no traceback is to keep them.
            error.__traceback__ = found = None
            said = first_lines(str(error).encode())
            what = f"its answer breaks off or is not well formed ({said})"
            raise _wrong(answer, endpoint, what, hide) from error
        return Solutions(names, rows)


def _wrong(answer: Answer, endpoint: str, what: str, hide: Hide) -> EndpointError:
    answer.body.seek(0)
    said = hide(first_lines(answer.body.read(_SHOWN)))
    return EndpointError(
        f"{what}, status {answer.status}" + (f": {said}" if said else ""),
        path=endpoint,
        hint=_NO_ENDPOINT,
    )
