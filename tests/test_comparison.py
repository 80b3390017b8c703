"""Findings keep their ids, and a check is split into new, inherited and mended by them alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from small_draft import sheets, write_csv_draft, write_draft
from somswd_kg.api import KnowledgeGraph
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.findings.comparison import compared, of_plan
from somswd_kg.findings.identity import element_key, identified
from somswd_kg.language import NO_TEXT
from somswd_kg.model import Finding, FindingReport, Place, Severity, Status
from somswd_kg.reports.findings_json import findings_as_json
from somswd_kg.reports.findings_reading import read_findings

PLAN = "https://w3id.org/somswd-kg/id/somswd-2021-2025/draft-2022-02"


def finding(key: str, element: str = "", **more: object) -> Finding:
    return replace(Finding("A-01", Severity.WARNING, element, NO_TEXT, "", NO_TEXT, id=key), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_draft(tmp_path_factory.mktemp("drafts") / "draft.xlsx")


@pytest.fixture(scope="module")
def report(kg: KnowledgeGraph, draft: Path) -> FindingReport:
    return kg.validate(draft)


def ids(report: FindingReport) -> set[str]:
    return {each.id for each in report.findings}


def test_ids_are_unique_and_name_rule_element_and_column(report: FindingReport) -> None:
    assert len(ids(report)) == len(report.findings)
    assert "IND-02|indicator:5.1.1|hasUnit" in ids(report)
    assert "INT-07|goal:2.2|hasTargetGroup" in ids(report)
    assert "WRD-09|outcome:3.1.2|@th" in ids(report)  # a constraint that names no path
    assert "INT-53|target:5.1.1-2030|value" in ids(report)


def test_rows_and_sheets_that_move_leave_the_ids_alone(
    kg: KnowledgeGraph, report: FindingReport, tmp_path: Path
) -> None:
    moved = sheets()
    for rows in moved.values():
        rows.insert(1, [None] * len(rows[0]))
        rows[2:] = reversed(rows[2:])
    turned = dict(reversed(moved.items()))

    assert ids(kg.validate(write_draft(tmp_path / "other.xlsx", turned))) == ids(report)


def test_other_words_in_a_cell_leave_the_ids_alone(
    kg: KnowledgeGraph, report: FindingReport, tmp_path: Path
) -> None:
    reworded = sheets()
    reworded["ตัวชี้วัด"][1][1] = "จำนวนประเทศซึ่งมีกฎหมายแล้ว"
    reworded["เป้าหมาย"][2][3] = "ผู้สูงวัยย"

    assert ids(kg.validate(write_draft(tmp_path / "reworded.xlsx", reworded))) == ids(report)


def test_a_folder_of_csv_has_the_ids_of_the_workbook(
    kg: KnowledgeGraph, report: FindingReport, tmp_path: Path
) -> None:
    assert ids(kg.validate(write_csv_draft(tmp_path / "csv"))) == ids(report)


def test_what_cannot_be_told_apart_is_counted() -> None:
    same = [finding("", "urn:x:goal/1"), finding("", "urn:x:goal/1"), finding("", "urn:x:goal/2")]

    assert [f.id for f in identified(same)] == [
        "A-01|urn:x:goal:1",
        "A-01|urn:x:goal:1~2",
        "A-01|urn:x:goal:2",
    ]


def test_two_versions_of_an_element_have_one_key() -> None:
    other = PLAN.replace("somswd-2021-2025/draft-2022-02", "somswd-2026-2030/draft")

    assert element_key(f"{PLAN}/goal/2.1") == element_key(f"{other}/goal/2.1") == "goal:2.1"
    assert element_key(PLAN) == element_key(other) == "planversion"
    assert element_key("https://w3id.org/somswd-kg/id/body/acwc") == "body:acwc"


def test_what_was_there_is_inherited_and_what_is_gone_is_mended() -> None:
    now = FindingReport((finding("a"), finding("b")), known=(finding("c"),))
    held = compared(now, [finding("b"), finding("c"), finding("d")], "before").comparison

    assert held is not None
    assert [held.status(f) for f in now.findings] == [Status.NEW, Status.INHERITED]
    assert [f.id for f in held.fixed] == ["d"]  # c is known now, and not mended


def test_of_a_plan_only_what_a_draft_can_hold_is_compared() -> None:
    found = [finding("1", f"{PLAN}/goal/2.1"), finding("2", f"{PLAN}/evidence/2.1"), finding("3")]

    assert [f.id for f in of_plan(found, PLAN, {"goal", "outcome"})] == ["1"]


def test_a_mended_cell_is_told_of_when_the_draft_is_held_against_its_former_state(
    kg: KnowledgeGraph, draft: Path, tmp_path: Path
) -> None:
    better = sheets()
    better["ตัวชี้วัด"][1][4] = "ประเทศ"
    better["เป้าหมาย"][1][3] = "เดก"
    held = kg.validate(write_draft(tmp_path / "better.xlsx", better), against=draft).comparison

    assert held is not None
    assert "IND-02|indicator:5.1.1|hasUnit" in {f.id for f in held.fixed}
    assert "INT-07|goal:2.1|hasTargetGroup" not in held.inherited
    assert "INT-07|goal:2.2|hasTargetGroup" in held.inherited


def test_a_draft_inherits_from_the_plan_before_it(kg: KnowledgeGraph, draft: Path) -> None:
    held = kg.validate(draft, against="somswd-2021-2025").comparison

    assert held is not None
    assert "IND-16|indicator:5.1.1|^isBaselineOf" in held.inherited
    assert "IND-02|indicator:5.1.4|hasUnit" in {f.id for f in held.fixed}


def test_a_report_in_json_is_read_as_it_was(report: FindingReport) -> None:
    checked, found = read_findings(findings_as_json(report))

    assert checked == report.checked
    for read, written in zip(found, report.findings, strict=True):
        place = written.place and replace(written.place, sheet=1)
        assert read == replace(written, result=None, place=place, related=())


def test_an_earlier_run_is_compared_with(
    kg: KnowledgeGraph, draft: Path, report: FindingReport, tmp_path: Path
) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(findings_as_json(report), encoding="utf-8", newline="\n")
    held = kg.validate(draft, earlier=path).comparison

    assert held is not None
    assert (held.inherited, held.fixed) == (ids(report), ())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no report of findings"),
        ('{"findings": 3}', "it is no report of findings"),
        ('{"findings": [3]}', "finding 1 is not written"),
        ('{"findings": [{"rule": "A-01"}]}', "finding 1 is not written"),
        ("[" * 100_000, "it is no JSON"),
        (b"\xff\xfe{", "it is no JSON"),
    ],
)
def test_a_file_that_is_no_report_is_one_line(text: str | bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_findings(text, "x.json")

    assert str(caught.value).startswith("x.json") and "\n" not in str(caught.value)


def test_a_report_of_a_finding_with_another_type_is_one_line(report: FindingReport) -> None:
    content = json.loads(findings_as_json(report))
    content["findings"][0]["place"]["row"] = "3"
    with pytest.raises(SourceError, match="finding 1 is not written"):
        read_findings(json.dumps(content), "x.json")


def test_neither_a_file_nor_a_plan_is_one_line(kg: KnowledgeGraph, draft: Path) -> None:
    with pytest.raises(ParameterError, match="there is no file and no plan 'no-plan'"):
        kg.validate(draft, against="no-plan")
    with pytest.raises(ParameterError, match="two things to compare with"):
        kg.validate(draft, against="somswd-2021-2025", earlier="x.json")


def test_places_do_not_enter_the_ids() -> None:
    here = finding("", "urn:x:goal/1", place=Place(1, 2, 3, "a"))
    there = replace(here, place=Place(2, 9, 1, "b"))

    assert identified([here])[0].id == identified([there])[0].id
