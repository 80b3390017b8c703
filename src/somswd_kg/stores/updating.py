"""Keep the table of literals as written true while an update changes the Store beside it.

SPARQL knows the literals that the Store has. What INSERT DATA writes out is noted as it is written,
graphs that are copied take their rows with them, and rows whose literal is gone go too. A literal
that a template of INSERT puts somewhere is there as the Store has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import RdfFormat, Store, parse

from somswd_kg.shacl.tokens import Token, tokenize
from somswd_kg.stores.failures import reporting
from somswd_kg.stores.written import Graph, WrittenTable, scan, unchanged_beside
from somswd_kg.terms import DefaultGraph, NamedNode, Quad

__all__ = ["run_update"]

_COPIES = (("COPY",), ("MOVE",), ("ADD",))


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation of an update.

    Attributes:
        tokens: Its tokens, without prefixes.
        prologue: The prefixes and bases that hold for it.
        text: The whole update.
    """

    tokens: tuple[Token, ...]
    prologue: str
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """List its first two words."""
        return tuple(token.word for token in self.tokens[:2])

    def graphs(self) -> tuple[Graph, Graph]:
        """Give the graphs of COPY, MOVE or ADD: from where, and to where."""
        names = [token for token in self.tokens[1:] if token.word not in ("SILENT", "GRAPH", "TO")]
        source, target = (self._graph(token) for token in names[:2])
        return source, target

    def _graph(self, token: Token) -> Graph:
        if token.word == "DEFAULT":
            return DefaultGraph()
        text = f"{self.prologue}<a:s> <a:p> {token.text} ."
        (quad,) = parse(text, RdfFormat.TURTLE)
        return cast(NamedNode, quad.object)

    @property
    def body(self) -> str:
        """Give its text."""
        return self.text[self.tokens[0].start : self.tokens[-1].end]

    @property
    def writes_out(self) -> bool:
        """Say whether it is INSERT DATA."""
        return self.words == ("INSERT", "DATA") and len(self.tokens) > 3

    def data(self) -> list[Quad]:
        """List what INSERT DATA writes out, as it is written."""
        try:
            return list(parse(f"{self.prologue}{self._trig()}", RdfFormat.TRIG))
        except SyntaxError:
            return []  # the store says better what is wrong

    def _trig(self) -> str:
        """Give the quads as TriG, which wants a dot behind triples and none behind a graph."""
        pieces, depth, before = list[str](), 0, "."
        for token, last in zip(self.tokens[3:], self.tokens[2:], strict=False):
            word = token.word
            if depth == 0 and word in ("GRAPH", "}") and before not in (".", "}"):
                pieces.append(" .")
            depth += {"{": 1, "}": -1}.get(word, 0)
            if depth < 0:
                break
            if not (word == "." and before == "}" and depth == 0):
                pieces.append(self.text[last.end : token.end])
            before = word
        return "".join(pieces)


def run_update(text: str, store: Store, table: WrittenTable) -> None:
    """Run an update on a Store, and on the table beside it.

    Args:
        text: The update.
        store: The quads.
        table: The literals that the Store has changed.

    Raises:
        QueryError: It does not parse, or cannot be run; nothing is changed.
    """
    operations = list(_operations(text))
    if not table and not any(scan(op.data(), None).rows for op in operations if op.writes_out):
        with reporting():
            store.update(text)
        return
    with reporting():
        _rehearse(text, store)
        for operation in operations:
            _run(operation, store, table)


def _rehearse(text: str, store: Store) -> None:
    """Run an update where there is nothing but the graphs' names, on which alone it can fail."""
    rehearsal = Store()
    for name in store.named_graphs():
        rehearsal.add_graph(name)
    rehearsal.update(text)


def _run(operation: _Operation, store: Store, table: WrittenTable) -> None:
    found: list[Quad] = []
    if operation.writes_out:
        quads = operation.data()
        rows = scan(quads, None).rows
        there = table.pattern(None, None, None, None)
        found += (*rows, *table.unwritten(rows, store))
        found += unchanged_beside((*rows, *there), quads, None)
    elif operation.words[:1] in _COPIES:
        source, target = operation.graphs()
        if source != target:
            found += table.copied(source, target, store, whole=operation.words[0] != "ADD")
    store.update(f"{operation.prologue}{operation.body}")
    table.add(found)
    table.prune(store)


def _operations(text: str) -> Iterator[_Operation]:
    """Cut an update at its semicolons; prefixes hold for all that follows."""
    prologue, current, depth = "", list[Token](), 0
    for token in tokenize(text):
        depth += {"{": 1, "}": -1}.get(token.word, 0)
        if token.word == ";" and not depth:
            if current:
                yield _Operation(tuple(current), prologue, text)
            current = []
            continue
        current.append(token)
        size = {"PREFIX": 3, "BASE": 2}.get(current[0].word)
        if size == len(current):
            prologue += f"{text[current[0].start : token.end]}\n"
            current = []
    if current:
        yield _Operation(tuple(current), prologue, text)
