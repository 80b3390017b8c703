"""The closure of `rdfs:subClassOf`, asked once and written into the queries.

`a/rdfs:subClassOf*` inside NOT EXISTS is what some servers get wrong, and what all are slow at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.ports import Store
from somswd_kg.terms import BlankNode, NamedNode, Term

__all__ = ["QUERY", "RDFS_SUBCLASS", "Classes", "close", "subclasses", "unnamed_instance"]

RDFS_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")

QUERY = f"SELECT DISTINCT ?class ?super WHERE {{ ?class {RDFS_SUBCLASS} ?super }}"


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes below those that shapes name.

    Attributes:
        below: For each of these, itself and those below it that have a name.
        unnamed: Those that have blank nodes below them, which no query can list.
    """

    below: Mapping[NamedNode, tuple[NamedNode, ...]]
    unnamed: frozenset[NamedNode] = frozenset()


def subclasses(
    store: Store,
    classes: Iterable[NamedNode],
    graphs: Sequence[str] | None,
    more: Iterable[tuple[Term, Term]] = (),
) -> Classes:
    """Ask a store for the classes below some classes.

    Args:
        store: The data.
        classes: The classes that shapes name.
        graphs: The graphs to ask.
        more: Further pairs of class and superclass, from an ontology that is not in the store.
    """
    wanted = tuple(classes)
    if not wanted:
        return Classes({})
    rows = [(row[0], row[1]) for row in store.select(QUERY, graphs=graphs)]
    pairs = [(a, b) for a, b in rows if a is not None and b is not None]
    return close(wanted, (*pairs, *more))


def close(classes: Iterable[NamedNode], pairs: Iterable[tuple[Term, Term]]) -> Classes:
    """List the classes below each class, itself first, the others by their IRIs.

    >>> a, b, c = (NamedNode(f"urn:{x}") for x in "abc")
    >>> [n.value for n in close([a], [(b, a), (c, b), (a, c)]).below[a]]
    ['urn:a', 'urn:b', 'urn:c']
    """
    children: dict[Term, list[Term]] = {}
    for cls, parent in pairs:
        children.setdefault(parent, []).append(cls)
    below: dict[NamedNode, tuple[NamedNode, ...]] = {}
    unnamed: set[NamedNode] = set()
    for cls in classes:
        found: set[Term] = {cls}
        queue: list[Term] = [cls]
        while queue:
            for child in children.get(queue.pop(), ()):
                if child not in found:
                    found.add(child)
                    queue.append(child)
        others = [n for n in found if isinstance(n, NamedNode) and n != cls]
        below[cls] = (cls, *sorted(others, key=lambda n: n.value))
        if any(isinstance(n, BlankNode) for n in found):
            unnamed.add(cls)
    return Classes(below, frozenset(unnamed))


def unnamed_instance(node: str, classes: Iterable[NamedNode], cls: str, parent: str) -> str:
    """Write a pattern for the instances of the blank nodes below some classes.

    Args:
        node: The variable of the instance.
        classes: The classes, and those below them that have a name.
        cls: A fresh variable for the blank node.
        parent: A fresh variable for the class above it.
    """
    listed = ", ".join(map(str, classes))
    return (
        f"{node} a {cls} . {cls} {RDFS_SUBCLASS}+ {parent} . "
        f"FILTER(isBlank({cls}) && {parent} IN ({listed}))"
    )
