"""Broken Thai and unseen signs are mended where there is one answer, else said."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from somswd_kg.drafts.notes import NoteCode, NoteKind
from somswd_kg.drafts.text import LONGEST_VALUE, Mended, mend_text, plain_text

MENDED = [
    ("ส\u0e4d\u0e32หรับ", "สำหรับ", NoteCode.SARA_AM),
    ("น\u0e49\u0e4d\u0e32", "น้ำ", NoteCode.SARA_AM),
    ("น\u0e4d\u0e49\u0e32", "น้ำ", NoteCode.SARA_AM),
    ("สำาหรับ", "สำหรับ", NoteCode.SARA_AM),
    ("กำาเนิด", "กำเนิด", NoteCode.SARA_AM),
    ("น\u0e33\u0e49", "น้ำ", NoteCode.SWAPPED_MARKS),
    ("เเผนงาน", "แผนงาน", NoteCode.SARA_AE),
    ("ที่\u0e48", "ที่", NoteCode.DOUBLED_MARK),
    ("ดี\u0e35", "ดี", NoteCode.DOUBLED_MARK),
    ("ท\u0e48\u0e35", "ที่", NoteCode.SWAPPED_MARKS),
    ("สิทธ\u0e4c\u0e34", "สิทธิ์", NoteCode.SWAPPED_MARKS),
    ("ต\u0e49\u0e31ง", "ตั้ง", NoteCode.SWAPPED_MARKS),
    ("ป\uf701\uf70e", "ปิ์", NoteCode.OLD_FONT_GLYPHS),
    ("ส\u200bต\ufeffรี\u2060", "สตรี", NoteCode.ZERO_WIDTH),
    ("ASEAN\u00a0Secretariat", "ASEAN Secretariat", NoteCode.NO_BREAK_SPACE),
    (" สตรี \n", "สตรี", NoteCode.OUTER_BLANKS),
    ("e\u0301tude", "étude", NoteCode.COMPOSED),
    ("บรรทัด\r\nสอง", "บรรทัด\nสอง", NoteCode.CONTROL_SIGNS),
    ("ก\x07ข", "กข", NoteCode.CONTROL_SIGNS),
]
BROKEN = [
    ("สำ\ufffdหรับ", NoteCode.LOST_SIGN, "3"),
    ("ก\ue123", NoteCode.PRIVATE_GLYPH, "2"),
    ("ก\u0e48\u0e49", NoteCode.TWO_TONE_MARKS, "2"),
    ("รว่ ม \u0e37อ", NoteCode.STRAY_MARK, "7"),
]


@pytest.mark.parametrize(("arrived", "meant", "code"), MENDED)
def test_what_has_one_answer_is_mended_and_said(arrived: str, meant: str, code: NoteCode) -> None:
    mended = mend_text(arrived)

    assert (mended.text, [each.code for each in mended.notes]) == (meant, [code])
    assert code.kind is NoteKind.MENDED


@pytest.mark.parametrize(("arrived", "code", "position"), BROKEN)
def test_what_has_no_one_answer_stays_and_is_said(
    arrived: str, code: NoteCode, position: str
) -> None:
    mended = mend_text(arrived)

    assert mended.text == arrived
    assert [(each.code, each["position"]) for each in mended.notes] == [(code, position)]
    assert code.kind is NoteKind.REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "แผนงานว่าด้วยสวัสดิการสังคมและการพัฒนา ค.ศ. 2021 – 2025",
        "น้ำ ทำ ก็ เล็ก สิทธิ์ พันธุ์ ฤๅ ๆ ฯลฯ",
        "บรรทัดหนึ่ง\nบรรทัดสอง",
        "½ ﬁ Ⅳ",  # compatibility signs stay: NFKC would change them
    ],
)
def test_a_sound_text_is_left_as_it_is(text: str) -> None:
    assert mend_text(text) == Mended(text)


def test_the_source_text_needs_no_mending_of_its_sara_am() -> None:
    assert "ำ" in mend_text("สำหรับ\u200b").text
    assert "ำ" not in unicodedata.normalize("NFKC", "สำหรับ")  # why NFKC is never used


_THAI = st.text(alphabet=st.sampled_from("กเแำาํ่้๊๋์ิัุู็ \u200b\u00a0\r\n\ufffd\uf701\uf718e\u0301"))


@given(st.text() | _THAI)
@example("ก" + "\u0e48\u0e34" * 50)
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend_text(text)
    twice = mend_text(once.text)

    assert twice.text == once.text
    assert unicodedata.is_normalized("NFC", once.text)
    assert [each.code.kind for each in twice.notes] == [NoteKind.REFUSED] * len(twice.notes)


@pytest.mark.parametrize(
    "part", ["\u0e48\u0e34", "\u0e4d", "ํา", "เ", "ำ่", "\u200b ", "\ufffd", "ำา\u0e48"]
)
def test_a_full_cell_of_broken_signs_does_not_take_long(part: str) -> None:
    start = time.process_time()
    mend_text(part * (32_767 // len(part)))

    assert time.process_time() - start < 1


def test_each_code_says_what_kind_it_is() -> None:
    kinds = {kind: [code for code in NoteCode if code.kind is kind] for kind in NoteKind}

    assert sum(map(len, kinds.values())) == len(NoteCode)
    assert all(kinds.values())


def test_a_plain_text_has_arabic_digits_hyphens_and_single_blanks() -> None:
    plain = plain_text("๒๕๖๔ –  TBC\u00a0")

    assert (plain.text, plain.mended) == ("2564 - tbc", "๒๕๖๔ –  TBC")
    assert NoteCode.THAI_DIGITS in [each.code for each in plain.notes]


def test_an_empty_and_an_overlong_text_are_not_searched_for_values() -> None:
    assert not plain_text(" \u200b ").readable
    assert not plain_text("ก" * (LONGEST_VALUE + 1)).readable
    assert plain_text("ก" * LONGEST_VALUE).readable
