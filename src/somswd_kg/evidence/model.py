"""What evidence is made of: quotes with their places, slips of the source, statements, clauses."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clause", "EvidenceSet", "Quote", "Slip", "Source", "SourceText"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document whose text is kept.

    Attributes:
        iri: The source document.
        file: Its file below `graph/sources/`.
        sha256: What the graph says of the file's bytes; empty when nothing.
    """

    iri: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """Hold the text of a source document as it is stored.

    Attributes:
        name: The file's name.
        text: Decoded, line ends untouched: evidence counts its code points.
        sha256: Of the bytes.
    """

    name: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact quote with its place.

    Attributes:
        iri: The evidence.
        source: The source document's IRI; empty when none is given.
        exact: The words; empty when none are given.
        prefix: What stands right before; None when not given.
        suffix: What stands right after; None when not given.
        start: Code points before it; None when not given.
        end: Start and length; None when not given.
    """

    iri: str
    source: str
    exact: str
    prefix: str | None
    suffix: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the source: what is printed and what is meant.

    Attributes:
        iri: The slip.
        source: The source document's IRI.
        printed: As it stands there.
        mended: As labels write it.
        start: Code points before it.
        end: Start and length of what is printed.
    """

    iri: str
    source: str
    printed: str
    mended: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """An element of a plan that says what a clause of the source says.

    Attributes:
        iri: The element.
        evidence: The IRI of its clause's quote.
        statement: The Thai statement; empty when there is none.
        label: The Thai label; empty when there is none.
    """

    iri: str
    evidence: str
    statement: str
    label: str


@dataclass(frozen=True, slots=True)
class EvidenceSet:
    """All that is checked together.

    Attributes:
        sources: By IRI.
        quotes: By IRI.
        slips: By source and place.
        clauses: By IRI.
        headings: Quotes of lists' headings, which clauses need not cover.
    """

    sources: tuple[Source, ...]
    quotes: tuple[Quote, ...]
    slips: tuple[Slip, ...]
    clauses: tuple[Clause, ...]
    headings: tuple[str, ...]
