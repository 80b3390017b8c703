"""The two languages: which text to show, how Thai is sorted, years of both eras, Thai digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

__all__ = [
    "BUDDHIST_ERA_OFFSET",
    "FIRST_BUDDHIST_YEAR",
    "NO_TEXT",
    "Language",
    "Text",
    "arabic_digits",
    "buddhist_year",
    "collation",
    "display_width",
    "has_thai",
    "label",
    "local_name",
    "numeric",
    "splits_cluster",
    "thai_date",
    "thai_digits",
    "thai_text_of_date",
    "thai_year",
]

BUDDHIST_ERA_OFFSET = 543
"""What is added to a Common-Era year; since 1941 the years of both eras begin on 1 January."""

FIRST_BUDDHIST_YEAR = 2400
"""From here on a year is taken for one of the Buddhist Era: 2400 is CE 1857."""

_THAI_SIGN = re.compile("[\u0e01-\u0e5b]")
_ARABIC, _THAI = digits, "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)


class Language(StrEnum):
    """Name a language that answers and findings come in."""

    EN = "en"
    TH = "th"

    @property
    def other(self) -> Language:
        """Name the one to fall back to."""
        return Language.TH if self is Language.EN else Language.EN


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one text in both languages.

    Attributes:
        en: English; empty when there is none.
        th: Thai; empty when there is none.

    >>> Text("goal", "").in_(Language.TH)
    'goal'
    """

    en: str = ""
    th: str = ""

    def in_(self, language: Language) -> str:
        """Give the text in a language, or in the other where it lacks."""
        first, second = (self.th, self.en) if language is Language.TH else (self.en, self.th)
        return first or second

    def __bool__(self) -> bool:
        return bool(self.en or self.th)

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        # Thousands are kept between runs, and a dataclass with slots is slow to restore itself.
        return Text, (self.en, self.th)


NO_TEXT = Text()
"""What stands where nothing is said."""


def local_name(iri: str) -> str:
    """Give the part of an IRI after its last `#`, `/` or `:`.

    >>> local_name("https://w3id.org/somswd-kg/code/target-group/older-persons")
    'older-persons'
    """
    return re.split(r"[#/:]", iri.rstrip("#/:"))[-1] or iri


def label(text: Text, iri: str, language: Language) -> str:
    """Say what to call a thing: its label, else the other language's, else the IRI's local name.

    >>> label(Text(), "https://w3id.org/somswd-kg/id/body/acwc", Language.TH)
    'acwc'
    """
    return text.in_(language) or local_name(iri)


# -- years, dates, digits ---------------------------------------------------------------------


def arabic_digits(text: str) -> str:
    """Write Thai digits as Arabic ones.

    >>> arabic_digits("พ.ศ. ๒๕๖๘")
    'พ.ศ. 2568'
    """
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Write Arabic digits as Thai ones.

    >>> thai_digits("1,250 คน")
    '๑,๒๕๐ คน'
    """
    return text.translate(_TO_THAI)


def buddhist_year(year: int) -> int:
    """Turn a Common-Era year into a Buddhist-Era one.

    >>> buddhist_year(2025)
    2568
    """
    return year + BUDDHIST_ERA_OFFSET


def thai_year(year: int) -> str:
    """Write a Common-Era year as a Thai officer does, the Common Era in brackets.

    >>> thai_year(2025)
    'พ.ศ. 2568 (ค.ศ. 2025)'
    """
    return f"พ.ศ. {buddhist_year(year)} (ค.ศ. {year})"


def thai_date(day: date) -> str:
    """Write a date in Thai, its year in the Buddhist Era.

    >>> thai_date(date(2022, 2, 22))
    '22 กุมภาพันธ์ 2565'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {buddhist_year(day.year)}"


def thai_text_of_date(text: str) -> str:
    """Write a date of ISO 8601 in Thai; what is none stays as it is.

    >>> thai_text_of_date("2026-02-01"), thai_text_of_date("soon")
    ('1 กุมภาพันธ์ 2569', 'soon')
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return thai_date(day) if day.year < FIRST_BUDDHIST_YEAR else text


# -- Thai writing -----------------------------------------------------------------------------


def has_thai(text: str) -> bool:
    """Tell whether a text has a Thai sign in it.

    >>> has_thai("KRA ข้อ 1"), has_thai("KRA 1")
    (True, False)
    """
    return _THAI_SIGN.search(text) is not None


def splits_cluster(text: str, offset: int) -> bool:
    """Tell whether a cut at `offset` would part a letter from its vowel sign or tone mark.

    >>> splits_cluster("ที่", 1), splits_cluster("ที่", 3)
    (True, False)
    """
    return 0 < offset < len(text) and _is_mark(text[offset])


def _is_mark(sign: str) -> bool:
    """Tell whether a sign stands on or under the one before it; ำ closes the cluster it is in."""
    return unicodedata.category(sign) in ("Mn", "Me") or sign == "ำ"


@cache
def _sign_width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def display_width(text: str) -> int:
    """Count the columns that a text takes on a terminal; Thai marks take none.

    >>> display_width("ที่"), display_width("ค่าฐาน")
    (1, 5)
    """
    return len(text) if text.isascii() else sum(map(_sign_width, text))


# -- collation --------------------------------------------------------------------------------

# Signs in the order of the Unicode Collation Algorithm's default table, as far as plans use them.
_PRIMARY = (
    " _-\u2010\u2012\u2013\u2014\u2015,;:!?.·'‘’\"“”«»()[]{}§@*/\\&#%•๏๚๛`^°©→+±×<=>|~ๆ$฿"
    + digits
    + ascii_lowercase
    + "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E46))))
)
_WEIGHT = {sign: rank for rank, sign in enumerate(_PRIMARY, 1)}
# Second level: marks, which count only when all letters are alike.
_MARKS = {mark: weight for weight, mark in enumerate("๎็่้๊๋์ํ", 1)}
# Third level: signs that else weigh what another does.
_ALIKE = dict(zip(ascii_uppercase, ascii_lowercase, strict=True)) | {
    "\u00a0": " ",
    "\u2011": "\u2010",
    "…": "...",
}
_VARIANT = (
    {"…": (1, 1, 1)} | dict.fromkeys(ascii_uppercase, (2,)) | {"\u00a0": (3,), "\u2011": (3,)}
)
_FOLD = str.maketrans(_ALIKE | dict(zip(_THAI, _ARABIC, strict=True)))
_SWAPPED = re.compile("([เแโใไ])([ก-ฮ])")
_FAST = frozenset(_WEIGHT) | frozenset(_MARKS) | frozenset(_ALIKE) | frozenset(_THAI)

CollationKey = tuple[tuple[int, ...], ...]


def _fast_key(text: str) -> CollationKey:
    joined = unicodedata.normalize("NFD", text).replace("ํา", "ำ")
    swapped = _SWAPPED.sub(r"\2\1", joined)
    folded = swapped.translate(_FOLD)
    primary = tuple(_WEIGHT[sign] for sign in folded if sign not in _MARKS)
    secondary = tuple(_MARKS.get(sign, 0) for sign in folded)
    tertiary = tuple(chain.from_iterable(_VARIANT.get(sign, (0,)) for sign in swapped))
    return primary, secondary, tertiary


@cache
def _unicode_collator() -> Callable[[str], Any]:
    from pyuca import Collator  # reads a large table: only for signs that the fast key lacks

    key: Callable[[str], Any] = Collator().sort_key
    return key


def collation(texts: Iterable[str]) -> Callable[[str], Any]:
    """Choose a key by which these texts sort as a Thai dictionary does.

    A leading vowel counts after its consonant, tone marks only between words that are else alike.
    The key is that of the Unicode Collation Algorithm; texts with signs from outside Thai, Latin
    and common punctuation take the whole algorithm, which is slow to start.

    >>> sorted(["แผนงาน", "ประธาน", "เป้าหมาย"], key=collation(["แผนงาน", "ประธาน", "เป้าหมาย"]))
    ['ประธาน', 'เป้าหมาย', 'แผนงาน']
    """
    if all(_FAST.issuperset(text) for text in texts):
        return _fast_key
    return _unicode_collator()


def numeric(text: str) -> Decimal | None:
    """Read a number written with Arabic or Thai digits, or say that it is none.

    >>> numeric("๑,๒๕๐")
    Decimal('1250')
    """
    plain = arabic_digits(text).replace(",", "").strip()
    return Decimal(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) else None
