"""Turn what pyoxigraph raises while it runs a query into our errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from somswd_kg.errors import QueryError, StoreError

__all__ = ["reporting"]

_PLACE = re.compile(r"^error at (\d+):(\d+): ")
_LONG = 200


@contextmanager
def reporting() -> Iterator[None]:
    """Turn a query's or an update's failure inside the block into our error."""
    try:
        yield
    except SyntaxError as error:
        raise _query_error(error.msg) from error
    except OSError as error:
        raise StoreError(
            f"the store cannot be read: {error}", hint="load the data again"
        ) from error
    except (RuntimeError, ValueError) as error:
        if "orruption" in str(error):
            raise StoreError(
                f"the store is damaged: {error}", hint="load the data again"
            ) from error
        raise QueryError(f"the store cannot run it: {error}") from error


def _query_error(message: str) -> QueryError:
    line = column = 0
    place = _PLACE.match(message)
    if place:
        line, column = int(place[1]), int(place[2])
        message = message[place.end() :]
    what = " ".join(message.split())
    if len(what) > _LONG:
        what = what[:_LONG].rsplit(",", 1)[0] + ", ..."
    return QueryError(
        f"it does not parse as SPARQL 1.1: {what}",
        path="query",
        line=line,
        column=column,
        hint="look at what stands just before that place",
    )
