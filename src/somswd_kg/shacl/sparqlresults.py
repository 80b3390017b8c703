"""Make results of the rows of a constraint that is SPARQL (SHACL 5.3.2 and 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from somswd_kg.errors import ShapeError
from somswd_kg.ports import Row
from somswd_kg.shacl.bgp import elements
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.sparqltexts import asks, outline_of, query_of
from somswd_kg.shacl.steps import Step, name_of, result_of, told
from somswd_kg.shacl.written import Written
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["focus_name", "sparql_step"]


def focus_name(query: Outline) -> str:
    """Give the column that tells the focus node's number; the query has no variable of its name."""
    used, name = query.variables(range(len(query.tokens))), "_focus"
    while name in used:
        name += "_"
    return name


def sparql_step(
    check: Check, text: str, rule: str, written: Written | None, nodes: Sequence[Term] = ()
) -> Step:
    """Make the step of a query: what each of its rows says, and in which words.

    Args:
        check: The constraint.
        text: The query.
        rule: How it runs, and why.
        written: What the store shows in another form than the data has.
        nodes: The focus nodes, where another query listed them; a column may tell their numbers.
    """
    numbered = focus_name(outline_of(check.constraint))
    constraint, shape = check.constraint, check.shape
    templates = query_of(constraint).messages or shape.messages
    arguments = {a.name: a.value for a in constraint.arguments}
    names = (name_of(check),)
    source = _source_of_value(outline_of(constraint))
    place = None if asks(constraint) else _place_of(source, outline_of(constraint))

    def results(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[Result]:
        seen: set[tuple[Term | None, ...]] = set()
        for row in rows:
            found = {n: v for n, v in zip(variables, row, strict=True) if v is not None}
            number = found.pop(numbered, None)
            focus = nodes[int(number.value)] if nodes and number else found.get("this")
            if focus is None:
                continue
            _check_failure(check, found)
            value = found.get("value")
            if value is None and shape.path is None:
                value = focus
            path = found.get("path")
            key = (focus, value, path, *row)
            if key in seen:
                continue
            seen.add(key)
            for shown, at_fault in told(
                check, written, focus, value, place or path, guess=bool(source)
            ):
                known = {**arguments, **found, "this": shown}
                if at_fault is not None:
                    known["value"] = at_fault
                messages = _messages(templates, known, found)
                yield result_of(check, shown, at_fault, path, messages)

    return Step(text, rule, names, results, listed=bool(nodes))


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


def _check_failure(check: Check, found: Mapping[str, Term]) -> None:
    failure = found.get("failure")
    if isinstance(failure, Literal) and failure.value in ("true", "1"):
        raise ShapeError(
            "a constraint reported a failure by ?failure (SHACL 5.3.2)", path=check.shape.name
        )


def _messages(
    templates: Sequence[Literal], known: Mapping[str, Term], found: Mapping[str, Term]
) -> tuple[Literal, ...]:
    own = found.get("message")
    if isinstance(own, Literal):
        return (own,)
    return tuple(_filled(template, known) for template in templates)


def _filled(template: Literal, known: Mapping[str, Term]) -> Literal:
    """Put values into the `{$name}` and `{?name}` of a message (SHACL 5.3.2.1)."""

    def text(match: re.Match[str]) -> str:
        value = known.get(match.group(1))
        if value is None:
            return match.group()
        return value.value

    filled = re.sub(r"\{[$?](\w+)\}", text, template.value)
    if template.language:
        return Literal(filled, language=template.language)
    return Literal(filled)
