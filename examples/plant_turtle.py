"""Plant into Turtle the faults of `faults.toml` that Turtle can hold; see `plant_faults.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from plant_faults import DRAFT, Fault, Table, Tables

from somswd_kg.api import KnowledgeGraph
from somswd_kg.drafts.cells import decimal_literal
from somswd_kg.drafts.columns import Column, Form
from somswd_kg.formats.rdf import read_quads
from somswd_kg.namespaces import SWD, XSD
from somswd_kg.terms import Literal, NamedNode, Term

Said = dict[tuple[str, str], list[Term]]
"""What is said: values by subject and predicate."""

PLAIN = (SWD.alignsWith.value, SWD.isLinkedTo.value)
"""Plain triples of claims, which readers make from the claims themselves."""
TYPED = {
    Form.YEAR: XSD.gYear,
    Form.DATE: XSD.date,
    Form.INTEGER: XSD.integer,
    Form.BOOLEAN: XSD.boolean,
}


def read_said() -> Said:
    """Read the example draft."""
    said: Said = {}
    for quad in read_quads(DRAFT.with_suffix(".ttl")):
        if quad.predicate.value not in PLAIN:
            key = quad.subject.value, quad.predicate.value
            said.setdefault(key, []).append(quad.object)
    return said


class Planter:
    """Changes what the draft says as a fault changes its cells."""

    def __init__(self, kg: KnowledgeGraph, tables: Tables) -> None:
        self._tables = tables
        self._lexicon = kg.lexicon
        self._columns = {
            (sheet.name["en"], column.heading("en")): column
            for sheet in kg.sheets
            for column in sheet.columns
        }
        self._by_code = {
            row[table.column("code") - 1]: row[0]
            for table in tables.values()
            if "code" in table.english
            for row in table.rows
        }

    def plant(self, said: Said, faults: Iterable[Fault]) -> Said:
        """Give what the draft says with the faults in it."""
        changed = {key: list(values) for key, values in said.items()}
        for fault in faults:
            for step, *arguments in fault.steps:
                assert step == "put", f"{fault.name}: Turtle has no cell to {step}"
                self._put(changed, *arguments)
        return changed

    def _put(self, said: Said, sheet: str, row: str, name: str, value: Any) -> None:
        column = self._columns[sheet, name]
        key = self.identifier(sheet, row), column.path.value
        kept = [
            term
            for term in said.get(key, ())
            if column.language and getattr(term, "language", None) != column.language
        ]
        said[key] = [*kept, *self._terms(column, value)]

    def _terms(self, column: Column, value: Any) -> Iterator[Term]:
        if value == "":
            return
        if column.form in (Form.LINK, Form.CONCEPT):
            for name in str(value).split("; "):
                entry = self._lexicon.find(name, column.range).one
                own = self._by_code.get(name) if column.form is Form.LINK else None
                yield NamedNode(own) if own or entry is None else entry.iri
        elif column.form is Form.NUMBER:
            yield decimal_literal(Decimal(str(value)))
        elif column.form is Form.TEXT:
            yield Literal(value, language=column.language)
        elif column.form in TYPED:
            yield Literal(_lexical(value), datatype=TYPED[column.form])
        else:
            yield Literal(value)

    def identifier(self, sheet: str, row: str) -> str:
        """Give the IRI of a row."""
        table: Table = self._tables[sheet]
        return table.identifiers[table.row(row) - 2]

    def predicate(self, sheet: str, column: str) -> str:
        """Give the IRI of a column's predicate."""
        return self._columns[sheet, column].path.value


def _lexical(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def write_turtle(said: Said, path: Path) -> dict[tuple[str, str], int]:
    """Write what is said, a triple a line.

    Returns:
        The first line of each subject, under an empty predicate, and of each of its predicates.
    """
    lines: list[str] = []
    places: dict[tuple[str, str], int] = {}
    for subject in dict.fromkeys(subject for subject, _ in said):
        found = [(p, term) for (s, p), terms in said.items() if s == subject for term in terms]
        places[subject, ""] = len(lines) + 1
        lines.append(f"<{subject}>")
        for number, (predicate, term) in enumerate(found, 1):
            places.setdefault((subject, predicate), len(lines) + 1)
            lines.append(f"    <{predicate}> {term} {'.' if number == len(found) else ';'}")
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return places


def expected(
    planter: Planter, faults: Sequence[Fault], places: dict[tuple[str, str], int]
) -> list[tuple[str, str, int]]:
    """Give rule, thing and line of every finding that the faults must cause, sorted.

    The line is the predicate's; 0 where the thing does not say anything of it, or where the code
    stands for the thing as a whole: then any line of the thing will do.
    """
    return sorted(
        {
            (
                rule,
                subject := planter.identifier(sheet, row),
                0
                if column == "code"
                else places.get((subject, planter.predicate(sheet, column)), 0),
            )
            for fault in faults
            for rule, sheet, row, column in fault.finds
        }
    )


def block_of(places: dict[tuple[str, str], int], line: int) -> str:
    """Give the thing in whose block a line is."""
    starts = {number: subject for (subject, predicate), number in places.items() if not predicate}
    return starts[max(number for number in starts if number <= line)]


def line_of(address: str) -> int:
    """Give the line of an address: `draft.ttl:12`."""
    found = re.search(r":(\d+)(:\d+)?$", address)
    assert found, address
    return int(found[1])


def write_all_turtle(
    folder: Path, tables: Tables, sets: Mapping[str, Sequence[Fault]]
) -> dict[str, list[tuple[str, str, int]]]:
    """Write each set of faults as a Turtle file, and give the key: rule, thing, line."""
    planter, said = Planter(KnowledgeGraph.load(), tables), read_said()
    (folder / "ttl").mkdir(exist_ok=True)
    key = {}
    for name, faults in sets.items():
        places = write_turtle(planter.plant(said, faults), folder / "ttl" / f"{name}.ttl")
        key[f"ttl/{name}.ttl"] = expected(planter, faults, places)
    return key
