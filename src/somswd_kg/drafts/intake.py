"""From the grids of a drafter's file to triples, with the place of each and what there is to say.

While a draft is checked each row is a node of its own, `urn:somswd-kg:draft:<hash>/<sheet>/<row>`,
with its code as notation: so doubles and missing codes can be seen. Lasting IRIs are minted only
when a draft is converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from somswd_kg.claims import Basis, plain_triples
from somswd_kg.drafts.cells import CellReading, Said, read_cell
from somswd_kg.drafts.columns import Column, Form, NameRange, Sheet
from somswd_kg.drafts.grid import Book, Cell, CellKind
from somswd_kg.drafts.headings import EXAMPLE_IDENTIFIER, Layout, find_layouts
from somswd_kg.drafts.lexicon import Lexicon
from somswd_kg.drafts.places import RowPlace, SourceMap
from somswd_kg.drafts.remarks import IntakeCode, Remark
from somswd_kg.drafts.similar import fold, nearest
from somswd_kg.language import arabic_digits
from somswd_kg.model import Place
from somswd_kg.namespaces import RDF, SWD
from somswd_kg.terms import NamedNode, Resource, Term, Triple

__all__ = ["Draft", "Row", "read_draft"]

_CLAUSE_WORD = re.compile(r"^(?:ข้อที่|ข้อ|ที่|no\.|no|#)\s*(?=[0-9๐-๙])", re.IGNORECASE)
_SHEET_AND_CODE = re.compile(r"(.+?)\s*(?:ข้อ|ที่|[\s:])\s*(?:ข้อ\s*|ที่\s*)?([0-9๐-๙]\S*)")
CLAIM_PREDICATES = {SWD.Alignment: SWD.alignsWith, SWD.CrossSectoralLink: SWD.isLinkedTo}
"""What a row of a sheet of claims says of its subject and object."""

UNLIKE = frozenset((Form.TEXT, Form.STRING, Form.CODE))
"""Forms of columns whose cells seldom say the same."""

CLAIMING = frozenset((RDF.subject, RDF.predicate, RDF.object, SWD.hasBasis))
Named = tuple[Term | None, tuple[Said, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the draft that holds a thing.

    Attributes:
        node: The thing, while the draft is checked.
        sheet: What it is.
        number: The row's number.
        identifier: What the hidden column says it was before; empty for a new thing.
        code: Its code as written, mended; empty where there is none.
    """

    node: NamedNode
    sheet: Sheet
    number: int
    identifier: str
    code: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was read.

    Attributes:
        rows: In the order of the sheets.
        triples: What the rows say, each once, with the plain triples of the rows that are claims.
        places: Where each stands.
        remarks: What was mended, read, assumed or refused, in the order of the places.
        refused: Cells that hold something that gave no value.
        unknown: Cells of unknown columns, kept so that they can be given back.
    """

    rows: tuple[Row, ...]
    triples: tuple[Triple, ...]
    places: SourceMap
    remarks: tuple[Remark, ...]
    refused: frozenset[Place]
    unknown: tuple[tuple[Place, str], ...]


def read_draft(
    book: Book,
    sheets: Iterable[Sheet],
    lexicon: Lexicon,
    *,
    key: str,
    plan_class: NamedNode = SWD.PlanVersion,
    language: str = "th",
    examples: Callable[[], Container[str]] = frozenset,
) -> Draft:
    """Read a draft.

    Args:
        book: The file's grids.
        sheets: What shapes imply.
        lexicon: The names of what is shipped: codes, bodies, frameworks.
        key: The hash that tells this draft's nodes from another's.
        plan_class: The class of the row that all elements belong to.
        language: Of the labels that are offered where a name is not known.
        examples: Gives what may stand in the cells of an example row.
    """
    return _Intake(book, tuple(sheets), lexicon, key, plan_class, language, examples).read()


class _Intake:
    """The state of one reading; `read` is its one use."""

    def __init__(
        self,
        book: Book,
        sheets: tuple[Sheet, ...],
        lexicon: Lexicon,
        key: str,
        plan_class: NamedNode,
        language: str,
        examples: Callable[[], Container[str]],
    ) -> None:
        self.examples = cache(examples)
        self.lexicon = lexicon
        self.key = key
        self.plan_class = plan_class
        self.language = language
        self.layouts, found = find_layouts(book, sheets)
        self.remarks = list(found)
        self.rows: list[Row] = []
        self.row_places: dict[Term, RowPlace] = {}
        self.cells: dict[tuple[Term, NamedNode, Term], Place] = {}
        self.languages: dict[tuple[Term, NamedNode], set[str]] = {}
        self.triples: dict[Triple, None] = {}
        self.refused: set[Place] = set()
        self.unknown: list[tuple[Place, str]] = []
        self.by_code: dict[str, list[Row]] = {}
        self.names: dict[tuple[Form, NameRange, str], Named] = {}
        self.readings: dict[tuple[int, CellKind, str], CellReading] = {}

    def read(self) -> Draft:
        """Read rows first, so that links find them, then their cells."""
        for layout in self.layouts:
            self._read_rows(layout)
        plan = next((row.node for row in self.rows if row.sheet.cls == self.plan_class), None)
        by_sheet = {layout.sheet.order: layout for layout in self.layouts}
        for row in self.rows:
            self._read_cells(by_sheet[row.sheet.order], row, plan)
        of_claims = tuple(t for t in self.triples if t.predicate in CLAIMING)
        for triple in plain_triples(of_claims, Basis.STATED, Basis.PROPOSED):
            self.triples.setdefault(triple)
        return Draft(
            tuple(self.rows),
            tuple(self.triples),
            SourceMap(self.row_places, self.cells, plan, self.languages),
            tuple(sorted(self.remarks, key=_order)),
            frozenset(self.refused.difference(self.cells.values())),
            tuple(self.unknown),
        )

    def _remark(self, code: IntakeCode, place: Place, *params: tuple[str, str]) -> None:
        self.remarks.append(Remark(code, place, params))

    def _read_rows(self, layout: Layout) -> None:
        seen: dict[str, int] = {}
        sheet = layout.sheet
        kind = sheet.cls.value.removeprefix(SWD.base).lower()
        for number, cells in sorted(layout.grid.rows.items()):
            values = {n: c for n, c in cells.items() if c.text.strip() or c.formula}
            filled = [n for n in layout.columns.values() if n in values]
            if number <= layout.heading_row or not filled:
                continue
            identifier = values[layout.identifier].text if layout.identifier in values else ""
            if identifier == EXAMPLE_IDENTIFIER and not self._is_typed_over(values, filled):
                self._remark(IntakeCode.EXAMPLE_ROW, layout.place(number, min(filled)))
                continue
            if identifier == EXAMPLE_IDENTIFIER:
                identifier = ""
            if identifier and identifier in seen:
                first = layout.place(seen[identifier], min(filled)).address
                place = layout.place(number, min(filled))
                self._remark(IntakeCode.DUPLICATE_ROW, place, ("first", first))
            seen.setdefault(identifier, number)
            if number in layout.grid.hidden_rows:
                self._remark(IntakeCode.HIDDEN_ROW, layout.place(number, min(filled)))
            code_column = layout.columns.get(sheet.code) if sheet.code else None
            code = arabic_digits(values[code_column].text.strip()) if code_column in values else ""
            node = NamedNode(f"urn:somswd-kg:draft:{self.key}/{kind}/{number}")
            row = Row(node, sheet, number, identifier, code)
            self.rows.append(row)
            self.row_places[node] = RowPlace(
                sheet, layout.place(number), layout.columns, layout.headings
            )
            if code:
                self.by_code.setdefault(fold(code), []).append(row)
            for column in layout.unknown:
                if column in values:
                    self.unknown.append((layout.place(number, column), values[column].text))

    def _is_typed_over(self, values: Mapping[int, Cell], filled: Iterable[int]) -> bool:
        """Tell whether a row that is marked as an example holds something else."""
        examples = self.examples()
        return examples != frozenset() and any(
            values[n].text.strip() not in examples for n in filled
        )

    def _read_cells(self, layout: Layout, row: Row, plan: NamedNode | None) -> None:
        node = row.node
        self._add(node, RDF.type, row.sheet.cls)
        predicate = CLAIM_PREDICATES.get(row.sheet.cls)
        if predicate is not None:
            self._add(node, RDF.predicate, predicate)
        elif plan is not None and node != plan:
            self._add(node, SWD.describedIn, plan)
        given: set[NamedNode] = set()
        beside: list[tuple[Place, NamedNode, Term]] = []
        for column, number in layout.columns.items():
            cell = self._cell(layout, row.number, number)
            if cell is None:
                continue
            place = layout.place(row.number, number)
            reading = self._reading(column, cell)
            if reading.said:
                self._say(reading.said, place)
            for term in reading.terms:
                given.add(column.path)
                self._put(node, column, term, place)
            beside += [(place, each, term) for each, term in reading.beside]
        for place, each, term in beside:
            if each not in given:
                self._add(node, each, term)
                self.cells.setdefault((node, each, term), place)
            elif Triple(node, each, term) not in self.triples:
                other = layout.sheet.column(each)
                name = other.name.get(self.language, "") if other else ""
                self._remark(IntakeCode.SAID_OTHERWISE, place, ("column", name))
        if predicate is not None and SWD.hasBasis not in given:
            self._add(node, SWD.hasBasis, Basis.PROPOSED.term)

    def _reading(self, column: Column, cell: Cell) -> CellReading:
        """Read a cell; one that says the same as another of its column is read once."""
        if column.form in UNLIKE or cell.formula:
            return read_cell(column, cell, self._look_up)
        key = (id(column), cell.kind, cell.text)
        known = self.readings.get(key)
        if known is None:
            known = self.readings[key] = read_cell(column, cell, self._look_up)
        return known

    def _cell(self, layout: Layout, row: int, column: int) -> Cell | None:
        cell = layout.grid.cell(row, column)
        if cell is None:
            holder = layout.grid.covered.get((row, column))
            if holder is None or holder[1] != column:
                return None  # a range merged across columns speaks for its own column alone
            cell = layout.grid.cell(*holder)
            if cell is not None:
                place = layout.place(row, column)
                self._remark(IntakeCode.MERGED, place, ("from", layout.place(*holder).address))
        return cell if cell is not None and (cell.text.strip() or cell.formula) else None

    def _say(self, said: Iterable[Said], place: Place) -> None:
        for code, params in said:
            remark = Remark(code, place, params)
            self.remarks.append(remark)
            if remark.refuses:
                self.refused.add(place)

    def _put(self, node: NamedNode, column: Column, term: Term, place: Place) -> None:
        if column.inverse:
            if isinstance(term, NamedNode):
                self._add(term, column.path, node)
        else:
            self._add(node, column.path, term)
        if column.language:
            self.languages.setdefault((node, column.path), set()).add(column.language)
        self.cells.setdefault((node, column.path, term), place)

    def _add(self, subject: Resource, predicate: NamedNode, value: Term) -> None:
        self.triples.setdefault(Triple(subject, predicate, value))

    def _look_up(self, column: Column, text: str) -> Named:
        """Find what a name means, once for all cells of such columns that hold it."""
        key = (column.form, column.range, text)
        if key not in self.names:
            self.names[key] = self._meaning(column, text)
        return self.names[key]

    def _meaning(self, column: Column, text: str) -> Named:
        """Find what a name means: a row's code first, then what is shipped."""
        if column.form is Form.LINK:
            rows = self._rows_named(column, text)
            if len(rows) == 1:
                return rows[0].node, ()
            if rows:
                row = "แถว" if self.language == "th" else "row"
                names = (
                    f"{r.sheet.name.get(self.language, '')} {r.code} ({row} {r.number})"
                    for r in rows
                )
                candidates = "; ".join(dict.fromkeys(names))
                params = (("written", text), ("candidates", candidates))
                return None, ((IntakeCode.AMBIGUOUS_CODE, params),)
            if self._is_between_sheets(column):
                params = (("written", text), ("near", "; ".join(self._near_codes(column, text))))
                return None, ((IntakeCode.UNKNOWN_NAME, params),)
        found = self.lexicon.find(text, column.range, language=self.language)
        if found.one is not None:
            return found.one.iri, _other_case(text, found.one.names)
        if found.entries:
            names = (f"{e.shown(self.language)} ({e.codes[0]})" for e in found.entries)
            params = (("written", text), ("candidates", "; ".join(names)))
            return None, ((IntakeCode.AMBIGUOUS_NAME, params),)
        near = found.near or self._near_codes(column, text)
        params = (("written", text), ("near", "; ".join(near)))
        return None, ((IntakeCode.UNKNOWN_NAME, params),)

    def _is_between_sheets(self, column: Column) -> bool:
        """Tell whether a column names elements of a plan: those of the draft, and no others."""
        return bool(column.range.classes) and all(
            self.lexicon.is_subclass(cls, SWD.PlanElement) for cls in column.range.classes
        )

    def _rows_named(self, column: Column, text: str) -> list[Row]:
        """List the rows that a text names by code, or by sheet and code: `ผลลัพธ์ 3.2.1`."""
        for code in (text, _CLAUSE_WORD.sub("", text)):
            fitting = [r for r in self.by_code.get(fold(code), ()) if self._fits(column, r.sheet)]
            if fitting:
                return fitting
        sheet_and_code = _SHEET_AND_CODE.fullmatch(text)
        if not sheet_and_code:
            return []
        wanted = fold(sheet_and_code[1])
        return [
            r
            for r in self.by_code.get(fold(sheet_and_code[2]), ())
            if self._fits(column, r.sheet)
            and wanted
            in {
                *(fold(name) for name in r.sheet.name.values()),
                fold(r.sheet.cls.value.removeprefix(SWD.base)),
            }
        ]

    def _fits(self, column: Column, sheet: Sheet) -> bool:
        return not column.range or any(
            self.lexicon.is_subclass(sheet.cls, cls) for cls in column.range.classes
        )

    def _near_codes(self, column: Column, text: str) -> tuple[str, ...]:
        codes = (r.code for r in self.rows if r.code and self._fits(column, r.sheet))
        return tuple(found.text for found in nearest(text, codes, 3))


def _other_case(text: str, names: Iterable[str]) -> tuple[Said, ...]:
    """Say that a name was written in other letters than it has, where that is all that differs."""
    alike = [name for name in names if name.casefold() == text.casefold()]
    if not alike or text in alike:
        return ()
    return ((IntakeCode.OTHER_CASE, (("written", text), ("meant", alike[0]))),)


def _order(remark: Remark) -> tuple[tuple[int, int, int], str]:
    place = remark.place
    return ((place.sheet, place.row, place.column) if place else (0, 0, 0), str(remark.code))
