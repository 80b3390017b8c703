"""The answers: each question on a few triples, and on the shipped graph."""

from __future__ import annotations

import pytest

from answer_cases import CASE_GRAPH, AnswerCase, case_text, cases, load_case, written
from base_store import base_store
from somswd_kg.api import KnowledgeGraph, read_questions
from somswd_kg.engines import Engine, run_engine
from somswd_kg.language import local_name
from somswd_kg.material import read_shapes
from somswd_kg.namespaces import PREFIXES
from somswd_kg.project import find_project
from somswd_kg.questions.asking import answer
from somswd_kg.questions.header import Answerable
from somswd_kg.questions.table import Table
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import NamedNode

CATALOGUE = read_questions()
SMALL = cases("expected")
REAL = cases("graph")
UNANSWERED = [q.name for q in CATALOGUE.answers if q.header.answers is Answerable.NO]


def ids(case: AnswerCase) -> str:
    return case.name


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return base_store()


def ask(store: EmbeddedStore, case: AnswerCase) -> Table:
    load_case(store, case.question)
    return answer(store, CATALOGUE.get(case.question), case.values, case.language)


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


@pytest.mark.parametrize("case", SMALL, ids=ids)
def test_a_question_is_answered_on_small_data(store: EmbeddedStore, case: AnswerCase) -> None:
    table = ask(store, case)

    assert names(table) == case.columns
    assert [written(row) for row in table.rows] == case.rows


@pytest.mark.parametrize("case", REAL, ids=ids)
def test_a_question_is_answered_on_the_shipped_graph(kg: KnowledgeGraph, case: AnswerCase) -> None:
    table = kg.ask(case.question, case.values, lang=case.language)

    assert names(table) == case.columns
    assert [written(row) for row in table.rows] == case.rows


@pytest.mark.parametrize("case", [case for case in SMALL if case.rows and not case.values], ids=ids)
def test_a_bound_parameter_keeps_just_its_own_rows(store: EmbeddedStore, case: AnswerCase) -> None:
    question = CATALOGUE.get(case.question)
    everything = ask(store, case)
    at = {name: position for position, name in enumerate(names(everything))}
    for parameter in question.header.parameters:
        if parameter.name not in at or not parameter.optional:
            continue
        values = {row[at[parameter.name]] for row in everything.rows}
        for value in values:
            if isinstance(value, NamedNode):
                bound = answer(store, question, {parameter.name: value}, case.language)
                own = [row for row in everything.rows if row[at[parameter.name]] == value]

                assert list(bound.rows) == own


@pytest.fixture(scope="module")
def violations() -> dict[str, list[str]]:
    """Validate the data of all unanswered questions in one run, in names and words of its own."""
    store = base_store()
    for name in UNANSWERED:
        text = case_text(name)
        for shared in ("id/example/", "plan:sample-", "plan:other-"):
            text = text.replace(shared, f"{shared.rstrip('/-')}-{name}-")
        for tag in ('"@en', '"@th'):
            text = text.replace(tag, f" ({name}){tag}")
        store.load(text=text, format="ttl", graph=f"{CASE_GRAPH}:{name}")
    focus = [f"{CASE_GRAPH}:{name}" for name in UNANSWERED]
    run = run_engine(Engine.COMPILED, store, read_shapes(find_project()), focus=focus)
    found: dict[str, list[str]] = {name: [] for name in UNANSWERED}
    for result in run.results:
        if result.severity == PREFIXES["sh"] + "Violation":
            said = f"{local_name(result.constraint or result.shape)} {result.focus}"
            names = [name for name in UNANSWERED if f"-{name}-" in said]
            found[max(names, key=len)].append(said)
    return found


@pytest.mark.parametrize("name", UNANSWERED)
def test_data_for_what_the_shipped_graph_cannot_answer_conforms(
    violations: dict[str, list[str]], name: str
) -> None:
    assert violations[name] == []


@pytest.mark.parametrize("case", SMALL, ids=ids)
def test_two_runs_give_the_same_rows(store: EmbeddedStore, case: AnswerCase) -> None:
    assert ask(store, case).rows == ask(store, case).rows
