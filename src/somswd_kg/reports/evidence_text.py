"""What was checked of the evidence, as text."""

from __future__ import annotations

from collections.abc import Iterator

from somswd_kg.evidence.check import EvidenceReport
from somswd_kg.evidence.rules import EvidenceRule, fix, message
from somswd_kg.language import Language, Text, local_name
from somswd_kg.questions.names import short_name
from somswd_kg.reports.layout import wrap

__all__ = ["evidence_as_text"]

_WIDTH = 100
_CHECKED = Text(
    "{verified} of {quotes} quotes stand in their source as they are given; "
    "{clauses} clauses, {slips} slips of the source",
    "ตรวจสอบข้อความอ้างอิงแล้ว ตรงกับเอกสารต้นทาง {verified} จาก {quotes} รายการ "
    "{clauses} ข้อ คำสะกดคลาดเคลื่อนในต้นฉบับ {slips} แห่ง",
)
_SOURCE = Text("source {name}, SHA-256 {sha}", "เอกสารต้นทาง {name} ค่า SHA-256 {sha}")
_LEFT = Text(
    "between the clauses, covered by none (numbers and headings):",
    "ข้อความระหว่างข้อที่ไม่มีข้อใดครอบคลุม (เลขข้อและหัวข้อ):",
)
_BAD = Text("does not hold:", "ข้อตรวจพบ:")
_ALL = Text("every quote holds", "ข้อความอ้างอิงถูกต้องทุกรายการ")


def evidence_as_text(report: EvidenceReport, language: Language) -> str:
    """Write what was checked, what is left over, and what does not hold."""
    counts = {
        "verified": report.verified,
        "quotes": report.quotes,
        "clauses": report.clauses,
        "slips": report.slips,
    }
    lines = [
        _SOURCE.in_(language).format(name=local_name(iri), sha=sha) for iri, sha in report.sources
    ]
    lines.append(_CHECKED.in_(language).format(**counts))
    if report.left_over:
        lines += ["", _LEFT.in_(language)]
        for rest in report.left_over:
            mark = "  " if rest.is_heading else "! "
            text = " / ".join(line.strip() for line in rest.text.splitlines() if line.strip())
            lines.append(f"{mark}[{rest.start}] {text}")
    lines.append("")
    if report.problems:
        lines.append(_BAD.in_(language))
        lines += _problems(report, language)
    else:
        lines.append(_ALL.in_(language))
    return "\n".join(lines) + "\n"


def _problems(report: EvidenceReport, language: Language) -> Iterator[str]:
    for problem in report.problems:
        rule = EvidenceRule(problem.rule)
        yield f"- {rule}  {short_name(problem.iri)}"
        for text in (message(rule, problem.value), fix(rule)):
            for line in wrap(text.in_(language), _WIDTH - 2):
                yield f"  {line}"
