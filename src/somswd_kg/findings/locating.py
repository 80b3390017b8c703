"""Where a result stands in a drafter's file, and what its sentence may name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from somswd_kg.findings.finding import Thing
from somswd_kg.findings.messages import Circumstances, literal_text
from somswd_kg.findings.rules import Rule
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.model import Place, ShapeResult
from somswd_kg.terms import Literal, NamedNode, Term
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.drafts.places import SourceMap

__all__ = ["Described", "Lines", "Located"]

_INVERSE = re.compile(r"\^<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Located:
    """Finds the cells of results in a workbook or in CSV files.

    Attributes:
        places: Where rows and triples stand.
        refused: Cells that hold something that gave no value: what is missing there has been told.
    """

    places: SourceMap
    refused: frozenset[Place] = frozenset()

    def __call__(self, result: ShapeResult, rule: Rule | None) -> tuple[Place, ...]:
        """Give the cells, the main one first."""
        inverse = _INVERSE.fullmatch(result.path)
        path = inverse[1] if inverse else result.path
        named = NamedNode(path) if path and not path.startswith(("(", "^")) else None
        concerns = [NamedNode(iri) for iri in rule.concerns] if rule else []
        return self.places.find(
            result.focus, named, result.value, concerns, inverse=inverse is not None
        )


class LinePlaces(Protocol):
    """What stands on which line of a file, from 1."""

    @property
    def subjects(self) -> Mapping[str, int]:
        """Give the line of each subject's block."""

    @property
    def predicates(self) -> Mapping[tuple[str, str], int]:
        """Give the line of each predicate of each subject."""

    @property
    def written(self) -> Mapping[tuple[str, str], str]:
        """Give the predicate as the file writes it, by the same key."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Finds the lines of results in a Turtle, TriG, N-Triples or N-Quads file.

    Attributes:
        file: The file's path.
        read: Gives the lines; asked only when there is something to be found.
    """

    file: str
    read: Callable[[], LinePlaces]

    def __call__(self, result: ShapeResult, rule: Rule | None) -> tuple[Place, ...]:
        """Give the lines, the main one first."""
        subject = result.focus.value if isinstance(result.focus, NamedNode) else ""
        places = self.read()
        line = places.subjects.get(subject)
        if line is None:
            return ()
        found = [
            self._place(places.predicates[subject, path], places.written[subject, path])
            for path in (result.path, *(rule.concerns if rule else ()))
            if (subject, path) in places.predicates
        ]
        return tuple(dict.fromkeys(found)) or (self._place(line, ""),)

    def _place(self, line: int, heading: str) -> Place:
        return Place(1, line, 0, PurePath(self.file).stem, heading, self.file)


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
        inverse = _INVERSE.fullmatch(result.path)
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
