"""What suggestions are made of, as a store holds it: words, members, successors."""

from __future__ import annotations

from somswd_kg.drafts.similar import fold
from somswd_kg.findings.suggestions import Knowledge, Member, Word
from somswd_kg.language import Language, Text
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["read_knowledge"]

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


def read_knowledge(store: Store, language: Language, *, buddhist: bool = False) -> Knowledge:
    """Read what suggestions are made of.

    Args:
        store: The shipped words, bodies and frameworks.
        language: Of the texts to paste.
        buddhist: Whether the drafter writes years of the Buddhist era.
    """
    words: dict[str, dict[Word, None]] = {}
    for name, word, rewording, en, th, members in store.select(_WORDS):
        assert isinstance(word, Literal)
        entry = Word(
            word.value,
            word.language or "",
            _text(rewording),
            Text(_text(en), _text(th)),
            _iri(members),
        )
        words.setdefault(_iri(name), {}).setdefault(entry)
    found = (
        Member(_iri(collective), _year(since), _year(until))
        for collective, _, since, until in store.select(_MEMBERS)
    )
    return Knowledge(
        {name: tuple(entries) for name, entries in words.items()},
        tuple(found),
        {
            fold(word.text): word.members
            for entries in words.values()
            for word in entries
            if word.members
        },
        _successors(store),
        language=language,
        buddhist=buddhist,
    )


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
