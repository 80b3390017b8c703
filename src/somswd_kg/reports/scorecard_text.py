"""How complete a plan is, as text."""

from __future__ import annotations

from collections.abc import Iterator

from somswd_kg.language import Language
from somswd_kg.reports.layout import columns, wrap
from somswd_kg.reports.words import WORDS, missing_text
from somswd_kg.scores import Aspect, GoalScore, Scorecard, Share

__all__ = ["scorecard_as_text", "share_text"]

_WIDTH = 100


def share_text(share: Share) -> str:
    """Write a share for a table: per cent, and how many of how many.

    >>> share_text(Share(1, 2)), share_text(Share(0, 0))
    ('50% (1/2)', '-')
    """
    return "-" if share.percent is None else f"{share.percent}% ({share.has}/{share.of})"


def scorecard_as_text(scorecard: Scorecard, language: Language) -> Iterator[str]:
    """Write the table, and what must be mended before the next stage."""
    yield WORDS["scorecard"].in_(language)
    rows = [*scorecard.goals, *([scorecard.unlinked] if scorecard.unlinked else [])]
    headings = [WORDS["goal"].in_(language), *(aspect.text.in_(language) for aspect in Aspect)]
    cells = [_cells(row, row.label.in_(language)) for row in (*rows, scorecard.whole)]
    yield from columns(headings, cells, [False] + [True] * len(Aspect)).split("\n")
    yield from wrap(WORDS["scorecard-note"].in_(language), _WIDTH)
    if scorecard.proposed:
        yield from wrap(WORDS["scorecard-proposed"].in_(language), _WIDTH)
    yield ""
    heading, lines = missing_text(scorecard.missing, scorecard.next_stage, language)
    yield heading
    for line in lines:
        yield f"  {line}"


def _cells(row: GoalScore, name: str) -> list[str]:
    return [f"{row.code} {name}".strip(), *(share_text(share) for share in row.shares)]
