"""Answer a CONSTRUCT through a SELECT: servers cut a CONSTRUCT without saying so.

The rows come from the server; the template is filled in here, over stand-ins for their terms, so
that literals and blank nodes stay as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import QueryTriples, Store

from somswd_kg.errors import QueryError
from somswd_kg.ports import Solutions
from somswd_kg.shacl.tokens import tokenize
from somswd_kg.stores.failures import reporting
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["fill_in", "split_construct"]

_STAND_IN = "urn:x-somswd-kg:term:"
_BATCH = 5_000


def split_construct(query: str) -> tuple[str, str]:
    """Take a CONSTRUCT apart.

    Returns:
        The SELECT that gives the rows, and what stands before WHERE.

    Raises:
        QueryError: It is no CONSTRUCT.

    >>> split_construct("CONSTRUCT { ?s <a:p> 1 } WHERE { ?s ?p ?o } LIMIT 3")
    ('SELECT * WHERE { ?s ?p ?o } LIMIT 3', 'CONSTRUCT { ?s <a:p> 1 }')
    """
    tokens = tokenize(query)
    start = next((token for token in tokens if token.word == "CONSTRUCT"), None)
    if start is None:
        raise QueryError("the query is no CONSTRUCT", hint="DESCRIBE is not asked of an endpoint")
    prologue = query[: start.start]
    after = [token for token in tokens if token.start > start.start]
    if not after or after[0].word != "{":  # CONSTRUCT WHERE { pattern }: the pattern is both
        rest = query[start.end :]
        opening = next((token for token in after if token.word == "{"), None)
        if opening is None:
            raise QueryError("the query has no WHERE { ... }")
        template = query[opening.start : _closing(after[after.index(opening) :])]
        return f"{prologue}SELECT *{rest}", f"{prologue}CONSTRUCT {template}"
    end = _closing(after)
    head, body = query[:end], query[end:].lstrip()
    return f"{prologue}SELECT * {body}", head


def fill_in(head: str, solutions: Solutions) -> Iterator[Triple]:
    """Make the triples of a template, each once.

    Args:
        head: What stands before WHERE.
        solutions: The rows.
    """
    seen: set[Triple] = set()
    batch: list[tuple[Term | None, ...]] = []
    for row in solutions:
        batch.append(row)
        if len(batch) == _BATCH:
            yield from _fresh(head, solutions.variables, batch, seen)
            batch = []
    if batch:
        yield from _fresh(head, solutions.variables, batch, seen)


def _fresh(
    head: str,
    variables: tuple[str, ...],
    rows: Iterable[tuple[Term | None, ...]],
    seen: set[Triple],
) -> Iterator[Triple]:
    terms: dict[Term, NamedNode] = {}

    def stand_in(term: Term | None) -> str:
        if term is None:
            return "UNDEF"
        return str(terms.setdefault(term, NamedNode(f"{_STAND_IN}{len(terms)}")))

    names = " ".join(f"?{name}" for name in variables)
    values = " ".join(f"({' '.join(map(stand_in, row))})" for row in rows)
    text = f"{head} WHERE {{ VALUES ({names}) {{ {values} }} }}"
    known: dict[object, Term] = {node: term for term, node in terms.items()}
    with reporting():
        for made in cast(QueryTriples, Store().query(text)):
            subject, predicate, value = (known.get(term, term) for term in made)
            if isinstance(subject, Literal) or isinstance(predicate, (Literal, BlankNode)):
                continue
            triple = Triple(
                cast("NamedNode | BlankNode", subject),
                cast(NamedNode, predicate),
                cast(Term, value),
            )
            if triple not in seen:
                seen.add(triple)
                yield triple


def _closing(tokens: Iterable[object]) -> int:
    depth = 0
    for token in tokens:
        word = getattr(token, "word", "")
        depth += {"{": 1, "}": -1}.get(word, 0)
        if word == "}" and not depth:
            return cast(int, getattr(token, "end", 0))
    raise QueryError("a brace of the query is not closed", hint="close it with }")
