"""Lay text out in columns by what it takes on a screen: Thai marks take no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from somswd_kg.language import display_width, splits_cluster

__all__ = ["columns", "wrap"]

_LEAST = 8
"""No column is made narrower than this."""


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines: at blanks where there are any, never inside a Thai cluster.

    >>> wrap("number of policies", 10)
    ['number of', 'policies']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if display_width(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _chopped(word, width)
            lines += full
        lines.append(line)
    return lines


def _chopped(word: str, width: int) -> Iterator[str]:
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
    """Give each column what it needs, and take from the widest what is too much."""
    widths = [
        max(max(map(display_width, cell.split("\n"))) for cell in column)
        for column in zip(*cells, strict=True)
    ]
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def columns(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    width: int = 100,
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
