"""Names that a cell may hold and what they mean: codes, bodies, countries, frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from somswd_kg.drafts.columns import NameRange
from somswd_kg.drafts.similar import fold, nearest
from somswd_kg.language import arabic_digits
from somswd_kg.namespaces import BASE, RDF, RDFS, SKOS, SWD
from somswd_kg.terms import Literal, NamedNode, Quad, Term
from somswd_kg.triples import Triples

__all__ = ["Entry", "Found", "Lexicon", "lexicon_of"]

ANYTHING = NameRange()
SEPARATOR = ";"
_BRACKETED = re.compile(r"^(?P<label>.+?)\s*\((?P<code>[^()]+)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that a cell can name.

    Attributes:
        iri: The thing.
        types: Its classes, with those above them.
        schemes: Code schemes that it is in.
        label: What to write in a cell, by language.
        codes: Codes and acronyms that name it whatever the language.
        names: Every text that names it, labels and codes among them.
    """

    iri: NamedNode
    types: frozenset[Term]
    schemes: frozenset[Term]
    label: Mapping[str, str]
    codes: tuple[str, ...]
    names: tuple[str, ...]

    def shown(self, language: str) -> str:
        """Give the label in a language, else in the other, else the code."""
        other = "en" if language == "th" else "th"
        return self.label.get(language) or self.label.get(other) or self.codes[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean.

    Attributes:
        entries: One when the text is clear, several when it is not, none when nothing has the name.
        near: When there is none: labels of what may have been meant, nearest first.
    """

    entries: tuple[Entry, ...]
    near: tuple[str, ...] = ()

    @property
    def one(self) -> Entry | None:
        """Give the entry when there is just one."""
        return self.entries[0] if len(self.entries) == 1 else None


_NAMING = frozenset(
    (
        RDF.type,
        RDFS.subClassOf,
        SKOS.altLabel,
        SKOS.inScheme,
        SKOS.notation,
        SKOS.prefLabel,
        SWD.acronym,
    )
)


class Lexicon:
    """All entries of a graph, found by what people write for them."""

    def __init__(self, graph: Triples) -> None:
        self._above = _superclasses(graph)
        self.entries = tuple(
            entry
            for subject in graph
            if isinstance(subject, NamedNode) and (entry := self._entry(graph, subject)) is not None
        )
        self._by_name: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in dict.fromkeys(fold(name) for name in entry.names):
                self._by_name.setdefault(name, []).append(entry)

    def of(self, range_: NameRange = ANYTHING) -> tuple[Entry, ...]:
        """List the entries that a column's names may mean."""
        return tuple(entry for entry in self.entries if _fits(entry, range_))

    def find(self, text: str, range_: NameRange = ANYTHING, *, language: str = "en") -> Found:
        """Find what a text means among what a column's names may mean.

        Args:
            text: A label, a code, an acronym, `label (code)`, or an IRI.
            range_: What may be meant.
            language: The language of the labels to offer when nothing has the name.
        """

        def among(name: str) -> tuple[Entry, ...]:
            return tuple(e for e in self._by_name.get(fold(name), ()) if _fits(e, range_))

        entries = among(text)
        bracketed = _BRACKETED.match(text.strip())
        if len(entries) != 1 and bracketed:
            by_code = among(bracketed["code"])
            both = tuple(e for e in by_code if e in among(bracketed["label"]))
            entries = both or entries or by_code
        if len(entries) > 1:
            exact = tuple(e for e in entries if text.strip() in e.codes)
            entries = exact if len(exact) == 1 else entries
        if entries:
            return Found(entries)
        candidates: dict[str, str] = {}
        numbers = _numbers(text)
        for entry in self.of(range_):
            for name in entry.names:
                if _numbers(name) == numbers:  # “twice a year” is not nearly “once a year”
                    candidates.setdefault(name, entry.shown(language))
        near = (candidates[found.text] for found in nearest(text, candidates, 6))
        return Found((), tuple(dict.fromkeys(near))[:3])

    def written(self, entry: Entry, range_: NameRange, language: str) -> str:
        """Give the text that a cell holds for an entry: one that `find` reads as that entry alone.

        The label where it is clear; with a code in brackets where another entry has the name too.
        """
        shown = entry.shown(language)
        for text in (shown, *(f"{shown} ({code})" for code in entry.codes), *entry.codes):
            if SEPARATOR not in text and self.find(text, range_).one is entry:
                return text
        return entry.iri.value

    def is_subclass(self, cls: NamedNode, above: NamedNode) -> bool:
        """Tell whether a class is another, or below it."""
        return cls == above or above in self._above.get(cls, ())

    def _entry(self, graph: Triples, subject: NamedNode) -> Entry | None:
        if not graph.objects(subject, SKOS.prefLabel):
            return None
        labels = {
            predicate: [
                value
                for value in graph.objects(subject, predicate)
                if isinstance(value, Literal) and value.value
            ]
            for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SWD.acronym)
        }
        if not labels[SKOS.prefLabel]:
            return None
        codes = [
            v for p in (SWD.acronym, SKOS.notation) for v in sorted(v.value for v in labels[p])
        ]
        if subject.value.startswith(BASE):
            codes.append(re.split(r"[/#]", subject.value)[-1])
        preferred: dict[str, str] = {}
        for value in labels[SKOS.prefLabel]:
            preferred.setdefault(value.language or "", value.value)
        types = graph.objects(subject, RDF.type)
        return Entry(
            subject,
            frozenset(above for cls in types for above in self._above.get(cls, (cls,))),
            frozenset(graph.objects(subject, SKOS.inScheme)),
            preferred,
            tuple(dict.fromkeys(codes)),
            tuple(dict.fromkeys([v.value for found in labels.values() for v in found] + codes)),
        )


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", arabic_digits(text))


def _fits(entry: Entry, range_: NameRange) -> bool:
    return (
        not range_
        or not entry.schemes.isdisjoint(range_.schemes)
        or not entry.types.isdisjoint(range_.classes)
    )


def _superclasses(graph: Triples) -> dict[Term, tuple[Term, ...]]:
    """Give each class that has a parent with all classes above it, itself first."""
    above: dict[Term, tuple[Term, ...]] = {}
    for cls in graph:
        found: dict[Term, None] = {cls: None}
        pending: list[Term] = [cls]
        while pending:
            for parent in graph.objects(pending.pop(), RDFS.subClassOf):
                if parent not in found:
                    found[parent] = None
                    pending.append(parent)
        if len(found) > 1:
            above[cls] = tuple(found)
    return above


def lexicon_of(quads: Iterable[Quad]) -> Lexicon:
    """Make a lexicon of some quads, whatever their graphs."""
    return Lexicon(Triples(quad.triple for quad in quads if quad.predicate in _NAMING))
