"""The scanner refuses what a store must never see, and only that."""

from __future__ import annotations

import pytest

from somswd_kg.errors import QueryError
from somswd_kg.shacl.sparql import MAX_CHAIN, MAX_DEPTH, MAX_LENGTH, QueryForm, check_query

HARMLESS = [
    ("SELECT * { ?s ?p ?o }", "select"),
    ("select*{?s ?p ?o}", "select"),
    ("SELECTDISTINCT?s{?s ?p ?o}", "select"),
    ("ASK { ?s ?p 'SERVICE <http://a/> {}' }", "ask"),
    ('ASK { ?s ?p "SERVICE <http://a/> {}" }', "ask"),
    ('ASK { ?s ?p """a "quoted" SERVICE <http://a/> {} """ }', "ask"),
    ("ASK { ?s ?p '''it's SERVICE <http://a/> {} ''' }", "ask"),
    ("ASK { ?s ?p 'it\\'s SERVICE <http://a/> {} ' }", "ask"),
    ("ASK { ?s ?p ?o } # SERVICE <http://a/> {}", "ask"),
    ("# INSERT DATA { <a> <b> <c> }\nASK { ?s ?p ?o }", "ask"),
    ("ASK { ?s ?p ?SERVICE }", "ask"),
    ("ASK { ?s ?p $service }", "ask"),
    ("ASK { ?s ?p _:SERVICE }", "ask"),
    ("ASK { ?s <http://a/SERVICE> ?o }", "ask"),
    ("ASK { ?s <#SERVICE(x)> ?o }", "ask"),
    ("PREFIX a: <http://a/> ASK { ?s a:SERVICE ?o }", "ask"),
    ("PREFIX service: <http://a/> ASK { ?s service:x ?o }", "ask"),
    ("PREFIX service: <http://a/> ASK { GRAPH service:x { ?s ?p ?o } }", "ask"),
    ("PREFIX a: <http://a/> ASK { ?s a:b\\#c ?o }", "ask"),
    ("ASK { ?s ?p 'x'@service }", "ask"),
    ("BASE <http://a/> PREFIX b: <b#> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "construct"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "construct"),
    ("DESCRIBE <http://a/insert>", "describe"),
    ("SELECT (COUNT(*) AS ?delete) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)", "select"),
    ("SELECT * { ?s ?p ?o FILTER(?o < 3 && 2 > 1) }", "select"),
    ("SELECT * { ?s ?p ?o FILTER(?o<?s&&?p>?o) }", "select"),
    ("SELECT * { ?s a/(^b|!(c|^d))* ?o }", "select"),
    ("SELECT * { ?s ?p [ a ?c ; ?q ( 1 2 ) ] }", "select"),
    ("SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } MINUS { ?s a ?o } }", "select"),
    ("SELECT * { VALUES (?a ?b) { (1 UNDEF) ('ก' \"ข\"@th) } }", "select"),
    ("SELECT * { BIND('caf\\u00E9' AS ?x) }", "select"),
    ("SELECT * WHERE " + "{" * MAX_DEPTH + "}" * MAX_DEPTH, "select"),
    ("SELECT * { FILTER(?x IN (" + ",".join("1" * 900) + ")) }", "select"),
]

HARMFUL = [
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { service <http://a/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE?g{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://a/>{ ?s ?p ?o } }",
    "PREFIX a: <http://a/> SELECT * { SERVICE a:b { ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { SERVICE:b { ?s ?p ?o } }",
    "PREFIX : <http://a/> PREFIX SERVICE: <http://b/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://a/>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE<http://a/>{ ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053\\u0045RVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\u0027 SERVICE <http://a/> { ?s ?p ?o } FILTER('b' = '') }",
    'SELECT * { ?s ?p "a\\u0022" SERVICE <http://a/> { ?s ?p ?o } BIND("b\\u0022" AS ?y) }',
    "SELECT * { # \\u000A SERVICE <http://a/> { ?s ?p ?o }\n }",
    "SELECT * { # x\r SERVICE <http://a/> { ?s ?p ?o }\n }",
    "SELECT * { FILTER(1 < 2) SERVICE <http://a/> { ?s ?p ?o } FILTER(2 > 1) }",
    "SELECT * { FILTER(?a<?b)SERVICE?g{}FILTER(2>1) }",
    "SELECT * { ?s ?p 'a\\\\' SERVICE <http://a/> { ?s ?p ?o } FILTER('b' = 'c') }",
    "SELECT * { { SELECT * { { SERVICE <http://a/> { } } } } }",
    "SELECT * { FILTER NOT EXISTS { SERVICE <http://a/> { ?s ?p ?o } } }",
    "INSERT DATA { <http://a> <http://b> <http://c> }",
    "# a remark\nPREFIX a: <http://a/>\ninsert { ?s a:b 1 } WHERE { ?s ?p ?o }",
    "DELETE WHERE { ?s ?p ?o }",
    "INSERTDATA{<a:a> <a:b> <a:c>}",
    "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://a/data.ttl>",
    "CLEAR ALL",
    "DROP GRAPH <http://g>",
    "COPY <http://g> TO <http://h>",
    "CREATE GRAPH <http://g>",
    "\\u0049NSERT DATA { <a:a> <a:b> <a:c> }",
    "SELECT * WHERE " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1),
    "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "SELECT * { FILTER((?a<" + "(" * 20_000 + "1" + ")" * 20_000 + ")&&(1>0)) }",
    "SELECT * { ?s ?p " + "[ ?p " * 500 + "1" + "]" * 500 + " }",
    "SELECT * { FILTER(" + "||".join(["?a"] * (MAX_CHAIN + 2)) + ") }",
    "SELECT * { ?s ?p ?o } #" + "x" * MAX_LENGTH,
    "SELECT * { ?s ?p 'no end }",
    "SELECT * { ?s ?p ?o ",
    "SELECT * { ?s ?p ?o ) }",
    "{ ?s ?p ?o }",
    "",
]


@pytest.mark.parametrize(("text", "form"), HARMLESS)
def test_a_harmless_query_passes_and_its_form_is_known(text: str, form: str) -> None:
    actual = check_query(text)

    assert actual == QueryForm(form)


@pytest.mark.parametrize("text", HARMFUL)
def test_a_harmful_query_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_query(text)

    assert caught.value.what != ""
    assert caught.value.hint != ""


def test_there_are_thirty_texts_of_either_kind() -> None:
    assert (len(HARMLESS) >= 30, len(HARMFUL) >= 30) == (True, True)


def test_service_passes_where_the_caller_allows_it() -> None:
    actual = check_query("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", allow_service=True)

    assert actual == QueryForm.SELECT


@pytest.mark.parametrize("letter", ["a.", "a:.", "a-", "\\u0041", "<", "'", '"', "%41", "a:b."])
def test_the_scanner_takes_linear_time_on_repeated_letters(letter: str) -> None:
    text = "SELECT * { ?s ?p ?o } " + letter * (MAX_LENGTH // len(letter) - 30)

    with pytest.raises(QueryError):
        check_query(text + ")")
