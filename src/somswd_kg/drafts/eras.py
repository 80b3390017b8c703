"""Which year is meant: Buddhist or Common Era, four digits or two."""

from __future__ import annotations

import re
from enum import StrEnum

from somswd_kg.drafts.notes import Note, NoteCode, note
from somswd_kg.language import BUDDHIST_ERA_OFFSET, buddhist_year

__all__ = ["YEAR", "Era", "year_of", "year_of_match"]

_BUDDHIST = r"(?:พ\.? ?ศ\.?|พุทธศักราช|b\.? ?e\.?(?![a-z]))"
_COMMON = r"(?:ค\.? ?ศ\.?|คริสต์ศักราช|คริสตศักราช|a\.? ?d\.?(?![a-z])|c\.? ?e\.?(?![a-z]))"
YEAR = (
    rf"(?:{_BUDDHIST}|{_COMMON})? ?['’]?(?:[0-9]{{4}}(?:\.0+)?|[0-9],[0-9]{{3}}|[0-9]{{2}})"
    rf"(?: ?(?:{_BUDDHIST}|{_COMMON}))?(?![0-9])"
)
"""A pattern without groups for one year with or without its era, in plain text."""

_FIRST, _LAST = 1900, 2199  # what a plan can be about; the Buddhist years for these do not overlap
_PIVOT = 50  # พ.ศ. 2550 is 2007; a two-digit year below this may be of either era


class Era(StrEnum):
    """Name an era that years are counted in."""

    BUDDHIST = "buddhist"
    COMMON = "common"


def year_of(
    digits: str, era: Era | None, *, thai: bool = False, english: bool = False
) -> tuple[int | None, tuple[Note, ...]]:
    """Decide which year two or four digits mean.

    Args:
        digits: Two or four Arabic digits.
        era: The era that is written beside them; None when none is.
        thai: Thai words stand beside it, so that two digits are rather of the Buddhist Era.
        english: English words do, so that two digits below 50 are of the Common Era.

    Returns:
        The year of the Common Era, or None, and how it was decided.

    >>> year_of("2568", None)[0], year_of("68", None)[0], year_of("25", None)[0]
    (2025, 2025, None)
    """
    number = int(digits)
    if len(digits) == 2:
        return _two_digits(digits, number, era, english=english and not thai)
    as_buddhist = number - BUDDHIST_ERA_OFFSET
    buddhist, common = _FIRST <= as_buddhist <= _LAST, _FIRST <= number <= _LAST
    if (era is Era.BUDDHIST and common) or (era is Era.COMMON and buddhist):
        year = number if common else as_buddhist
        other = as_buddhist if common else number
        return None, (note(NoteCode.ERA_CONFLICT, written=digits, first=year, second=other),)
    if buddhist:
        return as_buddhist, (_said(NoteCode.BUDDHIST_YEAR, digits, as_buddhist),)
    if common:
        return number, ()
    return None, (note(NoteCode.YEAR_OUT_OF_RANGE, written=digits),)


def _two_digits(
    digits: str, number: int, era: Era | None, *, english: bool
) -> tuple[int | None, tuple[Note, ...]]:
    buddhist, common = 2500 + number - BUDDHIST_ERA_OFFSET, 2000 + number
    if era is Era.BUDDHIST or (era is None and number >= _PIVOT):
        return buddhist, (_said(NoteCode.TWO_DIGIT_YEAR, digits, buddhist),)
    if number < _PIVOT and (era is Era.COMMON or english):
        return common, (_said(NoteCode.TWO_DIGIT_YEAR, digits, common),)
    first = buddhist if era is None else 1900 + number
    return None, (note(NoteCode.YEAR_AMBIGUOUS, written=digits, first=first, second=common),)


def _said(code: NoteCode, written: str, year: int) -> Note:
    return note(code, written=written, buddhist=buddhist_year(year), year=year)


def year_of_match(
    text: str, *, thai: bool = False, english: bool = False
) -> tuple[int | None, tuple[Note, ...]]:
    """Decide which year a text means that `YEAR` matches as a whole.

    >>> year_of_match("ค.ศ. 2025")[0]
    2025
    """
    era = None
    if re.search(_BUDDHIST, text):
        era = Era.BUDDHIST
    elif re.search(_COMMON, text):
        era = Era.COMMON
    digits = re.sub(r"\.0+|[^0-9]", "", text)
    return year_of(digits, era, thai=thai or "\u0e01" <= text[:1] <= "\u0e5b", english=english)
