"""The two languages: fallback, collation, years, digits."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyuca import Collator

from somswd_kg import language
from somswd_kg.language import Language, Text, collation, label, splits_cluster, thai_date

TERMS = (Path(__file__).parent / "terms.th.txt").read_text(encoding="utf-8").split("\n")[:-1]
SIGNS = "กขคจทนปผพรลวสหอะาำิีุูเแโใไ่้๊๋์็ๆฯ 1๑2aAbB-–()/.,…“”"


@pytest.fixture(scope="module")
def reference() -> Collator:
    return Collator()


def order(texts: list[str], keys: list[object]) -> list[tuple[str, str, str]]:
    def sign(a: object, b: object) -> str:
        return "<" if a < b else ">" if b < a else "="  # type: ignore[operator]

    pairs = itertools.combinations(range(len(texts)), 2)
    return [(texts[a], sign(keys[a], keys[b]), texts[b]) for a, b in pairs]


def test_terms_of_the_glossary_sort_as_the_unicode_collation_algorithm_sorts_them(
    reference: Collator,
) -> None:
    key = collation(TERMS)

    assert key is language._fast_key
    actual = order(TERMS, [key(term) for term in TERMS])
    assert actual == order(TERMS, [reference.sort_key(term) for term in TERMS])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(SIGNS, max_size=8), min_size=2, max_size=4))
def test_any_thai_text_sorts_as_the_unicode_collation_algorithm_sorts_it(texts: list[str]) -> None:
    reference = language._unicode_collator()

    actual = order(texts, [language._fast_key(text) for text in texts])
    assert actual == order(texts, [reference(text) for text in texts])


def test_the_dictionary_order_of_the_royal_institute_is_kept() -> None:
    words = ["กา", "ก่า", "เก", "เก่า", "เก้า", "แก", "ไก่", "ขา", "ฤกษ์", "ลา"]
    key = collation(words)

    assert sorted(reversed(words), key=key) == words


def test_a_sign_from_elsewhere_takes_the_whole_algorithm() -> None:
    assert collation(["ก", "Việt Nam"]) is language._unicode_collator()


def test_a_label_falls_back_to_the_other_language_and_then_to_the_iri() -> None:
    iri = "https://w3id.org/somswd-kg/code/unit/percent"

    assert label(Text("per cent", "ร้อยละ"), iri, Language.TH) == "ร้อยละ"
    assert label(Text("per cent", ""), iri, Language.TH) == "per cent"
    assert label(Text("", "ร้อยละ"), iri, Language.EN) == "ร้อยละ"
    assert label(Text(), iri, Language.EN) == "percent"


def test_years_and_dates_are_written_in_the_buddhist_era() -> None:
    assert language.thai_year(2025) == "พ.ศ. 2568 (ค.ศ. 2025)"
    assert thai_date(date(2025, 1, 31)) == "31 มกราคม 2568"


def test_digits_go_both_ways() -> None:
    assert language.arabic_digits(language.thai_digits("0123456789")) == "0123456789"
    assert language.numeric("๘๕.๕") == language.Decimal("85.5")
    assert language.numeric("ร้อยละ 85") is None


@pytest.mark.parametrize("offset", [1, 2])
def test_a_cut_before_a_vowel_sign_or_a_tone_mark_splits_a_cluster(offset: int) -> None:
    assert splits_cluster("ที่ประชุม", offset)


@pytest.mark.parametrize(("text", "offset"), [("ที่ประชุม", 0), ("ที่ประชุม", 3), ("ก", 1)])
def test_a_cut_between_letters_splits_nothing(text: str, offset: int) -> None:
    assert not splits_cluster(text, offset)


def test_sara_am_belongs_to_the_letter_before_it() -> None:
    assert splits_cluster("คำ", 1)


def test_combining_marks_take_no_room_on_a_terminal() -> None:
    assert language.display_width("ตัวชี้วัด") == 5


def test_the_glossary_is_read_whole() -> None:
    glossary = Path(__file__).parents[2] / "shared" / "reference" / "glossary.csv"
    if not glossary.exists():
        pytest.skip("the reference folder is not beside this checkout")
    with glossary.open(encoding="utf-8", newline="") as rows:
        terms = [row["term_th"] for row in csv.DictReader(rows)]

    assert sorted(set(TERMS)) == sorted(set(terms))
