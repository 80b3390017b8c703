"""Evidence: a quote that is off by one sign fails, and every mended word is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_project import SOURCE, change, place, write_project
from somswd_kg.api import KnowledgeGraph
from somswd_kg.evidence.check import EvidenceReport, mend
from somswd_kg.evidence.model import Quote, Slip
from somswd_kg.evidence.rules import EvidenceRule, fix, message
from somswd_kg.language import local_name

PLAN = "graph/plan.ttl"
START, END = place("คุ้มครองผู้สูงอายุ")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def check(project: Path) -> EvidenceReport:
    return KnowledgeGraph.load(project).evidence()


def found(project: Path) -> list[tuple[str, str]]:
    return [(problem.rule, local_name(problem.iri)) for problem in check(project).problems]


def test_sound_evidence_holds(project: Path) -> None:
    report = check(project)

    assert report.problems == ()
    assert (report.quotes, report.verified, report.slips, report.clauses) == (2, 2, 1, 2)
    assert [rest.text for rest in report.left_over] == ["1.2"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('oa:exact "คุ้มครองผู้สูงอายุ"', 'oa:exact "คุ้มครองผู้สูงอาย"', [("EVI-04", "1.2")]),
        (f"oa:start {START} ;", f"oa:start {START + 1} ;", [("EVI-04", "1.2")]),
        (f"oa:end {END} .", f"oa:end {END + 1} .", [("EVI-04", "1.2")]),
        (f"oa:end {END} .", f"oa:end {END + 900} .", [("EVI-04", "1.2")]),
        (f" ; oa:end {END} .", " .", [("EVI-01", "1.2")]),
        ('oa:exact "คุ้ม', 'oa:prefix "1.3 " ; oa:exact "คุ้ม', [("EVI-05", "1.2")]),
        ('oa:exact "คุ้ม', 'oa:suffix "." ; oa:exact "คุ้ม', [("EVI-05", "1.2")]),
        ('swd:printed "เดก"', 'swd:printed "เดิก"', [("EVI-11", "1.1"), ("EVI-10", "slip-1")]),
        ('swd:statement "คุ้ม', 'swd:statement "คุม', [("EVI-11", "1.2")]),
        ('"protect"@en , "คุ้มครองผู้สูงอายุ"@th', '"protect"@en , "ผู้สูงวัย"@th', [("EVI-12", "1.2")]),
        ('swd:storedAs "source', 'swd:storedAs "sauce', [("EVI-02", "source-a")]),
        ('swd:storedAs "source', 'swd:storedAs "../plan', [("EVI-02", "source-a")]),
        ('swd:sha256 "', 'swd:sha256 "0', [("EVI-03", "source-a")]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_found(
    project: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert found(change(project, PLAN, old, new)) == expected


def test_a_mended_word_without_a_slip_fails(project: Path) -> None:
    change(project, PLAN, "p:slip-1 a swd:SourceSlip ; swd:isSlipIn e:1.1", "p:slip-1 a swd:Note")

    assert found(project) == [("EVI-11", "1.1")]


def test_a_range_inside_a_cluster_fails(project: Path) -> None:
    text = "คุ้มครองผู้สูงอาย"  # the ุ of อายุ is cut off
    change(project, PLAN, 'oa:exact "คุ้มครองผู้สูงอายุ"', f'oa:exact "{text}"')
    change(project, PLAN, f"oa:end {END} .", f"oa:end {END - 1} .")

    assert ("EVI-06", "1.2") in found(project)


def test_a_quote_that_stands_twice_wants_its_surroundings(project: Path) -> None:
    source = SOURCE + "3. คุ้มครองผู้สูงอายุ\n"
    (project / "graph/sources/source.th.txt").write_text(source, encoding="utf-8", newline="\n")

    rules = {rule for rule, _ in found(project)}

    assert rules == {"EVI-03", "EVI-07"}


def test_clauses_do_not_overlap(project: Path) -> None:
    whole = "ส่งเสริมสิทธิเดก 1.2 คุ้ม"
    change(project, PLAN, 'oa:exact "ส่งเสริมสิทธิเดก"', f'oa:exact "{whole}"')
    start, end = place("ส่งเสริมสิทธิเดก")
    change(project, PLAN, f"oa:end {end} .", f"oa:end {start + len(whole)} .")
    change(project, PLAN, '"ส่งเสริมสิทธิเด็ก"@th', '"ส่งเสริมสิทธิเด็ก 1.2 คุ้ม"@th')

    assert ("EVI-08", "1.2") in found(project)


def test_text_that_no_clause_covers_is_found(project: Path) -> None:
    short = "สูงอายุ"
    start, _ = place(short)
    change(project, PLAN, 'oa:exact "คุ้มครองผู้สูงอายุ"', f'oa:exact "{short}"')
    change(project, PLAN, f"oa:start {START} ;", f"oa:start {start} ;")
    change(project, PLAN, 'swd:statement "คุ้มครองผู้สูงอายุ"', f'swd:statement "{short}"')
    change(project, PLAN, '"protect"@en , "คุ้มครองผู้สูงอายุ"', f'"protect"@en , "{short}"')
    report = check(project)

    assert ("EVI-09", "source-a") in [(p.rule, local_name(p.iri)) for p in report.problems]
    assert [(rest.text, rest.is_heading) for rest in report.left_over] == [("1.2 คุ้มครองผู้", False)]


def test_a_heading_that_a_list_quotes_is_no_left_over(project: Path) -> None:
    source = SOURCE.replace(" 1.2 ", " หัวข้อย่อย เช่น 1.2 ")
    (project / "graph/sources/source.th.txt").write_text(source, encoding="utf-8", newline="\n")
    shift = len(source) - len(SOURCE)
    change(project, PLAN, f"oa:start {START} ; oa:end {END}", f"oa:start {START + shift} ; oa:end {END + shift}")  # fmt: skip  # noqa: E501

    assert {rule for rule, _ in found(project)} == {"EVI-03", "EVI-09"}

    start = source.index("หัวข้อย่อย")
    heading = (
        "e:h a swd:Evidence ; oa:hasSource plan:source-a ; oa:hasSelector e:hq , e:hr . "
        'e:hq oa:exact "หัวข้อย่อย เช่น" . '
        f"e:hr oa:start {start} ; oa:end {start + len('หัวข้อย่อย เช่น')} . "
        "p:list swd:hasEvidence e:h ; a swd:ElementList"
    )
    change(project, PLAN, "p:list a swd:ElementList", heading)

    assert {rule for rule, _ in found(project)} == {"EVI-03"}


def test_slips_are_mended_from_the_end_so_that_places_stay_true() -> None:
    quote = Quote("q", "s", "aXbYc", None, None, 10, 15)
    slips = (Slip("1", "s", "X", "long", 11, 12), Slip("2", "s", "Y", "", 13, 14))

    assert mend(quote, slips) == "alongbc"


@pytest.mark.parametrize("rule", list(EvidenceRule))
def test_every_rule_speaks_both_languages(rule: EvidenceRule) -> None:
    said, todo = message(rule, "x"), fix(rule)

    assert all((said.en, said.th, todo.en, todo.th))


def test_all_quotes_of_the_shipped_graph_hold(kg: KnowledgeGraph) -> None:
    report = kg.evidence()

    assert report.problems == ()
    assert report.clauses == 31
    assert report.quotes == report.verified > 31
