"""On which line a subject, and a predicate of it, stands in Turtle, TriG, N-Triples or N-Quads.

Parsers give triples without places. This walks the tokens of a text that has been parsed before,
so it need not find errors: it follows subjects and predicates and passes over objects.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from somswd_kg.shacl.tokens import Kind, Token, decode_escapes, tokenize

__all__ = ["LinePlaces", "read_line_places"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DIRECTIVES = frozenset(("@PREFIX", "@BASE", "PREFIX", "BASE"))
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_OPEN = frozenset("[(")
_CLOSE = frozenset("])")


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """Lines of a file, from 1.

    Attributes:
        subjects: The first line of the first block of each subject.
        predicates: The first line of each predicate of each subject.
        written: The predicate as the file writes it, by the same key.
    """

    subjects: Mapping[str, int] = field(default_factory=dict)
    predicates: Mapping[tuple[str, str], int] = field(default_factory=dict)
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_line_places(text: str, base: str = "") -> LinePlaces:
    r"""Find the lines.

    Args:
        text: The whole file.
        base: What relative IRIs are resolved against, where the text does not say it.

    >>> places = read_line_places("@prefix : <urn:x:> .\n\n:a\n    :p 1 ;\n    :q [ :r 2 ] .")
    >>> places.subjects, places.predicates[("urn:x:a", "urn:x:q")]
    ({'urn:x:a': 3}, 5)
    """
    return _Walk(text, base).run()


class _Walk:
    """Walk the tokens once."""

    def __init__(self, text: str, base: str) -> None:
        self.tokens = tokenize(text)
        self.starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self.prefixes: dict[str, str] = {}
        self.base = base
        self.subjects: dict[str, int] = {}
        self.predicates: dict[tuple[str, str], int] = {}
        self.written: dict[tuple[str, str], str] = {}

    def line(self, token: Token) -> int:
        return bisect_right(self.starts, token.start)

    def iri(self, token: Token) -> str:
        """Give the IRI that a token stands for; of all else the text."""
        if token.kind is Kind.IRI:
            inner = decode_escapes(token.text[1:-1])
            return inner if _ABSOLUTE.match(inner) else urljoin(self.base, inner)
        if token.kind is Kind.NAME:
            prefix, _, local = token.text.partition(":")
            return self.prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")
        if token.kind is Kind.WORD and token.text == "a":
            return _RDF_TYPE
        return token.text

    def run(self) -> LinePlaces:
        tokens = iter(self.tokens)
        for token in tokens:
            word = token.text.upper()
            if word in _DIRECTIVES:
                self.directive(word, tokens)
            elif word in ("GRAPH", "{", "}", "."):
                continue
            else:
                self.statement(token, tokens)
        return LinePlaces(self.subjects, self.predicates, self.written)

    def directive(self, word: str, tokens: Iterator[Token]) -> None:
        first = next(tokens)
        if word.endswith("BASE"):
            self.base = self.iri(first)
        else:
            self.prefixes[first.text.rstrip(":")] = self.iri(next(tokens))

    def statement(self, subject: Token, tokens: Iterator[Token]) -> None:
        """Follow one subject to the full stop, or to the end of its graph."""
        name = self.iri(subject)
        line = self.line(subject)
        if subject.text in _OPEN:
            self.skip(tokens)
        expects_predicate = True
        for token in tokens:
            if token.text == "{":  # it was the name of a graph
                return
            if token.text in (".", "}"):
                break
            if token.text == ";":
                expects_predicate = True
            elif expects_predicate:
                self.subjects.setdefault(name, line)
                key = (name, self.iri(token))
                self.predicates.setdefault(key, self.line(token))
                self.written.setdefault(key, token.text)
                expects_predicate = False
            elif token.text in _OPEN:
                self.skip(tokens)

    @staticmethod
    def skip(tokens: Iterator[Token]) -> None:
        """Pass over a bracket that has been opened, with all in it."""
        depth = 1
        for token in tokens:
            if token.text in _OPEN:
                depth += 1
            elif token.text in _CLOSE:
                depth -= 1
                if not depth:
                    return
