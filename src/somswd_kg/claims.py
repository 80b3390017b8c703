"""Claims and the plain triples that follow from them.

A claim says a statement (`rdf:subject`, `rdf:predicate`, `rdf:object`) and on what it rests
(`swd:hasBasis`). Shapes and questions read plain triples; so each claim that is *stated* or
*proposed* gives one, in a graph that says which of the two it is. A claim that was *reviewed
without a match* gives none: the record itself is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.namespaces import BASE, RDF, SWD
from somswd_kg.terms import BlankNode, NamedNode, Resource, Term, Triple

__all__ = ["Basis", "Claim", "plain_triples", "read_claims"]


class Basis(StrEnum):
    """On what a claim rests: the codes of `code/basis`."""

    STATED = "stated"
    PROPOSED = "proposed"
    REVIEWED_NO_MATCH = "reviewed-no-match"

    @property
    def term(self) -> NamedNode:
        """Give the code's IRI."""
        return NamedNode(f"{BASE}code/basis/{self.value}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that someone could dispute; None where the data lacks a part."""

    iri: Resource
    subject: Term | None
    predicate: Term | None
    object: Term | None
    basis: Term | None

    def plain(self) -> Triple | None:
        """Give the statement as a triple, or None where a part is missing or no triple can be."""
        if (
            isinstance(self.subject, NamedNode | BlankNode)
            and isinstance(self.predicate, NamedNode)
            and self.object is not None
        ):
            return Triple(self.subject, self.predicate, self.object)
        return None


def read_claims(triples: Iterable[Triple]) -> tuple[Claim, ...]:
    """Collect the claims of a graph, in the order in which their bases stand in it.

    Args:
        triples: All triples of the graph; those that belong to no claim are passed over.

    Returns:
        One claim for each subject of `swd:hasBasis`.
    """
    parts: dict[Resource, dict[NamedNode, Term]] = {}
    claims: dict[Resource, Term] = {}
    basis_of = SWD.hasBasis
    wanted = {RDF.subject, RDF.predicate, RDF.object, basis_of}
    for subject, predicate, value in triples:
        if predicate not in wanted or isinstance(subject, Triple) or isinstance(value, Triple):
            continue  # RDF 1.2 triple terms: no claim of ours is written so
        if predicate == basis_of:
            claims.setdefault(subject, value)
        else:
            parts.setdefault(subject, {})[predicate] = value
    none: dict[NamedNode, Term] = {}
    return tuple(
        Claim(
            iri,
            parts.get(iri, none).get(RDF.subject),
            parts.get(iri, none).get(RDF.predicate),
            parts.get(iri, none).get(RDF.object),
            basis,
        )
        for iri, basis in claims.items()
    )


def plain_triples(triples: Iterable[Triple], *bases: Basis) -> tuple[Triple, ...]:
    """Give the plain triples of the claims with some bases, each once, sorted by basis and text.

    >>> from somswd_kg.terms import NamedNode as N
    >>> a, b, c = N("urn:a"), N("urn:b"), N("urn:claim")
    >>> claim = [Triple(c, RDF.subject, a), Triple(c, RDF.predicate, SWD.leadsTo),
    ...          Triple(c, RDF.object, b), Triple(c, SWD.hasBasis, Basis.PROPOSED.term)]
    >>> [str(t.predicate) for t in plain_triples(claim, Basis.PROPOSED)]
    ['<https://w3id.org/somswd-kg/ns#leadsTo>']
    >>> plain_triples(claim, Basis.STATED)
    ()
    """
    claims = read_claims(triples)
    found: dict[Triple, None] = {}
    for basis in bases:
        if basis is Basis.REVIEWED_NO_MATCH:
            continue
        plain = {claim.plain() for claim in claims if claim.basis == basis.term}
        found |= dict.fromkeys(sorted((t for t in plain if t is not None), key=str))
    return tuple(found)
