"""Dates as people write them: Thai, ISO and English, both eras, Excel's serial numbers."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date, timedelta

from somswd_kg.drafts.eras import YEAR, year_of, year_of_match
from somswd_kg.drafts.notes import Note, NoteCode, Reading, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import plain_text
from somswd_kg.drafts.waiting import waiting_note
from somswd_kg.drafts.words import MONTHS, WEEKDAYS
from somswd_kg.language import BUDDHIST_ERA_OFFSET

__all__ = ["MONTH", "date_from_serial", "month_number", "read_date"]


def _month_pattern(name: str) -> str:
    if name.isascii():
        return rf"{name}\.?"
    return r"\.? ?".join(re.escape(part) for part in name.strip(".").split(".")) + r"\.?"


MONTH = f"(?:{'|'.join(_month_pattern(name) for name in sorted(MONTHS, key=len, reverse=True))})"
"""A pattern without groups for a month's name in plain text."""

_BY_LETTERS = {name.replace(".", ""): number for name, number in MONTHS.items()}
_TIME = (
    r"(?:(?:t| |, ?| ?เวลา ?)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:z| ?[+-][0-9]{2}:?[0-9]{2}| ?น\.?)?)"
)
_OPENING = Pattern(rf"^(?:ณ )?(?:วัน)?(?:(?:{'|'.join(WEEKDAYS)})(?:ที่|,| )+|ที่ ?)?(?:on |ณ )?\s*")
_NAMED = Pattern(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)? ?[-/]?(?:of |เดือน ?)?({MONTH})"
    rf" ?[-/]?,? ?(?:ปี ?)?({YEAR})({_TIME})?"
)
_MONTH_DAY = Pattern(rf"({MONTH}) ?([0-9]{{1,2}})(?:st|nd|rd|th)?,? ({YEAR})({_TIME})?")
_ISO = Pattern(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})({_TIME})?")
_COMPACT = Pattern(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERIC = Pattern(rf"([0-9]{{1,2}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?({YEAR})({_TIME})?")
_SERIAL = Pattern(r"[0-9]{5,6}(?:\.[0-9]+)?")
_PARTIAL = Pattern(
    rf"(?:(?:ปี ?)?{YEAR}|{MONTH},? ?(?:ปี ?)?{YEAR}|[0-9]{{1,2}}/[0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}})"
)

_PHANTOM = 60  # Excel's 29 February 1900, which never was
_LAST_SERIAL = 2_958_465  # 31 December 9999
_EPOCH = date(1899, 12, 30)
_PLAIN_SERIALS = ((20_000, 80_000), (198_000, 307_000))  # 1954-2119, and the same years + 543


def month_number(name: str) -> int:
    """Give the number of a month whose name `MONTH` matches.

    >>> month_number("ก. ย.")
    9
    """
    return _BY_LETTERS[name.replace(".", "").replace(" ", "")]


def read_date(text: str) -> Reading[date]:
    """Read a date.

    Args:
        text: A cell's text. A number of five or six digits is taken as an Excel serial.

    Returns:
        The day in the Common Era. A month or a year alone has no value and says DATE_NEEDS_DAY.
        Day before month, as Thais write, where both orders are possible (DAY_FIRST says so).

    >>> read_date("วันพุธที่ ๒๒ ก.ย. ๖๔").value
    datetime.date(2021, 9, 22)
    """
    plain = plain_text(text)
    if not plain.readable:
        return Reading(None, plain.mended, plain.notes)
    waits = waiting_note(plain.text)
    if waits:
        return Reading(None, plain.mended, (*plain.notes, waits))
    value, notes = parse_date(plain.text)
    if value is not None and not any(each.code is NoteCode.DATE_FROM_SERIAL for each in notes):
        notes = (note(NoteCode.DATE_FROM_TEXT, written=plain.mended, date=value), *notes)
    return Reading(value, plain.mended, (*plain.notes, *notes))


def parse_date(text: str) -> tuple[date | None, tuple[Note, ...]]:
    """Read a date in plain text; where there is none, the last note says why."""
    if _SERIAL.fullmatch(text):
        serial = float(text)
        if any(low <= serial <= high for low, high in _PLAIN_SERIALS):
            read = date_from_serial(serial)
            return read.value, read.notes
        if len(text) == 5:
            return None, (note(NoteCode.NOT_A_DATE),)
    opening = _OPENING.match(text)
    body = text[opening.end() :] if opening else text
    if found := _NAMED.fullmatch(body):
        day, month, year, time = found.groups()
        return _checked(text, int(day), month_number(month), _worded(year, month), time)
    if found := _MONTH_DAY.fullmatch(body):
        month, day, year, time = found.groups()
        return _checked(text, int(day), month_number(month), _worded(year, month), time)
    if found := _ISO.fullmatch(body):
        return _checked(text, int(found[4]), int(found[3]), year_of(found[1], None), found[5])
    if found := _COMPACT.fullmatch(body):
        return _checked(text, int(found[3]), int(found[2]), year_of(found[1], None), None)
    if found := _NUMERIC.fullmatch(body):
        return _numeric(text, int(found[1]), int(found[3]), year_of_match(found[4]), found[5])
    if _PARTIAL.fullmatch(body):
        return None, (note(NoteCode.DATE_NEEDS_DAY),)
    return None, (note(NoteCode.NOT_A_DATE),)


_Year = tuple[int | None, tuple[Note, ...]]


def _worded(year: str, month: str) -> _Year:
    return year_of_match(year, thai=not month.isascii(), english=month.isascii())


def _numeric(
    text: str, first: int, second: int, year: _Year, time: str | None
) -> tuple[date | None, tuple[Note, ...]]:
    if second > 12 >= first:
        value, notes = _checked(text, second, first, year, time)
        if value is not None:
            notes = (*notes, note(NoteCode.MONTH_FIRST, written=text, date=value))
        return value, notes
    value, notes = _checked(text, first, second, year, time)
    # a Buddhist year shows that a Thai wrote it; Americans put the month first
    if value is not None and value.day <= 12 and value.day != value.month and not year[1]:
        other = date(value.year, value.day, value.month)
        notes = (*notes, note(NoteCode.DAY_FIRST, written=text, date=value, other=other))
    return value, notes


def _checked(
    text: str, day: int, month: int, year: _Year, time: str | None
) -> tuple[date | None, tuple[Note, ...]]:
    number, notes = year
    if number is None:
        return None, notes
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(number, month)[1]:
        return None, (*notes, note(NoteCode.DATE_IMPOSSIBLE, written=text))
    if time and re.search("[1-9]", time):
        notes = (*notes, note(NoteCode.TIME_DROPPED, written=time.strip()))
    return date(number, month, day), notes


def date_from_serial(serial: float) -> Reading[date]:
    """Read one of Excel's serial numbers, counted from 1900.

    A Buddhist year that Excel took for a Common one (22/9/2568 typed into an English Excel is a
    day of the year 2568) is brought back, and said.

    >>> date_from_serial(45922).value, date_from_serial(244249).value
    (datetime.date(2025, 9, 22), datetime.date(2025, 9, 22))
    """
    written = f"{serial:.10g}"
    impossible = (note(NoteCode.DATE_IMPOSSIBLE, written=written),)
    if not math.isfinite(serial) or not 1 <= serial < _LAST_SERIAL + 1:
        return Reading(None, written, impossible)
    days = math.floor(serial)
    if days == _PHANTOM:
        return Reading(None, written, impossible)
    value = _EPOCH + timedelta(days + (days < _PHANTOM))
    notes: tuple[Note, ...] = ()
    if value.year > 2400:
        year, notes = year_of(str(value.year), None)
        if year is None or value.day > monthrange(year, value.month)[1]:
            return Reading(None, written, (*notes, *impossible))
        value = value.replace(year=value.year - BUDDHIST_ERA_OFFSET)
    notes = (note(NoteCode.DATE_FROM_SERIAL, written=written, date=value), *notes)
    if serial != days:
        notes = (*notes, note(NoteCode.TIME_DROPPED, written=written))
    return Reading(value, written, notes)
