"""What the sentence of a finding may name: code, label, value and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from somswd_kg.findings.finding import Thing
from somswd_kg.findings.locating import INVERSE
from somswd_kg.findings.messages import Circumstances, literal_text
from somswd_kg.findings.rules import Rule
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.model import Place, ShapeResult
from somswd_kg.terms import Literal, NamedNode, Term
from somswd_kg.triples import Triples

__all__ = ["Described"]


@dataclass(frozen=True, slots=True)
class Described:
    """Tells what the sentence of a result may name.

    Attributes:
        graph: The triples that results are about, for counting values.
        things: Labels and codes by IRI, those of values too.
        source_records: Things that were read from a source which tells only a part.
    """

    graph: Triples
    things: Mapping[str, Thing]
    source_records: frozenset[str] = frozenset()

    def __call__(
        self, result: ShapeResult, rule: Rule, thing: Thing, place: Place | None
    ) -> Circumstances:
        """Give the code, the label, the value and the counts."""
        missing = result.component.endswith("MinCountConstraintComponent")
        return Circumstances(
            result.component,
            thing.code,
            thing.label,
            self._said(result.value),
            self._count(result),
            rule.minimum if missing else max(rule.maximum, 0),
            rule.classifier,
            isinstance(result.focus, NamedNode) and result.focus.value in self.source_records,
            _row(place) if place else NO_TEXT,
        )

    def _count(self, result: ShapeResult) -> int:
        inverse = INVERSE.fullmatch(result.path)
        if inverse:
            return len(set(self.graph.subjects(NamedNode(inverse[1]), result.focus)))
        if not result.path or result.path.startswith(("(", "^")):
            return 0
        return len(set(self.graph.objects(result.focus, NamedNode(result.path))))

    def _said(self, value: Term | None) -> Text:
        """Write a value as a reader would: a thing by its label, a year in the reader's era."""
        if isinstance(value, NamedNode):
            thing = self.things.get(value.value)
            if thing is None:
                return Text(value.value, value.value)
            if thing.label:
                return thing.label
            return Text(thing.code or value.value, thing.code or value.value)
        if isinstance(value, Literal):
            return literal_text(value)
        return NO_TEXT


def _row(place: Place) -> Text:
    """Name a thing without code and label by where it stands."""
    if place.path and not place.column:
        return Text(f"line {place.row}", f"บรรทัด {place.row}")
    return Text(f"row {place.row} of “{place.name}”", f"แถว {place.row} ของแผ่นงาน “{place.name}”")
