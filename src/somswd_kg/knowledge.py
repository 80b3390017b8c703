"""What suggestions are made of, as a store holds it: words, members, successors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from somswd_kg.findings.suggestions import Member, Word
from somswd_kg.language import Language, Text
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.terms import Literal, NamedNode, Term
from somswd_kg.triples import Triples

__all__ = ["StoredKnowledge"]

_HEAD = " ".join(
    f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("dcterms", "org", "rdfs", "skos", "swd")
)
_WORDS = f"""{_HEAD} SELECT ?list ?word ?rewording ?en ?th ?members WHERE {{
  ?entry swd:isInWordList ?list .
  {{ ?entry skos:prefLabel ?word }} UNION {{ ?entry skos:altLabel ?word }}
  OPTIONAL {{ ?entry swd:rewording ?rewording FILTER (LANG(?rewording) = LANG(?word)) }}
  OPTIONAL {{ ?entry skos:related ?thing . ?thing skos:prefLabel ?en , ?th
    FILTER (LANG(?en) = "en" && LANG(?th) = "th") }}
  OPTIONAL {{ ?entry rdfs:seeAlso ?members . ?members a swd:CollectiveAgent }}
}} ORDER BY ?list ?word ?rewording ?members"""
_MEMBERS = f"""{_HEAD} SELECT ?collective ?member ?since ?until WHERE {{
  ?collective a swd:CollectiveAgent .
  ?membership org:organization ?collective ; org:member ?member .
  OPTIONAL {{ ?membership swd:memberSince ?since }}
  OPTIONAL {{ ?membership swd:memberUntil ?until }}
}} ORDER BY ?collective ?member ?since"""
_SUCCESSORS = f"""{_HEAD} SELECT ?old ?name ?next WHERE {{
  ?old dcterms:isReplacedBy ?new ; skos:prefLabel|skos:altLabel ?name .
  ?new skos:prefLabel ?next
}} ORDER BY ?old ?name ?next"""


class StoredKnowledge:
    """What a store says that suggestions are made of: each part is read when it is asked for.

    Args:
        store: The shipped words, bodies and frameworks.
        graph: What the findings are about.
        language: Of the texts to paste.
        buddhist: Whether the drafter writes years of the Buddhist era.
    """

    def __init__(self, store: Store, graph: Triples, language: Language, *, buddhist: bool) -> None:
        self._store = store
        self.graph, self.language, self.buddhist = graph, language, buddhist

    @cached_property
    def words(self) -> Mapping[str, tuple[Word, ...]]:
        """The words of each list, by the list's IRI."""
        words: dict[str, dict[Word, None]] = {}
        for name, word, rewording, en, th, members in self._store.select(_WORDS):
            assert isinstance(word, Literal)
            entry = Word(
                word.value,
                word.language or "",
                _text(rewording),
                Text(_text(en), _text(th)),
                _iri(members),
            )
            words.setdefault(_iri(name), {}).setdefault(entry)
        return {name: tuple(entries) for name, entries in words.items()}

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Who belongs to which collective."""
        return tuple(
            Member(_iri(collective), _year(since), _year(until))
            for collective, _, since, until in self._store.select(_MEMBERS)
        )

    @cached_property
    def collectives(self) -> Mapping[str, str]:
        """The collective that a text means by `every`, by the folded text."""
        from somswd_kg.drafts.similar import fold

        counting = (word for words in self.words.values() for word in words if word.members)
        return {fold(word.text): word.members for word in counting}

    @cached_property
    def successors(self) -> Mapping[str, Text]:
        """Name of what follows a thing that has ended, by its IRI and by each name of it."""
        return _successors(self._store)


def _successors(store: Store) -> dict[str, Text]:
    """Name what follows each thing that was replaced, by its IRI and by each of its names."""
    names: dict[str, set[str]] = {}
    following: dict[str, dict[str, str]] = {}
    for old, name, new in store.select(_SUCCESSORS):
        names.setdefault(_iri(old), set()).add(_text(name))
        if isinstance(new, Literal):
            following.setdefault(_iri(old), {}).setdefault(new.language or "", new.value)
    found: dict[str, Text] = {}
    for iri, texts in following.items():
        text = Text(texts.get("en", texts.get("", "")), texts.get("th", ""))
        for key in (iri, *sorted(name.casefold() for name in names[iri])):
            found.setdefault(key, text)
    return found


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def _year(term: Term | None) -> int:
    """Give the year of a date; 0 for none."""
    year = _text(term)[:4]
    return int(year) if year.isdecimal() else 0
