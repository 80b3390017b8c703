"""Findings as text: counts first, then a summary, then rule by rule and place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from somswd_kg.language import Language, Text, display_width
from somswd_kg.model import Comparison, Finding, FindingReport, Severity, Status
from somswd_kg.questions.names import short_name
from somswd_kg.reports.layout import columns, wrap
from somswd_kg.reports.scorecard_text import scorecard_as_text
from somswd_kg.reports.words import (
    WORDS,
    checked_name,
    element_name,
    place_text,
    sheet_name,
    shortened,
    value_text,
)

__all__ = ["counts_line", "findings_as_text"]

_WIDTH = 100
_LONGEST_MESSAGE = 1_000
_NOTHING = Text("nothing found", "ไม่มีข้อตรวจพบ")
_KNOWN = Text(
    "known and true of the source ({count})", "ข้อเท็จจริงของเอกสารต้นทางซึ่งทราบอยู่แล้ว ({count} รายการ)"
)
_FIX = Text("fix", "แนวทางแก้ไข")
_WHY = Text("why", "เหตุผล")
_VALUE = Text("found", "ข้อมูลที่พบ")
_SUGGESTED = Text("suggested", "ค่าที่เสนอ")
_COUNTED = {
    Severity.VIOLATION: Text("{count} violations", "ต้องแก้ไข {count} รายการ"),
    Severity.WARNING: Text("{count} warnings", "ควรแก้ไข {count} รายการ"),
    Severity.INFO: Text("{count} for information", "เพื่อทราบ {count} รายการ"),
}
_STATUS = {
    Status.NEW: Text("{count} new", "พบใหม่ {count} รายการ"),
    Status.INHERITED: Text("{count} inherited", "คงเดิม {count} รายการ"),
    Status.FIXED: Text("{count} mended", "แก้ไขแล้ว {count} รายการ"),
}


def counts_line(report: FindingReport, language: Language) -> str:
    """Say how many findings there are of each severity."""
    parts = [
        _COUNTED[severity].in_(language).format(count=count)
        for severity, count in report.counts.items()
    ]
    if report.known:
        parts.append(_KNOWN.in_(language).format(count=len(report.known)))
    return _enumerated(parts, language)


def _enumerated(parts: Iterable[str], language: Language) -> str:
    return (", " if language is Language.EN else "  ").join(parts)


def findings_as_text(report: FindingReport, language: Language, *, detail: bool = True) -> str:
    """Write a report for a terminal or a file, without colour.

    Args:
        report: What was found.
        language: Of the reader.
        detail: Whether to tell fix and reason of every rule.
    """
    name = checked_name(report.checked, language)
    lines = [f"{name}: {counts_line(report, language)}".removeprefix(": ")]
    if report.graphs:
        lines.append(f"{WORDS['graphs'].in_(language)} ({len(report.graphs)}):")
        lines += [f"  {graph}" for graph in report.graphs]
    if report.comparison:
        lines.append(_compared(report, report.comparison, language))
    if not report.findings and not report.known:
        lines.append(_NOTHING.in_(language))
    lines += _by_sheet(report.findings, language)
    if report.scorecard:
        lines += ["", *scorecard_as_text(report.scorecard, language)]
    for severity, group in groupby(report.findings, key=lambda finding: finding.severity):
        found = list(group)
        lines += _heading(f"{severity.text.in_(language)} ({len(found)})")
        lines += _rules(found, language, report.comparison, detail=detail)
    if report.comparison and report.comparison.fixed:
        fixed = report.comparison.fixed
        lines += _heading(f"{WORDS['fixed-list'].in_(language)} ({len(fixed)})")
        lines += _short(fixed, language)
    if report.known:
        lines += _heading(_KNOWN.in_(language).format(count=len(report.known)))
        lines += _short(report.known, language)
    return "\n".join(lines) + "\n"


def _heading(text: str) -> list[str]:
    return ["", "", text, "=" * display_width(text)]


def _compared(report: FindingReport, comparison: Comparison, language: Language) -> str:
    counts = report.status_counts.items()
    said = (_STATUS[status].in_(language).format(count=count) for status, count in counts)
    name = WORDS["comparison"].in_(language)
    return f"{name} {comparison.against}: {_enumerated(said, language)}"


def _by_sheet(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """Say how many findings each sheet has, where there is a draft of several."""
    places = {
        sheet_name(finding, language): finding.place.sheet if finding.place else 0
        for finding in findings
    }
    if len(places) < 2 or not any(places.values()):
        return
    counted = Counter((sheet_name(finding, language), finding.severity) for finding in findings)
    headings = [WORDS["sheet"].in_(language)]
    headings += [severity.text.in_(language) for severity in Severity]
    rows = [
        [name, *(str(counted[name, severity] or "-") for severity in Severity)]
        for name in sorted(places, key=lambda name: (places[name], name))
    ]
    yield ""
    yield from columns(headings, rows, [False, True, True, True]).split("\n")


def _rules(
    findings: Iterable[Finding],
    language: Language,
    comparison: Comparison | None,
    *,
    detail: bool,
) -> Iterator[str]:
    for rule, group in groupby(findings, key=lambda finding: finding.rule):
        found = list(group)
        first = found[0]
        yield ""
        yield f"{rule} ({len(found)})"
        said = {_message(finding, language) for finding in found}
        if len(said) == 1:
            yield from _indented(said.pop(), 2)
        for finding in found:
            yield from _lines(finding, language, comparison, alone=bool(said))
        if detail:
            for name, text in ((_FIX, first.fix), (_WHY, first.reason)):
                if text:
                    yield from _indented(f"{name.in_(language)}: {text.in_(language)}", 2, 2)


def _lines(
    finding: Finding, language: Language, comparison: Comparison | None, *, alone: bool
) -> Iterator[str]:
    status = ""
    if comparison:
        status = f"[{WORDS[comparison.status(finding)].in_(language)}]"
    place = place_text(finding.place, language)
    name = short_name(finding.element) if finding.element and not place else ""
    parts = (status, place, name, element_name(finding, language))
    yield from _indented(f"- {'  '.join(part for part in parts if part)}", 4, 2)
    if alone:
        yield from _indented(_message(finding, language), 6)
    value = value_text(finding, language)
    if value and value not in finding.message.in_(language):
        yield from _indented(f"{_VALUE.in_(language)}: {value}", 6)
    if finding.suggested:
        yield from _indented(f"{_SUGGESTED.in_(language)}: {finding.suggested}", 6)


def _message(finding: Finding, language: Language) -> str:
    return shortened(finding.message.in_(language), _LONGEST_MESSAGE)


def _short(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """Tell findings in few words, a rule at a time: what is known or mended needs no more."""
    ordered = sorted(findings, key=lambda finding: (finding.rule, finding.order))
    for rule, group in groupby(ordered, key=lambda finding: finding.rule):
        yield ""
        found = list(group)
        yield f"{rule} ({len(found)})"
        for message, same in groupby(found, key=lambda finding: finding.message.in_(language)):
            yield from _indented(f"- {message}", 2, 2)
            names = dict.fromkeys(_named(finding, language) for finding in same)
            yield from _indented(", ".join(name for name in names if name not in message), 4)


def _named(finding: Finding, language: Language) -> str:
    place = place_text(finding.place, language)
    return place or finding.code or short_name(finding.element)


def _indented(text: str, indent: int, hang: int = 0) -> Iterator[str]:
    if not text:
        return
    for number, line in enumerate(wrap(text, _WIDTH - indent - hang)):
        yield " " * (indent + (hang if number else 0)) + line
