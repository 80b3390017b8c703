"""The constraints that are SPARQL themselves: `sh:sparql`, and components that shapes declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from somswd_kg.errors import ShapeError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.binding import Bindings, bind, bind_group
from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import focus_of, step
from somswd_kg.shacl.forms import exists, is_one_of, negate, values
from somswd_kg.shacl.given import given, tables_of
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.model import Constraint, Shape
from somswd_kg.shacl.operands import only_filters
from somswd_kg.shacl.paths import to_sparql
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.prebinding import needs_constants, why_ahead, why_not_pointwise
from somswd_kg.shacl.selects import THIS, VALUE
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.sparqlresults import focus_name, sparql_step
from somswd_kg.shacl.sparqltexts import asks, outline_of
from somswd_kg.shacl.steps import Step
from somswd_kg.terms import BlankNode, Term

__all__ = ["nested", "sparql_steps"]

_BATCH = 20
_TABLE = 500
_NO_ASK = "write the validator as sh:select, or without it"
_Bound = tuple[Term, str]


def nested(conditions: Conditions, shape: Shape, constraint: Constraint, node: str) -> str:
    """Test that a focus node of a nested shape violates a constraint that is SPARQL."""
    query = _outline(conditions, constraint)
    if why_ahead(query):
        return is_one_of(node, _failing(conditions, shape, constraint))
    path = _path(conditions, shape)
    # The query stands inside another: none of its variables may be one of that.
    own = conditions.fresh()[1:]
    names = {name: f"{own}_{name}" for name in query.variables(range(len(query.tokens)))}
    tables = tables_of(conditions, shape, constraint, query, names)
    if asks(constraint):

        def fails(value: str) -> str:
            renamed = {**names, "this": node[1:], "value": value[1:]}
            bindings = Bindings(tables, renamed, path, fan=conditions.fan, alone=frozenset(tables))
            return negate(_holds(conditions, shape, constraint, query, bindings))

        if shape.path is None:
            return fails(node)
        return conditions.walk(node, shape.path, fails)
    guarded = conditions.dialect.joins_exists
    grouped = guarded and query.is_grouped(query.top)
    if guarded and not grouped:
        constants = _constants(conditions, shape, constraint, path)
        alone = only_filters(query, {**names, "this": node[1:]}, constants)
        if alone is not None:
            return alone
    inner = f"?{own}_this" if grouped else node
    bindings = Bindings(
        {"this": "", **tables},
        {**names, "this": inner[1:]},
        path,
        fan=conditions.fan,
        guarded=guarded,
        alone=frozenset(tables),
    )
    joined = f" FILTER({inner} = {node})" if grouped else ""
    return f"EXISTS {{ {{ {bind(query, bindings)} }}{joined} }}"


def _outline(conditions: Conditions, constraint: Constraint) -> Outline:
    """Give the query of a constraint as the store is to be asked."""
    return conditions.dialect.respelled(outline_of(constraint))


def _path(conditions: Conditions, shape: Shape) -> str:
    """Write what stands for `$PATH`."""
    if shape.path is None:
        return ""
    walk = conditions.dialect.walk(shape.path)
    return to_sparql(shape.path) if walk.stays else walk.route


def _holds(
    conditions: Conditions, shape: Shape, constraint: Constraint, query: Outline, bindings: Bindings
) -> str:
    """Test that the ASK of a constraint has a solution."""
    if not conditions.dialect.joins_exists:
        return exists(bind_group(query, bindings))
    constants = _constants(conditions, shape, constraint, bindings.path)
    alone = only_filters(query, bindings.renamed, constants)
    if alone is not None:
        return alone
    guarded = replace(bindings, guarded=True)
    if len(list(query.selects())) == 1 and not query.has_word(range(len(query.tokens)), "BOUND"):
        guarded = replace(guarded, tables={}, constants=constants)
    return exists(bind_group(query, guarded))


def _constants(
    conditions: Conditions, shape: Shape, constraint: Constraint, path: str
) -> dict[str, str]:
    """Write what stands for the variables that are the same for every focus node."""
    terms = given(conditions, shape, constraint, outline_of(constraint))
    constants = {name: str(term) for name, term in terms.items()}
    return {**constants, "PATH": path} if path else constants


def _failing(conditions: Conditions, shape: Shape, constraint: Constraint) -> Sequence[Term]:
    """List the nodes at which a constraint fails that ran ahead."""
    reason = why_ahead(outline_of(constraint))
    if asks(constraint):
        raise ShapeError(f"an ASK validator, but {reason}", path=shape.name, hint=_NO_ASK)
    nodes = conditions.failing[constraint]
    if any(isinstance(node, BlankNode) for node in nodes):
        raise ShapeError(
            f"a constraint in a nested shape fails at a blank node, but {reason}",
            path=shape.name,
            hint="write it with GROUP BY $this and without LIMIT, or give the node an IRI",
        )
    return nodes


def sparql_steps(
    conditions: Conditions, check: Check, store: Store, settings: Settings
) -> Iterator[Step]:
    """Make the steps of a constraint that is SPARQL: one, or several where it is not pointwise.

    What is met in two ways has its results twice.
    """
    steps = [
        found
        for route in check.routes
        for found in _steps(conditions, replace(check, routes=(route,)), store, settings)
    ]
    if len(steps) > 1 and not any(found.listed for found in steps):
        steps = [_together(conditions, check, steps)]
    yield from steps


def _together(conditions: Conditions, check: Check, steps: Sequence[Step]) -> Step:
    """Ask the queries of several ways to the focus nodes by one, which numbers the ways."""
    number = focus_name(outline_of(check.constraint))
    parts = (f"{{ {{ {way.query} }} BIND({i} AS ?{number}) }}" for i, way in enumerate(steps))
    return sparql_step(
        check, f"SELECT * WHERE {{ {' UNION '.join(parts)} }}", steps[0].rule, conditions
    )


def _steps(
    conditions: Conditions, check: Check, store: Store, settings: Settings
) -> Iterator[Step]:
    shape, constraint = check.shape, check.constraint
    query = _outline(conditions, constraint)
    route = _path(conditions, shape)
    constants = tables_of(conditions, shape, constraint, query)
    alone = frozenset(constants)
    focus = f"{{ SELECT DISTINCT {THIS} WHERE {{ {_focus(conditions, check, settings)} }} }}"
    reason = why_not_pointwise(query)
    if asks(constraint):
        if reason:
            raise ShapeError(f"an ASK validator, but {reason}", path=shape.name, hint=_NO_ASK)
        yield _ask_step(conditions, check, query, constants, focus)
        return
    if not reason and not needs_constants(query):
        tables = {"this": focus, **constants}
        hashes = not settings.focus
        guarded = conditions.dialect.joins_exists
        bindings = Bindings(
            tables, {}, route, fan=conditions.fan, hashes=hashes, alone=alone, guarded=guarded
        )
        text = bind(query, bindings)
        yield sparql_step(check, text, "all focus nodes at once", conditions)
        return
    bound = _bound(check, query, store, settings, focus)
    if not reason:
        for chunk in _chunks(bound, _TABLE):
            nodes = tuple(node for node, _ in chunk)
            table = conditions.dialect.table(THIS, nodes)
            text = bind(query, Bindings({"this": table, **constants}, path=route, alone=alone))
            rule = "a table of focus nodes: $this is tested inside GRAPH"
            yield sparql_step(check, text, rule, conditions, nodes)
        return
    for chunk in _chunks(bound, _BATCH):
        parts = (_single(query, i, table, constants, route) for i, (_, table) in enumerate(chunk))
        text = f"SELECT * WHERE {{ {' UNION '.join(parts)} }}"
        rule = f"one focus node at a time: {reason}"
        nodes = tuple(node for node, _ in chunk)
        yield sparql_step(check, text, rule, conditions, nodes)


def _single(
    query: Outline, number: int, table: str, constants: Mapping[str, str], route: str
) -> str:
    grouped = query.is_grouped(query.top) or not query.aggregates(query.top)
    bindings = Bindings(
        {"this": table, **constants},
        path=route,
        head=f"({number} AS ?{focus_name(query)})",
        dropped=frozenset() if grouped else frozenset(("this",)),
        alone=frozenset(("this", *constants)),
    )
    return f"{{ {bind(query, bindings)} }}"


def _focus(conditions: Conditions, check: Check, settings: Settings) -> str:
    return focus_of(conditions, check.routes, THIS, "?_route", settings.focus)


def _bound(
    check: Check, query: Outline, store: Store, settings: Settings, focus: str
) -> list[_Bound]:
    """List the focus nodes, each with the table that binds it alone.

    No query can name a blank node. The embedded store sorts them always in one way, so there each
    is bound by its place among them.
    """
    nodes = _asked(f"SELECT DISTINCT {THIS} WHERE {{ {focus} }}", store, settings)
    named = sorted((node for node in nodes if not isinstance(node, BlankNode)), key=str)
    found: list[_Bound] = [(node, values(THIS, [node])) for node in named]
    if len(named) == len(nodes):
        return found
    if needs_constants(query) or not isinstance(store, KeepsLiterals):
        inside = needs_constants(query)
        raise ShapeError(
            "a constraint tests $this inside GRAPH and meets a blank node"
            if inside
            else "a constraint that must run for one focus node at a time meets a blank node",
            path=check.shape.name,
            hint="match $this in a triple there, or give the node an IRI"
            if inside
            else "write it with GROUP BY $this and without LIMIT, or give the node an IRI",
        )
    blank = f"SELECT DISTINCT {THIS} WHERE {{ {focus} FILTER(isBlank({THIS})) }} ORDER BY {THIS}"
    for i, node in enumerate(_asked(blank, store, settings)):
        found.append((node, f"{{ {blank} LIMIT 1 OFFSET {i} }}"))
    return found


def _asked(query: str, store: Store, settings: Settings) -> list[Term]:
    return [row[0] for row in store.select(query, graphs=settings.graphs) if row[0] is not None]


def _chunks(items: Sequence[_Bound], size: int) -> Iterator[Sequence[_Bound]]:
    for i in range(0, len(items), size):
        yield items[i : i + size]


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
        unsure = any(route.is_unsure for route in check.routes)
        source = step(conditions.dialect, focus, THIS, shape.path, VALUE, unsure)
    grouped = f"{{ {source} }}" if " UNION " in source else source
    tables = {
        "this": focus,
        "value": f"{{ SELECT DISTINCT {value} WHERE {{ {source} }} }}",
        **constants,
    }
    route = _path(conditions, shape)
    bindings = Bindings(
        {**tables, "this": ""},
        {"value": value[1:]},
        route,
        fan=conditions.fan,
        alone=frozenset(constants),
    )
    holds = _holds(conditions, shape, check.constraint, query, bindings)
    columns = THIS if value == THIS else f"{THIS} {VALUE}"
    fails = f"NOT {holds}" if holds.startswith("EXISTS") else negate(holds)
    text = f"SELECT DISTINCT {columns} WHERE {{ {grouped} FILTER({fails}) }}"
    return sparql_step(check, text, "all value nodes at once", conditions)
