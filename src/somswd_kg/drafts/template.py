"""The workbook to fill in, described from shapes and codes alone: nothing is listed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from somswd_kg.drafts.columns import Column, Form, NameRange, Sheet
from somswd_kg.drafts.guide import GUIDE_NAMES, guide_headings, guide_rows
from somswd_kg.drafts.headings import EXAMPLE_IDENTIFIER, IDENTIFIER_HEADING
from somswd_kg.drafts.lexicon import Lexicon
from somswd_kg.drafts.rows import CellValue, FilledRow
from somswd_kg.drafts.workbook import Choices, ColumnSpec, SheetSpec, Value, WorkbookSpec
from somswd_kg.language import buddhist_year, collation, local_name
from somswd_kg.model import REQUIRED_MARK
from somswd_kg.namespaces import SWD
from somswd_kg.terms import NamedNode

__all__ = ["CODES_SHEET", "BookLanguage", "describe_workbook"]

CODES_SHEET = "codes"
_GUIDE_WIDTH = 80.0
_ENTRY_ROWS = 1_000
_ACROSS = {
    "th": "หากมีหลายรายการ ให้คั่นด้วย ;",
    "en": "Put ; between several values.",
}
_REQUIRED = {"th": "จำเป็นต้องกรอก", "en": "Must be filled in."}
_WIDTHS = {
    Form.CODE: 14.0,
    Form.TEXT: 38.0,
    Form.STRING: 24.0,
    Form.LINK: 24.0,
    Form.CONCEPT: 24.0,
    Form.IRI: 30.0,
}
_NARROW = 13.0
_WRITTEN_AS_TEXT = frozenset((Form.CODE, Form.STRING, Form.LINK))
_EXAMPLE_YEAR = 2026
_EXAMPLE_DATE = date(2026, 1, 15)


class BookLanguage(StrEnum):
    """Name the language of a workbook's headings and labels.

    With `both`, Thai comes first, and years are of the Common Era, which both kinds of readers use.
    """

    TH = "th"
    EN = "en"
    BOTH = "both"

    @property
    def first(self) -> str:
        """Give the language of sheet names and labels.

        >>> BookLanguage.BOTH.first
        'th'
        """
        return "en" if self is BookLanguage.EN else "th"

    @property
    def buddhist(self) -> bool:
        """Tell whether years are written in the Buddhist era."""
        return self is BookLanguage.TH

    def put(self, texts: Mapping[str, str]) -> str:
        """Write a text in the language, or in both, one a line."""
        if self is BookLanguage.BOTH:
            return "\n".join(dict.fromkeys(filter(None, (texts.get("th"), texts.get("en")))))
        return texts.get(self.value) or texts.get("en") or texts.get("th", "")


class _Lists:
    """What the hidden sheet holds: a list of labels with their codes for each kind of choice."""

    def __init__(self, lexicon: Lexicon, columns: Iterable[Column], language: str) -> None:
        self._lexicon = lexicon
        self._language = language
        self._found: dict[NameRange, tuple[tuple[str, str], ...]] = {}
        for column in columns:
            if column.range and column.range not in self._found:
                self._found[column.range] = self._labels(column.range)
        self._kept = [range_ for range_, pairs in self._found.items() if pairs]

    def _labels(self, range_: NameRange) -> tuple[tuple[str, str], ...]:
        pairs = [
            (self._lexicon.written(entry, range_, self._language), entry.codes[0])
            for entry in self._lexicon.of(range_)
            if SWD.PlanElement not in entry.types  # another plan's rows are no choice for this one
        ]
        key = collation(label for label, _ in pairs)
        return tuple(sorted(pairs, key=lambda pair: key(pair[0])))

    def first_label(self, column: Column) -> str:
        """Give the first label that a column may hold; empty where it has no list."""
        pairs = self._found.get(column.range, ())
        return pairs[0][0] if pairs else ""

    def choices(self, column: Column) -> Choices | None:
        """Point at the list of a column; None where it is free or names rows only."""
        if column.range not in self._kept:
            return None
        place = self._kept.index(column.range)
        last = len(self._found[column.range]) + 1
        return Choices(CODES_SHEET, 2 * place + 1, 2, last, only_offer=column.many)

    def sheet(self) -> SheetSpec:
        """Describe the hidden sheet: for each list a column of labels and one of codes."""
        lists = [self._found[range_] for range_ in self._kept]
        columns = [
            spec
            for range_ in self._kept
            for spec in (ColumnSpec(_list_name(range_)), ColumnSpec("code"))
        ]
        longest = max(map(len, lists), default=0)
        rows = tuple(
            tuple(
                value
                for pairs in lists
                for value in (pairs[number] if number < len(pairs) else (None, None))
            )
            for number in range(longest)
        )
        return SheetSpec(CODES_SHEET, tuple(columns), rows, hidden=True)


def _list_name(range_: NameRange) -> str:
    return ", ".join(local_name(iri.value) for iri in (*range_.classes, *range_.schemes))


def describe_workbook(
    sheets: Sequence[Sheet],
    lexicon: Lexicon,
    language: BookLanguage,
    rows: Mapping[int, Sequence[FilledRow]] | None = None,
    *,
    kept: Mapping[int, Sequence[str]] | None = None,
    title: str = "",
) -> WorkbookSpec:
    """Describe the workbook.

    Args:
        sheets: What the shapes imply.
        lexicon: The names of what is shipped.
        language: Of headings, help and labels.
        rows: What to fill in, by the order of its sheet; without it each sheet has an example.
        kept: Headings of columns that mean nothing to us, by the order of their sheet; their texts
            are in the rows.
        title: Of the document.
    """
    columns = [column for sheet in sheets for column in sheet.columns]
    lists = _Lists(lexicon, columns, language.first)
    strange = kept or {}
    described = [
        _sheet(sheet, sheets, lists, language, rows, strange.get(sheet.order, ()))
        for sheet in sheets
    ]
    first = language.first
    guide = SheetSpec(
        GUIDE_NAMES[first],
        tuple(ColumnSpec(name, width=_GUIDE_WIDTH, wrap=True) for name in guide_headings(first)),
        guide_rows(sheets, first),
        entry_rows=0,
    )
    return WorkbookSpec((guide, *described, lists.sheet()), title)


def _sheet(
    sheet: Sheet,
    sheets: Sequence[Sheet],
    lists: _Lists,
    language: BookLanguage,
    rows: Mapping[int, Sequence[FilledRow]] | None,
    kept: Sequence[str],
) -> SheetSpec:
    columns = [ColumnSpec(IDENTIFIER_HEADING, hidden=True, as_text=True)]
    columns += [
        _column(column, lists.choices(column) or _row_codes(column, sheets, language), language)
        for column in sheet.columns
    ]
    columns += [ColumnSpec(heading, wrap=True, as_text=True) for heading in kept]
    if rows is None:
        filled: tuple[tuple[Value, ...], ...] = (tuple(_example(sheet, sheets, lists, language)),)
    else:
        filled = tuple(_cells(sheet, row) for row in rows.get(sheet.order, ()))
    return SheetSpec(
        sheet.name.get(language.first) or sheet.name["en"],
        tuple(columns),
        filled,
        entry_rows=_ENTRY_ROWS,
        frozen_columns=2 if sheet.code else 1,
        example_rows=1 if rows is None else 0,
    )


def _column(column: Column, choices: Choices | None, language: BookLanguage) -> ColumnSpec:
    mark = f" {REQUIRED_MARK}" if column.required else ""
    heading = language.put({name: column.heading(name) + mark for name in ("th", "en")})
    help_ = [language.put(column.help)]
    help_ += [language.put(_ACROSS)] if column.many else []
    help_ += [language.put(_REQUIRED)] if column.required else []
    return ColumnSpec(
        heading,
        help="\n".join(filter(None, help_)),
        required=column.required,
        width=_WIDTHS.get(column.form, _NARROW),
        as_text=column.form in _WRITTEN_AS_TEXT,
        choices=choices,
        wrap=True,
    )


def _target(column: Column, sheets: Sequence[Sheet]) -> Sheet | None:
    """Give the one sheet whose rows a column points at, where there is just one."""
    found = [sheet for sheet in sheets if sheet.cls in column.range.classes and sheet.code]
    return found[0] if len(found) == 1 else None


def _row_codes(column: Column, sheets: Sequence[Sheet], language: BookLanguage) -> Choices | None:
    """Offer the codes that stand on another sheet."""
    sheet = _target(column, sheets)
    if sheet is None or sheet.code is None:
        return None
    number = sheet.columns.index(sheet.code) + 2
    name = sheet.name.get(language.first) or sheet.name["en"]
    return Choices(name, number, 2, _ENTRY_ROWS + 1, only_offer=True)


def _cells(sheet: Sheet, row: FilledRow) -> tuple[Value, ...]:
    identifier = row.thing.value if isinstance(row.thing, NamedNode) else ""
    return (
        identifier or None,
        *(_cell(column, row.values.get(column)) for column in sheet.columns),
        *(text or None for text in row.kept),
    )


def _cell(column: Column, value: CellValue | None) -> Value:
    if column.form is Form.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def example_texts(sheets: Sequence[Sheet], lexicon: Lexicon) -> frozenset[str]:
    """List what stands in the cells of example rows, in whichever language.

    A row that is marked as one and holds anything else has been typed over.
    """
    lists = {
        language.first: _Lists(lexicon, [c for s in sheets for c in s.columns], language.first)
        for language in BookLanguage
    }
    return frozenset(
        _as_read(value)
        for language in BookLanguage
        for sheet in sheets
        for value in _example(sheet, sheets, lists[language.first], language)
        if value is not None
    )


def _as_read(value: Value) -> str:
    """Write a value as a reader of workbooks gives it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _example(
    sheet: Sheet, sheets: Sequence[Sheet], lists: _Lists, language: BookLanguage
) -> Iterator[Value]:
    yield EXAMPLE_IDENTIFIER
    for column in sheet.columns:
        if column == sheet.code and sheet.example:
            yield sheet.example.get(language.first)
        else:
            yield _example_cell(column, sheets, lists, language)


def _example_cell(
    column: Column, sheets: Sequence[Sheet], lists: _Lists, language: BookLanguage
) -> Value:
    """Give what the shape says, else what the column's form allows."""
    said = column.example.get(column.language or language.first)
    if said is not None:
        numeric = column.form in (Form.NUMBER, Form.INTEGER)
        return (_number(said) if numeric else said) or None
    match column.form:
        case Form.YEAR:
            return buddhist_year(_EXAMPLE_YEAR) if language.buddhist else _EXAMPLE_YEAR
        case Form.DATE:
            return _EXAMPLE_DATE
        case Form.BOOLEAN:
            return True
    label = lists.first_label(column)
    if label:
        return label
    target = _target(column, sheets)
    if target is None or target.code is None:
        return None
    return (target.example or target.code.example).get(language.first)


def _number(text: str) -> Value:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
