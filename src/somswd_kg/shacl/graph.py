"""A shapes graph in memory: exact terms, looked up by subject or by object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.vocabulary import RDF, RDFS, XSD
from somswd_kg.terms import BlankNode, Literal, NamedNode, Resource, Term, Triple

__all__ = ["ShapesGraph", "ill_formed"]


def ill_formed(where: str, what: str, clause: str, hint: str = "") -> ShapeError:
    """Make the error for a shape that the Recommendation calls ill-formed.

    Args:
        where: The name of the shape.
        what: What is wrong with it.
        clause: The section of the Recommendation that says so.
        hint: What to do; the clause is put behind it.
    """
    return ShapeError(f"{what} (SHACL {clause})", path=where, hint=hint)


class ShapesGraph:
    """The triples of a shapes graph, each once, in the order in which they were first given.

    >>> n = NamedNode
    >>> graph = ShapesGraph([Triple(n("urn:s"), n("urn:p"), Literal("x"))] * 2)
    >>> graph.objects(n("urn:s"), n("urn:p"))
    (<Literal value=x datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>,)
    """

    __slots__ = ("_by_object", "_by_subject", "_classes", "triples")

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples: tuple[Triple, ...] = tuple(dict.fromkeys(triples))
        self._by_subject: dict[Resource, dict[NamedNode, list[Term]]] = {}
        self._by_object: dict[Term, list[tuple[Resource, NamedNode]]] = {}
        self._classes: dict[NamedNode, frozenset[Term]] = {}
        for triple in self.triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            self._by_subject.setdefault(subject, {}).setdefault(triple.predicate, []).append(value)
            self._by_object.setdefault(value, []).append((subject, triple.predicate))

    @property
    def subjects(self) -> Sequence[Resource]:
        """List the subjects in the order of their first triple."""
        return tuple(self._by_subject)

    def predicates(self, subject: Term) -> Sequence[NamedNode]:
        """List the predicates of a subject."""
        return () if isinstance(subject, Literal) else tuple(self._by_subject.get(subject, ()))

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """List what a subject has for a predicate."""
        if isinstance(subject, Literal):
            return ()
        return tuple(self._by_subject.get(subject, {}).get(predicate, ()))

    def incoming(self, value: Term) -> Sequence[tuple[Resource, NamedNode]]:
        """List the subjects and predicates that lead to a value."""
        return self._by_object.get(value, ())

    def one(self, subject: Term, predicate: NamedNode, clause: str) -> Term | None:
        """Give the only object, or None where there is none.

        Raises:
            ShapeError: There are several.
        """
        found = self.objects(subject, predicate)
        if len(found) > 1:
            raise ill_formed(
                self.name(subject), f"more than one {_short(predicate)}", clause, "keep one"
            )
        return found[0] if found else None

    def texts(self, subject: Term, predicate: NamedNode, clause: str) -> tuple[Literal, ...]:
        """List the texts that a subject has for a predicate, with a language or without.

        Raises:
            ShapeError: One is no text.
        """
        found = self.objects(subject, predicate)
        texts = tuple(v for v in found if isinstance(v, Literal) and v.datatype in _TEXT)
        if texts != found:
            raise ill_formed(
                self.name(subject),
                f"{_short(predicate)} is no text",
                clause,
                "write a string",
            )
        return texts

    def members(self, head: Term, clause: str, owner: Term) -> tuple[Term, ...]:
        """List the members of a SHACL list.

        Raises:
            ShapeError: It is not a well-formed list.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        while head != RDF.nil:
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise ill_formed(
                    self.name(owner), "a list that is not well formed", clause, "write it ( a b )"
                )
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        if set(self.predicates(head)).intersection((RDF.first, RDF.rest)):
            raise ill_formed(self.name(owner), "rdf:nil with members", clause, "leave them out")
        return tuple(found)

    def is_instance(self, node: Term, cls: NamedNode) -> bool:
        """Say whether a node is a SHACL instance of a class, by the subclasses of this graph."""
        if cls not in self._classes:
            found: set[Term] = {cls}
            queue: list[Term] = [cls]
            while queue:
                for subject, predicate in self.incoming(queue.pop()):
                    if predicate == RDFS.subClassOf and subject not in found:
                        found.add(subject)
                        queue.append(subject)
            self._classes[cls] = frozenset(found)
        return any(t in self._classes[cls] for t in self.objects(node, RDF.type))

    def name(self, node: Term) -> str:
        """Name a node for people: an IRI, or how a blank node is reached from one."""
        steps: list[str] = []
        seen: set[Term] = set()
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            incoming = self.incoming(node)
            if not incoming:
                break
            subject, predicate = incoming[0]
            siblings = self.objects(subject, predicate)
            place = f"[{siblings.index(node) + 1}]" if len(siblings) > 1 else ""
            steps.append(_short(predicate) + place)
            node = subject
        if isinstance(node, BlankNode):
            steps.append("a blank node")
        else:
            steps.append(node.value if isinstance(node, NamedNode) else str(node))
        return " / ".join(reversed(steps))


_TEXT = (XSD.string, RDF.langString)


def _short(predicate: NamedNode) -> str:
    for prefix, base in (("sh:", "http://www.w3.org/ns/shacl#"), ("rdf:", RDF.base)):
        if predicate.value.startswith(base):
            return prefix + predicate.value.removeprefix(base)
    return predicate.value
