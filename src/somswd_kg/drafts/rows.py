"""From a graph back to rows: what each cell of a workbook says of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from somswd_kg.drafts.columns import Column, Form, Sheet
from somswd_kg.drafts.lexicon import Entry, Lexicon
from somswd_kg.language import BUDDHIST_ERA_OFFSET
from somswd_kg.namespaces import RDF, SKOS, SWD
from somswd_kg.terms import Literal, NamedNode, Resource, Term, Triple
from somswd_kg.triples import Triples

__all__ = ["CellValue", "FilledRow", "Writer", "things_of", "unheld"]

CellValue = str | Decimal | bool
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row to write.

    Attributes:
        thing: What it says something of.
        values: One for each column that is not empty.
    """

    thing: Resource
    values: Mapping[Column, CellValue]


def things_of(graph: Triples, version: NamedNode, sheet: Sheet) -> tuple[Resource, ...]:
    """List the things of a sheet's class that belong to a plan version, by code, then by IRI.

    A thing belongs to it when it is the version, is described in it, or points at such a thing.
    """
    inside = {version, *graph.subjects(SWD.describedIn, version)}

    def belongs(thing: Resource) -> bool:
        return thing in inside or any(
            value in inside
            for predicate in graph.predicates(thing)
            for value in graph.objects(thing, predicate)
        )

    found = [thing for thing in graph.instances(sheet.cls) if belongs(thing)]
    return tuple(sorted(found, key=lambda thing: (_code_key(graph, thing), str(thing))))


def _code_key(graph: Triples, thing: Resource) -> tuple[tuple[int, str], ...]:
    """Give a key by which 2.10 comes after 2.9."""
    code = graph.string(thing, SKOS.notation)
    return tuple((int(p), "") if p.isdigit() else (0, p) for p in code.split(".")) if code else ()


class Writer:
    """Says in cells what a graph says in triples.

    Args:
        graph: The plan's triples, those of its stated and proposed claims among them.
        lexicon: The names of what is shipped.
        language: Of labels and years: a Thai workbook has years of the Buddhist era.
    """

    def __init__(self, graph: Triples, lexicon: Lexicon, language: str) -> None:
        self.graph = graph
        self.language = language
        self._entries = {entry.iri: entry for entry in lexicon.entries}
        self._lexicon = lexicon
        self._taken: dict[NamedNode | None, dict[str, int]] = {}

    def rows(self, sheet: Sheet, things: Iterable[Resource]) -> tuple[FilledRow, ...]:
        """Fill one row a thing."""
        return tuple(
            FilledRow(
                thing,
                {
                    column: value
                    for column in sheet.columns
                    if (value := self.value(column, thing)) is not None
                },
            )
            for thing in things
        )

    def value(self, column: Column, thing: Resource) -> CellValue | None:
        """Say what a cell holds; None where it is empty."""
        terms = self._terms(column, thing)
        if not terms:
            return None
        if column.form in (Form.LINK, Form.CONCEPT):
            return SEPARATOR.join(self.name(column, term) for term in terms)
        term = terms[0]
        text = term.value if isinstance(term, Literal | NamedNode) else ""
        match column.form:
            case Form.NUMBER | Form.INTEGER:
                return Decimal(text)
            case Form.BOOLEAN:
                return text in ("true", "1")
            case Form.YEAR if text.isdigit():
                shift = BUDDHIST_ERA_OFFSET if self.language == "th" else 0
                return Decimal(int(text) + shift)
            case Form.STRING | Form.TEXT:
                return SEPARATOR.join(t.value for t in terms if isinstance(t, Literal))
        return text

    def _terms(self, column: Column, thing: Resource) -> tuple[Term, ...]:
        terms: tuple[Term, ...]
        if column.inverse:
            terms = self.graph.subjects(column.path, thing)
        else:
            terms = self.graph.objects(thing, column.path)
        if column.form is Form.TEXT:
            return tuple(
                t for t in terms if isinstance(t, Literal) and t.language == column.language
            )
        return tuple(sorted(dict.fromkeys(terms), key=str)) if column.many else terms[:1]

    def name(self, column: Column, term: Term) -> str:
        """Name a thing as a cell does: a row by its code, what is shipped by its label."""
        if not isinstance(term, NamedNode):
            return str(term)
        code = self.graph.string(term, SKOS.notation)
        entry = self._entries.get(term)
        if column.form is Form.LINK and code and (entry is None or self._is_ours(term)):
            return code
        return self.label(entry, column.scheme) if entry else term.value

    def label(self, entry: Entry, scheme: NamedNode | None) -> str:
        """Give a label; with the code in brackets where two of its scheme share it."""
        taken = self._taken.get(scheme)
        if taken is None:
            taken = {}
            for other in self._lexicon.of(scheme=scheme):
                shown = other.shown(self.language)
                taken[shown] = taken.get(shown, 0) + 1
            self._taken[scheme] = taken
        shown = entry.shown(self.language)
        return f"{shown} ({entry.codes[0]})" if taken.get(shown, 0) > 1 else shown

    def _is_ours(self, term: NamedNode) -> bool:
        return self.graph.one(term, SWD.describedIn) is not None


def unheld(
    graph: Triples, sheets: Iterable[Sheet], things: Mapping[int, Iterable[Resource]]
) -> tuple[Triple, ...]:
    """List the triples of a plan's things that no column of the workbook holds.

    Args:
        graph: The plan's triples.
        sheets: All sheets.
        things: What each sheet holds, by the sheet's order.
    """
    kept = {RDF.type, SWD.describedIn}
    missing = []
    for sheet in sheets:
        paths = {(c.path, c.language) for c in sheet.columns if not c.inverse}
        for thing in things.get(sheet.order, ()):
            for predicate in graph.predicates(thing):
                for value in graph.objects(thing, predicate):
                    language = (value.language or "") if isinstance(value, Literal) else ""
                    if predicate not in kept and (predicate, language) not in paths:
                        missing.append(Triple(thing, predicate, value))
    return tuple(missing)
