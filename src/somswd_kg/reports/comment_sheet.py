"""A sheet of comments by clause, ready to send to those who wrote the draft.

It is a workbook of one table, in the order of the clauses, that prints on paper and can be pasted
into a letter: clause, what it is called, the comment, what is proposed, and who says so (the rule).
"""

from __future__ import annotations

import re

from somswd_kg.drafts.workbook import ColumnSpec, SheetSpec, WorkbookSpec
from somswd_kg.formats.xlsx.write import workbook_bytes
from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport
from somswd_kg.reports.words import WORDS, place_text

__all__ = ["comment_rows", "comment_sheet"]

_TITLE = Text("Comments", "ข้อคิดเห็น")
_COLUMNS = (
    (Text("No.", "ที่"), 6.0),
    (Text("Clause", "ข้อ"), 12.0),
    (Text("Text of the clause", "ข้อความของข้อ"), 40.0),
    (Text("Comment", "ข้อคิดเห็น"), 60.0),
    (Text("What to do", "แนวทางแก้ไข"), 50.0),
    (Text("Proposed wording or value", "ถ้อยคำหรือค่าที่เสนอ"), 32.0),
    (Text("Importance", "ระดับความสำคัญ"), 16.0),
    (Text("Place", "ตำแหน่ง"), 36.0),
    (Text("Rule", "รหัสเกณฑ์"), 11.0),
)
_OWNER = re.compile(r"[^|]*\|[a-z]+:(\d+(?:\.\d+)*)(?![\w.])")
_WHOLE = Text("the plan as a whole", "ภาพรวมของแผนงาน")


def comment_rows(report: FindingReport, language: Language) -> tuple[tuple[str, ...], ...]:
    """Give one row for each comment, in the order of the clauses: 2.10 comes after 2.9.

    What is known and true of a source is among them: it is what to ask the authors to settle.
    """
    findings = sorted((*report.findings, *report.known), key=_order)
    rows = []
    for number, finding in enumerate(findings, 1):
        clause = _clause(finding)
        row = (
            str(number),
            clause,
            finding.label.in_(language) or ("" if clause else _WHOLE.in_(language)),
            finding.message.in_(language),
            finding.fix.in_(language),
            finding.suggested,
            finding.severity.text.in_(language),
            place_text(finding.place, language),
            finding.rule,
        )
        rows.append(row)
    return tuple(rows)


def comment_sheet(report: FindingReport, language: Language) -> bytes:
    """Write the comments as a workbook; the same report gives the same bytes."""
    columns = tuple(
        ColumnSpec(heading.in_(language), width=width, as_text=True, wrap=True)
        for heading, width in _COLUMNS
    )
    sheet = SheetSpec(
        _TITLE.in_(language),
        columns,
        comment_rows(report, language),
        entry_rows=0,
        frozen_columns=2,
    )
    title = f"{WORDS['title'].in_(language)}: {report.checked}"
    return workbook_bytes(WorkbookSpec((sheet,), title))


def _clause(finding: Finding) -> str:
    """Give the number of the clause; of a thing without one, that of what it belongs to."""
    found = None if finding.code else _OWNER.match(finding.id)
    return found[1] if found else finding.code


def _order(finding: Finding) -> tuple[object, ...]:
    """Sort the plan itself first, then by clause, then as findings are sorted."""
    clause = _clause(finding)
    numbers = clause.split(".") if clause[:1].isdigit() else []
    parts = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in numbers)
    return (parts, finding.order)
