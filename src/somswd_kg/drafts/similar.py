"""Names that are alike: what does not count when two are compared, and which ones are nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from somswd_kg.drafts.patterns import Pattern
from somswd_kg.drafts.text import mend_text
from somswd_kg.drafts.words import LEADING_WORDS
from somswd_kg.language import arabic_digits

__all__ = ["Near", "fold", "nearest"]

_THAI = "\u0e01-\u0e5b"
_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | {"…": "...", "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "／": "/", "＆": "&"}
)
# Thai has no blanks between words, so a blank beside a Thai sign or a punctuation mark is chance.
_CHANCE_BLANK = Pattern(rf"(?<=[{_THAI}.,;:/()\-]) +| +(?=[{_THAI}.,;:/()\-])")
_LEADING = Pattern(rf"(?:{'|'.join(LEADING_WORDS)})(?=[\u0e01-\u0e2e\u0e40-\u0e44a-z0-9])")
_BRACKETED = Pattern(r"^(.+)\(([^()]+)\)$", re.DOTALL)

_LONGEST = 500
"""Signs of a text that count when it is compared; names are shorter."""
_KEPT = 4_096
"""How many texts are kept folded: headings, codes and names come again and again."""


@dataclass(frozen=True, slots=True)
class Near:
    """Name a candidate that is like what was written.

    Attributes:
        text: The candidate as it was given, not folded.
        score: 0 to 100; 100 when the two are equal after folding.
    """

    text: str
    score: float


def fold(text: str) -> str:
    """Write a text so that what people write in several ways is equal.

    Case, Thai digits, kinds of dashes and quotation marks, chance blanks and a leading การ, ด้าน
    or กลุ่ม do not count. The result is for comparing only, never for showing.

    >>> fold("กลุ่มเปราะบางอื่น ๆ") == fold("เปราะบางอื่นๆ")
    True
    >>> fold("สปป. ลาว") == fold("สปป.ลาว")
    True
    """
    return _folded(text) if len(text) <= _LONGEST else _fold(text)


def _fold(text: str) -> str:
    plain = arabic_digits(mend_text(text).text).casefold().translate(_SIGNS)
    plain = _CHANCE_BLANK.sub("", " ".join(plain.split()))
    start = 0
    while found := _LEADING.match(plain, start):
        start = found.end()
    return plain[start:]


_folded = lru_cache(_KEPT)(_fold)


def _forms(folded: str) -> tuple[str, ...]:
    """List what a name can be called by: whole, without its bracket, by what is in the bracket."""
    found = _BRACKETED.match(folded)
    return (folded, found[1].strip(), found[2].strip()) if found else (folded,)


def nearest(
    text: str, candidates: Iterable[str], limit: int = 3, *, least: float = 70.0
) -> tuple[Near, ...]:
    """Find the candidates that a text may have meant, nearest first.

    Args:
        text: What was written.
        candidates: Names as they should be shown; one that comes twice counts once.
        limit: How many to give at most.
        least: The lowest score that is worth a question, 0 to 100.

    Returns:
        At most `limit`, by score, then in the order of the candidates.

    >>> nearest("เครื่อข่ายอาเซียน", ["สตรี", "เครือข่ายอาเซียน (NIEA)"])[0].text
    'เครือข่ายอาเซียน (NIEA)'
    """
    from rapidfuzz import fuzz

    wanted = fold(text)[:_LONGEST]
    if not wanted or limit < 1:
        return ()
    ways = _forms(wanted)
    found = []
    for candidate in dict.fromkeys(candidates):
        folded = fold(candidate)[:_LONGEST]
        score = max(
            max(fuzz.ratio(way, form), 0.95 * fuzz.token_sort_ratio(way, form))
            for way in ways
            for form in _forms(folded)
        )
        if folded == wanted:
            score = 100.0
        elif score > 99.0:  # equal but for a bracket
            score = 99.0
        if score >= least:
            found.append(Near(candidate, round(score, 1)))
    found.sort(key=lambda near: -near.score)  # stable: ties stay in the candidates' order
    return tuple(found[:limit])
