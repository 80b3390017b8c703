"""Ask for an answer page by page, when a server gives only so many rows at once.

A page is `SELECT * { { ... ORDER BY ... } } LIMIT n OFFSET m`: the query stays as it is inside,
with an order that leaves no two rows open, since servers refuse to sort and skip in one go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from somswd_kg.shacl.tokens import Kind, Token, tokenize

__all__ = ["MANY_ROWS", "looks_cut", "page", "says_cut"]

_TAIL = frozenset({"LIMIT", "OFFSET", "VALUES"})
_CUT_HEADERS = ("x-sparql-maxrows", "x-maxrows")
_ROUND = 500
_SIDE = 101

MANY_ROWS = "SELECT ?a ?b WHERE { VALUES ?a { %s } VALUES ?b { %s } }" % (
    (" ".join(map(str, range(_SIDE))),) * 2
)
"""A query with 10,201 rows, more than servers that cut usually give."""


def page(query: str, variables: Sequence[str], limit: int, offset: int) -> str:
    """Write the query for one page.

    Args:
        query: A SELECT.
        variables: The names of its columns.
        limit: Rows of a page.
        offset: Rows before it.

    >>> page("PREFIX a: <b:> SELECT ?x { ?x a:p ?y }", ["x"], 10, 20)
    'PREFIX a: <b:> SELECT * { { SELECT ?x { ?x a:p ?y } ORDER BY ?x } } LIMIT 10 OFFSET 20'
    """
    tokens = tokenize(query)
    start = next(token.start for token in tokens if token.word == "SELECT")
    place, sorted_already = _order_end(tokens)
    order = " ".join(f"?{name}" for name in variables)
    if not order:
        ordered = query[start:]
    else:
        clause = order if sorted_already else f"ORDER BY {order}"
        # a comment at the end would swallow what follows
        head, tail = query[start:place], query[place:]
        ordered = f"{head} {clause} {tail}".rstrip() if tail else f"{head} {clause}"
    ending = "\n" if "#" in ordered else " "
    return f"{query[:start]}SELECT * {{ {{ {ordered}{ending}}} }} LIMIT {limit} OFFSET {offset}"


def says_cut(headers: Mapping[str, str]) -> bool:
    """Say whether a server tells by a header that it gave only the beginning."""
    return any(name in headers for name in _CUT_HEADERS)


def looks_cut(count: int) -> bool:
    """Say whether an answer of so many rows may be only the beginning of one.

    A server that does not tell cuts at a round number.

    >>> looks_cut(10_000), looks_cut(1024), looks_cut(9_999), looks_cut(0)
    (True, True, False, False)
    """
    power_of_two = count >= _ROUND and count & (count - 1) == 0
    return count > 0 and (count % _ROUND == 0 or power_of_two)


def _order_end(tokens: Sequence[Token]) -> tuple[int, bool]:
    """Find where the outermost ORDER BY ends or would stand, and whether there is one."""
    depth, ordered = 0, False
    end = 0
    for index, token in enumerate(tokens):
        if token.word in ("{", "("):
            depth += 1
        elif token.word in ("}", ")"):
            depth -= 1
        elif depth == 0 and token.word in _TAIL and end:
            return end, ordered
        elif depth == 0 and token.word == "ORDER":
            ordered = _next_is_by(tokens, index)
        end = token.end if depth == 0 else end
    return end, ordered


def _next_is_by(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1 : index + 2]
    return bool(following) and following[0].kind is Kind.WORD and following[0].word == "BY"
