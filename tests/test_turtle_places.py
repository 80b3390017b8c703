"""Lines of subjects and predicates in the RDF texts that people write."""

from hypothesis import given
from hypothesis import strategies as st

from somswd_kg.formats.turtle_places import read_line_places


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
