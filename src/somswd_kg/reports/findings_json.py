"""Findings as JSON."""

from __future__ import annotations

import json

from somswd_kg import __version__
from somswd_kg.language import Text
from somswd_kg.model import Finding, FindingReport, Place

__all__ = ["SCHEMA", "findings_as_json"]

SCHEMA = "https://w3id.org/somswd-kg/schemas/findings.schema.json"
"""What the JSON is held to; the file is `findings.schema.json` beside this one."""


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
        **({"place": _place(finding.place)} if finding.place else {}),
        **({"related": [_place(place) for place in finding.related]} if finding.related else {}),
        **({"suggested": finding.suggested} if finding.suggested else {}),
        **({"known": finding.known} if finding.known else {}),
    }


def _place(place: Place) -> dict[str, object]:
    """Write a place: its address, and its parts for those who look it up."""
    parts = {"sheet": place.name, "row": place.row, "column": place.column}
    return {
        "address": place.address,
        **({"file": place.path} if place.path else {}),
        **parts,
        "heading": place.heading,
    }


def findings_as_json(report: FindingReport) -> str:
    """Write a report with every text in both languages.

    Rules, codes, shapes and package are released together: `version` is that of all of them.
    """
    content = {
        "$schema": SCHEMA,
        "version": __version__,
        "checked": report.checked,
        "stage": str(report.stage),
        "counts": {str(severity): count for severity, count in report.counts.items()},
        "known_count": len(report.known),
        "findings": [_finding(finding) for finding in report.findings],
        "known": [_finding(finding) for finding in report.known],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
