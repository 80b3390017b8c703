"""The constraints that are SPARQL themselves: `sh:sparql`, and components that shapes declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from somswd_kg.errors import ShapeError
from somswd_kg.ports import Store
from somswd_kg.shacl.binding import Bindings, bind, bind_group
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import focus_of, step
from somswd_kg.shacl.forms import exists, negate, some_value, values
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.model import Constraint, Shape
from somswd_kg.shacl.paths import is_nullable, to_sparql
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.prebinding import is_pointwise, needs_constants
from somswd_kg.shacl.selects import THIS, VALUE
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlresults import sparql_step
from somswd_kg.shacl.sparqltexts import asks, outline_of
from somswd_kg.shacl.steps import Step
from somswd_kg.terms import BlankNode, NamedNode, Term

__all__ = ["nested", "sparql_steps"]

_BATCH = 20
_TABLE = 500


def nested(conditions: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    """Test that a focus node of a nested shape violates a constraint that is SPARQL."""
    query = outline_of(constraint)
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
    if asks(constraint):

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
    query = outline_of(constraint)
    route = to_sparql(shape.path) if shape.path is not None else ""
    constants = _constants(conditions, shape, constraint, query)
    focus = f"{{ SELECT DISTINCT {THIS} WHERE {{ {_focus(conditions, check, settings)} }} }}"
    if asks(constraint):
        yield _ask_step(conditions, check, query, constants, focus)
        return
    reason = is_pointwise(query)
    if not reason and not needs_constants(query):
        tables = {"this": focus, **constants}
        hashes = not settings.focus
        text = bind(query, Bindings(tables, path=route, fan=conditions.fan, hashes=hashes))
        yield sparql_step(check, text, "all focus nodes at once", conditions.written)
        return
    nodes = _nodes(check, store, settings, focus)
    if not reason:
        for chunk in _chunks(nodes, _TABLE):
            table = values(THIS, chunk)
            text = bind(query, Bindings({"this": table, **constants}, path=route))
            rule = "a table of focus nodes: $this is tested inside GRAPH"
            yield sparql_step(check, text, rule, conditions.written)
        return
    for chunk in _chunks(nodes, _BATCH):
        parts = (_single(query, node, constants, route) for node in chunk)
        text = f"SELECT * WHERE {{ {' UNION '.join(parts)} }}"
        rule = f"one focus node at a time: {reason}"
        yield sparql_step(check, text, rule, conditions.written)


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
    return sparql_step(check, text, "all value nodes at once", conditions.written)
