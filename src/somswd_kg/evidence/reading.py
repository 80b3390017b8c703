"""Collect from a graph what its evidence consists of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from somswd_kg.evidence.model import Clause, EvidenceSet, Quote, Slip, Source
from somswd_kg.ports import Store
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["read_evidence"]

_PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX swd: <https://w3id.org/somswd-kg/ns#>
"""
_SOURCES = """SELECT ?source ?file ?sha WHERE {
  ?source swd:storedAs ?file . OPTIONAL { ?source swd:sha256 ?sha }
} ORDER BY ?source"""
# Evidence of a page that is not kept here has no quote and is none of ours.
_QUOTES = """SELECT ?evidence ?source ?exact ?prefix ?suffix ?start ?end WHERE {
  ?evidence a swd:Evidence .
  OPTIONAL { ?evidence oa:hasSource ?source }
  OPTIONAL {
    ?evidence oa:hasSelector ?quote . ?quote oa:exact ?exact .
    OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix }
  }
  OPTIONAL { ?evidence oa:hasSelector ?range . ?range oa:start ?start ; oa:end ?end }
  FILTER(BOUND(?exact) || BOUND(?start) || !BOUND(?source)
    || EXISTS { ?source swd:storedAs ?file })
} ORDER BY ?evidence ?start ?exact"""
_SLIPS = """SELECT ?slip ?source ?printed ?mended ?start ?end WHERE {
  ?slip swd:isSlipIn ?evidence ; swd:printed ?printed ; swd:mended ?mended ;
    oa:start ?start ; oa:end ?end .
  ?evidence oa:hasSource ?source .
} ORDER BY ?source ?start"""
_CLAUSES = """SELECT ?element ?evidence ?statement ?label WHERE {
  ?kind rdfs:subClassOf swd:PlanElement .
  ?element a ?kind ; swd:hasEvidence ?evidence .
  OPTIONAL { ?element swd:statement ?statement FILTER(LANG(?statement) = "th") }
  OPTIONAL { ?element skos:prefLabel ?label FILTER(LANG(?label) = "th") }
} ORDER BY ?element ?evidence"""
_HEADINGS = """SELECT DISTINCT ?evidence WHERE {
  ?list a swd:ElementList ; swd:hasEvidence ?evidence
} ORDER BY ?evidence"""


def read_evidence(store: Store, graphs: Sequence[str] | None = None) -> EvidenceSet:
    """Collect quotes, slips and clauses.

    Args:
        store: Where the graph is.
        graphs: The graphs to read; None for all.
    """

    def rows(query: str) -> Iterator[tuple[Term | None, ...]]:
        return iter(store.select(_PREFIXES + query, graphs=graphs))

    sources = tuple(Source(_text(i), _text(f), _text(s)) for i, f, s in rows(_SOURCES))
    quotes = {
        _text(iri): Quote(_text(iri), _text(src), _text(exact), _maybe(before), _maybe(after),
                          _number(start), _number(end))
        for iri, src, exact, before, after, start, end in rows(_QUOTES)
    }  # fmt: skip
    slips = {
        _text(iri): Slip(_text(iri), _text(src), _text(printed), _text(mended),
                         _number(start) or 0, _number(end) or 0)
        for iri, src, printed, mended, start, end in rows(_SLIPS)
    }  # fmt: skip
    clauses: dict[str, Clause] = {}
    for element, evidence, statement, label in rows(_CLAUSES):
        clause = Clause(_text(element), _text(evidence), _text(statement), _text(label))
        known = clauses.get(clause.iri)
        # An element may rest on further passages; its clause is the longest of them.
        if known is None or _length(quotes, clause) > _length(quotes, known):
            clauses[clause.iri] = clause
    return EvidenceSet(
        sources,
        tuple(quotes.values()),
        tuple(slips.values()),
        tuple(clauses.values()),
        tuple(_text(evidence) for (evidence,) in rows(_HEADINGS)),
    )


def _length(quotes: dict[str, Quote], clause: Clause) -> int:
    quote = quotes.get(clause.evidence)
    return len(quote.exact) if quote else 0


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _maybe(term: Term | None) -> str | None:
    return None if term is None else _text(term)


def _number(term: Term | None) -> int | None:
    text = _text(term)
    return int(text) if text.isdecimal() else None
