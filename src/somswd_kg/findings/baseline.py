"""The baseline: findings that are known and true of their source, and whether they still occur."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from somswd_kg.errors import SourceError
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.model import Finding, Severity
from somswd_kg.questions.names import prefixed, short_name

__all__ = ["BaselineLine", "read_baseline", "split"]

STALE_RULE = "BASE-01"
_STALE = Text(
    "The list of known findings has a line for this that no longer occurs.",
    "บัญชีข้อตรวจพบที่ทราบแล้วมีรายการนี้ แต่ไม่พบอีกต่อไป",
)
_STALE_FIX = Text("Take the line out of {path}.", "โปรดนำรายการออกจาก {path}")


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """One finding that is known.

    Attributes:
        rule: Number of the rule.
        element: As written: `indicator:5.1.1`, a prefixed name or an IRI.
        reason: Why it is true of the source.
        path: The file.
        line: In that file.
    """

    rule: str
    element: str
    reason: str
    path: str
    line: int


def read_baseline(text: str, path: str) -> tuple[BaselineLine, ...]:
    """Read `expected.csv`: the columns rule, element, reason.

    Raises:
        SourceError: A line lacks one, or two lines are the same.
    """
    reader = csv.reader(io.StringIO(text))
    lines: list[BaselineLine] = []
    seen: dict[tuple[str, str], int] = {}
    for row in reader:
        number = reader.line_num
        if number == 1:
            if row != ["rule", "element", "reason"]:
                hint = "begin with the line rule,element,reason"
                raise SourceError("the columns are not named", path=path, line=1, hint=hint)
            continue
        if not row:
            continue
        if len(row) != 3 or not all(cell.strip() for cell in row):
            hint = "write rule,element,reason"
            raise SourceError("a known finding lacks a part", path=path, line=number, hint=hint)
        key = (row[0], row[1])
        if key in seen:
            what = f"{row[0]} of {row[1]} already stands in line {seen[key]}"
            raise SourceError(what, path=path, line=number)
        seen[key] = number
        lines.append(BaselineLine(row[0], row[1], row[2], path, number))
    return tuple(lines)


def split(
    findings: Sequence[Finding],
    lines: Iterable[BaselineLine],
    *,
    tell_stale: bool = True,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Part findings into those that are new and those that are known.

    A line that fits no finding becomes a finding itself, when all that could have found it was run.

    Returns:
        New ones with stale lines, then known ones.
    """
    by_key: dict[tuple[str, str], BaselineLine] = {
        (line.rule, line.element): line for line in lines
    }
    used: set[tuple[str, str]] = set()
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        names = (short_name(finding.element), prefixed(finding.element), finding.element)
        key = next(((finding.rule, n) for n in names if (finding.rule, n) in by_key), None)
        if key is None:
            new.append(finding)
            continue
        used.add(key)
        known.append(replace(finding, known=by_key[key].reason))
    if tell_stale:
        new += (_stale(line) for key, line in by_key.items() if key not in used)
    return tuple(sorted(new, key=lambda finding: finding.order)), tuple(known)


def _stale(line: BaselineLine) -> Finding:
    place = f"{line.path}:{line.line}"
    return Finding(
        rule=STALE_RULE,
        severity=Severity.VIOLATION,
        element=line.element,
        label=NO_TEXT,
        code="",
        message=_STALE,
        fix=Text(_STALE_FIX.en.format(path=place), _STALE_FIX.th.format(path=place)),
        value=line.rule,
    )
