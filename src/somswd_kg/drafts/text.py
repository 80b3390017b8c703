"""Cell text as it arrives: unseen signs and broken Thai, mended where there is one answer.

Canonical composition (NFC) is safe for Thai; compatibility composition (NFKC) splits every ำ and
is never used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from somswd_kg.drafts.notes import Note, NoteCode, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.words import OLD_FONT_GLYPHS
from somswd_kg.language import arabic_digits

__all__ = ["Mended", "Plain", "mend_text", "plain_text"]

_TONE = "\u0e48-\u0e4b"  # ่ ้ ๊ ๋
_LAST = f"{_TONE}\u0e4c"  # and ์: what stands on top of a vowel sign and so comes after it
_VOWEL = "\u0e31\u0e34-\u0e3a\u0e47"  # signs above and below
_MARK = f"{_VOWEL}{_LAST}\u0e4d"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

# What any step or report below could match: most cells are clean and need no more than this.
_FIRST = f"{_CONTROL}{_UNSEEN}{_BLANK}{_PRIVATE}\ufffd"
_SUSPECT = Pattern(
    rf"[{_FIRST}เ{_MARK}ำ](?:(?<=[{_FIRST}])|(?<=เ)เ|(?<=ํ)[{_TONE}]?า|(?<=ำ)[{_TONE}ำา]"
    rf"|(?<=[{_LAST}])[{_VOWEL}]|(?<=[{_TONE}])[{_TONE}])"
    rf"|([{_MARK}])\1|(?<![\u0e01-\u0e4e])[{_MARK}ำ]"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """Hold a text after mending, and what was done.

    Attributes:
        text: The mended text, in NFC.
        notes: What was mended, and what is broken but has no one answer.
    """

    text: str
    notes: tuple[Note, ...] = ()


def _vowels_first(match: re.Match[str]) -> str:
    return "".join(sorted(match.group(), key=lambda sign: "\u0e48" <= sign <= "\u0e4c"))


_Replacement = str | Callable[[re.Match[str]], str]

_STEPS: tuple[tuple[NoteCode, Pattern, _Replacement], ...] = (
    (NoteCode.CONTROL_SIGNS, Pattern(r"\r\n?"), "\n"),
    (NoteCode.CONTROL_SIGNS, Pattern(f"[{_CONTROL}]"), ""),
    (NoteCode.ZERO_WIDTH, Pattern(f"[{_UNSEEN}]"), ""),
    (NoteCode.NO_BREAK_SPACE, Pattern(f"[{_BLANK}]"), " "),
    (
        NoteCode.OLD_FONT_GLYPHS,
        Pattern(f"[{''.join(OLD_FONT_GLYPHS)}]"),
        lambda match: OLD_FONT_GLYPHS[match.group()],
    ),
    (
        NoteCode.COMPOSED,
        Pattern(r"\A.+\Z", re.DOTALL),
        lambda match: unicodedata.normalize("NFC", match.group()),
    ),
    (NoteCode.SARA_AE, Pattern("เเ"), "แ"),
    (NoteCode.DOUBLED_MARK, Pattern(rf"([{_MARK}])\1+"), r"\1"),
    # ํ + า with a tone mark before, between or after: in ำ the tone mark comes first
    (NoteCode.SARA_AM, Pattern(f"([{_TONE}]?)ํ([{_TONE}]?)า([{_TONE}]?)"), r"\1\2\3ำ"),
    (NoteCode.SARA_AM, Pattern(f"ำ([{_TONE}]?)[ำา]+"), r"\1ำ"),
    (NoteCode.SWAPPED_MARKS, Pattern(f"ำ([{_TONE}])"), r"\1ำ"),
    (
        NoteCode.SWAPPED_MARKS,
        Pattern(f"(?<![{_VOWEL}{_LAST}])[{_VOWEL}]*[{_LAST}]+[{_VOWEL}][{_VOWEL}{_LAST}]*"),
        _vowels_first,
    ),
    (NoteCode.OUTER_BLANKS, Pattern(r"\A\s+|\s+\Z"), ""),
)

_REPORTS: tuple[tuple[NoteCode, Pattern], ...] = (
    (NoteCode.LOST_SIGN, Pattern("\ufffd+")),
    (NoteCode.PRIVATE_GLYPH, Pattern(f"[{_PRIVATE}]+")),
    (NoteCode.TWO_TONE_MARKS, Pattern(f"[{_TONE}]{{2,}}")),
    (NoteCode.STRAY_MARK, Pattern(f"(?<![\u0e01-\u0e4e\ufffd{_PRIVATE}])[{_MARK}ำ]+")),
)

_UNCOUNTED = frozenset((NoteCode.COMPOSED, NoteCode.OUTER_BLANKS))


def mend_text(text: str) -> Mended:
    r"""Mend a cell's text where there is one answer, and say what was mended and what cannot be.

    Line breaks inside a cell stay. Mending a mended text changes nothing.

    >>> mend_text("สํ\u200bาหรับเเผนงาน ").text
    'สำหรับแผนงาน'
    >>> [found.code.value for found in mend_text("สำ\ufffdหรับ").notes]
    ['lost-sign']
    """
    clean = (text.isascii() and text.isprintable()) or (
        not _SUSPECT.search(text) and unicodedata.is_normalized("NFC", text)
    )
    if clean and text.strip() == text:
        return Mended(text)
    counts: dict[NoteCode, int] = {}
    before = None
    while text != before:  # a step can lay bare what an earlier one mends
        before = text
        for code, pattern, replacement in _STEPS:
            mended, count = pattern.subn(replacement, text)
            if mended != text:
                counts[code] = counts.get(code, 0) + count
                text = mended
    notes = [
        note(code) if code in _UNCOUNTED else note(code, count=count)
        for code, count in counts.items()
    ]
    for code, pattern in _REPORTS:
        places = [match.start() + 1 for match in pattern.finditer(text)]
        if places:
            notes.append(note(code, count=len(places), position=places[0]))
    return Mended(text, tuple(notes))


@dataclass(frozen=True, slots=True)
class Plain:
    """Hold a cell's text in the form in which values are looked for in it.

    Attributes:
        text: In lower case, Arabic digits, single blanks, and `-` for every dash.
        mended: The mended text, as it is to be shown.
        notes: What was mended; that Thai digits were read; that it is empty or too long.
    """

    text: str
    mended: str
    notes: tuple[Note, ...]

    @property
    def readable(self) -> bool:
        """Tell whether there is anything to look for."""
        return not any(each.code in (NoteCode.EMPTY, NoteCode.TOO_LONG) for each in self.notes)


LONGEST_VALUE = 200
"""Signs of the longest text in which a value is looked for; a longer one is prose."""

_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
)


def plain_text(text: str) -> Plain:
    """Bring a cell's text into the form in which values are looked for.

    >>> plain_text("๑,๒๕๐  คน ").text
    '1,250 คน'
    """
    mended = mend_text(text)
    notes = list(mended.notes)
    if not mended.text:
        notes.append(note(NoteCode.EMPTY))
    elif len(mended.text) > LONGEST_VALUE:
        notes.append(note(NoteCode.TOO_LONG, length=len(mended.text), most=LONGEST_VALUE))
        return Plain("", mended.text, tuple(notes))
    arabic = arabic_digits(mended.text)
    if arabic != mended.text:
        notes.append(note(NoteCode.THAI_DIGITS))
    return Plain(" ".join(arabic.casefold().translate(_DASHES).split()), mended.text, tuple(notes))
