"""Values of parameters: from what a person writes to a term."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from somswd_kg.errors import ParameterError
from somswd_kg.language import BUDDHIST_ERA_OFFSET, FIRST_BUDDHIST_YEAR, arabic_digits
from somswd_kg.namespaces import XSD
from somswd_kg.questions.catalogue import Question
from somswd_kg.questions.header import Parameter, ValueType
from somswd_kg.questions.names import Names
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["Value", "read_values"]

Value = str | int | Decimal | bool | date | NamedNode | Literal

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WORDS |= {"ใช่": True, "ไม่ใช่": False}


def read_values(question: Question, values: Mapping[str, Value], names: Names) -> dict[str, Term]:
    """Turn what was written for a question's parameters into terms.

    Args:
        question: What is asked.
        values: By parameter; text is read as the parameter's type says.
        names: Where short names are looked up.

    Raises:
        ParameterError: A parameter is unknown or missing, or a value is none of its type.
    """
    terms = {
        name: _read(question.parameter(name), value, names)
        for name, value in sorted(values.items())
    }
    for parameter in question.header.parameters:
        if parameter.name not in terms and not parameter.optional:
            hint = f"add {parameter.name}=…: {parameter.text.en}"
            what = f"question '{question.name}' needs '{parameter.name}'"
            raise ParameterError(what, hint=hint)
    return terms


def _read(parameter: Parameter, value: Value, names: Names) -> Term:
    if isinstance(value, BlankNode):
        raise ParameterError(f"'{parameter.name}' cannot be a blank node", hint="write an IRI")
    if isinstance(value, NamedNode | Literal):
        return value
    text = str(value).strip() if not isinstance(value, bool) else str(value).lower()
    if parameter.type not in tuple(ValueType) or parameter.type == ValueType.IRI:
        try:
            return names.find(text, parameter.type)
        except ParameterError as error:
            raise ParameterError(f"{parameter.name}: {error.what}", hint=error.hint) from error
    literal = _literal(ValueType(parameter.type), text)
    if literal is None:
        what = f"{parameter.name}: '{text}' is no {parameter.type}"
        raise ParameterError(what, hint=_HINTS.get(parameter.type, ""))
    return literal


_HINTS = {
    "year": "write 2025, or 2568 for the same year in the Buddhist Era",
    "date": "write it as 2022-02-22",
    "boolean": "write true or false",
    "integer": "write a whole number",
    "decimal": "write a number with a point, such as 12.5",
}


def _typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD.base + name))


def _literal(kind: ValueType, text: str) -> Literal | None:
    """Give the literal, or None where the text is none of its kind."""
    plain = arabic_digits(text)
    if kind is ValueType.STRING:
        return Literal(text)
    if kind is ValueType.BOOLEAN:
        known = _WORDS.get(text.lower())
        return None if known is None else _typed(str(known).lower(), "boolean")
    if kind is ValueType.INTEGER and re.fullmatch(r"[+-]?\d+", plain):
        return _typed(str(int(plain)), "integer")
    if kind is ValueType.DECIMAL:
        return _decimal(plain)
    if kind is ValueType.YEAR:
        return _year(plain)
    if kind is ValueType.DATE:
        return _date(plain)
    return None


def _decimal(text: str) -> Literal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return _typed(f"{value:f}", "decimal") if value.is_finite() else None


def _year(text: str) -> Literal | None:
    found = re.fullmatch(r"(?:พ\.ศ\.|ค\.ศ\.)?\s*(\d{4})", text)
    if not found:
        return None
    year = int(found[1])
    common = text.startswith("ค.ศ.") or year < FIRST_BUDDHIST_YEAR
    return _typed(f"{year if common else year - BUDDHIST_ERA_OFFSET:04d}", "gYear")


def _date(text: str) -> Literal | None:
    try:
        return _typed(date.fromisoformat(text).isoformat(), "date")
    except ValueError:
        return None
