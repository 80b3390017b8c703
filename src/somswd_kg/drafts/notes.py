"""What there is to say of a cell that was read, as codes: the sentences are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

__all__ = ["Note", "NoteCode", "NoteKind", "Reading", "note"]

T_co = TypeVar("T_co", covariant=True)


class NoteKind(StrEnum):
    """Name what a note means for the reader of a draft."""

    MENDED = "mended"
    """The text was changed; there was one answer."""
    READ = "read"
    """The text was read in one of the ways that people write; how is worth saying."""
    ASSUMED = "assumed"
    """There was more than one way to read it; the likelier was taken, the other is a parameter."""
    REFUSED = "refused"
    """A guess would lie: there is no value, or there are signs that nobody can read."""


class NoteCode(StrEnum):
    """Name a remark on a cell's text; the members' comments list their parameters."""

    # mended (text.py)
    CONTROL_SIGNS = "control-signs"  # count
    ZERO_WIDTH = "zero-width"  # count
    NO_BREAK_SPACE = "no-break-space"  # count
    OUTER_BLANKS = "outer-blanks"
    COMPOSED = "composed"  # brought to NFC
    OLD_FONT_GLYPHS = "old-font-glyphs"  # count
    SARA_AM = "sara-am"  # count
    SARA_AE = "sara-ae"  # count
    DOUBLED_MARK = "doubled-mark"  # count
    SWAPPED_MARKS = "swapped-marks"  # count
    # refused (text.py)
    LOST_SIGN = "lost-sign"  # count, position (1-based)
    PRIVATE_GLYPH = "private-glyph"  # count, position
    TWO_TONE_MARKS = "two-tone-marks"  # count, position
    STRAY_MARK = "stray-mark"  # count, position
    # read (times.py, values.py)
    BUDDHIST_YEAR = "buddhist-year"  # written, buddhist, year
    TWO_DIGIT_YEAR = "two-digit-year"  # written, buddhist, year
    BOTH_ERAS = "both-eras"  # buddhist, year
    FISCAL_YEAR = "fiscal-year"  # buddhist, start, end
    YEAR_OF_DATE = "year-of-date"  # written, year
    DATE_FROM_TEXT = "date-from-text"  # written, date
    DATE_FROM_SERIAL = "date-from-serial"  # written, date
    TIME_DROPPED = "time-dropped"  # written
    MONTH_FIRST = "month-first"  # written, date
    THAI_DIGITS = "thai-digits"
    GROUPED_DIGITS = "grouped-digits"  # written
    MULTIPLIER = "multiplier"  # word, factor
    UNIT_IN_CELL = "unit-in-cell"  # unit
    APPROXIMATE = "approximate"  # word
    EVERY = "every"  # unit
    # assumed
    MIXED_ERAS = "mixed-eras"  # first, last
    DAY_FIRST = "day-first"  # written, date, other
    QUARTER_OF_CALENDAR = "quarter-of-calendar"  # start, end, fiscal_start, fiscal_end
    # refused
    EMPTY = "empty"
    TOO_LONG = "too-long"  # length, most
    WAITING_WORD = "waiting-word"  # word, kind
    NOT_A_YEAR = "not-a-year"
    YEAR_OUT_OF_RANGE = "year-out-of-range"  # written
    YEAR_AMBIGUOUS = "year-ambiguous"  # written, first, second
    ERA_CONFLICT = "era-conflict"  # written, first, second
    SEVERAL_YEARS = "several-years"
    RANGE_REVERSED = "range-reversed"  # first, last
    NOT_A_PERIOD = "not-a-period"
    NOT_A_DATE = "not-a-date"
    DATE_NEEDS_DAY = "date-needs-day"
    DATE_IMPOSSIBLE = "date-impossible"  # written
    NOT_A_NUMBER = "not-a-number"
    NUMBER_AMBIGUOUS = "number-ambiguous"  # written, first, second
    SEVERAL_NUMBERS = "several-numbers"
    TARGET_IN_WORDS = "target-in-words"

    @property
    def kind(self) -> NoteKind:
        """Say what the note means for the reader.

        >>> NoteCode.SARA_AM.kind, NoteCode.DAY_FIRST.kind
        (<NoteKind.MENDED: 'mended'>, <NoteKind.ASSUMED: 'assumed'>)
        """
        if self in _MENDED:
            return NoteKind.MENDED
        if self in _ASSUMED:
            return NoteKind.ASSUMED
        return NoteKind.REFUSED if self in _REFUSED else NoteKind.READ


_MENDED = frozenset(
    (
        NoteCode.CONTROL_SIGNS,
        NoteCode.ZERO_WIDTH,
        NoteCode.NO_BREAK_SPACE,
        NoteCode.OUTER_BLANKS,
        NoteCode.COMPOSED,
        NoteCode.OLD_FONT_GLYPHS,
        NoteCode.SARA_AM,
        NoteCode.SARA_AE,
        NoteCode.DOUBLED_MARK,
        NoteCode.SWAPPED_MARKS,
    )
)
_ASSUMED = frozenset((NoteCode.MIXED_ERAS, NoteCode.DAY_FIRST, NoteCode.QUARTER_OF_CALENDAR))
_REFUSED = frozenset(
    (
        NoteCode.LOST_SIGN,
        NoteCode.PRIVATE_GLYPH,
        NoteCode.TWO_TONE_MARKS,
        NoteCode.STRAY_MARK,
        NoteCode.EMPTY,
        NoteCode.TOO_LONG,
        NoteCode.WAITING_WORD,
        NoteCode.NOT_A_YEAR,
        NoteCode.YEAR_OUT_OF_RANGE,
        NoteCode.YEAR_AMBIGUOUS,
        NoteCode.ERA_CONFLICT,
        NoteCode.SEVERAL_YEARS,
        NoteCode.RANGE_REVERSED,
        NoteCode.NOT_A_PERIOD,
        NoteCode.NOT_A_DATE,
        NoteCode.DATE_NEEDS_DAY,
        NoteCode.DATE_IMPOSSIBLE,
        NoteCode.NOT_A_NUMBER,
        NoteCode.NUMBER_AMBIGUOUS,
        NoteCode.SEVERAL_NUMBERS,
        NoteCode.TARGET_IN_WORDS,
    )
)


@dataclass(frozen=True, slots=True)
class Note:
    """Remark on one thing that was seen in a cell's text.

    Attributes:
        code: Which remark.
        params: Names and values for its sentence, in the order that `NoteCode` lists.
    """

    code: NoteCode
    params: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        return dict(self.params)[name]


def note(code: NoteCode, **params: object) -> Note:
    """Make a note; the values become text.

    >>> note(NoteCode.SARA_AM, count=2)["count"]
    '2'
    """
    return Note(code, tuple((name, str(value)) for name, value in params.items()))


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """Say what a cell's text was read as, and how.

    Attributes:
        value: What it says; None where it says nothing that can be used.
        text: The text that was read, mended.
        notes: What was mended, read, assumed or refused, in that order of finding.
    """

    value: T_co | None
    text: str
    notes: tuple[Note, ...] = ()

    @property
    def codes(self) -> tuple[NoteCode, ...]:
        """List the notes' codes."""
        return tuple(each.code for each in self.notes)

    def has(self, code: NoteCode) -> bool:
        """Tell whether a note of this code was made."""
        return code in self.codes
