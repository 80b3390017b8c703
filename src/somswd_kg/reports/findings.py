"""Findings in the form that was asked for."""

from __future__ import annotations

from somswd_kg.errors import ParameterError
from somswd_kg.language import Language
from somswd_kg.model import FindingReport
from somswd_kg.reports.findings_json import findings_as_json
from somswd_kg.reports.findings_text import findings_as_text
from somswd_kg.reports.findings_ttl import findings_as_turtle

__all__ = ["render_findings"]


def render_findings(report: FindingReport, format: str, language: Language) -> str:
    """Write a report as `text`, `json` or `ttl`."""
    if format == "text":
        return findings_as_text(report, language)
    if format == "json":
        return findings_as_json(report)
    if format == "ttl":
        return findings_as_turtle(report)
    raise ParameterError(f"unknown format '{format}'", hint="write one of text, json, ttl")
