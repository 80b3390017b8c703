"""Literals are judged and reported as the data writes them, whatever the store makes of them."""

from __future__ import annotations

import pytest

from somswd_kg.shacl import validate
from somswd_kg.shacl.compiled import CompiledShapes
from somswd_kg.shacl.front import compile_shapes
from somswd_kg.shacl.literals import XSD_BASE, is_well_formed
from somswd_kg.shacl.report import Report
from somswd_kg.terms import Literal, NamedNode

VALID = {
    "string": ["", "a", "ก", " a\tb "],
    "boolean": ["true", "false", "1", "0"],
    "decimal": ["12", "12.00", "+1.5", "-.5", "1.", "007"],
    "integer": ["1", "01", "-0", "+7", "99999999999999999999999"],
    "double": ["1e3", "1E-3", "INF", "-INF", "NaN", "1.0", "+INF"],
    "float": ["1.0", "1e38", "NaN"],
    "nonNegativeInteger": ["0", "+0", "-0", "5"],
    "positiveInteger": ["1", "007"],
    "nonPositiveInteger": ["0", "-5", "+0"],
    "negativeInteger": ["-1", "-01"],
    "long": ["9223372036854775807", "-9223372036854775808"],
    "int": ["2147483647", "-2147483648"],
    "short": ["32767", "-32768"],
    "byte": ["127", "-128", "+007", "30"],
    "unsignedLong": ["18446744073709551615", "0"],
    "unsignedInt": ["4294967295"],
    "unsignedShort": ["65535"],
    "unsignedByte": ["255", "-0"],
    "date": ["2024-02-29", "2000-02-29", "-0004-02-29", "2021-12-31Z", "12024-02-29+07:00"],
    "dateTime": ["2021-01-01T00:00:00.000Z", "2021-01-01T24:00:00", "2021-01-01T23:59:59.5-14:00"],
    "dateTimeStamp": ["2021-01-01T00:00:00Z"],
    "time": ["24:00:00", "23:59:59.999+13:59"],
    "gYear": ["2021", "-0044", "12021Z"],
    "gYearMonth": ["2021-12"],
    "gMonth": ["--12"],
    "gMonthDay": ["--02-29", "--12-31Z"],
    "gDay": ["---31"],
    "duration": ["P1Y2M3DT4H5M6.7S", "-P1D", "PT0S", "P1M"],
    "yearMonthDuration": ["P1Y", "-P13M"],
    "dayTimeDuration": ["P1DT1S", "PT36H"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YWJj", "YQ==", "YWI="],
    "anyURI": ["", "http://a/", "not a uri"],
    "normalizedString": ["a  b"],
    "token": ["", "a b"],
    "language": ["th", "en-GB"],
    "NMTOKEN": ["1a", ":x"],
    "Name": [":a", "ก"],
    "NCName": ["a.b", "_x"],
    "QName": ["a:b", "b"],
}
INVALID = {
    "boolean": ["TRUE", "yes", "", "01"],
    "decimal": ["", ".", "1e5", "abc", "1,5", " 1"],
    "integer": ["1.0", "", "+", "abc", "1 "],
    "double": ["1e", "inf", "", "1.2.3"],
    "float": ["nan", "--1"],
    "nonNegativeInteger": ["-1", "1.0"],
    "positiveInteger": ["0", "-1", "+00"],
    "nonPositiveInteger": ["1", "+1"],
    "negativeInteger": ["0", "-0", "1"],
    "long": ["9223372036854775808", "-9223372036854775809"],
    "int": ["2147483648", "-2147483649"],
    "short": ["32768", "-32769"],
    "byte": ["128", "-129", "300", "1000"],
    "unsignedLong": ["18446744073709551616", "-1"],
    "unsignedInt": ["4294967296"],
    "unsignedShort": ["65536"],
    "unsignedByte": ["256", "-1"],
    "date": ["2023-02-29", "1900-02-29", "2021-13-01", "2021-04-31", "21-01-01", "10100-02-29"],
    "dateTime": ["2021-01-01", "2021-01-01T24:00:01", "2021-01-01T00:00:60", "2021-02-30T00:00:00"],
    "dateTimeStamp": ["2021-01-01T00:00:00"],
    "time": ["25:00:00", "12:00", "12:00:00+14:01"],
    "gYear": ["21", "+2021", "02021"],
    "gYearMonth": ["2021-13"],
    "gMonth": ["--13", "12"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gDay": ["---32", "---00"],
    "duration": ["P", "P1YT", "1Y", "P1S"],
    "yearMonthDuration": ["P1D"],
    "dayTimeDuration": ["P1Y", "PT"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["YQ=", "Y", "YR=="],
    "normalizedString": ["a\tb"],
    "token": [" a", "a  b"],
    "language": ["", "toolonglanguage"],
    "NMTOKEN": ["", "a b"],
    "Name": ["1a"],
    "NCName": ["1a", "a:b", ""],
    "QName": [":a", "a:b:c"],
}
PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD_BASE + name))


def shapes(text: str) -> CompiledShapes:
    return compile_shapes(text=PREFIXES + text, format="ttl")


def check(data: str, shape: str) -> list[tuple[str, str]]:
    """List focus node and value of the results, shortly."""
    report = validate(text=PREFIXES + data, format="ttl", shapes=shapes(shape))
    return pairs(report)


def pairs(report: Report) -> list[tuple[str, str]]:
    return [(short(str(r.focus_node)), short(str(r.value))) for r in report.results]


def short(text: str) -> str:
    return text.replace("http://example.org/", "").replace(XSD_BASE, "")


@pytest.mark.parametrize("name", VALID)
def test_valid_literals_are_well_formed(name: str) -> None:
    assert [t for t in VALID[name] if not is_well_formed(typed(t, name))] == []


@pytest.mark.parametrize("name", INVALID)
def test_invalid_literals_are_ill_formed(name: str) -> None:
    assert [t for t in INVALID[name] if is_well_formed(typed(t, name))] == []


@pytest.mark.parametrize("name", VALID)
def test_the_store_judges_literals_of_a_type_as_they_are_written(name: str) -> None:
    written = [typed(t, name) for t in (*VALID[name], *INVALID.get(name, ()))]
    data = "\n".join(f":s{i} :p {literal} ." for i, literal in enumerate(written))
    shape = f":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:datatype xsd:{name} ] ."
    expected = [
        (f"<s{i}>", short(str(literal)))
        for i, literal in enumerate(written)
        if literal.value not in VALID[name]
    ]

    assert check(data, shape) == sorted(expected)


@pytest.mark.parametrize("name", VALID)
def test_values_come_back_as_they_are_written(name: str) -> None:
    written = [typed(t, name) for t in (*VALID[name], *INVALID.get(name, ()))]
    data = "\n".join(f":s{i} :p {literal} ." for i, literal in enumerate(written))
    shape = ":S sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:nodeKind sh:IRI ] ."
    expected = [(f"<s{i}>", short(str(literal))) for i, literal in enumerate(written)]

    assert check(data, shape) == sorted(expected)


@pytest.mark.parametrize(
    ("data", "shape", "expected"),
    [
        pytest.param(
            ":a :p 1.0, 1.00 .",
            "sh:path :p ; sh:in ( 1.0 )",
            [("<a>", '"1.00"^^<decimal>')],
            id="in: terms are compared, not numbers",
        ),
        pytest.param(
            ":a :p 1 . :b :p 01 .",
            "sh:path :p ; sh:in ( 01 )",
            [("<a>", '"1"^^<integer>')],
            id="in: a list that the store would change",
        ),
        pytest.param(
            ":a :p 1.0 . :b :p 1.00 .",
            "sh:path :p ; sh:hasValue 1.0",
            [("<b>", "None")],
            id="hasValue: terms are compared",
        ),
        pytest.param(
            ":a :p 12.00 . :b :p 12.0 .",
            "sh:path :p ; sh:maxLength 4",
            [("<a>", '"12.00"^^<decimal>')],
            id="maxLength: the text as written",
        ),
        pytest.param(
            ":a :p 12.00 . :b :p 12.0 .",
            'sh:path :p ; sh:pattern "^..[.].$"',
            [("<a>", '"12.00"^^<decimal>')],
            id="pattern: the text as written",
        ),
        pytest.param(
            ':a :p "300"^^xsd:byte . :b :p "30"^^xsd:byte .',
            "sh:path :p ; sh:minInclusive 1",
            [("<a>", '"300"^^<byte>')],
            id="bounds: what is ill-formed cannot be compared",
        ),
        pytest.param(
            ":a :p 1.0, 1.00 . :b :p 1.0 .",
            "sh:path :p ; sh:maxCount 1",
            [("<a>", "None")],
            id="maxCount: two forms are two values",
        ),
        pytest.param(
            ":a :p 1.0, 1.00 . :b :p 1.0 .",
            "sh:path :p ; sh:minCount 2",
            [("<b>", "None")],
            id="minCount: two forms are two values",
        ),
        pytest.param(
            ":a :p 1.0 ; :q 1.00 . :b :p 1.0 ; :q 1.0 .",
            "sh:path :p ; sh:equals :q",
            [("<a>", '"1.0"^^<decimal>'), ("<a>", '"1.00"^^<decimal>')],
            id="equals: terms are compared",
        ),
        pytest.param(
            ":a :p 1.0 ; :q 1.00 . :b :p 1.0 ; :q 1.0 .",
            "sh:path :p ; sh:disjoint :q",
            [("<b>", '"1.0"^^<decimal>')],
            id="disjoint: terms are compared",
        ),
        pytest.param(
            ':a :p "30"^^xsd:byte, 30 .',
            "sh:path :p ; sh:datatype xsd:byte",
            [("<a>", '"30"^^<integer>')],
            id="two forms side by side: only one is at fault",
        ),
        pytest.param(
            ':a :q :x . :x :p "30"^^xsd:byte . :b :q :y . :y :p 30 .',
            "sh:path ( :q :p ) ; sh:datatype xsd:byte",
            [("<b>", '"30"^^<integer>')],
            id="a sequence: the subject of the last step counts",
        ),
        pytest.param(
            ':a :q :x . :x :p "30"^^xsd:byte . :b :q :y . :y :p 30 .',
            "sh:path :q ; sh:node [ sh:property [ sh:path :p ; sh:datatype xsd:byte ] ]",
            [("<b>", "<y>")],
            id="a nested shape",
        ),
        pytest.param(
            '[] :p "300"^^xsd:byte .',
            "sh:path [ sh:inversePath [ sh:inversePath :p ] ] ; sh:datatype xsd:integer",
            [("_:b0", '"300"^^<byte>')],
            id="a path of which only the predicate is known",
        ),
    ],
)
def test_constraints_look_at_the_written_form(
    data: str, shape: str, expected: list[tuple[str, str]]
) -> None:
    found = check(data, f":S sh:targetSubjectsOf :p, :q ; sh:property [ {shape} ] .")
    expected = [("_:b0" if f.startswith("_:") else f, v) for f, v in expected]

    assert [("_:b0" if f.startswith("_:") else f, v) for f, v in found] == expected


@pytest.mark.parametrize(
    ("constraint", "at_fault"),
    [
        ("sh:minLength 9223372036854775808", True),
        ("sh:minLength -9223372036854775809", False),
        ("sh:maxLength 9223372036854775808", False),
        ("sh:maxLength -9223372036854775809", True),
        ("sh:maxLength 0", True),
        ("sh:languageIn ( '' )", True),
        ("sh:languageIn ( '' 'en' )", True),
        ("sh:closed true", False),
    ],
)
@pytest.mark.parametrize("way", ["{}", "sh:and ( [ {} ] )"])
def test_bounds_and_tags_that_no_text_has(constraint: str, at_fault: bool, way: str) -> None:
    shape = f":S sh:targetNode 'g' ; {way.replace('{}', constraint)} ."

    assert bool(check(":x :p 1 .", shape)) == at_fault


@pytest.mark.parametrize(("word", "at_fault"), [("true", True), ("'1'^^xsd:boolean", False)])
def test_what_is_true_is_that_term(word: str, at_fault: bool) -> None:
    data = ":a :p :x . :x a :C , :D ."
    siblings = (
        f"sh:property [ sh:path :p ; sh:qualifiedValueShapesDisjoint {word} ; sh:qualifiedMinCount "
        "1 ; sh:qualifiedValueShape [ sh:class :C ] ] , [ sh:path :p ; sh:qualifiedMinCount 1 ; "
        "sh:qualifiedValueShape [ sh:class :D ] ]"
    )
    assert bool(check(data, f":S sh:targetNode :a ; {siblings} .")) == at_fault
    assert bool(check(data, f":S sh:targetNode :a ; sh:closed {word} .")) == at_fault


def test_a_literal_target_is_judged_and_reported_as_it_is_written() -> None:
    shape = ':S sh:targetNode "300"^^xsd:byte, "30"^^xsd:byte, 4.0 ; sh:datatype xsd:byte .'

    assert check("", shape) == [
        ('"300"^^<byte>', '"300"^^<byte>'),
        ('"4.0"^^<decimal>', '"4.0"^^<decimal>'),
    ]


def test_focus_nodes_that_are_literals_are_reported_as_they_are_written() -> None:
    found = check(
        ':a :p "300"^^xsd:byte, 12.00 .', ":S sh:targetObjectsOf :p ; sh:datatype xsd:byte ."
    )

    assert found == [
        ('"12.00"^^<decimal>', '"12.00"^^<decimal>'),
        ('"300"^^<byte>', '"300"^^<byte>'),
    ]


def test_the_value_of_a_sparql_constraint_is_reported_as_it_is_written() -> None:
    shape = """:S sh:targetSubjectsOf :p ; sh:sparql [ sh:message "{?value} is there" ; sh:select
        "SELECT $this ?value WHERE { $this <http://example.org/p> ?value }" ] ."""
    report = validate(text=PREFIXES + ":a :p 12.00 .", format="ttl", shapes=shapes(shape))

    assert [(short(str(r.value)), r.message()) for r in report.results] == [
        ('"12.00"^^<decimal>', "12.00 is there")
    ]
