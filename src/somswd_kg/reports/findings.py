"""Findings in the form that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from somswd_kg.errors import ParameterError

if TYPE_CHECKING:
    from somswd_kg.language import Language
    from somswd_kg.model import FindingReport

__all__ = ["BOOKS", "FORMATS", "SUFFIXES", "render_findings"]


def _text(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_text import findings_as_text

    return findings_as_text(report, language)


def _json(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_json import findings_as_json

    return findings_as_json(report)


def _turtle(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_ttl import findings_as_turtle

    return findings_as_turtle(report)


def _html(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_html import findings_as_html

    return findings_as_html(report, language)


def _sarif(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_sarif import findings_as_sarif

    return findings_as_sarif(report, language)


def _csv(report: FindingReport, language: Language) -> str:
    from somswd_kg.reports.findings_csv import findings_as_csv

    return findings_as_csv(report, language)


FORMATS: dict[str, Callable[[FindingReport, Language], str]] = {
    "text": _text,
    "json": _json,
    "ttl": _turtle,
    "html": _html,
    "sarif": _sarif,
    "csv": _csv,
}
"""The forms that are text, by name; the workbook handed back is made of the draft itself."""

BOOKS = ("comments", "xlsx")
"""The forms that are workbooks, and so files: a sheet of comments, and the draft handed back."""

SUFFIXES = {
    "text": ".txt",
    "json": ".json",
    "ttl": ".ttl",
    "html": ".html",
    "sarif": ".sarif",
    "csv": ".csv",
    "comments": "-comments.xlsx",
    "xlsx": ".xlsx",
}
"""What a report's file is called after the draft's name."""


def render_findings(report: FindingReport, format: str, language: Language) -> str:
    """Write a report in one of `FORMATS`.

    Raises:
        ParameterError: The format is unknown.
    """
    if format not in FORMATS:
        hint = f"write one of {', '.join(FORMATS)}"
        raise ParameterError(f"unknown format '{format}'", hint=hint)
    return FORMATS[format](report, language)
