"""On which line a subject, and a predicate of it, stands in Turtle, TriG, N-Triples or N-Quads.

Parsers give triples without places. This walks the tokens of a text that has been parsed before,
so it need not find errors: it follows subjects and predicates and passes over objects. Where each
line is a statement, it looks at the beginnings of lines alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from somswd_kg.shacl.tokens import decode_escapes

__all__ = ["LinePlaces", "read_line_places", "read_statement_lines"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DIRECTIVES = frozenset(("@PREFIX", "@BASE", "PREFIX", "BASE"))
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")

_STRING = "|".join(
    rf"""{q}{q}{q}[^{q}\\]*+(?:(?:\\.|{q}{{1,2}}(?!{q}))[^{q}\\]*+)*+{q}{q}{q}
        |{q}(?!{q}{q})[^{q}\\]*+(?:\\.[^{q}\\]*+)*+{q}"""
    for q in ("'", '"')
)
_LETTER = r"""[^\s<>"'\[\](){};,.\#\\]|\\."""
_GAP = r"(?:\s|\#[^\r\n]*+)*+"
_TERM = rf"""(?:
    <[^>]*+> | {_STRING}
    | [+-]?(?:\d++(?:\.\d++)?|\.\d++)(?:[eE][+-]?\d++)?
    | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+
    | (?:{_LETTER})(?:{_LETTER}|\.++(?={_LETTER}))*+
)"""
_NEXT = re.compile(rf"{_GAP}({_TERM}|\S|$)", re.VERBOSE | re.DOTALL)
"""A term, a sign, or nothing at the end."""
_PLAIN = re.compile(rf"(?:{_GAP}(?:{_TERM}|,))*+", re.VERBOSE | re.DOTALL)
"""Objects that are no brackets."""


_STATEMENT = re.compile(r"[ \t]*+(<[^>]*+>|_:[^\s<]++)[ \t]*+(<[^>]*+>)")
"""A subject and a predicate of N-Triples or N-Quads, where each line is a statement."""


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


def read_statement_lines(text: str) -> LinePlaces:
    r"""Find the lines in N-Triples or N-Quads, where each line is a statement of its own.

    >>> read_statement_lines('<urn:a> <urn:p> "1" .\n<urn:a> <urn:q> "2" .').predicates
    {('urn:a', 'urn:p'): 1, ('urn:a', 'urn:q'): 2}
    """
    subjects: dict[str, int] = {}
    predicates: dict[tuple[str, str], int] = {}
    written: dict[tuple[str, str], str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        found = _STATEMENT.match(line)
        if found is None:
            continue
        subject, predicate = found.groups()
        name = _plain_iri(subject)
        subjects.setdefault(name, number)
        key = (name, _plain_iri(predicate))
        if key not in predicates:
            predicates[key], written[key] = number, predicate
    return LinePlaces(subjects, predicates, written)


def _plain_iri(term: str) -> str:
    """Give the IRI in angle brackets; of a blank node its label as it is."""
    if not term.startswith("<"):
        return term
    return decode_escapes(term[1:-1]) if "\\" in term else term[1:-1]


class _Walk:
    """Walk over the text once."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        self.at = 0
        self.start = 0
        self.starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self.prefixes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.base = base
        self.subjects: dict[str, int] = {}
        self.predicates: dict[tuple[str, str], int] = {}
        self.written: dict[tuple[str, str], str] = {}

    def next(self) -> str:
        """Give the next term or sign; nothing at the end."""
        found = _NEXT.match(self.text, self.at)
        assert found is not None  # whatever comes is a sign, if it is not a term
        self.start, self.at = found.span(1)
        return found[1]

    def line(self, start: int) -> int:
        return bisect_right(self.starts, start)

    def iri(self, term: str) -> str:
        """Give the IRI that a term stands for; of all else the text."""
        known = self.names.get(term)
        if known is None:
            known = self.names[term] = self._iri(term)
        return known

    def _iri(self, term: str) -> str:
        if term.startswith("<"):
            inner = decode_escapes(term[1:-1])
            return inner if _ABSOLUTE.match(inner) else urljoin(self.base, inner)
        prefix, colon, local = term.partition(":")
        if term == "a":
            return _RDF_TYPE
        if not colon or prefix == "_" or term[0] in "\"'":
            return term
        return self.prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")

    def run(self) -> LinePlaces:
        while term := self.next():
            word = term.upper()
            if word in _DIRECTIVES:
                self.directive(word)
            elif word not in ("GRAPH", "{", "}", "."):
                self.statement(term)
        return LinePlaces(self.subjects, self.predicates, self.written)

    def directive(self, word: str) -> None:
        first = self.next()
        if word.endswith("BASE"):
            self.base = self._iri(first)
        else:
            self.prefixes[first.rstrip(":")] = self._iri(self.next())
        self.names.clear()

    def statement(self, subject: str) -> None:
        """Follow one subject to the full stop, or to the end of its graph."""
        name, line = self.iri(subject), self.line(self.start)
        if subject in ("[", "("):
            self.skip()
        while (term := self.next()) not in ("", ".", "}", "{"):  # { after the name of a graph
            if term == ";":
                continue
            self.subjects.setdefault(name, line)
            key = (name, self.iri(term))
            if key not in self.predicates:
                self.predicates[key] = self.line(self.start)
                self.written[key] = term
            self.objects()

    def objects(self) -> None:
        """Pass over objects, up to what ends them."""
        while True:
            self._pass_over_terms()
            before = self.at
            if self.next() not in ("[", "("):
                self.at = before
                return
            self.skip()

    def skip(self) -> None:
        """Pass over a bracket that has been opened, with all in it."""
        depth = 1
        while depth:
            self._pass_over_terms()
            sign = self.next()
            if not sign:
                return
            depth += (sign in ("[", "(")) - (sign in ("]", ")"))

    def _pass_over_terms(self) -> None:
        found = _PLAIN.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
