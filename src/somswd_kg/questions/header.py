"""The header of a question file: what is asked, with what, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.language import NO_TEXT, Text

__all__ = ["Answerable", "Column", "Header", "Parameter", "ValueType", "stem"]


class ValueType(StrEnum):
    """Name what a column holds, or what a plain parameter takes."""

    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YEAR = "year"
    DATE = "date"
    BOOLEAN = "boolean"


class Answerable(StrEnum):
    """Say whether the shipped graph holds the answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describe one value that a question takes.

    Attributes:
        name: As in `$name`.
        type: A `ValueType`, or a kind of short name: `plan`, `element`, `body`, `code:SCHEME`.
        optional: Whether it may be left out; then every value matches.
        text: What it is for.
    """

    name: str
    type: str
    optional: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column of the answer.

    Attributes:
        name: As in `?name`; `label_en` and `label_th` are one column in two languages.
        type: What its cells hold.
        title: Its heading; empty when it has the usual one for its name.
    """

    name: str
    type: ValueType
    title: Text


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what the head of a question file says.

    Attributes:
        title: A few words.
        question: The sentence that a person would ask.
        id: `CQ16` or `Q1`; empty for a question that is in neither list.
        tags: Words to find it by.
        parameters: In the order of the file.
        columns: In the order of SELECT.
        sort: Names of columns (without `_en`, `_th`) to sort by in the reader's language.
        answers: Whether the shipped graph answers it; None for a hygiene query.
        why: Why it does so only in part, or not.
        note: What the reader of the answer must know.
        severity: Of a hygiene query's findings: violation, warning or info; else empty.
        problem: What a hygiene query finds.
        fix: What to do about it.
    """

    title: Text
    question: Text
    id: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    sort: tuple[str, ...] = ()
    answers: Answerable | None = None
    why: Text = NO_TEXT
    note: Text = NO_TEXT
    severity: str = ""
    problem: Text = NO_TEXT
    fix: Text = NO_TEXT

    @property
    def is_hygiene(self) -> bool:
        """Tell whether the rows are findings rather than an answer."""
        return bool(self.severity)


def stem(name: str) -> str:
    """Drop the language from a column's name.

    >>> stem("label_th"), stem("plan")
    ('label', 'plan')
    """
    return name[:-3] if name.endswith(("_en", "_th")) else name
