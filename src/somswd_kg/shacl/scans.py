"""Put constraints together that look at the same focus nodes or the same values.

Three scans take the place of most single queries:

- the focus nodes once, for all constraints that judge a focus node as a whole (`sh:minCount`, ...)
  and for those of a node shape;
- the values of a path once, for all constraints that judge a value; where the path is a predicate
  and the focus nodes are many, the predicate is read from end to end and only what violates is
  asked whether it has a target;
- the values of a predicate once, grouped by subject, for `sh:maxCount` and `sh:uniqueLang`.

The rows that come back are violations; a column for each constraint says of which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from somswd_kg.shacl.conditions import Conditions
from somswd_kg.shacl.focus import Route, focus_of, member_of, step
from somswd_kg.shacl.forms import FALSE, TRUE, any_of
from somswd_kg.shacl.model import Component
from somswd_kg.shacl.paths import Inverse, Path, Predicate
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.selects import ROUTE, THIS, VALUE
from somswd_kg.shacl.steps import Step, source_of
from somswd_kg.shacl.telling import Flagged
from somswd_kg.shacl.valuetests import VALUE_COMPONENTS

__all__ = ["Scan", "grouped_step", "scan_step", "scans_of", "stands_alone", "triple_of"]

_ALONE = (
    Component.CLOSED,
    Component.EQUALS,
    Component.DISJOINT,
    Component.LESS_THAN,
    Component.LESS_THAN_OR_EQUALS,
    Component.UNIQUE_LANG,
    Component.SPARQL,
    Component.CUSTOM,
)
"""The components whose results are more than one focus node and one value."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Constraints that one query decides.

    Attributes:
        checks: The constraints; they have the same routes.
        path: The path whose values they judge; None where they judge the focus nodes.
    """

    checks: tuple[Check, ...]
    path: Path | None

    @property
    def routes(self) -> tuple[Route, ...]:
        """Give the routes that all of them have."""
        return self.checks[0].routes


def stands_alone(check: Check) -> bool:
    """Say whether a constraint needs a query of its own."""
    return check.constraint.component in _ALONE


def scans_of(checks: Iterable[Check]) -> list[Scan]:
    """Sort constraints, none of which stands alone, into scans."""
    groups: dict[tuple[tuple[Route, ...], Path | None], list[Check]] = {}
    for check in checks:
        component = check.constraint.component
        judges_values = component in VALUE_COMPONENTS and check.shape.path is not None
        path = check.shape.path if judges_values else None
        groups.setdefault((check.routes, path), []).append(check)
    return [Scan(tuple(group), path) for (_, path), group in groups.items()]


def scan_step(
    conditions: Conditions,
    scan: Scan,
    within: Sequence[str],
    values_first: Callable[[Scan], bool],
) -> Step | None:
    """Make the query of a scan; None where nothing can violate.

    Args:
        conditions: What writes its expressions.
        scan: The constraints.
        within: Graphs that a target must be a subject in; empty for no limit.
        values_first: Whether to read the values of a path before their targets.
    """
    value = THIS if scan.path is None else VALUE
    tests: list[tuple[Check, str]] = []
    for check in scan.checks:
        if scan.path is None:
            test = conditions.constraint(check.shape, check.constraint, THIS)
        else:
            test = conditions.value(check.shape, check.constraint, value)
        if test != FALSE:
            tests.append((check, test))
    if not tests:
        return None
    condition = any_of(test for _, test in tests)
    flags = [f"?_c{i}" for i in range(len(tests))] if len(tests) > 1 else []
    shown = [f"({test} AS {flag})" for flag, (_, test) in zip(flags, tests, strict=False)]
    keys = [THIS] if scan.path is None else [THIS, VALUE]
    if scan.path is not None and values_first(scan):
        query, columns = _values_first(conditions, scan, keys, condition, shown, flags)
        rule = "the values first, then the targets of what violates"
    else:
        text = focus_of(conditions, scan.routes, THIS, ROUTE, within)
        if " UNION " in text:
            text = f"{{ {text} }}"
        if scan.path is not None:
            unsure = any(route.is_unsure for route in scan.routes)
            text = step(conditions.dialect, text, THIS, scan.path, VALUE, unsure)
            text = f"{{ {text} }}" if " UNION " in text else text
        if len(scan.routes) > 1:
            keys = [*keys, ROUTE]
        columns = (*keys, *flags)
        end = "" if condition == TRUE else f" FILTER({condition})"
        query = f"SELECT DISTINCT {' '.join([*keys, *shown])} WHERE {{ {text}{end} }}"
        rule = "all focus nodes at once"
    if len(tests) > 1:
        rule += f", {len(tests)} constraints in one scan"
    place = {name: i for i, name in enumerate(columns)}
    teller = Flagged(
        tuple(source_of(check) for check, _ in tests),
        tuple(place[flag] for flag in flags),
        tuple(check.constraint.component in VALUE_COMPONENTS for check, _ in tests),
        place.get(VALUE, -1),
        place.get(ROUTE, -1),
        tuple(i for name, i in place.items() if name.startswith("?_r") and name != ROUTE),
    )
    return Step(query, rule, tuple(check for check, _ in tests), teller, conditions.written)


def grouped_step(conditions: Conditions, check: Check) -> Step:
    """Make the query of a `sh:maxCount` or `sh:uniqueLang` that groups a predicate's values."""
    path, constraint = check.shape.path, check.constraint
    members = [member_of(conditions, route, THIS) for route in check.routes]
    marks = [f"?_r{i}" for i in range(len(members))] if len(members) > 1 else []
    routes = [f"({test} AS {mark})" for mark, test in zip(marks, members, strict=False)]
    keys, condition, grouping = [THIS], "", THIS
    if constraint.component is Component.UNIQUE_LANG:
        language = conditions.fresh()
        keys = [THIS, language]
        condition = f" FILTER({conditions.dialect.has_language(VALUE)})"
        grouping = f"{THIS} (LCASE(LANG({VALUE})) AS {language})"
        most = 1
    else:
        most = constraint.number
    inner = (
        f"SELECT {' '.join(keys)} WHERE {{ {triple_of(path)}{condition} }} "
        f"GROUP BY {grouping} HAVING (COUNT(*) > {most})"  # a triple is there once
    )
    query = (
        f"SELECT {' '.join([*keys, *routes])} WHERE {{ {{ {inner} }} FILTER({any_of(members)}) }}"
    )
    rule = "the values of the predicate once, grouped by focus node"
    columns = range(len(keys) + len(marks))
    teller = Flagged((source_of(check),), apart=len(keys) - 1, marks=tuple(columns[len(keys) :]))
    return Step(query, rule, (check,), teller, conditions.written)


def _values_first(
    conditions: Conditions,
    scan: Scan,
    keys: Sequence[str],
    condition: str,
    shown: Sequence[str],
    flags: Sequence[str],
) -> tuple[str, tuple[str, ...]]:
    members = [member_of(conditions, route, THIS) for route in scan.routes]
    marks = [f"?_r{i}" for i in range(len(members))] if len(members) > 1 else []
    routes = [f"({test} AS {mark})" for mark, test in zip(marks, members, strict=False)]
    end = "" if condition == TRUE else f" FILTER({condition})"
    inner = f"SELECT {' '.join(keys)} WHERE {{ {triple_of(scan.path)}{end} }}"
    query = (
        f"SELECT {' '.join([*keys, *shown, *routes])} "
        f"WHERE {{ {{ {inner} }} FILTER({any_of(members)}) }}"
    )
    return query, (*keys, *flags, *marks)


def triple_of(path: Path | None) -> str:
    """Write the triple of a path that is a predicate, or one walked backwards.

    Raises:
        TypeError: It is another path.
    """
    match path:
        case Predicate(iri):
            return f"{THIS} {iri} {VALUE} ."
        case Inverse(Predicate(iri)):
            return f"{VALUE} {iri} {THIS} ."
        case _:
            raise TypeError(f"{path} is no predicate")
