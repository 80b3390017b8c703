"""What evidence is held to: a number, a text and a fix for each rule."""

from __future__ import annotations

from enum import StrEnum

from somswd_kg.language import Text

__all__ = ["EvidenceRule", "fix", "message", "reason"]


class EvidenceRule(StrEnum):
    """Number the rules of evidence; a number is never reused."""

    INCOMPLETE = "EVI-01"
    SOURCE_MISSING = "EVI-02"
    SOURCE_CHANGED = "EVI-03"
    QUOTE_DIFFERS = "EVI-04"
    CONTEXT_DIFFERS = "EVI-05"
    CLUSTER_SPLIT = "EVI-06"
    AMBIGUOUS = "EVI-07"
    OVERLAP = "EVI-08"
    LEFT_OVER = "EVI-09"
    SLIP_DIFFERS = "EVI-10"
    STATEMENT_DIFFERS = "EVI-11"
    LABEL_DIFFERS = "EVI-12"


_Rule = tuple[Text, Text]
_RULES: dict[EvidenceRule, _Rule] = {
    EvidenceRule.INCOMPLETE: (
        Text(
            "The evidence lacks its {value}.",
            "ข้อความอ้างอิงยังไม่ได้ระบุส่วนประกอบให้ครบ ({value})",
        ),
        Text(
            "Give it a source, a text quote selector and a text position selector.",
            "โปรดระบุเอกสารต้นทาง ข้อความที่ยกมา และตำแหน่งของข้อความ",
        ),
    ),
    EvidenceRule.SOURCE_MISSING: (
        Text(
            "The text of the source “{value}” is not kept in graph/sources/.",
            "ไม่พบข้อความของเอกสารต้นทาง “{value}” ใน graph/sources/",
        ),
        Text(
            "Put the text there as it was found, and name the file on the source.",
            "โปรดเก็บข้อความต้นฉบับไว้ตามเดิม และระบุชื่อไฟล์ไว้ที่เอกสารต้นทาง",
        ),
    ),
    EvidenceRule.SOURCE_CHANGED: (
        Text(
            "The stored source is not the one that the graph describes: its SHA-256 is {value}.",
            "ไฟล์เอกสารต้นทางไม่ตรงกับที่ฐานความรู้ระบุ ค่า SHA-256 ที่พบคือ {value}",
        ),
        Text(
            "Restore the file byte for byte, or describe the new one as another source.",
            "โปรดกู้คืนไฟล์เดิมให้ตรงทุกไบต์ หรือบันทึกไฟล์ใหม่เป็นเอกสารต้นทางอีกรายการ",
        ),
    ),
    EvidenceRule.QUOTE_DIFFERS: (
        Text(
            "The quote is not what stands at that place of the source: {value}.",
            "ข้อความอ้างอิงไม่ตรงกับข้อความในตำแหน่งที่ระบุของเอกสารต้นทาง: {value}",
        ),
        Text(
            "Copy the words again, slips included, and count the places in code points.",
            "โปรดคัดข้อความใหม่ตามต้นฉบับทุกตัวอักษร และนับตำแหน่งเป็นจุดรหัสยูนิโคด",
        ),
    ),
    EvidenceRule.CONTEXT_DIFFERS: (
        Text(
            "What the evidence says stands {value} the quote does not stand there.",
            "ข้อความแวดล้อมที่ระบุไว้ ({value}) ไม่ตรงกับเอกสารต้นทาง",
        ),
        Text(
            "Copy the prefix and the suffix from right before and right after the quote.",
            "โปรดคัดข้อความก่อนหน้าและข้อความถัดไปใหม่ให้ติดกับข้อความอ้างอิง",
        ),
    ),
    EvidenceRule.CLUSTER_SPLIT: (
        Text(
            "The range cuts a letter from its vowel sign or tone mark at {value}.",
            "ตำแหน่ง {value} ตัดกลางพยัญชนะกับสระหรือวรรณยุกต์",
        ),
        Text(
            "Move the place so that it stands before a letter.",
            "โปรดเลื่อนตำแหน่งให้อยู่หน้าพยัญชนะหรือสระหน้า",
        ),
    ),
    EvidenceRule.AMBIGUOUS: (
        Text(
            "The quote stands {value} times in the source, and its surroundings do not tell which.",
            "ข้อความนี้ปรากฏ {value} แห่งในเอกสารต้นทาง และข้อความแวดล้อมยังไม่พอจะบอกว่าเป็นแห่งใด",
        ),
        Text(
            "Lengthen the prefix or the suffix until there is one such place.",
            "โปรดเพิ่มข้อความก่อนหน้าหรือข้อความถัดไปจนเหลือเพียง 1 แห่ง",
        ),
    ),
    EvidenceRule.OVERLAP: (
        Text(
            "Its quote overlaps with that of {value}.",
            "ข้อความอ้างอิงซ้อนกับข้อความอ้างอิงของ {value}",
        ),
        Text(
            "Let a clause's quote run from after its number to before the next one.",
            "โปรดกำหนดให้ข้อความของแต่ละข้อเริ่มหลังเลขข้อและจบก่อนเลขข้อถัดไป",
        ),
    ),
    EvidenceRule.LEFT_OVER: (
        Text(
            "No clause covers this text of the source: “{value}”.",
            "ไม่มีข้อใดครอบคลุมข้อความนี้ของเอกสารต้นทาง: “{value}”",
        ),
        Text(
            "Let the clause before it run on, or make a clause or a heading of it.",
            "โปรดขยายข้อความของข้อก่อนหน้า หรือเพิ่มข้อหรือหัวข้อสำหรับข้อความนี้",
        ),
    ),
    EvidenceRule.SLIP_DIFFERS: (
        Text(
            "The slip is not printed at its place: there stands {value}.",
            "ไม่พบคำที่สะกดคลาดเคลื่อนในตำแหน่งที่ระบุ ข้อความที่พบคือ {value}",
        ),
        Text(
            "Copy what is printed and count its place again.",
            "โปรดคัดคำตามต้นฉบับและนับตำแหน่งใหม่",
        ),
    ),
    EvidenceRule.STATEMENT_DIFFERS: (
        Text(
            "The Thai statement is not its quote with the recorded slips mended: {value}.",
            "ข้อความภาษาไทยไม่ตรงกับข้อความอ้างอิงที่แก้คำสะกดตามที่บันทึกไว้: {value}",
        ),
        Text(
            "Copy the quote, and record every mended slip as one.",
            "โปรดใช้ข้อความตามต้นฉบับ และบันทึกคำที่แก้ทุกแห่ง",
        ),
    ),
    EvidenceRule.LABEL_DIFFERS: (
        Text(
            "The Thai label is not a run of words of the statement: “{value}”.",
            "ชื่อภาษาไทยไม่ได้เป็นส่วนที่ต่อเนื่องกันของข้อความ: “{value}”",
        ),
        Text(
            "Shorten the statement from its ends, without changing its words.",
            "โปรดตัดข้อความจากต้นหรือท้ายเท่านั้น โดยไม่เปลี่ยนถ้อยคำ",
        ),
    ),
}

reason = Text(
    "A quote that cannot be found in its source proves nothing.",
    "ข้อความอ้างอิงที่หาไม่พบในเอกสารต้นทางใช้ยืนยันสิ่งใดไม่ได้",
)
"""Why it matters, for every rule."""


def message(rule: EvidenceRule, value: str) -> Text:
    """Say what is wrong.

    >>> message(EvidenceRule.CLUSTER_SPLIT, "17").en
    'The range cuts a letter from its vowel sign or tone mark at 17.'
    """
    text = _RULES[rule][0]
    return Text(text.en.replace("{value}", value), text.th.replace("{value}", value))


def fix(rule: EvidenceRule) -> Text:
    """Say what to do about it."""
    return _RULES[rule][1]
