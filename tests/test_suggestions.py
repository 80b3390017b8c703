"""A value to paste comes from what is known, in the drafter's language, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from small_draft import Sheets, sheets, write_draft
from somswd_kg.api import KnowledgeGraph


def suggestions(
    kg: KnowledgeGraph, folder: Path, content: Sheets, lang: str = "th"
) -> Mapping[str, str]:
    report = kg.validate(write_draft(folder / "draft.xlsx", content), lang=lang)
    return {f.id: f.suggested for f in report.findings if f.suggested}


@pytest.fixture(scope="module")
def plain(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What is suggested for the small draft as it is, in Thai."""
    return suggestions(kg, tmp_path_factory.mktemp("drafts"), sheets())


def test_every_member_state_is_their_number_in_the_targets_year(
    kg: KnowledgeGraph, plain: Mapping[str, str], tmp_path: Path
) -> None:
    content = sheets()
    content["ค่าเป้าหมายรายปี"][1][2] = 2567

    assert plain["INT-53|target:5.1.1-2030|value"] == "11"
    assert suggestions(kg, tmp_path, content)["INT-53|target:5.1.1-2024|value"] == "10"


def test_without_a_year_of_its_own_the_plans_first_year_counts(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    content = sheets()
    content["ค่าเป้าหมายรายปี"][1] = ["5.1.1", "ทุกประเทศสมาชิก", None]

    assert suggestions(kg, tmp_path, content)["INT-53|target:5.1.1|value"] == "11"


def test_other_words_have_no_number(kg: KnowledgeGraph, tmp_path: Path) -> None:
    content = sheets()
    words = ("ทุกประเทศคู่เจรจา", "เพิ่มขึ้น", "ตามความเหมาะสม")
    rows = [["5.1.1", text, 2570 + number] for number, text in enumerate(words)]
    content["ค่าเป้าหมายรายปี"][1:] = rows

    assert not [key for key in suggestions(kg, tmp_path, content) if "|value" in key]


def test_a_target_in_words_beside_an_empty_number_is_counted_too(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    content = sheets()
    content["ค่าเป้าหมายรายปี"] = [
        ["ตัวชี้วัด", "ค่าเป้าหมาย", "ปีเป้าหมาย", "ข้อความค่าเป้าหมาย (ไทย)"],
        ["5.1.1", None, 2573, "ทุกประเทศ"],
    ]

    assert suggestions(kg, tmp_path, content)["TGT-08|target:5.1.1-2030|@th"] == "11"


def test_work_is_reworded_as_what_comes_of_it(plain: Mapping[str, str]) -> None:
    assert plain["WRD-09|outcome:3.1.2|@th"] == "สิทธิผู้สูงอายุได้รับการส่งเสริม"


def test_english_is_reworded_in_english_and_two_gaps_are_a_pattern(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    content = sheets()
    content["ผลลัพธ์"][1][2] = "Develop services for children"
    content["ผลลัพธ์"][2][2] = "Promote services for older persons"

    found = suggestions(kg, tmp_path, content, "en")

    assert found["WRD-09|outcome:3.1.1|@en"] == "services for children developed"
    assert found["WRD-09|outcome:3.1.2|@en"] == "… promoted, more … enjoy"
    assert found["IND-14|indicator:5.1.1|dueYear"] == "2030"


def test_a_name_that_is_nearly_known_is_offered(plain: Mapping[str, str]) -> None:
    assert plain["INT-07|goal:2.2|hasTargetGroup"] == "ผู้สูงอายุ"


def test_the_due_year_is_that_of_the_last_target_in_the_drafters_era(
    plain: Mapping[str, str],
) -> None:
    assert plain["IND-14|indicator:5.1.1|dueYear"] == "2573"


def test_the_unit_of_a_percentage_is_per_cent(kg: KnowledgeGraph, tmp_path: Path) -> None:
    content = sheets()
    content["ตัวชี้วัด"][1][1:] = ["ร้อยละของประเทศ", "percentage of countries", "3.1.1", "คน"]

    assert suggestions(kg, tmp_path, content)["WRD-05|indicator:5.1.1|@th"] == "ร้อยละ"


def test_a_framework_that_has_ended_gives_way_to_its_successor(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    content = sheets()
    content["ผลลัพธ์"][1][1] = "เป็นไปตามแผนงานประชาคมสังคมและวัฒนธรรมอาเซียน พ.ศ. 2568"

    found = suggestions(kg, tmp_path, content)

    assert [text for key, text in found.items() if key.startswith("WRD-12")] == [
        "ASCC Strategic Plan"  # no Thai name of it is attested
    ]


def test_a_year_of_the_buddhist_era_in_rdf_is_turned(kg: KnowledgeGraph) -> None:
    text = """
        @prefix swd: <https://w3id.org/somswd-kg/ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:x:v> a swd:PlanVersion ; swd:startYear "2569"^^xsd:gYear .
    """
    report = kg.validate(text=text, format="ttl")

    assert [f.suggested for f in report.findings if f.rule == "ERA-01"] == ["2026"]
