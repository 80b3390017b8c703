"""Tables for readers: one column of a pair, years of both eras, and columns that fit a page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from somswd_kg.language import Language, Text, display_width, splits_cluster
from somswd_kg.namespaces import BASE, XSD
from somswd_kg.questions.header import Column, ValueType
from somswd_kg.questions.table import Row, Table, sort_rows
from somswd_kg.reports.layout import columns, fits, records, wrap
from somswd_kg.reports.tables import render_table
from somswd_kg.terms import Literal, NamedNode

WOMEN = NamedNode(f"{BASE}code/target-group/women")
GOAL = NamedNode(f"{BASE}id/p/v/goal/2.10")


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD.base + name))


def table(names: str, *rows: Row, **types: ValueType) -> Table:
    made = tuple(
        Column(name, types.get(name, ValueType.STRING), Text(name, f"ก{name}"))
        for name in names.split()
    )
    labels = {WOMEN.value: Text("women", "สตรี")}
    return Table("t", Text("title", "ชื่อ"), made, rows, labels=labels)


def test_a_pair_is_one_column_in_the_reader_s_language() -> None:
    made = table("a_en a_th", (Literal("x"), Literal("ข")), (Literal("y"), None))

    assert made.reading(Language.TH).rows == (("ข",), ("y",))
    assert made.reading(Language.EN).rows == (("x",), ("y",))
    assert made.reading(Language.TH).headings == ("กa_th",)


def test_a_thing_and_its_label_are_one_column() -> None:
    made = table("a a_en a_th", (GOAL, Literal("rights"), None), (WOMEN, Literal("women"), None))

    assert made.reading(Language.EN).rows == (("goal:2.10 rights",), ("women",))


def test_codes_are_shown_by_their_labels() -> None:
    assert table("a", (WOMEN,)).reading(Language.TH).rows == (("สตรี",),)


@pytest.mark.parametrize(
    ("kind", "term", "thai"),
    [
        (ValueType.YEAR, typed("2025", "gYear"), "พ.ศ. 2568 (ค.ศ. 2025)"),
        (ValueType.DATE, typed("2022-02-22", "date"), "22 กุมภาพันธ์ 2565"),
        (ValueType.BOOLEAN, typed("true", "boolean"), "ใช่"),
        (ValueType.DECIMAL, typed("12.50", "decimal"), "12.50"),
    ],
)
def test_values_are_written_as_thai_readers_write_them(
    kind: ValueType, term: Literal, thai: str
) -> None:
    made = table("a", (term,), a=kind)

    assert made.reading(Language.TH).rows == ((thai,),)


def test_rows_sort_numbers_as_numbers_and_nothing_first() -> None:
    numbers = (typed("10", "integer"), None, typed("9", "integer"))
    cells = (*numbers, Literal("3.2.10"), Literal("3.2.9"))
    column = Column("a", ValueType.STRING, Text())
    made = sort_rows([(cell,) for cell in cells], (column,), ("a",), Language.EN)

    assert [getattr(row[0], "value", None) for row in made] == [None, "9", "10", "3.2.9", "3.2.10"]


def test_thai_rows_sort_by_collation_and_not_by_code_point() -> None:
    words = ["คน", "แก้ไข", "ขยาย"]
    rows = [(None, Literal(word)) for word in words]
    pair = (Column("a_en", ValueType.STRING, Text()), Column("a_th", ValueType.STRING, Text()))

    found = [row[1].value for row in sort_rows(rows, pair, ("a",), Language.TH)]  # type: ignore[union-attr]

    assert found == ["แก้ไข", "ขยาย", "คน"] != sorted(words)


def test_markdown_escapes_what_would_break_it() -> None:
    text = render_table(table("a", (Literal("x|y <b>*z*</b>"),)), "md", Language.EN)

    assert "| x\\|y \\<b\\>\\*z\\*\\</b\\> |" in text


def test_a_wide_table_is_written_as_records() -> None:
    long = "word " * 200
    made = table("a b c", (Literal(long), Literal(long), Literal("c")))
    text = render_table(made, "table", Language.EN)

    assert text.splitlines()[2].startswith("a  word word")
    assert max(map(display_width, text.splitlines())) <= 100


THAI = st.text("กขคงจปผพมรลวสหอะาำิีึืุูเแโใไ่้๊๋์็ abc-/", max_size=60)


@settings(max_examples=200, deadline=None)
@given(THAI, st.integers(8, 30))
@example("aaaaaa่ะำำ", 8)
def test_wrapping_loses_nothing_and_cuts_no_cluster(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for first, second in pairwise(lines):
        own_mark = text.startswith(second) or f" {second[:1]}" in text  # it stood so in the text

        assert own_mark or not splits_cluster(first + second, len(first))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(THAI, THAI), min_size=1, max_size=4))
def test_columns_stand_straight(rows: list[tuple[str, str]]) -> None:
    text = columns(["a", "b"], rows, [False, False], 60)
    rule = next(line for line in text.splitlines() if set(line) <= {"-", " "} and "-" in line)

    assert max(map(display_width, text.splitlines())) <= display_width(rule) + 1


def test_records_leave_out_what_is_empty() -> None:
    assert records(["a", "b"], [["1", ""], ["", "2"]]) == "a  1\n\nb  2"
    assert fits(["a"], [["x"]])
