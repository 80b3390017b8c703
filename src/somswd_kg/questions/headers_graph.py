"""The catalogue as data: what the headers say, as triples of each question's own graph."""

from __future__ import annotations

from somswd_kg.language import Text
from somswd_kg.namespaces import BASE, DCTERMS, RDF, RDFS, SH
from somswd_kg.questions.catalogue import Question
from somswd_kg.terms import Literal, NamedNode, Triple

__all__ = ["header_triples"]

_KEYWORDS = NamedNode("https://schema.org/keywords")


def header_triples(question: Question) -> tuple[Triple, ...]:
    """Say what a question is, in the terms that catalogues of queries share."""
    iri = NamedNode(f"{BASE}query/{question.name}")
    header = question.header
    triples = [
        Triple(iri, RDF.type, SH.SPARQLSelectExecutable),
        *_texts(iri, RDFS.label, header.title),
        *_texts(iri, RDFS.comment, header.question or header.problem),
        Triple(iri, SH.select, Literal(question.select.text)),
    ]
    if header.id:
        triples.append(Triple(iri, DCTERMS.identifier, Literal(header.id)))
    triples += (Triple(iri, _KEYWORDS, Literal(tag)) for tag in header.tags)
    return tuple(triples)


def _texts(iri: NamedNode, predicate: NamedNode, text: Text) -> list[Triple]:
    return [
        Triple(iri, predicate, Literal(value, language=language))
        for language, value in (("en", text.en), ("th", text.th))
        if value
    ]
