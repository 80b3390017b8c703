"""Targets as officials write them: ไม่น้อยกว่าร้อยละ 80, ปีละ 1 ครั้ง, ทุกประเทศ, at least 80%."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from somswd_kg.drafts.eras import YEAR, year_of_match
from somswd_kg.drafts.notes import Note, NoteCode, Reading, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import plain_text
from somswd_kg.drafts.values import NUMBER, number_of
from somswd_kg.drafts.waiting import waiting_note
from somswd_kg.drafts.words import (
    APPROXIMATE,
    CHANGES,
    COMPARISONS,
    COUNT_WORDS,
    EVERY,
    FROM_BASELINE,
    OR_MORE,
    PERIODS,
    Change,
    Comparison,
    Span,
)

__all__ = ["Target", "read_target"]


@dataclass(frozen=True, slots=True)
class Target:
    """Hold what a target asks for.

    Attributes:
        operator: How the value is to stand to the target.
        value: The number; None where it is in words only.
        upper: The upper number where the operator is BETWEEN; else None.
        percent: Whether the number is a share of a hundred.
        unit: What is counted (ครั้ง, คน, ประเทศ); empty when it is not said.
        change: Whether the number is a level or a change of one.
        from_baseline: Whether the change is said to be counted from the baseline.
        per: The span of time that the number is for; None for the whole.
        every: Whether all of the unit is asked for (ทุกประเทศ).
        by_year: The Common-Era year by which it is to be reached; None when it is not said.
    """

    operator: Comparison = Comparison.EQ
    value: Decimal | None = None
    upper: Decimal | None = None
    percent: bool = False
    unit: str = ""
    change: Change = Change.NONE
    from_baseline: bool = False
    per: Span | None = None
    every: bool = False
    by_year: int | None = None


def _any(words: Iterable[str]) -> str:
    """Join words to a pattern, longest first; Latin words only as whole words."""
    return "|".join(
        rf"(?<![a-z]){re.escape(word)}(?![a-z])"
        if word[0].isascii() and word[0].isalpha()
        else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )


_SPANS = _any(PERIODS)
_BY = Pattern(
    r" ?(?:ภายใน(?:ปี)?|ในปี|เมื่อสิ้นปี|(?<![a-z])by(?: the)?(?: end of)?|(?<![a-z])in)"
    rf" ?(?:ปี ?)?({YEAR})$"
)
_BASE = Pattern(f" ?(?:{_any(FROM_BASELINE)})")
_PER = (
    Pattern(rf"({_SPANS}) ?ละ(?!เอียด)"),
    Pattern(rf"(?:ต่อ|ในแต่ละ|ในทุก|/|(?<![a-z])(?:per|a|an|each|every)(?![a-z])) ?({_SPANS})"),
    Pattern(rf"ทุก ?({_SPANS})"),
)
_ADVERBS = {
    "annually": Span.YEAR,
    "yearly": Span.YEAR,
    "monthly": Span.MONTH,
    "quarterly": Span.QUARTER,
    "weekly": Span.WEEK,
    "รายปี": Span.YEAR,
    "รายเดือน": Span.MONTH,
    "รายไตรมาส": Span.QUARTER,
}
_ADVERB = Pattern(_any(_ADVERBS))
_COUNTS = _any(COUNT_WORDS)
_CHANGE = Pattern(f"(?:{_any(CHANGES)})")
_COMPARE = Pattern(f"(?:{_any(COMPARISONS)})")
_OR_MORE = Pattern(f"(?:{_any(OR_MORE)})")
_ABOUT = Pattern(f"^(?:{_any(APPROXIMATE)})")
_TWO = Pattern(rf"(?:ระหว่าง|between |from )? ?({NUMBER}) ?(?:-|~|ถึง|to|and|และ) ?({NUMBER})")
_ONE = Pattern(NUMBER)
_ALL = Pattern(rf"^(?:{_any(EVERY)}) ?")
_BOTH_SIDES = Pattern(r"^(?:จำนวน|ให้ได้|of|ได้|เป็น|ทั้ง|by|to|:| )+|(?:of|[.,;:]| )+$")
_LONGEST_UNIT = 60


class _Text:
    """Hold the plain text of a target, out of which phrases are taken one by one."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, *patterns: Pattern) -> re.Match[str] | None:
        """Take the first phrase that one of the patterns finds; leave a blank in its place."""
        for pattern in patterns:
            found = pattern.search(self.left)
            if found:
                self.left = f"{self.left[: found.start()]} {self.left[found.end() :]}"
                self.left = " ".join(self.left.split())
                return found
        return None


def read_target(text: str) -> Reading[Target]:
    """Read a target.

    Returns:
        What is asked for. A target in words only (ทุกประเทศ, เพิ่มขึ้น) has no number and says
        TARGET_IN_WORDS; one with several numbers, or prose, has no value.

    >>> read_target("ไม่น้อยกว่าร้อยละ 80").value
    Target(operator=<Comparison.GE: 'ge'>, value=Decimal('80'), upper=None, percent=True, \
unit='', change=<Change.NONE: 'none'>, from_baseline=False, per=None, every=False, by_year=None)
    >>> found = read_target("ปีละ 1 ครั้ง").value
    >>> found.value, found.unit, found.per
    (Decimal('1'), 'ครั้ง', <Span.YEAR: 'year'>)
    """
    plain = plain_text(text)
    if not plain.readable:
        return Reading(None, plain.mended, plain.notes)
    waits = waiting_note(plain.text)
    value, notes = (None, (waits,)) if waits else _parse(plain.text)
    return Reading(value, plain.mended, (*plain.notes, *notes))


def _parse(plain: str) -> tuple[Target | None, tuple[Note, ...]]:
    rest = _Text(re.sub(_COUNTS, lambda found: COUNT_WORDS[found.group()], plain))
    notes: list[Note] = []
    by_year = None
    if found := rest.take(_BY):
        by_year, more = year_of_match(found[1], thai=True)
        notes += more
    from_baseline = rest.take(_BASE) is not None
    per = None
    while found := rest.take(*_PER):
        per = PERIODS[found[1]]
    if found := rest.take(_ADVERB):
        per = per or _ADVERBS[found.group()]
    change = Change.NONE
    if found := rest.take(_CHANGE):
        change = CHANGES[found.group()]
    operator, compared = Comparison.EQ, None
    if compared := rest.take(_COMPARE):
        operator = COMPARISONS[compared.group()]
    if found := rest.take(_OR_MORE):
        operator = OR_MORE[found.group()]
    if found := rest.take(_ABOUT):
        notes.append(note(NoteCode.APPROXIMATE, word=found.group()))
    value = upper = None
    percent = False
    if found := rest.take(_TWO):
        value, percent, more = number_of(found[1])
        upper, also, even_more = number_of(found[2])
        notes += (*more, *even_more)
        if value is None or upper is None:
            return None, tuple(notes)
        if upper < value:
            return None, (*notes, note(NoteCode.RANGE_REVERSED, first=value, last=upper))
        percent, operator = percent or also, Comparison.BETWEEN
    elif found := rest.take(_ONE):
        value, percent, more = number_of(found.group())
        notes += more
        if value is None:
            return None, tuple(notes)
    every = rest.take(_ALL) is not None
    unit = _BOTH_SIDES.sub("", rest.left).strip()
    if re.search("[0-9]", unit):
        return None, (*notes, note(NoteCode.SEVERAL_NUMBERS))
    meant = value is not None or every or change is not Change.NONE
    if not meant or len(unit) > _LONGEST_UNIT:
        return None, (*notes, note(NoteCode.TARGET_IN_WORDS))
    if every:
        notes.append(note(NoteCode.EVERY, unit=unit))
    if value is None:
        notes.append(note(NoteCode.TARGET_IN_WORDS))
    elif unit:
        notes.append(note(NoteCode.UNIT_IN_CELL, unit=unit))
    target = Target(
        operator=operator,
        value=value,
        upper=upper,
        percent=percent,
        unit=unit,
        change=change,
        from_baseline=from_baseline,
        per=per,
        every=every,
        by_year=by_year,
    )
    return target, tuple(notes)
