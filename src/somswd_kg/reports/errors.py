"""Errors in Thai, by the table `errors.th.csv`; what is not in it, or is long, stays as it is."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from somswd_kg.language import Language

__all__ = ["error_text", "known_errors"]

_LONGEST = 2_000
"""Letters of an error that is looked for: a name in it may be of any length, and of any kind."""

_HOLE = "{}"
_HOLES = re.compile(r"\{(\d?)(\*?)\}")
"""What stands in a Thai text for what differs: in its order, or by its number; with `*` in Thai."""


def error_text(text: str, language: Language) -> str:
    """Write what is wrong, or what to do, in a language.

    Args:
        text: The English text: of `SomswdError.headline`, its hint, or an error of click.
        language: The language.

    >>> error_text("draft.xlsx: the file is empty", Language.TH)
    'draft.xlsx: ไฟล์ว่างเปล่า'
    >>> error_text("there is no question 'gaps'", Language.TH)
    'ไม่มีคำถามชื่อ “gaps”'
    """
    if language is not Language.TH or len(text) > _LONGEST:
        return text
    found = _translated(text)
    at = -1
    while found is None and (at := text.find(": ", at + 1)) >= 0:  # a file, or a parameter
        rest = _translated(text[at + 2 :])
        found = None if rest is None else f"{text[: at + 2]}{rest}"
    return text if found is None else found


@cache
def known_errors() -> dict[str, str]:
    """Read the table: English texts with `{}` where they differ, and the Thai ones."""
    table = (files(__package__) / "errors.th.csv").read_text(encoding="utf-8")
    return {row["en"]: row["th"] for row in csv.DictReader(table.splitlines())}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Make a pattern of each text that differs; what says most comes first."""
    texts = (text for text in known_errors() if _HOLE in text)
    ordered = sorted(texts, key=lambda text: len(text.replace(_HOLE, "")), reverse=True)
    return [
        (re.compile("(.+?)".join(map(re.escape, text.split(_HOLE))), re.DOTALL), text)
        for text in ordered
    ]


def _translated(text: str) -> str | None:
    known = known_errors()
    if text in known:
        return known[text]
    for pattern, english in _patterns():
        match = pattern.fullmatch(text)
        if match:
            return _filled(known[english], match.groups())
    return None


def _filled(thai: str, values: tuple[str, ...]) -> str:
    numbers = iter(range(len(values)))

    def value(hole: re.Match[str]) -> str:
        found = values[int(hole[1] or next(numbers))]
        return _translated(found) or found if hole[2] else found

    return _HOLES.sub(value, thai)
