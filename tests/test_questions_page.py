"""The page of questions says all that the heads say, and stands in docs/ as it is made."""

from __future__ import annotations

from pathlib import Path

from somswd_kg.api import read_questions
from somswd_kg.questions.catalogue import read_catalogue
from somswd_kg.questions.page import questions_page

HEAD = """\
#+ title@en: Goals
#+ title@th: เป้าหมาย
#+ question@en: Which | goals?
#+ question@th: เป้าหมายใด
#+ id: CQ99
#+ param plan: plan, optional; the plan; แผนงาน
#+ param day: date; the day; วันที่
#+ column plan: iri; plan; แผนงาน
#+ column goal: iri; goal; เป้าหมาย
#+ column goal_en: string
#+ column goal_th: string
#+ answers: no
#+ why@en: None is there.
#+ why@th: ยังไม่มีข้อมูล
SELECT $plan ?goal ?goal_en ?goal_th { ?goal ?goal_en $plan , $day , ?goal_th } ORDER BY ?goal
"""


def test_a_question_is_shown_with_its_call_columns_and_reason() -> None:
    page = questions_page(read_catalogue([("goals", HEAD, "goals.rq")]))
    section = page[page.index("## goals") :].splitlines()

    assert section == [
        "## goals",
        "",
        "Which | goals?",
        "",
        "เป้าหมายใด",
        "",
        "`somswd-kg ask goals [plan=…] day=…`",
        "",
        "| parameter | type | what for | คำอธิบาย |",
        "| --- | --- | --- | --- |",
        "| plan | plan | the plan | แผนงาน |",
        "| day | date | the day | วันที่ |",
        "",
        "Columns: plan, goal.",
        "",
        "คอลัมน์: แผนงาน · เป้าหมาย",
        "",
        "Not answered by the shipped graph: None is there.",
        "",
        "ข้อมูลที่มียังตอบไม่ได้: ยังไม่มีข้อมูล",
    ]


def test_every_question_is_on_the_page() -> None:
    catalogue = read_questions()
    page = questions_page(catalogue)

    assert [q.name for q in catalogue.answers if f"\n## {q.name}\n" not in page] == []
    assert [q.name for q in catalogue.hygiene if f"| {q.name} |" not in page] == []


def test_the_page_in_docs_is_up_to_date() -> None:
    docs = Path(__file__).resolve().parent.parent / "docs" / "questions.md"

    assert docs.read_text(encoding="utf-8") == questions_page(read_questions())
