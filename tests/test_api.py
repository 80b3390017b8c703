"""The verbs of the API on a project of a few files."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

import somswd_kg
from small_project import change, write_project
from somswd_kg.api import KnowledgeGraph, validate
from somswd_kg.errors import ParameterError, QueryError, QueryTimeout, SourceError
from somswd_kg.formats.rdf import FORMATS, read_quads
from somswd_kg.formats.rdflib_graph import to_rdflib
from somswd_kg.language import Language
from somswd_kg.model import Severity
from somswd_kg.namespaces import BASE
from somswd_kg.terms import Literal, NamedNode

CODE = f"{BASE}code/"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


@pytest.fixture
def graph(project: Path) -> KnowledgeGraph:
    return KnowledgeGraph.load(project)


def goals(table: object) -> list[str]:
    return [row[2].value.rpartition("/")[2] for row in table.rows]  # type: ignore[attr-defined]


# -- asking -----------------------------------------------------------------------------------


def test_what_is_public_is_what_the_package_names() -> None:
    assert set(somswd_kg.__all__) == {"KnowledgeGraph", "__version__", "validate"}
    assert somswd_kg.KnowledgeGraph is KnowledgeGraph
    assert somswd_kg.validate is validate


def test_a_question_is_asked_by_name_and_by_id(graph: KnowledgeGraph) -> None:
    assert graph.ask("goals-of-group").rows == graph.ask("t1").rows


def test_rows_are_sorted_in_the_language_of_the_reader(graph: KnowledgeGraph) -> None:
    assert goals(graph.ask("goals-of-group", lang="en")) == ["1.1", "1.2"]
    assert goals(graph.ask("goals-of-group", lang="th")) == ["1.2", "1.1"]


@pytest.mark.parametrize(
    "value", ["women", "WOMEN", "group:women", f"{BASE}code/target-group/women"]
)
def test_a_code_is_found_by_any_of_its_names(graph: KnowledgeGraph, value: str) -> None:
    assert goals(graph.ask("goals-of-group", group=value)) == ["1.1"]


def test_an_element_is_found_in_the_only_version_that_has_it(graph: KnowledgeGraph) -> None:
    assert goals(graph.ask("goals-of-group", goal="goal:1.2")) == ["1.2"]


def test_an_element_that_two_plans_have_wants_its_plan(project: Path) -> None:
    change(
        project,
        "graph/plan.ttl",
        'plan:plan-a a swd:Plan ; skos:prefLabel "plan A"@en',
        "plan:plan-b a swd:Plan . <https://w3id.org/somswd-kg/id/plan-b/v1> a swd:PlanVersion ;"
        "dcterms:isVersionOf plan:plan-b ."
        "<https://w3id.org/somswd-kg/id/plan-b/v1/goal/1.2> a swd:Goal ."
        'plan:plan-a a swd:Plan ; skos:prefLabel "plan A"@en',
    )
    graph = KnowledgeGraph.load(project)

    with pytest.raises(ParameterError, match="means 2 things") as caught:
        graph.ask("goals-of-group", goal="goal:1.2")

    assert "plan-a/draft-1/goal/1.2" in caught.value.hint
    assert goals(graph.ask("goals-of-group", goal="goal:1.2", plan="plan-a")) == ["1.2"]


@pytest.mark.parametrize(
    ("values", "headline", "hint"),
    [
        (
            {"group": "woman"},
            "group: there is no code of target-group 'woman'",
            "did you mean women?",
        ),
        ({"plan": "plan-x"}, "there is no plan 'plan-x'", "did you mean plan-a?"),
        (
            {"grup": "women"},
            "question 'goals-of-group' has no parameter 'grup'",
            "it takes group, plan, goal",
        ),
        (
            {"goal": "goal:1.9"},
            "goal: there is no element 'goal:1.9'",
            "did you mean goal:1.1, goal:1.2?",
        ),
        (
            {"group": "> } DELETE {"},
            "group: there is no code of target-group '> } DELETE {'",
            "write a code of the scheme, such as older-persons",
        ),
    ],
)
def test_what_is_unknown_is_named_with_the_nearest(
    graph: KnowledgeGraph, values: dict[str, str], headline: str, hint: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        graph.ask("goals-of-group", values)

    assert (caught.value.headline, caught.value.hint) == (headline, hint)


def test_an_unknown_question_names_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(ParameterError) as caught:
        graph.ask("goal-of-group")

    assert caught.value.hint == "did you mean goals-of-group?"


def test_an_unknown_language_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(ParameterError, match="unknown language 'fr'"):
        graph.ask("goals-of-group", lang="fr")


def test_an_answer_says_what_its_reader_must_know(graph: KnowledgeGraph) -> None:
    notes = graph.ask("goals-of-group").reading(Language.EN).notes

    assert notes == (
        "The shipped graph answers this only in part: the source is short",
        "Some of this comes from lists that the source gives as examples (“such as”): "
        "what is not listed may still be in the plan.",
        "a summary, no official text",
    )


def test_an_empty_answer_carries_the_caution_too(graph: KnowledgeGraph) -> None:
    table = graph.ask("goals-of-group", group="women", goal="goal:1.2")

    assert table.rows == ()
    assert table.reading(Language.TH).notes[-1] == "บทสรุป มิใช่ฉบับทางการ"


def test_a_reader_sees_one_column_of_a_pair(graph: KnowledgeGraph) -> None:
    shown = graph.ask("goals-of-group", lang="th").reading()

    assert shown.headings == ("กลุ่มเป้าหมาย", "แผนงาน", "เป้าหมาย", "ชื่อ")
    assert shown.rows[1] == ("สตรี", "plan-a", "goal:1.1", "ส่งเสริมสิทธิ")


def test_a_table_becomes_a_data_frame(graph: KnowledgeGraph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = graph.ask("goals-of-group").to_pandas()

    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["label_en"]) == ["promote rights", "protect"]


def test_the_headers_of_questions_are_in_the_dataset(graph: KnowledgeGraph) -> None:
    query = f"ASK {{ GRAPH <{BASE}graph/queries/goals-of-group> {{ ?q rdfs:label ?l }} }}"

    assert graph.sparql(query) is True


# -- queries of one's own ---------------------------------------------------------------------


def test_a_free_query_knows_the_prefixes(graph: KnowledgeGraph) -> None:
    answer = graph.sparql("SELECT ?g WHERE { ?g a swd:Goal } ORDER BY ?g")

    assert [row[0].value[-3:] for row in answer] == ["1.1", "1.2"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "place"), [("SELECT ?g { ?g a }", (1, 18)), ("SELECT ?g\n{ ?g a }", (2, 8))]
)
def test_the_place_of_a_mistake_is_that_in_the_query(
    graph: KnowledgeGraph, query: str, place: tuple[int, int]
) -> None:
    with pytest.raises(QueryError, match="does not parse") as raised:
        graph.sparql(query)

    assert raised.value.line == place[0]
    assert abs(raised.value.column - place[1]) <= 1


@pytest.mark.parametrize(
    "query",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVIC\\u0045 <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { " + "{" * 200 + "}" * 200 + " }",
        "SELECT * { ?s ?p 'x" + "y" * 200_000 + "' }",
        "SELECT * {",
    ],
)
def test_what_writes_calls_out_or_is_too_big_is_refused(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(QueryError):
        graph.sparql(query)


def test_a_timeout_really_stops_a_query(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.5 s"):
        graph.sparql(CROSS, timeout=0.5)


def test_a_query_in_its_own_process_gives_the_same(graph: KnowledgeGraph) -> None:
    table = graph.ask("goals-of-group", lang="th", timeout=60)

    assert table == graph.ask("goals-of-group", lang="th")


def test_an_error_in_its_own_process_is_the_same(graph: KnowledgeGraph) -> None:
    with pytest.raises(ParameterError, match="there is no question 'x'"):
        graph.ask("x", timeout=60)


def test_show_says_which_file_says_so(graph: KnowledgeGraph) -> None:
    rows = graph.show("goal:1.1").reading(Language.EN).rows

    assert ("has target group", "women", "", "", "graph/plan") in [
        (row[0].replace("swd:hasTargetGroup", "has target group"), *row[1:]) for row in rows
    ]
    assert any(row[0].startswith("← ") for row in graph.show("women").reading().rows)


# -- checking ---------------------------------------------------------------------------------


def numbers(report: object) -> list[tuple[str, str]]:
    return [(f.rule, f.code) for f in report.findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_known_findings_are_set_apart(graph: KnowledgeGraph, engine: str) -> None:
    report = graph.validate(engine=engine)

    assert report.findings == ()
    assert [(f.rule, f.code, f.known) for f in report.known] == [
        ("GOAL-01", "1.1", "the summary names no owner"),
        ("GOAL-01", "1.2", "the summary names no owner"),
    ]
    assert {f.message.en for f in report.known} == {"The source does not state an owner."}


def test_without_the_baseline_they_are_findings(graph: KnowledgeGraph) -> None:
    report = graph.validate(baseline=False)

    assert numbers(report) == [("GOAL-01", "1.1"), ("GOAL-01", "1.2")]
    assert {f.known for f in report.findings} == {""}


def test_a_known_finding_that_no_longer_occurs_is_one(project: Path) -> None:
    change(
        project,
        "graph/plan.ttl",
        "goal:1.2 a swd:Goal ;",
        "goal:1.2 a swd:Goal ; swd:hasOwner p:x ;",
    )
    report = KnowledgeGraph.load(project).validate(checks=None)

    assert [(f.rule, f.element, f.value) for f in report.findings] == [
        ("BASE-01", "goal:1.2", "GOAL-01")
    ]


def test_severity_follows_from_the_stage(graph: KnowledgeGraph) -> None:
    report = graph.validate(baseline=False, stage="outline")

    assert {finding.severity for finding in report.findings} == {Severity.INFO}


def test_an_ill_typed_literal_is_found(project: Path) -> None:
    change(project, "graph/plan.ttl", 'skos:notation "1.1" ;', 'skos:notation "x"^^xsd:integer ;')
    report = KnowledgeGraph.load(project).validate(checks=["literals"])

    assert [(f.rule, f.value, f.path) for f in report.findings] == [
        ("DATA-01", "x", "http://www.w3.org/2004/02/skos/core#notation")
    ]


def test_a_value_that_a_store_would_change_is_found_as_written(project: Path) -> None:
    change(project, "graph/plan.ttl", 'skos:notation "1.1" ;', 'skos:notation "300"^^xsd:byte ;')
    report = KnowledgeGraph.load(project).validate(checks=["literals"])

    assert [f.value for f in report.findings] == ["300"]


DRAFT = """@prefix swd: <https://w3id.org/somswd-kg/ns#> .
@prefix group: <https://w3id.org/somswd-kg/code/target-group/> .
<urn:new> a swd:Goal ; swd:hasTargetGroup group:women , group:older-persons .
"""


def test_only_what_is_in_a_draft_is_blamed(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "draft.ttl"
    path.write_text(DRAFT, encoding="utf-8")

    of_file = graph.validate(path).findings
    of_text = graph.validate(text=DRAFT, format="ttl").findings

    assert [(f.rule, f.element) for f in of_file] == [
        ("GOAL-01", "urn:new"),
        ("GOAL-02", "urn:new"),
    ]
    assert [(f.rule, f.message) for f in of_text] == [(f.rule, f.message) for f in of_file]
    assert not graph.sparql("ASK { <urn:new> ?p ?o }")


@pytest.mark.parametrize("option", [{"stage": "done"}, {"engine": "fast"}, {"checks": ["all"]}])
def test_an_unknown_word_is_refused(graph: KnowledgeGraph, option: dict[str, str]) -> None:
    with pytest.raises(ParameterError, match="unknown"):
        graph.validate(**option)  # type: ignore[arg-type]


# -- handing on -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_same_triples(
    graph: KnowledgeGraph, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"out{FORMATS[name].suffixes[0]}"
    graph.export(name, path)
    read = to_rdflib(quad.triple for quad in read_quads(path))

    assert isomorphic(read, graph.to_rdflib())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader
@pytest.mark.parametrize(
    ("name", "theirs"), [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")]
)
def test_rdflib_reads_what_is_exported(
    graph: KnowledgeGraph, tmp_path: Path, name: str, theirs: str
) -> None:
    text = graph.export(name, tmp_path / "out").read_text(encoding="utf-8")

    assert isomorphic(Graph().parse(data=text, format=theirs), graph.to_rdflib())


@pytest.mark.parametrize("name", FORMATS)
def test_two_exports_are_the_same_bytes(project: Path, tmp_path: Path, name: str) -> None:
    first = KnowledgeGraph.load(project).export(name, tmp_path / "a")
    second = KnowledgeGraph.load(project).export(name, tmp_path / "b")

    assert first.read_bytes() == second.read_bytes()


def test_named_graphs_are_kept_where_a_format_has_them(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    for name in ("nq", "trig"):
        path = graph.export(name, tmp_path / f"out.{name}")
        graphs = {quad.graph_name for quad in read_quads(path)}

        assert NamedNode(f"{BASE}graph/graph/plan") in graphs


def test_an_export_leaves_nothing_behind_when_it_fails(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="cannot be written"):
        graph.export("ttl", tmp_path / "nowhere" / "out.ttl")
    with pytest.raises(ParameterError, match="unknown format 'docx'"):
        graph.export("docx", tmp_path / "out.docx")

    assert not (tmp_path / "out.docx").exists()


def test_literals_leave_as_they_were_written(project: Path, tmp_path: Path) -> None:
    change(project, "graph/plan.ttl", 'skos:notation "1.1" ;', "skos:notation 12.00 ;")
    path = KnowledgeGraph.load(project).export("nt", tmp_path / "out.nt")
    values = {quad.object for quad in read_quads(path) if isinstance(quad.object, Literal)}

    assert "12.00" in {value.value for value in values}
