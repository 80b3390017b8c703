"""Write a validation report for people and for programs that know no RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from somswd_kg.errors import ParameterError
from somswd_kg.shacl.paths import to_sparql
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.vocabulary import SH
from somswd_kg.terms import BlankNode, NamedNode, Term

__all__ = ["render"]

_CONTROL, _UNKNOWN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]"), "\N{REPLACEMENT CHARACTER}"
"""What a message may hold of the data, and would move the cursor of a terminal."""


def render(report: Report, format: str = "text") -> str:
    """Write a report as `text`, `json` or `ttl`.

    Raises:
        ParameterError: The format is unknown.
    """
    if format == "ttl":
        return report.serialize("turtle")
    if format == "json":
        return json.dumps(_document(report), ensure_ascii=False, indent=2) + "\n"
    if format == "text":
        return "".join(f"{line}\n" for line in _lines(report))
    raise ParameterError(f"the format {format!r} is unknown", hint="use text, json or ttl")


def _lines(report: Report) -> Iterator[str]:
    for result in report.results:
        yield from _told(report, result, "")
    count = len(report.results)
    if count:
        yield f"The data does not conform: {count} result{'s' if count > 1 else ''}."
    else:
        yield "The data conforms."


def _told(report: Report, result: Result, indent: str) -> Iterator[str]:
    parts = [f"{_word(result.severity)}: {_show(report, result.focus_node)}"]
    if result.path is not None:
        parts.append(f"path {to_sparql(result.path)}")
    if result.value is not None:
        parts.append(f"value {_show(report, result.value)}")
    yield indent + ", ".join(parts)
    source = result.source_constraint or result.source_shape
    yield f"{indent}    {_word(result.component)} of {_show(report, source)}"
    if result.messages:
        for line in result.message().splitlines():
            yield f"{indent}    {_CONTROL.sub(_UNKNOWN, line)}"
    if result.details:
        yield f"{indent}    because:"
    for detail in result.details:
        yield from _told(report, detail, f"{indent}        ")


def _document(report: Report) -> dict[str, object]:
    return {
        "conforms": report.conforms,
        "results": [_item(report, result) for result in report.results],
        "shapesWithoutFocusNodes": list(report.unmet),
        **({"notes": list(report.notes)} if report.notes else {}),
    }


def _item(report: Report, result: Result) -> dict[str, object]:
    item: dict[str, object] = {"focusNode": _json(report, result.focus_node)}
    if result.path is not None:
        item["resultPath"] = to_sparql(result.path)
    if result.value is not None:
        item["value"] = _json(report, result.value)
    item["resultSeverity"] = result.severity.value
    item["sourceConstraintComponent"] = result.component.value
    item["sourceShape"] = _json(report, result.source_shape)
    if result.source_constraint is not None:
        item["sourceConstraint"] = _json(report, result.source_constraint)
    if result.messages:
        item["messages"] = [_json(report, message) for message in result.messages]
    if result.details:
        item["details"] = [_item(report, detail) for detail in result.details]
    return item


def _json(report: Report, term: Term) -> dict[str, str]:
    """Write a term as the SPARQL 1.1 results in JSON do."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": report.names.get(term.value, term.value)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        found["datatype"] = term.datatype.value
    return found


def _show(report: Report, term: Term) -> str:
    if isinstance(term, BlankNode):
        return f"_:{report.names.get(term.value, term.value)}"
    return term.value if isinstance(term, NamedNode) else str(term)


def _word(iri: NamedNode) -> str:
    return iri.value.removeprefix(SH.base).removesuffix("ConstraintComponent")
