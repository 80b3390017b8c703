"""The structure of a query: its groups, its sub-selects, and what each of them names.

pyoxigraph has no SPARQL parser to ask, and rdflib's takes 200 ms to load; pre-binding needs no
more than this. What is not SPARQL at all the store's parser refuses later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.errors import QueryError
from somswd_kg.shacl.iris import resolve
from somswd_kg.shacl.sparql import QueryForm, check_tokens
from somswd_kg.shacl.tokens import Kind, Token, decode_escapes, tokenize

__all__ = ["Group", "Outline", "Select", "outline"]

_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces.

    Attributes:
        start: The index of its `{` among the tokens.
        end: The index of its `}`.
        groups: The groups directly inside.
        select: The sub-select that it consists of, if it is one.
        keyword: The word before it that rules how it is joined: `GRAPH`, `EXISTS`, `OPTIONAL`,
            `UNION`, or nothing; `VALUES` where it holds a table.
    """

    start: int
    end: int
    groups: tuple[Group, ...]
    select: Select | None
    keyword: str


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT or an ASK with its head, its body and its modifiers.

    Attributes:
        start: The index of its first word.
        end: The index after its last token.
        body: Its WHERE.
        groups: The groups in its head and its modifiers, which are those of EXISTS.
    """

    start: int
    end: int
    body: Group
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A query cut into tokens, prefixed names written out, with its structure.

    Attributes:
        form: Its form.
        tokens: All of it but the prologue.
        gaps: The white space before each token.
        top: The outermost SELECT or ASK.
    """

    form: QueryForm
    tokens: tuple[Token, ...]
    gaps: tuple[str, ...]
    top: Select

    def selects(self) -> Iterator[Select]:
        """List all SELECTs, outermost first."""

        def below(groups: Sequence[Group]) -> Iterator[Select]:
            for group in groups:
                if group.select is not None:
                    yield group.select
                    yield from below((group.select.body, *group.select.groups))
                else:
                    yield from below(group.groups)

        yield self.top
        yield from below((self.top.body, *self.top.groups))

    def groups(self) -> Iterator[Group]:
        """List all groups, each before those inside it."""

        def below(groups: Sequence[Group]) -> Iterator[Group]:
            for group in groups:
                yield group
                select = group.select
                yield from below((select.body, *select.groups) if select else group.groups)

        yield from below((self.top.body, *self.top.groups))

    def direct(self, group: Group) -> list[int]:
        """List the tokens of a group that stand in none of its groups."""
        return _without(range(group.start + 1, group.end), group.groups)

    def head(self, select: Select) -> list[int]:
        """List the tokens before a SELECT's body, without those of groups in it."""
        return _without(range(select.start, select.body.start), select.groups)

    def tail(self, select: Select) -> list[int]:
        """List the tokens behind a SELECT's body, without those of groups in it."""
        return _without(range(select.body.end + 1, select.end), select.groups)

    def has_word(self, indexes: Sequence[int], *words: str) -> bool:
        """Say whether one of these tokens is one of these words."""
        return any(self.tokens[i].word in words for i in indexes)

    def aggregates(self, select: Select) -> bool:
        """Say whether a SELECT aggregates."""
        return self.has_word(self.head(select) + self.tail(select), *_AGGREGATES, "HAVING")

    def is_grouped(self, select: Select) -> bool:
        """Say whether a SELECT has a GROUP BY."""
        return self.has_word(self.tail(select), "GROUP")

    def variables(self, indexes: Sequence[int]) -> set[str]:
        """List the variables among some tokens."""
        return {name for i in indexes if (name := self.tokens[i].variable)}

    def plain(self, select: Select) -> Iterator[int]:
        """List the tokens that a SELECT says outside of expressions: variables and `*`."""
        depth = 0
        for i in self.head(select):
            token = self.tokens[i]
            depth += {"(": 1, ")": -1}.get(token.word, 0)
            if depth == 0 and (token.variable or token.word == "*"):
                yield i

    def projected(self, select: Select) -> set[str]:
        """List the variables that a SELECT gives; `*` stands for all."""
        named = {self.tokens[i].variable or "*" for i in self.plain(select)}
        assigned = [i for i in self.head(select) if self.tokens[i - 1].word == "AS"]
        return named | self.variables(assigned)

    def given(self, select: Select) -> set[str]:
        """List the variables that a SELECT gives, where it says `*` those of its pattern."""
        found = self.projected(select)
        return self._in_scope(select.body) if "*" in found else found

    def _in_scope(self, group: Group) -> set[str]:
        if group.select is not None:
            return self.given(group.select)
        inner = (self._in_scope(g) for g in group.groups if g.keyword != "EXISTS")
        return self.variables(self.direct(group)).union(*inner)


def outline(text: str, prefixes: Mapping[str, str] | None = None) -> Outline:
    """Cut a query and find its structure.

    Args:
        text: The query, SELECT or ASK.
        prefixes: Prefixes, and what they stand for, that it may use without declaring them.

    Raises:
        QueryError: It is no such query, or it is one that no store may see.

    >>> found = outline("SELECT $this { $this a:p ?v }", {"a": "urn:a:"})
    >>> [t.text for t in found.tokens]
    ['SELECT', '$this', '{', '$this', '<urn:a:p>', '?v', '}']
    """
    decoded = decode_escapes(text)
    raw = tokenize(decoded)
    check_tokens(raw)
    if decoded != text:
        check_tokens(tokenize(text))
    known = dict(prefixes or {})
    begin, base = _prologue(raw, known)
    tokens = tuple(_written_out(token, known, base) for token in raw[begin:])
    rest = raw[begin:]
    gaps = tuple(
        _gap(decoded[rest[i - 1].end : token.start]) if i else "" for i, token in enumerate(rest)
    )
    first = tokens[0].word if tokens else ""
    if first not in ("SELECT", "ASK"):
        raise QueryError("the query is neither SELECT nor ASK", hint="begin with SELECT or ASK")
    top = _Parser(tokens).select(0, len(tokens))
    return Outline(QueryForm(first.lower()), tokens, gaps, top)


def _gap(text: str) -> str:
    return "\n" if "#" in text else text


def _prologue(tokens: Sequence[Token], known: dict[str, str]) -> tuple[int, str]:
    """Read prefixes into `known`; give where the query begins, and its base."""
    index, base = 0, ""
    while index + 2 < len(tokens):
        word, name, iri = tokens[index].word, tokens[index + 1], tokens[index + 2]
        if word == "BASE" and name.kind is Kind.IRI:
            base = resolve(base, name.text[1:-1]) if base else name.text[1:-1]
            index += 2
        elif word == "PREFIX" and name.kind is Kind.NAME and iri.kind is Kind.IRI:
            known[name.text.removesuffix(":")] = resolve(base, iri.text[1:-1])
            index += 3
        elif word in ("BASE", "PREFIX"):
            hint = "PREFIX name: <iri>" if word == "PREFIX" else "BASE <iri>"
            raise QueryError(f"a {word} that is not well formed", hint=hint)
        else:
            break
    return index, base


def _written_out(token: Token, known: dict[str, str], base: str) -> Token:
    if token.kind is Kind.IRI and base:
        return Token(Kind.IRI, f"<{resolve(base, token.text[1:-1])}>", token.start, token.end)
    if token.kind is not Kind.NAME:
        return token
    prefix, _, local = token.text.partition(":")
    if prefix not in known:
        raise QueryError(f"the prefix {prefix}: is not declared", hint="declare it by sh:declare")
    iri, escaped = known[prefix], False
    for letter in local:
        if letter == "\\" and not escaped:
            escaped = True
            continue
        iri, escaped = iri + letter, False
    return Token(Kind.IRI, f"<{iri}>", token.start, token.end)


def _without(indexes: range, groups: Sequence[Group]) -> list[int]:
    inside = {i for g in groups for i in range(g.start, g.end + 1)}
    return [i for i in indexes if i not in inside]


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def select(self, start: int, limit: int) -> Select:
        """Read the SELECT or ASK that begins at a token and ends before another."""
        body: Group | None = None
        others: list[Group] = []
        index, depth = start + 1, 0
        while index < limit:
            word = self._tokens[index].word
            depth += {"(": 1, ")": -1}.get(word, 0)
            if word == "{":
                group = self.group(index)
                if body is None and depth == 0:
                    body = group
                else:
                    others.append(group)
                index = group.end
            index += 1
        if body is None:
            raise QueryError("a SELECT or ASK without a pattern in braces", hint="add WHERE { }")
        return Select(start, limit, body, tuple(others))

    def group(self, start: int) -> Group:
        """Read the group whose brace stands at a token."""
        end = self._closing(start)
        keyword = self._keyword(start)
        if start + 1 < end and self._tokens[start + 1].word == "SELECT":
            return Group(start, end, (), self.select(start + 1, end), keyword)
        groups = []
        index = start + 1
        while index < end:
            if self._tokens[index].word == "{":
                groups.append(self.group(index))
                index = groups[-1].end
            index += 1
        return Group(start, end, tuple(groups), None, keyword)

    def _closing(self, start: int) -> int:
        depth = 0
        for index in range(start, len(self._tokens)):
            depth += {"{": 1, "}": -1}.get(self._tokens[index].word, 0)
            if depth == 0:
                return index
        raise QueryError("a group that does not end", hint="balance the braces")

    def _keyword(self, start: int) -> str:
        before = self._tokens[start - 1].word if start else ""
        if before in ("EXISTS", "OPTIONAL", "UNION"):
            return before
        if start > 1 and self._tokens[start - 2].word in ("GRAPH", "VALUES"):
            return self._tokens[start - 2].word
        if before == ")":
            begin = start - 1
            while begin > 0 and self._tokens[begin].word != "(":
                begin -= 1
            if self._tokens[begin - 1].word == "VALUES":
                return "VALUES"
        return ""
