"""The text of a query: what it selects, what it takes, and how values are bound to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.errors import QueryError
from somswd_kg.shacl.tokens import Kind, Token, tokenize
from somswd_kg.terms import BlankNode, Term

__all__ = ["SelectText", "bind", "read_select"]


@dataclass(frozen=True, slots=True)
class SelectText:
    """Hold a SELECT and what its text says of itself.

    Attributes:
        text: As it stands in the file.
        projection: Names of the columns, in order.
        parameters: Names written with `$`, in the order in which they first stand there.
        body: Index right after the `{` that opens the outermost group.
    """

    text: str
    projection: tuple[str, ...]
    parameters: tuple[str, ...]
    body: int


def read_select(text: str) -> SelectText:
    """Read what a SELECT asks for, without knowing what it means.

    Raises:
        QueryError: It is no SELECT, or selects `*`.

    >>> text = "SELECT $plan (COUNT(?i) AS ?n) WHERE { ?i ?p $plan } GROUP BY $plan"
    >>> read_select(text).projection
    ('plan', 'n')
    """
    tokens = tokenize(text)
    words = [token.word for token in tokens]
    if "SELECT" not in words:
        raise QueryError("the query is no SELECT", line=_line(text, 0))
    at = words.index("SELECT") + 1
    names: list[str] = []
    depth = 0
    last = ""
    while at < len(tokens):
        token = tokens[at]
        if depth == 0 and token.word in ("{", "WHERE", "FROM"):
            break
        if depth == 0 and token.word == "*":
            hint = "write the columns out"
            raise QueryError("the query selects *", line=_line(text, token.start), hint=hint)
        if token.word in ("(", "{"):
            depth += 1
        elif token.word in (")", "}"):
            depth -= 1
            if depth == 0 and last:
                names.append(last)
        elif token.variable:
            if depth == 0:
                names.append(token.variable)
            elif depth == 1:
                last = token.variable
        at += 1
    opening = next((token for token in tokens[at:] if token.word == "{"), None)
    if opening is None or not names:
        raise QueryError("the query selects nothing", line=_line(text, 0))
    return SelectText(text, tuple(names), _parameters(tokens), opening.end)


def _parameters(tokens: Sequence[Token]) -> tuple[str, ...]:
    found = [
        token.variable
        for token in tokens
        if token.kind is Kind.VARIABLE and token.text.startswith("$")
    ]
    return tuple(dict.fromkeys(found))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def bind(query: SelectText, values: Mapping[str, Term]) -> str:
    """Bind values by a `VALUES` row at the start of the outermost group.

    Args:
        query: The question.
        values: A term for each parameter that is given; none changes nothing.

    >>> from somswd_kg.terms import NamedNode
    >>> bind(read_select("SELECT $a WHERE { ?s ?p $a }"), {"a": NamedNode("urn:x")})
    'SELECT $a WHERE { VALUES (?a) { (<urn:x>) } ?s ?p $a }'
    """
    if not values:
        return query.text
    names = sorted(values)
    for name in names:
        if isinstance(values[name], BlankNode):
            raise QueryError(f"a blank node cannot be the value of '{name}'")
    row = " ".join(str(values[name]) for name in names)
    clause = f" VALUES ({' '.join('?' + name for name in names)}) {{ ({row}) }}"
    return query.text[: query.body] + clause + query.text[query.body :]
