"""How complete a plan is: what its results have and lack, goal by goal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.language import Text

__all__ = ["Aspect", "GoalScore", "Missing", "Scorecard", "Share"]


class Aspect(StrEnum):
    """Name what an outcome or an output is looked at for."""

    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"
    OWNER = "owner"
    GROUP = "group"
    ALIGNMENT = "alignment"

    @property
    def text(self) -> Text:
        """Name it for people."""
        return _ASPECTS[self]


_ASPECTS = {
    Aspect.INDICATOR: Text("indicator", "ตัวชี้วัด"),
    Aspect.BASELINE: Text("baseline", "ค่าฐาน"),
    Aspect.TARGET: Text("target", "ค่าเป้าหมาย"),
    Aspect.OWNER: Text("responsible body", "หน่วยงานรับผิดชอบ"),
    Aspect.GROUP: Text("target group", "กลุ่มเป้าหมาย"),
    Aspect.ALIGNMENT: Text("alignment", "ความสอดคล้อง"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """Say how many of how many.

    Attributes:
        has: How many have it.
        of: How many there are; 0 where there is nothing to look at.
    """

    has: int
    of: int

    @property
    def percent(self) -> int | None:
        """Give the share in whole per cents, rounded down; None where there is nothing.

        >>> Share(2, 3).percent, Share(0, 0).percent
        (66, None)
        """
        return self.has * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class GoalScore:
    """Say what the outcomes and outputs of one goal have.

    Attributes:
        code: Of the goal; empty for the row of results that lead to no goal, and of the whole.
        label: Of the goal.
        shares: One for each aspect, in its order.
    """

    code: str
    label: Text
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Say what one rule wants before the next stage.

    Attributes:
        rule: Its number.
        name: A few words.
        count: How many findings of it must be mended by then.
    """

    rule: str
    name: Text
    count: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Say how complete a plan is.

    Attributes:
        goals: In the order of their codes.
        unlinked: Results that lead to no goal; None when there are none.
        whole: All results together.
        next_stage: What the draft is to be ready for; empty after the last stage, when what is
            missing is missing now.
        missing: What must be mended before, most findings first.
        proposed: Whether links of the results chain are proposals, which no document states.
    """

    goals: tuple[GoalScore, ...]
    unlinked: GoalScore | None
    whole: GoalScore
    next_stage: str = ""
    missing: tuple[Missing, ...] = ()
    proposed: bool = False
