"""The header of a question file: read whole or refused with file and line."""

from __future__ import annotations

import pytest

from somswd_kg.errors import HeaderError
from somswd_kg.language import Text
from somswd_kg.questions.header import Answerable, Column, Parameter, ValueType, stem
from somswd_kg.questions.reading import read_header

GOOD = """\
#+ title@en: Indicators without a baseline
#+ title@th: ตัวชี้วัดที่ยังไม่มีค่าฐาน
#+ question@en: Which indicators of a plan have no baseline value yet?
#+ question@th: ตัวชี้วัดใดในแผนงานยังไม่มีค่าฐาน
#+ id: CQ11
#+ tags: indicator, gap
#+ param plan: plan, optional; the plan to look in; แผนงานที่จะค้น
#+ column plan: iri
#+ column label_en: string; indicator; ตัวชี้วัด
#+ column label_th: string
#+ sort: plan, label
#+ answers: partly
#+ why@en: the source is a summary
#+ why@th: เอกสารต้นทางเป็นบทสรุป
# Progress needs a baseline.

SELECT $plan ?label_en ?label_th WHERE { }
"""


def refused(text: str) -> str:
    with pytest.raises(HeaderError) as caught:
        read_header(text, "q.rq")
    return caught.value.headline


def test_a_header_is_read_whole() -> None:
    header = read_header(GOOD)

    assert header.title == Text("Indicators without a baseline", "ตัวชี้วัดที่ยังไม่มีค่าฐาน")
    assert header.id == "CQ11"
    assert header.tags == ("indicator", "gap")
    assert header.parameters == (
        Parameter("plan", "plan", True, Text("the plan to look in", "แผนงานที่จะค้น")),
    )
    assert header.columns == (
        Column("plan", ValueType.IRI, Text()),
        Column("label_en", ValueType.STRING, Text("indicator", "ตัวชี้วัด")),
        Column("label_th", ValueType.STRING, Text()),
    )
    assert header.sort == ("plan", "label")
    assert header.answers is Answerable.PARTLY
    assert header.why.en == "the source is a summary"
    assert not header.is_hygiene


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        ("#+ tags:", "#+ colour:", "q.rq:6: unknown key 'colour'"),
        ("#+ title@en:", "#+ title@fr:", "q.rq:1: unknown key 'title@fr'"),
        ("#+ id: CQ11", "#+ id CQ11", "q.rq:5: '#+ id CQ11' is no 'key: value'"),
        ("#+ id: CQ11", "#+ answers: yes", "q.rq:12: 'answers' is given twice, first in line 5"),
        ("#+ column plan", "#+ column label_en", "q.rq:9: column 'label_en' is given twice"),
        ("label_th: string", "label_th: text", "q.rq:10: unknown type 'text' of column 'label_th'"),
        ("plan, optional", "plan, maybe", "q.rq:7: 'maybe' after the type is not understood"),
        ("; แผนงานที่จะค้น", "", "q.rq:7: a text stands in one language alone"),
        ("sort: plan", "sort: plans", "q.rq:11: 'sort' names 'plans', which is no column"),
        ("answers: partly", "answers: often", "q.rq:12: 'often' is no value of 'answers'"),
        ("#+ why@th: เอกสารต้นทางเป็นบทสรุป\n", "", "q.rq:1: 'why@th' is missing"),
        ("#+ title@th: ตัวชี้วัดที่ยังไม่มีค่าฐาน\n", "", "q.rq:1: 'title@th' is missing"),
    ],
)
def test_what_is_not_understood_is_refused_with_file_and_line(
    old: str, new: str, headline: str
) -> None:
    assert old in GOOD

    assert refused(GOOD.replace(old, new)) == headline


def test_a_header_line_after_the_query_is_refused() -> None:
    expected = "q.rq:18: a header line stands after the query, which begins in line 17"

    assert refused(GOOD + "#+ id: CQ12\n") == expected


def test_a_hygiene_query_has_its_three_columns_without_saying_so() -> None:
    text = (
        "#+ title@en: a\n#+ title@th: ก\n#+ severity: warning\n#+ problem@en: b\n#+ problem@th: ข\n"
        "#+ fix@en: c\n#+ fix@th: ค\nSELECT ?entity ?property ?value WHERE { }"
    )

    header = read_header(text)

    assert header.is_hygiene
    assert tuple(column.name for column in header.columns) == ("entity", "property", "value")


def test_a_header_is_a_question_or_a_hygiene_query_and_not_both() -> None:
    assert "either" in refused(GOOD.replace("#+ id: CQ11", "#+ severity: info"))


def test_two_columns_in_two_languages_share_their_stem() -> None:
    assert stem("label_en") == stem("label_th") == "label"
