"""The catalogue: headers say what queries do, and every query is one that can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from answer_cases import CASES
from somswd_kg.api import KnowledgeGraph, read_questions
from somswd_kg.errors import HeaderError, QueryError
from somswd_kg.namespaces import PREFIXES, SWD
from somswd_kg.questions.catalogue import Question, read_question
from somswd_kg.questions.header import Answerable
from somswd_kg.shacl.sparql import QueryForm, check_query
from somswd_kg.shacl.tokens import Kind, tokenize

CATALOGUE = read_questions()
ANSWERS = CATALOGUE.answers
PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)

GOOD = """\
#+ title@en: a
#+ title@th: ก
#+ question@en: b?
#+ question@th: ข
#+ param plan: plan, optional; the plan; แผนงาน
#+ column plan: iri; plan; แผนงาน
#+ column label_en: string; name; ชื่อ
#+ answers: yes
SELECT $plan ?label_en WHERE { ?x ?y $plan ; ?z ?label_en } ORDER BY $plan
"""
NOT_SELECTED = "column '{}' is declared but not selected"


def ids(question: Question) -> str:
    return question.name


@pytest.mark.parametrize("question", list(CATALOGUE), ids=ids)
def test_a_query_is_a_select_that_only_reads(question: Question) -> None:
    assert check_query(question.select.text) is QueryForm.SELECT


@pytest.mark.parametrize("question", list(CATALOGUE), ids=ids)
def test_a_query_is_ordered(question: Question) -> None:
    words = [token.word for token in tokenize(question.select.text)]

    assert "ORDER" in words


@pytest.mark.parametrize("question", list(CATALOGUE), ids=ids)
def test_prefixes_are_ours_and_used(question: Question) -> None:
    text = question.select.text
    declared = dict(PREFIX.findall(text))
    body = tokenize(PREFIX.sub("", text))
    used = {token.text.partition(":")[0] for token in body if token.kind is Kind.NAME}

    assert {name: PREFIXES.get(name) for name in declared} == declared
    assert sorted(set(declared) - used) == []


@pytest.mark.parametrize("question", list(CATALOGUE), ids=ids)
def test_a_query_names_only_terms_of_the_ontology(question: Question) -> None:
    names = [t.text for t in tokenize(question.select.text) if t.kind is Kind.NAME]
    terms = {name.removeprefix("swd:") for name in names if name.startswith("swd:")} - {""}

    assert sorted(terms - SWD.terms) == []


@pytest.mark.parametrize("question", ANSWERS, ids=ids)
def test_parameters_come_first_in_the_answer(question: Question) -> None:
    parameters = [parameter.name for parameter in question.header.parameters]
    shown = [name for name in question.select.projection if name in parameters]

    assert list(question.select.projection[: len(shown)]) == shown


@pytest.mark.parametrize("question", ANSWERS, ids=ids)
def test_a_question_has_its_answers_under_test(question: Question) -> None:
    folder = CASES / question.name
    wanted = ["data.ttl", "expected.csv"]
    if question.header.answers is not Answerable.NO:
        wanted.append("graph.csv")

    assert [name for name in wanted if not (folder / name).is_file()] == []


def test_no_folder_of_cases_is_left_without_its_question() -> None:
    names = {question.name for question in CATALOGUE}

    assert sorted({path.name for path in CASES.iterdir() if path.is_dir()} - names) == []


def test_all_competency_questions_are_there() -> None:
    wanted = {f"CQ{number:02d}" for number in range(1, 52)}

    assert sorted(wanted - {question.header.id for question in CATALOGUE}) == []


def test_there_are_at_least_fifty_six_questions() -> None:
    assert len(ANSWERS) >= 56


@pytest.mark.parametrize("query", CATALOGUE.hygiene, ids=ids)
def test_hygiene_finds_nothing_in_the_shipped_graph(kg: KnowledgeGraph, query: Question) -> None:
    assert list(kg.store.select(query.select.text)) == []


# -- faults that must be noticed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        ("?label_en WHERE", "?label_th WHERE", f"q.rq:7: {NOT_SELECTED.format('label_en')}"),
        ("SELECT $plan", "SELECT $plan ?more", "q.rq:1: ?more is selected but not declared"),
        (
            "SELECT $plan ?label_en",
            "SELECT ?label_en $plan",
            "q.rq:6: the columns stand in another order than in SELECT (label_en plan)",
        ),
        ("$plan", "$plans", f"q.rq:6: {NOT_SELECTED.format('plan')}"),
        (
            "param plan",
            "param scheme",
            "q.rq:5: parameter 'scheme' is declared, but the query has no $scheme",
        ),
        ("; name; ชื่อ", "", "q.rq:7: column 'label_en' has no heading"),
        ("SELECT $plan ?label_en WHERE", "ASK", "q.rq:1: the query is no SELECT"),
        ("$plan ?label_en WHERE", "* WHERE", "q.rq:9: the query selects *"),
    ],
)
def test_a_header_that_does_not_say_what_the_query_does_is_refused(
    old: str, new: str, headline: str
) -> None:
    assert old in GOOD

    with pytest.raises(HeaderError) as caught:
        read_question("q", GOOD.replace(old, new), "q.rq", {})

    assert caught.value.headline == headline


def test_a_query_that_does_not_parse_never_vanishes(tmp_path: Path) -> None:
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "broken.rq").write_text(GOOD.replace("{ ?x", "{ { ?x"), encoding="utf-8")
    graph = KnowledgeGraph.load(tmp_path)

    with pytest.raises(QueryError) as caught:
        graph.ask("broken")

    assert (Path(caught.value.path).name, caught.value.line) == ("broken.rq", 9)
