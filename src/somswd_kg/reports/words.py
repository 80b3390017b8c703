"""Words that several reports share, in both languages."""

from __future__ import annotations

from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, Place, Severity

__all__ = ["WORDS", "element_name", "place_text"]

WORDS = {
    "title": Text("Findings on the draft", "ผลการตรวจร่างแผนงาน"),
    "checked": Text("Checked", "ไฟล์ที่ตรวจ"),
    "stage": Text("Stage of the draft", "ขั้นของร่าง"),
    "severity": Text("Severity", "ระดับความสำคัญ"),
    "rule": Text("Rule", "รหัสเกณฑ์"),
    "place": Text("Place", "ตำแหน่ง"),
    "element": Text("About", "รายการ"),
    "finding": Text("Finding", "ข้อตรวจพบ"),
    "fix": Text("What to do", "แนวทางแก้ไข"),
    "reason": Text("Why it matters", "เหตุผล"),
    "value": Text("Found", "ข้อมูลที่พบ"),
    "suggested": Text("Suggested value", "ค่าที่เสนอ"),
    "related": Text("See also", "ดูประกอบ"),
    "sheet": Text("Sheet", "แผ่นงาน"),
    "all": Text("All", "ทั้งหมด"),
    "show": Text("Show", "แสดง"),
    "none": Text("Nothing was found: the draft conforms.", "ไม่พบข้อตรวจพบ ร่างผ่านเกณฑ์"),
    "known": Text("Known and true of the source", "ทราบแล้วและเป็นจริงตามเอกสารต้นทาง"),
    "shown": Text("shown", "รายการที่แสดง"),
    "summary": Text("Summary", "สรุป"),
    "outline": Text("outline", "ขั้นโครงร่าง"),
    "consultation": Text("consultation", "ขั้นขอความเห็น"),
    "final": Text("final", "ขั้นเสนอขอความเห็นชอบ"),
    Severity.VIOLATION: Text("must be mended", "ต้องแก้ไข"),
    Severity.WARNING: Text("should be mended", "ควรแก้ไข"),
    Severity.INFO: Text("for information", "เพื่อทราบ"),
}


def place_text(place: Place | None, language: Language) -> str:
    """Say where as a person would: the sheet, the cell and its heading.

    >>> place_text(Place(1, 7, 5, "ตัวชี้วัด", "ค่าฐาน"), Language.TH)
    'แผ่นงาน “ตัวชี้วัด” ช่อง E7 (หัวข้อ “ค่าฐาน”)'
    >>> place_text(Place(1, 12, 0, "draft", "swd:year", "draft.ttl"), Language.EN)
    'draft.ttl, line 12 (swd:year)'
    """
    if place is None:
        return ""
    thai = language is Language.TH
    if place.path and not place.column:
        line = f"บรรทัด {place.row}" if thai else f"line {place.row}"
        heading = f" ({place.heading})" if place.heading else ""
        return f"{place.path} {line}{heading}" if thai else f"{place.path}, {line}{heading}"
    if place.path:
        where = (
            f"ไฟล์ “{place.path}” แถว {place.row} คอลัมน์ {place.column}"
            if thai
            else f"file “{place.path}”, row {place.row}, column {place.column}"
        )
    else:
        where = (
            f"แผ่นงาน “{place.name}” ช่อง {place.cell}"
            if thai
            else f"sheet “{place.name}”, cell {place.cell}"
        )
    if not place.heading:
        return where
    return f"{where} (หัวข้อ “{place.heading}”)" if thai else f"{where} (“{place.heading}”)"


def element_name(finding: Finding, language: Language) -> str:
    """Name what a finding is about: its code and its label, as far as it has them."""
    label = finding.label.in_(language)
    return " ".join(part for part in (finding.code, label) if part)
