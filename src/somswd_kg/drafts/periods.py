"""Years and spans of time as people write them: both eras, fiscal years, quarters, ranges."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from somswd_kg.drafts.dates import MONTH, month_number, parse_date
from somswd_kg.drafts.eras import YEAR, Era, year_of, year_of_match
from somswd_kg.drafts.notes import Note, NoteCode, Reading, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import plain_text
from somswd_kg.drafts.waiting import waiting_note
from somswd_kg.language import BUDDHIST_ERA_OFFSET, buddhist_year

__all__ = ["Period", "PeriodKind", "fiscal_year", "read_period", "read_year"]

T = TypeVar("T")


class PeriodKind(StrEnum):
    """Name what kind of span was written."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    FISCAL_QUARTER = "fiscal-quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"
    YEARS = "years"
    FISCAL_YEARS = "fiscal-years"


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a span of time.

    Attributes:
        start: Its first day.
        end: Its last day.
        kind: What was written.
    """

    start: date
    end: date
    kind: PeriodKind

    @property
    def years(self) -> tuple[int, int]:
        """Give the first and last year that it is named by: a fiscal year by the one it ends in."""
        fiscal = self.kind in (PeriodKind.FISCAL_YEAR, PeriodKind.FISCAL_YEARS)
        return (self.start.year + fiscal, self.end.year)


_Read = tuple[Period | None, tuple[Note, ...]]

_FISCAL = r"(?:ประจำ ?)?(?:ปีงบประมาณ|ปีงบฯ|ปีงบ|งบประมาณปี|งปม\.?|fiscal years?|fy) ?"
_CALENDAR = r"(?:(?:ในช่วง|ช่วง|ระหว่าง|ประจำ|ภายใน)? ?(?:ปีปฏิทิน|ปี|calendar years?|years?|cy)) ?"
_LEAD = rf"({_FISCAL}|{_CALENDAR})?(?:ระหว่าง|between|from)? ?"
_TO = r" ?(?:-|~|ถึง(?:ปี)?|จนถึง(?:ปี)?|to|until|and|และ) ?"

_ONE = Pattern(rf"{_LEAD}({YEAR})")
_TWICE = Pattern(rf"{_LEAD}({YEAR}) ?\(({YEAR})\)")
_SLASHED = Pattern(rf"{_LEAD}([0-9]{{4}}) ?[/=] ?([0-9]{{4}})")
_RANGE = Pattern(
    rf"{_LEAD}({YEAR}){_TO}(?:{_FISCAL}|{_CALENDAR})?({YEAR})(?: ?\(({YEAR}){_TO}({YEAR})\))?"
)
_QUARTER = Pattern(
    rf"(?:ไตรมาส(?:ที่)? ?([1-4])|quarter ?([1-4])|q\.? ?([1-4])) ?(?:/|,|of|ของ|-)? ?{_LEAD}({YEAR})"
)
_YEAR_QUARTER = Pattern(rf"{_LEAD}({YEAR}) ?[-/,]? ?(?:ไตรมาส(?:ที่)?|quarter|q) ?([1-4])")
_MONTH = Pattern(rf"(?:เดือน ?)?({MONTH}),? ?(?:ปี ?)?({YEAR})")
_MONTH_NUMBER = Pattern(r"([0-9]{1,2})/([0-9]{4})|([0-9]{4})-(0[1-9]|1[0-2])")


def fiscal_year(year: int) -> Period:
    """Give the Thai government's fiscal year that ends in a Common-Era year.

    >>> fiscal_year(2025).start
    datetime.date(2024, 10, 1)
    """
    return Period(date(year - 1, 10, 1), date(year, 9, 30), PeriodKind.FISCAL_YEAR)


def read_year(text: str) -> Reading[int]:
    """Read one year.

    Args:
        text: A cell's text: a year of either era, a fiscal year, or a date whose year counts.

    Returns:
        The year of the Common Era; for a fiscal year the one that it ends in.

    >>> read_year("ปีงบประมาณ พ.ศ. ๒๕๖๘").value
    2025
    >>> [found.code.value for found in read_year("ค.ศ. 2568").notes]
    ['era-conflict']
    """

    def one(plain: str) -> tuple[int | None, tuple[Note, ...]]:
        month, notes = _month(plain)
        if month is not None:
            year = month.start.year
            return year, (note(NoteCode.YEAR_OF_DATE, written=plain, year=year), *notes)
        period, notes = _one_year(plain)
        if period is not None:
            return period.years[1], notes
        if notes:
            return None, notes
        if _years(plain)[0] is not None:
            return None, (note(NoteCode.SEVERAL_YEARS),)
        day, notes = parse_date(plain)
        if day is not None:
            return day.year, (note(NoteCode.YEAR_OF_DATE, written=plain, year=day.year), *notes)
        return None, (note(NoteCode.NOT_A_YEAR),)

    return _read(text, one)


def read_period(text: str) -> Reading[Period]:
    """Read a span of time: a year, a fiscal year, a range of either, a quarter, a month, a day.

    A quarter of a year that is not said to be fiscal is read by the calendar, and its fiscal
    reading is told beside it (QUARTER_OF_CALENDAR).

    >>> read_period("2564-68").value.years
    (2021, 2025)
    >>> read_period("ไตรมาส 2 ปีงบประมาณ 2568").value.start
    datetime.date(2025, 1, 1)
    """

    def period(plain: str) -> _Read:
        for reader in (_month, _one_year, _years, _quarter):
            value, notes = reader(plain)
            if value is not None or notes:
                return value, notes
        day, notes = parse_date(plain)
        if day is not None:
            return Period(day, day, PeriodKind.DAY), notes
        if notes[-1].code in (NoteCode.NOT_A_DATE, NoteCode.DATE_NEEDS_DAY):
            notes = (note(NoteCode.NOT_A_PERIOD),)
        return None, notes

    return _read(text, period)


def _read(text: str, reader: Callable[[str], tuple[T | None, tuple[Note, ...]]]) -> Reading[T]:
    plain = plain_text(text)
    if not plain.readable:
        return Reading(None, plain.mended, plain.notes)
    waits = waiting_note(plain.text)
    value, notes = (None, (waits,)) if waits else reader(plain.text)
    return Reading(value, plain.mended, (*plain.notes, *notes))


def _is_fiscal(lead: str | None) -> bool:
    return bool(lead and re.match(_FISCAL, lead))


def _is_thai(lead: str | None) -> bool:
    return bool(lead and "\u0e01" <= lead[0] <= "\u0e5b")


def _year_period(year: int, *, fiscal: bool, notes: tuple[Note, ...]) -> _Read:
    if not fiscal:
        return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR), notes
    value = fiscal_year(year)
    said = note(
        NoteCode.FISCAL_YEAR, buddhist=buddhist_year(year), start=value.start, end=value.end
    )
    return value, (*notes, said)


def _one_year(plain: str) -> _Read:
    """Read one year, or two that are the same one in both eras; no notes when it is neither."""
    if found := _ONE.fullmatch(plain):
        lead, written = found.groups()
        year, notes = year_of_match(written, thai=_is_thai(lead))
        if year is None:
            return None, notes
        return _year_period(year, fiscal=_is_fiscal(lead), notes=notes)
    if found := _TWICE.fullmatch(plain) or _SLASHED.fullmatch(plain):
        lead, one, other = found.groups()
        first, notes = year_of_match(one)
        second, more = year_of_match(other)
        if first is None or second is None:
            return None, notes or more
        if first == second and one != other:
            said = note(NoteCode.BOTH_ERAS, buddhist=buddhist_year(first), year=first)
            return _year_period(first, fiscal=_is_fiscal(lead), notes=(said,))
        if plain.endswith(")"):  # with a slash it may be a range
            return None, (note(NoteCode.ERA_CONFLICT, written=plain, first=first, second=second),)
    return None, ()


def _years(plain: str) -> _Read:
    """Read a range of years; no notes when it is none."""
    found = _RANGE.fullmatch(plain)
    if not found:
        return None, ()
    lead, one, other = found[1], found[2], found[3]
    start, notes = year_of_match(one, thai=_is_thai(lead))
    if start is None:
        return None, notes
    end, more = _second_year(start, one, other, thai=_is_thai(lead))
    if end is None:
        return None, (*notes, *more)
    if end < start:
        return None, (note(NoteCode.RANGE_REVERSED, first=start, last=end),)
    if found[4] and (year_of_match(found[4])[0], year_of_match(found[5])[0]) != (start, end):
        written = (f"{one}-{other}", f"{found[4]}-{found[5]}")
        said = note(NoteCode.ERA_CONFLICT, written=plain, first=written[0], second=written[1])
        return None, (said,)
    notes = (*notes, *(each for each in more if each not in notes))
    if len(one) == len(other) == 4 and (int(one) > end) != (int(other) > end):
        notes = (*notes, note(NoteCode.MIXED_ERAS, first=start, last=end))
    if not _is_fiscal(lead):
        return Period(date(start, 1, 1), date(end, 12, 31), PeriodKind.YEARS), notes
    value = Period(fiscal_year(start).start, fiscal_year(end).end, PeriodKind.FISCAL_YEARS)
    said = note(NoteCode.FISCAL_YEAR, buddhist=buddhist_year(end), start=value.start, end=value.end)
    return value, (*notes, said)


def _second_year(
    start: int, one: str, other: str, *, thai: bool
) -> tuple[int | None, tuple[Note, ...]]:
    first = re.sub("[^0-9]", "", one)
    if len(other) != 2 or len(first) != 4:
        return year_of_match(other, thai=thai)
    era = Era.BUDDHIST if int(first) - BUDDHIST_ERA_OFFSET == start else Era.COMMON
    return year_of(first[:2] + other, era)  # 2564-68: of the same century and era


def _quarter(plain: str) -> _Read:
    """Read a quarter; no notes when it is none."""
    if found := _QUARTER.fullmatch(plain):
        number, lead, written = int(found[1] or found[2] or found[3]), found[4], found[5]
    elif found := _YEAR_QUARTER.fullmatch(plain):
        number, lead, written = int(found[3]), found[1], found[2]
    else:
        return None, ()
    year, notes = year_of_match(written, thai=True)
    if year is None:
        return None, notes
    calendar = _three_months(year, 3 * number - 2, PeriodKind.QUARTER)
    first = 3 * number + 7  # the fiscal year begins in October of the year before
    fiscal = _three_months(year - (first <= 12), (first - 1) % 12 + 1, PeriodKind.FISCAL_QUARTER)
    if _is_fiscal(lead):
        return fiscal, notes
    if lead and re.search("ปฏิทิน|calendar|cy", lead):
        return calendar, notes
    said = note(
        NoteCode.QUARTER_OF_CALENDAR,
        start=calendar.start,
        end=calendar.end,
        fiscal_start=fiscal.start,
        fiscal_end=fiscal.end,
    )
    return calendar, (*notes, said)


def _three_months(year: int, month: int, kind: PeriodKind) -> Period:
    last = month + 2
    return Period(date(year, month, 1), date(year, last, monthrange(year, last)[1]), kind)


def _month(plain: str) -> _Read:
    """Read a month of a year; no notes when it is none."""
    if found := _MONTH.fullmatch(plain):
        month = month_number(found[1])
        thai = not found[1].isascii()
        year, notes = year_of_match(found[2], thai=thai, english=not thai)
    elif found := _MONTH_NUMBER.fullmatch(plain):
        month, written = int(found[1] or found[4]), found[2] or found[3]
        if found[3] and month > int(found[3][2:]):  # 2001-05: May 2001, or five years
            first, second = f"{found[3]}-{found[3][:2]}{found[4]}", f"{found[4]}/{found[3]}"
            said = note(NoteCode.YEAR_AMBIGUOUS, written=plain, first=first, second=second)
            return None, (said,)
        year, notes = year_of(written, None)
    else:
        return None, ()
    if not 1 <= month <= 12:
        return None, ()
    if year is None:
        return None, notes
    last = date(year, month, monthrange(year, month)[1])
    return Period(date(year, month, 1), last, PeriodKind.MONTH), notes
