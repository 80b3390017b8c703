"""Findings that were written as JSON, read again: those of an earlier run, to compare with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from somswd_kg.errors import SourceError
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.model import Finding, Place, Severity

__all__ = ["read_findings"]

_HINT = "give a file that `somswd-kg validate --format json` wrote"


def read_findings(text: str | bytes, path: str = "") -> tuple[str, tuple[Finding, ...]]:
    """Read the findings of an earlier run; what was known then is not among them.

    Args:
        text: What `findings_as_json` wrote.
        path: Where it was, for errors.

    Returns:
        The name of what was checked, and the findings.

    Raises:
        SourceError: It is no JSON, or no report of findings.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"it is no JSON: {error.msg}"
        raise SourceError(
            what, path=path, line=error.lineno, column=error.colno, hint=_HINT
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise SourceError("it is no JSON in UTF-8", path=path, hint=_HINT) from error
    findings = content.get("findings") if isinstance(content, dict) else None
    if not isinstance(findings, list):
        raise SourceError("it is no report of findings", path=path, hint=_HINT)
    checked = content.get("checked")
    found = []
    for number, each in enumerate(findings, 1):
        try:
            found.append(_finding(each))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            what = f"finding {number} is not written as our reports write it"
            raise SourceError(what, path=path, hint=_HINT) from error
    return checked if isinstance(checked, str) else "", tuple(found)


def _finding(each: Mapping[str, Any]) -> Finding:
    place, label = each.get("place"), each.get("value_label")
    return Finding(
        rule=_string(each["rule"]),
        severity=Severity(each["severity"]),
        element=_string(each["element"]),
        label=_text(each["label"]),
        code=_string(each["code"]),
        message=_text(each["message"]),
        fix=_text(each["fix"]),
        reason=_text(each["reason"]),
        value=_string(each["value"]),
        value_label=_text(label) if label is not None else NO_TEXT,
        path=_string(each["path"]),
        place=_place(place) if place is not None else None,
        suggested=_string(each.get("suggested", "")),
        id=_string(each["id"]),
    )


def _place(place: Mapping[str, Any]) -> Place:
    """Read a place; which sheet of the file it was is not written, and not needed."""
    row, column = place["row"], place["column"]
    if not isinstance(row, int) or not isinstance(column, int):
        raise TypeError("a row and a column are numbers")
    name, heading = _string(place["sheet"]), _string(place["heading"])
    return Place(1, row, column, name, heading, _string(place.get("file", "")))


def _text(text: Mapping[str, Any]) -> Text:
    return Text(_string(text["en"]), _string(text["th"]))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value
