"""The words by which people write dates, numbers and targets in cells: tables only.

Texts are compared in lower case, with Arabic digits and without doubled blanks. Where a table is
searched, longer entries win over shorter ones, so the order within a table says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "APPROXIMATE",
    "CHANGES",
    "COMPARISONS",
    "COUNT_WORDS",
    "EVERY",
    "FROM_BASELINE",
    "LEADING_WORDS",
    "MONTHS",
    "MULTIPLIERS",
    "OLD_FONT_GLYPHS",
    "OR_MORE",
    "PERIODS",
    "WAITING",
    "WEEKDAYS",
    "Change",
    "Comparison",
    "Span",
    "Waiting",
]


class Comparison(StrEnum):
    """Name how a value is to stand to its target."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"


class Change(StrEnum):
    """Name whether a target is a level or a change of one."""

    NONE = "none"
    RISE = "rise"
    FALL = "fall"


class Span(StrEnum):
    """Name the span of time that a count is for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


class Waiting(StrEnum):
    """Name what stands in a cell in the place of a value."""

    BLANK = "blank"
    """A dash: nothing is said."""
    NONE = "none"
    """ไม่มี: says that there is none, which may be true."""
    NOT_APPLICABLE = "not-applicable"
    PENDING = "pending"
    """To be confirmed, being worked on, waiting for figures."""
    UNSPECIFIC = "unspecific"
    """As appropriate: a target that binds nobody."""


WAITING: Mapping[str, Waiting] = MappingProxyType(
    {
        "-": Waiting.BLANK,
        "--": Waiting.BLANK,
        "---": Waiting.BLANK,
        "...": Waiting.BLANK,
        "…": Waiting.BLANK,
        ".": Waiting.BLANK,
        "?": Waiting.BLANK,
        "xxx": Waiting.BLANK,
        "ไม่มี": Waiting.NONE,
        "ไม่มีข้อมูล": Waiting.NONE,
        "ยังไม่มี": Waiting.NONE,
        "ยังไม่มีข้อมูล": Waiting.NONE,
        "none": Waiting.NONE,
        "nil": Waiting.NONE,
        "no data": Waiting.NONE,
        "not available": Waiting.NONE,
        "n/a": Waiting.NOT_APPLICABLE,
        "n.a.": Waiting.NOT_APPLICABLE,
        "n.a": Waiting.NOT_APPLICABLE,
        "na": Waiting.NOT_APPLICABLE,
        "#n/a": Waiting.NOT_APPLICABLE,
        "not applicable": Waiting.NOT_APPLICABLE,
        "ไม่เกี่ยวข้อง": Waiting.NOT_APPLICABLE,
        "tbc": Waiting.PENDING,
        "t.b.c.": Waiting.PENDING,
        "tba": Waiting.PENDING,
        "tbd": Waiting.PENDING,
        "t.b.d.": Waiting.PENDING,
        "to be confirmed": Waiting.PENDING,
        "to be determined": Waiting.PENDING,
        "to be announced": Waiting.PENDING,
        "to be collected": Waiting.PENDING,
        "pending": Waiting.PENDING,
        "in progress": Waiting.PENDING,
        "ongoing": Waiting.PENDING,
        "อยู่ระหว่างดำเนินการ": Waiting.PENDING,
        "อยู่ในระหว่างดำเนินการ": Waiting.PENDING,
        "อยู่ระหว่างการดำเนินการ": Waiting.PENDING,
        "ระหว่างดำเนินการ": Waiting.PENDING,
        "อยู่ระหว่างจัดเก็บข้อมูล": Waiting.PENDING,
        "อยู่ระหว่างรวบรวมข้อมูล": Waiting.PENDING,
        "อยู่ระหว่างพิจารณา": Waiting.PENDING,
        "รอข้อมูล": Waiting.PENDING,
        "รอยืนยัน": Waiting.PENDING,
        "รอการยืนยัน": Waiting.PENDING,
        "รอกำหนด": Waiting.PENDING,
        "จะกำหนดภายหลัง": Waiting.PENDING,
        "ยังไม่กำหนด": Waiting.PENDING,
        "ยังไม่ระบุ": Waiting.PENDING,
        "ตามความเหมาะสม": Waiting.UNSPECIFIC,
        "ตามที่เหมาะสม": Waiting.UNSPECIFIC,
        "ตามสมควร": Waiting.UNSPECIFIC,
        "as appropriate": Waiting.UNSPECIFIC,
        "as needed": Waiting.UNSPECIFIC,
    }
)
"""Words that wait for a value; compared whole."""

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                ("มกราคม", "ม.ค.", "มกรา", "january", "jan"),
                ("กุมภาพันธ์", "ก.พ.", "กุมภา", "february", "feb"),
                ("มีนาคม", "มี.ค.", "มีนา", "march", "mar"),
                ("เมษายน", "เม.ย.", "เมษา", "april", "apr"),
                ("พฤษภาคม", "พ.ค.", "พฤษภา", "may"),
                ("มิถุนายน", "มิ.ย.", "มิถุนา", "june", "jun"),
                ("กรกฎาคม", "ก.ค.", "กรกฎา", "กรกฏาคม", "july", "jul"),
                ("สิงหาคม", "ส.ค.", "สิงหา", "august", "aug"),
                ("กันยายน", "ก.ย.", "กันยา", "september", "sept", "sep"),
                ("ตุลาคม", "ต.ค.", "ตุลา", "october", "oct"),
                ("พฤศจิกายน", "พ.ย.", "พฤศจิกา", "november", "nov"),
                ("ธันวาคม", "ธ.ค.", "ธันวา", "december", "dec"),
            ),
            1,
        )
        for name in names
    }
)
"""Names of months to their numbers; dots and blanks do not count when they are compared."""

WEEKDAYS = (
    *("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)

COMPARISONS: Mapping[str, Comparison] = MappingProxyType(
    {
        "ไม่น้อยกว่า": Comparison.GE,
        "ไม่ต่ำกว่า": Comparison.GE,
        "อย่างน้อย": Comparison.GE,
        "ตั้งแต่": Comparison.GE,
        "มากกว่าหรือเท่ากับ": Comparison.GE,
        "at least": Comparison.GE,
        "no less than": Comparison.GE,
        "not less than": Comparison.GE,
        "no fewer than": Comparison.GE,
        "not fewer than": Comparison.GE,
        "minimum of": Comparison.GE,
        "minimum": Comparison.GE,
        "min.": Comparison.GE,
        "≥": Comparison.GE,
        ">=": Comparison.GE,
        "=>": Comparison.GE,
        "มากกว่า": Comparison.GT,
        "สูงกว่า": Comparison.GT,
        "เกินกว่า": Comparison.GT,
        "เกิน": Comparison.GT,
        "more than": Comparison.GT,
        "greater than": Comparison.GT,
        "over": Comparison.GT,
        "above": Comparison.GT,
        "exceeding": Comparison.GT,
        ">": Comparison.GT,
        "ไม่เกินกว่า": Comparison.LE,
        "ไม่เกิน": Comparison.LE,
        "ไม่มากกว่า": Comparison.LE,
        "ไม่สูงกว่า": Comparison.LE,
        "อย่างมาก": Comparison.LE,
        "น้อยกว่าหรือเท่ากับ": Comparison.LE,
        "at most": Comparison.LE,
        "no more than": Comparison.LE,
        "not more than": Comparison.LE,
        "up to": Comparison.LE,
        "maximum of": Comparison.LE,
        "maximum": Comparison.LE,
        "≤": Comparison.LE,
        "<=": Comparison.LE,
        "น้อยกว่า": Comparison.LT,
        "ต่ำกว่า": Comparison.LT,
        "less than": Comparison.LT,
        "fewer than": Comparison.LT,
        "below": Comparison.LT,
        "under": Comparison.LT,
        "<": Comparison.LT,
        "เท่ากับ": Comparison.EQ,
        "equal to": Comparison.EQ,
        "exactly": Comparison.EQ,
        "=": Comparison.EQ,
    }
)

OR_MORE: Mapping[str, Comparison] = MappingProxyType(
    {
        "ขึ้นไป": Comparison.GE,
        "เป็นอย่างน้อย": Comparison.GE,
        "or more": Comparison.GE,
        "or above": Comparison.GE,
        "and above": Comparison.GE,
        "เป็นอย่างมาก": Comparison.LE,
        "ลงมา": Comparison.LE,
        "or less": Comparison.LE,
        "or fewer": Comparison.LE,
        "or below": Comparison.LE,
    }
)
"""Words after the number that say what those of COMPARISONS say before it."""

CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "เพิ่มขึ้นเป็น": Change.NONE,  # "rises to": a level, not a change
        "ลดลงเหลือ": Change.NONE,
        "increased to": Change.NONE,
        "increase to": Change.NONE,
        "reduced to": Change.NONE,
        "decrease to": Change.NONE,
        "เพิ่มขึ้น": Change.RISE,
        "เพิ่ม": Change.RISE,
        "สูงขึ้น": Change.RISE,
        "มากขึ้น": Change.RISE,
        "increased by": Change.RISE,
        "increase by": Change.RISE,
        "increase of": Change.RISE,
        "increases by": Change.RISE,
        "increased": Change.RISE,
        "increase": Change.RISE,
        "ลดลง": Change.FALL,
        "ลด": Change.FALL,
        "น้อยลง": Change.FALL,
        "ต่ำลง": Change.FALL,
        "reduced by": Change.FALL,
        "reduce by": Change.FALL,
        "reduction of": Change.FALL,
        "decreased by": Change.FALL,
        "decrease by": Change.FALL,
        "decreases by": Change.FALL,
        "decreased": Change.FALL,
        "decrease": Change.FALL,
        "reduced": Change.FALL,
        "reduce": Change.FALL,
    }
)

COUNT_WORDS: Mapping[str, str] = MappingProxyType(
    {"once": "1 time", "twice": "2 times"}
    | {
        word: str(number)
        for number, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
        )
    }
)
"""English words for small counts, as whole words; Thai has no blanks to tell its own by."""

FROM_BASELINE = (
    *("เมื่อเทียบกับปีฐาน", "เมื่อเทียบกับค่าฐาน", "เทียบกับปีฐาน", "เทียบกับค่าฐาน", "เทียบจากปีฐาน"),
    *("จากปีฐาน", "จากค่าฐาน", "จากข้อมูลฐาน", "ของปีฐาน", "ของค่าฐาน"),
    *("compared with the baseline", "compared to the baseline", "compared with baseline"),
    *("compared to baseline", "from the baseline year", "from the baseline", "from baseline"),
    *("over the baseline", "over baseline", "against the baseline", "against baseline"),
)

EVERY = ("ครบทุก", "ทุก", "ทั้งหมดทุก", "ทั้งหมด", "every", "all of the", "all the", "all", "each")
"""Words that ask for all of a kind; the kind follows."""

PERIODS: Mapping[str, Span] = MappingProxyType(
    {
        "วัน": Span.DAY,
        "สัปดาห์": Span.WEEK,
        "อาทิตย์": Span.WEEK,
        "เดือน": Span.MONTH,
        "ไตรมาส": Span.QUARTER,
        "ครึ่งปี": Span.HALF_YEAR,
        "ปีงบประมาณ": Span.YEAR,
        "ปี": Span.YEAR,
        "day": Span.DAY,
        "week": Span.WEEK,
        "month": Span.MONTH,
        "quarter": Span.QUARTER,
        "half-year": Span.HALF_YEAR,
        "half year": Span.HALF_YEAR,
        "fiscal year": Span.YEAR,
        "year": Span.YEAR,
        "annum": Span.YEAR,
    }
)
"""Spans of time as they stand in "ปีละ", "ต่อปี", "ทุกปี", "per year"."""

MULTIPLIERS: Mapping[str, Decimal] = MappingProxyType(
    {
        "ล้านล้าน": Decimal(10**12),
        "แสนล้าน": Decimal(10**11),
        "หมื่นล้าน": Decimal(10**10),
        "พันล้าน": Decimal(10**9),
        "ร้อยล้าน": Decimal(10**8),
        "สิบล้าน": Decimal(10**7),
        "ล้าน": Decimal(10**6),
        "แสน": Decimal(10**5),
        "หมื่น": Decimal(10**4),
        "พัน": Decimal(10**3),
        "billion": Decimal(10**9),
        "million": Decimal(10**6),
        "thousand": Decimal(10**3),
    }
)
"""Words after a number that multiply it."""

APPROXIMATE = (
    "ประมาณ",
    "ราว",
    "ราวๆ",
    "เกือบ",
    "about",
    "approximately",
    "approx.",
    "around",
    "~",
    "≈",
)

LEADING_WORDS = ("การ", "ด้าน", "กลุ่ม")
"""Words that people put before a name or leave out; they do not count when names are compared."""

OLD_FONT_GLYPHS: Mapping[str, str] = MappingProxyType(
    {
        chr(0xF700 + offset): chr(sign)
        for offset, sign in enumerate(
            (
                *(0xE10, 0xE34, 0xE35, 0xE36, 0xE37),  # ฐ without its foot; vowels, to the left
                *(0xE48, 0xE49, 0xE4A, 0xE4B, 0xE4C),  # tone marks and ์, low and to the left
                *(0xE48, 0xE49, 0xE4A, 0xE4B, 0xE4C),  # the same, low
                *(0xE0D, 0xE31, 0xE4D, 0xE47),  # ญ without its foot; ั ํ ็ to the left
                *(0xE48, 0xE49, 0xE4A, 0xE4B, 0xE4C),  # tone marks and ์, to the left
                *(0xE38, 0xE39, 0xE3A),  # vowels below, lowered
            )
        )
    }
)
"""Private-use signs in which old Windows fonts kept shifted Thai marks, U+F700 to U+F71A.

Source: the mapping that text shapers use for fonts without layout tables.
"""
