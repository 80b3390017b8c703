"""What a check hands to people: findings, each with its rule, its place and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from somswd_kg.language import NO_TEXT, Text
from somswd_kg.terms import Term

if TYPE_CHECKING:
    from somswd_kg.scores import Scorecard

__all__ = [
    "REQUIRED_MARK",
    "Comparison",
    "Finding",
    "FindingReport",
    "Place",
    "Severity",
    "Stage",
    "Status",
    "column_letters",
]

REQUIRED_MARK = "*"
"""What follows the heading of a column that must be filled in."""

_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")


class Severity(StrEnum):
    """Say how much a finding matters, the worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Count from the worst, 0."""
        return _RANKS[self]

    @property
    def text(self) -> Text:
        """Name it for people."""
        return _SEVERITY_TEXTS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_SEVERITY_TEXTS = {
    Severity.VIOLATION: Text("must be mended", "ต้องแก้ไข"),
    Severity.WARNING: Text("should be mended", "ควรแก้ไข"),
    Severity.INFO: Text("for information", "เพื่อทราบ"),
}


class Stage(StrEnum):
    """Name how far a draft has come; severities follow from it."""

    OUTLINE = "outline"
    CONSULTATION = "consultation"
    FINAL = "final"


def column_letters(column: int) -> str:
    """Name a column as a workbook does.

    >>> [column_letters(n) for n in (1, 26, 27, 16384)]
    ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a drafter's file, or a line of a Turtle file.

    Attributes:
        sheet: Number of the sheet or file, from 1, so that places sort as they stand.
        row: From 1; of a Turtle file, the line.
        column: From 1; 0 for the row as a whole.
        name: The sheet's name, or the file's.
        heading: The column's heading as it stands there; of a Turtle file, the predicate.
        path: The CSV or RDF file; empty for a workbook's sheet.
        line: Of a CSV file, the line that the row begins at, where the two differ; else 0.
    """

    sheet: int
    row: int
    column: int
    name: str
    heading: str = ""
    path: str = ""
    line: int = 0

    @property
    def address(self) -> str:
        """Name the cell as its program does: `Sheet!A1`, `file.csv:3:2`, `file.ttl:12`.

        >>> Place(1, 5, 3, "ตัวชี้วัด").address, Place(1, 5, 3, "a b").address
        ('ตัวชี้วัด!C5', "'a b'!C5")
        >>> Place(1, 3, 2, "goals", path="goals.csv").address
        'goals.csv:3:2'
        """
        if self.path:
            return f"{self.path}:{self.row}" + (f":{self.column}" if self.column else "")
        escaped = self.name.replace("'", "''")
        name = self.name if _is_plain(self.name) else f"'{escaped}'"
        return f"{name}!{self.cell}"

    @property
    def cell(self) -> str:
        """Name the cell inside its sheet: `C5`."""
        return f"{column_letters(self.column or 1)}{self.row}"


def _is_plain(name: str) -> bool:
    """Tell whether a sheet's name needs no quotation marks in an address."""
    thai_marks_aside = re.sub(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", name)
    return bool(_PLAIN_NAME.fullmatch(thai_marks_aside)) and not re.fullmatch(
        r"[A-Za-z]{1,3}\d+", name
    )


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """Hold one violation of one constraint, whichever engine found it.

    Attributes:
        focus: What was looked at.
        path: The path's IRI; as SPARQL writes it when it is no single property; empty for none.
        value: What was found there, None when something is missing.
        severity: IRI, `sh:Violation` or another.
        component: IRI of the constraint component.
        shape: IRI of the shape that the constraint belongs to; empty for one without.
        constraint: IRI of the `sh:sparql` constraint; empty for all else.
        message: In both languages, as far as the shape has them.
    """

    focus: Term
    path: str
    value: Term | None
    severity: str
    component: str
    shape: str
    constraint: str
    message: Text

    @property
    def order(self) -> tuple[str, str, str, str, str, str, str]:
        """Sort by this: shape, constraint, focus, path, component, value, message."""
        return (
            self.shape,
            self.constraint,
            str(self.focus),
            self.path,
            self.component,
            str(self.value or ""),
            self.message.en,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold.

    Attributes:
        rule: The rule's short and lasting number, `IND-03`.
        severity: At the stage that was asked for.
        element: IRI of what it is about.
        label: What that is called; empty when it has no label.
        code: Its number in its document; empty when it has none.
        message: What is wrong.
        fix: What to do about it.
        reason: Why it matters.
        value: What was found; empty when something is missing.
        value_label: What that is called, where it is a thing with a label.
        path: IRI of the property that it is about, or a path; empty when it is about the whole.
        known: Why it is known and true of its source; empty for one that is not.
        place: The cell or line that it is about; None where there is no file of a drafter.
        related: Further cells that the rule concerns.
        suggested: A value to paste, where it can be known.
        result: The SHACL result that it was made of; None for what SHACL did not find.
        id: Rule, element and column: the same in the next check. Empty until it is given.
    """

    rule: str
    severity: Severity
    element: str
    label: Text
    code: str
    message: Text
    fix: Text = NO_TEXT
    reason: Text = NO_TEXT
    value: str = ""
    path: str = ""
    known: str = ""
    place: Place | None = None
    related: tuple[Place, ...] = ()
    suggested: str = ""
    result: ShapeResult | None = None
    id: str = ""
    value_label: Text = NO_TEXT

    @property
    def order(self) -> tuple[int, str, tuple[int, int, int], str, str, str, str]:
        """Sort by this: worst first, then by rule, place, element, path and value."""
        place = self.place
        return (
            self.severity.rank,
            self.rule,
            (place.sheet, place.row, place.column) if place else (0, 0, 0),
            self.element,
            self.path,
            self.value,
            self.message.en,
        )


class Status(StrEnum):
    """Say how a finding stands to an earlier check."""

    NEW = "new"
    INHERITED = "inherited"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold a check against an earlier one.

    Attributes:
        against: Name of what the earlier check was of.
        inherited: Ids of the findings that were there already; all others are new.
        fixed: Earlier findings that are no more, worst first.
    """

    against: str
    inherited: frozenset[str]
    fixed: tuple[Finding, ...]

    def status(self, finding: Finding) -> Status:
        """Tell whether a finding of the later check was there already."""
        return Status.INHERITED if finding.id in self.inherited else Status.NEW


@dataclass(frozen=True, slots=True)
class FindingReport:
    """All findings of one check.

    Attributes:
        findings: Worst first; those of the baseline not among them.
        known: Those of the baseline: known, and true of the source.
        stage: The stage that severities are for.
        checked: Name of what was checked.
        focus_nodes: How many things were looked at by at least one shape; 0 when not counted.
        comparison: How it stands to an earlier check; None when there was none to compare with.
        scorecard: What is filled in, goal by goal; None when it was not asked for.
        graphs: The graphs of an endpoint that were read together; empty for all else.
    """

    findings: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    stage: Stage = Stage.FINAL
    checked: str = ""
    focus_nodes: int = 0
    comparison: Comparison | None = None
    scorecard: Scorecard | None = None
    graphs: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Count findings by severity, those of the baseline apart."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    @property
    def status_counts(self) -> Mapping[Status, int]:
        """Count findings by how they stand to the earlier check; nothing where there was none."""
        if self.comparison is None:
            return {}
        inherited = sum(finding.id in self.comparison.inherited for finding in self.findings)
        return {
            Status.NEW: len(self.findings) - inherited,
            Status.INHERITED: inherited,
            Status.FIXED: len(self.comparison.fixed),
        }

    def reaches(self, severity: Severity) -> bool:
        """Tell whether there is a finding of a severity or a worse one."""
        return any(finding.severity.rank <= severity.rank for finding in self.findings)
