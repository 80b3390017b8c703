"""Constraints as expressions: true of a node that violates the constraint, never an error.

A nested shape becomes one expression of the node that is tested; its property shapes become
EXISTS patterns inside it. So a whole tree of `sh:or`, `sh:node`, ... is decided where the store
stands, and only violations leave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from somswd_kg.shacl.classes import Classes, unnamed_instance
from somswd_kg.shacl.dialects import Dialect
from somswd_kg.shacl.exact import compared, ordered
from somswd_kg.shacl.focustests import FOCUS_COMPONENTS
from somswd_kg.shacl.forms import (
    FALSE,
    Condition,
    all_of,
    any_of,
    anything,
    instance_of,
    negate,
    some_value,
    text_of,
)
from somswd_kg.shacl.model import Constraint, Shape
from somswd_kg.shacl.ordering import Fan
from somswd_kg.shacl.paths import Path
from somswd_kg.shacl.standins import value_of
from somswd_kg.shacl.valuetests import VALUE_COMPONENTS
from somswd_kg.shacl.written import Written
from somswd_kg.terms import NamedNode, Term

__all__ = ["Conditions", "itself"]

Nested = Callable[["Conditions", Shape, Constraint, str], str]


def itself(term: Term) -> Term:
    """Name a term of the shapes as it is."""
    return term


@dataclass(slots=True)
class Conditions:
    """What writes the expressions of one query; its helper variables are counted.

    Attributes:
        classes: For each class that the shapes name, the classes below it.
        dialect: What the server needs.
        sparql: What writes a constraint that is itself SPARQL.
        shapes_graph: The graph of the store that holds the shapes; None where none does.
        shapes_names: The graph of the store that tells the labels of their blank nodes.
        written: What the store shows in another form than the data has; None where its rows are
            told as they come.
        constant: What gives the term that a query is to name for a term of the shapes.
        stand_ins: Whether values may be stand-ins for literals.
        fan: How far predicates spread; None where triples are left in their order.
        few: Whether a pattern of targets has fewer solutions than the graphs to which targets are
            limited have triples; None where the store is not asked.
        failing: For each constraint that ran ahead, the nodes at which it fails.
    """

    classes: Classes
    dialect: Dialect
    sparql: Nested
    shapes_graph: str | None = None
    shapes_names: str | None = None
    written: Written | None = None
    constant: Callable[[Term], Term] = itself
    stand_ins: bool = False
    fan: Fan | None = None
    few: Callable[[str], bool] | None = None
    failing: Mapping[Constraint, Sequence[Term]] = field(default_factory=dict)
    _count: int = field(default=0)
    _nesting: int = field(default=0)

    def fresh(self) -> str:
        """Give a variable that nothing else uses."""
        self._count += 1
        return f"?_{self._count}"

    def instance(self, variable: str, cls: Term) -> str:
        """Write a pattern for the SHACL instances of a class."""
        if not isinstance(cls, NamedNode):
            raise TypeError(f"{cls} is no class")
        classes = self.below((cls,))
        named = instance_of(variable, classes, "" if len(classes) == 1 else self.fresh())
        unnamed = self.unnamed(variable, (cls,))
        return f"{{ {named} }} UNION {{ {unnamed} }}" if unnamed else named

    def below(self, classes: Iterable[NamedNode]) -> list[NamedNode]:
        """List some classes and the classes with names below them, each once."""
        every = (found for cls in classes for found in self.classes.below.get(cls, (cls,)))
        return list(dict.fromkeys(every))

    def unnamed(self, variable: str, classes: Sequence[NamedNode]) -> str:
        """Write a pattern for the instances of blank nodes below classes; empty without these."""
        if not self.classes.unnamed.intersection(classes):
            return ""
        return unnamed_instance(variable, self.below(classes), self.fresh(), self.fresh())

    def shape(self, shape: Shape, node: str) -> str:
        """Test that a node does not conform to a shape."""
        if shape.deactivated:
            return FALSE
        self._nesting += 1
        text = self._violates(shape, node)
        self._nesting -= 1
        return text

    def _violates(self, shape: Shape, node: str) -> str:
        if shape.path is None:
            return any_of(self.constraint(shape, c, node) for c in shape.constraints)
        tests = [c for c in shape.constraints if c.component in VALUE_COMPONENTS]
        others = [c for c in shape.constraints if c.component not in VALUE_COMPONENTS]
        found = [self.constraint(shape, c, node) for c in others]
        if tests:
            found.append(
                self.walk(
                    node, shape.path, lambda v: any_of(self.value(shape, c, v) for c in tests)
                )
            )
        return any_of(found)

    def walk(self, node: str, path: Path, condition: Condition) -> str:
        """Test that a path leads to a node that meets a condition."""
        end, walk = self.fresh(), self.dialect.walk(path)
        at_start = condition(node) if walk.stays else None
        return some_value(node, walk, end, condition(end), at_start)

    def is_exactly(self, variable: str, term: Term) -> str:
        """Test that a variable's value is exactly a term of the shapes."""
        return self.dialect.same(variable, self.constant(term))

    def compared(self, value: str, operator: str, other: str | Term) -> str:
        """Test a comparison; what it is false of at the top is compared again row by row."""
        one = self._operand(value)
        two = self._operand(other) if isinstance(other, str) else other
        if self._nesting and not self.dialect.compares_anything:
            return compared(one, operator, two)
        text = two if isinstance(two, str) else text_of(two)
        return f"COALESCE({one} {operator} {text}, false)"

    def ordered(self, value: str) -> str:
        """Test that a value can be compared with others of its kind."""
        return ordered(self._operand(value))

    def _operand(self, variable: str) -> str:
        """Write what is compared where the value of a variable is."""
        return value_of(variable) if self.stand_ins else variable

    def constraint(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """Test that a focus node violates a constraint of a shape."""
        if constraint.component in VALUE_COMPONENTS:
            if shape.path is None:
                return self.value(shape, constraint, node)
            return self.walk(node, shape.path, lambda v: self.value(shape, constraint, v))
        return FOCUS_COMPONENTS[constraint.component](self, shape, constraint, node)

    def value(self, shape: Shape, constraint: Constraint, value: str) -> str:
        """Test that one value node violates a constraint; the shape is its own."""
        return VALUE_COMPONENTS[constraint.component](self, shape, constraint, value)

    def at_least(
        self,
        number: int,
        start: str,
        path: Path,
        end: str,
        condition: Condition = anything,
    ) -> str:
        """Test that a path leads to at least so many nodes."""
        return self.dialect.at_least(number, start, path, end, condition, self._nesting > 0)

    def conforms(self, shape: Shape, node: str) -> str:
        """Test that a node conforms to a shape."""
        return negate(self.shape(shape, node))

    def qualified(self, constraint: Constraint, value: str) -> str:
        """Test that a value node counts for a qualified value shape."""
        return all_of(
            [
                self.conforms(constraint.shapes[0], value),
                *(self.shape(sibling, value) for sibling in constraint.siblings),
            ]
        )
