"""Words that stand in a cell in the place of a value: dashes, N/A, ไม่มี, TBC, รอข้อมูล."""

from __future__ import annotations

from somswd_kg.drafts.notes import Note, NoteCode, Reading, note
from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import plain_text
from somswd_kg.drafts.words import WAITING, Waiting

__all__ = ["read_waiting", "waiting_note"]

_BRACKETS = Pattern(r"^[(\[“\"'](.+)[)\]”\"']$")


def _lookup(text: str) -> Waiting | None:
    bracketed = _BRACKETS.match(text)
    bare = bracketed[1].strip() if bracketed else text
    for form in (bare, bare.rstrip(".*ๆ "), bare.replace(" ", "")):
        if form in WAITING:
            return WAITING[form]
    return None


def waiting_note(text: str) -> Note | None:
    """Note that a plain text as a whole is a waiting word; None when it is not."""
    kind = _lookup(text)
    return None if kind is None else note(NoteCode.WAITING_WORD, word=text, kind=kind.value)


def read_waiting(text: str) -> Reading[Waiting]:
    """Say whether a cell's text as a whole only waits for a value, and how.

    >>> read_waiting(" (รอข้อมูล) ").value
    <Waiting.PENDING: 'pending'>
    >>> read_waiting("ไม่มีที่ดินทำกิน").value is None
    True
    """
    plain = plain_text(text)
    found = waiting_note(plain.text) if plain.readable else None
    if found is None:
        return Reading(None, plain.mended, plain.notes)
    return Reading(Waiting(found["kind"]), plain.mended, (*plain.notes, found))
