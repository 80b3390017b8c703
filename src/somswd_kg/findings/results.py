"""A result of SHACL as findings need it, whichever engine gave it."""

from __future__ import annotations

from dataclasses import dataclass

from somswd_kg.language import Text
from somswd_kg.terms import Term

__all__ = ["ShapeResult"]


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """One violation of one constraint.

    Attributes:
        focus: What was looked at.
        path: The path's IRI; as SPARQL writes it when it is no single property; empty for none.
        value: What was found there, None when something is missing.
        severity: IRI, `sh:Violation` or another.
        component: IRI of the constraint component.
        shape: IRI of the shape that the constraint belongs to; empty for one without.
        constraint: IRI of the `sh:sparql` constraint; empty for all else.
        message: In both languages, as far as the shape has them.
    """

    focus: Term
    path: str
    value: Term | None
    severity: str
    component: str
    shape: str
    constraint: str
    message: Text

    @property
    def order(self) -> tuple[str, str, str, str, str, str, str]:
        """Sort by this: shape, constraint, focus, path, component, value, message."""
        return (
            self.shape,
            self.constraint,
            str(self.focus),
            self.path,
            self.component,
            str(self.value or ""),
            self.message.en,
        )
