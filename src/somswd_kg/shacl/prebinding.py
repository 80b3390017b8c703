"""Bind variables before a query runs, as Appendix A of SHACL says, for all nodes at once.

The Recommendation joins a table of bindings at every basic graph pattern, path and GRAPH. Here the
table is a sub-select or a VALUES block at the head of each group that needs it: the outermost one,
and each that names the variable without matching it in a triple of its own. That is pointwise, so
the table may hold all focus nodes. Only LIMIT, OFFSET and aggregates without GROUP BY are not:
`why_not_pointwise` tells, and the caller then binds one focus node at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.errors import QueryError
from somswd_kg.shacl.groups import Group, Outline, Select
from somswd_kg.shacl.sparql import QueryForm
from somswd_kg.shacl.tokens import Kind, Token

__all__ = ["check", "matched", "needs_constants", "why_ahead", "why_not_pointwise"]

_FORBIDDEN = ("MINUS", "VALUES", "SERVICE")
_OF_TRIPLES = ("TRIPLE", "SUBJECT", "PREDICATE", "OBJECT", "ISTRIPLE")
_LATER = ("ADJUST", "HASLANG", "HASLANGDIR", "LANGDIR", "LATERAL", "STRLANGDIR", "~")
_TERMS = (Kind.IRI, Kind.STRING, Kind.VARIABLE, Kind.BLANK, Kind.NUMBER)


def check(query: Outline, bound: Sequence[str]) -> None:
    """Refuse what the Recommendation forbids in a query with pre-bound variables.

    Args:
        query: The query.
        bound: The variables that will be bound, apart from `shapesGraph` and `currentShape`.

    Raises:
        QueryError: It uses MINUS, VALUES or SERVICE, assigns a bound variable, has a sub-select
            that does not give all of them, or an outermost one that does not give `$this`; or
            `$PATH` is more or less than a predicate.
    """
    tokens = query.tokens
    if not _is_predicate(query, "PATH"):
        raise QueryError(
            "$PATH stands where no predicate does (SHACL 5.2.1)",
            hint="write it between a subject and an object: $this $PATH ?value",
        )
    for i, token in enumerate(tokens):
        after = tokens[i + 1].word if i + 1 < len(tokens) else ""
        if _is_of_triple_terms(token, after):
            raise QueryError(
                f"{token.text} belongs to triple terms, which SPARQL 1.1 lacks",
                hint="write the triple itself, or put a space behind a <",
            )
        if token.word in _LATER and (after in ("(", "{") or token.word == "~"):
            raise QueryError(f"{token.text} is not in SPARQL 1.1", hint="write it without")
        if token.word in _FORBIDDEN:
            raise QueryError(
                f"{token.word} in a constraint (SHACL A)", hint="write it without, as FILTER"
            )
        if token.word == "FROM":
            raise QueryError("FROM in a constraint", hint="the data graph is given from outside")
        if token.word == "AS" and i + 1 < len(tokens):
            name = tokens[i + 1].variable
            if name in (*bound, "shapesGraph", "currentShape"):
                raise QueryError(
                    f"AS ${name} assigns a variable that is bound before (SHACL A)",
                    hint="assign another one",
                )
    top, *inner = query.selects()
    for select in inner:
        given = query.given(select)
        missing = [name for name in bound if name not in given]
        if missing:
            raise QueryError(
                f"a sub-select that does not give ${missing[0]} (SHACL A)",
                hint="add it to what the sub-select projects",
            )
    if query.form is QueryForm.SELECT and "this" not in query.given(top):
        raise QueryError("a SELECT that does not give $this (SHACL 5.2.1)", hint="project $this")


def _is_of_triple_terms(token: Token, after: str) -> bool:
    quoted = token.word in ("<<", ">>") or (token.word == "{" and after == "|")
    return quoted or (after == "(" and token.word in _OF_TRIPLES)


def _is_predicate(query: Outline, name: str) -> bool:
    """Say whether a variable is the whole predicate of a triple wherever it stands."""
    tokens, found = query.tokens, set[int]()
    for group in query.groups():
        depth = 0
        for i in [] if group.select or group.keyword == "VALUES" else query.direct(group):
            depth += {"(": 1, ")": -1}.get(tokens[i].word, 0)
            if depth == 0 and tokens[i].variable == name:
                before, after = tokens[i - 1], tokens[i + 1]
                leads = (
                    _is_term(before)
                    or before.kind is Kind.LANGUAGE
                    or before.word in (";", "[", "]")
                )
                if leads and (_is_term(after) or after.word in ("[", "(", "-", "+")):
                    found.add(i)
    return all(i in found for i, token in enumerate(tokens) if token.variable == name)


def _is_term(token: Token) -> bool:
    return token.kind in _TERMS or token.word in ("TRUE", "FALSE")


def why_not_pointwise(query: Outline) -> str:
    """Say why a query must run for one focus node at a time; nothing where it need not."""
    for select in query.selects():
        if query.has_word(query.tail(select), "LIMIT", "OFFSET"):
            return "it has LIMIT or OFFSET"
        if query.aggregates(select) and not query.is_grouped(select):
            return "it aggregates without GROUP BY"
    if query.form is QueryForm.ASK and query.has_word(query.tail(query.top), "GROUP", "HAVING"):
        return "it has GROUP BY"
    return ""


def why_ahead(query: Outline) -> str:
    """Say why a query of a nested shape must run by itself; nothing where it need not."""
    return why_not_pointwise(query) or ("it tells ?failure" if _tells_failure(query) else "")


def _tells_failure(query: Outline) -> bool:
    return query.form is QueryForm.SELECT and "failure" in query.given(query.top)


def needs_constants(query: Outline) -> bool:
    """Say whether a group inside GRAPH names `$this` without matching it.

    Targets stand in the default graph, so their pattern cannot be joined there.
    """

    def inside(groups: Sequence[Group], in_graph: bool) -> bool:
        for group in groups:
            below = in_graph or group.keyword == "GRAPH"
            if below and "this" in _wanting(query, group, group.select):
                return True
            select = group.select
            nested = (select.body, *select.groups) if select else group.groups
            if inside(nested, below):
                return True
        return False

    return inside((query.top.body, *query.top.groups), False)


def matched(query: Outline, group: Group) -> set[str]:
    """List the variables that a triple of a group binds in every solution."""
    found: set[str] = set()
    depth = 0
    for i in query.direct(group):
        token = query.tokens[i]
        depth += {"(": 1, ")": -1}.get(token.word, 0)
        if token.variable and depth == 0 and query.tokens[i - 1].word != "GRAPH":
            found.add(token.variable)
    return found


def _wanting(query: Outline, group: Group, select: Select | None = None) -> set[str]:
    """List the variables that a group names and does not match itself."""
    if select is not None:
        return set()
    return query.variables(query.direct(group)) - matched(query, group)
