"""Hold quotes, slips, statements and labels against the texts of their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from somswd_kg.evidence.model import Clause, EvidenceSet, Quote, Slip, SourceText
from somswd_kg.evidence.rules import EvidenceRule
from somswd_kg.language import local_name, splits_cluster

__all__ = ["EvidenceProblem", "EvidenceReport", "LeftOver", "check_evidence"]

_NUMBERS_AND_BARS = re.compile(r"(?:[\s|]|\d+(?:\.\d+)*\.?(?=\s|$))*")
_ROW_HEADING = re.compile(r"^\s*\d+\.[^|\n]*\|\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EvidenceProblem:
    """One thing that does not hold.

    Attributes:
        rule: Which rule it breaks.
        iri: The evidence, slip, element or source that it is about.
        value: What was found, as the rule's message wants it.
    """

    rule: EvidenceRule
    iri: str
    value: str


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A stretch of the source between clauses that no clause's quote covers.

    Attributes:
        source: The source document's IRI.
        start: Code points before it.
        text: The words, without blanks at the ends.
        is_heading: Whether it is numbers, bars and headings only, as it should be.
    """

    source: str
    start: int
    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What was checked, and what came of it.

    Attributes:
        sources: IRI and SHA-256 of each text that was read.
        quotes: How many quotes were held against their source.
        verified: How many of these stand there as they are given.
        slips: How many recorded slips were looked up.
        clauses: How many clauses have a quote.
        left_over: What lies between the clauses, in the order of the source.
        problems: What does not hold, by IRI and rule.
    """

    sources: tuple[tuple[str, str], ...]
    quotes: int
    verified: int
    slips: int
    clauses: int
    left_over: tuple[LeftOver, ...]
    problems: tuple[EvidenceProblem, ...]


def fold(text: str) -> str:
    r"""Write every run of blanks as one space, none at the ends.

    >>> fold(" 3.1  and\nmore ")
    '3.1 and more'
    """
    return " ".join(text.split())


def check_evidence(evidence: EvidenceSet, texts: Mapping[str, SourceText]) -> EvidenceReport:
    """Check all evidence of a graph.

    Args:
        evidence: What the graph says.
        texts: The stored text of each source, by the source's IRI.
    """
    problems = list(_check_sources(evidence, texts))
    sound: dict[str, Quote] = {}
    for quote in evidence.quotes:
        found = list(_check_quote(quote, texts))
        problems += found
        wrong = {EvidenceRule.INCOMPLETE, EvidenceRule.QUOTE_DIFFERS}
        if quote.source in texts and not any(problem.rule in wrong for problem in found):
            sound[quote.iri] = quote
    problems += _check_slips(evidence, texts)
    clauses = [clause for clause in evidence.clauses if clause.evidence in sound]
    problems += _check_overlaps(clauses, sound)
    for clause in clauses:
        problems += _check_words(clause, sound[clause.evidence], evidence.slips)
    left_over = tuple(_left_over(clauses, sound, evidence.headings, texts))
    problems += (
        EvidenceProblem(EvidenceRule.LEFT_OVER, rest.source, rest.text)
        for rest in left_over
        if not rest.is_heading
    )
    return EvidenceReport(
        sources=tuple((iri, texts[iri].sha256) for iri in sorted(texts)),
        quotes=len(evidence.quotes),
        verified=len(sound),
        slips=len(evidence.slips),
        clauses=len(evidence.clauses),
        left_over=left_over,
        problems=tuple(sorted(problems, key=lambda p: (p.iri, p.rule, p.value))),
    )


def _check_sources(
    evidence: EvidenceSet, texts: Mapping[str, SourceText]
) -> Iterator[EvidenceProblem]:
    for source in evidence.sources:
        text = texts.get(source.iri)
        if text is None:
            yield EvidenceProblem(EvidenceRule.SOURCE_MISSING, source.iri, source.file)
        elif source.sha256.lower() != text.sha256:
            yield EvidenceProblem(EvidenceRule.SOURCE_CHANGED, source.iri, text.sha256)


def _check_quote(quote: Quote, texts: Mapping[str, SourceText]) -> Iterator[EvidenceProblem]:
    if not quote.source or not quote.exact or quote.start is None or quote.end is None:
        lacks = {
            "oa:hasSource": not quote.source,
            "oa:exact": not quote.exact,
            "oa:start": quote.start is None,
            "oa:end": quote.end is None,
        }
        names = ", ".join(name for name, missing in lacks.items() if missing)
        yield EvidenceProblem(EvidenceRule.INCOMPLETE, quote.iri, names)
        return
    if quote.source not in texts:  # said once, of the source
        return
    text = texts[quote.source].text
    printed = text[quote.start : quote.end] if 0 <= quote.start <= quote.end else ""
    if printed != quote.exact:
        where = _difference(quote.exact, printed, quote.start)
        yield EvidenceProblem(EvidenceRule.QUOTE_DIFFERS, quote.iri, where)
        return
    for offset in (quote.start, quote.end):
        if splits_cluster(text, offset):
            yield EvidenceProblem(EvidenceRule.CLUSTER_SPLIT, quote.iri, str(offset))
    before, after = quote.prefix or "", quote.suffix or ""
    if not text[: quote.start].endswith(before):
        yield EvidenceProblem(EvidenceRule.CONTEXT_DIFFERS, quote.iri, "before")
    elif not text[quote.end :].startswith(after):
        yield EvidenceProblem(EvidenceRule.CONTEXT_DIFFERS, quote.iri, "after")
    else:
        times = _occurrences(text, before + quote.exact + after)
        if times > 1:
            yield EvidenceProblem(EvidenceRule.AMBIGUOUS, quote.iri, str(times))


def _occurrences(text: str, part: str) -> int:
    """Count where a part stands, overlapping ones too."""
    times, at = 0, text.find(part)
    while at >= 0:
        times, at = times + 1, text.find(part, at + 1)
    return times


def _difference(given: str, found: str, start: int) -> str:
    """Say where two texts part, with a few signs of each."""
    at = next(
        (i for i, (a, b) in enumerate(zip(given, found, strict=False)) if a != b),
        min(len(given), len(found)),
    )
    first = max(0, at - 5)
    return f"[{start + at}] “{given[first : at + 10]}” ≠ “{found[first : at + 10]}”"


def _check_slips(
    evidence: EvidenceSet, texts: Mapping[str, SourceText]
) -> Iterator[EvidenceProblem]:
    for slip in evidence.slips:
        if slip.source in texts:
            found = texts[slip.source].text[slip.start : slip.end]
            if found != slip.printed:
                yield EvidenceProblem(EvidenceRule.SLIP_DIFFERS, slip.iri, f"“{found}”")


def _range(quote: Quote) -> tuple[str, int, int]:
    return quote.source, quote.start or 0, quote.end or 0


def _check_overlaps(
    clauses: list[Clause], quotes: Mapping[str, Quote]
) -> Iterator[EvidenceProblem]:
    placed = sorted(clauses, key=lambda clause: _range(quotes[clause.evidence]))
    for first, second in pairwise(placed):
        source, start, _ = _range(quotes[second.evidence])
        other, _, end = _range(quotes[first.evidence])
        if source == other and start < end and first.evidence != second.evidence:
            name = local_name(first.iri)
            yield EvidenceProblem(EvidenceRule.OVERLAP, second.iri, name)


def mend(quote: Quote, slips: tuple[Slip, ...]) -> str:
    """Give the words of a quote with the slips that lie in it mended."""
    source, start, end = _range(quote)
    text = quote.exact
    inside = [s for s in slips if s.source == source and start <= s.start and s.end <= end]
    for slip in sorted(inside, key=lambda slip: slip.start, reverse=True):
        if text[slip.start - start : slip.end - start] == slip.printed:
            text = text[: slip.start - start] + slip.mended + text[slip.end - start :]
    return text


def _check_words(
    clause: Clause, quote: Quote, slips: tuple[Slip, ...]
) -> Iterator[EvidenceProblem]:
    mended, statement = fold(mend(quote, slips)), fold(clause.statement)
    if statement != mended:
        where = _difference(statement, mended, 0)
        yield EvidenceProblem(EvidenceRule.STATEMENT_DIFFERS, clause.iri, where)
    label = fold(clause.label)
    if not label or label not in mended:
        yield EvidenceProblem(EvidenceRule.LABEL_DIFFERS, clause.iri, clause.label)


def _left_over(
    clauses: list[Clause],
    quotes: Mapping[str, Quote],
    headings: tuple[str, ...],
    texts: Mapping[str, SourceText],
) -> Iterator[LeftOver]:
    """Walk from the first clause of a source to its last and give what lies between them."""
    by_source: dict[str, list[tuple[int, int]]] = {}
    for clause in clauses:
        source, start, end = _range(quotes[clause.evidence])
        by_source.setdefault(source, []).append((start, end))
    for source, ranges in sorted(by_source.items()):
        text = texts[source].text
        quoted = [quotes[iri] for iri in headings if iri in quotes and quotes[iri].source == source]
        titles = sorted(((q.start or 0, q.end or 0) for q in quoted), reverse=True)
        for (_, end), (start, _) in pairwise(sorted(ranges)):
            rest = text[end:start]
            if not rest.strip():
                continue
            bare = rest
            for first, last in titles:
                if end <= first and last <= start:
                    bare = bare[: first - end] + bare[last - end :]
            bare = _ROW_HEADING.sub("", bare)
            whole = _NUMBERS_AND_BARS.fullmatch(bare) is not None
            at = end + len(rest) - len(rest.lstrip())
            yield LeftOver(source, at, rest.strip(), whole)
