"""The first sheet of a workbook: what to do with it, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from somswd_kg.drafts.columns import Sheet

__all__ = ["GUIDE_NAMES", "guide_headings", "guide_rows"]

GUIDE_NAMES = {"th": "คำแนะนำ", "en": "Guide"}

_STEPS = (
    (
        "แต่ละแผ่นงานใช้สำหรับข้อมูล 1 ประเภท แต่ละแถวใช้สำหรับ 1 รายการ โปรดเริ่มกรอกจากแผ่นงาน “แผนงาน”",
        "Each sheet holds one kind of thing, each row one thing. Begin with the sheet “Plan”.",
    ),
    (
        "หัวตารางสีส้มที่มีเครื่องหมาย * คือข้อมูลที่จำเป็นต้องกรอก เมื่อวางเมาส์บนหัวตารางจะเห็นคำอธิบาย",
        "An orange heading with * must be filled in. Rest the mouse on a heading to read its help.",
    ),
    (
        "ช่อง (เซลล์) ที่มีรายการให้เลือก กรอกเป็นชื่อในรายการหรือรหัสก็ได้ ข้อความอื่นกรอกได้แต่ระบบจะแจ้งเมื่อตรวจ",
        "Where a cell offers a list, write a name from it or its code. Anything else can be "
        "entered too, and the check tells you of it.",
    ),
    (
        "ช่องที่กรอกได้หลายรายการ ให้คั่นด้วย ; เช่น เด็ก; ผู้สูงอายุ",
        "Where a cell takes several values, put ; between them: children; older persons.",
    ),
    (
        "โปรดอ้างถึงรายการในแผ่นงานอื่นด้วยรหัสของรายการนั้น เช่น 3.2.1",
        "Point at a row of another sheet by its code, such as 3.2.1.",
    ),
    (
        "ปีกรอกเป็น พ.ศ. หรือ ค.ศ. ก็ได้ เช่น 2569 หรือ 2026 ตัวเลขกรอกเป็นเลขไทยหรือเลขอารบิกก็ได้",
        "Years may be of the Buddhist or the Common Era, 2569 or 2026; digits Thai or Arabic.",
    ),
    (
        "หากยังไม่มีข้อมูล ให้เว้นว่าง ไม่ควรกรอก - หรือ N/A หรือ 0",
        "Leave a cell empty while its value is not known; do not write -, N/A or 0.",
    ),
    (
        "แถวตัวเอียงสีเทาเป็นตัวอย่าง ระบบไม่อ่านแถวนี้ ท่านลบทั้งแถวได้",
        "The grey row in italics is an example. It is not read; delete it when you like.",
    ),
    (
        "คอลัมน์ A ที่ซ่อนไว้เก็บรหัสภายในของแถว หากคัดลอกแถว ให้ลบค่าในคอลัมน์ A ของแถวใหม่",
        "The hidden column A holds each row's identifier. Empty it in a row that you copied.",
    ),
    (
        "โปรดตรวจร่างด้วยคำสั่ง somswd-kg validate แก้ไขตามข้อตรวจพบ แล้วตรวจซ้ำจนไม่มีข้อที่ต้องแก้ไข",
        "Check the draft with somswd-kg validate, mend what it finds, and check it again.",
    ),
)
_SHEETS = ("แผ่นงานในไฟล์นี้", "Sheets of this file")


def guide_headings(language: str) -> tuple[str, str]:
    """Head the two columns of the guide, the workbook's language first."""
    thai, english = GUIDE_NAMES["th"], GUIDE_NAMES["en"]
    return (thai, english) if language == "th" else (english, thai)


def guide_rows(sheets: Iterable[Sheet], language: str) -> tuple[tuple[str, str], ...]:
    """Write the rows of the guide: Thai beside English, the workbook's language first.

    Args:
        sheets: The sheets to name at the end.
        language: `th` or `en`.
    """
    named = tuple((sheet.name.get("th", ""), sheet.name.get("en", "")) for sheet in sheets)
    steps = tuple(
        (f"{number}. {thai}", f"{number}. {english}")
        for number, (thai, english) in enumerate(_STEPS, 1)
    )
    rows = (*steps, ("", ""), _SHEETS, *named)
    return rows if language == "th" else tuple((english, thai) for thai, english in rows)
