"""Write terms as tables for servers that take a column of constants for something else.

Virtuoso 7 drops the languages of constants, and takes a column of numbers for one that no IRI may
be compared with.
"""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.shacl.forms import values
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["constant", "table"]

_NO_NODE = NamedNode("urn:none")
"""Stands in a column of literals, so that it is one of nodes of any kind."""


def table(variable: str, terms: Sequence[Term], beside_values: bool = False) -> str:
    """Write a pattern that binds a variable to some terms.

    Args:
        variable: The variable.
        terms: The terms.
        beside_values: Whether it is one half of a UNION whose other has values of the data.
    """
    tagged = [t for t in terms if isinstance(t, Literal) and t.language]
    others = [t for t in terms if not (isinstance(t, Literal) and t.language)]
    parts = []
    if others:
        column = values(variable, others)
        if not beside_values and all(isinstance(t, Literal) for t in others):
            column = f"{values(variable, [*others, _NO_NODE])} FILTER({variable} != {_NO_NODE})"
        parts.append(f"{{ SELECT {variable} WHERE {{ {column} }} }}")
    if tagged:
        text, tag = f"{variable}_text", f"{variable}_tag"
        rows = " ".join(f"({Literal(t.value)} {Literal(t.language or '')})" for t in tagged)
        made = f"VALUES ({text} {tag}) {{ {rows} }}"
        parts.append(f"{{ SELECT (STRLANG({text}, {tag}) AS {variable}) WHERE {{ {made} }} }}")
    return parts[0] if len(parts) == 1 else f"{{ {' UNION '.join(parts)} }}"


def constant(variable: str, term: Term) -> str:
    """Write a pattern that binds a variable to one term."""
    if isinstance(term, Literal) and term.language:
        return f"BIND(STRLANG({Literal(term.value)}, {Literal(term.language)}) AS {variable})"
    return values(variable, [term])
