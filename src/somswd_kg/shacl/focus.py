"""Where shapes are met: the focus nodes of a target, and of a property shape below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.forms import any_of, exists, values
from somswd_kg.shacl.model import Component, Shape, Target, TargetKind
from somswd_kg.shacl.paths import Path, is_nullable
from somswd_kg.terms import NamedNode

__all__ = ["Route", "focus_of", "member_of", "routes_of", "step", "visits_of"]


@dataclass(frozen=True, slots=True)
class Route:
    """One way in which a shape comes to its focus nodes.

    Attributes:
        targets: Where it starts.
        steps: The paths of the property shapes above it.
    """

    targets: tuple[Target, ...]
    steps: tuple[Path, ...] = ()

    @property
    def classes(self) -> tuple[NamedNode, ...]:
        """List the classes of a route that is nothing but class targets; empty for others."""
        kinds = {t.kind for t in self.targets}
        if self.steps or kinds != {TargetKind.CLASS}:
            return ()
        return tuple(t.value for t in self.targets if isinstance(t.value, NamedNode))

    @property
    def is_testable(self) -> bool:
        """Say whether a node can be asked for membership without walking a path."""
        return not self.steps and all(t.kind is not TargetKind.NODE for t in self.targets)

    @property
    def is_unsure(self) -> bool:
        """Say whether the store may not know that a focus node is reached without a step.

        No engine has to know it of a node that no triple of the data names.
        """
        named = any(t.kind is TargetKind.NODE for t in self.targets)
        return named and all(is_nullable(path) for path in self.steps)


def routes_of(shapes: Iterable[Shape]) -> dict[Shape, tuple[Route, ...]]:
    """Find every shape that has focus nodes of its own, and how it comes to them.

    A property shape below a shape takes that one's value nodes as its focus nodes. One that is
    reached in several ways is met once for each.
    """
    found: dict[Shape, list[Route]] = {}

    def visit(shape: Shape, route: Route) -> None:
        if shape.deactivated:
            return
        routes = found.setdefault(shape, [])
        routes.append(route)
        steps = route.steps if shape.path is None else (*route.steps, shape.path)
        for constraint in shape.constraints:
            if constraint.component is Component.PROPERTY:
                visit(constraint.shapes[0], Route(route.targets, steps))

    for shape in shapes:
        visit(shape, Route(shape.targets))
    return {shape: tuple(routes) for shape, routes in found.items()}


def focus_of(
    conditions: Conditions,
    routes: Sequence[Route],
    node: str,
    number: str,
    within: Sequence[str] = (),
) -> str:
    """Write the pattern of the focus nodes of some routes.

    Args:
        conditions: What gives helper variables and subclasses.
        routes: The routes.
        node: The variable of the focus node.
        number: The variable of the route's number; not bound where there is one route only.
        within: Graphs; a target that is no subject in one of them is left out.
    """
    if len(routes) == 1:
        return _route(conditions, routes[0], node, within)
    named = [cls for route in routes for cls in route.classes]
    if all(route.classes for route in routes) and not conditions.classes.unnamed & {*named}:
        cls = conditions.fresh()
        rows = " ".join(
            f"({c} {i})" for i, route in enumerate(routes) for c in conditions.below(route.classes)
        )
        text = f"VALUES ({cls} {number}) {{ {rows} }} {node} a {cls} ."
        return _limited(conditions, node, within, text)
    branches = (
        f"{{ {_route(conditions, route, node, within)} BIND({i} AS {number}) }}"
        for i, route in enumerate(routes)
    )
    return " UNION ".join(branches)


def visits_of(
    conditions: Conditions, routes: Sequence[Route], node: str, within: Sequence[str] = ()
) -> str:
    """Write the SELECT of focus nodes that some routes come to more than once.

    A route comes to one by every chain of nodes that lead there, since each of these is asked for
    its values anew (SHACL 4.7.2). The columns: the focus node, how often, and by how many routes.

    Args:
        conditions: What gives helper variables and subclasses.
        routes: The routes.
        node: The variable of the focus node.
        within: Graphs; a target that is no subject in one of them is left out.
    """
    number = conditions.fresh()
    shown, branches = [node, number], []
    for i, route in enumerate(routes):
        stops = [*(conditions.fresh() for _ in route.steps), node]
        shown += stops[:-1]
        branches.append(f"{{ {_chain(conditions, route, stops, within)} BIND({i} AS {number}) }}")
    chains = f"SELECT DISTINCT {' '.join(shown)} WHERE {{ {' UNION '.join(branches)} }}"
    return (
        f"SELECT {node} (COUNT(*) AS ?visits) (COUNT(DISTINCT {number}) AS ?ways) "
        f"WHERE {{ {{ {chains} }} }} GROUP BY {node} HAVING (COUNT(*) > COUNT(DISTINCT {number}))"
    )


def _route(conditions: Conditions, route: Route, node: str, within: Sequence[str]) -> str:
    stops = [*(conditions.fresh() for _ in route.steps), node]
    return _chain(conditions, route, stops, within)


def _chain(
    conditions: Conditions, route: Route, stops: Sequence[str], within: Sequence[str]
) -> str:
    """Write the pattern of a route, with a variable for each node on the way."""
    text = _targets(conditions, route.targets, stops[0], within)
    for i, path in enumerate(route.steps):
        unsure = Route(route.targets, route.steps[:i]).is_unsure
        text = step(conditions.dialect, text, stops[i], path, stops[i + 1], unsure)
    return text


def step(dialect: Dialect, text: str, start: str, path: Path, end: str, unsure: bool) -> str:
    """Follow a path from the nodes of a pattern.

    Args:
        dialect: What the store needs.
        text: A pattern that binds `start`.
        start: The variable where the path begins.
        path: The path.
        end: The variable where it ends.
        unsure: Whether the store may not know that a path without a step leads from `start` to
            itself.
    """
    text, walk = dialect.source(text), dialect.walk(path)
    walked = f"{text} {start} {walk.route} {end} ."
    if walk.apart:
        walked = f"{{ SELECT * WHERE {{ {walked} }} }}"
    if walk.stays and (unsure or dialect.loses_languages):
        return f"{{ {walked} }} UNION {{ {text} BIND({start} AS {end}) }}"
    return walked


def member_of(conditions: Conditions, route: Route, node: str) -> str:
    """Test that a node is a focus node of a route without steps or target nodes."""
    branches = _branches(conditions, route.targets, node)
    return any_of(exists(branch) for branch in branches)


def _targets(
    conditions: Conditions, targets: Sequence[Target], node: str, within: Sequence[str]
) -> str:
    branches = [
        _limited(conditions, node, within, text) for text in _branches(conditions, targets, node)
    ]
    if len(branches) == 1:
        return branches[0]
    # Virtuoso loses a VALUES in a UNION unless it is a sub-select.
    return " UNION ".join(
        f"{{ SELECT {node} WHERE {{ {branch} }} }}" if "VALUES" in branch else f"{{ {branch} }}"
        for branch in branches
    )


def _branches(conditions: Conditions, targets: Sequence[Target], node: str) -> Iterator[str]:
    nodes = [t.value for t in targets if t.kind is TargetKind.NODE]
    if nodes:
        beside_values = any(t.kind is TargetKind.OBJECTS_OF for t in targets)
        yield conditions.dialect.table(node, map(conditions.constant, nodes), beside_values)
    stated = [t.value for t in targets if t.kind is TargetKind.CLASS]
    named = [c for c in stated if isinstance(c, NamedNode)]
    classes = conditions.below(named)
    if len(classes) == 1:
        yield f"{node} a {classes[0]} ."
    elif classes:
        cls = conditions.fresh()
        yield f"{values(cls, classes)} {node} a {cls} ."
    unnamed = conditions.unnamed(node, named)
    if unnamed:
        yield unnamed
    for target in targets:
        if target.kind is TargetKind.SUBJECTS_OF:
            yield f"{node} {target.value} {conditions.fresh()} ."
        elif target.kind is TargetKind.OBJECTS_OF:
            yield f"{conditions.fresh()} {target.value} {node} ."


def _limited(conditions: Conditions, node: str, within: Sequence[str], text: str) -> str:
    """Leave out the targets of a pattern that are no subjects in one of some graphs.

    Where the targets are fewer than the triples of those graphs, each is looked up there;
    otherwise the graphs' subjects are listed and held against the targets.
    """
    if not within:
        return text
    predicate, value = conditions.fresh(), conditions.fresh()
    graphs = [f"GRAPH <{graph}> {{ {node} {predicate} {value} }}" for graph in within]
    if conditions.few is not None and conditions.few(text):
        return f"{text} FILTER({any_of(exists(graph) for graph in graphs)})"
    listed = " UNION ".join(f"{{ {graph} }}" for graph in graphs)
    return f"{{ SELECT DISTINCT {node} WHERE {{ {listed} }} }} {text}"
