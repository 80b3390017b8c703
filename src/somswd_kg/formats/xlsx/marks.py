"""Our own marks in a drafter's workbook: how they look and how they are known again.

A marked cell has a colour of its own; the colour's last hexadecimal digits number the fill that
the cell had before, and a hidden column of the findings sheet keeps those fills. So the colours
can be taken away again after the workbook has been sorted, extended and saved by other programs.
"""

from __future__ import annotations

from somswd_kg.drafts.grid import Grid
from somswd_kg.model import Severity

__all__ = [
    "AUTHOR",
    "MARKER",
    "MOST_FILLS",
    "RECORD_COLUMN",
    "SIGNATURE",
    "colour",
    "is_findings_sheet",
    "level_and_key",
    "recorded_fills",
]

AUTHOR = "somswd-kg findings"
SIGNATURE = "[somswd-kg]"
"""Last line of our comments: LibreOffice forgets who wrote one."""

MARKER = "somswd-kg findings 1"
RECORD_COLUMN = 52
"""AZ, hidden: the marker in its first cell, below it the fills that were covered."""

MOST_FILLS = 4_095
_BASES = {
    Severity.VIOLATION: 0xF0B0A0,
    Severity.WARNING: 0xF0E0A0,
    Severity.INFO: 0xB0D0F0,
}


def colour(level: Severity, key: int = 0) -> str:
    """Give the colour of a mark; the key hides in the last digit of red, green and blue.

    >>> colour(Severity.VIOLATION), colour(Severity.VIOLATION, 0x123)
    ('FFF0B0A0', 'FFF1B2A3')
    """
    spread = (key & 0xF00) << 8 | (key & 0x0F0) << 4 | key & 0x00F
    return f"FF{_BASES[level] | spread:06X}"


def level_and_key(rgb: str) -> tuple[Severity, int] | None:
    """Say which mark a colour is; None when it is none of ours.

    >>> level_and_key("FFF1B2A3") == (Severity.VIOLATION, 0x123), level_and_key("FFFFFF00")
    (True, None)
    """
    try:
        number = int(rgb[-6:], 16)
    except ValueError:
        return None
    for level, base in _BASES.items():
        if number & 0xF0F0F0 == base:
            return level, (number >> 8) & 0xF00 | (number >> 4) & 0x0F0 | number & 0x00F
    return None


def is_findings_sheet(grid: Grid) -> bool:
    """Tell whether a sheet is one that we added."""
    cell = grid.cell(1, RECORD_COLUMN)
    return cell is not None and cell.text == MARKER


def recorded_fills(grid: Grid) -> tuple[str, ...]:
    """List the fills that a findings sheet keeps, as XML; the first has key 1."""
    rows = sorted(row for row in grid.rows if row > 1 and grid.cell(row, RECORD_COLUMN))
    return tuple(cell.text for row in rows if (cell := grid.cell(row, RECORD_COLUMN)))
