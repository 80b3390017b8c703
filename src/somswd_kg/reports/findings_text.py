"""Findings as text: counts first, then rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport, Severity
from somswd_kg.questions.names import short_name
from somswd_kg.reports.layout import wrap
from somswd_kg.reports.words import element_name, place_text

__all__ = ["findings_as_text"]

_WIDTH = 100
_NOTHING = Text("nothing found", "ไม่พบข้อตรวจพบ")
_KNOWN = Text(
    "known and true of the source ({count})", "ทราบแล้วและเป็นจริงตามเอกสารต้นทาง ({count} รายการ)"
)
_FIX = Text("fix", "แนวทางแก้ไข")
_WHY = Text("why", "เหตุผล")
_VALUE = Text("found", "ข้อมูลที่พบ")
_SUGGESTED = Text("suggested", "ค่าที่เสนอ")
_COUNTED = {
    Severity.VIOLATION: Text("violations", "ต้องแก้ไข"),
    Severity.WARNING: Text("warnings", "ควรแก้ไข"),
    Severity.INFO: Text("for information", "เพื่อทราบ"),
}


def counts_line(report: FindingReport, language: Language) -> str:
    """Say how many findings there are of each severity."""
    parts = [
        f"{_COUNTED[severity].in_(language)} {count}"
        if language is Language.TH
        else f"{count} {_COUNTED[severity].in_(language)}"
        for severity, count in report.counts.items()
    ]
    if report.known:
        parts.append(_KNOWN.in_(language).format(count=len(report.known)))
    return ", ".join(parts) if language is Language.EN else "  ".join(parts)


def findings_as_text(report: FindingReport, language: Language, *, detail: bool = True) -> str:
    """Write a report for a terminal or a file, without colour.

    Args:
        report: What was found.
        language: Of the reader.
        detail: Whether to tell fix and reason of every rule.
    """
    lines = [f"{report.checked}: {counts_line(report, language)}".removeprefix(": ")]
    if not report.findings and not report.known:
        lines.append(_NOTHING.in_(language))
    lines += _rules(report.findings, language, detail=detail)
    if report.known:
        lines += ["", f"{_KNOWN.in_(language).format(count=len(report.known))}:"]
        lines += _rules(report.known, language, detail=False)
    return "\n".join(lines) + "\n"


def _rules(findings: Iterable[Finding], language: Language, *, detail: bool) -> Iterator[str]:
    ordered = sorted(findings, key=lambda finding: finding.order)
    for (_, rule), group in groupby(ordered, key=lambda f: (f.severity.rank, f.rule)):
        found = list(group)
        first = found[0]
        yield ""
        yield f"{rule}  {first.severity.text.in_(language)}  ({len(found)})"
        said = {finding.message.in_(language) for finding in found}
        if len(said) == 1:
            yield from _indented(said.pop(), 2)
        for finding in found:
            yield from _lines(finding, language, alone=len({f.message for f in found}) > 1)
        if detail:
            for name, text in ((_FIX, first.fix), (_WHY, first.reason)):
                if text:
                    yield from _indented(f"{name.in_(language)}: {text.in_(language)}", 2)


def _lines(finding: Finding, language: Language, *, alone: bool) -> Iterator[str]:
    place = place_text(finding.place, language)
    name = short_name(finding.element) if finding.element and not place else ""
    shown = "  ".join(part for part in (place, name, element_name(finding, language)) if part)
    yield from _indented(f"- {shown}", 4, 2)
    if alone:
        yield from _indented(finding.message.in_(language), 6)
    if finding.value and finding.value not in finding.message.in_(language):
        value = short_name(finding.value) if "://" in finding.value else finding.value
        yield from _indented(f"{_VALUE.in_(language)}: {value}", 6)
    if finding.suggested:
        yield from _indented(f"{_SUGGESTED.in_(language)}: {finding.suggested}", 6)
    if finding.known:
        yield from _indented(finding.known, 6)


def _indented(text: str, indent: int, hang: int = 0) -> Iterator[str]:
    for number, line in enumerate(wrap(text, _WIDTH - indent - hang)):
        yield " " * (indent + (hang if number else 0)) + line
