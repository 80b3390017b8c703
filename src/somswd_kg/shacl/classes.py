"""The closure of `rdfs:subClassOf`, asked once and written into the queries.

`a/rdfs:subClassOf*` inside NOT EXISTS is what some servers get wrong, and what all are slow at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from somswd_kg.ports import Store
from somswd_kg.terms import NamedNode, Term

__all__ = ["QUERY", "RDFS_SUBCLASS", "close", "subclasses"]

RDFS_SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")

QUERY = f"SELECT DISTINCT ?class ?super WHERE {{ ?class {RDFS_SUBCLASS} ?super }}"


def subclasses(
    store: Store,
    classes: Iterable[NamedNode],
    graphs: Sequence[str] | None,
    more: Iterable[tuple[Term, Term]] = (),
) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """Ask a store for the classes below some classes.

    Args:
        store: The data.
        classes: The classes that shapes name.
        graphs: The graphs to ask.
        more: Further pairs of class and superclass, from an ontology that is not in the store.
    """
    wanted = tuple(classes)
    if not wanted:
        return {}
    rows = [(row[0], row[1]) for row in store.select(QUERY, graphs=graphs)]
    pairs = [(a, b) for a, b in rows if a is not None and b is not None]
    return close(wanted, (*pairs, *more))


def close(
    classes: Iterable[NamedNode], pairs: Iterable[tuple[Term, Term]]
) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """List the classes below each class, itself first, the others by their IRIs.

    >>> a, b, c = (NamedNode(f"urn:{x}") for x in "abc")
    >>> [n.value for n in close([a], [(b, a), (c, b), (a, c)])[a]]
    ['urn:a', 'urn:b', 'urn:c']
    """
    below: dict[Term, list[Term]] = {}
    for cls, parent in pairs:
        below.setdefault(parent, []).append(cls)
    closed: dict[NamedNode, tuple[NamedNode, ...]] = {}
    for cls in classes:
        found: set[Term] = {cls}
        queue: list[Term] = [cls]
        while queue:
            for child in below.get(queue.pop(), ()):
                if child not in found:
                    found.add(child)
                    queue.append(child)
        others = [n for n in found if isinstance(n, NamedNode) and n != cls]
        closed[cls] = (cls, *sorted(others, key=lambda n: n.value))
    return closed
