"""Forms for servers that take EXISTS for a join and filters apart: what they test is not lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from somswd_kg.shacl.forms import all_of
from somswd_kg.shacl.groups import Group, Outline
from somswd_kg.shacl.tokens import Token, tokenize

__all__ = ["guards", "kept_whole", "only_filters"]


def kept_whole(pattern: str) -> str:
    """Write each filter with an EXISTS or a SELECT as the opposite of its opposite.

    So it is not taken apart, and nothing of it is lost. A test for a literal stands in COALESCE
    beside a path that is repeated, which the server cannot walk where it takes the end for one.

    >>> kept_whole("?x ?y ?z . FILTER(?x = 1 && EXISTS { ?x ?z ?v . FILTER(?v > ?x) })")
    '?x ?y ?z . FILTER(!(!(?x = 1 && EXISTS { ?x ?z ?v . FILTER(?v > ?x) })))'
    >>> kept_whole("?x ?y ?z . FILTER(EXISTS { ?x ?z* ?v . FILTER(isLiteral(?v)) })")
    '?x ?y ?z . FILTER(!(!(EXISTS { ?x ?z* ?v . FILTER(COALESCE(isLiteral(?v), false)) })))'
    """
    tokens = tokenize(pattern)
    marks: dict[int, str] = {}
    opened: list[int] = []
    repeats: set[int] = set()
    tests_pattern: set[int] = set()
    for index, token in enumerate(tokens):
        if token.word in ("(", "{"):
            opened.append(index)
        elif token.word == "*":
            repeats.add(next((i for i in reversed(opened) if tokens[i].word == "{"), -1))
        elif token.word == "ISLITERAL" and not repeats.isdisjoint((-1, *opened)):
            end = tokens[_closing(tokens, index + 1)].end
            marks[token.start], marks[end] = "COALESCE(", ", false)"
        elif token.word in ("EXISTS", "SELECT"):
            tests_pattern.update(opened)
        elif token.word in (")", "}"):
            start = opened.pop()
            is_filter = token.word == ")" and start and tokens[start - 1].word == "FILTER"
            if is_filter and start in tests_pattern:
                first, last = tokens[start].end, token.start
                marks[first] = "!(!(" + marks.get(first, "")
                marks[last] = marks.get(last, "") + "))"
    text, written = "", 0
    for place in sorted(marks):
        text += pattern[written:place] + marks[place]
        written = place
    return text + pattern[written:]


def guards(query: Outline, groups: Iterable[Group]) -> Iterator[tuple[int, str]]:
    """Keep the filters of groups: in COALESCE they are not taken apart, nor lost.

    Yields:
        The index of a token, and what is written behind it.
    """
    for group in groups:
        filters = list(_filters(query, group))
        if group.keyword == "EXISTS" and filters and _is_all(query, group, filters):
            yield group.start, " VALUES ?_one { 1 }"
        for start, end in filters:
            if query.tokens[start].word == "(" and not _tests_pattern(query, start, end):
                yield start, "COALESCE(("
                yield end, ", false))"


def only_filters(
    query: Outline, names: Mapping[str, str], constants: Mapping[str, str]
) -> str | None:
    """Write a query whose pattern is nothing but filters as an expression.

    Args:
        query: The query.
        names: Variables that go by another name.
        constants: What stands for the variables that are bound before, `PATH` among them.

    Returns:
        The expression; None where there is more than filters.

    >>> from somswd_kg.shacl.groups import outline
    >>> query = outline("ASK { FILTER($value > $least && bound($least)) }")
    >>> only_filters(query, {"value": "x"}, {"least": "5"})
    'COALESCE((?x > 5 && true), false)'
    """
    filters = list(_filters(query, query.top.body))
    if not filters or not _is_all(query, query.top.body, filters):
        return None
    inner = [group for group in query.groups() if group is not query.top.body]
    kept: dict[int, str] = {}
    for index, text in guards(query, inner):
        kept[index] = kept.get(index, "") + text
    parts = []
    for start, end in filters:
        text = _written(query, start, end, names, constants, kept)
        parts.append(text if _tests_pattern(query, start, end) else f"COALESCE({text}, false)")
    return all_of(parts)


def _filters(query: Outline, group: Group) -> Iterator[tuple[int, int]]:
    """List the filters that stand directly in a group: the first and the last of their tokens."""
    tokens = query.tokens
    for index in query.direct(group):
        if tokens[index].word == "FILTER":
            end = index + 1
            while tokens[end].word not in ("(", "{"):
                end += 1
            yield index + 1, _closing(tokens, end)


def _tests_pattern(query: Outline, start: int, end: int) -> bool:
    return any(token.word == "EXISTS" for token in query.tokens[start:end])


def _is_all(query: Outline, group: Group, filters: Iterable[tuple[int, int]]) -> bool:
    """Say whether a group holds nothing but some filters."""
    inside = {i for start, end in filters for i in range(start - 1, end + 1)}
    rest = (i for i in range(group.start + 1, group.end) if i not in inside)
    return all(query.tokens[i].word == "." for i in rest)


def _written(
    query: Outline,
    start: int,
    end: int,
    names: Mapping[str, str],
    constants: Mapping[str, str],
    kept: Mapping[int, str],
) -> str:
    tokens, text = query.tokens, []
    index = start
    while index <= end:
        token = tokens[index]
        name, width = token.variable, 1
        shown = constants.get(name, f"?{names.get(name, name)}") if name else token.text
        if token.word == "BOUND" and tokens[index + 2].variable in constants:
            shown, width = "true", 4
        text.append(query.gaps[index] + shown + kept.get(index, ""))
        index += width
    return "".join(text).strip()


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Find the bracket that closes the one at an index."""
    opened = tokens[start].word
    closed = {"{": "}", "(": ")"}[opened]
    depth = 0
    for index in range(start, len(tokens)):
        depth += {opened: 1, closed: -1}.get(tokens[index].word, 0)
        if depth == 0:
            return index
    raise ValueError(f"nothing closes the {opened} of the token {start}")
