"""Folding makes equal what people write in several ways; the nearest names come first."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from somswd_kg.drafts.similar import Near, fold, nearest

SAME = [
    ("อื่นๆ", "อื่น ๆ"),
    ("เปราะบางอื่น ๆ", "เปราะบางอื่นๆ "),
    ("2564 – 2568", "2564-2568"),
    ("สปป.ลาว", "สปป. ลาว"),
    ("การคุ้มครองทางสังคม", "คุ้มครองทางสังคม"),
    ("ด้านการคุ้มครองทางสังคม", "คุ้มครองทางสังคม"),
    ("กลุ่มสตรี", "สตรี"),
    ("ACWC", "acwc"),
    ("ข้อ ๓.๒.๑", "ข้อ 3.2.1"),
    ("สํานักงาน", "สำนักงาน"),
    ("“สตรี”", '"สตรี"'),
    ("ASEAN\u00a0Secretariat", "ASEAN  Secretariat"),
]
DIFFERENT = [
    ("สตรี", "เด็ก"),
    ("การ์ตูน", "ตูน"),  # การ is not the first word: its last sign bears a mark
    ("การ", ""),
    ("SOM SWD", "SOMSWD"),
    ("ผู้สูงอายุ", "สูงอายุ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


_PIECES = ["กลุ่ม", "การ", "ด้าน", "สตรี", "อื่น", "ๆ", " ", ".", "–", "“", "Aa", "๑", "(", "\u200b"]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded


def test_a_slip_of_one_letter_finds_the_name_with_its_acronym() -> None:
    bodies = [
        "ภาคีเครือข่ายด้านสังคมสงเคราะห์อาเซียน",
        "เครือข่ายผู้เชี่ยวชาญด้านผู้ประกอบการอาเซียน (NIEA)",
        "สภาสังคมสงเคราะห์ระหว่างประเทศ",
    ]

    found = nearest("เครื่อข่ายผู้เชี่ยวชาญด้านผู้ประกอบการอาเซียน", bodies)

    assert [near.text for near in found] == [bodies[1]]


def test_an_acronym_alone_finds_the_name_that_bears_it_in_brackets() -> None:
    assert nearest("niea", ["เครือข่ายอาเซียน (NIEA)", "สตรี"]) == (Near("เครือข่ายอาเซียน (NIEA)", 99.0),)


def test_an_equal_name_comes_before_a_similar_one_whatever_the_order() -> None:
    assert nearest("ACWC", ["ACW", "acwc"]) == (Near("acwc", 100.0), Near("ACW", 85.7))


def test_what_is_like_nothing_finds_nothing() -> None:
    assert nearest("ก", ["SOMSWD", "ASEAN Secretariat"]) == ()
    assert nearest("", ["SOMSWD"]) == ()
    assert nearest("somswd", ["SOMSWD"], 0) == ()


def test_a_text_of_a_full_cell_does_not_take_long() -> None:
    start = time.process_time()
    nearest("ก" * 32_767, ["สตรี" * 8000] * 200)

    assert time.process_time() - start < 2


@given(st.text(), st.lists(st.text(), max_size=5), st.integers(-1, 4))
def test_any_texts_can_be_compared(text: str, candidates: list[str], limit: int) -> None:
    found = nearest(text, candidates, limit)

    assert len(found) <= max(limit, 0)
    assert all(near.text in candidates and 70 <= near.score <= 100 for near in found)
