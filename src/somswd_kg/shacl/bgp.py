"""The triples and filters of a group: what of a query may change its order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from somswd_kg.shacl.groups import Group, Outline
from somswd_kg.shacl.tokens import Kind

__all__ = ["Filter", "Run", "Triples", "elements", "optional_after_filters", "variables_of"]


@dataclass(frozen=True, slots=True)
class Triples:
    """One triple pattern, as ranges of tokens.

    Attributes:
        subject: First and last token, the last one excluded.
        path: The same of the predicate or path.
        object: The same of the object.
        predicate: The IRI, where the path is one; else empty.
    """

    subject: tuple[int, int]
    path: tuple[int, int]
    object: tuple[int, int]
    predicate: str

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """List the ranges in the order in which they are written."""
        return (self.subject, self.path, self.object)


@dataclass(frozen=True, slots=True)
class Filter:
    """A FILTER, as a range of tokens."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Triples and filters that follow each other, and so may change places.

    Attributes:
        start: The first token.
        end: The token behind the last one.
        triples: The triples.
        filters: The filters among them.
    """

    start: int
    end: int
    triples: tuple[Triples, ...]
    filters: tuple[Filter, ...]


def elements(query: Outline, group: Group) -> tuple[Run, ...] | None:
    """Find the runs of triples and filters in a group.

    Returns:
        One run where the group is nothing else, several where OPTIONAL, BIND and the like stand
        between them; None where something is not understood, so that all must stay as it is.
    """
    return _Reader(query, group).read()


def optional_after_filters(query: Outline, group: Group, bound: Collection[str] = ()) -> int:
    """Find the first OPTIONAL of a group before which all filters before it can be judged.

    A filter says the same before an OPTIONAL as behind it where each of its variables is bound
    by then, or is bound by nothing that follows.

    Args:
        query: The query.
        group: The group.
        bound: The variables that are bound at its head.

    Returns:
        The token; 0 where there is none, no filter before it, or one that cannot.
    """
    first = min((g.start - 1 for g in group.groups if g.keyword == "OPTIONAL"), default=0)
    reader = _Reader(query, group)
    found = reader.read() if first else None
    if found is None:
        return 0
    filters = [f for f in reader.filters if f.start < first]
    certain = set(bound).union(
        *(variables_of(query, t) for run in found if run.start < first for t in run.triples)
    )
    open_ = _bindable(query, first, group.end) - certain
    named = query.variables([i for f in filters for i in range(f.start, f.end)])
    return first if filters and not named & open_ else 0


def _bindable(query: Outline, start: int, end: int) -> set[str]:
    """List the variables that the patterns of a range may bind; expressions bind none."""
    reader = _Reader(query, Group(start, end, tuple(query.groups()), None, ""))
    found: set[str] = set()
    index = start
    while index < end:
        word = query.tokens[index].word
        if word == "FILTER":
            index = reader.end_of_filter(index)
        elif word == "BIND":
            index = reader.end_of_other(index)
            found.add(query.tokens[index - 2].variable)
        else:
            found.add(query.tokens[index].variable)
            index += 1
    return found - {""}


class _OddPatternError(Exception):
    """A pattern that this reader leaves as it is."""


class _Reader:
    def __init__(self, query: Outline, group: Group) -> None:
        self._query, self._group = query, group
        self._tokens = query.tokens
        self._nested = {g.start: g for g in group.groups}
        self.filters: list[Filter] = []
        """Those of the group itself, once it is read."""

    def read(self) -> tuple[Run, ...] | None:
        try:
            return tuple(self._runs())
        except (_OddPatternError, IndexError):
            return None

    def _runs(self) -> Iterable[Run]:
        index = start = self._group.start + 1
        triples: list[Triples] = []
        filters: list[Filter] = []
        while index < self._group.end:
            word = self._tokens[index].word
            if word == ".":
                index += 1
            elif word == "FILTER":
                found = Filter(index, self.end_of_filter(index))
                filters.append(found)
                self.filters.append(found)
                index = found.end
            elif word in ("OPTIONAL", "UNION", "GRAPH", "BIND", "VALUES", "{"):
                if triples:
                    yield Run(start, index, tuple(triples), tuple(filters))
                triples, filters = [], []
                index = start = self.end_of_other(index)
            else:
                index = self._triples(index, triples)
        if triples:
            yield Run(start, index, tuple(triples), tuple(filters))

    def end_of_filter(self, index: int) -> int:
        """Give the token behind a FILTER."""
        index += 1
        while self._tokens[index].word not in ("(", "{"):
            index += 1
        if self._tokens[index].word == "{":
            return self._nested[index].end + 1
        return self._closing(index) + 1

    def end_of_other(self, index: int) -> int:
        """Give the token behind a BIND, or behind the group that a word begins."""
        if self._tokens[index].word == "BIND":
            return self._closing(index + 1) + 1
        while self._tokens[index].word != "{":
            index += 1
        return self._nested[index].end + 1

    def _closing(self, index: int) -> int:
        depth = 0
        while True:
            depth += {"(": 1, ")": -1}.get(self._tokens[index].word, 0)
            if depth == 0:
                return index
            index += 1

    def _triples(self, index: int, found: list[Triples]) -> int:
        subject = (index, self._term(index))
        index = subject[1]
        while True:
            path = (index, self._path(index))
            one = path[1] - path[0] == 1
            token = self._tokens[path[0]]
            named = token.text if one and token.kind is Kind.IRI else ""
            if one and token.text == "a":
                named = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
            index = path[1]
            while True:
                value = (index, self._term(index))
                found.append(Triples(subject, path, value, named))
                index = value[1]
                if self._tokens[index].word != ",":
                    break
                index += 1
            if self._tokens[index].word != ";":
                break
            while self._tokens[index].word == ";":
                index += 1
            if self._tokens[index].word in (".", "}", "FILTER"):
                break
        if self._tokens[index].word not in (".", "}", "FILTER", "OPTIONAL", "BIND", "GRAPH", "{"):
            raise _OddPatternError
        return index

    def _term(self, index: int) -> int:
        token = self._tokens[index]
        if token.kind in (Kind.VARIABLE, Kind.IRI, Kind.NUMBER):
            return index + 1
        if token.kind is Kind.STRING:
            after = self._tokens[index + 1]
            if after.kind is Kind.LANGUAGE:
                return index + 2
            return index + 3 if after.word == "^^" else index + 1
        if token.word in ("TRUE", "FALSE"):
            return index + 1
        if token.word in ("-", "+") and self._tokens[index + 1].kind is Kind.NUMBER:
            return index + 2
        raise _OddPatternError

    def _path(self, index: int) -> int:
        if self._tokens[index].kind is Kind.VARIABLE:
            return index + 1
        while True:
            while self._tokens[index].word in ("^", "!"):
                index += 1
            token = self._tokens[index]
            if token.word == "(":
                index = self._closing(index) + 1
            elif token.kind is Kind.IRI or token.text == "a":
                index += 1
            else:
                raise _OddPatternError
            if self._tokens[index].word in ("*", "+", "?"):
                index += 1
            if self._tokens[index].word not in ("/", "|"):
                return index
            index += 1


def variables_of(query: Outline, triple: Triples) -> set[str]:
    """List the variables of a triple."""
    return {
        name
        for start, end in triple.parts
        for i in range(start, end)
        if (name := query.tokens[i].variable)
    }
