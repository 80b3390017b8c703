"""The shipped graph: its findings are those that are known, and it shows what was promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from somswd_kg.api import KnowledgeGraph
from somswd_kg.findings.baseline import read_baseline
from somswd_kg.language import local_name
from somswd_kg.model import FindingReport
from somswd_kg.namespaces import BASE, PREFIXES, SWD
from somswd_kg.project import find_project
from somswd_kg.questions.names import prefixed, short_name
from somswd_kg.questions.table import Table


@pytest.fixture(scope="module")
def report(kg: KnowledgeGraph) -> FindingReport:
    return kg.validate()


def test_every_finding_is_known_and_every_known_one_occurs(report: FindingReport) -> None:
    assert [(f.rule, f.element, f.message.en) for f in report.findings] == []

    lines = {
        (line.rule, line.element)
        for file in find_project().baseline_files()
        for line in read_baseline(file.text(), str(file.path))
    }
    told = {
        (finding.rule, name)
        for finding in report.known
        for name in (short_name(finding.element), prefixed(finding.element), finding.element)
    }

    assert lines - told == set()
    assert len(lines) == len({(finding.rule, finding.element) for finding in report.known}) > 0


def test_what_is_known_is_said_of_the_source_and_not_called_missing(report: FindingReport) -> None:
    words = [finding.message.en.lower() for finding in report.known]

    assert [text for text in words if "missing" in text] == []


def column(table: Table, name: str) -> list[str]:
    at = [column.name for column in table.columns].index(name)
    return [local_name(getattr(row[at], "value", "")) for row in table.rows]


def test_what_the_four_indicators_lack_is_told(kg: KnowledgeGraph) -> None:
    table = kg.ask("indicator-gaps", plan="somswd-2021-2025")
    found = dict[str, set[str]]()
    for key, lacking in zip(column(table, "indicator"), column(table, "property"), strict=True):
        found.setdefault(key, set()).add(lacking)
    every = {"isBaselineOf", "isTargetOf", "dueYear", "meansOfVerification", "hasResponsibleBody"}
    same = {"5.1.1": every, "5.1.2": every, "5.1.3": every, "5.1.4": every | {"hasUnit"}}
    named = {
        key: {
            {"Baseline": "isBaselineOf", "Target": "isTargetOf"}.get(word, word) for word in words
        }
        for key, words in found.items()
    }

    assert named == same


def test_women_thin_out_below_the_vision(kg: KnowledgeGraph) -> None:
    query = "SELECT ?e WHERE { ?e swd:hasTargetGroup group:women ; swd:describedIn ?v } ORDER BY ?e"
    named = {short_name(row[0].value) for row in kg.sparql(query)}  # type: ignore[union-attr]

    assert "vision:1" in named
    assert not any(name.startswith(("goal:", "indicator:")) for name in named)
    assert kg.sparql("ASK { ?e swd:hasTargetGroup group:older-women ; skos:notation ?n }") is True


def test_no_goal_has_a_stated_output(kg: KnowledgeGraph) -> None:
    graph = f"<{BASE}graph/graph/somswd-2021-2025/stated>"

    assert kg.sparql(f"ASK {{ GRAPH {graph} {{ ?a swd:contributesTo|swd:leadsTo ?b }} }}") is False


def test_every_word_of_the_ontology_is_known_to_the_code(kg: KnowledgeGraph) -> None:
    query = (
        "SELECT DISTINCT ?t WHERE { VALUES ?k { owl:Class owl:ObjectProperty owl:DatatypeProperty"
        f' owl:AnnotationProperty }} ?t a ?k FILTER(STRSTARTS(STR(?t), "{SWD.base}")) }}'
    )
    terms = {row[0].value.removeprefix(SWD.base) for row in kg.sparql(query)}  # type: ignore[union-attr]

    assert terms == set(SWD.terms)


def test_every_word_is_used_by_a_shape_or_a_question_or_waits(
    kg: KnowledgeGraph, root: Path
) -> None:
    folders = ("shapes", "queries", "src/somswd_kg")
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in (root / folder).rglob("*")
        if path.suffix in (".ttl", ".rq", ".py") and path.name != "namespaces.py"
    ]
    waiting = (root / "docs" / "waiting.md").read_text(encoding="utf-8")
    used = "\n".join(texts).replace("SWD.", "swd:")
    unused = [
        term
        for term in sorted(SWD.terms)
        if f"swd:{term}" not in used and f"{PREFIXES['swd']}{term}" not in used
    ]

    assert [term for term in unused if term not in waiting] == []
