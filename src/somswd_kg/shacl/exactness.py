"""Decide which constraints a store would get wrong for want of the form of a literal.

A store that shows `012` as `12` takes the two for one value. Most constraints do not mind: the
predicates that they read have no such literal, or none of which they say something else. The rest
are decided on a copy of the predicates that they read, in which stand-ins keep the forms apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from somswd_kg.ports import Store
from somswd_kg.shacl.focus import Route
from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.model import Component, Constraint, Shape, TargetKind
from somswd_kg.shacl.paths import Path, Predicate, predicates_of
from somswd_kg.shacl.plan import Check
from somswd_kg.shacl.settings import Settings
from somswd_kg.shacl.standins import stand_in
from somswd_kg.shacl.vocabulary import RDF
from somswd_kg.shacl.written import Form, Written
from somswd_kg.terms import Literal, NamedNode

__all__ = ["Copies", "Reads", "minds", "needs_forms", "reads_of"]

_TWO_PREDICATES = (
    Component.EQUALS,
    Component.DISJOINT,
    Component.LESS_THAN,
    Component.LESS_THAN_OR_EQUALS,
)
_INDIFFERENT = (
    *(Component.DATATYPE, Component.CLASS, Component.NODE_KIND),
    *(Component.LANGUAGE_IN, Component.UNIQUE_LANG, Component.MIN_COUNT, Component.MAX_COUNT),
    *(Component.MIN_EXCLUSIVE, Component.MIN_INCLUSIVE),
    *(Component.MAX_EXCLUSIVE, Component.MAX_INCLUSIVE),
)
_COUNTS = (
    Component.MIN_COUNT,
    Component.MAX_COUNT,
    Component.QUALIFIED_MIN_COUNT,
    Component.QUALIFIED_MAX_COUNT,
)


@dataclass(slots=True)
class Reads:
    """What a constraint reads of the data.

    Attributes:
        predicates: The predicates that it names, its targets' and its nested shapes' included.
        everything: Whether it reads all predicates of a node.
        sparql: Whether a part of it is SPARQL, which may read anything.
    """

    predicates: set[NamedNode] = field(default_factory=set)
    everything: bool = False
    sparql: bool = False

    def shape(self, shape: Shape) -> None:
        """Add what a nested shape reads."""
        self.path(shape.path)
        for constraint in shape.constraints:
            self.constraint(constraint)

    def path(self, path: Path | None) -> None:
        """Add what a path reads."""
        if path is not None:
            self.predicates |= predicates_of(path)

    def constraint(self, constraint: Constraint) -> None:
        """Add what a constraint reads beside the path of its shape."""
        component, value = constraint.component, constraint.value
        if component is Component.CLASS:
            self.predicates.add(RDF.type)
        elif component in _TWO_PREDICATES and isinstance(value, NamedNode):
            self.predicates.add(value)
        elif component is Component.CLOSED:
            self.everything = True
        elif component in (Component.SPARQL, Component.CUSTOM):
            self.sparql = True
        for shape in (*constraint.shapes, *constraint.siblings):
            self.shape(shape)

    def targets(self, check: Check) -> None:
        """Add what leads to the focus nodes of a check."""
        for route in check.routes:
            for path in route.steps:
                self.path(path)
            for target in route.targets:
                if target.kind is TargetKind.CLASS:
                    self.predicates.add(RDF.type)
                elif target.kind is not TargetKind.NODE and isinstance(target.value, NamedNode):
                    self.predicates.add(target.value)


def reads_of(check: Check) -> Reads:
    """List what a check reads."""
    reads = Reads()
    reads.targets(check)
    reads.path(check.shape.path)
    reads.constraint(check.constraint)
    return reads


def minds(check: Check, predicate: NamedNode) -> bool:
    """Say whether a check may fail for one form of a literal of a predicate and hold for another.

    Told are well-formed literals that keep their datatype and are not two forms of one value.
    """
    single = check.shape.path == Predicate(predicate)
    return not single or check.constraint.component not in _INDIFFERENT


def needs_forms(check: Check, written: Written) -> bool:
    """Say whether a check has to be decided where the forms of literals are kept apart.

    Where it has not, the store finds the same focus nodes and places of values.
    """
    if any(_starts_at_forms(route, written) for route in check.routes):
        return True
    if check.constraint.component is Component.CLOSED and check.shape.path is not None:
        return bool(written.predicates)  # the place of its value is not told
    return _Sensitivity(written).of(check.constraint, check.shape.path, ())


def _starts_at_forms(route: Route, written: Written) -> bool:
    """Say whether a focus node may be a literal that the store changes, or be reached by one."""
    if any(predicates_of(path) & written.predicates for path in route.steps):
        return True
    return any(
        target.value in written.predicates
        if target.kind is TargetKind.OBJECTS_OF
        else written.changes(target.value)
        for target in route.targets
    )


@dataclass(frozen=True, slots=True)
class _Sensitivity:
    """Tells whether constraints would say something else of the forms of the data."""

    written: Written

    def of(self, constraint: Constraint, path: Path | None, forms: Sequence[Form]) -> bool:
        """Say whether a constraint of a shape would.

        Args:
            constraint: The constraint.
            path: The path of its shape.
            forms: What the focus node may be, where it is such a literal.
        """
        component = constraint.component
        if path is not None:
            if forms:
                return True
            forms = self._ends(path)
            if self._is_read(path) and not isinstance(path, Predicate):
                return True
        if component in _TWO_PREDICATES:
            return bool(forms) or constraint.value in self.written.predicates
        single = path.iri if isinstance(path, Predicate) else None
        if component in _COUNTS and single is not None and self.written.collapses(single):
            return True
        nested = (*constraint.shapes, *constraint.siblings)
        if any(self._shape(shape, forms) for shape in nested):
            return True
        differs = _DIFFERENCES.get(component)
        return differs is not None and any(differs(constraint, *form) for form in forms)

    def _shape(self, shape: Shape, forms: Sequence[Form]) -> bool:
        return any(self.of(constraint, shape.path, forms) for constraint in shape.constraints)

    def _is_read(self, path: Path) -> bool:
        return bool(predicates_of(path) & self.written.predicates)

    def _ends(self, path: Path) -> Sequence[Form]:
        return self.written.forms(path.iri) if isinstance(path, Predicate) else ()


def _datatype(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    def fits(form: Literal) -> bool:
        return form.datatype == constraint.value and is_well_formed(form)

    return fits(written) != fits(stored)


def _bound(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    return not is_well_formed(written)  # else both have one value


def _min_length(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    least = constraint.number
    return (len(written.value) < least) != (len(stored.value) < least)


def _max_length(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    most = constraint.number
    return (len(written.value) > most) != (len(stored.value) > most)


def _pattern(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    return written.value != stored.value


def _in(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    return (written in constraint.terms) != (stored in constraint.terms)


def _has_value(constraint: Constraint, written: Literal, stored: Literal) -> bool:
    return constraint.value in (written, stored)


_DIFFERENCES: dict[Component, Callable[[Constraint, Literal, Literal], bool]] = {
    Component.DATATYPE: _datatype,
    Component.MIN_EXCLUSIVE: _bound,
    Component.MIN_INCLUSIVE: _bound,
    Component.MAX_EXCLUSIVE: _bound,
    Component.MAX_INCLUSIVE: _bound,
    Component.MIN_LENGTH: _min_length,
    Component.MAX_LENGTH: _max_length,
    Component.PATTERN: _pattern,
    Component.IN: _in,
    Component.HAS_VALUE: _has_value,
}
"""Whether a test of one value says something else of a literal than of its stored form.

What is not here says the same of all forms of a value, if it is not a matter of how many they are.
"""


class Copies:
    """Hold the copy on which checks are decided, as long as it has what they read."""

    def __init__(self) -> None:
        self._store: Store | None = None
        self._predicates: frozenset[NamedNode] | None = frozenset()
        self._whole: frozenset[str] = frozenset()

    def holding(self, checks: Iterable[Check], written: Written, settings: Settings) -> Store:
        """Give a store that has what some checks read, with stand-ins.

        Graphs to which targets are limited are copied whole: what is a subject there is asked.
        """
        assert written.keeper is not None
        found = [reads_of(check) for check in checks]
        wanted = frozenset[NamedNode]().union(*(reads.predicates for reads in found))
        everything = any(reads.everything for reads in found)
        if self._store is None or not self._has(None if everything else wanted, settings):
            self._predicates = None if everything else wanted
            self._whole = frozenset(settings.focus)
            self._store = written.keeper.copied(
                stand_in, settings.graphs, predicates=self._predicates, whole=settings.focus
            )
            self._store.ask("ASK {}", graphs=settings.graphs)  # the union is made by one thread
        return self._store

    def _has(self, wanted: frozenset[NamedNode] | None, settings: Settings) -> bool:
        if not self._whole.issuperset(settings.focus):
            return False
        return self._predicates is None or (wanted is not None and wanted <= self._predicates)
