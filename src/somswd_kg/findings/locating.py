"""Where a result stands in a drafter's file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from somswd_kg.model import Place, ShapeResult
from somswd_kg.terms import NamedNode

if TYPE_CHECKING:
    from somswd_kg.drafts.places import SourceMap
    from somswd_kg.findings.rules import Rule

__all__ = ["INVERSE", "LinePlaces", "Lines", "Located"]

INVERSE = re.compile(r"\^<([^>]*)>")
"""The path of a result that leads against a predicate."""


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
        inverse = INVERSE.fullmatch(result.path)
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
        name: What the file is called, without its ending.
        read: Gives the lines; asked only when there is something to be found.
    """

    file: str
    name: str
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
        return Place(1, line, 0, self.name, heading, self.file)
