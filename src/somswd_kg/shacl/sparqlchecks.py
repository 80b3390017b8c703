"""The constraints that are SPARQL themselves: `sh:sparql`, and components that shapes declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.ports import Row, Store
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import focus_of, step
from somswd_kg.shacl.forms import exists, negate, some_value, values
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.model import Constraint, Query, Shape
from somswd_kg.shacl.paths import Predicate, is_nullable, to_sparql
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.prebinding import (
    Bindings,
    bind,
    bind_group,
    check,
    is_pointwise,
    needs_constants,
)
from somswd_kg.shacl.report import Result
from somswd_kg.shacl.selects import THIS, VALUE, focus_origin
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.steps import Step, name_of, result_of
from somswd_kg.shacl.written import Origin, Written, origin_of
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["check_query_of", "nested", "sparql_steps", "uses_shapes_graph"]

_BATCH = 20
_TABLE = 500


def check_query_of(shape: Shape | str, constraint: Constraint) -> None:
    """Refuse a SPARQL-based constraint that the Recommendation forbids.

    Raises:
        ShapeError: It names the constraint and says what is wrong.
    """
    query = _query(constraint)
    where = shape if isinstance(shape, str) else shape.name
    try:
        check(_outline(constraint), _bound(constraint))
    except QueryError as error:
        raise ShapeError(
            f"the constraint {_named(query)} cannot be used: {error.what}",
            path=where,
            hint=error.hint,
        ) from error


def _named(query: Query) -> str:
    return query.node.value if isinstance(query.node, NamedNode) else "in a blank node"


def _query(constraint: Constraint) -> Query:
    if constraint.query is not None:
        return constraint.query
    if constraint.validator is None:
        raise TypeError(f"{constraint.iri} has no query")
    return constraint.validator.query


def _outline(constraint: Constraint) -> Outline:
    return _query(constraint).outline


def _asks(constraint: Constraint) -> bool:
    return constraint.validator is not None and constraint.validator.asks


def _bound(constraint: Constraint) -> tuple[str, ...]:
    names = ("this", "value") if _asks(constraint) else ("this",)
    return (*names, *(a.name for a in constraint.arguments))


def uses_shapes_graph(constraint: Constraint) -> bool:
    """Say whether a constraint that is SPARQL names `$shapesGraph`."""
    if constraint.query is None and constraint.validator is None:
        return False
    query = _outline(constraint)
    return "shapesGraph" in query.variables(range(len(query.tokens)))


def nested(conditions: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    """Test that a focus node of a nested shape violates a constraint that is SPARQL."""
    query = _outline(constraint)
    if is_pointwise(query):
        raise ShapeError(
            f"a constraint in a nested shape, but {is_pointwise(query)}",
            path=shape.name,
            hint="give the shape a target of its own, or write the constraint with GROUP BY",
        )
    path = to_sparql(shape.path) if shape.path is not None else ""
    # The query stands inside another: none of its variables may be one of that.
    own = conditions.fresh()[1:]
    names = {name: f"{own}_{name}" for name in query.variables(range(len(query.tokens)))}
    tables = _constants(conditions, shape, constraint, query, names)
    if _asks(constraint):

        def fails(value: str) -> str:
            renamed = {**names, "this": node[1:], "value": value[1:]}
            return negate(
                exists(bind_group(query, Bindings(tables, renamed, path, fan=conditions.fan)))
            )

        if shape.path is None:
            return fails(node)
        end = conditions.fresh()
        at_start = fails(node) if is_nullable(shape.path) else None
        return some_value(node, shape.path, end, fails(end), at_start)
    bound = bind(
        query,
        Bindings({"this": "", **tables}, {**names, "this": node[1:]}, path, fan=conditions.fan),
    )
    return f"EXISTS {{ {{ {bound} }} }}"


def _constants(
    conditions: Conditions,
    shape: Shape,
    constraint: Constraint,
    query: Outline,
    names: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Give the tables of the variables that are the same for every focus node.

    Args:
        conditions: What knows where the shapes are.
        shape: The shape.
        constraint: Its constraint.
        query: The constraint's query.
        names: The names by which its variables go, where those are others.
    """
    shown = names or {}
    used = query.variables(range(len(query.tokens)))
    given: dict[str, Term] = {a.name: a.value for a in constraint.arguments}
    if "currentShape" in used:
        given["currentShape"] = shape.node
    if "shapesGraph" in used:
        if conditions.shapes_graph is None:
            raise ShapeError(
                "a constraint asks for $shapesGraph, but the store does not hold the shapes",
                path=shape.name,
                hint="validate files, or put the shapes into a graph of the store and name it",
            )
        given["shapesGraph"] = NamedNode(conditions.shapes_graph)
    tables = {}
    for name, value in given.items():
        if name not in used:
            continue
        if isinstance(value, BlankNode):
            raise ShapeError(
                f"a constraint asks for ${name}, which is a blank node of the shapes",
                path=shape.name,
                hint="give it an IRI",
            )
        tables[name] = values(f"?{shown.get(name, name)}", [value])
    return tables


def sparql_steps(
    conditions: Conditions, check: Check, store: Store, settings: Settings
) -> Iterator[Step]:
    """Make the steps of a constraint that is SPARQL: one, or several where it is not pointwise."""
    shape, constraint = check.shape, check.constraint
    query = _outline(constraint)
    route = to_sparql(shape.path) if shape.path is not None else ""
    constants = _constants(conditions, shape, constraint, query)
    focus = f"{{ SELECT DISTINCT {THIS} WHERE {{ {_focus(conditions, check, settings)} }} }}"
    if _asks(constraint):
        yield _ask_step(conditions, check, query, constants, focus)
        return
    reason = is_pointwise(query)
    if not reason and not needs_constants(query):
        tables = {"this": focus, **constants}
        hashes = not settings.focus
        text = bind(query, Bindings(tables, path=route, fan=conditions.fan, hashes=hashes))
        yield _step(check, text, "all focus nodes at once", conditions.written)
        return
    nodes = _nodes(check, store, settings, focus)
    if not reason:
        for chunk in _chunks(nodes, _TABLE):
            table = values(THIS, chunk)
            text = bind(query, Bindings({"this": table, **constants}, path=route))
            rule = "a table of focus nodes: $this is tested inside GRAPH"
            yield _step(check, text, rule, conditions.written)
        return
    for chunk in _chunks(nodes, _BATCH):
        parts = (_single(query, node, constants, route) for node in chunk)
        text = f"SELECT * WHERE {{ {' UNION '.join(parts)} }}"
        rule = f"one focus node at a time: {reason}"
        yield _step(check, text, rule, conditions.written)


def _single(query: Outline, node: Term, constants: Mapping[str, str], route: str) -> str:
    grouped = query.is_grouped(query.top) or not query.aggregates(query.top)
    bindings = Bindings(
        {"this": values(THIS, [node]), **constants},
        path=route,
        head=f"({node} AS ?_focus)",
        dropped=frozenset() if grouped else frozenset(("this",)),
    )
    return f"{{ {bind(query, bindings)} }}"


def _focus(conditions: Conditions, check: Check, settings: Settings) -> str:
    return focus_of(conditions, check.routes, THIS, "?_route", settings.focus)


def _nodes(check: Check, store: Store, settings: Settings, focus: str) -> list[Term]:
    query = f"SELECT DISTINCT {THIS} WHERE {{ {focus} }}"
    found = [row[0] for row in store.select(query, graphs=settings.graphs) if row[0] is not None]
    if any(isinstance(node, BlankNode) for node in found):
        raise ShapeError(
            "a constraint that must run for one focus node at a time meets a blank node",
            path=check.shape.name,
            hint="write it with GROUP BY $this and without LIMIT, or give the node an IRI",
        )
    return sorted(found, key=str)


def _chunks(nodes: Sequence[Term], size: int) -> Iterator[Sequence[Term]]:
    for i in range(0, len(nodes), size):
        yield nodes[i : i + size]


def _ask_step(
    conditions: Conditions,
    check: Check,
    query: Outline,
    constants: Mapping[str, str],
    focus: str,
) -> Step:
    shape = check.shape
    value, source = THIS, focus
    if shape.path is not None:
        value = VALUE
        absent = any(route.may_be_absent for route in check.routes)
        source = step(focus, THIS, shape.path, VALUE, absent)
    grouped = f"{{ {source} }}" if " UNION " in source else source
    tables = {
        "this": focus,
        "value": f"{{ SELECT DISTINCT {value} WHERE {{ {source} }} }}",
        **constants,
    }
    route = to_sparql(shape.path) if shape.path is not None else ""
    inside = bind_group(
        query, Bindings({**tables, "this": ""}, {"value": value[1:]}, route, fan=conditions.fan)
    )
    columns = THIS if value == THIS else f"{THIS} {VALUE}"
    text = f"SELECT DISTINCT {columns} WHERE {{ {grouped} FILTER(NOT EXISTS {{ {inside} }}) }}"
    return _step(check, text, "all value nodes at once", conditions.written)


def _step(check: Check, text: str, rule: str, written: Written | None) -> Step:
    constraint, shape = check.constraint, check.shape
    templates = _query(constraint).messages or shape.messages
    arguments = {a.name: a.value for a in constraint.arguments}
    names = (name_of(check),)

    def results(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[Result]:
        seen: set[tuple[Term | None, ...]] = set()
        for row in rows:
            found = {n: v for n, v in zip(variables, row, strict=True) if v is not None}
            focus = found.get("_focus", found.get("this"))
            if focus is None:
                continue
            _check_failure(check, found)
            value = found.get("value")
            if value is None and shape.path is None:
                value = focus
            path = found.get("path")
            key = (focus, value, path, found.get("message"))
            if key in seen:
                continue
            seen.add(key)
            for shown, at_fault in _shown(check, written, focus, value, path):
                known = {**arguments, **found, "this": shown}
                if at_fault is not None:
                    known["value"] = at_fault
                messages = _messages(templates, known, found)
                yield result_of(check, shown, at_fault, path, messages)

    return Step(text, rule, names, results, uses_shapes_graph(constraint))


def _shown(
    check: Check, written: Written | None, focus: Term, value: Term | None, path: Term | None
) -> Iterator[tuple[Term, Term | None]]:
    """Give focus node and value as the data writes them."""
    if not written:
        yield focus, value
        return
    along = Predicate(path) if isinstance(path, NamedNode) else check.shape.path
    origin = Origin() if along is None else origin_of(THIS, along, "?_")
    if origin.subject != THIS:
        origin = Origin(origin.predicates)
    for node in written.forms(focus_origin(check.routes), None, focus) or (focus,):
        if value is None or value == focus:
            yield node, None if value is None else node
            continue
        for form in written.forms(origin, focus, value) or (written.only_form(value),):
            yield node, form


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
