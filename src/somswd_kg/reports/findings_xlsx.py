"""Findings in the drafter's own workbook: coloured cells, comments, and a sheet that lists them."""

from __future__ import annotations

from pathlib import Path

from somswd_kg.errors import ParameterError
from somswd_kg.formats.notices import NoticeCode
from somswd_kg.formats.xlsx.findings_sheet import FindingRow, FindingsTable
from somswd_kg.formats.xlsx.handback import CellMark, hand_back
from somswd_kg.language import Language, Text
from somswd_kg.model import FindingReport
from somswd_kg.reports.words import WORDS, element_name

__all__ = ["hand_back_findings"]

SHEET_NAME = Text("Findings", "ข้อตรวจพบ")
_COLUMNS = ("place", "severity", "rule", "element", "finding", "fix", "suggested", "reason")
_NAMED = 5
_KEPT = Text(
    "These cells have a comment already, so ours stand on the findings sheet alone: {cells}",
    "ช่องเหล่านี้มีข้อคิดเห็นอยู่แล้ว ข้อตรวจพบจึงปรากฏเฉพาะในแผ่นงาน “ข้อตรวจพบ” ได้แก่ {cells}",
)
_SIGNATURE = Text(
    "The workbook was signed; the signature does not hold for what is handed back.",
    "ไฟล์ต้นฉบับมีลายมือชื่ออิเล็กทรอนิกส์ ซึ่งใช้กับไฟล์ที่ส่งคืนนี้ไม่ได้",
)
_WIDTHS = (26.0, 14.0, 10.0, 30.0, 60.0, 50.0, 20.0, 50.0)


def hand_back_findings(
    report: FindingReport, source: Path, out: Path, language: Language
) -> tuple[Text, ...]:
    """Write the workbook again with its findings; nothing else of it is changed.

    Args:
        report: What was found in it.
        source: The drafter's workbook.
        out: Where to write.
        language: Of the reader.

    Returns:
        What could not be shown, such as a comment where the drafter's own stands.

    Raises:
        ParameterError: The draft is no workbook.
    """
    if source.is_dir() or source.suffix.lower() not in (".xlsx", ".xlsm", ".xltx"):
        raise ParameterError(
            "only a workbook can be handed back", hint="choose html, csv or json for this draft"
        )
    placed = sorted(
        (finding for finding in report.findings if finding.place),
        key=lambda f: ((f.place.sheet, f.place.row, f.place.column) if f.place else (), f.order),
    )
    marks = [
        CellMark(
            finding.place.name,
            finding.place.cell,
            finding.severity,
            "\n".join(
                text
                for text in (
                    f"{finding.rule} {finding.severity.text.in_(language)}",
                    finding.message.in_(language),
                    finding.fix.in_(language),
                )
                if text
            ),
        )
        for finding in placed
        if finding.place
    ]
    rest = [finding for finding in report.findings if not finding.place]
    rows = tuple(
        FindingRow(
            (
                finding.place.address if finding.place else "",
                finding.severity.text.in_(language),
                finding.rule,
                element_name(finding, language),
                finding.message.in_(language),
                finding.fix.in_(language),
                finding.suggested,
                finding.reason.in_(language),
            ),
            finding.place.name if finding.place else "",
            finding.place.cell if finding.place else "",
        )
        for finding in (*placed, *rest)
    )
    headings = tuple(WORDS[name].in_(language) for name in _COLUMNS)
    table = FindingsTable(SHEET_NAME.in_(language), headings, rows, _WIDTHS)
    notices = hand_back(source, marks, table, out)
    kept = [dict(each.values) for each in notices if each.code == NoticeCode.COMMENT_KEPT]
    told = []
    if kept:
        cells = ", ".join(f"{each['sheet']}!{each['cell']}" for each in kept[:_NAMED])
        more = len(kept) - _NAMED
        en, th = (f" and {more} more", f" และอีก {more} ช่อง") if more > 0 else ("", "")
        told.append(Text(_KEPT.en.format(cells=cells + en), _KEPT.th.format(cells=cells + th)))
    if any(each.code == NoticeCode.SIGNATURE_BROKEN for each in notices):
        told.append(_SIGNATURE)
    return tuple(told)
