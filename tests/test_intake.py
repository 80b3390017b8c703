"""Rows of a drafter's file become triples, and each knows the cell that it came from."""

import pyoxigraph as ox
import pytest

from somswd_kg.drafts.columns import read_sheets
from somswd_kg.drafts.grid import Book, Cell, CellKind, Grid
from somswd_kg.drafts.intake import read_draft
from somswd_kg.drafts.lexicon import Lexicon
from somswd_kg.drafts.notes import NoteCode
from somswd_kg.drafts.remarks import IntakeCode
from somswd_kg.namespaces import PREFIXES, RDF, SKOS, SWD
from somswd_kg.terms import Literal, NamedNode
from somswd_kg.triples import Triples

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SHAPES = """
swdsh:PlanVersion a sh:NodeShape ; sh:targetClass swd:PlanVersion ; swd:sheet 1 ;
    sh:name "Plan"@en , "แผนงาน"@th ; sh:property swdsh:PlanVersion-code , swdsh:PlanVersion-start .
swdsh:PlanVersion-code sh:path skos:notation ; sh:order 1 ; sh:name "code"@en , "รหัส"@th ;
    sh:minCount 1 .
swdsh:PlanVersion-start sh:path swd:startYear ; sh:order 2 ; sh:name "first year"@en , "ปีเริ่มต้น"@th ;
    sh:datatype xsd:gYear ; sh:maxCount 1 .
swdsh:Goal a sh:NodeShape ; sh:targetClass swd:Goal ; swd:sheet 3 ;
    sh:name "Goals"@en , "เป้าหมาย"@th ; sh:property swdsh:code , swdsh:label , swdsh:group .
swdsh:code sh:path skos:notation ; sh:order 1 ; sh:name "code"@en , "รหัส"@th ; sh:maxCount 1 .
swdsh:label sh:path skos:prefLabel ; sh:order 2 ; sh:name "name"@en , "ชื่อ"@th ;
    sh:languageIn ( "th" "en" ) ; sh:minCount 1 .
swdsh:group sh:path swd:hasTargetGroup ; sh:order 3 ; sh:name "target groups"@en , "กลุ่มเป้าหมาย"@th ;
    swd:codesFrom code:target-group .
swdsh:Outcome a sh:NodeShape ; sh:targetClass swd:Outcome ; swd:sheet 4 ;
    sh:name "Outcomes"@en , "ผลลัพธ์"@th ; sh:property swdsh:code , swdsh:label , swdsh:goal .
swdsh:goal sh:path swd:contributesTo ; sh:order 4 ; sh:name "goals"@en , "เป้าหมายที่สนับสนุน"@th ;
    sh:class swd:Goal .
"""
CODES = """
group:children skos:prefLabel "children"@en , "เด็ก"@th ; skos:notation "children" ;
    skos:inScheme code:target-group .
group:other-vulnerable-groups skos:prefLabel "other vulnerable groups"@en , "กลุ่มเปราะบางอื่น ๆ"@th ;
    skos:notation "other-vulnerable-groups" ; skos:inScheme code:target-group .
group:older-persons skos:prefLabel "older persons"@en , "ผู้สูงอายุ"@th ;
    skos:notation "older-persons" ; skos:inScheme code:target-group .
"""


def triples(text):
    return Triples(q.triple for q in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE))


SHEETS = read_sheets(triples(SHAPES))
LEXICON = Lexicon(triples(CODES))


def grid(name, *rows, **options):
    cells = {
        r: {
            c: text if isinstance(text, Cell) else Cell(r, c, CellKind.TEXT, text)
            for c, text in enumerate(row, 1)
            if text
        }
        for r, row in enumerate(rows, 1)
    }
    return Grid(name, cells, **options)


PLAN = grid("แผนงาน", ("รหัส *", "ปีเริ่มต้น"), ("somswd-2026-2030", "๒๕๖๙"))


def read(*grids):
    return read_draft(Book("draft.xlsx", "xlsx", grids), SHEETS, LEXICON, key="k")


def node(kind, row):
    return NamedNode(f"urn:somswd-kg:draft:k/{kind}/{row}")


def codes(draft):
    return [(remark.code, remark.place.address) for remark in draft.remarks]


def test_a_text_column_stands_once_for_each_language():
    goals = SHEETS[1]

    assert [c.heading("th") for c in goals.columns] == [
        "รหัส",
        "ชื่อ (ไทย)",
        "ชื่อ (อังกฤษ)",
        "กลุ่มเป้าหมาย",
    ]
    assert [c.required for c in goals.columns] == [False, True, True, False]


def test_rows_become_things_with_links_by_code_and_labels_by_scheme():
    goals = grid(
        "เป้าหมาย",
        ("รหัส", "ชื่อ (ไทย)", "name (English)", "กลุ่มเป้าหมาย"),
        ("2.1", "คุ้มครองเด็ก", "protect children", "เด็ก; กลุ่มเปราะบางอื่นๆ"),
    )
    outcomes = grid("Outcomes", ("goals", "code"), ("2.1", "3.2.1"))

    draft = read(PLAN, goals, outcomes)
    graph = Triples(draft.triples)

    assert graph.objects(node("goal", 2), SWD.hasTargetGroup) == (
        NamedNode(PREFIXES["group"] + "children"),
        NamedNode(PREFIXES["group"] + "other-vulnerable-groups"),
    )
    assert graph.objects(node("outcome", 2), SWD.contributesTo) == (node("goal", 2),)
    assert graph.one(node("outcome", 2), SWD.describedIn) == node("planversion", 2)
    assert graph.text(node("goal", 2), SKOS.prefLabel, "en") == "protect children"
    place = draft.places.cells[node("goal", 2), SKOS.prefLabel, Literal("คุ้มครองเด็ก", language="th")]
    assert (place.address, place.heading) == ("เป้าหมาย!B2", "ชื่อ (ไทย)")


def test_a_year_of_the_buddhist_era_is_stored_in_the_common_era_and_said():
    draft = read(PLAN)

    assert Triples(draft.triples).string(node("planversion", 2), SWD.startYear) == "2026"
    assert (NoteCode.BUDDHIST_YEAR, "แผนงาน!B2") in codes(draft)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("เด็กๆ น้อย", IntakeCode.UNKNOWN_NAME),
        ("TBC", NoteCode.WAITING_WORD),
        (Cell(2, 4, CellKind.TEXT, "", "A1&B1", cached=False), IntakeCode.FORMULA_WITHOUT_VALUE),
        (Cell(2, 4, CellKind.ERROR, "#REF!"), IntakeCode.CELL_ERROR),
    ],
)
def test_a_cell_that_gives_no_value_says_why_at_its_place(cell, code):
    goals = grid(
        "เป้าหมาย", ("รหัส", "ชื่อ (ไทย)", "ชื่อ (อังกฤษ)", "กลุ่มเป้าหมาย"), ("2.1", "ก", "a", cell)
    )

    draft = read(PLAN, goals)

    assert (code, "เป้าหมาย!D2") in codes(draft)
    assert {place.address for place in draft.refused} == {"เป้าหมาย!D2"}
    assert Triples(draft.triples).objects(node("goal", 2), SWD.hasTargetGroup) == ()


def test_an_unknown_name_comes_with_the_nearest_known_one():
    goals = grid("เป้าหมาย", ("รหัส", "กลุ่มเป้าหมาย"), ("2.1", "ผู้สุงอายุ"))

    (remark,) = [r for r in read(PLAN, goals).remarks if r.code is IntakeCode.UNKNOWN_NAME]

    assert dict(remark.params) == {"written": "ผู้สุงอายุ", "near": "ผู้สูงอายุ"}


def test_a_code_that_two_rows_share_is_ambiguous_where_it_is_used():
    goals = grid("เป้าหมาย", ("รหัส",), ("2.1",), ("2.1",))
    outcomes = grid("ผลลัพธ์", ("รหัส", "เป้าหมายที่สนับสนุน"), ("3.2.1", "2.1"))

    draft = read(PLAN, goals, outcomes)

    assert (IntakeCode.AMBIGUOUS_CODE, "ผลลัพธ์!B2") in codes(draft)
    (said,) = [dict(r.params) for r in draft.remarks if r.code is IntakeCode.AMBIGUOUS_CODE]
    assert said["candidates"] == "เป้าหมาย 2.1 (แถว 2); เป้าหมาย 2.1 (แถว 3)"
    assert Triples(draft.triples).objects(node("outcome", 2), SWD.contributesTo) == ()


def test_headings_that_come_twice_or_are_unknown_are_said_and_kept():
    goals = grid("เป้าหมาย", ("รหัส", "name (Thai)", "ชื่อ (ไทย)", "หมายเหตุ"), ("2.1", "ก", "ข", "โทร"))

    draft = read(PLAN, goals)

    assert (IntakeCode.DUPLICATE_HEADING, "เป้าหมาย!C1") in codes(draft)
    assert (IntakeCode.UNKNOWN_COLUMN, "เป้าหมาย!D1") in codes(draft)
    assert [(place.address, text) for place, text in draft.unknown] == [
        ("เป้าหมาย!C2", "ข"),
        ("เป้าหมาย!D2", "โทร"),
    ]
    assert Triples(draft.triples).text(node("goal", 2), SKOS.prefLabel, "th") == "ก"


def test_a_copied_row_is_said_at_the_second_and_an_example_is_passed_over():
    goals = grid(
        "เป้าหมาย",
        ("id", "รหัส"),
        ("urn:a", "2.1"),
        ("urn:a", "2.2"),
        ("example", "9.9"),
        ("", "2.3"),
    )

    draft = read(PLAN, goals)

    assert [row.code for row in draft.rows] == ["somswd-2026-2030", "2.1", "2.2", "2.3"]
    assert (IntakeCode.DUPLICATE_ROW, "เป้าหมาย!B3") in codes(draft)
    assert (IntakeCode.EXAMPLE_ROW, "เป้าหมาย!B4") in codes(draft)


def test_a_merged_cell_speaks_for_the_rows_that_it_covers():
    goals = grid(
        "เป้าหมาย",
        ("รหัส", "กลุ่มเป้าหมาย"),
        ("2.1", "เด็ก"),
        ("2.2", ""),
        covered={(3, 2): (2, 2)},
    )

    draft = read(PLAN, goals)

    assert Triples(draft.triples).objects(node("goal", 3), SWD.hasTargetGroup) == (
        NamedNode(PREFIXES["group"] + "children"),
    )
    assert (IntakeCode.MERGED, "เป้าหมาย!B3") in codes(draft)


def test_what_is_missing_stands_at_its_empty_cell_and_the_whole_draft_at_the_plan():
    goals = grid("เป้าหมาย", ("ชื่อ (ไทย)", "รหัส", "กลุ่มเป้าหมาย"), ("ก", "2.1", ""))
    draft = read(PLAN, goals)

    (missing,) = draft.places.find(node("goal", 2), SWD.hasTargetGroup, None)
    (no_column,) = draft.places.find(node("goal", 2), SWD.hasRisk, None)
    (whole,) = draft.places.find(NamedNode("urn:elsewhere"), RDF.type, None)

    assert missing.address == "เป้าหมาย!C2"
    assert no_column.address == "เป้าหมาย!B2"
    assert whole.address == "แผนงาน!A2"


def test_a_sheet_that_nobody_knows_is_said_unless_it_is_ours():
    draft = read(PLAN, grid("ชีต1", ("x",)), grid("คำแนะนำ", ("อ่านก่อน",)))

    assert codes(draft)[-1] == (IntakeCode.UNKNOWN_SHEET, "ชีต1!A1")
    assert not any(address.startswith("คำแนะนำ") for _, address in codes(draft))
