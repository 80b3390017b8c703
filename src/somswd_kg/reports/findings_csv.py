"""Findings as a table of problems, one row each, as ROBOT's reports are laid out."""

from __future__ import annotations

import csv
import io

from somswd_kg.language import Language
from somswd_kg.model import FindingReport

__all__ = ["findings_as_csv"]

HEADINGS = (
    "id",
    "status",
    "level",
    "rule",
    "subject",
    "property",
    "value",
    "place",
    "code",
    "label",
    "message",
    "fix",
    "suggested",
    "known",
)
_LIVE = frozenset("=+-@\t\r\n")


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula.

    >>> safe_cell("=1+1"), safe_cell("plan")
    ("'=1+1", 'plan')
    """
    return f"'{text}" if text[:1] in _LIVE or text.lstrip()[:1] in _LIVE else text


def findings_as_csv(report: FindingReport, language: Language) -> str:
    """Write a report as CSV; texts in the reader's language, UTF-8 with a mark for spreadsheets."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for finding in (*report.findings, *report.known):
        compared = report.comparison if not finding.known else None
        row = (
            finding.id,
            str(compared.status(finding)) if compared else "",
            str(finding.severity),
            finding.rule,
            finding.element,
            finding.path,
            finding.value,
            finding.place.address if finding.place else "",
            finding.code,
            finding.label.in_(language),
            finding.message.in_(language),
            finding.fix.in_(language),
            finding.suggested,
            finding.known,
        )
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()
