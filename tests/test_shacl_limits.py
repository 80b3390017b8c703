"""Where engines go wrong in silence: long lists, big numbers, queries that nothing runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from somswd_kg.cli.shacl import command
from somswd_kg.errors import ParameterError, ShapeError
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.asking import Explained
from somswd_kg.stores.embedded import EmbeddedStore

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:o sh:declare [ sh:prefix "" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
TARGET = ":S sh:targetNode :x ; "


def found(shapes: str, data: str) -> list[tuple[str, str]]:
    """Validate; give component and value of each result."""
    compiled = compile_shapes(text=PREFIXES + shapes, format="ttl")
    report = validate(text=PREFIXES + data, format="ttl", shapes=compiled)
    return [
        (r.component.value.rpartition("#")[2].removesuffix("ConstraintComponent"), _value(r.value))
        for r in report.results
    ]


def _value(term: object) -> str:
    return getattr(term, "value", "").rpartition("/")[2]


def test_a_list_of_twenty_thousand_literals_is_searched() -> None:
    members = " ".join(f'"c{i}"' for i in range(20_000))

    assert found(
        f"{TARGET} sh:property [ sh:path :p ; sh:in ( {members} ) ] .", ':x :p "c7", "z" .'
    ) == [("In", "z")]


def test_a_thousand_alternatives_are_counted() -> None:
    shapes = " ".join(f'[ sh:path :p ; sh:hasValue "c{i}" ]' for i in range(1000))

    assert found(f"{TARGET} sh:xone ( {shapes} ) .", ':x :p "c7" .') == []
    assert found(f"{TARGET} sh:xone ( {shapes} ) .", ':x :p "c7", "c8" .') == [("Xone", "x")]


def test_a_path_without_end_is_refused() -> None:
    path = " ".join([":p"] * 3000)
    with pytest.raises(ShapeError, match="a path of 3000 parts"):
        found(f"{TARGET} sh:property [ sh:path ( {path} ) ; sh:minCount 1 ] .", ":x :p :y .")


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        ("sh:minInclusive 0", "99999999999999999999"),
        ("sh:maxInclusive 18446744073709551615", "5"),
        ("sh:minInclusive 0.0", "0.1234567890123456789012"),
        ("sh:minExclusive false", "true"),
    ],
)
def test_numbers_that_the_store_cannot_compare_are_compared(bound: str, value: str) -> None:
    assert found(f"{TARGET} sh:property [ sh:path :p ; {bound} ] .", f":x :p {value} .") == []


def test_a_number_too_big_for_the_store_can_still_violate() -> None:
    shape = f"{TARGET} sh:property [ sh:path :p ; sh:maxInclusive 7 ] ."

    assert found(shape, ":x :p 99999999999999999999 .") == [
        ("MaxInclusive", "99999999999999999999")
    ]


BIG = "99999999999999999999"
LONG = "0.1234567890123456789012"
LESS = f"{TARGET} sh:property [ sh:path :p ; sh:lessThan :q ] ."
LESS_OR_EQUAL = f"{TARGET} sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] ."
ORDERED = [
    ("5", BIG),
    (f"-{BIG}", "5"),
    (f"-{BIG}", f"-{BIG[1:]}"),
    (LONG, "0.1234567890123456789013"),
    (f"-{LONG}", LONG),
    ("9.5", f"{BIG}.25"),
    (f"{BIG}.0", f"+00{BIG}.5"),
    ("false", "true"),
    (BIG, "1e30"),
    ('"18446744073709551615"^^xsd:unsignedLong', "18446744073709551616"),
    ("0.0", '"99999999999999999999"^^xsd:nonNegativeInteger'),
]


@pytest.mark.parametrize(("low", "high"), ORDERED)
def test_values_are_compared_with_each_other_whatever_their_length(low: str, high: str) -> None:
    for shape in (LESS, LESS_OR_EQUAL):
        assert found(shape, f":x :p {low} ; :q {high} .") == []
        assert len(found(shape, f":x :p {high} ; :q {low} .")) == 1
    assert found(LESS_OR_EQUAL, f":x :p {low} ; :q {low} .") == []
    assert len(found(LESS, f":x :p {low} ; :q {low} .")) == 1


@pytest.mark.parametrize("other", ["true", '"5"', ":y", '"x"^^xsd:integer', "[]"])
def test_what_cannot_be_compared_is_a_violation(other: str) -> None:
    assert len(found(LESS, f":x :p {BIG} ; :q {other} .")) == 1
    assert len(found(LESS, f":x :q {BIG} ; :p {other} .")) == 1


NESTED = ("sh:node [ {} ]", "sh:or ( [ {} ] )", "sh:not [ sh:not [ {} ] ]")
BOUNDS = ("sh:minInclusive", "sh:maxInclusive", "sh:minExclusive", "sh:maxExclusive")


@pytest.mark.parametrize("nested", NESTED)
@pytest.mark.parametrize(("low", "high"), ORDERED)
def test_nested_shapes_compare_as_exactly(nested: str, low: str, high: str) -> None:
    def violates(value: str, bound: str, limit: str) -> bool:
        inside = nested.format(f"{bound} {limit}")
        return bool(found(f"{TARGET} sh:property [ sh:path :p ; {inside} ] .", f":x :p {value} ."))

    assert [violates(low, bound, high) for bound in BOUNDS] == [True, False, True, False]
    assert [violates(high, bound, low) for bound in BOUNDS] == [False, True, False, True]
    assert [violates(high, bound, high) for bound in BOUNDS] == [False, False, True, True]
    less = f"{TARGET} {nested.format('sh:property [ sh:path :p ; sh:lessThan :q ]')} ."
    assert found(less, f":x :p {low} ; :q {high} .") == []
    assert len(found(less, f":x :p {high} ; :q {low} .")) == 1


@pytest.mark.parametrize("nested", NESTED)
def test_a_nought_with_a_sign_is_nought(nested: str) -> None:
    zero = "-0.0000000000000000000000"
    for bounds, number in (
        ("sh:minInclusive 0 ; sh:maxInclusive 0 ; sh:minExclusive -1 ; sh:maxExclusive 1", 0),
        ("sh:minExclusive 0", 1),
        ("sh:maxExclusive 0", 1),
    ):
        shape = f"{TARGET} sh:property [ sh:path :p ; {nested.format(bounds)} ] ."
        assert len(found(shape, f":x :p {zero} .")) == number


FORBIDDEN = "SELECT $this { $this ?p ?o MINUS { $this a ?x } }"
UNUSED = {
    "deactivated": f':S sh:sparql [ sh:deactivated true ; sh:select "{FORBIDDEN}" ] .',
    "without a target": f':N a sh:NodeShape ; sh:sparql [ sh:select "{FORBIDDEN}" ] .',
    "of a component that no shape uses": ":K a sh:ConstraintComponent ; "
    "sh:parameter [ sh:path :k ] ; sh:nodeValidator "
    f'[ sh:select "{FORBIDDEN}" ] .',
    "recursive": ":R a sh:NodeShape ; sh:node :R .",
    "ill-formed": ':Q a sh:PropertyShape ; sh:path :p ; sh:minCount "a" .',
}


@pytest.mark.parametrize("case", UNUSED)
def test_what_nothing_runs_is_refused_all_the_same(case: str) -> None:
    with pytest.raises(ShapeError):
        found(f"{TARGET} sh:nodeKind sh:IRI . {UNUSED[case]}", ":x :p 1 .")


def test_each_solution_of_a_query_is_a_result_with_its_own_message() -> None:
    compiled = compile_shapes(
        text=PREFIXES
        + TARGET
        + """ sh:sparql [ sh:prefixes :o ; sh:message "bad {?other}" ;
            sh:select "SELECT $this ?other { $this :p ?other }" ] .""",
        format="ttl",
    )
    report = validate(text=PREFIXES + ":x :p 1, 2 .", format="ttl", shapes=compiled)

    assert [r.message() for r in report.results] == ["bad 1", "bad 2"]


def test_path_is_one_variable_in_both_spellings() -> None:
    shape = """ sh:property [ sh:path :q ; sh:sparql [ sh:prefixes :o ;
        sh:select "SELECT $this ?value { $this ?PATH ?value }" ] ] ."""

    assert found(TARGET + shape, ":x :p 1 ; :q 2 .") == [("SPARQL", "2")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this ?value { $this $PATH ?value }",
        "SELECT $this ?value { $this a ?any ; $PATH ?value , 2 . }",
        "SELECT $this ?value { [] $PATH ?value . $this $PATH ?value }",
        "SELECT $this ?value { ?value ^:q $this FILTER EXISTS { $this $PATH -1 , ?value } }",
    ],
)
def test_path_may_stand_wherever_a_predicate_does(query: str) -> None:
    shape = f' sh:property [ sh:path :q ; sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] ] .'

    assert found(TARGET + shape, ":x :p 1 ; a :C ; :q 2 , -1 .") != []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this $PATH { $this $PATH ?value }",
        "SELECT $this { $this ?any $PATH }",
        "SELECT $this { $this ?any ?value . $PATH ?any $this }",
        "SELECT $this { $this ^$PATH ?value }",
        "SELECT $this { $this $PATH/:p ?value }",
        "SELECT $this { $this ?p ?value FILTER (?p = $PATH) }",
        "SELECT $this { GRAPH $PATH { $this ?p ?value } }",
        "SELECT $this { $this $PATH ?value } GROUP BY $this $PATH",
    ],
)
def test_path_may_stand_nowhere_else(query: str) -> None:
    shape = f' sh:property [ sh:path :q ; sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] ] .'
    with pytest.raises(ShapeError, match=r"\$PATH stands where no predicate does"):
        found(TARGET + shape, ":x :q 2 .")


def test_a_node_shape_has_no_path() -> None:
    shape = ' sh:sparql [ sh:select "SELECT $this { $this $PATH ?value }" ] .'
    with pytest.raises(ShapeError, match="a node shape has no path"):
        found(TARGET + shape, ":x :q 2 .")


COMPONENT = """:K a sh:ConstraintComponent ; sh:message "not {$k}" ;
    sh:parameter [ sh:path :k ] , [ sh:path :more ; sh:optional true ] ;
    sh:nodeValidator [ sh:prefixes :o ; sh:select "%s" ] . """


def test_a_component_says_what_its_validator_does_not() -> None:
    compiled = compile_shapes(
        text=PREFIXES + COMPONENT % "SELECT $this { $this :p ?any }" + TARGET + ':k "so" .',
        format="ttl",
    )
    report = validate(text=PREFIXES + ":x :p 1 .", format="ttl", shapes=compiled)

    assert [r.message() for r in report.results] == ["not so"]


def test_a_parameter_that_is_not_given_cannot_be_bound_either() -> None:
    with pytest.raises(ShapeError):
        found(COMPONENT % "SELECT $this { BIND (1 AS ?more) }" + TARGET + ':k "so" .', ":x :p 1 .")


TWO_WAYS = (
    ":A sh:targetNode :x ; sh:property :P . :B sh:targetNode :x ; sh:property :P .",
    ":A sh:targetNode :w ; sh:property [ sh:path :r ; sh:property :P ] , "
    "[ sh:path :s ; sh:property :P ] .",
)
MET_TWICE = (
    "sh:minCount 1",
    'sh:sparql [ sh:select "SELECT $this { FILTER ($this != 1) }" ]',
    'sh:sparql [ sh:select "SELECT $this { FILTER ($this != 1) } LIMIT 1" ]',
)


@pytest.mark.parametrize("targets", TWO_WAYS)
@pytest.mark.parametrize("constraint", MET_TWICE)
def test_a_shape_met_in_two_ways_gives_its_result_twice(targets: str, constraint: str) -> None:
    results = found(f"{targets} :P sh:path :p ; {constraint} .", ":x :q 1 . :w :r :x ; :s :x .")

    assert len(results) == 2, results


def test_each_triple_that_a_closed_shape_forbids_is_a_result() -> None:
    shape = ":S sh:targetNode :x ; sh:property [ sh:path :p ; sh:closed true ] ."

    assert found(shape, ":x :p :y, :z . :y :q 1 . :z :q 1 .") == [("Closed", "1")] * 2


@pytest.mark.parametrize("select", ["SELECT $this", "SELECT *", "SELECT DISTINCT $this"])
def test_a_query_met_in_two_ways_is_asked_once(select: str) -> None:
    constraint = f'sh:sparql [ sh:select "{select} {{ FILTER ($this != 1) }}" ]'
    shapes = PREFIXES + f"{TWO_WAYS[1]} :P sh:path :p ; {constraint} ."
    asked: list[Explained] = []
    data = PREFIXES + ":w :r :x ; :s :x ."
    report = validate(
        text=data,
        format="ttl",
        shapes=compile_shapes(text=shapes, format="ttl"),
        explained=asked,
    )

    counts = [told for told in asked if "come to" in told.rule]  # of its focus nodes
    assert (len(asked) - len(counts), len(report.results)) == (1, 2)


def test_a_query_that_does_not_parse_names_its_shape() -> None:
    with pytest.raises(ShapeError) as caught:
        found(f'{TARGET} sh:sparql [ sh:select "SELECT $this {{ $this <urn:p> }}" ] .', ":x :p 1 .")

    assert str(caught.value).startswith("http://example.org/S sh:SPARQL: ")


CLASSES = ("[a-z-[aeiou]]", "^[^a-c-[b]]+$", "[a&&b]", "x[[a]]")
BROKEN = ("(", "a(?=b)", "[z-a]")


@pytest.mark.parametrize("pattern", (*CLASSES, *BROKEN))
@pytest.mark.parametrize(
    "constraint",
    [
        "sh:pattern '{}'",
        "sh:not [ sh:property [ sh:path :p ; sh:pattern '{}' ] ]",
        """sh:sparql [ sh:select "SELECT $this { FILTER REGEX('a', '{}', 's') }" ]""",
        """sh:sparql [ sh:select 'SELECT $this { BIND (REPLACE(STR(1), "{}", "c") AS ?x) }' ]""",
        ":matches '{}'",
    ],
)
def test_a_pattern_that_the_store_cannot_run_is_refused_wherever_it_stands(
    constraint: str, pattern: str
) -> None:
    component = """:M a sh:ConstraintComponent ; sh:parameter [ sh:path :matches ] ;
        sh:validator [ sh:ask "ASK { FILTER REGEX(STR($value), $matches) }" ] ."""
    with pytest.raises(ShapeError, match=r"^http://example.org/S.*: the pattern"):
        found(f"{component} {TARGET} {constraint.replace('{}', pattern)} .", ":x :p 1 .")


def test_signs_that_are_no_classes_are_no_fault() -> None:
    pattern = r"^(a&&b|--|[-a-]|\\\\[[&]|\\\\\\\\)$"
    query = f"SELECT $this {{ $this :p ?v FILTER (!REGEX(STR(?v), '{pattern}')) }}"

    shape = f'{TARGET} sh:sparql [ sh:prefixes :o ; sh:select "{query}" ] .'
    plain = f"{TARGET} sh:property [ sh:path :p ; sh:pattern '[[a&&b]' ; sh:flags 'q' ] ."

    assert found(shape, ":x :p 'a&&b' .") == []
    assert found(plain, ":x :p '[[a&&b]' .") == []


UNPARSABLE = "SELECT $this { $this <urn:p> }"
NOT_RUN = {
    "a shape that nothing meets": ":N sh:targetClass :None ; "
    f'sh:sparql [ sh:select "{UNPARSABLE}" ]',
    "a shape without a target": f':N a sh:NodeShape ; sh:sparql [ sh:select "{UNPARSABLE}" ]',
    "a nested shape": ":M sh:targetClass :None ; sh:node :N . "
    f':N sh:sparql [ sh:select "{UNPARSABLE}" ]',
    "a deactivated one": f':N sh:sparql [ sh:deactivated true ; sh:select "{UNPARSABLE}" ]',
    "a component that is not used": ":N a sh:ConstraintComponent ; sh:parameter [ sh:path :k ] ; "
    'sh:validator [ sh:ask "ASK { $value <urn:p> }" ]',
    "a query at a path": ":N sh:targetClass :None ; sh:path ( :p :q ) ; "
    'sh:sparql [ sh:select "SELECT $this { $this $PATH ?value . ?x }" ]',
}


@pytest.mark.parametrize("case", NOT_RUN)
@pytest.mark.parametrize("others", ["", f"{TARGET} sh:nodeKind sh:IRI ."])
def test_a_query_that_is_not_run_must_parse_all_the_same(others: str, case: str) -> None:
    with pytest.raises(ShapeError, match=r"^http://example.org/N / sh:.*: the store cannot run"):
        found(f"{others} {NOT_RUN[case]} .", ":x :p 1 .")


def test_a_store_and_a_text_cannot_both_be_the_data() -> None:
    with pytest.raises(ParameterError, match="both data and text"):
        validate(EmbeddedStore(), compile_shapes(text=PREFIXES, format="ttl"), text="", format="nt")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_no_finding(tmp_path: Path) -> None:
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    shapes.write_text(PREFIXES + TARGET + "sh:nodeKind sh:IRI .", encoding="utf-8")
    data.write_text(PREFIXES + ":x :p 1 .", encoding="utf-8")
    command = [sys.executable, "-m", "somswd_kg.cli", "shacl", "-s", str(shapes), "-d", str(data)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")

    assert done.returncode == 2
    assert done.stderr == "error: the output cannot be written: No space left on device\n"


def test_a_store_in_a_folder_is_data_too(tmp_path: Path) -> None:
    store = EmbeddedStore.open(tmp_path / "store", create=True)
    store.load(text=PREFIXES + ":x :q 1 .", format="ttl", graph="urn:g")
    shapes = tmp_path / "s.ttl"
    shapes.write_text(PREFIXES + TARGET + "sh:property [ sh:path :p ; sh:minCount 1 ] .", "utf-8")
    done = CliRunner().invoke(command, ["-s", str(shapes), "-d", str(tmp_path / "store")])

    assert "MinCount" in done.output
