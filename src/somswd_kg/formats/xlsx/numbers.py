"""Numbers of cells: which styles show dates or per cents, and what a serial number stands for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from lxml import etree

__all__ = ["Look", "date_text", "looks", "number_text"]


@dataclass(frozen=True, slots=True)
class Look:
    """Say how a style shows a number."""

    date: bool = False
    percent: bool = False


PLAIN = Look()

# Formats that a file names by number only (ECMA-376 part 1, 18.8.30, with the lists for East Asia
# and Thailand); those that show a time of day alone are not dates.
_DATE_IDS = frozenset(
    (*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58, 71, 72, 73, 74, 77, 81)
)
_PERCENT_IDS = frozenset((9, 10, 67, 68))
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|e[+-]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+|ช+|น+|ท+)\]", re.IGNORECASE)


def look_of(code: str) -> Look:
    """Read a number format.

    >>> look_of('[$-D07041E]d mmmm bbbb').date, look_of('0.0%').percent, look_of('"ปี" 0').date
    (True, True, False)
    """
    first = code.split(";", 1)[0]
    if first.strip().lower() in ("general", "standard", "@") or _ELAPSED.search(first):
        return PLAIN
    shown = _NOT_SHOWN.sub("", first).lower()
    if re.search("[0#?]", re.sub(r"s\.0+", "s", shown)):  # a place for a digit
        return Look(percent="%" in shown)
    months = "m" in shown and not re.search("[hs]", shown)
    return Look(date=months or bool(re.search("[dybวดป]", shown)))


def looks(styles: etree._Element) -> tuple[Look, ...]:
    """List how each cell style of a styles part shows numbers."""
    codes: dict[str, Look] = {}
    for each in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[each.get("numFmtId", "")] = look_of(each.get("formatCode", ""))
    found = []
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        identifier = style.get("numFmtId", "0")
        if identifier in codes:
            found.append(codes[identifier])
        elif identifier.isdecimal() and len(identifier) < 6:
            number = int(identifier)
            found.append(Look(number in _DATE_IDS, number in _PERCENT_IDS))
        else:
            found.append(PLAIN)
    return tuple(found)


_NUMBER = re.compile(r"\s*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)\s*")


def number_text(written: str) -> str | None:
    """Write a cell's number in the shortest way that means the same to Excel; None: it is none.

    >>> number_text("0.28999999999999998"), number_text("2568.0"), number_text("1E-3")
    ('0.29', '2568', '0.001')
    """
    if written.isascii() and written.isdecimal() and len(written) < 16:
        return str(int(written))
    found = _NUMBER.fullmatch(written)
    value = float(found[1]) if found and len(written) < 400 else math.nan
    if not math.isfinite(value):
        return None
    text = repr(value)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


_PHANTOM = 60  # 29 February 1900
_LAST = 2_958_465
_SINCE_1900, _SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


def date_text(number: str, *, since_1904: bool) -> str | None:
    """Write a serial number as an ISO 8601 date, with the time where it has one; None: no date.

    >>> date_text("45922", since_1904=False), date_text("45922.5", since_1904=False)
    ('2025-09-22', '2025-09-22T12:00:00')
    """
    serial = float(number)
    if since_1904:
        if not 0 <= serial <= _LAST - 1462:
            return None
        moment = _SINCE_1904 + timedelta(days=serial)
    else:
        if not 1 <= serial < _LAST or math.floor(serial) == _PHANTOM:
            return None
        moment = _SINCE_1900 + timedelta(days=serial + (serial < _PHANTOM))
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    text = moment.isoformat()
    return text.removesuffix("T00:00:00")
