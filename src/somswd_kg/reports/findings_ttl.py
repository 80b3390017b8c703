"""Findings as a W3C validation report in Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from somswd_kg.formats.rdf import write_quads
from somswd_kg.model import Finding, FindingReport, Severity
from somswd_kg.namespaces import BASE, PREFIXES, RDF, SH, SWD, XSD
from somswd_kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Resource, Term

__all__ = ["findings_as_turtle"]

_SEVERITIES = {
    Severity.VIOLATION: SH.Violation,
    Severity.WARNING: SH.Warning,
    Severity.INFO: SH.Info,
}
_REPORT = BlankNode("report")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\()*?]+")
_INVERSE = re.compile(rf"\^<({_IRI.pattern})>")


def findings_as_turtle(report: FindingReport) -> str:
    """Write a report that other tools of SHACL read; what is known is not in it.

    Severities are those of the stage. What SHACL did not find (hygiene queries, evidence) names
    its rule as the component.
    """
    conforms = Literal(str(not report.findings).lower(), datatype=XSD.boolean)
    quads = [_quad(_REPORT, RDF.type, SH.ValidationReport), _quad(_REPORT, SH.conforms, conforms)]
    for number, finding in enumerate(report.findings):
        quads += _result(BlankNode(f"result{number}"), finding)
    return write_quads(quads, "ttl", PREFIXES).decode()


def _quad(subject: Resource, predicate: NamedNode, value: Term) -> Quad:
    return Quad(subject, predicate, value, DefaultGraph())


def _thing(iri: str) -> Term:
    if iri.startswith("_:"):
        return BlankNode(iri[2:])
    return NamedNode(iri) if ":" in iri else Literal(iri)


def _result(node: BlankNode, finding: Finding) -> Iterator[Quad]:
    result = finding.result
    yield _quad(_REPORT, SH.result, node)
    yield _quad(node, RDF.type, SH.ValidationResult)
    yield _quad(node, SH.focusNode, result.focus if result else _thing(finding.element))
    yield _quad(node, SH.resultSeverity, _SEVERITIES[finding.severity])
    yield _quad(node, SWD.rule, Literal(finding.rule))
    for language, text in (("en", finding.message.en), ("th", finding.message.th)):
        if text:
            yield _quad(node, SH.resultMessage, Literal(text, language=language))
    component = result.component if result else f"{BASE}rule/{finding.rule}"
    yield _quad(node, SH.sourceConstraintComponent, NamedNode(component))
    value = result.value if result else _literal(finding.value)
    if value is not None:
        yield _quad(node, SH.value, value)
    yield from _path(node, finding.path)
    if finding.place:
        yield _quad(node, SWD.place, Literal(finding.place.address))
    if result and result.shape:
        yield _quad(node, SH.sourceShape, NamedNode(result.shape))
    if result and result.constraint:
        yield _quad(node, SH.sourceConstraint, NamedNode(result.constraint))


def _path(node: BlankNode, path: str) -> Iterator[Quad]:
    """Write a property, or one that is followed backwards; longer paths are left out."""
    inverse = _INVERSE.fullmatch(path)
    if inverse:
        back = BlankNode(f"{node.value}path")
        yield _quad(node, SH.resultPath, back)
        yield _quad(back, SH.inversePath, NamedNode(inverse[1]))
    elif _IRI.fullmatch(path):
        yield _quad(node, SH.resultPath, NamedNode(path))


def _literal(text: str) -> Literal | None:
    return Literal(text) if text else None
