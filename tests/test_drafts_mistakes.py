"""What people do to a workbook: each mistake is told where it stands, and nobody else is blamed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from somswd_kg import KnowledgeGraph
from somswd_kg.errors import EmptyRunError, SourceError
from somswd_kg.model import FindingReport, Stage

Change = Callable[[Workbook], object]


@pytest.fixture
def checked(kg: KnowledgeGraph, root: Path, tmp_path: Path) -> Callable[[Change], FindingReport]:
    def check(change: Change) -> FindingReport:
        book = openpyxl.load_workbook(root / "examples" / "draft-2026-2030.xlsx")
        change(book)
        path = tmp_path / "changed.xlsx"
        book.save(path)
        return kg.validate(path, stage=Stage.CONSULTATION)

    return check


def told(report: FindingReport) -> list[tuple[str, str]]:
    return [(f.rule, f.place.address if f.place else "") for f in report.findings]


def put(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def test_a_second_sheet_of_a_kind_is_told(checked) -> None:  # type: ignore[no-untyped-def]
    def change(book: Workbook) -> None:
        book.copy_worksheet(book["ตัวชี้วัด"]).title = "Indicators"

    assert told(checked(change)) == [("INT-25", "Indicators!A1")]


def test_a_code_that_the_draft_lacks_is_not_looked_for_in_the_plan_before(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("เป้าหมาย", "B2", "2.9"))
    unknown = [f for f in found.findings if f.rule == "INT-07"]

    assert {f.place.address for f in unknown} >= {"ผลลัพธ์!G2", "ผลลัพธ์!G3"}
    assert not [f for f in found.findings if f.place and f.place.name == "แผนงาน"]
    assert all("“2.1”" in f.message.th for f in unknown)


@pytest.mark.parametrize("written", ["ข้อ 2.1", "เป้าหมายที่ 2.1", "เป้าหมาย 2.1", "๒.๑", "2.1 "])
def test_a_link_may_be_written_as_people_say_it(checked, written: str) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("ผลลัพธ์", "G2", written))

    assert [rule for rule, _ in told(found) if not rule.startswith("INT-5")] in ([], ["INT-20"])


def test_commas_between_values_are_read_and_told(checked) -> None:  # type: ignore[no-untyped-def]
    assert told(checked(put("ตัวชี้วัด", "M2", "เพศ, อายุ, ประเทศ"))) == [("INT-27", "ตัวชี้วัด!M2")]


@pytest.mark.parametrize("written", ["เพิ่มขึ้นร้อยละ 60 จากปีฐาน", "ลดลงร้อยละ 60"])
def test_by_how_much_is_no_level(checked, written: str) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("ค่าเป้าหมายรายปี", "D2", written))

    assert ("INT-53", "ค่าเป้าหมายรายปี!D2") in told(found)


@pytest.mark.parametrize("value", ["6O", "60..", datetime(2026, 3, 1)])
def test_what_is_nearly_a_number_is_none(checked, value: object) -> None:  # type: ignore[no-untyped-def]
    (first, *_) = [
        f
        for f in checked(put("ค่าเป้าหมายรายปี", "D2", value)).findings
        if f.place and f.place.address == "ค่าเป้าหมายรายปี!D2"
    ]

    assert first.severity == "violation"
    assert first.rule.startswith("INT-")


def test_a_number_among_words_is_told_once_with_the_number(checked) -> None:  # type: ignore[no-untyped-def]
    (found,) = checked(put("กิจกรรม", "M3", "ประมาณ ๒.๕ แสน")).findings

    assert (found.rule, found.message.th) == ("INT-54", "“ประมาณ ๒.๕ แสน” อ่านเป็น 250,000")


def test_every_country_is_no_number_of_per_cent(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("ค่าเป้าหมายรายปี", "D2", "ทุกประเทศ"))

    assert {f.suggested for f in found.findings} == {""}


def test_a_value_that_waits_is_no_baseline(checked) -> None:  # type: ignore[no-untyped-def]
    def change(book: Workbook) -> None:
        for row in range(2, 10):
            book["ค่าฐาน"].cell(row, 4).value = "TBC"

    scorecard = checked(change).scorecard
    shares = {
        str(a): s for a, s in zip(("indicator", "baseline"), scorecard.whole.shares, strict=False)
    }

    assert (shares["indicator"].has, shares["baseline"].has) == (8, 0)


def test_years_stand_in_the_era_of_the_reader(checked) -> None:  # type: ignore[no-untyped-def]
    report = checked(put("แผนงาน", "E2", datetime(2026, 1, 1)))
    (found,) = [f for f in report.findings if f.rule == "INT-34"]

    assert "พ.ศ. 2569 (ค.ศ. 2026)" in found.message.th
    assert "{" not in "".join(f.message.th + f.message.en for f in report.findings)


def test_a_column_without_a_heading_is_told_and_so_is_the_one_that_is_missing(checked) -> None:  # type: ignore[no-untyped-def]
    found = told(checked(put("ตัวชี้วัด", "I1", None)))

    assert ("INT-29", "ตัวชี้วัด!I1") in found
    assert any(rule == "INT-28" and place.startswith("ตัวชี้วัด!") for rule, place in found)


def test_several_values_where_one_is_asked_for_are_told_as_that(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("ตัวชี้วัด", "I2", "คน; ร้อยละ"))

    assert ("INT-24", "ตัวชี้วัด!I2") in told(found)
    assert "INT-07" not in {rule for rule, _ in told(found)}


BOMB = """<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>"""


def test_entities_that_grow_are_refused(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "bomb.rdf"
    path.write_text(BOMB % ("x" * 100), encoding="utf-8")
    with pytest.raises(SourceError, match="its entity b holds another one"):
        kg.validate(path)
    with pytest.raises(SourceError, match="its entity b holds another one"):
        kg.convert(path, "ttl", tmp_path / "out.ttl")


def test_the_findings_of_a_hygiene_query_stand_at_the_text_that_they_name(checked) -> None:  # type: ignore[no-untyped-def]
    def change(book: Workbook) -> None:
        book["ผลลัพธ์"]["D3"] = book["ผลลัพธ์"]["D2"].value

    places = {f.place.address for f in checked(change).findings if f.rule == "HYG-05"}

    assert places == {"ผลลัพธ์!D2"}


def test_a_form_that_nobody_filled_in_is_no_draft(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = kg.template(tmp_path / "empty.xlsx")
    with pytest.raises(EmptyRunError, match="the draft has no row that is filled in"):
        kg.validate(path)


def test_an_example_row_that_is_typed_over_is_read(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = kg.template(tmp_path / "typed.xlsx")
    book = openpyxl.load_workbook(path)
    book["เป้าหมาย"]["C2"] = "เด็กทุกคนได้รับการศึกษา"
    book.save(path)
    rows = kg.open_draft(path).draft.rows  # type: ignore[union-attr]

    assert [(row.sheet.name["en"], row.number, row.identifier) for row in rows] == [
        ("Goals", 2, "")
    ]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_examples_hang_together(kg: KnowledgeGraph, tmp_path: Path, lang: str) -> None:
    path = kg.template(tmp_path / "form.xlsx", lang=lang)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if sheet["A2"].value == "example":
            sheet["A2"] = None
    book.save(path)
    draft = kg.open_draft(path).draft
    assert draft is not None
    codes = {row.sheet.name["en"]: row.code for row in draft.rows if row.code}

    assert len(set(codes.values())) == len(codes)
    assert [place.address for place in draft.refused] == []


@pytest.mark.parametrize(("written", "meant"), [("AcWc", "ACWC"), ("Somswd", "SOMSWD")])
def test_a_code_in_other_letters_is_read_and_told(checked, written: str, meant: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = checked(put("บทบาทหน้าที่", "G2", written)).findings

    assert (found.rule, found.message.th) == ("INT-68", f"“{written}” อ่านเป็น “{meant}”")


def test_a_target_that_gainsays_its_own_row_is_told(checked) -> None:  # type: ignore[no-untyped-def]
    found = checked(put("ค่าเป้าหมายรายปี", "D2", "ไม่เกินร้อยละ 60"))
    (told_so,) = [f for f in found.findings if f.rule == "INT-69"]

    assert told_so.place.address == "ค่าเป้าหมายรายปี!D2"
    assert told_so.message.th == "“ไม่เกินร้อยละ 60” ไม่ตรงกับข้อมูลในช่อง “เงื่อนไขของค่า” ของแถวเดียวกัน"
