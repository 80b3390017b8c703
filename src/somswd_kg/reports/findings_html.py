"""Findings as one HTML file: no network, filters, prints well, usable by keyboard and ear."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport
from somswd_kg.reports.words import WORDS, element_name, place_text

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
        lstrip_blocks=True,
    )
    return environment.get_template("findings.html.j2")


def findings_as_html(report: FindingReport, language: Language) -> str:
    """Write a report as a page of its own."""

    def said(text: Text) -> str:
        return text.in_(language)

    def row(finding: Finding) -> dict[str, object]:
        place = finding.place
        return {
            "severity": str(finding.severity),
            "severity_text": said(finding.severity.text),
            "rule": finding.rule,
            "sheet": (place.path or place.name) if place else "",
            "place": place_text(place, language) or finding.element,
            "cell": place.address if place else "",
            "about": element_name(finding, language),
            "message": said(finding.message),
            "fix": said(finding.fix),
            "reason": said(finding.reason),
            "value": finding.value,
            "suggested": finding.suggested,
            "related": [place_text(each, language) for each in finding.related],
            "known": finding.known,
        }

    rows = [row(finding) for finding in report.findings]
    return _template().render(
        language=str(language),
        words={str(key): said(text) for key, text in WORDS.items()},
        checked=report.checked,
        stage=said(WORDS[str(report.stage)]),
        counts=[
            (str(severity), said(severity.text), count) for severity, count in report.counts.items()
        ],
        rows=rows,
        known=[row(finding) for finding in report.known],
        rules=sorted({str(each["rule"]) for each in rows}),
        sheets=list(dict.fromkeys(str(each["sheet"]) for each in rows if each["sheet"])),
    )
