"""Know the literals that a store's queries show in another form than the data has.

pyoxigraph shows `"300"^^xsd:byte` as an integer and `12.00` as `12`. A constraint that this could
change is decided on a copy of what it reads, in which stand-ins keep such literals apart
(`exactness`). For all others a query of the store does, and its rows are told as the data has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.paths import Path, Predicate, last_predicates
from somswd_kg.shacl.standins import stand_in
from somswd_kg.terms import Literal, NamedNode, Term

if TYPE_CHECKING:
    from somswd_kg.shacl.focus import Route
    from somswd_kg.shacl.telling import Shown, Teller

__all__ = ["Form", "Written"]

Form = tuple[Literal, Literal]
"""A literal as written, and as it is stored."""
_Place = tuple[Term, Literal]
_PLAIN = ("string", "langString", "anyURI")


class Written:
    """The literals of a store that its queries show in another form.

    Args:
        store: The store.
        graphs: The graphs of the data.
        constants: The literals that the shapes name, so that the store's form of them is known.

    Attributes:
        keeper: The store, where it keeps what was written; None where it shows that itself.
    """

    def __init__(
        self,
        store: Store,
        graphs: Sequence[str] | None,
        constants: Iterable[Literal] = (),
    ) -> None:
        self.keeper = store if isinstance(store, KeepsLiterals) else None
        self._store, self._graphs = store, graphs
        self._places: dict[NamedNode, dict[_Place, list[Literal]]] = {}
        self._subjects: Counter[tuple[NamedNode, Literal]] = Counter()
        self._forms: dict[NamedNode, list[Form]] = {}
        self._of_stored: dict[NamedNode, dict[Literal, list[Literal]]] = {}
        self._only: dict[Literal, Sequence[Literal]] = {}
        self._changed: dict[Literal, Literal] = {}
        self._in_one_graph = False
        if self.keeper is not None:
            named = store.graph_names() if graphs is None else graphs
            self._in_one_graph = len(named) < (1 if graphs is None else 2)
            for predicate, written, stored, subjects in self.keeper.rewritten_forms(graphs):
                self._forms.setdefault(predicate, []).append((written, stored))
                self._subjects[predicate, stored] += subjects
        self._changed = self._ask_for(constants)

    def __bool__(self) -> bool:
        return bool(self._forms) or bool(self._changed)

    def _ask_for(self, constants: Iterable[Literal]) -> dict[Literal, Literal]:
        """Find the constants that a query of the store changes."""
        terms = [
            term
            for term in dict.fromkeys(constants)
            if term.datatype.value.rpartition("#")[2] not in _PLAIN
        ]
        if not terms:
            return {}
        rows = " ".join(f"({i} {term})" for i, term in enumerate(terms))
        found = self._store.select(
            f"SELECT ?i ?v WHERE {{ VALUES (?i ?v) {{ {rows} }} }}", graphs=()
        )
        pairs = [(terms[int(i.value)], v) for i, v in found if i is not None]
        return {term: v for term, v in pairs if isinstance(v, Literal) and v != term}

    @property
    def predicates(self) -> frozenset[NamedNode]:
        """List the predicates that have such literals."""
        return frozenset(self._forms)

    def forms(self, predicate: NamedNode) -> Sequence[Form]:
        """List the forms of a predicate's literals that the store changes."""
        return self._forms.get(predicate, ())

    def constant(self, term: Term) -> Term:
        """Give what a query is to name so that exactly this term is meant."""
        return stand_in(term) if isinstance(term, Literal) and term in self._changed else term

    def changes(self, term: Term) -> bool:
        """Say whether a query cannot name a term as it is."""
        return term in self._changed

    def at(self, predicate: NamedNode) -> Mapping[_Place, Sequence[Literal]]:
        """Give what the data writes at each subject and stored literal of a predicate."""
        if predicate not in self._places and self.keeper is not None:
            places: dict[_Place, list[Literal]] = {}
            if predicate in self._forms:
                for row in self.keeper.rewritten(self._graphs, predicates=[predicate.value]):
                    found = places.setdefault((row.subject, row.stored), [])
                    if row.written not in found:
                        found.append(row.written)
            self._places[predicate] = places
        return self._places.get(predicate, {})

    def collapses(self, predicate: NamedNode) -> bool:
        """Say whether the store shows two values of one subject as one."""
        shown = [stored for _, stored in self.forms(predicate)]
        if self._in_one_graph and len(set(shown)) == len(shown):
            return False
        return any(len(written) > 1 for written in self.at(predicate).values())

    # -- what a row of the store stands for ----------------------------------------------------

    def shown(self, teller: Teller, routes: Sequence[Sequence[Route]] = ()) -> Shown:
        """Give what shows the rows of a teller as the data writes them.

        Args:
            teller: What makes results of them.
            routes: How each of its constraints comes to its focus nodes; they may be left out
                where no focus node is a literal.
        """

        def told(
            number: int, focus: Term, value: Term | None, along: Term | None
        ) -> Iterable[tuple[Term, Term | None]]:
            path = teller.sources[number].path
            if isinstance(along, NamedNode):
                path = Predicate(along)
            way = routes[number] if routes else ()
            return self.told(way, focus, value, path, guess=teller.guess)

        return told

    def told(
        self,
        routes: Sequence[Route],
        focus: Term,
        value: Term | None,
        along: Path | None,
        *,
        guess: bool = False,
    ) -> Iterator[tuple[Term, Term | None]]:
        """List the focus nodes and values that a row of the store stands for.

        Args:
            routes: How the shape comes to its focus nodes.
            focus: The focus node.
            value: The value; None where the row has none.
            along: The path that leads to the value.
            guess: Whether a value of an unknown place is told in the data's form of it, where
                there is one only.
        """
        for node in self._focus_nodes(routes, focus):
            if value is None or value == focus:
                yield node, None if value is None else node
                continue
            forms = self._values(focus, value, along)
            if not forms and guess:
                forms = self._only_form(value)
            for form in forms or (value,):
                yield node, form

    def _focus_nodes(self, routes: Sequence[Route], focus: Term) -> Sequence[Term]:
        if not isinstance(focus, Literal):
            return (focus,)
        from somswd_kg.shacl.model import TargetKind

        found: list[Literal] = []
        for route in routes:
            if route.steps:
                found += self._anywhere(last_predicates(route.steps[-1]), focus)
                continue
            for target in route.targets:
                if target.kind is TargetKind.OBJECTS_OF and isinstance(target.value, NamedNode):
                    found += self._anywhere((target.value,), focus)
                named = target.value
                if isinstance(named, Literal) and self._changed.get(named, named) == focus:
                    found.append(named)
        return sorted(set(found), key=str) or (focus,)

    def _values(self, focus: Term, value: Term, along: Path | None) -> Sequence[Literal]:
        if not isinstance(value, Literal) or along is None:
            return ()
        found: Sequence[Literal] = self._anywhere(last_predicates(along), value)
        if found and isinstance(along, Predicate):
            found = self.at(along.iri).get((focus, value), ())
        return sorted(set(found), key=str)

    def _anywhere(self, predicates: Iterable[NamedNode], stored: Literal) -> list[Literal]:
        """List the forms of a stored literal that some predicates have."""
        found: list[Literal] = []
        for predicate in predicates:
            if predicate not in self._of_stored:
                known: dict[Literal, list[Literal]] = {}
                for form, changed in self.forms(predicate):
                    known.setdefault(changed, []).append(form)
                self._of_stored[predicate] = known
            found += self._of_stored[predicate].get(stored, ())
        return found

    def _only_form(self, value: Term) -> Sequence[Literal]:
        """Give the form of a literal whose place is not known, if the data has no other."""
        if not isinstance(value, Literal):
            return ()
        if value not in self._only:
            found = set(self._anywhere(self._forms, value))
            self._only[value] = tuple(found) if len(found) == 1 and self._is_all(value) else ()
        return self._only[value]

    def _is_all(self, stored: Literal) -> bool:
        """Say whether all that is stored as a literal is written in its one other form."""
        places = sum(self._subjects[predicate, stored] for predicate in self._forms)
        query = f"SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {stored} }} LIMIT {places + 1}"
        return sum(1 for _ in self._store.select(query, graphs=self._graphs)) <= places
