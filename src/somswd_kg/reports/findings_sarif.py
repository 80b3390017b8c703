"""Findings as SARIF 2.1.0, for editors and code-hosting services.

A finding in a Turtle or CSV file has a region with its line; one in a workbook has the file as
its artifact and `Sheet!A1` as its logical location, for a workbook has no lines.

Source:
    OASIS, Static Analysis Results Interchange Format Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import quote

from somswd_kg import __version__
from somswd_kg.language import Language
from somswd_kg.model import Comparison, Finding, FindingReport, Place, Severity

__all__ = ["findings_as_sarif"]

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RULES_PAGE = "https://w3id.org/somswd-kg/docs/rules#"


def findings_as_sarif(report: FindingReport, language: Language) -> str:
    """Write a report as one SARIF run.

    Known findings are suppressed results with their reason; those that are mended since an earlier
    check are results that are absent.
    """
    gone = report.comparison.fixed if report.comparison else ()
    findings = (*report.findings, *report.known)
    rules = {finding.rule: finding for finding in reversed((*findings, *gone))}
    numbers = sorted(rules)
    places = {number: place for place, number in enumerate(numbers)}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "somswd-kg",
                        "version": __version__,
                        "informationUri": "https://w3id.org/somswd-kg/",
                        "rules": [_rule(rules[number], language) for number in numbers],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "language": "th" if language is Language.TH else "en-US",
                "properties": {"stage": str(report.stage)},
                "results": [_result(f, report, language, places) for f in findings]
                + [
                    {**_result(f, report, language, places), "baselineState": "absent"}
                    for f in gone
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(finding: Finding, language: Language) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": finding.rule,
        "helpUri": f"{_RULES_PAGE}{quote(finding.rule.lower())}",
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }
    if finding.reason.in_(language):
        rule["fullDescription"] = {"text": finding.reason.in_(language)}
    if finding.fix.in_(language):
        rule["help"] = {"text": finding.fix.in_(language)}
    return rule


def _result(
    finding: Finding, report: FindingReport, language: Language, places: Mapping[str, int]
) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message.in_(language) or finding.rule},
        "locations": [_location(finding.place, finding, report)],
        "partialFingerprints": {"findingId/v1": finding.id},
    }
    if report.comparison and not finding.known:
        result["baselineState"] = _state(report.comparison, finding)
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(place, finding, report)}
            for number, place in enumerate(finding.related, 1)
        ]
    if finding.known:
        result["suppressions"] = [{"kind": "external", "justification": finding.known}]
    return result


def _state(comparison: Comparison, finding: Finding) -> str:
    """Say in SARIF's words how a result stands to the earlier run (3.27.24)."""
    return "unchanged" if finding.id in comparison.inherited else "new"


def _location(place: Place | None, finding: Finding, report: FindingReport) -> dict[str, object]:
    physical: dict[str, object] = {}
    file = place.path if place and place.path else report.checked
    if file and (place or not finding.element):
        physical["artifactLocation"] = {"uri": quote(PurePath(file).as_posix())}
    if place and place.path:
        region = {"startLine": place.line or place.row}
        physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical} if physical else {}
    name = place.address if place else finding.element
    if name:
        location["logicalLocations"] = [
            {"fullyQualifiedName": name, "kind": "cell" if place and not place.path else "element"}
        ]
    return location
