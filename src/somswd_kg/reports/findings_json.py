"""Findings as JSON."""

from __future__ import annotations

import json

from somswd_kg import __version__
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.model import Comparison, Finding, FindingReport, Place, Status
from somswd_kg.scores import Aspect, GoalScore, Scorecard

__all__ = ["SCHEMA", "findings_as_json"]

SCHEMA = "https://w3id.org/somswd-kg/schemas/findings.schema.json"
"""What the JSON is held to; the file is `findings.schema.json` beside this one."""


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "th": text.th}


def _finding(finding: Finding, comparison: Comparison | None = None) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "element": finding.element,
        "label": _text(finding.label),
        "code": finding.code,
        "path": finding.path,
        "value": finding.value,
        **({"value_label": _text(finding.value_label)} if finding.value_label != NO_TEXT else {}),
        "message": _text(finding.message),
        "fix": _text(finding.fix),
        "reason": _text(finding.reason),
        **({"place": _place(finding.place)} if finding.place else {}),
        **({"related": [_place(place) for place in finding.related]} if finding.related else {}),
        **({"suggested": finding.suggested} if finding.suggested else {}),
        **({"status": str(comparison.status(finding))} if comparison else {}),
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


def _comparison(report: FindingReport, comparison: Comparison) -> dict[str, object]:
    return {
        "against": comparison.against,
        "new": report.status_counts[Status.NEW],
        "inherited": report.status_counts[Status.INHERITED],
        "fixed": [_finding(finding) for finding in comparison.fixed],
    }


def _scorecard(scorecard: Scorecard) -> dict[str, object]:
    return {
        "goals": [_score(goal) for goal in scorecard.goals],
        **({"unlinked": _score(scorecard.unlinked)} if scorecard.unlinked else {}),
        "whole": _score(scorecard.whole),
        "next_stage": scorecard.next_stage,
        "proposed_links": scorecard.proposed,
        "missing": [
            {"rule": each.rule, "name": _text(each.name), "count": each.count}
            for each in scorecard.missing
        ],
    }


def _score(score: GoalScore) -> dict[str, object]:
    shares = zip(Aspect, score.shares, strict=True)
    return {
        "code": score.code,
        "label": _text(score.label),
        "shares": {str(aspect): {"has": share.has, "of": share.of} for aspect, share in shares},
    }


def findings_as_json(report: FindingReport) -> str:
    """Write a report with every text in both languages.

    Rules, codes, shapes and package are released together: `version` is that of all of them.
    """
    content = {
        "$schema": SCHEMA,
        "version": __version__,
        "versions": dict.fromkeys(("package", "rules", "codes"), __version__),
        "checked": report.checked,
        **({"graphs": list(report.graphs)} if report.graphs else {}),
        "stage": str(report.stage),
        "counts": {str(severity): count for severity, count in report.counts.items()},
        "known_count": len(report.known),
        **({"comparison": _comparison(report, report.comparison)} if report.comparison else {}),
        **({"scorecard": _scorecard(report.scorecard)} if report.scorecard else {}),
        "findings": [_finding(finding, report.comparison) for finding in report.findings],
        "known": [_finding(finding) for finding in report.known],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
