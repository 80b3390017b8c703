"""Findings as one HTML file: no network, filters, prints well, usable by keyboard and ear."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from somswd_kg.language import Language, Text
from somswd_kg.model import Comparison, Finding, FindingReport
from somswd_kg.questions.names import short_name
from somswd_kg.reports.scorecard_text import share_text
from somswd_kg.reports.words import (
    WORDS,
    checked_name,
    element_name,
    missing_text,
    place_text,
    value_text,
)
from somswd_kg.scores import Aspect, GoalScore, Scorecard

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["findings_as_html"]


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("somswd_kg.reports", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        lstrip_blocks=True,
    )
    return environment.get_template("findings.html.j2")


def findings_as_html(report: FindingReport, language: Language) -> str:
    """Write a report as a page of its own."""

    def said(text: Text) -> str:
        return text.in_(language)

    def row(finding: Finding, comparison: Comparison | None = None) -> dict[str, object]:
        place = finding.place
        status = str(comparison.status(finding)) if comparison else ""
        return {
            "severity": str(finding.severity),
            "severity_text": said(finding.severity.text),
            "rule": finding.rule,
            "sheet": (place.path or place.name) if place else "",
            "place": place_text(place, language) or _name(finding),
            "cell": place.address if place else "",
            "about": element_name(finding, language),
            "message": said(finding.message),
            "fix": said(finding.fix),
            "reason": said(finding.reason),
            "value": value_text(finding, language),
            "id": finding.id,
            "status": status,
            "status_text": said(WORDS[status]) if status else "",
            "suggested": finding.suggested,
            "related": [place_text(each, language) for each in finding.related],
            "known": finding.known if language is Language.EN else "",
        }

    rows = [row(finding, report.comparison) for finding in report.findings]
    fixed = report.comparison.fixed if report.comparison else ()
    return _template().render(
        language=str(language),
        words={str(key): said(text) for key, text in WORDS.items()},
        checked=checked_name(report.checked, language),
        graphs=report.graphs,
        stage=said(WORDS[str(report.stage)]),
        counts=[
            (str(severity), said(severity.text), count) for severity, count in report.counts.items()
        ],
        rows=rows,
        known=[row(finding) for finding in report.known],
        fixed=[row(finding) for finding in fixed],
        compared=_compared(report, language),
        scorecard=_scorecard(report.scorecard, language) if report.scorecard else None,
        rules=sorted({str(each["rule"]) for each in rows}),
        sheets=list(dict.fromkeys(str(each["sheet"]) for each in rows if each["sheet"])),
    )


def _name(finding: Finding) -> str:
    return short_name(finding.element) if finding.element else ""


def _compared(report: FindingReport, language: Language) -> dict[str, object] | None:
    """Count what is new, inherited and mended."""
    if report.comparison is None:
        return None
    return {
        "against": report.comparison.against,
        "counts": [
            (str(status), WORDS[status].in_(language), count)
            for status, count in report.status_counts.items()
        ],
    }


def _scorecard(scorecard: Scorecard, language: Language) -> dict[str, object]:
    """Give the table of shares as texts, with a number for the bar of each."""

    def row(score: GoalScore) -> dict[str, object]:
        return {
            "name": f"{score.code} {score.label.in_(language)}".strip(),
            "shares": [(share_text(share), share.percent) for share in score.shares],
        }

    goals = [*scorecard.goals, *([scorecard.unlinked] if scorecard.unlinked else [])]
    heading, lines = missing_text(scorecard.missing, scorecard.next_stage, language)
    return {
        "aspects": [aspect.text.in_(language) for aspect in Aspect],
        "rows": [row(goal) for goal in goals],
        "whole": row(scorecard.whole),
        "note": WORDS["scorecard-proposed"].in_(language) if scorecard.proposed else "",
        "missing": heading,
        "lines": lines,
    }
