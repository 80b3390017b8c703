"""The scorecard counts what results have, goal by goal, and says what the next stage wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_draft import write_draft
from somswd_kg.api import KnowledgeGraph
from somswd_kg.findings.rules import Rule, RuleBook
from somswd_kg.findings.scorecard import missing_before, scorecard
from somswd_kg.formats.rdf import read_quads
from somswd_kg.language import NO_TEXT, Language, Text
from somswd_kg.model import Finding, Severity, Stage
from somswd_kg.reports.scorecard_text import scorecard_as_text
from somswd_kg.scores import Aspect, GoalScore, Missing, Share
from somswd_kg.terms import NamedNode
from somswd_kg.triples import Triples

DATA = """
@prefix : <urn:x:> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix swd: <https://w3id.org/somswd-kg/ns#> .
@prefix group: <https://w3id.org/somswd-kg/code/target-group/> .
:g10 a swd:Goal ; skos:notation "2.10" ; skos:prefLabel "ten"@en , "สิบ"@th ; swd:describedIn :v .
:g9 a swd:Goal ; skos:notation "2.9" ; skos:prefLabel "nine"@en ; swd:describedIn :v .
:a a swd:Outcome ; swd:contributesTo :g9 ; swd:describedIn :v ; swd:hasTargetGroup group:women .
:b a swd:Outcome ; swd:contributesTo :g9 , :g10 ; swd:describedIn :v .
:c a swd:Output ; swd:leadsTo :b ; swd:describedIn :v .
:d a swd:Output ; swd:describedIn :v .
:other a swd:Outcome ; swd:contributesTo :g9 ; swd:describedIn :w .
:i1 swd:measures :a ; swd:hasResponsibleBody :body .
:i2 swd:measures :a .
:i3 swd:measures :b ; swd:hasLead :body .
:b1 swd:isBaselineOf :i1 ; swd:value 1.5 . :b2 swd:isBaselineOf :i2 ; swd:value 2.5 .
:t1 swd:isTargetOf :i1 ; swd:value 3.5 . :t2 swd:isTargetOf :i2 .
:claim a swd:Alignment ; rdf:subject :c .
"""


def graph(more: str = "") -> Triples:
    return Triples(quad.triple for quad in read_quads(text=DATA + more, format="ttl"))


def shares(score: GoalScore) -> dict[str, tuple[int, int]]:
    return {
        str(aspect): (share.has, share.of)
        for aspect, share in zip(Aspect, score.shares, strict=True)
    }


def test_shares_are_counted_goal_by_goal_in_the_order_of_the_codes() -> None:
    card = scorecard(graph(), NamedNode("urn:x:v"))

    assert [goal.code for goal in card.goals] == ["2.9", "2.10"]
    assert card.goals[1].label == Text("ten", "สิบ")
    assert shares(card.goals[0]) == {
        "indicator": (2, 3),
        "baseline": (1, 3),  # both indicators of a have one, that of b has none
        "target": (0, 3),  # of the two indicators of a only one has one
        "owner": (1, 3),
        "group": (1, 3),
        "alignment": (1, 3),
    }


def test_a_result_of_two_goals_counts_once_in_the_whole() -> None:
    card = scorecard(graph(), NamedNode("urn:x:v"))

    assert shares(card.whole)["indicator"] == (2, 4)
    assert card.unlinked is not None
    assert shares(card.unlinked)["indicator"] == (0, 1)


def test_without_a_version_everything_counts() -> None:
    assert shares(scorecard(graph()).goals[0])["indicator"] == (2, 4)


def test_proposed_links_are_said_to_be_so() -> None:
    claim = ":l swd:hasBasis <https://w3id.org/somswd-kg/code/basis/proposed> ; rdf:predicate "

    assert not scorecard(graph(f"{claim} swd:alignsWith .")).proposed
    assert scorecard(graph(f"{claim} swd:measures .")).proposed


def test_what_becomes_a_violation_at_the_next_stage_is_missing() -> None:
    severities = {
        Stage.OUTLINE: Severity.INFO,
        Stage.CONSULTATION: Severity.WARNING,
        Stage.FINAL: Severity.VIOLATION,
    }
    name = Text("unit", "หน่วยนับ")
    rule = Rule("IND-02", "urn:r", severities, name, *[NO_TEXT] * 5)
    found = [
        Finding("IND-02", Severity.WARNING, "urn:x", NO_TEXT, "", NO_TEXT),
        Finding("EVD-01", Severity.VIOLATION, "urn:x", NO_TEXT, "", NO_TEXT),
        Finding("EVD-02", Severity.INFO, "urn:x", NO_TEXT, "", NO_TEXT),
    ]
    book = RuleBook([rule])

    assert missing_before(found, book, Stage.OUTLINE) == (Missing("EVD-01", Text(), 1),)
    assert missing_before(found, book, Stage.CONSULTATION) == (
        Missing("EVD-01", Text(), 1),
        Missing("IND-02", name, 1),
    )


def test_a_draft_comes_with_its_scorecard(kg: KnowledgeGraph, tmp_path: Path) -> None:
    card = kg.validate(write_draft(tmp_path / "draft.xlsx"), stage="consultation").scorecard

    assert card is not None
    assert [goal.code for goal in card.goals] == ["2.1", "2.2"]
    assert shares(card.goals[0])["indicator"] == (1, 1)
    assert card.next_stage == "final"
    assert Missing("IND-02", Text("unit", "หน่วยนับ"), 1) in card.missing
    assert not card.proposed


def test_the_shipped_plan_has_one_when_it_is_asked_for(kg: KnowledgeGraph) -> None:
    card = kg.validate(checks=["shapes"], scorecard=True).scorecard

    assert card is not None
    assert [goal.code for goal in card.goals] == ["2.1", "2.2", "2.3", "2.4"]
    assert card.whole.shares[0] == Share(7, 8)
    assert [share.of for share in card.goals[3].shares] == [0] * 6
    assert card.proposed


@pytest.mark.parametrize("language", Language)
def test_the_table_never_speaks_of_marks(language: Language) -> None:
    text = "\n".join(scorecard_as_text(scorecard(graph(), NamedNode("urn:x:v")), language))

    assert "คะแนน" not in text
    heading = {"th": "ตารางสรุปความครบถ้วน", "en": "How complete the draft is"}[language]
    assert text.startswith(heading)
    assert "66% (2/3)" in text
