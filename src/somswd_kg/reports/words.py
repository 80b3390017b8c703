"""Words that several reports share, in both languages."""

from __future__ import annotations

from somswd_kg.language import Language, Text, has_thai, splits_cluster
from somswd_kg.model import REQUIRED_MARK, Finding, Place, Severity, Status
from somswd_kg.questions.names import short_name
from somswd_kg.scores import Missing

__all__ = [
    "WORDS",
    "checked_name",
    "element_name",
    "heading_text",
    "missing_text",
    "place_text",
    "sheet_name",
    "shortened",
    "value_text",
]

_LONGEST = 300
"""Signs of a label or a value that a reader needs to know it again."""

_SHIPPED = Text("the shipped graph", "ข้อมูลที่จัดมาพร้อมโปรแกรม")
_DRAFT_NODE = "urn:somswd-kg:draft:"

WORDS = {
    "title": Text("Findings on the draft", "ผลการตรวจร่างแผนงาน"),
    "checked": Text("Checked", "ไฟล์ที่ตรวจ"),
    "graphs": Text("Graphs read together", "ชุดข้อมูลที่อ่านรวมกัน"),
    "stage": Text("Stage of the draft", "ขั้นของร่าง"),
    "severity": Text("Severity", "ระดับความสำคัญ"),
    "rule": Text("Rule", "รหัสเกณฑ์"),
    "place": Text("Place", "ตำแหน่ง"),
    "element": Text("About", "รายการ"),
    "finding": Text("Finding", "ข้อตรวจพบ"),
    "findings": Text("Findings", "ข้อตรวจพบ"),
    "fix": Text("What to do", "แนวทางแก้ไข"),
    "reason": Text("Why it matters", "เหตุผล"),
    "value": Text("Found", "ข้อมูลที่พบ"),
    "suggested": Text("Suggested value", "ค่าที่เสนอ"),
    "related": Text("See also", "ดูประกอบ"),
    "sheet": Text("Sheet", "แผ่นงาน"),
    "all": Text("All", "ทั้งหมด"),
    "show": Text("Show", "แสดง"),
    "none": Text("Nothing was found: the draft conforms.", "ไม่มีข้อตรวจพบ ร่างผ่านเกณฑ์"),
    "known": Text("Known and true of the source", "ข้อเท็จจริงของเอกสารต้นทางซึ่งทราบอยู่แล้ว"),
    "shown": Text("{count} shown", "แสดง {count} รายการ"),
    "summary": Text("Summary", "สรุป"),
    "outline": Text("outline", "ขั้นโครงร่าง"),
    "consultation": Text("consultation", "ขั้นขอความเห็น"),
    "final": Text("final", "ขั้นเสนอขอความเห็นชอบ"),
    "comparison": Text("Compared with", "เทียบกับ"),
    "status": Text("Since then", "เทียบกับครั้งก่อน"),
    "fixed-list": Text("Mended, or no longer in the draft", "แก้ไขแล้ว หรือไม่มีรายการนี้ในร่างแล้ว"),
    Status.NEW: Text("new", "พบใหม่"),
    Status.INHERITED: Text("inherited", "คงเดิม"),
    Status.FIXED: Text("mended", "แก้ไขแล้ว"),
    "scorecard": Text("How complete the draft is", "ตารางสรุปความครบถ้วน"),
    "scorecard-note": Text(
        "Share of the outcomes and outputs of each goal that have it. A baseline, a target and a "
        "responsible body count when every indicator of the result has one.",
        "ร้อยละของผลลัพธ์และผลผลิตภายใต้แต่ละเป้าหมายที่มีข้อมูลครบ สำหรับค่าฐาน ค่าเป้าหมาย "
        "และหน่วยงานรับผิดชอบ นับเมื่อตัวชี้วัดทุกตัวของรายการนั้นมีข้อมูลดังกล่าว",
    ),
    "scorecard-proposed": Text(
        "Links between goals, results and indicators are proposals: the source states none.",
        "ความเชื่อมโยงระหว่างเป้าหมาย ผลลัพธ์ ผลผลิต และตัวชี้วัดเป็นข้อเสนอของผู้วิเคราะห์ (เอกสารไม่ได้ระบุ)",
    ),
    "goal": Text("Goal", "เป้าหมาย"),
    "results": Text("results", "จำนวนรายการ"),
    "elsewhere": Text("the plan as a whole", "ทั้งแผนงาน"),
    "missing": Text("To be mended before the stage “{stage}”", "สิ่งที่ต้องแก้ไขก่อนถึง{stage}"),
    "missing-now": Text("To be mended", "สิ่งที่ต้องแก้ไข"),
    "missing-nothing": Text(
        "Nothing stands in the way of the stage “{stage}”.", "ไม่มีสิ่งที่ต้องแก้ไขก่อนถึง{stage}"
    ),
    "missing-nothing-now": Text("Nothing must be mended.", "ไม่มีสิ่งที่ต้องแก้ไข"),
    "count": Text("count", "จำนวน"),
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
    heading = heading_text(place.heading, language)
    if not heading:
        return where
    return f"{where} (หัวข้อ “{heading}”)" if thai else f"{where} (“{heading}”)"


def heading_text(heading: str, language: Language) -> str:
    r"""Write a heading in the reader's language, without the mark of a required column.

    >>> heading_text("ผลผลิตที่ส่งมอบ *\noutput *", Language.TH)
    'ผลผลิตที่ส่งมอบ'
    """
    lines = [" ".join(line.replace(REQUIRED_MARK, " ").split()) for line in heading.split("\n")]
    thai = language is Language.TH
    fitting = [line for line in lines if line and has_thai(line) is thai]
    return (fitting or [line for line in lines if line] or [""])[0]


def element_name(finding: Finding, language: Language) -> str:
    """Name what a finding is about: its code and its label, as far as it has them."""
    label = shortened(finding.label.in_(language))
    return " ".join(part for part in (shortened(finding.code), label) if part)


def shortened(text: str, most: int = _LONGEST) -> str:
    """Cut a text that fills a cell, between two Thai clusters.

    >>> shortened("ก้" * 200, 5)
    'ก้ก้…'
    """
    if len(text) <= most:
        return text
    end = next(at for at in range(most, -1, -1) if not splits_cluster(text, at))
    return f"{text[:end]}…"


def checked_name(checked: str, language: Language) -> str:
    """Name what was checked: a file by its path, the shipped graph in the reader's language."""
    return _SHIPPED.in_(language) if checked == _SHIPPED.en else checked


def sheet_name(finding: Finding, language: Language) -> str:
    """Name the sheet or file that a finding stands in; what stands in none concerns the plan."""
    place = finding.place
    return (place.path or place.name) if place else WORDS["elsewhere"].in_(language)


def value_text(finding: Finding, language: Language) -> str:
    """Write what was found as a reader knows it: the draft's own nodes have no IRI to be shown.

    >>> from somswd_kg.language import NO_TEXT
    >>> iri = "https://w3id.org/somswd-kg/code/target-group/women"
    >>> found = Finding("COV-01", Severity.WARNING, "urn:x", NO_TEXT, "", NO_TEXT, value=iri)
    >>> value_text(found, Language.TH)
    'women'
    """
    value = finding.value
    label = finding.value_label.in_(language)
    if value == finding.element or (value.startswith(_DRAFT_NODE) and not label):
        return ""
    if label:
        return shortened(label)
    return short_name(value) if "://" in value else shortened(value)


def missing_text(
    missing: tuple[Missing, ...], next_stage: str, language: Language
) -> tuple[str, tuple[str, ...]]:
    """Say what must be mended before the next stage: a heading, and a line for each rule."""
    key = "missing" if missing else "missing-nothing"
    if not next_stage:
        return WORDS[f"{key}-now"].in_(language), _missing_lines(missing, language)
    stage = WORDS[next_stage].in_(language)
    return WORDS[key].in_(language).format(stage=stage), _missing_lines(missing, language)


def _missing_lines(missing: tuple[Missing, ...], language: Language) -> tuple[str, ...]:
    names = (f"{each.rule} {each.name.in_(language)}".strip() for each in missing)
    unit = " รายการ" if language is Language.TH else ""
    return tuple(f"{name} ({each.count}{unit})" for name, each in zip(names, missing, strict=True))
