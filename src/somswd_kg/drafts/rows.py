"""From a graph back to rows: what each cell of a workbook says of a thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from somswd_kg.claims import Basis, plain_triples
from somswd_kg.drafts.cells import decimal_literal
from somswd_kg.drafts.columns import Column, Form, Sheet
from somswd_kg.drafts.intake import CLAIM_PREDICATES
from somswd_kg.drafts.lexicon import Lexicon
from somswd_kg.language import BUDDHIST_ERA_OFFSET
from somswd_kg.namespaces import DCTERMS, RDF, SKOS, SWD, XSD
from somswd_kg.terms import Literal, NamedNode, Resource, Term, Triple
from somswd_kg.triples import Triples

__all__ = ["CellValue", "FilledRow", "Writer", "belonging", "things_of", "unheld"]

CellValue = str | Decimal | bool
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row to write.

    Attributes:
        thing: What it says something of.
        values: One for each column that is not empty.
        kept: Texts of columns that mean nothing to us, as their headings are given.
    """

    thing: Resource
    values: Mapping[Column, CellValue]
    kept: tuple[str, ...] = ()


def belonging(graph: Triples, version: NamedNode) -> tuple[Resource, ...]:
    """List what belongs to a plan version: itself, its elements, and what points at any of these.

    What another version describes belongs to that one, though it goes on from this one.
    """
    inside = {version, *graph.subjects(SWD.describedIn, version)}

    def belongs(thing: Resource) -> bool:
        if thing in inside:
            return True
        if graph.one(thing, SWD.describedIn) or graph.one(thing, DCTERMS.isVersionOf):
            return False
        return any(
            value in inside
            for predicate in graph.predicates(thing)
            for value in graph.objects(thing, predicate)
        )

    return tuple(thing for thing in graph if belongs(thing))


def things_of(graph: Triples, things: Iterable[Resource], sheet: Sheet) -> tuple[Resource, ...]:
    """List those things that a sheet can hold, by code, then by IRI.

    A sheet of claims holds proposals: what a source states comes with evidence, which no cell
    can hold.
    """
    found = [
        thing
        for thing in things
        if sheet.cls in graph.objects(thing, RDF.type)
        and (
            sheet.cls not in CLAIM_PREDICATES
            or graph.one(thing, SWD.hasBasis) in (None, Basis.PROPOSED.term)
        )
    ]
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
        own: The things that have rows: they are named by their codes, all others as the lexicon
            names them.
        language: Of labels.
        buddhist: Years are those of the Buddhist era.
    """

    held: set[Triple]
    """What the cells that were written say."""

    def __init__(
        self,
        graph: Triples,
        lexicon: Lexicon,
        own: Collection[Resource],
        language: str,
        *,
        buddhist: bool = False,
    ) -> None:
        self.graph = graph
        self.language = language
        self.held = set()
        self._shift = BUDDHIST_ERA_OFFSET if buddhist else 0
        self._own = frozenset(own)
        self._entries = {entry.iri: entry for entry in lexicon.entries}
        self._lexicon = lexicon
        self._names: dict[tuple[Column, NamedNode], str] = {}

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
        if column.form in (Form.LINK, Form.CONCEPT):
            named = {term: name for term in terms if (name := self.name(column, term))}
            self._hold(column, thing, named)
            return SEPARATOR.join(named.values()) or None
        literals = [term for term in terms if isinstance(term, Literal)]
        if not literals:
            return None
        first = literals[0].value
        if column.form in (Form.CODE, Form.TEXT, Form.STRING):
            self._hold(column, thing, literals if len(literals) == 1 else ())
            return SEPARATOR.join(term.value for term in literals)
        self._hold(column, thing, literals[:1])
        match column.form:
            case Form.NUMBER | Form.INTEGER:
                return Decimal(first)
            case Form.BOOLEAN:
                return first in ("true", "1")
            case Form.YEAR if first.isdigit():
                return Decimal(int(first) + self._shift)
        return first

    def _hold(self, column: Column, thing: Resource, terms: Iterable[Term]) -> None:
        for term in terms:
            if isinstance(term, Literal) and term != _as_read(column, term):
                continue
            if not column.inverse:
                self.held.add(Triple(thing, column.path, term))
            elif isinstance(term, NamedNode):
                self.held.add(Triple(term, column.path, thing))

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
        found = tuple(sorted(dict.fromkeys(terms), key=str))
        return found if column.many else found[:1]

    def name(self, column: Column, term: Term) -> str:
        """Name a thing as a cell does: a row by its code, what is shipped by its label.

        Empty where it has no name that intake could read.
        """
        if not isinstance(term, NamedNode):
            return ""
        if term in self._own and (code := self.graph.string(term, SKOS.notation)):
            return code
        entry = self._entries.get(term)
        if entry is None:
            return ""
        known = self._names.get((column, term))
        if known is None:
            known = self._names[column, term] = self._lexicon.written(
                entry, column.range, self.language
            )
        return known


def _as_read(column: Column, literal: Literal) -> Literal | None:
    """Give the literal that intake makes of a cell which holds this one."""
    text = literal.value
    match column.form:
        case Form.TEXT:
            return Literal(text, language=column.language)
        case Form.NUMBER:
            return decimal_literal(Decimal(text))
        case Form.INTEGER:
            return Literal(str(int(Decimal(text))), datatype=XSD.integer)
        case Form.YEAR:
            return Literal(text, datatype=XSD.gYear)
        case Form.DATE:
            return Literal(text, datatype=XSD.date)
        case Form.BOOLEAN:
            return Literal("true" if text in ("true", "1") else "false", datatype=XSD.boolean)
        case Form.IRI:
            return Literal(text, datatype=XSD.anyURI)
    return Literal(text)


def unheld(graph: Triples, things: Iterable[Resource], held: Set[Triple]) -> tuple[Triple, ...]:
    """List the triples of a plan's things that the rows which were written do not hold.

    Args:
        graph: The plan's triples.
        things: What belongs to the plan.
        held: What the cells say (see `Writer.held`); what intake adds to them is not listed.
    """
    rows = {triple.subject for triple in held}
    of_rows = (
        Triple(thing, predicate, value)
        for thing in rows
        if not isinstance(thing, Triple)
        for predicate in graph.predicates(thing)
        for value in graph.objects(thing, predicate)
    )
    implied = {*held, *plain_triples(of_rows, Basis.PROPOSED)}

    def is_implied(triple: Triple) -> bool:
        return triple in implied or (
            triple.subject in rows
            and (
                triple.predicate in (RDF.type, RDF.predicate, SWD.describedIn)
                or triple.object == Basis.PROPOSED.term
            )
        )

    return tuple(
        triple
        for thing in things
        for predicate in graph.predicates(thing)
        for value in graph.objects(thing, predicate)
        if not is_implied(triple := Triple(thing, predicate, value))
    )
