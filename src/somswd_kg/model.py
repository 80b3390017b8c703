"""What a check hands to people: findings, each with its rule, its place and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.language import NO_TEXT, Text

__all__ = ["Finding", "FindingReport", "Severity", "Stage"]


class Severity(StrEnum):
    """Say how much a finding matters, the worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Count from the worst, 0."""
        return list(Severity).index(self)

    @property
    def text(self) -> Text:
        """Name it for people."""
        return _SEVERITY_TEXTS[self]


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
        path: IRI of the property that it is about, or a path; empty when it is about the whole.
        known: Why it is known and true of its source; empty for one that is not.
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

    @property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """Sort by this: worst first, then by rule, element, path and value."""
        return (
            self.severity.rank,
            self.rule,
            self.element,
            self.path,
            self.value,
            self.message.en,
        )


@dataclass(frozen=True, slots=True)
class FindingReport:
    """All findings of one check.

    Attributes:
        findings: Worst first; those of the baseline not among them.
        known: Those of the baseline: known, and true of the source.
        stage: The stage that severities are for.
        checked: Name of what was checked.
        focus_nodes: How many things were looked at by at least one shape; 0 when not counted.
    """

    findings: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    stage: Stage = Stage.FINAL
    checked: str = ""
    focus_nodes: int = 0

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Count findings by severity, those of the baseline apart."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    def reaches(self, severity: Severity) -> bool:
        """Tell whether there is a finding of a severity or a worse one."""
        return any(finding.severity.rank <= severity.rank for finding in self.findings)
