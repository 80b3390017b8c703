"""Resolve the relative IRIs of a query that says its BASE (RFC 3986, section 5)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from somswd_kg.errors import QueryError

__all__ = ["resolve"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_PLACE = "http:"


def resolve(base: str, iri: str) -> str:
    """Resolve an IRI against a base; without one it stays as it is.

    Raises:
        QueryError: The base is none, or has no path to resolve it against.

    >>> resolve("http://a/b/c", "../d#e"), resolve("x-y://a/b", "c"), resolve("urn:a#b", "#c")
    ('http://a/d#e', 'x-y://a/c', 'urn:a#c')
    """
    if not base or _SCHEME.match(iri):
        return iri
    scheme = _SCHEME.match(base)
    if scheme is None:
        raise QueryError(f"BASE <{base}> is no absolute IRI", hint="write a whole IRI")
    base = base.partition("#")[0]
    rest = base[scheme.end() :]
    if iri[:1] in ("?", "$"):
        raise QueryError(f"<{iri}> may be two comparisons", hint="put a space behind the <")
    if rest.startswith("/"):
        return scheme.group() + urljoin(_PLACE + rest, iri).removeprefix(_PLACE)
    if iri.startswith("#") or not iri:
        return base + iri
    raise QueryError(f"<{iri}> cannot be resolved against <{base}>", hint="write a whole IRI")
