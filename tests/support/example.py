"""The things of example data: `:i1` is an IRI under `id/example/`."""

from __future__ import annotations

from somswd_kg.namespaces import PREFIXES
from somswd_kg.questions.names import prefixed

EXAMPLE = "https://w3id.org/somswd-kg/id/example/"


def expand(name: str) -> str:
    """Read `:i1`, a prefixed name or `<IRI>`."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if not colon or (prefix and prefix not in PREFIXES):
        raise ValueError(f"'{name}' is no prefixed name: the prefixes are those of namespaces.py")
    return (PREFIXES[prefix] if prefix else EXAMPLE) + local


def shorten(iri: str) -> str:
    """Write an IRI as `expand` reads it."""
    return f":{iri[len(EXAMPLE) :]}" if iri.startswith(EXAMPLE) else prefixed(iri)
