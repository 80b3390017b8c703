"""Numbers as people write them in cells: Thai digits, thousands, per cent, ล้าน, with a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from somswd_kg.drafts.notes import Note, NoteCode, Reading, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import plain_text
from somswd_kg.drafts.waiting import waiting_note
from somswd_kg.drafts.words import APPROXIMATE, MULTIPLIERS

__all__ = ["NUMBER", "Quantity", "is_mistyped", "number_of", "parse_quantity", "read_number"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number with what stands around it.

    Attributes:
        value: The number as it stands: 85 for ร้อยละ 85 and for 85%, 0.85 for 0.85.
        percent: Whether ร้อยละ, % or the like says that it is a share of a hundred.
        unit: What follows the number (คน, ครั้ง, countries); empty when nothing does.
    """

    value: Decimal
    percent: bool = False
    unit: str = ""


_DIGITS = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)?|\.[0-9]+"
)
_MULTIPLIER = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_PERCENT_BEFORE = r"(?:คิดเป็น ?)?(?:ร้อยละ|เปอร์เซ็นต์)"
_PERCENT_AFTER = r"%|เปอร์เซ็นต์|เปอร์เซนต์|per ?cent|percent(?:age points?)?"
NUMBER = (
    rf"(?:{_PERCENT_BEFORE} ?)?[+-]?(?:{_DIGITS})(?:e[+-]?[0-9]{{1,2}})?"
    rf"(?: ?(?:{_PERCENT_AFTER}))?(?: ?(?:{_MULTIPLIER}))?"
)
"""A pattern without groups for a number in plain text."""

_PARTS = Pattern(
    rf"(?P<before>{_PERCENT_BEFORE} ?)?(?P<sign>[+-])?(?P<digits>{_DIGITS})"
    rf"(?P<power>e[+-]?[0-9]{{1,2}})?(?: ?(?P<after>{_PERCENT_AFTER}))?"
    rf"(?: ?(?P<times>{_MULTIPLIER}))?"
)
_ABOUT = Pattern(
    rf"^(?:{'|'.join(re.escape(word) for word in sorted(APPROXIMATE, key=len, reverse=True))}) ?"
)
_WHOLE = Pattern(rf"(?P<lead>จำนวน ?)?(?P<number>{NUMBER})(?P<unit>(?:[^0-9+\-.,%e].*)?)")
_DECIMAL_COMMA = Pattern(r"[0-9]+,[0-9]+")
_MISTYPED = Pattern(r"[0-9](?:[ol](?![a-z])|\.\.|,,)")

_MOST_DIGITS = 30


def number_of(written: str) -> tuple[Decimal | None, bool, tuple[Note, ...]]:
    """Read what `NUMBER` matches: its value, whether it is a per cent, and notes.

    >>> number_of("ร้อยละ 1,250.5")[:2]
    (Decimal('1250.5'), True)
    """
    found = _PARTS.fullmatch(written)
    if found is None or len(re.sub("[^0-9]", "", found["digits"])) > _MOST_DIGITS:
        return None, False, (note(NoteCode.NOT_A_NUMBER),)
    digits, notes = found["digits"], []
    if re.search(r",[0-9]{3}(?![0-9])|[0-9] [0-9]", digits):
        notes.append(note(NoteCode.GROUPED_DIGITS, written=digits))
        digits = digits.replace(",", "").replace(" ", "")
    elif _DECIMAL_COMMA.fullmatch(digits):
        first, second = digits.replace(",", ""), digits.replace(",", ".")
        said = note(NoteCode.NUMBER_AMBIGUOUS, written=digits, first=first, second=second)
        return None, False, (said,)
    value = Decimal((found["sign"] or "") + digits + (found["power"] or ""))
    if found["times"]:
        factor = MULTIPLIERS[found["times"]]
        value *= factor
        notes.append(note(NoteCode.MULTIPLIER, word=found["times"], factor=factor))
    if found["power"] or found["times"]:
        value = Decimal(f"{value.normalize():f}")
    return value, bool(found["before"] or found["after"]), tuple(notes)


def is_mistyped(text: str) -> bool:
    """Tell whether a letter stands in the place of a digit, or a mark twice.

    >>> is_mistyped("6O"), is_mistyped("60.."), is_mistyped("60 litres")
    (True, True, False)
    """
    return _MISTYPED.search(plain_text(text).text) is not None


def parse_quantity(plain: str) -> tuple[Quantity | None, tuple[Note, ...]]:
    """Read a quantity in plain text; where there is none, the last note says why."""
    notes: tuple[Note, ...] = ()
    about = _ABOUT.match(plain)
    if about:
        notes = (note(NoteCode.APPROXIMATE, word=about.group().strip()),)
        plain = plain[about.end() :]
    found = _WHOLE.fullmatch(plain)
    if found is None:
        several = len(re.findall(r"[0-9]+", plain)) > 1
        code = NoteCode.SEVERAL_NUMBERS if several else NoteCode.NOT_A_NUMBER
        return None, (*notes, note(code))
    unit = found["unit"].strip()
    if re.search("[0-9]", unit):
        return None, (*notes, note(NoteCode.SEVERAL_NUMBERS))
    value, percent, more = number_of(found["number"])
    if value is None:
        return None, (*notes, *more)
    if unit:
        more = (*more, note(NoteCode.UNIT_IN_CELL, unit=unit))
    return Quantity(value, percent, unit), (*notes, *more)


def read_number(text: str) -> Reading[Quantity]:
    """Read a number, with its unit where one stands in the cell.

    Whether a share is to be written 85 or 0.85 is the column's to know, so nothing is divided.

    >>> read_number("ร้อยละ ๘๕").value
    Quantity(value=Decimal('85'), percent=True, unit='')
    >>> read_number("1,250 คน").value
    Quantity(value=Decimal('1250'), percent=False, unit='คน')
    >>> [found["kind"] for found in read_number("TBC").notes]
    ['pending']
    """
    plain = plain_text(text)
    if not plain.readable:
        return Reading(None, plain.mended, plain.notes)
    waits = waiting_note(plain.text)
    value, notes = (None, (waits,)) if waits else parse_quantity(plain.text)
    return Reading(value, plain.mended, (*plain.notes, *notes))
