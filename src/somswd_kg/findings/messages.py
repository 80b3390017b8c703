"""The sentence of a finding: from the templates on the shape, with the values that were found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from somswd_kg.findings.rules import Rule
from somswd_kg.language import (
    FIRST_BUDDHIST_YEAR,
    NO_TEXT,
    Language,
    Text,
    thai_text_of_date,
    thai_year,
)
from somswd_kg.namespaces import SH, XSD
from somswd_kg.terms import Literal

__all__ = ["Circumstances", "filled", "literal_text", "message_of"]

_PLACEHOLDER = re.compile(r"(\{\??[\w-]+\})")
_KEPT = 1_024
"""How many templates are kept in pieces: those of the shapes, and some messages with values."""
_SPARQL = SH.base + "SPARQLConstraintComponent"
_CODE_IN_THAI = re.compile(r"ข้อ ?\{code\}")
_WHOLE = re.compile(r"(-?[0-9]+)[.]0+")
_MIN = SH.base + "MinCountConstraintComponent"
_MAX = SH.base + "MaxCountConstraintComponent"
_QUALIFIED_MIN = SH.base + "QualifiedMinCountConstraintComponent"
_QUALIFIED_MAX = SH.base + "QualifiedMaxCountConstraintComponent"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a sentence may name.

    Attributes:
        component: IRI of the constraint component.
        code: The thing's code; empty when it has none.
        label: What the thing is called.
        value: What was found, as a reader would write it, in both languages.
        count: How many values there are at the path.
        limit: How many are asked for, or allowed.
        classifier: The word that counts such values.
        source_record: The thing was read from a source: what is empty is a fact about the source.
        row: What to call a thing without code and label: `row 5`.
    """

    component: str
    code: str = ""
    label: Text = NO_TEXT
    value: Text = NO_TEXT
    count: int = 0
    limit: int = 0
    classifier: Text = NO_TEXT
    source_record: bool = False
    row: Text = NO_TEXT


def message_of(rule: Rule, found: Circumstances, plain: Text) -> Text:
    """Choose the template that fits and fill it in.

    Args:
        rule: What the shape says of it.
        found: What was found.
        plain: The message of the result, for rules without a template.
    """
    template = _template(rule, found) or plain or rule.message
    return Text(_filled(template.en, found, Language.EN), _filled(template.th, found, Language.TH))


def _template(rule: Rule, found: Circumstances) -> Text | None:
    missing = found.component in (_MIN, _QUALIFIED_MIN)
    if found.source_record and rule.not_stated and (missing or found.component == _SPARQL):
        return rule.not_stated
    if missing:
        return (rule.zero if found.count == 0 else rule.too_few) or rule.zero or None
    if found.component in (_MAX, _QUALIFIED_MAX):
        return rule.too_many or None
    return rule.template or None


def _filled(template: str, found: Circumstances, language: Language) -> str:
    label = found.label.in_(language)
    named = found.code or (f"“{label}”" if label else found.row.in_(language))
    if not found.code:
        template = _CODE_IN_THAI.sub(" {code}", template)
    values = {
        "code": named,
        "label": label or named,
        "value": found.value.in_(language),
        "count": str(found.count),
        "limit": str(found.limit),
        "classifier": found.classifier.in_(language),
    }
    return " ".join(filled(template, values).split())


def filled(template: str, values: Mapping[str, str]) -> str:
    """Put values into the places of a template; a place without a value stays as it is.

    >>> filled("“{written}” is not known.", {"written": "ACWD"})
    '“ACWD” is not known.'
    """
    return "".join(values.get(name, text) for text, name in _pieces(template))


@lru_cache(_KEPT)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Part a template at its places: each piece as it stands, and the name of one to be filled."""
    pieces = _PLACEHOLDER.split(template)
    return tuple((piece, piece.strip("{?}") if i % 2 else "") for i, piece in enumerate(pieces))


def literal_text(value: Literal) -> Text:
    """Write a value as a reader would: years and days in the reader's era, 80 and not 80.0.

    >>> literal_text(Literal("2026-02-01", datatype=XSD.date)).th
    '1 กุมภาพันธ์ 2569'
    """
    text = value.value
    if value.datatype == XSD.gYear and text.isdigit() and int(text) < FIRST_BUDDHIST_YEAR:
        return Text(text, thai_year(int(text)))
    if value.datatype == XSD.date:
        return Text(text, thai_text_of_date(text))
    if value.datatype == XSD.decimal and (whole := _WHOLE.fullmatch(text)):
        return Text(whole[1], whole[1])
    return Text(text, text)
