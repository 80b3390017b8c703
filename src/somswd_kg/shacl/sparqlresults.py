"""Make results of the rows of a constraint that is SPARQL (SHACL 5.3.2 and 6.3)."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.shacl.bgp import elements
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.sparqltexts import asks, outline_of, query_of
from somswd_kg.shacl.steps import Step, source_of
from somswd_kg.shacl.telling import Spoken
from somswd_kg.terms import NamedNode, Term

__all__ = ["focus_name", "sparql_step"]


def focus_name(query: Outline) -> str:
    """Give the column that tells the focus node's number; the query has no variable of its name."""
    used, name = query.variables(range(len(query.tokens))), "_focus"
    while name in used:
        name += "_"
    return name


def sparql_step(
    check: Check, text: str, rule: str, conditions: Conditions, nodes: Sequence[Term] = ()
) -> Step:
    """Make the step of a query: what each of its rows says, and in which words.

    Args:
        check: The constraint.
        text: The query.
        rule: How it runs, and why.
        conditions: What the store needs, and what it shows in another form than the data has.
        nodes: The focus nodes, where another query listed them; a column may tell their numbers.
    """
    constraint, shape = check.constraint, check.shape
    outline = outline_of(constraint)
    source = _source_of_value(outline)
    teller = Spoken(
        source_of(check),
        query_of(constraint).messages or shape.messages,
        tuple((a.name, a.value) for a in constraint.arguments),
        focus_name(outline),
        tuple(nodes),
        None if asks(constraint) else _place_of(source, outline),
        bool(source),
        merged=not conditions.dialect.repeats_solutions(outline),
    )
    return Step(text, rule, (check,), teller, conditions.written, listed=bool(nodes))


def _source_of_value(query: Outline) -> str:
    """Name the variable that `?value` has its value from; nothing where that is computed."""
    name, tokens = "value", query.tokens
    assigned = {
        tokens[i + 1].variable: tokens[i - 1].variable if tokens[i - 2].word == "(" else ""
        for i, token in enumerate(tokens[:-1])
        if token.word == "AS"
    }
    while name in assigned:
        name = assigned.pop(name)
    return name


def _place_of(name: str, query: Outline) -> NamedNode | None:
    """Find the predicate by which a query leads from `$this` to a variable."""
    for run in elements(query, query.top.body) or ():
        for triple in run.triples:
            ends = (query.tokens[i].variable for i in (triple.subject[0], triple.object[0]))
            if triple.predicate and tuple(ends) == ("this", name):
                return NamedNode(triple.predicate[1:-1])
    return None
