"""Lay text out in columns by what it takes on a screen: Thai marks take no room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from somswd_kg.language import display_width, has_thai, splits_cluster

if TYPE_CHECKING:
    from budoux import Parser

__all__ = ["WIDTH", "columns", "fits", "records", "wrap"]

WIDTH = 100
"""Columns of a page that is no terminal."""

_LEAST = 8
"""No column is made narrower than this."""

_TALLEST = 10
"""A cell of more lines than this is no longer read as part of a row."""

_WHOLE = re.compile(
    "องค์กร|แต่ละ|ผลสัมฤทธิ์|ผลลัพธ์|ผลผลิต|คู่เจรจา|เท่าเทียม|ด้อยโอกาส|ตัวชี้วัด|เป้าหมาย|แผนงาน|"
    "หน่วยงาน|ประชุม|อาเซียน|คณะกรรมการ|คณะกรรมาธิการ|ผู้สูงอายุ|คนพิการ|เปราะบาง|สวัสดิการ|"
    "สังคมสงเคราะห์|ความร่วมมือ|สอดคล้อง|รับผิดชอบ|เจ้าหน้าที่|รัฐมนตรี|เอกสาร|โปรด"
)
"""Thai words of this field that are not to be broken."""

_NAME_PARTS = re.compile(r"(?<=[/-])(?=.)")
_LONGEST_WORD = 36
"""A word that is longer may be broken first."""


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines: at blanks where there are any, never inside a Thai cluster.

    >>> wrap("number of policies", 10)
    ['number of', 'policies']
    >>> wrap("เวทีการประชุมระดับภูมิภาค", 10)
    ['เวทีการ', 'ประชุมระดับ', 'ภูมิภาค']
    """
    return list(_wrapped(text, width))


@lru_cache(maxsize=1024)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Break text into lines; what a rule says is said of many things in the same words."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, taken = "", 0
        for word in paragraph.split(" "):
            more = display_width(word) + (1 if line else 0)
            if taken + more <= width:
                line, taken = (f"{line} {word}" if line else word), taken + more
                continue
            if line:
                lines.append(line)
            *full, line = _chopped(word, width)
            taken = display_width(line)
            lines += full
        lines.append(line)
    return tuple(lines)


def _chopped(word: str, width: int) -> Iterator[str]:
    """Cut a word that is too long for a line: between its parts, else between clusters."""
    line = ""
    for part in _parts(word):
        if display_width(line + part) <= width:
            line += part
            continue
        if line:
            yield line
        *full, line = _clusters(part, width)
        yield from full
    yield line


def _parts(text: str) -> list[str]:
    """Part Thai into words, which has no blanks between them, and names at `/` and `-`."""
    if not has_thai(text):
        return _NAME_PARTS.split(text)
    whole = {at for word in _WHOLE.finditer(text) for at in range(word.start() + 1, word.end())}
    parts: list[str] = []
    end = 0
    for part in _thai_parser().parse(text):
        if end in whole or splits_cluster(text, end):
            parts[-1] += part
        else:
            parts.append(part)
        end += len(part)
    return parts


@cache
def _thai_parser() -> Parser:
    import budoux

    return budoux.load_default_thai_parser()


def _clusters(word: str, width: int) -> Iterator[str]:
    start = 0
    for end in range(1, len(word) + 1):
        whole = end == len(word)
        if whole or (
            display_width(word[start : end + 1]) > width and not splits_cluster(word, end)
        ):
            yield word[start:end]
            start = end
    if not word:
        yield ""


def _widths(cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """Give each column what it needs, and take from the widest what is too much.

    Words are left whole as long as that is enough.
    """
    by_column = [list(column) for column in zip(*cells, strict=True)]
    widths = [
        max(display_width(line) for cell in c for line in cell.split("\n")) for c in by_column
    ]
    words = [
        max(display_width(part) for cell in c for word in cell.split(" ") for part in _fixed(word))
        for c in by_column
    ]
    for least in ([min(_LONGEST_WORD, word) for word in words], [_LEAST] * len(words)):
        while sum(widths) > room:
            wide = [(width, at) for at, width in enumerate(widths) if width > least[at]]
            if not wide:
                break
            widths[max(wide)[1]] -= 1
    return widths


def _fixed(word: str) -> list[str]:
    """List the parts of a word that stay whole; of Thai the words are not looked up for this."""
    return [word[:_LEAST]] if has_thai(word) else _NAME_PARTS.split(word)


def records(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDTH) -> str:
    """Write a table as one block a row, a line a cell: for tables too wide for a page.

    >>> print(records(["code", "n"], [["a", "10"], ["b", ""]]))
    code  a
    n     10
    <BLANKLINE>
    code  b
    """
    room = max(map(display_width, headings))
    blocks = []
    for row in rows:
        lines = []
        for heading, cell in zip(headings, row, strict=True):
            if not cell:
                continue
            margin = heading + " " * (room - display_width(heading))
            for text in wrap(cell, max(_LEAST, width - room - 2)):
                lines.append(f"{margin}  {text}".rstrip())
                margin = " " * room
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def fits(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDTH) -> bool:
    """Tell whether a table can be read as columns: none of its cells is too tall."""
    widths = _widths([headings, *rows], width - 2 * (len(headings) - 1))
    tallest = max(
        (
            sum(-(-display_width(line) // room) for line in cell.split("\n"))
            for row in rows
            for cell, room in zip(row, widths, strict=True)
        ),
        default=0,
    )
    return tallest <= _TALLEST and sum(widths) <= width


def columns(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    width: int = WIDTH,
) -> str:
    """Write a table in plain text, no wider than `width` where that can be.

    Args:
        headings: One a column.
        rows: As many cells each.
        numeric: Which columns stand to the right.
        width: Of the page, in signs.

    >>> print(columns(["code", "n"], [["a", "10"], ["b", "9"]], [False, True]))
    code   n
    ----  --
    a     10
    b      9
    """
    widths = _widths([headings, *rows], width - 2 * (len(headings) - 1))

    def line(cells: Sequence[str]) -> Iterator[str]:
        wrapped = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
        for number in range(max(map(len, wrapped))):
            parts = []
            for lines, room, right in zip(wrapped, widths, numeric, strict=True):
                text = lines[number] if number < len(lines) else ""
                blanks = " " * (room - display_width(text))
                parts.append(blanks + text if right else text + blanks)
            yield "  ".join(parts).rstrip()

    printed = [*line(headings), "  ".join("-" * room for room in widths)]
    for row in rows:
        printed += line(row)
    return "\n".join(printed)
