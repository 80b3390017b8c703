"""An index over triples, for the few graphs that are read term by term: shapes, codes, drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from somswd_kg.namespaces import RDF
from somswd_kg.terms import BlankNode, Literal, NamedNode, Resource, Term, Triple

__all__ = ["Triples"]


class Triples:
    """Triples by subject and by predicate and object; order of insertion is kept.

    >>> n = NamedNode
    >>> index = Triples([Triple(n("urn:a"), n("urn:p"), Literal("x", language="en"))])
    >>> index.text(n("urn:a"), n("urn:p"), "en")
    'x'
    """

    __slots__ = ("_by_predicate", "_by_subject")

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[Resource, dict[NamedNode, list[Term]]] = {}
        self._by_predicate: dict[NamedNode, dict[Term, list[Resource]]] = {}
        subjects = self._by_subject
        for subject, predicate, value in triples:
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            of_subject = subjects.get(subject)
            if of_subject is None:
                of_subject = subjects[subject] = {}
            values = of_subject.get(predicate)
            if values is None:
                of_subject[predicate] = [value]
            else:
                values.append(value)

    def __contains__(self, subject: object) -> bool:
        return subject in self._by_subject

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._by_subject)

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """List what a subject has for a predicate, in the order in which it was given."""
        if isinstance(subject, Literal):
            return ()
        return tuple(self._by_subject.get(subject, {}).get(predicate, ()))

    def one(self, subject: Term, predicate: NamedNode) -> Term | None:
        """Give the first object, or None."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Resource, ...]:
        """List the subjects that have a value for a predicate."""
        return tuple(self._of_predicate(predicate).get(value, ()))

    def _of_predicate(self, predicate: NamedNode) -> dict[Term, list[Resource]]:
        """Give the subjects of a predicate by object; sorted out when they are first asked for."""
        known = self._by_predicate.get(predicate)
        if known is None:
            known = self._by_predicate[predicate] = {}
            for subject, statements in self._by_subject.items():
                for value in statements.get(predicate, ()):
                    known.setdefault(value, []).append(subject)
        return known

    def instances(self, cls: NamedNode) -> tuple[Resource, ...]:
        """List the subjects whose `rdf:type` is the class itself."""
        return self.subjects(RDF.type, cls)

    def predicates(self, subject: Resource) -> tuple[NamedNode, ...]:
        """List the predicates of a subject."""
        return tuple(self._by_subject.get(subject, {}))

    def string(self, subject: Term, predicate: NamedNode) -> str:
        """Give the text of the first object, an empty one where there is none."""
        found = self.one(subject, predicate)
        return found.value if isinstance(found, Literal | NamedNode) else ""

    def text(self, subject: Term, predicate: NamedNode, language: str) -> str:
        """Give the first text in a language, an empty one where there is none."""
        return next(
            (
                value.value
                for value in self.objects(subject, predicate)
                if isinstance(value, Literal) and value.language == language
            ),
            "",
        )

    def texts(self, subject: Term, predicate: NamedNode) -> dict[str, str]:
        """Give the first text of each language; the key is empty for plain strings."""
        found: dict[str, str] = {}
        for value in self.objects(subject, predicate):
            if isinstance(value, Literal):
                found.setdefault(value.language or "", value.value)
        return found

    def members(self, head: Term | None) -> tuple[Term, ...]:
        """List the members of an RDF list; a list that loops ends where it would start again."""
        found: list[Term] = []
        seen: set[Term] = set()
        while isinstance(head, NamedNode | BlankNode) and head != RDF.nil and head not in seen:
            seen.add(head)
            first = self.one(head, RDF.first)
            if first is not None:
                found.append(first)
            head = self.one(head, RDF.rest)
        return tuple(found)
