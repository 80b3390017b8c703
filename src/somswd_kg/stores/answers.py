"""Read what an endpoint answers, and say clearly when it is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from somswd_kg.errors import EndpointError
from somswd_kg.ports import Row, Solutions
from somswd_kg.stores.transport import Answer
from somswd_kg.terms import Literal

__all__ = ["read_boolean", "read_rows"]

_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
}
_ASK_OF_VIRTUOSO = "__ask_retval"
_SHOWN = 300

# Virtuoso's blank nodes have labels that no parser takes: nodeID://b10000.
_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')

Hide = Callable[[str], str]


def read_rows(answer: Answer, endpoint: str, hide: Hide) -> Solutions:
    """Read the rows of a SELECT; the answer is checked to its end while they are walked over.

    Args:
        answer: As it came.
        endpoint: Who answered.
        hide: Cuts secrets out of what is shown.

    Raises:
        EndpointError: It is something else, or it ends early.
    """
    found = _read(answer, endpoint, hide)
    if not isinstance(found, QuerySolutions):
        raise EndpointError("it answers a SELECT with true or false", path=endpoint)
    names = tuple(variable.value for variable in found.variables)
    return Solutions(names, _rows(found, answer, endpoint, hide))


def read_boolean(answer: Answer, endpoint: str, hide: Hide) -> bool:
    """Read the answer to an ASK; Virtuoso gives it as a row.

    Raises:
        EndpointError: It is something else.
    """
    found = _read(answer, endpoint, hide)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = list(_rows(found, answer, endpoint, hide))
    if [name.lower() for name in names] == [_ASK_OF_VIRTUOSO]:
        return bool(rows) and cast(Literal, rows[0][0]).value in ("1", "true")
    raise EndpointError("it answers an ASK with rows", path=endpoint)


def _read(answer: Answer, endpoint: str, hide: Hide) -> QuerySolutions | QueryBoolean:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = _FORMATS.get(kind)
    if form is None:
        raise _wrong(answer, endpoint, f"it answers with {kind or 'no media type'}", hide)
    try:
        if _renames_blank_nodes(answer):
            return parse_query_results(_BLANK.sub(rb"\1nodeID-", answer.body.read()), form)
        return parse_query_results(answer.body, form)
    except (SyntaxError, ValueError, OSError) as error:
        raise _wrong(
            answer, endpoint, "its answer is not in the form that it says", hide
        ) from error


def _renames_blank_nodes(answer: Answer) -> bool:
    return "virtuoso" in answer.headers.get("server", "").lower()


def _rows(solutions: QuerySolutions, answer: Answer, endpoint: str, hide: Hide) -> Iterator[Row]:
    try:
        yield from map(tuple, solutions)
    except (SyntaxError, ValueError, OSError) as error:
        what = f"its answer breaks off or is not well formed: {error}"
        raise _wrong(answer, endpoint, what, hide) from error
    finally:
        answer.body.close()


def _wrong(answer: Answer, endpoint: str, what: str, hide: Hide) -> EndpointError:
    answer.body.seek(0)
    text = answer.body.read(_SHOWN).decode("utf-8", "replace")
    lines = [line for line in map(str.strip, text.splitlines()) if line][:3]
    said = hide(" / ".join(lines))
    return EndpointError(
        f"{what} (status {answer.status}): {said}",
        path=endpoint,
        hint="check that this is the address of a SPARQL 1.1 endpoint",
    )
