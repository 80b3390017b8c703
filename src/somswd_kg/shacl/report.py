"""The outcome of a validation: results as values, and the W3C report that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from somswd_kg.shacl.paths import Path
from somswd_kg.terms import Literal, NamedNode, Resource, Term

if TYPE_CHECKING:
    import rdflib

__all__ = ["Report", "Result", "sort_key"]


@dataclass(frozen=True, slots=True)
class Result:
    """One violation of one constraint.

    Attributes:
        focus_node: The node that was tested.
        path: The property path; None where the result has none.
        value: The value at fault; None where the result has none.
        severity: How much it weighs: `sh:Violation`, `sh:Warning`, `sh:Info` or an own IRI.
        component: The constraint component.
        source_shape: The shape.
        source_constraint: The `sh:sparql` constraint; None for all others.
        messages: What the shape or the constraint says, in its order.
        details: The results of a nested shape; empty unless they were asked for.
    """

    focus_node: Term
    path: Path | None
    value: Term | None
    severity: NamedNode
    component: NamedNode
    source_shape: Resource
    source_constraint: Resource | None = None
    messages: tuple[Literal, ...] = ()
    details: tuple[Result, ...] = ()

    def message(self, language: str = "en") -> str:
        """Give the message in a language, else one without, else the first, else nothing."""
        for wanted in (language, ""):
            for literal in self.messages:
                if (literal.language or "") == wanted:
                    return literal.value
        return self.messages[0].value if self.messages else ""


@dataclass(frozen=True, slots=True)
class Report:
    """All the results of a validation.

    Attributes:
        results: Sorted by focus node, source shape, path, component, value and message, each by
            its text; the same input gives the same order.
        unmet: The names of the shapes whose targets no node met.
        notes: What a reader has to know of the run, such as which graphs were read.
        names: For each blank node in the results, the label by which it is written.
    """

    results: tuple[Result, ...]
    unmet: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Say whether there are no results, of whatever severity (SHACL 3.6.1.1)."""
        return not self.results

    def serialize(self, format: str = "turtle") -> str:
        """Write the report as RDF.

        Args:
            format: `turtle`, or what pyoxigraph can write: `nt`, `xml`, `json-ld`, ...

        Raises:
            ParameterError: The format is unknown.
        """
        from somswd_kg.shacl.turtle import write_report

        return write_report(self, format)

    def to_rdflib(self) -> rdflib.Graph:
        """Give the report as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=self.serialize("nt"), format="nt")


def sort_key(result: Result) -> tuple[str, ...]:
    """Say where a result stands among others."""
    return (
        str(result.focus_node),
        str(result.source_shape),
        str(result.path),
        result.component.value,
        str(result.source_constraint),
        str(result.value),
        str(result.messages),
    )
