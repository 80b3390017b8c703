"""Hygiene queries find what they are for, and nothing in the shipped graph."""

from __future__ import annotations

import pytest

from somswd_kg.api import read_questions
from somswd_kg.stores.embedded import EmbeddedStore

HYGIENE = {question.name: question for question in read_questions().hygiene}
HEAD = "@prefix : <https://w3id.org/somswd-kg/id/example/> . @prefix swd: <urn:x#> . "


def entities(name: str, text: str) -> list[str]:
    store = EmbeddedStore()
    store.load(text=HEAD + text, format="ttl", graph="urn:g")
    rows = store.select(HYGIENE[name].select.text)
    return sorted(str(getattr(row[0], "value", "")).rpartition("/")[2] for row in rows)


def test_a_name_that_nothing_describes_is_found() -> None:
    text = ':a swd:p :b , :c , <https://elsewhere.example/d> . :b swd:q "described" .'

    assert entities("dangling-references", text) == ["a"]


@pytest.mark.parametrize(
    "value",
    [" x", "x ", "x  y", "ก\u0e4d\u0e32", "ก\u0e4d\u0e48\u0e32", "\u0e40\u0e40ผน", "\ufffd"],
)
def test_untidy_text_is_found(value: str) -> None:
    assert entities("untidy-text", f':a swd:label "{value}" .') == ["a"]


@pytest.mark.parametrize("value", ["x y", "กำ", "แผนงาน", "เก่า"])
def test_tidy_text_is_left_alone(value: str) -> None:
    assert entities("untidy-text", f':a swd:label "{value}" .') == []
