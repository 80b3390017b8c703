"""From the text of one cell to RDF terms, by the form of its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from somswd_kg.drafts.columns import Column, Form
from somswd_kg.drafts.dates import read_date
from somswd_kg.drafts.grid import Cell, CellKind
from somswd_kg.drafts.notes import Note, NoteCode, NoteKind, note
from somswd_kg.drafts.periods import read_year
from somswd_kg.drafts.remarks import IntakeCode
from somswd_kg.drafts.targets import read_target
from somswd_kg.drafts.text import mend_text
from somswd_kg.drafts.values import is_mistyped, read_number
from somswd_kg.drafts.waiting import read_waiting
from somswd_kg.drafts.words import Change, Comparison
from somswd_kg.language import FIRST_BUDDHIST_YEAR, arabic_digits
from somswd_kg.namespaces import BASE, SWD, XSD
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["CellReading", "Said", "decimal_literal", "read_cell"]

Said = tuple[IntakeCode | NoteCode, tuple[tuple[str, str], ...]]
Lookup = Callable[[Column, str], tuple[Term | None, tuple[Said, ...]]]

_TRUE = frozenset(("true", "yes", "y", "1", "ใช่", "จริง", "x", "✓", "✔"))
_FALSE = frozenset(("false", "no", "n", "0", "ไม่ใช่", "ไม่", "เท็จ"))
_SEPARATOR = re.compile(r"[;；\n]")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_READ_AS = frozenset(
    (
        NoteCode.THAI_DIGITS,
        NoteCode.GROUPED_DIGITS,
        NoteCode.MULTIPLIER,
        NoteCode.UNIT_IN_CELL,
        NoteCode.APPROXIMATE,
        NoteCode.EVERY,
    )
)
"""Notes that all say the same: that a number was read out of a text."""

_OPERATORS = {
    Comparison.GE: "at-least",
    Comparison.LE: "at-most",
    Comparison.EQ: "equal",
}


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says.

    Attributes:
        terms: One a value, in their order.
        said: What there is to remark.
        beside: Triples of the same row that the text says besides: predicate and term, to be
            taken where the row has no value of its own for the predicate.
    """

    terms: tuple[Term, ...] = ()
    said: tuple[Said, ...] = ()
    beside: tuple[tuple[NamedNode, Term], ...] = ()


def decimal_literal(value: Decimal) -> Literal:
    """Write a number as the graph does: with a point.

    >>> decimal_literal(Decimal("12")).value, decimal_literal(Decimal("0.50")).value
    ('12.0', '0.5')
    """
    text = format(value.normalize(), "f")
    return Literal(text if "." in text else f"{text}.0", datatype=XSD.decimal)


def read_cell(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    """Read a cell.

    Args:
        column: Says what the cell is to hold.
        cell: One that is not empty.
        lookup: Finds what a name means in a column of links or codes.
    """
    if not cell.cached:
        return CellReading(said=((IntakeCode.FORMULA_WITHOUT_VALUE, (("formula", cell.formula),)),))
    if cell.kind is CellKind.ERROR:
        return CellReading(said=((IntakeCode.CELL_ERROR, (("written", cell.text),)),))
    reading = _READERS[column.form](column, cell, lookup)
    if not cell.formula:
        return reading
    read = (IntakeCode.FORMULA_READ, (("formula", cell.formula), ("value", cell.text)))
    return CellReading(reading.terms, (*reading.said, read), reading.beside)


def _notes(notes: tuple[Note, ...]) -> tuple[Said, ...]:
    return tuple((each.code, each.params) for each in notes) if notes else ()


def _read_as(value: Decimal, notes: tuple[Note, ...], written: str) -> tuple[Said, ...]:
    """Say which number was read, once, where the cell holds more than that number."""
    number = ("number", f"{value.normalize():,f}")
    told = {code: params for code, params in _notes(notes)}
    if not told and not _PLAIN_NUMBER.fullmatch(written.strip()):
        told[NoteCode.UNIT_IN_CELL] = ()
    first = next((code for code in told if code in _READ_AS), None)
    return tuple(
        (code, (*params, number))
        for code, params in told.items()
        if code == first or code not in _READ_AS
    )


def _text(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    mended = mend_text(cell.text)
    if not mended.text:
        return CellReading(said=_notes(mended.notes))
    term = (
        Literal(mended.text, language=column.language) if column.language else Literal(mended.text)
    )
    return CellReading((term,), _notes(mended.notes))


def _code(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    reading = _text(column, cell, lookup)
    arabic = arabic_digits(cell.text)
    if arabic == cell.text:
        return reading
    said = (*reading.said, *_notes((note(NoteCode.THAI_DIGITS),)))
    terms = tuple(Literal(arabic_digits(t.value)) for t in reading.terms if isinstance(t, Literal))
    return CellReading(terms, said)


def _names(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    terms: list[Term] = []
    said: list[Said] = []
    for part in _SEPARATOR.split(cell.text) if column.many else [cell.text]:
        mended = mend_text(part)
        said += [each for each in _notes(mended.notes) if each[0] is not NoteCode.OUTER_BLANKS]
        if not mended.text:
            continue
        if not column.many and _SEPARATOR.search(mended.text):
            term, _ = lookup(column, mended.text)
            if term is None:
                several = (IntakeCode.SEVERAL_NAMES, (("written", mended.text),))
                return CellReading(said=(*said, several))
        if column.many and "," in mended.text and lookup(column, mended.text)[0] is None:
            found = [lookup(column, each.strip())[0] for each in mended.text.split(",")]
            if all(found):  # every part has a meaning of its own
                said.append((IntakeCode.SEVERAL_BY_COMMA, (("written", mended.text),)))
                terms += [each for each in dict.fromkeys(found) if each and each not in terms]
                continue
        term, more = lookup(column, mended.text)  # first: a code may be called “to be collected”
        waiting = read_waiting(mended.text) if term is None else None
        said += _notes(waiting.notes) if waiting and waiting.value is not None else more
        if term is not None and term not in terms:
            terms.append(term)
    return CellReading(tuple(terms), tuple(said))


def _year(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    text = cell.text
    if cell.kind is CellKind.NUMBER and cell.number is not None:
        text = format(cell.number.normalize(), "f")
    reading = read_year(text)
    if reading.value is None:
        return CellReading(said=_notes(reading.notes))
    return CellReading(
        (Literal(f"{reading.value:04d}", datatype=XSD.gYear),), _notes(reading.notes)
    )


def _date(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    if cell.kind is CellKind.DATE or _ISO_DATE.fullmatch(cell.text):
        day = _iso_date(cell.text[:10])
        if day and day.year < FIRST_BUDDHIST_YEAR:
            return CellReading((Literal(day.isoformat(), datatype=XSD.date),))
    reading = read_date(cell.text)
    if reading.value is None:
        return CellReading(said=_notes(reading.notes))
    return CellReading(
        (Literal(reading.value.isoformat(), datatype=XSD.date),), _notes(reading.notes)
    )


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    if cell.number is not None:
        return CellReading((decimal_literal(cell.number),))
    if cell.kind is CellKind.DATE or is_mistyped(cell.text):
        return CellReading(said=_notes((note(NoteCode.NOT_A_NUMBER, written=cell.text),)))
    reading = read_number(cell.text)
    if reading.value is not None:
        value = reading.value.value
        return CellReading((decimal_literal(value),), _read_as(value, reading.notes, cell.text))
    if any(each.code is NoteCode.WAITING_WORD for each in reading.notes):
        return CellReading(said=_notes(reading.notes))
    target = read_target(cell.text)
    if target.value is None or target.value.value is None or target.value.upper is not None:
        refused = tuple(each for each in target.notes if each.code.kind is NoteKind.REFUSED)
        if not refused or column.path != SWD.value:
            refused = (note(NoteCode.NOT_A_NUMBER, written=cell.text),)
        return CellReading(said=_notes(refused))
    if target.value.change is not Change.NONE or target.value.from_baseline:
        # By how much is no level that is to be reached, and to guess one would lie.
        return CellReading(said=_notes((*target.notes, note(NoteCode.TARGET_IN_WORDS))))
    operator = _OPERATORS.get(target.value.operator)
    beside = ((SWD.hasOperator, NamedNode(f"{BASE}code/operator/{operator}")),) if operator else ()
    value = target.value.value
    return CellReading((decimal_literal(value),), _read_as(value, target.notes, cell.text), beside)


def _integer(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    number = cell.number
    reading = read_number(cell.text) if number is None else None
    if reading is not None:
        number = reading.value.value if reading.value else None
    said = _notes(reading.notes) if reading else ()
    if number is None or number != number.to_integral_value():
        refused = said or _notes((note(NoteCode.NOT_A_NUMBER, written=cell.text),))
        return CellReading(said=refused)
    return CellReading((Literal(str(int(number)), datatype=XSD.integer),), said)


def _boolean(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    word = mend_text(cell.text).text.casefold()
    if word in _TRUE or word in _FALSE:
        return CellReading((Literal("true" if word in _TRUE else "false", datatype=XSD.boolean),))
    return CellReading(said=((IntakeCode.NOT_A_TRUTH_VALUE, (("written", cell.text),)),))


def _iri(column: Column, cell: Cell, lookup: Lookup) -> CellReading:
    text = mend_text(cell.text).text
    if _IRI.fullmatch(text):
        return CellReading((Literal(text, datatype=XSD.anyURI),))
    return CellReading(said=((IntakeCode.NOT_AN_IRI, (("written", cell.text),)),))


_READERS: dict[Form, Callable[[Column, Cell, Lookup], CellReading]] = {
    Form.CODE: _code,
    Form.TEXT: _text,
    Form.STRING: _text,
    Form.LINK: _names,
    Form.CONCEPT: _names,
    Form.YEAR: _year,
    Form.DATE: _date,
    Form.NUMBER: _number,
    Form.INTEGER: _integer,
    Form.BOOLEAN: _boolean,
    Form.IRI: _iri,
}
