"""The forms for servers that get SPARQL 1.1 wrong find what the plain ones find in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from results import found
from servers import Server
from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import Row, Solutions
from somswd_kg.shacl import CompiledShapes, Report, compile_shapes, validate
from somswd_kg.shacl.asking import Explained
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.literals import is_true
from somswd_kg.shacl.probing import PROBES, probe
from somswd_kg.shacl.written import Written
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import Literal, NamedNode

INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
CASES = sorted((Path(__file__).parent / "shacl").glob("*.ttl"))
FORMS = Dialect(
    blank_is_iri=True,
    strings_are_typed=True,
    compares_anything=True,
    mixes_zones=True,
    cuts_letters=True,
    loses_languages=True,
    joins_exists=True,
    repeats=True,
    shares_scans=False,
)
"""All that Virtuoso needs and SPARQL 1.1 has."""

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
:o sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ,
    [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] .
"""
DATA = """
:a a :C ; :p "One", "One"@en, 1, 1.5, "2020-01-01"^^xsd:date, :x, "ไทย"@th, "ไทย", "สวัสดีครับ" ;
    :q :b, :c ; :l "x"@en, "y"@en-GB .
:b a :C ; :p "Two", 7, "2020-06-01"^^xsd:date, "z"^^:t ; :q :c ; :n [ :p 3 ; :q :a ] .
:c a :C ; :q :d ; :p "b\\"q", "back\\\\slash", "line\\nbreak", "" ; :l "x", "a"@th, "b"@th .
:d a :C, :E ; :q :e ; :r :a ; :p true .
:e a :E ; :p <http://example.org/ไทย> ; :r :d .
:a :k :a . :b :k :c . :c :k :b .
:t :w "2020-01-01T00:30:00"^^xsd:dateTime, "2020-01-02T00:00:00"^^xsd:dateTime,
    "2020-01-01T10:00:00Z"^^xsd:dateTime, "2021-01-01T10:00:00+07:00"^^xsd:dateTime,
    "2019-01-01T10:00:00"^^xsd:dateTime .
:a :x "พัฒนาไทยABC"@th, "พัฒนา", "abc"@en, "", "a|b", "งานที่ทำ (ICT)"@th .
:o1 :o "a", "B", "b", "A", "", "1", 1, "a b", "_", "é", "ก", "ข" ; :p "b", "ก", "b"@en, 2 .
:o2 :o "A", "ก" ; :p "a", "B", "é" .
"""
PLUS = (
    "[ sh:oneOrMorePath :k ]",
    "( :q [ sh:oneOrMorePath :k ] )",
    "( [ sh:oneOrMorePath :k ] :k )",
    "[ sh:zeroOrOnePath [ sh:oneOrMorePath :k ] ]",
    "[ sh:oneOrMorePath [ sh:oneOrMorePath :k ] ]",
    "[ sh:alternativePath ( :r [ sh:oneOrMorePath :k ] ) ]",
)
LITERALS = (
    '"One"',
    '"One"@en',
    "1",
    "1.5",
    "true",
    '"2020-01-01"^^xsd:date',
    ":x",
    '"ไทย"@th',
    '"ไทย"',
    '"z"^^:t',
    '"b\\"q"',
    '"back\\\\slash"',
    '"line\\nbreak"',
    '""',
    "<http://example.org/ไทย>",
)
PATHS = (
    "[ sh:oneOrMorePath :q ]",
    "[ sh:zeroOrMorePath :q ]",
    "[ sh:zeroOrOnePath :q ]",
    "( :q [ sh:zeroOrMorePath :r ] )",
    "[ sh:inversePath [ sh:zeroOrMorePath :q ] ]",
    "[ sh:zeroOrMorePath [ sh:alternativePath ( :q :r ) ] ]",
    "[ sh:zeroOrMorePath ( :q :r ) ]",
)
TO_LITERALS = (
    "[ sh:zeroOrMorePath :p ]",
    "[ sh:oneOrMorePath :p ]",
    "( [ sh:oneOrMorePath :q ] [ sh:oneOrMorePath :p ] )",
    "( :q [ sh:zeroOrOnePath :p ] )",
    "( :p [ sh:zeroOrOnePath :q ] )",
    "[ sh:alternativePath ( [ sh:zeroOrOnePath :l ] :r ) ]",
    "[ sh:zeroOrMorePath [ sh:alternativePath ( :q ( :r :p ) ) ] ]",
)
"""Paths that end at literals, or begin there, where steps may be repeated or left out."""
ON_LITERALS = (
    "sh:nodeKind sh:Literal",
    "sh:node [ sh:nodeKind sh:IRI ]",
    "sh:not [ sh:nodeKind sh:Literal ]",
    "sh:maxExclusive 1.5",
    "sh:uniqueLang true",
    'sh:languageIn ( "en" )',
    "sh:minCount 2",
    "sh:equals :p",
    "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 2",
)
ON_PATHS = (
    "sh:minCount 1",
    "sh:minCount 3",
    "sh:maxCount 1",
    "sh:class :E",
    "sh:hasValue :d",
    "sh:node [ sh:property [ sh:path :p ; sh:minCount 2 ] ]",
    "sh:qualifiedValueShape [ sh:class :E ] ; sh:qualifiedMinCount 2",
    "sh:equals :q",
    "sh:or ( [ sh:class :E ] [ sh:in ( :c :d ) ] )",
)
PATTERNS = (
    ("^ไทย", ""),
    ("^o", "i"),
    ("[ก-๙]+", "i"),
    ("b.q", "s"),
    ("^break", "m"),
    ("w|n", ""),
    ("ที่|ไท", ""),
    ("ที่|ไท", "i"),
)
ZONES = ("2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00+14:00")
VALUED = (
    "sh:xone ( [ sh:xone ( [ sh:class :E ] [ sh:property [ sh:path :p ; sh:minCount 2 ] ] ) ] "
    "[ sh:not [ sh:or ( [ sh:class :C ] [ sh:hasValue :d ] ) ] ] )",
    "sh:or ( [ sh:and ( [ sh:class :E ] [ sh:or ( [ sh:property [ sh:path :p ; sh:minCount 1 ] ] "
    "[ sh:hasValue :d ] ) ] ) ] [ sh:xone ( [ sh:class :C ] [ sh:nodeKind sh:Literal ] ) ] )",
)
REPEATED = (
    "sh:xone ( [ sh:in ( :c :e ) ] [ sh:not [ sh:property [ sh:path :p ; sh:minCount 2 ] ] ] )",
    "sh:xone ( [ sh:property [ sh:path [ sh:oneOrMorePath :q ] ; sh:minCount 2 ] ] "
    "[ sh:class :E ] [ sh:property [ sh:path [ sh:oneOrMorePath :q ] ; "
    "sh:node [ sh:or ( [ sh:hasValue :a ] [ sh:in ( :a :c ) ] ) ] ] ] )",
    "sh:or ( [ sh:hasValue :e ] [ sh:property [ sh:path :q ; sh:minCount 1 ; sh:maxCount 1 ] ; "
    "sh:property [ sh:path :p ; sh:maxCount 4 ] ; sh:property [ sh:path :r ; sh:maxCount 1 ] ] )",
    "sh:property [ sh:path :q ; sh:node [ sh:property [ sh:path [ sh:zeroOrMorePath :q ] ; "
    "sh:xone ( [ sh:hasValue :c ] [ sh:property [ sh:path :p ; sh:maxCount 2 ] ] ) ] ] ]",
    "sh:property [ sh:path :p ; sh:property [ sh:path [ sh:zeroOrMorePath :q ] ; "
    "sh:nodeKind sh:IRI ] ]",
    "sh:or ( [ sh:in ( :c ) ] [ sh:xone ( [ sh:property [ sh:path :q ; sh:class :E ] ] "
    "[ sh:property [ sh:path ( :q :q ) ; sh:qualifiedValueShape [ sh:class :C ] ; "
    "sh:qualifiedMinCount 2 ] ] ) ] [ sh:xone ( [ sh:hasValue :b ] [ sh:class :E ; "
    "sh:nodeKind sh:IRI ; sh:in ( :c :e ) ] ) ] )",
)
SELECTS = (
    "SELECT $this WHERE { { FILTER (false) } UNION { FILTER ($this = :c) } }",
    "SELECT $this WHERE { FILTER EXISTS { FILTER ($this = :c) } }",
    "SELECT $this ?value WHERE { $this :q ?value . "
    "FILTER NOT EXISTS { ?x :q ?value . FILTER (?x != $this) } }",
    "SELECT $this WHERE { $this :q ?y . FILTER EXISTS { ?y :p ?z . FILTER (?z = 7) } }",
)
NESTED = (
    "SELECT $this WHERE { $this :p ?v . FILTER (?v = 7) }",
    "SELECT $this WHERE { $this :p ?v } GROUP BY $this HAVING (COUNT(?v) > 4)",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this :r ?v } }",
    "SELECT $this WHERE { FILTER (STRLEN(STR($this)) > 3) FILTER NOT EXISTS { $this :p ?v . "
    "FILTER (?v = 7) } }",
)
ASKS = (
    "ASK { FILTER ($value = $least) }",
    "ASK { FILTER (bound($least) && $value = $least) }",
    "ASK { ?x :p $value . FILTER ($value = $least) }",
    "ASK { FILTER NOT EXISTS { $this :p $least } }",
)

TEXTS = (
    "REGEX(?value, 'ที่|ซึ่ง')",
    "!REGEX(STR(?value), '[ก-๛]')",
    "REGEX(CONCAT('ก', STR(?value)), '^กพ')",
    "REGEX(REPLACE(STR(?value), 'A', 'B'), 'ยB|ท.*T')",
    "STRLEN(STR(?value)) > 5",
    "STRLEN(CONCAT('ก', STR(?value), 'ข')) = 7",
    "STRLEN(REPLACE(?value, '[^ก-๛]', '')) <= STRLEN(REPLACE(?value, '[^A-Za-z]', ''))",
    "STRLEN(REPLACE(REPLACE(?value, '[(][^)]*[)]', ''), '[^ก-๛]', '')) > 5",
    "REPLACE(REPLACE(STR(?value), 'ไทย', 'ข'), '[A-Z]', '') = 'พัฒนาข'",
    "STR(?value) = 'พัฒนา'",
    "'พัฒนา' != STR(?value)",
    "STR(?value) IN ('พัฒนา', 'abc')",
    "?value IN ('พัฒนา', 'x')",
    "?value = 'พัฒนา'",
    "CONCAT(STR(?value), 'ไทย', 'ABC') = 'พัฒนาไทยABC'",
    "STRSTARTS(STR(?value), CONCAT('พั', 'ฒ'))",
    "CONTAINS(LCASE(STR(?value)), 'ไทยa') || STRSTARTS(STR(?value), CONCAT('ง', 'าน'))",
    "STRLEN(STRBEFORE(STR(?value), 'ไทย')) = 5 && STRAFTER(STR(?value), 'ไทย') = 'ABC'",
    "SUBSTR(STR(?value), 2, 2) = 'ัฒ'",
    "(STR(?value) = 'พัฒนา' || REGEX(STR(?value), 'a|b')) && !(?value = 'abc'@en)",
    "COALESCE(IF(LANG(?value) = 'th', STR(?value), 'ก'), '') = 'ก'",
)

MIXED = (
    "?value > 1",
    "?value > -1 && ?value < 2",
    "?value < 3 || ?value > 6",
    "(?value > 1) && (6.5 >= ?value)",
    "?value >= '2020-03-01'^^xsd:date",
    "'2020-03-01'^^xsd:date > ?value",
    "$this != :d && isNumeric(?other) && ?value <= ?other",
    "?value * 2 > 3 || isIRI(?value)",
)
WALKED = (
    "$this :q+ ?value",
    "$this ^:q+ ?value",
    "$this (:q|:r)+ ?value",
    "$this (:q/:r)+ ?value",
    "$this :q+/:r ?value",
    "$this :q+/:p ?value",
    "$this :q/^:q+ ?value",
    "$this :k+ ?value . FILTER (?value = $this)",
    "$this a ?value . FILTER EXISTS { $this :q+ ?y . ?y a ?value }",
    "$this :q ?value . FILTER NOT EXISTS { ?value ^:q+ ?y . ?x :q ?y ; a :E }",
    "$this :q ?value . FILTER EXISTS { ?value ^:q+ ?y . ?z :q ?y ; a ?t . FILTER (?t IN (:C)) }",
)


TARGETS = ("1", "1, 7", "1.5", '"2020-01-01"^^xsd:date', "1 ; sh:targetClass :C", "9, :a")
TEXTS_AS_TARGETS = ('"One"', '"One", "none"', '"ไทย"', '"One"@en', '"One", :a', '7, "One"')
ON_TARGETS = (
    "sh:datatype rdf:langString",
    "sh:datatype xsd:string",
    'sh:in ( "One" "One"@en 1 )',
    'sh:hasValue "One"@en',
    "sh:property [ sh:path :unseen ; sh:minCount 1 ]",
    "sh:xone ( [ sh:maxLength 1 ] [ sh:class :C ] )",
)
"""What a target node, which may be a literal, is tested for."""
BACK = (
    "sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ]",
    "sh:property [ sh:path [ sh:inversePath :p ] ; sh:hasValue :c ]",
    "sh:property [ sh:path [ sh:zeroOrMorePath [ sh:inversePath :p ] ] ; sh:uniqueLang true ]",
)
IN_ORDER = ("a", "B", "b", "A", "", "1", "a b", "_", "é", "ก", "ข")


def shapes() -> Iterator[str]:
    """Write shapes of the kinds that servers got wrong."""
    for literal in LITERALS:
        yield on(":p", f"sh:in ( {literal} )")
        yield on(":p", f"sh:hasValue {literal}")
        yield on(":p", f"sh:xone ( [ sh:in ( {literal} ) ] [ sh:datatype xsd:string ] )")
    yield on(":p", f"sh:in ( {' '.join(LITERALS)} )")
    for path in PATHS:
        yield from (on(path, text) for text in ON_PATHS)
        yield (
            f":S sh:targetNode :a, :d, :zz ; sh:targetClass :E ; "
            f"sh:property [ sh:path {path} ; sh:minCount 2 ; sh:hasValue :c ; sh:class :C ] ."
        )
        yield f":S sh:targetObjectsOf :q , :l ; sh:property [ sh:path {path} ; sh:in ( :a ) ] ."
    for path in TO_LITERALS:
        for text in ON_LITERALS:
            yield on(path, text)
            yield f":S sh:targetClass :C ; sh:not [ sh:path {path} ; {text} ] ."
    for text in ON_LITERALS:
        path = "[ sh:zeroOrMorePath [ sh:inversePath :l ] ]"
        yield f":S sh:targetObjectsOf :l ; sh:property [ sh:path {path} ; {text} ] ."
    for text in ("sh:in ( :a )", "sh:minCount 3", "sh:disjoint :k", "sh:not [ sh:class :C ]"):
        for path in PLUS:
            yield on(path, text)
        yield f":S sh:targetClass :C ; sh:not [ sh:path [ sh:oneOrMorePath :k ] ; {text} ] ."
    for number in range(5):
        yield on(":p", f"sh:minCount {number}")
        yield on(":p", f"sh:maxCount {number}")
    for pattern, flags in PATTERNS:
        yield on(":p", f'sh:pattern "{pattern}" ; sh:flags "{flags}"')
    for word in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"):
        for zone in ZONES:
            text = f'sh:path :w ; sh:{word} "{zone}"^^xsd:dateTime'
            yield f":S sh:targetSubjectsOf :w ; sh:property [ {text} ] ."
        yield on(":p", f'sh:{word} "2020-03-01"^^xsd:date')
        yield on(":p", f"sh:{word} 1.5")
    for kind in ("string", "integer", "decimal", "date", "anyURI", "boolean"):
        yield on(":p", f"sh:datatype xsd:{kind}")
    yield on(":p", "sh:datatype :t")
    yield on(":l", "sh:uniqueLang true")
    yield on(":l", 'sh:languageIn ( "en" )')
    yield on(":n", "sh:nodeKind sh:IRI ; sh:node [ sh:property [ sh:path :p ; sh:minCount 2 ] ]")
    yield from (on(":q", text) for text in VALUED)
    for path in ("[ sh:zeroOrMorePath :q ]", "[ sh:inversePath :q ]"):
        yield from (on(path, f"sh:node [ {text} ]") for text in REPEATED)
    yield (
        ':S sh:targetNode "ไทย"@th, "x"@en, "x", :a ; sh:in ( "x"@en "ไทย"@th :a ) ; '
        'sh:languageIn ( "th" ) ; sh:pattern "^ไ" .'
    )
    yield ':S sh:targetNode 1 ; sh:languageIn ( "en" ) .'
    yield ':S sh:targetNode 1 ; sh:node [ sh:or ( [ sh:class :C ] [ sh:languageIn ( "en" ) ] ) ] .'
    for select in SELECTS:
        yield f':S sh:targetClass :C ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'
    for select in NESTED:
        text = f'[ sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] ]'
        yield on(":q", f"sh:node {text}")
        yield f":S sh:targetClass :C ; sh:not {text} ."
        yield f":S sh:targetClass :C ; sh:and ( [ sh:or ( {text} [ sh:class :E ] ) ] ) ."
    for test in MIXED:
        select = f"SELECT $this ?value WHERE {{ $this :p ?value ; :p ?other . FILTER ({test}) }}"
        yield f':S sh:targetClass :C ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'
    for walk in WALKED:
        select = f"SELECT $this ?value WHERE {{ {walk} }}"
        yield f':S sh:targetClass :C, :E ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'
    for test in TEXTS:
        select = f"SELECT $this ?value WHERE {{ $this :x ?value . FILTER ({test}) }}"
        yield f':S sh:targetNode :a ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'
        bound = f"$this :x ?value . BIND ({test} AS ?it) FILTER (?it)"
        select = f"SELECT $this ?value WHERE {{ {bound} }}"
        yield f':S sh:targetNode :a ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'
        ask = f"ASK {{ FILTER ({test}) }}"
        yield (
            f":K a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ; "
            f'sh:validator [ sh:prefixes :o ; sh:ask "{ask}" ] . '
            ":S sh:targetNode :a ; sh:property [ sh:path :x ; :least 1 ] ; "
            "sh:not [ sh:property [ sh:path :x ; :least 1 ] ] ."
        )
    for ask in ASKS:
        for literal in ('"One"', '"ไทย"@th', ":x"):
            yield (
                f":K a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ; "
                f'sh:validator [ sh:prefixes :o ; sh:ask "{ask}" ] . '
                + on(":p", f":least {literal}")
            )


def literals() -> Iterator[str]:
    """Write shapes of literals that are target nodes, which some servers lose or end at."""
    for target, test in product((*TARGETS, *TEXTS_AS_TARGETS), ON_TARGETS):
        yield f":S sh:targetNode {target} ; {test} ."
        yield f":S sh:targetNode {target} ; sh:not [ {test} ] ."
    shared = ":P sh:path [ sh:zeroOrMorePath :p ] ; sh:maxLength 2 ; sh:minExclusive 1 ."
    for target in (*TARGETS, *TEXTS_AS_TARGETS):
        yield f":S sh:targetNode {target} ; sh:property :P . {shared}"
        yield (
            f":S sh:targetNode {target} ; sh:property :P . :T sh:targetClass :C ; sh:property "
            + (f"[ sh:path :p ; sh:property :P ] , :P . {shared}")
        )


def texts_in_order() -> Iterator[str]:
    """Write shapes that compare texts."""
    for word, text in product(("minExclusive", "maxInclusive"), IN_ORDER):
        yield f':S sh:targetSubjectsOf :o ; sh:property [ sh:path :o ; sh:{word} "{text}" ] .'
        yield f':S sh:targetSubjectsOf :o ; sh:not [ sh:path :o ; sh:{word} "{text}" ] .'
    for word in ("lessThan", "lessThanOrEquals"):
        yield f":S sh:targetSubjectsOf :o ; sh:property [ sh:path :o ; sh:{word} :p ] ."
        yield f":S sh:targetSubjectsOf :o ; sh:not [ sh:path :o ; sh:{word} :p ] ."
    for test in ("?value < 'b'", "?value < ?other", "?other >= ?value || ?value = 1"):
        select = f"SELECT $this ?value WHERE {{ $this :o ?value ; :p ?other . FILTER ({test}) }}"
        yield f':S sh:targetSubjectsOf :o ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'


def counted(results: Counter[str], text: str) -> Collection[str]:
    """Leave out how often a query with a repeated path has a solution: Virtuoso cannot tell."""
    return set(results) if re.search(r"sh:sparql .*[\w)][*+]", text) else results


def on(path: str, constraint: str) -> str:
    return f":S sh:targetClass :C ; sh:property [ sh:path {path} ; {constraint} ] ."


def compiled(text: str) -> CompiledShapes:
    return compile_shapes(text=PREFIXES + text, format="ttl")


def in_memory(shapes: CompiledShapes, data: str = DATA, dialect: Dialect | None = None) -> Report:
    store = EmbeddedStore()
    store.load(text=PREFIXES + data, format="ttl")
    return shapes.validate(store, allow_empty=True, dialect=dialect)


@pytest.mark.parametrize("test", BACK)
@pytest.mark.parametrize("target", [*TEXTS_AS_TARGETS, "1 ; sh:targetClass :C"])
def test_a_way_back_from_a_literal_is_refused(target: str, test: str) -> None:
    ready = compiled(f":S sh:targetNode {target} ; sh:or ( [ {test} ] [ sh:class :C ] ) .")

    with pytest.raises(ShapeError, match="cannot walk back from") as raised:
        in_memory(ready, dialect=FORMS)

    assert raised.value.path == "http://example.org/S"


def test_a_way_back_is_refused_where_only_the_steps_above_lead_back() -> None:
    below = "sh:property [ sh:path :q ; sh:minCount 1 ]"
    back = f"sh:property [ sh:path [ sh:inversePath :p ] ; {below} ]"

    with pytest.raises(ShapeError, match="cannot walk back from"):
        in_memory(compiled(f':S sh:targetNode "One" ; {back} .'), dialect=FORMS)


@pytest.mark.parametrize(("test", "told"), [(BACK[0], False), ("sh:maxLength 0", True)])
def test_details_of_a_literal_are_left_out_where_a_way_leads_back(test: str, told: bool) -> None:
    ready = compiled(f"{on(':l', 'sh:node :N')} :N {test} .")
    store = EmbeddedStore()
    store.load(text=PREFIXES + DATA, format="ttl")

    report = ready.validate(store, dialect=FORMS, details=True)

    assert {bool(result.details) for result in report.results} == {told}


def test_literals_are_judged_without_the_server() -> None:
    for text in literals():
        ready = compiled(text)
        store, explained = Elsewhere(), list[Explained]()
        store.inside.load(text=PREFIXES + DATA, format="ttl")

        report = ready.validate(
            store,  # type: ignore[arg-type]
            dialect=FORMS,
            empty=EmbeddedStore(),
            allow_empty=True,
            explained=explained,
        )

        assert found(report) == found(in_memory(ready)), text
        assert any("in this process" in told.rule for told in explained)
        assert not [query for query in store.asked if "urn:none" in query], text


def test_the_server_is_asked_about_a_literal_that_a_value_may_be_too() -> None:
    target = ':S sh:targetNode "x"@en, 7 ; sh:targetObjectsOf :l'
    query = "SELECT $this WHERE { ?x :p $this }"
    numbers = [target for target in TARGETS if "Class" not in target]
    for text in (
        f"{target} ; sh:maxLength 0 .",
        *(f":S sh:targetNode {node} ; {test} ." for node, test in product(numbers, BACK)),
        *(
            f":S sh:targetNode {node} ; sh:not [ {test} ] ."
            for node, test in product(numbers, BACK)
        ),
        f':S sh:targetNode 7 ; sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] .',
        f':S sh:targetNode 7 ; sh:not [ sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] ] .',
    ):
        ready = compiled(text)
        store = EmbeddedStore()
        store.load(text=PREFIXES + DATA, format="ttl")

        report = ready.validate(store, dialect=FORMS, empty=EmbeddedStore(), allow_empty=True)

        assert found(report) == found(in_memory(ready)), text


def test_the_forms_find_the_same_in_memory() -> None:
    for text in (*shapes(), *literals(), *texts_in_order()):
        ready = compiled(text)

        one, other = found(in_memory(ready, dialect=FORMS)), found(in_memory(ready))

        assert counted(one, text) == counted(other, text), text


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_forms_find_what_a_case_states(file: Path) -> None:
    ready, data = compile_shapes(file), file.read_text(encoding="utf-8")

    assert found(in_memory(ready, data, FORMS)) == found(in_memory(ready, data))


@pytest.mark.server
def test_cases_of_our_own_on_a_real_server(server: Server) -> None:
    store = server.store()
    for file in CASES:
        graph = f"http://cases.example/{file.stem}"
        store.replace_graph(graph, file)

        report = validate(store, compile_shapes(file), graphs=[graph])

        assert found(report) == found(validate(file, file)), file.stem


@pytest.mark.server
def test_what_servers_got_wrong_on_a_real_server(server: Server) -> None:
    store, graph = server.store(), "http://wrong.example/graph"
    store.replace_graph(graph, text=PREFIXES + DATA, format="ttl")
    for text in (*shapes(), *literals(), *texts_in_order()):
        ready = compiled(text)
        report = validate(store, ready, graphs=[graph], allow_empty=True)
        one, other = found(report), found(in_memory(ready))

        assert counted(one, text) == counted(other, text), text


@pytest.mark.server
def test_long_lists_and_long_answers_on_a_real_server(server: Server) -> None:
    store, graph = server.store(), "http://long.example/graph"
    data = "".join(f':n{i} a :C ; :p {i} ; :l "x{i}"@th ; :q :n{i} .\n' for i in range(10_500))
    store.replace_graph(graph, text=PREFIXES + data, format="ttl")
    many = range(1_000)
    lists = {
        ":p": " ".join(map(str, many)),
        ":l": " ".join(f'"x{i}"@th' for i in many),
        ":q": " ".join(f":n{i}" for i in range(2_500)),
    }
    wrong = {}
    for path, members in lists.items():
        ready = compiled(on(path, f"sh:in ( {members} )"))
        wrong[path] = len(validate(store, ready, graphs=[graph]).results)
    every = compiled(on(":p", "sh:maxInclusive -1"))
    targets = compiled(f":S sh:targetNode {', '.join(f':n{i}' for i in many)} ; sh:class :D .")
    whole = len(validate(store, every, graphs=[graph]).results)

    assert wrong == {":p": 9_500, ":l": 9_500, ":q": 8_000}
    assert (whole, len(validate(store, targets, graphs=[graph]).results)) == (10_500, 1_000)


@pytest.mark.parametrize("size", range(6))
def test_exactly_one_of_some_shapes_is_told_without_values(size: int) -> None:
    store = EmbeddedStore()
    for tests in product(("1 = 1", "1 = 2"), repeat=size):
        written = FORMS.not_all_but_one(tests)
        (answer,) = store.select(f"SELECT ({written} AS ?x) WHERE {{}}")

        assert "IF(" not in written
        assert is_true(answer[0]) == (tests.count("1 = 2") != 1), written


class Answering:
    """A store that gives each probe the answer that it is told."""

    def __init__(self, *answers: Sequence[Row] | None) -> None:
        self.answers = dict(zip(PROBES, answers, strict=True))
        self.asked: list[str] = []

    def graph_names(self) -> tuple[str, ...]:
        return ("urn:g:one", "urn:g:two")

    def select(self, query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        self.asked.append(query)
        rows = self.answers[query]
        if rows is None:
            raise QueryError("this is not SPARQL 1.1", hint="leave it out")
        return Solutions((), rows)


def row(*numbers: int) -> Row:
    return tuple(Literal(str(n), datatype=INTEGER) for n in numbers)


def test_a_server_that_keeps_to_the_standard_needs_nothing() -> None:
    store = Answering([row(1, 0, 1)], [row(1), row(1)], [], [row(1)], None)

    assert probe(store) == Dialect(blank_is_iri=True)  # type: ignore[arg-type]
    assert sorted(store.asked) == sorted(PROBES[:4])


def test_solutions_are_counted_where_one_graph_is_read() -> None:
    assert probe(EmbeddedStore(), ["urn:g:one"]).repeats
    assert not probe(EmbeddedStore(), ["urn:g:one", "urn:g:two"]).repeats


def test_each_fault_is_told_by_its_own_probe() -> None:
    right: tuple[Sequence[Row] | None, ...] = (
        [row(1, 0, 1)],
        [row(1), row(1)],
        [],
        [row(1)],
        [row(1), row(2)],
    )
    wrong: dict[int, list[tuple[Sequence[Row] | None, dict[str, bool]]]] = {
        0: [
            ([row(1, 1, 1)], {"mixes_zones": True}),
            ([row(1, 0, 0)], {"cuts_letters": True}),
            (
                [row(0, 0, 1)],
                {"strings_are_typed": True, "compares_anything": True, "shares_scans": False},
            ),
        ],
        1: [([], {"loses_languages": True})],
        2: [(None, {"loses_languages": True})],
        3: [([row(1), row(2)], {"joins_exists": True, "counts_inline": True})],
    }
    for place, faults in wrong.items():
        for answer, needed in faults:
            answers = [*right[:place], answer, *right[place + 1 :]]

            assert probe(Answering(*answers)) == Dialect(  # type: ignore[arg-type]
                blank_is_iri=True, **needed
            )


def test_a_query_that_reads_no_graph_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtuoso repeats all names in its headers."""
    store, asked = EmbeddedStore(), []
    select = store.select

    def recorded(query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        asked.append(graphs)
        return select(query, graphs=graphs)

    monkeypatch.setattr(EmbeddedStore, "select", lambda _, query, **given: recorded(query, **given))
    Written(store, None, [Literal("1", datatype=INTEGER)])

    assert asked == [()]


def test_a_store_in_memory_passes_the_probes() -> None:
    assert probe(EmbeddedStore()) == Dialect(blank_is_iri=True)


class Elsewhere:
    """A store that is not one of ours, and remembers what it is asked."""

    def __init__(self) -> None:
        self.inside, self.asked = EmbeddedStore(), list[str]()

    def __getattr__(self, name: str) -> object:
        if name in ("rewritten", "rewritten_forms"):  # by which stores of ours are known
            raise AttributeError(name)
        return getattr(self.inside, name)

    def select(self, query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        self.asked.append(query)
        return self.inside.select(query, graphs=graphs)


def test_a_server_is_not_asked_for_queries_that_would_not_run() -> None:
    store, select = Elsewhere(), "SELECT $this WHERE { $this :never :met }"
    store.inside.load(text=PREFIXES + DATA, format="ttl")
    met = ":S sh:targetClass :C ; sh:class :C ."
    unmet = f':U sh:targetClass :Z ; sh:sparql [ sh:prefixes :o ; sh:select "{select}" ] .'

    validate(store, compiled(met + unmet), graphs=None)  # type: ignore[arg-type]

    assert store.asked
    assert not [query for query in store.asked if "never" in query]


def test_a_server_is_asked_for_what_no_parser_of_ours_knows() -> None:
    store = Elsewhere()
    store.inside.load(text=PREFIXES + DATA, format="ttl")
    broken = ':U sh:targetClass :Z ; sh:sparql [ sh:select "SELECT $this { $this <urn:p> }" ] .'

    with pytest.raises(ShapeError, match="the store cannot run its query"):
        validate(store, compiled(":S sh:targetClass :C ; sh:class :C ." + broken))  # type: ignore[arg-type]
    assert "<urn:p>" in store.asked[-1]
