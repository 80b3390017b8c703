"""Each fault that is planted into the example draft is found, at its cell, and nothing else is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planting import EXAMPLES, FAULTS, TABLES, TOGETHER, plant, turtle
from somswd_kg.api import KnowledgeGraph
from somswd_kg.material import read_shapes


def family(fault) -> str:
    return fault.finds[0][0].split("-")[0]


SAMPLED = ("PLAN", "STR", "COV", "IND", "TGT", "PAR", "EVT", "INT")
"""Families of which one fault is planted alone in the short run; all of them are among the rest."""


def is_sampled(fault) -> bool:
    first = next(each for each in FAULTS if family(each) == family(fault))
    return first is fault and family(fault) in SAMPLED


def alone(form: str):
    """Give each fault; all but a sample, and all but CSV, are for the long run."""
    return [
        pytest.param(
            fault,
            id=fault.name,
            marks=[] if form == "csv" and is_sampled(fault) else [pytest.mark.slow],
        )
        for fault in FAULTS
        if form in fault.forms
    ]


def found(kg: KnowledgeGraph, path: Path) -> list[tuple[str, str]]:
    report = kg.validate(path, stage="consultation")
    return sorted({(f.rule, f.place.address if f.place else "") for f in report.findings})


def check(kg: KnowledgeGraph, form: str, faults, folder: Path) -> None:
    path = plant.WRITERS[form](plant.planted(TABLES, faults), folder / f"draft.{form}")

    assert found(kg, path) == plant.expected(TABLES, form, faults)


@pytest.mark.parametrize("name", ["draft-2026-2030.xlsx", "draft-2026-2030", "draft-2026-2030.ttl"])
def test_the_draft_itself_has_no_finding(kg, name):
    assert found(kg, EXAMPLES / name) == []


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_planting_writes_has_no_finding_of_its_own(kg, form, tmp_path):
    check(kg, form, [], tmp_path)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_all_together_are_found_and_nothing_else(kg, form, tmp_path):
    check(kg, form, [fault for fault in TOGETHER if form in fault.forms], tmp_path)


@pytest.mark.parametrize("fault", alone("csv"))
def test_alone_in_csv(kg, fault, tmp_path):
    check(kg, "csv", [fault], tmp_path)


@pytest.mark.parametrize("fault", alone("xlsx"))
def test_alone_in_a_workbook(kg, fault, tmp_path):
    check(kg, "xlsx", [fault], tmp_path)


# -- Turtle -----------------------------------------------------------------------------------

IN_TURTLE = [fault for fault in FAULTS if "ttl" in fault.forms]


def check_turtle(kg: KnowledgeGraph, faults, folder: Path) -> None:
    """Hold findings to rules, things and lines; what is missing stands anywhere in its block."""
    planter = turtle.Planter(kg, TABLES)
    path = folder / "draft.ttl"
    lines = turtle.write_turtle(planter.plant(turtle.read_said(), faults), path)
    got = set()
    for finding in kg.validate(path, stage="consultation").findings:
        line = turtle.line_of(finding.place.address)
        assert turtle.block_of(lines, line) == finding.element
        got.add((finding.rule, finding.element, line))
    expected = turtle.expected(planter, faults, lines)
    anywhere = {(rule, element) for rule, element, line in expected if not line}

    assert sorted({(r, e, 0 if (r, e) in anywhere else line) for r, e, line in got}) == sorted(
        {(r, e, 0 if (r, e) in anywhere else line) for r, e, line in expected}
    )


@pytest.mark.parametrize("fault", [pytest.param(f, id=f.name) for f in IN_TURTLE])
@pytest.mark.slow
def test_alone_in_turtle(kg, fault, tmp_path):
    check_turtle(kg, [fault], tmp_path)


def test_all_together_in_turtle(kg, tmp_path):
    check_turtle(kg, [fault for fault in IN_TURTLE if not fault.apart], tmp_path)


def test_turtle_alone_has_no_finding(kg, tmp_path):
    check_turtle(kg, [], tmp_path)


def test_there_are_enough_faults_and_each_has_its_own_name():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert len(FAULTS) >= 60
    assert len(TOGETHER) >= 60


def test_every_mistake_that_people_make_is_planted():
    named = {match for fault in FAULTS for match in re.findall(r"^M\d+", fault.about)}

    assert named == {f"M{number}" for number in range(1, 16)}


# What no drafter's row can break: records of bodies, sources and claims of the shipped graph, and
# the rules for the words of the ontology itself.
NOT_OF_DRAFTS = set(re.findall(r"\w+", "BOD COL CTY FOC FRW LST MAN MEM NST PST SLP SRC STY TSK"))


def test_every_family_of_rules_that_a_draft_can_break_is_planted(kg):
    numbers = {
        triple.object.value.split("-")[0]
        for triple in read_shapes(kg.project)
        if triple.predicate.value.endswith("#rule")
    }
    planted = {rule.split("-")[0] for fault in FAULTS for rule, *_ in fault.finds}

    assert numbers - planted == NOT_OF_DRAFTS


def test_the_key_is_written_from_what_was_planted(tmp_path, monkeypatch):
    monkeypatch.setattr(plant, "read_faults", lambda: FAULTS[:2])
    plant.write_all(tmp_path)
    key = json.loads((tmp_path / "key.json").read_text(encoding="utf-8"))

    assert key["csv/plan-without-owner"] == [["PLAN-05", "แผนงาน.csv:2:7"]]
    assert key["xlsx/all together.xlsx"] == [
        ["PLAN-05", "แผนงาน!G2"],
        ["PLAN-06", "แผนงาน!H2"],
    ]
    assert [rule for rule, *_ in key["ttl/all together.ttl"]] == ["PLAN-05", "PLAN-06"]
    assert sorted(path.name for path in (tmp_path / "xlsx").iterdir()) == [
        "all together.xlsx",
        "plan-without-owner.xlsx",
        "plan-without-status.xlsx",
    ]
