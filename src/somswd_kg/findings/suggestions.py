"""A value to paste, where it can be known: each source of values is one function in `_SOURCES`.

A source looks at the finding, its rule and what is known, and gives a text or nothing. The first
that gives one is believed; what intake has suggested already is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from somswd_kg.findings.rules import Rule, RuleBook
from somswd_kg.language import BUDDHIST_ERA_OFFSET, NO_TEXT, Language, Text
from somswd_kg.model import Finding
from somswd_kg.namespaces import BASE, SWD, XSD
from somswd_kg.terms import Literal, NamedNode
from somswd_kg.triples import Triples

__all__ = ["Knowledge", "Member", "Word", "suggested"]

_GAP = "…"
_NOMINAL = "การ"
"""What makes a noun of a Thai verb: a label may begin with it, a word list does not."""
_LATEST_CE = 2400


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a list, in one language.

    Attributes:
        text: The word.
        language: Of the word.
        rewording: What to write in its place, with `…` where the rest goes; empty for none.
        stands_for: Name of the thing that it means; empty for none.
        members: IRI of the collective whose members it counts; empty for none.
    """

    text: str
    language: str
    rewording: str = ""
    stands_for: Text = NO_TEXT
    members: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a collective.

    Attributes:
        collective: Its IRI.
        since: First year of the membership; 0 when it is not known.
        until: Last year; 0 when it has not ended.
    """

    collective: str
    since: int
    until: int


class Knowledge(Protocol):
    """What suggestions are made of; what no finding asks for need not be read."""

    @property
    def words(self) -> Mapping[str, tuple[Word, ...]]:
        """The words of each list, by the list's IRI."""

    @property
    def members(self) -> tuple[Member, ...]:
        """Who belongs to which collective."""

    @property
    def collectives(self) -> Mapping[str, str]:
        """The collective that a text means by `every`, by the folded text."""

    @property
    def successors(self) -> Mapping[str, Text]:
        """Name of what follows a thing that has ended, by its IRI and by each name of it."""

    @property
    def graph(self) -> Triples:
        """What the findings are about."""

    @property
    def language(self) -> Language:
        """Of the texts to paste."""

    @property
    def buddhist(self) -> bool:
        """Whether years are to be pasted in the Buddhist era, as a Thai workbook has them."""


def _count_members(known: Knowledge, collective: str, year: int) -> int:
    """Count the members at the end of a year."""
    return sum(
        member.collective == collective
        and member.since <= year
        and (not member.until or member.until > year)
        for member in known.members
    )


_PERCENT = NamedNode(f"{BASE}code/unit/percent")

Source = Callable[[Finding, Rule, Knowledge], str]


def suggested(
    findings: Iterable[Finding], rules: RuleBook, known: Knowledge
) -> tuple[Finding, ...]:
    """Give each finding a value to paste where one can be known."""
    by_number = {rule.number: rule for rule in rules}
    return tuple(_with_value(finding, by_number.get(finding.rule), known) for finding in findings)


def _with_value(finding: Finding, rule: Rule | None, known: Knowledge) -> Finding:
    if finding.suggested or rule is None:
        return finding
    for source in _SOURCES:
        if value := source(finding, rule, known):
            return replace(finding, suggested=value)
    return finding


def _words(finding: Finding, rule: Rule, known: Knowledge) -> list[Word]:
    """List the words of the rule's lists that the finding is about."""
    if not rule.word_lists:
        return []
    value = finding.result.value if finding.result else None
    language = value.language if isinstance(value, Literal) else ""
    return [
        word
        for name in rule.word_lists
        for word in known.words.get(name, ())
        if word.text.casefold() == finding.value.casefold()
        and (not language or word.language == language)
    ]


def _rewording(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Put the list's rewording in place of the word: `ส่งเสริมสิทธิ` → `สิทธิได้รับการส่งเสริม`."""
    for word in _words(finding, rule, known):
        if not word.rewording:
            continue
        rest = _after(finding.label.th if word.language == "th" else finding.label.en, word)
        whole = word.rewording.count(_GAP) == 1 and rest
        return _joined(word, rest) if whole else word.rewording
    return ""


def _after(label: str, word: Word) -> str:
    """Give what follows the word in a label that begins with it; nothing for any other label."""
    for start in (word.text, _NOMINAL + word.text, word.text + "ing"):
        follows = label[len(start) :]
        ends = word.language == "th" or follows[:1].isspace()
        if label.casefold().startswith(start.casefold()) and ends:
            return follows.strip()
    return ""


def _joined(word: Word, rest: str) -> str:
    text = word.rewording.replace(_GAP, rest)
    return text if word.language == "th" else text[:1].lower() + text[1:]


def _meaning(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Name what a word stands for, such as the unit of `ร้อยละ`."""
    found = {word.stands_for.in_(known.language) for word in _words(finding, rule, known)}
    return found.pop() if len(found) == 1 else ""


def _members(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Count the members that `ทุกประเทศ` means in the target's year, else the plan's first year."""
    collectives = {word.members for word in _words(finding, rule, known) if word.members}
    if not collectives and rule.remarks:
        from somswd_kg.drafts.similar import fold

        named = known.collectives.get(fold(finding.value))
        collectives = {named} if named else set()
    if len(collectives) != 1 or _counts_shares(finding, known):
        return ""
    year = _year_of(finding, known)
    count = _count_members(known, collectives.pop(), year) if year else 0
    return str(count) if count else ""


def _counts_shares(finding: Finding, known: Knowledge) -> bool:
    """Tell whether a target is one in per cent: then `ทุกประเทศ` is no number of countries."""
    target = NamedNode(finding.element) if finding.element else None
    indicators = known.graph.objects(target, SWD.isTargetOf) if target else ()
    units = {unit for each in indicators for unit in known.graph.objects(each, SWD.hasUnit)}
    return _PERCENT in units


def _year_of(finding: Finding, known: Knowledge) -> int:
    """Give the year that a finding's target is for, else the plan's first year; 0 for neither."""
    if not finding.element:
        return 0
    element = NamedNode(finding.element)
    graph = known.graph
    versions = [
        element,
        *graph.objects(element, SWD.describedIn),
        *graph.instances(SWD.PlanVersion),
    ]
    years = [graph.string(element, SWD.year), *(graph.string(v, SWD.startYear) for v in versions)]
    return next((int(year) for year in years if year.isdecimal()), 0)


def _common_era(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Turn a year of the Buddhist era that is stored as data into the Common Era."""
    value = finding.result.value if finding.result else None
    if not isinstance(value, Literal) or value.datatype != XSD.gYear:
        return ""
    year = value.value
    if not year.isdecimal() or int(year) <= _LATEST_CE:
        return ""
    return str(int(year) - BUDDHIST_ERA_OFFSET)


def _successor(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Name what follows a framework, a plan or a body that has ended."""
    if not finding.value:
        return ""
    found = known.successors.get(finding.value) or known.successors.get(finding.value.casefold())
    return found.in_(known.language) if found else ""


def _last_target(finding: Finding, rule: Rule, known: Knowledge) -> str:
    """Give the year of an indicator's last target as its due year."""
    if finding.path != SWD.dueYear.value or finding.value:
        return ""
    targets = known.graph.subjects(SWD.isTargetOf, NamedNode(finding.element))
    years = [known.graph.string(target, SWD.year) for target in targets]
    found = [int(year) for year in years if year.isdecimal()]
    if not found:
        return ""
    return str(max(found) + BUDDHIST_ERA_OFFSET if known.buddhist else max(found))


_SOURCES: tuple[Source, ...] = (
    _rewording,
    _meaning,
    _members,
    _common_era,
    _successor,
    _last_target,
)
