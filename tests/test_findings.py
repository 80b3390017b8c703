"""Findings: nothing is told twice, and what is known is set apart."""

from __future__ import annotations

import json

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SH

from somswd_kg.errors import SourceError
from somswd_kg.findings.baseline import read_baseline, split
from somswd_kg.findings.finding import merged
from somswd_kg.findings.rules import read_rules
from somswd_kg.formats.rdf import read_quads
from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport, Severity, Stage
from somswd_kg.reports.findings import render_findings

BASE = "https://w3id.org/somswd-kg/id/p/v/indicator/"


def finding(rule: str, key: str, severity: Severity = Severity.WARNING, value: str = "") -> Finding:
    said = Text(f"{rule} {key}", f"{rule} {key} ก")
    return Finding(rule, severity, BASE + key, Text("label", "ชื่อ"), key, said, value=value)


def test_nothing_is_told_twice_and_the_worst_comes_first() -> None:
    found = [
        finding("B-01", "2", Severity.INFO),
        finding("A-01", "1"),
        finding("A-01", "1"),
        finding("C-01", "3", Severity.VIOLATION),
        finding("A-01", "1", value="x"),
    ]

    assert [(f.rule, f.value) for f in merged(found)] == [
        ("C-01", ""),
        ("A-01", ""),
        ("A-01", "x"),
        ("B-01", ""),
    ]


@pytest.mark.parametrize("name", ["indicator:1", f"{BASE}1", "plan:p/v/indicator/1"])
def test_a_known_finding_is_named_in_any_way(name: str) -> None:
    lines = read_baseline(f"rule,element,reason\nA-01,{name},so it is\n", "e.csv")

    new, known = split([finding("A-01", "1"), finding("A-01", "2")], lines)

    assert [f.code for f in new] == ["2"]
    assert [(f.code, f.known) for f in known] == [("1", "so it is")]


def test_a_line_that_no_longer_occurs_is_a_finding() -> None:
    lines = read_baseline("rule,element,reason\nA-01,indicator:1,so it is\n", "e.csv")

    new, known = split([], lines)

    assert known == ()
    assert [(f.rule, f.element, f.severity, f.fix.en) for f in new] == [
        ("BASE-01", "indicator:1", Severity.VIOLATION, "Take the line out of e.csv:2.")
    ]
    assert split([], lines, tell_stale=False) == ((), ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rule,element\n", "e.csv:1"),
        ("rule,element,reason\nA-01,indicator:1\n", "e.csv:2"),
        ("rule,element,reason\nA-01,indicator:1,\n", "e.csv:2"),
        ("rule,element,reason\nA-01,i:1,a\n\nA-01,i:1,b\n", "e.csv:4"),
    ],
)
def test_a_baseline_that_is_not_whole_is_refused(text: str, place: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_baseline(text, "e.csv")

    assert caught.value.place == place


RULES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix swd: <https://w3id.org/somswd-kg/ns#> .
<urn:S> a sh:NodeShape ; sh:property <urn:S-a> ; sh:sparql <urn:S-b> .
<urn:S-a> swd:rule "S-01" ; sh:severity sh:Warning ; swd:severityAtOutline sh:Info ;
    sh:name "a"@en , "ก"@th .
<urn:S-b> swd:rule "S-02" ; sh:message "b"@en .
"""


def test_rules_say_their_severity_at_each_stage() -> None:
    rules = read_rules(quad.triple for quad in read_quads(text=RULES, format="ttl"))
    first, second = rules

    assert (first.number, first.name) == ("S-01", Text("a", "ก"))
    assert [str(first.severities[stage]) for stage in Stage] == ["info", "warning", "warning"]
    assert [str(second.severities[stage]) for stage in Stage] == ["violation"] * 3
    assert rules.find("urn:S-b", "urn:S") == second
    assert rules.find("urn:other") is None


REPORT = FindingReport((finding("A-01", "1", Severity.VIOLATION, "x"),), stage=Stage.OUTLINE)


def test_a_report_counts_and_weighs() -> None:
    assert dict(REPORT.counts) == {
        Severity.VIOLATION: 1,
        Severity.WARNING: 0,
        Severity.INFO: 0,
    }
    assert REPORT.reaches(Severity.INFO)
    assert not FindingReport((finding("A-01", "1"),)).reaches(Severity.VIOLATION)


def test_a_report_speaks_the_reader_s_language() -> None:
    text = render_findings(REPORT, "text", Language.TH)

    assert text.startswith("ต้องแก้ไข 1 รายการ")
    assert "A-01 1 ก" in text


def test_a_report_of_shacl_is_one_that_other_tools_read() -> None:
    graph = Graph().parse(data=render_findings(REPORT, "ttl", Language.EN), format="turtle")
    result = graph.value(predicate=RDF.type, object=SH.ValidationResult)

    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert {str(text.language) for text in graph.objects(result, SH.resultMessage)} == {"en", "th"}  # type: ignore[attr-defined]


def test_json_holds_both_languages() -> None:
    content = json.loads(render_findings(REPORT, "json", Language.EN))

    assert content["findings"][0]["message"] == {"en": "A-01 1", "th": "A-01 1 ก"}
