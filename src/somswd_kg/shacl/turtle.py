"""Write a validation report as RDF: the same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from somswd_kg.errors import ParameterError
from somswd_kg.shacl.pathsyntax import to_turtle
from somswd_kg.shacl.report import Report, Result
from somswd_kg.shacl.vocabulary import RDF, SH, XSD
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["write_report"]

_FORMATS = {
    "nt": "nt",
    "ntriples": "nt",
    "n-triples": "nt",
    "xml": "rdf",
    "rdf": "rdf",
    "rdfxml": "rdf",
    "json-ld": "jsonld",
    "jsonld": "jsonld",
}
_PREFIXES = {"sh": SH.base, "xsd": XSD.base, "rdf": RDF.base}


def write_report(report: Report, format: str = "turtle") -> str:
    """Write a report.

    Raises:
        ParameterError: The format is unknown.
    """
    turtle = _turtle(report)
    if format in ("turtle", "ttl"):
        return turtle
    if format not in _FORMATS:
        raise ParameterError(
            f"the format {format!r} is unknown", hint="use turtle, nt, xml or json-ld"
        )
    from pyoxigraph import RdfFormat, parse, serialize

    wanted = RdfFormat.from_extension(_FORMATS[format])
    triples = (q.triple for q in parse(turtle, RdfFormat.TURTLE))
    written = serialize(_numbered(triples, set(_labels(report, report.results))), format=wanted)
    return written.decode() if written is not None else ""


def _numbered(triples: Iterable[Triple], known: set[str]) -> Iterator[Triple]:
    """Number the blank nodes to which the parser gave a label by chance."""
    numbers: dict[str, BlankNode] = {}

    def named(term: Any) -> Any:
        if not isinstance(term, BlankNode) or term.value in known:
            return term
        return numbers.setdefault(term.value, BlankNode(f"report{len(numbers) + 1}"))

    for triple in triples:
        yield Triple(named(triple.subject), triple.predicate, named(triple.object))


def _labels(report: Report, results: Iterable[Result]) -> Iterator[str]:
    """List the labels that the report itself writes."""
    for result in results:
        told = (result.focus_node, result.value, result.source_shape, result.source_constraint)
        yield from (_label(report, term) for term in told if isinstance(term, BlankNode))
        yield from _labels(report, result.details)


def _turtle(report: Report) -> str:
    lines = [f"@prefix {prefix}: <{base}> ." for prefix, base in sorted(_PREFIXES.items())]
    lines += ["", "[] a sh:ValidationReport ;"]
    conforms = f"    sh:conforms {str(report.conforms).lower()}"
    if not report.results:
        return "\n".join([*lines, f"{conforms} .", ""])
    lines.append(f"{conforms} ;")
    bodies = ["\n".join(_result(report, result, "        ")) for result in report.results]
    blocks = [f"    sh:result [\n{body}\n    ]" for body in bodies]
    return "\n".join(lines) + "\n" + " ;\n".join(blocks) + " .\n"


def _result(report: Report, result: Result, indent: str) -> Iterator[str]:
    def term(value: Term) -> str:
        return _term(report, value)

    yield f"{indent}a sh:ValidationResult ;"
    yield f"{indent}sh:focusNode {term(result.focus_node)} ;"
    if result.path is not None:
        yield f"{indent}sh:resultPath {to_turtle(result.path)} ;"
    if result.value is not None:
        yield f"{indent}sh:value {term(result.value)} ;"
    yield f"{indent}sh:resultSeverity {term(result.severity)} ;"
    yield f"{indent}sh:sourceConstraintComponent {term(result.component)} ;"
    yield f"{indent}sh:sourceShape {term(result.source_shape)} ;"
    if result.source_constraint is not None:
        yield f"{indent}sh:sourceConstraint {term(result.source_constraint)} ;"
    for message in result.messages:
        yield f"{indent}sh:resultMessage {term(message)} ;"
    for detail in result.details:
        yield f"{indent}sh:detail ["
        yield from _result(report, detail, indent + "    ")
        yield f"{indent}] ;"


def _label(report: Report, node: BlankNode) -> str:
    return report.names.get(node.value, node.value)


def _term(report: Report, value: Term) -> str:
    if isinstance(value, BlankNode):
        return f"_:{_label(report, value)}"
    if isinstance(value, NamedNode) and value in SH:
        return "sh:" + value.value.removeprefix(SH.base)
    if isinstance(value, Literal) and value.datatype == XSD.boolean and value.value == "true":
        return "true"
    return str(value)
