"""What a caller gives and gets: sources, reports, errors of one line, the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from somswd_kg.cli.shacl import command
from somswd_kg.errors import EmptyRunError, ParameterError, ShapeError, SomswdError, SourceError
from somswd_kg.shacl import compile_shapes, validate
from somswd_kg.shacl.run import Explained
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import Literal, NamedNode

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = (
    PREFIXES
    + """
:S sh:targetClass :C ; sh:property :P .
:P sh:path :p ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "Give it a p."@en , "โปรดใส่ p"@th .
"""
)
DATA = PREFIXES + ":good a :C ; :p 1 . :bad a :C ."
ONTOLOGY = PREFIXES + ":D rdfs:subClassOf :C . :worse a :D ."
G1, G2 = "http://example.org/g1", "http://example.org/g2"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA, encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    return data, shapes


def focus_nodes(report: object) -> list[str]:
    return [r.focus_node.value.rpartition("/")[2] for r in report.results]  # type: ignore[attr-defined]


def compiled(text: str = SHAPES):  # type: ignore[no-untyped-def]
    return compile_shapes(text=text, format="ttl")


def test_paths_are_taken_as_text_and_as_paths(files: tuple[Path, Path]) -> None:
    data, shapes = files

    assert focus_nodes(validate(str(data), str(shapes))) == ["bad"]
    assert focus_nodes(validate(data, shapes)) == ["bad"]
    assert focus_nodes(validate([data, data], [shapes])) == ["bad"]


def test_rdflib_graphs_are_taken() -> None:
    import rdflib

    data = rdflib.Graph().parse(data=DATA, format="turtle")
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")

    assert focus_nodes(validate(data, shapes)) == ["bad"]


def test_stores_are_taken_and_never_written_to() -> None:
    store = EmbeddedStore()
    store.load(text=DATA, format="ttl", graph=G1)
    before = store.dump()
    report = validate(store, compiled(), graphs=[G1])

    assert focus_nodes(report) == ["bad"]
    assert store.dump() == before


def test_the_ontology_counts_as_part_of_loaded_data(tmp_path: Path) -> None:
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(ONTOLOGY, encoding="utf-8")
    report = validate(text=DATA, format="ttl", shapes=compiled(), ontology=ontology)

    assert focus_nodes(report) == ["bad", "worse"]


def test_beside_a_store_only_the_classes_of_the_ontology_count(tmp_path: Path) -> None:
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(ONTOLOGY, encoding="utf-8")
    store = EmbeddedStore()
    store.load(text=DATA + " :odd a :D .", format="ttl", graph=G1)

    assert focus_nodes(validate(store, compiled(), ontology=ontology)) == ["bad", "odd"]


def test_focus_limits_the_targets_but_not_what_is_reached_from_them() -> None:
    shapes = compiled(
        PREFIXES
        + """:S sh:targetClass :C ; sh:property :P , :Q .
        :P sh:path :p ; sh:minCount 1 .
        :Q sh:path :q ; sh:property :R ; sh:node :N .
        :R sh:path :r ; sh:minCount 1 .
        :N sh:property [ sh:path :p ; sh:minCount 1 ] ."""
    )
    store = EmbeddedStore()
    store.load(text=PREFIXES + ":old a :C . :x a :C .", format="ttl", graph=G1)
    store.load(text=PREFIXES + ":new a :C ; :q :x .", format="ttl", graph=G2)
    report = validate(store, shapes, focus=[G2])
    found = [
        (r.focus_node.value.rpartition("/")[2], r.component.value.rpartition("#")[2])
        for r in report.results
    ]

    assert found == [
        ("new", "MinCountConstraintComponent"),
        ("new", "NodeConstraintComponent"),
        ("x", "MinCountConstraintComponent"),
    ]
    assert focus_nodes(validate(store, shapes, focus=G1)) == ["old", "x"]


def test_focus_limits_a_query_that_groups_too() -> None:
    shapes = compiled(
        PREFIXES
        + """:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCount 1 ] ;
        sh:sparql [ sh:select "SELECT $this { $this a ?c }" ] ."""
    )
    store = EmbeddedStore()
    store.load(text=PREFIXES + ":old a :C ; :p 1, 2 .", format="ttl", graph=G1)
    store.load(text=PREFIXES + ":new a :C ; :p 1, 2 .", format="ttl", graph=G2)

    assert focus_nodes(validate(store, shapes, focus=G2)) == ["new", "new"]


def test_a_result_says_all_that_the_report_says() -> None:
    (result,) = validate(text=DATA, format="ttl", shapes=compiled()).results

    assert result.focus_node == NamedNode("http://example.org/bad")
    assert result.value is None
    assert result.severity == NamedNode("http://www.w3.org/ns/shacl#Warning")
    assert result.source_shape == NamedNode("http://example.org/P")
    assert result.messages == (
        Literal("Give it a p.", language="en"),
        Literal("โปรดใส่ p", language="th"),
    )
    assert (result.message("th"), result.message("fr")) == ("โปรดใส่ p", "Give it a p.")


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "json-ld"])
def test_the_same_input_gives_the_same_bytes_blank_nodes_included(form: str) -> None:
    shapes = (
        PREFIXES
        + """:S sh:targetSubjectsOf :p ; sh:property [ sh:path :q ; sh:minCount 1 ] ,
        [ sh:path :p ; sh:nodeKind sh:IRI ; sh:property [ sh:path :r ; sh:minCount 1 ] ] ."""
    )
    data = PREFIXES + "[] :p [ :p 1 ], [ :p 2 ] . _:x :p _:x . :a :p [ ] ."
    written = {
        validate(text=data, format="ttl", shapes=compiled(shapes)).serialize(form) for _ in range(3)
    }

    assert len(written) == 1


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "json-ld"])
def test_every_serialization_holds_the_same_report(form: str) -> None:
    report = validate(text=DATA, format="ttl", shapes=compiled())
    store = EmbeddedStore()
    store.load(text=report.serialize(form), format=form)

    assert len(list(store.quads())) == len(report.to_rdflib()) == 11


def test_an_unknown_serialization_is_refused() -> None:
    report = validate(text=DATA, format="ttl", shapes=compiled())

    with pytest.raises(ParameterError):
        report.serialize("pdf")


def test_validation_imports_no_other_engine(files: tuple[Path, Path]) -> None:
    code = (
        "import sys; from somswd_kg.shacl import validate; validate(*sys.argv[1:]); "
        "print(sorted({'rdflib', 'pyshacl', 'networkx', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, files)], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_the_scanner_is_had_without_the_rest() -> None:
    code = "import sys; import somswd_kg.shacl.sparql; print('pyoxigraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


ILL_FORMED = {
    "two paths": ":P sh:path :q .",
    "a path of one part": ":S sh:property [ sh:path ( :p ) ] .",
    "two forms of path": ":S sh:property [ "
    "sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :p ] ] .",
    "a path that is a text": ':S sh:property [ sh:path "p" ] .',
    "a property shape without a path": ":S sh:property [ sh:minCount 1 ] .",
    "an unknown severity": ":S sh:severity sh:Fatal .",
    "a severity that is a text": ':S sh:severity "bad" .',
    "an unknown word": ":P sh:dataType xsd:string .",
    "an unknown class": ":S a sh:Nodeshape .",
    "an advanced feature": ":S sh:rule [ a sh:TripleRule ] .",
    "a target of the advanced features": ":S sh:target [ a sh:SPARQLTarget ] .",
    "an entailment": ":o sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
    "a count that is a text": ':P sh:maxCount "1" .',
    "two counts": ":P sh:minCount 2 .",
    "a count of a node shape": ":S sh:minCount 1 .",
    "an unknown node kind": ":P sh:nodeKind sh:Iri .",
    "two datatypes": ":P sh:datatype xsd:string, xsd:integer .",
    "a list that is none": ":P sh:in :x .",
    "an empty list with a member": ":P sh:in () . () rdf:first 1 ; rdf:rest () .",
    "two paths without a type or a target": ":N sh:path :p , :q ; sh:minLength 1 .",
    "recursion without a type or a target": ":N sh:node :M . :M sh:not :N .",
    "flags that do not exist": ':P sh:pattern "a" ; sh:flags "z" .',
    "a language that is an IRI": ":P sh:languageIn ( :en ) .",
    "a recursive shape": ":S sh:node :S .",
    "a recursive property": ":P sh:property :P .",
    "a recursive alternative": ":S sh:or ( [ sh:not :S ] ) .",
    "sh:node with a property shape": ":S sh:node :P .",
    "a literal for a shape": ':S sh:node "x" .',
    "a class without an IRI": "[] a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI .",
    "sh:deactivated that is neither true nor false": ':S sh:deactivated "1"^^xsd:boolean .',
    "prefixes that are a text": ':S sh:sparql [ sh:prefixes "a" ; sh:select "SELECT $this { }" ] .',
    "sh:closed with a text": ':S sh:closed "yes" .',
    "sh:sparql without a query": ":S sh:sparql [ ] .",
    "a message that is an IRI": ":S sh:message :m .",
    "a message of a query that is a number": ":S sh:sparql [ sh:message 1 ; "
    'sh:select "SELECT $this { $this ?p ?o }" ] .',
    "a target class that is a text": ':S sh:targetClass "C" .',
    "a component without a validator": ":K a sh:ConstraintComponent ; "
    "sh:parameter [ sh:path :k ] . :S :k 1 .",
    "a component without a parameter": ":K a sh:ConstraintComponent .",
    "one prefix for two namespaces": ':S sh:sparql [ sh:select "SELECT $this { }" ; '
    'sh:prefixes [ sh:declare [ sh:prefix "a" ; sh:namespace "urn:a"^^xsd:anyURI ] , '
    '[ sh:prefix "a" ; sh:namespace "urn:b"^^xsd:anyURI ] ] ] .',
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed_shapes_are_refused_in_one_line_that_names_the_place(name: str) -> None:
    with pytest.raises(ShapeError) as caught:
        compiled(SHAPES + ILL_FORMED[name])

    assert "\n" not in str(caught.value)
    assert caught.value.what != ""


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?=a)b", "(?<=a)b", r"(a)\\1"])
def test_a_pattern_that_the_store_cannot_run_is_never_taken_for_fulfilled(pattern: str) -> None:
    shapes = compiled(
        f'{PREFIXES}:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:pattern "{pattern}" ] .'
    )
    with pytest.raises(ShapeError, match="cannot be run by the store"):
        validate(text=PREFIXES + ':a a :C ; :p "b" .', format="ttl", shapes=shapes)


def test_patterns_of_shapes_without_a_target_are_looked_at_too() -> None:
    shapes = compiled(f'{SHAPES}:N sh:or ( [ sh:pattern "(" ] ) .')
    with pytest.raises(ShapeError, match="cannot be run by the store"):
        validate(text=DATA, format="ttl", shapes=shapes)


def test_an_error_names_the_shape_the_clause_and_what_to_do() -> None:
    with pytest.raises(ShapeError) as caught:
        compiled(PREFIXES + ":S sh:targetClass :C ; sh:property [ sh:path :p, :q ] .")

    assert str(caught.value) == (
        "http://example.org/S / sh:property: a shape with more than one sh:path (SHACL 2.3); "
        "keep one path"
    )


def test_data_that_does_not_parse_is_an_error_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text(PREFIXES + ":a :b .\n:c", encoding="utf-8")

    with pytest.raises(SourceError) as caught:
        validate(broken, compiled())

    assert (caught.value.path, caught.value.line > 0) == (str(broken), True)


@pytest.mark.parametrize(
    ("data", "shapes", "options"),
    [
        (None, compiled(), {}),
        ("a.ttl", None, {}),
        ("a.ttl", compiled(), {"text": "", "format": "ttl"}),
        (42, compiled(), {}),
    ],
)
def test_what_cannot_be_validated_is_refused(data: object, shapes: object, options: object) -> None:
    with pytest.raises(SomswdError):
        validate(data, shapes, **options)  # type: ignore[arg-type]


def test_a_run_without_any_focus_node_is_an_error_unless_allowed() -> None:
    with pytest.raises(EmptyRunError):
        validate(text="", format="ttl", shapes=compiled())

    report = validate(text="", format="ttl", shapes=compiled(), allow_empty=True)

    assert (report.conforms, report.unmet) == (True, ("http://example.org/S",))


def test_imports_are_never_fetched() -> None:
    shapes = SHAPES + ":o owl:imports <http://127.0.0.1:9/nowhere> ."

    assert focus_nodes(validate(text=DATA, format="ttl", shapes=compiled(shapes))) == ["bad"]


def test_each_query_is_explained() -> None:
    explained: list[Explained] = []
    validate(text=DATA, format="ttl", shapes=compiled(), explained=explained)

    assert [(e.constraints, e.rows) for e in explained] == [
        (("http://example.org/P sh:MinCount",), 1)
    ]
    assert explained[0].query.startswith("SELECT")
    assert explained[0].seconds > 0


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.stdout, done.stderr


def test_the_command_prints_results_and_says_one(files: tuple[Path, Path]) -> None:
    data, shapes = files
    code, out, _ = run("--shapes", shapes, "--data", data)

    assert code == 1
    assert out == (
        "Warning: http://example.org/bad, path <http://example.org/p>\n"
        "    MinCount of http://example.org/P\n"
        "    Give it a p.\n"
        "The data does not conform: 1 result.\n"
    )


def test_no_line_of_the_report_is_one_of_the_data(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(PREFIXES + r':a :p "\u001B[2J1\nThe data conforms." .', encoding="utf-8")
    query = "SELECT $this ?value { $this <http://example.org/p> ?value }"
    shapes.write_text(
        f"""{PREFIXES}:S sh:targetSubjectsOf :p ;
            sh:sparql [ sh:message "It has {{?value}}" ; sh:select "{query}" ] .""",
        encoding="utf-8",
    )
    done = CliRunner().invoke(
        command, ["-s", str(shapes), "-d", str(data)], standalone_mode=False, color=True
    )

    assert done.output.splitlines()[2:] == [
        "    It has \N{REPLACEMENT CHARACTER}[2J1",
        "    The data conforms.",
        "The data does not conform: 1 result.",
    ]


def test_the_command_says_nought_where_the_data_conforms(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    fine = tmp_path / "fine.ttl"
    fine.write_text(PREFIXES + ":good a :C ; :p 1 .", encoding="utf-8")

    assert run("-s", files[1], "-d", fine) == (0, "The data conforms.\n", "")


def test_the_command_writes_turtle_and_json(files: tuple[Path, Path]) -> None:
    data, shapes = files
    _, turtle, _ = run("-s", shapes, "-d", data, "--format", "ttl")
    _, text, _ = run("-s", shapes, "-d", data, "--format", "json")
    document = json.loads(text)

    assert turtle == validate(data, shapes).serialize()
    assert document["conforms"] is False
    assert document["results"][0]["focusNode"] == {
        "type": "uri",
        "value": "http://example.org/bad",
    }


def test_the_command_explains_on_the_other_stream(files: tuple[Path, Path]) -> None:
    data, shapes = files
    _, out, err = run("-s", shapes, "-d", data, "--explain")

    assert "SELECT" in err
    assert "SELECT" not in out


def test_the_command_fails_on_an_empty_run_unless_allowed(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.ttl"
    empty.write_text("", encoding="utf-8")

    with pytest.raises(EmptyRunError):
        run("-s", files[1], "-d", empty)
    code, out, err = run("-s", files[1], "-d", empty, "--allow-empty")

    assert (code, out) == (0, "The data conforms.\n")
    assert err == "note: no node met the shape http://example.org/S\n"


@pytest.mark.parametrize("given", ["<urn:a> <urn:p> 1 .\n<urn:b> <urn:p> 2 .\n", b"<urn:a> a"])
def test_a_text_in_the_place_of_a_path_is_told_in_one_line(given: str | bytes) -> None:
    for data, shapes in ((given, "shapes.ttl"), ("data.ttl", given)):
        with pytest.raises(SomswdError) as caught:
            validate(data, shapes)  # type: ignore[arg-type]

        assert "\n" not in str(caught.value)
        assert "text=..., format=..." in caught.value.hint or "shapes.ttl" in caught.value.path
