"""Guard the stores against queries that they must never see.

pyoxigraph cannot switch SERVICE off, dies of deep nesting and cannot be stopped; it also reads
keywords that touch their neighbour (`SERVICESILENT<x>{}`, `1SERVICE<x>{}`). So text from outside
passes this scanner first. It looks at the text as written and with its escapes decoded, since
some stores decode them and some do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from somswd_kg.errors import QueryError
from somswd_kg.shacl.tokens import Kind, Token, decode_escapes, tokenize

__all__ = ["MAX_CHAIN", "MAX_DEPTH", "MAX_LENGTH", "QueryForm", "check_query", "refuse_calls"]

MAX_LENGTH = 100_000
"""Characters of a query."""

MAX_DEPTH = 100
"""Brackets of any kind that are open at once."""

MAX_CHAIN = 2_000
"""Operators and keywords that follow each other inside one pair of brackets."""


class QueryForm(StrEnum):
    """The four forms of a SPARQL query."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"


_UPDATES = (
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "CREATE",
    "DROP",
    "COPY",
    "MOVE",
    "ADD",
    "WITH",
)
_OPEN = {"(": ")", "{": "}", "[": "]"}
_CLOSE = frozenset(_OPEN.values())
_UNARY = frozenset("!-+^")


def check_query(text: str, *, allow_service: bool = False) -> QueryForm:
    """Refuse a query that writes, calls another server, or is too long or too deep to be safe.

    What is not refused may still be wrong: the store's parser says so.

    Args:
        text: A SPARQL 1.1 query.
        allow_service: Let SERVICE pass.

    Returns:
        The form of the query.

    Raises:
        QueryError: The text is an update, holds SERVICE in some spelling, is longer than
            100,000 characters or nested deeper than 100 levels, or is no query.

    >>> check_query("PREFIX a: <http://a/> SELECT * { ?s a:SERVICE 'SERVICE <x> {}' }")
    <QueryForm.SELECT: 'select'>
    >>> check_query("ASK { SERVICE <http://elsewhere/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    somswd_kg.errors.QueryError: the query asks another server (SERVICE); leave SERVICE out
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}", hint="shorten it"
        )
    decoded = decode_escapes(text)
    tokens = tokenize(decoded)
    check_tokens(tokens, allow_service=allow_service)
    if decoded != text:
        check_tokens(tokenize(text), allow_service=allow_service)
    return _form(tokens)


def refuse_calls(text: str) -> None:
    """Refuse a query or an update that calls another server, without a look at the rest of it.

    Args:
        text: The query or the update, of any length.

    Raises:
        QueryError: It holds SERVICE or LOAD in some spelling.

    >>> refuse_calls("SELECT * { ?service ?load 'SERVICE' }")
    >>> refuse_calls("CLEAR ALL ; LOAD <http://elsewhere/data.ttl>")
    Traceback (most recent call last):
    somswd_kg.errors.QueryError: the update reads from another place (LOAD); load it as a file
    """
    small = text.lower()
    if not any(sign in small for sign in ("service", "load", "\\u")):
        return
    for form in dict.fromkeys((text, decode_escapes(text))):
        tokens = tokenize(form)
        if any(_is_service(tokens, i) for i in range(len(tokens))):
            raise QueryError("the query asks another server (SERVICE)", hint="leave SERVICE out")
        if any(_is_load(tokens, i) for i in range(len(tokens))):
            raise QueryError("the update reads from another place (LOAD)", hint="load it as a file")


def check_tokens(tokens: Sequence[Token], *, allow_service: bool = False) -> None:
    """Refuse tokens that hold SERVICE, do not close their brackets or nest too deep.

    Raises:
        QueryError: One of these holds.
    """
    _check_nesting(tokens)
    if not allow_service and any(_is_service(tokens, i) for i in range(len(tokens))):
        raise QueryError("the query asks another server (SERVICE)", hint="leave SERVICE out")


def _check_nesting(tokens: Sequence[Token]) -> None:
    expected: list[str] = []
    chains = [0]
    unary = 0
    for token in tokens:
        word = token.word
        unary = unary + 1 if word in _UNARY else 0
        if word in _OPEN:
            expected.append(_OPEN[word])
            chains.append(0)
        elif word in _CLOSE:
            if not expected or expected.pop() != word:
                raise QueryError(
                    f"the query has a '{word}' that closes nothing", hint="balance its brackets"
                )
            chains.pop()
        elif word:
            chains[-1] += 1
        # What reads as an IRI here may be `?a <((((1)))) && (1> 0)` to a parser that knows better.
        hidden = token.text.count("(") if token.kind is Kind.IRI else 0
        if max(len(expected), unary, hidden) > MAX_DEPTH:
            raise QueryError(
                f"the query is nested more than {MAX_DEPTH} levels deep", hint="make it flatter"
            )
        if chains[-1] > MAX_CHAIN:
            raise QueryError(
                f"the query has more than {MAX_CHAIN:,} operators in a row", hint="split it"
            )
    if expected:
        raise QueryError(
            f"the query lacks a '{expected[-1]}' at its end", hint="balance its brackets"
        )


def _is_service(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.WORD:
        return "SERVICE" in token.text.upper()
    if token.kind is not Kind.NAME or "SERVICE" not in token.text.partition(":")[0].upper():
        return False
    # `SERVICE:x {` is the keyword and `:x` to some parsers; `GRAPH service:x {` is not.
    follows_graph = index > 0 and tokens[index - 1].word == "GRAPH"
    opens_group = index + 1 < len(tokens) and tokens[index + 1].text == "{"
    return opens_group and not follows_graph


def _is_load(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.WORD:
        return "LOAD" in token.text.upper()
    if token.kind is not Kind.NAME or "LOAD" not in token.text.partition(":")[0].upper():
        return False
    # `LOAD:x` is the keyword and `:x` to some parsers, where an update may begin.
    before = tokens[max(index - 3, 0) : index]
    if not before or before[-1].word == ";":
        return True
    return before[-1].kind is Kind.IRI and any(t.word in ("BASE", "PREFIX") for t in before)


def _form(tokens: Sequence[Token]) -> QueryForm:
    rest = _after_prologue(tokens)
    first = rest[0].text.upper() if rest and rest[0].kind is Kind.WORD else ""
    for form in QueryForm:
        if first.startswith(form.name):
            return form
    if first.startswith(_UPDATES):
        raise QueryError(
            f"{first} is a SPARQL update, and only queries are run here",
            hint="write SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    raise QueryError(
        "the text is not a SPARQL query", hint="begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
    )


def _after_prologue(tokens: Sequence[Token]) -> Sequence[Token]:
    index = 0
    while index < len(tokens):
        word = tokens[index].word
        if word == "BASE":
            index += 2
        elif word == "PREFIX":
            index += 3
        else:
            break
    return tokens[index:]
