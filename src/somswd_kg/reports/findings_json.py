"""Findings as JSON."""

from __future__ import annotations

import json

from somswd_kg.language import Text
from somswd_kg.model import Finding, FindingReport

__all__ = ["findings_as_json"]


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "th": text.th}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "element": finding.element,
        "label": _text(finding.label),
        "code": finding.code,
        "path": finding.path,
        "value": finding.value,
        "message": _text(finding.message),
        "fix": _text(finding.fix),
        "reason": _text(finding.reason),
        **({"known": finding.known} if finding.known else {}),
    }


def findings_as_json(report: FindingReport) -> str:
    """Write a report with every text in both languages."""
    content = {
        "checked": report.checked,
        "stage": str(report.stage),
        "counts": {str(severity): count for severity, count in report.counts.items()},
        "known_count": len(report.known),
        "findings": [_finding(finding) for finding in report.findings],
        "known": [_finding(finding) for finding in report.known],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
