"""The table that answers a question: for machines as terms, for readers in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any

from somswd_kg.language import Language, Text, collation, thai_date, thai_year
from somswd_kg.namespaces import BASE, XSD
from somswd_kg.questions.header import Column, ValueType, stem
from somswd_kg.questions.names import short_name
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["ReadableTable", "Row", "Table", "sort_rows"]

Row = tuple[Term | None, ...]
_YES_NO = {"true": Text("yes", "ใช่"), "1": Text("yes", "ใช่"), "false": Text("no", "ไม่ใช่")}
_SPOKEN = (
    BASE + "code/",
    BASE + "ns#",
    *(f"{BASE}id/{kind}/" for kind in ("agent", "body", "collective", "country", "post")),
)
"""What is shown by its label; everything else by its short name."""


@dataclass(frozen=True, slots=True)
class _Pick:
    """Positions that make one shown column; of a thing with labels the thing stands first."""

    positions: tuple[int, ...]
    has_code: bool


@dataclass(frozen=True, slots=True)
class ReadableTable:
    """Hold what a reader sees: headings and cells in one language.

    Attributes:
        title: Above the table.
        headings: One a column.
        rows: As many cells each.
        notes: Below the table.
        numeric: Which columns stand to the right.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold the answer to a question.

    Attributes:
        name: The question's name.
        title: A few words.
        columns: In the order of the query; `label_en` and `label_th` stand apart here.
        rows: One term a column, None where there is none.
        notes: What a reader must know: why it is in part, what is illustrative, the cautions of
            the sources.
        language: What `reading` takes when it is not told.
        labels: Labels of the IRIs in the cells, as far as there are any.
        paired: Whether `x_en` and `x_th` are one column to a reader.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    language: Language = Language.EN
    labels: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False)
    paired: bool = True

    def __len__(self) -> int:
        return len(self.rows)

    def reading(self, language: Language | None = None) -> ReadableTable:
        """Show it in one language, dates and years as people write them.

        `label_en` and `label_th` are one column, and with a column `label` of IRIs still one.
        """
        shown = language or self.language
        picks = self._picked(shown)
        first = [self.columns[pick.positions[0]] for pick in picks]
        return ReadableTable(
            self.title.in_(shown),
            tuple(column.title.in_(shown) for column in first),
            tuple(tuple(self._cell(row, pick, shown) for pick in picks) for row in self.rows),
            tuple(note.in_(shown) for note in self.notes),
            tuple(column.type in (ValueType.INTEGER, ValueType.DECIMAL) for column in first),
        )

    def _picked(self, language: Language) -> list[_Pick]:
        at = {column.name: position for position, column in enumerate(self.columns)}
        if not self.paired:
            return [_Pick((position,), False) for position in at.values()]
        picks: dict[str, _Pick] = {}
        for column in self.columns:
            base = stem(column.name)
            names = (base, f"{base}_{language}", f"{base}_{language.other}")
            found = tuple(at[name] for name in names if name in at)
            picks.setdefault(base, _Pick(found, base in at and len(found) > 1))
        return list(picks.values())

    def _cell(self, row: Row, pick: _Pick, language: Language) -> str:
        words = [row[position] for position in pick.positions]
        if pick.has_code:
            code, label = words[0], next((word for word in words[1:] if word is not None), None)
            if isinstance(label, Literal):
                spoken = isinstance(code, NamedNode) and code.value.startswith(_SPOKEN)
                if code is None or spoken:
                    return label.value
                return f"{self._show(code, ValueType.IRI, language)} {label.value}"
            return self._show(code, ValueType.IRI, language)
        term = next((word for word in words if word is not None), None)
        return self._show(term, self.columns[pick.positions[0]].type, language)

    def _show(self, term: Term | None, kind: ValueType, language: Language) -> str:
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            label = self.labels.get(term.value)
            if label and term.value.startswith(_SPOKEN):
                return label.in_(language)
            return short_name(term.value)
        if isinstance(term, BlankNode):
            return "[]"
        if kind is ValueType.BOOLEAN and term.value in _YES_NO:
            return _YES_NO[term.value].in_(language)
        if language is Language.TH:
            return _thai(term.value, kind)
        return term.value

    def to_pandas(self) -> Any:
        """Give a pandas DataFrame with Python values; pandas is imported now and not before."""
        pandas = import_module("pandas")

        names = [column.name for column in self.columns]
        rows = [[python_value(term) for term in row] for row in self.rows]
        return pandas.DataFrame(rows, columns=names)


def _thai(text: str, kind: ValueType) -> str:
    if kind is ValueType.YEAR and re.fullmatch(r"\d{4}", text):
        return thai_year(int(text))
    if kind is ValueType.DATE and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return thai_date(date.fromisoformat(text))
    return text


_NUMBERS = frozenset(
    XSD.base + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "gYear")
)


def number(term: Term | None) -> Decimal | None:
    """Give the number that a literal is, or None."""
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return None
    return None


def python_value(term: Term | None) -> Any:
    """Give a plain Python value: int, Decimal, bool, str, or None."""
    figure = number(term)
    if figure is not None:
        return int(figure) if figure == figure.to_integral_value() else figure
    if isinstance(term, Literal) and term.datatype.value == XSD.base + "boolean":
        return term.value in ("true", "1")
    return None if term is None else term.value


# -- order ------------------------------------------------------------------------------------

_DIGITS = re.compile(r"(\d+)")


def _words(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return short_name(term.value)
    return term.value if isinstance(term, Literal) else ""


def sort_rows(
    rows: Iterable[Row], columns: tuple[Column, ...], by: tuple[str, ...], language: Language
) -> tuple[Row, ...]:
    """Sort rows by columns: numbers as numbers, text by Thai collation, nothing first.

    Args:
        rows: The answer.
        columns: What the cells are.
        by: Names of columns, or of pairs without their language. What is shown by its label, as
            codes and bodies are, is sorted by it.
        language: Which of a pair counts; the other where it lacks.
    """
    table = list(rows)
    at = {column.name: position for position, column in enumerate(columns)}
    picks = [
        tuple(at[n] for n in (name, f"{name}_{language}", f"{name}_{language.other}") if n in at)
        for name in by
    ]
    texts = {_words(row[position]) for row in table for pick in picks for position in pick}
    key = collation(texts)

    def cell_key(row: Row, pick: tuple[int, ...]) -> tuple[Any, ...]:
        words = [row[position] for position in pick if row[position] is not None]
        spoken = words[1:] if _is_spoken(words) else words
        term = spoken[0] if spoken else None
        figure = number(term)
        if term is None:
            return (0,)
        if figure is not None:
            return (1, figure)
        return (2, _natural(_words(term), key))

    return tuple(sorted(table, key=lambda row: tuple(cell_key(row, pick) for pick in picks)))


def _is_spoken(words: Sequence[Term | None]) -> bool:
    """Tell whether an IRI is followed by the label under which it is shown."""
    code = words[0] if len(words) > 1 else None
    return isinstance(code, NamedNode) and code.value.startswith(_SPOKEN)


def _natural(text: str, key: Callable[[str], Any]) -> tuple[Any, ...]:
    """Make a key in which 3.2.10 comes after 3.2.9."""
    parts = _DIGITS.split(text)
    return tuple(int(part) if i % 2 else key(part) for i, part in enumerate(parts))
