"""Let a query say GRAPH with the names that users know, where the store knows others.

`GRAPH <name>` gets the store's name. `GRAPH ?g { ... }` becomes a group in which VALUES ties the
store's names to the users', so that `?g` is what the user knows everywhere in the query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from somswd_kg.shacl.tokens import Kind, Token, decode_escapes, tokenize
from somswd_kg.terms import NamedNode

__all__ = ["PHYSICAL", "with_physical_names"]

PHYSICAL = "_swd_physical"
"""What is put behind a variable's name for the store's name of the graph."""

_LOCAL_ESCAPE = re.compile(r"\\(.)")


def with_physical_names(query: str, names: Mapping[str, str]) -> str:
    """Rewrite the GRAPH clauses of a query.

    Args:
        query: The query, as users write it.
        names: The store's names of graphs by those that users know.

    >>> with_physical_names("ASK { GRAPH <a:g> { ?s ?p ?o } }", {"a:g": "a:g7"})
    'ASK { GRAPH <a:g7> { ?s ?p ?o } }'
    """
    if all(name == physical for name, physical in names.items()):
        return query
    text = decode_escapes(query)
    tokens = tokenize(text)
    prefixes = _prefixes(tokens)
    edits: list[tuple[int, int, str]] = []
    for index, token in enumerate(tokens[:-1]):
        if token.word != "GRAPH":
            continue
        name = tokens[index + 1]
        if name.kind is Kind.VARIABLE:
            end = _group_end(tokens, index + 2)
            values = _values(name.variable, names)
            edits.append((token.start, token.start, f"{{ {values} "))
            edits.append((name.start, name.end, f"?{name.variable}{PHYSICAL}"))
            edits.append((end, end, " }"))
        else:
            iri = _iri(name, prefixes)
            if iri in names:
                edits.append((name.start, name.end, str(NamedNode(names[iri]))))
    for start, stop, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _values(variable: str, names: Mapping[str, str]) -> str:
    pairs = " ".join(
        f"({NamedNode(physical)} {NamedNode(name)})" for name, physical in names.items()
    )
    return f"VALUES (?{variable}{PHYSICAL} ?{variable}) {{ {pairs} }}"


def _group_end(tokens: tuple[Token, ...], index: int) -> int:
    """Find where the group that begins at a token ends; the last token if it never does."""
    depth = 0
    for token in tokens[index:]:
        depth += {"{": 1, "}": -1}.get(token.word, 0)
        if depth <= 0:
            return token.end
    return tokens[-1].end


def _prefixes(tokens: tuple[Token, ...]) -> dict[str, str]:
    return {
        tokens[index + 1].text: tokens[index + 2].text[1:-1]
        for index, token in enumerate(tokens[:-2])
        if token.word == "PREFIX"
    }


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind is Kind.IRI:
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix + colon, "") + _LOCAL_ESCAPE.sub(r"\1", local)
