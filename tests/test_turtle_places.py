"""Lines of subjects and predicates in the RDF texts that people write."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from somswd_kg.formats.turtle_places import read_line_places, read_statement_lines


def test_a_block_with_blank_nodes_and_lists_keeps_its_lines():
    text = """@prefix ex: <http://example.org/> .
# a comment with ex:no ; .
ex:a a ex:Thing ;
    ex:list ( ex:b [ ex:inner "x ; . y" ] ) ;
    ex:p \"\"\"two
lines\"\"\"@th , "b" ;
    ex:q 12.5 .

<http://example.org/c>
    ex:p ex:a .
"""

    places = read_line_places(text)

    assert places.subjects == {"http://example.org/a": 3, "http://example.org/c": 9}
    assert places.predicates[("http://example.org/a", "http://example.org/list")] == 4
    assert places.predicates[("http://example.org/a", "http://example.org/q")] == 7
    assert places.predicates[("http://example.org/c", "http://example.org/p")] == 10
    assert ("http://example.org/a", "http://example.org/inner") not in places.predicates
    assert places.written[("http://example.org/a", "http://example.org/q")] == "ex:q"


def test_full_stops_within_terms_and_right_after_them_are_told_apart():
    text = """PREFIX x.y: <urn:x:>
x.y:a x.y:p 5.
x.y:b x.y:p 1.5, .5e3, <urn:c>.
x.y:c x.y:p "one. ; two"@en-GB.x.y:d x.y:p true.
x.y:e.f x.y:p '''it's; ''two'' .'''; x.y:q \"\"\"a "quoted" ; one\"\"\", "\\"" .
_:g.h x.y:p ().
[] x.y:p [ x.y:q [ ] ], x.y:i\\;j. # x.y:k x.y:p 1 .
x.y:l x.y:p x.y:m .
"""
    quads = parse(text, format=RdfFormat.TURTLE)
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}

    subjects = read_line_places(text).subjects

    assert {name for name in subjects if name.startswith("urn:x:")} == named
    assert subjects == {
        **{"urn:x:a": 2, "urn:x:b": 3, "urn:x:c": 4, "urn:x:d": 4, "urn:x:e.f": 5},
        **{"_:g.h": 6, "[": 7, "urn:x:l": 8},
    }


def test_graphs_of_trig_are_no_subjects():
    text = "PREFIX : <urn:x:>\n:g {\n:a :p 1 ; :q 2 .\n:b :p 3\n}\nGRAPH :h { :c :p 1 }\n:d :p 4 ."

    places = read_line_places(text)

    assert places.subjects == {"urn:x:a": 3, "urn:x:b": 4, "urn:x:c": 6, "urn:x:d": 7}


def test_a_base_completes_names_and_a_later_block_does_not_move_the_first():
    text = "@base <http://example.org/> .\n<a> <p> 1 .\n<b> <p> 2 .\n<a> <q> 3 ."

    places = read_line_places(text)

    assert places.subjects == {"http://example.org/a": 2, "http://example.org/b": 3}
    assert places.predicates[("http://example.org/a", "http://example.org/q")] == 4


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 4)), max_size=12))
def test_every_subject_is_found_where_it_was_written(rows):
    lines, expected = [], {}
    for number, (subject, predicate, gap) in enumerate(rows):
        lines.extend([""] * gap)
        lines.append(f"<urn:s:{subject}> <urn:p:{predicate}> {number} .")
        expected.setdefault(f"urn:s:{subject}", len(lines))

    assert read_line_places("\n".join(lines)).subjects == expected


def test_names_without_a_base_of_their_own_are_completed_from_the_file() -> None:
    places = read_line_places("<a> <p> 1 .", "file:///drafts/plan.ttl")

    assert places.predicates == {("file:///drafts/a", "file:///drafts/p"): 1}


TERMS = st.sampled_from(["<urn:a>", "<urn:\\u00E9>", "<http://example.org/b#c>", "_:b1", "_:b.2"])
OBJECTS = st.sampled_from(
    ['"1"', '"<urn:x> <urn:y> \\"z\\" ."@en', "<urn:o>", '"2"^^<urn:t>', "_:o"]
)
BEFORE = st.sampled_from(["", "  ", "\n", "# <urn:no> <urn:p> 1 .\n"])


@given(st.lists(st.tuples(BEFORE, TERMS, TERMS, OBJECTS), max_size=12))
def test_lines_of_statements_are_those_that_the_walk_finds(rows):
    lines = [
        f"{before}{subject} {predicate} {value} ."
        for before, subject, predicate, value in rows
        if predicate.startswith("<")
    ]

    for end in ("\n", "\r\n"):
        text = end.join(lines)
        assert read_statement_lines(text) == read_line_places(text)
