"""Write a query with its variables bound: tables joined, names changed, triples in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from somswd_kg.shacl.bgp import (
    Filter,
    Run,
    Triples,
    elements,
    optional_after_filters,
    variables_of,
)
from somswd_kg.shacl.groups import Group, Outline, Select
from somswd_kg.shacl.operands import guards
from somswd_kg.shacl.ordering import Fan, sort_triples, stars, unknown_fan
from somswd_kg.shacl.prebinding import matched
from somswd_kg.shacl.sparql import QueryForm
from somswd_kg.shacl.tokens import Kind

__all__ = ["Bindings", "bind", "bind_group", "limit"]


@dataclass(frozen=True, slots=True)
class Bindings:
    """What is bound before a query runs.

    Attributes:
        tables: For each variable, the pattern that binds it; joined where the variable needs it.
        renamed: Variables that go by another name in the query that is made.
        path: What stands for `$PATH`; empty where the shape has no path.
        head: What a SELECT puts before what it projects.
        dropped: Variables that the outermost SELECT no longer projects.
        fan: How far predicates spread; None leaves the triples as they are written.
        first: The variable whose table is joined at the head of the query in any case.
        hashes: Whether so many focus nodes are looked at that reading a whole predicate once is
            better than looking it up for each.
        alone: Variables whose table has one row, and which a triple alone would leave open.
        constants: Variables in whose place a term is written.
        guarded: Whether the store takes EXISTS for a join, so that no targets are joined in it and
            a filter of an inner group is not to be taken apart.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    head: str = ""
    dropped: frozenset[str] = frozenset()
    fan: Fan | None = None
    first: str = "this"
    hashes: bool = False
    alone: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    guarded: bool = False


def bind(query: Outline, bindings: Bindings) -> str:
    """Write a query with its variables bound."""
    return _Writer(query, bindings).write(0, len(query.tokens))


def bind_group(query: Outline, bindings: Bindings) -> str:
    """Write the inside of an ASK's pattern with its variables bound."""
    body = query.top.body
    return _Writer(query, bindings).write(body.start + 1, body.end, outer=body)


def limit(query: Outline, variable: str, graphs: Sequence[str]) -> str:
    """Write a SELECT that looks at those things alone that are subjects in some graphs.

    Args:
        query: The query.
        variable: Which of its variables these are, without `?`.
        graphs: The graphs.
    """
    subjects = " UNION ".join(
        f"{{ GRAPH <{graph}> {{ ?{variable} ?_predicate ?_object }} }}" for graph in graphs
    )
    table = f"{{ SELECT DISTINCT ?{variable} WHERE {{ {subjects} }} }}"
    return bind(query, Bindings({variable: table}, fan=unknown_fan, first=variable))


class _Writer:
    def __init__(self, query: Outline, bindings: Bindings) -> None:
        self._query, self._bindings = query, bindings
        self._after: dict[int, str] = {}
        self._before: dict[int, str] = {}
        self._skipped: set[int] = set()
        self._groups: dict[int, Group] = {}
        self._runs: dict[int, tuple[Run, ...]] = {}
        self._fan: Fan = bindings.fan or unknown_fan
        top = query.top
        if query.form is QueryForm.SELECT:
            self._select(top, outermost=True)
        else:
            self._group(top.body, outermost=True, extra=set())
        if bindings.guarded:
            for i, text in guards(query, query.groups()):
                self._after[i] = self._after.get(i, "") + text
        self._special = sorted({*self._after, *self._before, *self._skipped, *self._groups})
        self._pieces = [gap + self._text(i) for i, gap in enumerate(query.gaps)]

    def _select(self, select: Select, outermost: bool = False) -> None:
        query = self._query
        named = query.variables(query.head(select) + query.tail(select))
        bound = [n for n in self._bindings.tables if n in named or n == self._bindings.first]
        if query.is_grouped(select):
            self._add_keys(select, bound)
        if outermost and self._bindings.head:
            self._add_head(select)
        self._skip_doubles(select)
        self._group(select.body, outermost, named)
        for group in select.groups:
            self._group(group, False, set())

    def _add_keys(self, select: Select, bound: Sequence[str]) -> None:
        query = self._query
        tail = query.tail(select)
        by = next(i for i in tail if query.tokens[i].word == "BY" and i - 1 in tail)
        stops = ("HAVING", "ORDER", "LIMIT", "OFFSET")
        keys: set[str] = set()
        for i in tail[tail.index(by) + 1 :]:
            if query.tokens[i].word in stops:
                break
            keys.add(query.tokens[i].variable)
        missing = [f"?{self._bindings.renamed.get(n, n)}" for n in bound if n not in keys]
        self._after[by] = "".join(f" {name}" for name in missing)

    def _add_head(self, select: Select) -> None:
        query, index = self._query, select.start
        head = query.head(select)
        if query.tokens[head[1]].word in ("DISTINCT", "REDUCED"):
            index = head[1]
        if not any(query.tokens[i].word == "*" for i in head[1:3]):
            self._after[index] = f" {self._bindings.head}"
        dropped = self._bindings.dropped
        self._skipped.update(i for i in query.plain(select) if query.tokens[i].variable in dropped)

    def _skip_doubles(self, select: Select) -> None:
        """Leave out what is projected already: two variables may go by one name."""
        seen: set[str] = set()
        for i in self._query.plain(select):
            name = self._query.tokens[i].variable
            name = self._bindings.renamed.get(name, name)
            if name in seen:
                self._skipped.add(i)
            seen.add(name)

    def _group(self, group: Group, outermost: bool, extra: set[str]) -> None:
        query = self._query
        if group.keyword == "VALUES":
            return
        if group.select is not None:
            self._select(group.select)
            return
        if self._bindings.fan is not None:
            runs = elements(query, group)
            if runs:
                self._groups[group.start], self._runs[group.start] = group, runs
        own = matched(query, group)
        named = query.variables(query.direct(group)) | extra
        first = self._bindings.first
        tables = [
            table
            for name, table in self._bindings.tables.items()
            if table and ((outermost and name == first) or (name in named and name not in own))
        ]
        # A constant that a triple matches is bound there too, or the triple would match all.
        tables += [
            table
            for name, table in self._bindings.tables.items()
            if (table.startswith(("VALUES", "BIND")) or name in self._bindings.alone)
            and name in own
            and table not in tables
        ]
        if self._bindings.guarded and group.keyword == "EXISTS":
            tables = [table for table in tables if not table.startswith("{")]
        if tables:
            self._after[group.start] = f" {' '.join(tables)} "
        self._filter_first(group, {self._bindings.first} if outermost else set())
        for inner in group.groups:
            self._group(inner, False, set())

    def _filter_first(self, group: Group, bound: Collection[str]) -> None:
        """Put what is before an OPTIONAL in a group with its filters: stores judge them last."""
        bindings = self._bindings
        if bindings.fan is None or bindings.guarded or group.keyword == "EXISTS":
            return
        place = optional_after_filters(self._query, group, bound)
        if place:
            self._after[group.start] = " {" + self._after.get(group.start, "")
            self._before[place] = " } "

    def write(self, start: int, end: int, outer: Group | None = None) -> str:
        """Write the tokens of a range."""
        if outer is None:
            return "".join(self._parts(start, end))
        begun = self._after.get(outer.start, "")
        run = self._runs.get(outer.start, ())
        return begun + "".join(self._parts(start, end) if not run else self._sorted(outer, run))

    def _parts(self, start: int, end: int) -> Iterator[str]:
        query = self._query
        index = start
        while index < end:
            place = bisect_left(self._special, index)
            stop = self._special[place] if place < len(self._special) else end
            if stop > index:  # nothing is done to these
                index, begun = min(stop, end), index
                yield "".join(self._pieces[begun:index])
                continue
            yield self._before.get(index, "")
            yield query.gaps[index] if index in self._skipped else self._pieces[index]
            yield self._after.get(index, "")
            group = self._groups.get(index)
            if group is not None:
                yield from self._sorted(group, self._runs[index])
                index = group.end
            else:
                index += 1

    def _sorted(self, group: Group, runs: Sequence[Run]) -> Iterator[str]:
        """Write a group, its triples in an order that stores are quick at."""
        index = group.start + 1
        bound = self._outside(group)
        for run in runs:
            yield from self._parts(index, run.start)
            if group.keyword == "EXISTS" and run.start == index and run.end == group.end:
                yield self._nested(run, bound)
            else:
                ordered = sort_triples(self._query, run.triples, bound, self._fan)
                for part in stars(self._query, ordered, bound, self._fan, self._bindings.hashes):
                    yield self._star(part) if len(part) > 1 else self._triple(part[0])
                for item in run.filters:
                    yield from self._parts(item.start, item.end)
            for triple in run.triples:
                bound |= variables_of(self._query, triple)
            index = run.end
        yield from self._parts(index, group.end)

    def _nested(self, run: Run, bound: set[str]) -> str:
        """Write triples as EXISTS inside EXISTS, each filter as soon as it can be judged."""
        query = self._query
        ordered = sort_triples(query, run.triples, bound, self._fan)
        own = set().union(*(variables_of(query, t) for t in ordered)) - bound
        waiting = list(run.filters)
        known: set[str] = set()
        text: list[str] = []
        for i, triple in enumerate(ordered):
            known |= variables_of(query, triple)
            text.append(self._triple(triple))
            for item in [f for f in waiting if self._named(f) & own <= known]:
                waiting.remove(item)
                text.extend(self._parts(item.start, item.end))
            if i + 1 < len(ordered):
                text.append(" FILTER EXISTS {")
        return "".join(text) + " }" * (len(ordered) - 1)

    def _star(self, part: Sequence[Triples]) -> str:
        """Write triples of one subject as a sub-select, which stores join by hashing."""
        names = sorted(set().union(*(variables_of(self._query, t) for t in part)))
        shown = (f"?{self._bindings.renamed.get(name, name)}" for name in names)
        body = "".join(map(self._triple, part))
        return f" {{ SELECT {' '.join(shown)} WHERE {{{body} }} }}"

    def _named(self, item: Filter) -> set[str]:
        return self._query.variables(range(item.start, item.end))

    def _triple(self, triple: Triples) -> str:
        parts = ("".join(self._parts(start, end)) for start, end in triple.parts)
        return f" {' '.join(part.strip() for part in parts)} ."

    def _outside(self, group: Group) -> set[str]:
        """List the variables that are named outside a group, and so may be bound in it.

        What only another EXISTS names is bound in that one alone.
        """
        query = self._query
        if group is query.top.body:
            return set(self._bindings.tables)
        if group.keyword != "EXISTS":
            return set(self._bindings.tables)
        hidden = {*range(group.start, group.end)}
        for other in query.groups():
            if other.keyword == "EXISTS" and not other.start <= group.start < other.end:
                hidden.update(range(other.start, other.end))
        return query.variables([i for i in range(len(query.tokens)) if i not in hidden])

    def _text(self, index: int) -> str:
        token = self._query.tokens[index]
        if token.kind is not Kind.VARIABLE:
            return token.text
        name = token.variable
        if name in self._bindings.constants:
            return self._bindings.constants[name]
        if name == "PATH" and self._bindings.path:
            return self._bindings.path
        return f"?{self._bindings.renamed.get(name, name)}"
