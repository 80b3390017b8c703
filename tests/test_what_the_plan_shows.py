"""What the real plan shows when it is asked, as a reader of the summary would find by hand."""

from __future__ import annotations

from collections import Counter

from somswd_kg.api import KnowledgeGraph, read_questions
from somswd_kg.language import local_name
from somswd_kg.terms import NamedNode, Term


def rows(kg: KnowledgeGraph, question: str, *columns: str, **values: str) -> list[tuple[str, ...]]:
    table = kg.ask(question, values)
    at = [[column.name for column in table.columns].index(name) for name in columns]
    return [tuple(_word(row[position]) for position in at) for row in table.rows]


def _word(term: Term | None) -> str:
    if term is None:
        return ""
    return local_name(term.value) if isinstance(term, NamedNode) else term.value


def test_no_indicator_has_baseline_target_due_date_verification_or_body(
    kg: KnowledgeGraph,
) -> None:
    found = rows(kg, "indicator-gaps", "indicator", "property_en")
    wanted = ["baseline", "due year", "means of verification", "responsible body", "target"]

    assert sorted({gap for _, gap in found} - {"unit"}) == wanted
    assert Counter(gap for _, gap in found) == Counter({**dict.fromkeys(wanted, 4), "unit": 1})
    assert [indicator for indicator, gap in found if gap == "unit"] == ["5.1.4"]


def test_women_are_named_in_the_vision_and_thin_out_below(kg: KnowledgeGraph) -> None:
    kinds = ("vision", "goal", "output", "outcome", "indicator", "mechanism")
    (women,) = rows(kg, "target-group-coverage", *kinds, group="women")
    named = rows(kg, "group-dossier", "element", "named", group="women")

    assert dict(zip(kinds, women, strict=True)) == {
        "vision": "named",
        "goal": "not-named",
        "output": "not-named",
        "outcome": "named-in-part",
        "indicator": "not-named",
        "mechanism": "named",
    }
    assert sorted(set(named)) == [("1", "women"), ("3.2.3", "older-women"), ("4.2.1", "women")]


def test_women_are_taken_up_with_the_two_bodies_for_women(kg: KnowledgeGraph) -> None:
    found = rows(kg, "bodies-to-consult", "element", "body")

    assert sorted({body for element, body in found if element == "4.2.1"}) == ["acw", "acwc"]


def test_no_goal_has_a_stated_output_and_two_and_a_half_have_none_proposed(
    kg: KnowledgeGraph,
) -> None:
    found = rows(kg, "goals-without-output", "goal", "outputs")
    taken = rows(kg, "topics-not-taken-up", "element", "names", "topic")
    half = {topic for goal, names, topic in taken if (goal, names) == ("2.1", "hasRisk")}

    assert [goal for goal, _ in found] == ["2.1", "2.2", "2.3", "2.4"]
    assert [goal for goal, outputs in found if outputs == "0"] == ["2.3", "2.4"]
    assert half == {
        "climate-change",
        "disaster",
        "economic-crisis",
        "health-crisis",
        "other-environmental-challenge",
        "social-crisis",
    }


def test_the_graph_answers_as_many_competency_questions_as_the_source_allows() -> None:
    found = Counter(
        question.header.answers
        for question in read_questions().answers
        if question.header.id.startswith("CQ")
    )

    assert found == {"yes": 17, "partly": 15, "no": 19}
