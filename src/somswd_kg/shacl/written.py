"""Judge literals as the data writes them, on a store whose queries show them in another form.

pyoxigraph shows `"300"^^xsd:byte` as an integer and `12.00` as `12`. The queries are asked as
they are; only where the other form would change the outcome of a test, the places at which it does
(subject and literal) are written into the query, as exceptions. There are hardly ever any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.forms import FALSE, all_of, any_of, negate, regex
from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.model import Component, Constraint
from somswd_kg.shacl.paths import Path, Predicate, last_predicates, to_sparql
from somswd_kg.shacl.paths import Sequence as Steps
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["NOWHERE", "Origin", "Written", "origin_of"]

Outcome = Callable[[Literal], bool | None]
Key = tuple[Term | None, Literal]
_PLAIN = ("string", "langString", "anyURI")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the values of a variable stand in the data.

    Attributes:
        predicates: The predicates whose objects they are.
        subject: The variable of their subject; empty where it is not known.
        via: A pattern that binds that variable, where nothing else does.
        targets: The literals that a shape names as its targets.
    """

    predicates: frozenset[NamedNode] = frozenset()
    subject: str = ""
    via: str = ""
    targets: tuple[Literal, ...] = ()


NOWHERE = Origin()


def origin_of(start: str, path: Path, helper: str) -> Origin:
    """Say where the values of a path stand.

    Args:
        start: The variable where the path begins.
        path: The path.
        helper: A fresh variable for the subject of its last step.
    """
    match path:
        case Predicate(iri):
            return Origin(frozenset((iri,)), start)
        case Steps(paths) if isinstance(paths[-1], Predicate):
            before = paths[0] if len(paths) == 2 else Steps(paths[:-1])
            via = f"{start} {to_sparql(before)} {helper} ."
            return Origin(frozenset((paths[-1].iri,)), helper, via)
        case _:
            return Origin(last_predicates(path))


class Written:
    """The literals of a store that its queries show in another form.

    Args:
        store: The store.
        graphs: The graphs of the data.
        constants: The literals that the shapes name, so that the store's form of them is known.
    """

    def __init__(
        self,
        store: Store,
        graphs: Sequence[str] | None,
        constants: Iterable[Literal] = (),
    ) -> None:
        self._keeper = store if isinstance(store, KeepsLiterals) else None
        self._store, self._graphs = store, graphs
        self._rows: dict[NamedNode, dict[Key, set[Literal]]] = {}
        self._pairs: tuple[tuple[Literal, Literal], ...] = ()
        self._stored: dict[Literal, Literal] = {}
        self._spread: set[Literal] = set()
        self._ambiguous = False
        if self._keeper is not None:
            self._pairs = tuple(self._keeper.rewritten_forms(graphs))
            seen = [stored for _, stored in self._pairs]
            self._spread = set(seen)
            self._ambiguous = len(self._spread) < len(seen)
        self._stored = self._ask_for(constants)

    def __bool__(self) -> bool:
        return bool(self._pairs) or bool(self._stored)

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
        found = self._store.select(f"SELECT ?i ?v WHERE {{ VALUES (?i ?v) {{ {rows} }} }}")
        pairs = [(terms[int(i.value)], v) for i, v in found if i is not None]
        return {term: v for term, v in pairs if isinstance(v, Literal) and v != term}

    def keeps(self, term: Term) -> bool:
        """Say whether a query can name a term without changing it."""
        return self._keeper is None or term not in self._stored

    # -- what the data has -------------------------------------------------------------------

    def _at(self, predicate: NamedNode) -> Mapping[Key, set[Literal]]:
        """Give the written forms at each subject and stored literal of a predicate."""
        if predicate not in self._rows and self._keeper is not None:
            rows: dict[Key, set[Literal]] = {}
            for row in self._keeper.rewritten(self._graphs, predicates=[predicate.value]):
                rows.setdefault((row.subject, row.stored), set()).add(row.written)
            self._rows[predicate] = rows
        return self._rows.get(predicate, {})

    def _places(self, origin: Origin) -> dict[Key, set[Literal]]:
        found: dict[Key, set[Literal]] = {}
        for predicate in sorted(origin.predicates, key=lambda p: p.value):
            for (subject, stored), written in self._at(predicate).items():
                known = subject if origin.subject else None
                found.setdefault((known, stored), set()).update(written)
        for target in origin.targets:
            stored = self._stored.get(target, target)
            found.setdefault((None, stored), set()).add(target)
        return found

    def forms(self, origin: Origin, subject: Term | None, value: Term) -> tuple[Literal, ...]:
        """List the forms in which the data writes a literal that a query gave."""
        if not isinstance(value, Literal):
            return ()
        found: set[Literal] = set()
        for predicate in origin.predicates:
            rows = self._at(predicate)
            if subject is not None and origin.subject:
                found |= rows.get((subject, value), set())
            elif value not in self._spread:
                continue
            else:
                found.update(*(w for (_, stored), w in rows.items() if stored == value))
        found.update(t for t in origin.targets if self._stored.get(t, t) == value)
        return tuple(sorted(found, key=str)) if len(found) > 1 else tuple(found)

    def only_form(self, value: Term) -> Term:
        """Give the form of a literal whose place is not known, if the data has only one."""
        found = {written for written, stored in self._pairs if stored == value}
        return found.pop() if len(found) == 1 else value

    # -- tests -------------------------------------------------------------------------------

    def test(self, expression: str, outcome: Outcome, origin: Origin, variable: str) -> str:
        """Write the exceptions into a test of one value.

        Args:
            expression: The test, as it judges the stored form.
            outcome: What the test says of a literal; None where its form makes no difference.
            origin: Where the values stand.
            variable: The variable of the value.
        """
        forms = (*self._pairs, *((t, self._stored.get(t, t)) for t in origin.targets))
        if all(outcome(written) in (None, outcome(stored)) for written, stored in forms):
            return expression
        true: list[Key] = []
        false: list[Key] = []
        for key, written in self._places(origin).items():
            said = [outcome(form) for form in written]
            final = True if True in said else (None if None in said else False)
            if final is not None and final != outcome(key[1]):
                (true if final else false).append(key)
        return any_of(
            [
                all_of([expression, negate(_member(false, origin, variable))]),
                _member(true, origin, variable),
            ]
        )

    def differing(
        self, path: Path, other: NamedNode, start: str, variable: str, *, disjoint: bool
    ) -> str:
        """Test for a value that two predicates share in the store but not in the data.

        Args:
            path: The path of the one side; only a predicate is looked at.
            other: The predicate of the other side.
            start: The variable of their subject.
            variable: The variable of the value.
            disjoint: Whether no form is shared; else, whether one form of the path is not.
        """
        if not self or not isinstance(path, Predicate):
            return FALSE
        one, two = self._at(path.iri), self._at(other)
        keys = []
        for key in {**one, **two}:
            left, right = one.get(key, {key[1]}), two.get(key, {key[1]})
            if (disjoint and not left & right) or (not disjoint and left - right):
                keys.append(key)
        return _member(keys, Origin(frozenset(), start), variable)

    def surplus(self, path: Path) -> Mapping[int, Sequence[NamedNode]]:
        """List the subjects at which a predicate has more values than the store shows."""
        if not self._ambiguous or not isinstance(path, Predicate):
            return {}
        more: dict[Term | None, int] = {}
        for (subject, _), written in self._at(path.iri).items():
            if len(written) > 1:
                more[subject] = more.get(subject, 0) + len(written) - 1
        found: dict[int, list[NamedNode]] = {}
        for subject, number in more.items():
            if isinstance(subject, NamedNode):
                found.setdefault(number, []).append(subject)
        return found

    def outcome_of(self, constraint: Constraint) -> Outcome | None:
        """Give what a constraint says of a literal by its form; None where it never matters."""
        value = constraint.value
        match constraint.component:
            case Component.DATATYPE:
                return lambda form: form.datatype != value or not is_well_formed(form)
            case Component.MIN_LENGTH:
                return lambda form: len(form.value) < constraint.number
            case Component.MAX_LENGTH:
                return lambda form: len(form.value) > constraint.number
            case Component.IN:
                return lambda form: form not in constraint.terms
            case Component.PATTERN:
                return self._matching(constraint)
            case (
                Component.MIN_EXCLUSIVE
                | Component.MIN_INCLUSIVE
                | Component.MAX_EXCLUSIVE
                | Component.MAX_INCLUSIVE
            ):
                return lambda form: None if is_well_formed(form) else True
            case _:
                return None

    def _matching(self, constraint: Constraint) -> Outcome:
        """Ask the store which forms a pattern does not match: its own expressions decide."""
        texts = sorted({form.value for pair in self._pairs for form in pair})
        match = regex("?t", str(constraint.value), constraint.flags)
        rows = " ".join(f"({i} {Literal(text)})" for i, text in enumerate(texts))
        query = f"SELECT ?i WHERE {{ VALUES (?i ?t) {{ {rows} }} FILTER({match}) }}"
        matched = {texts[int(i.value)] for (i,) in self._store.select(query) if i is not None}
        return lambda form: form.value not in matched


def _member(keys: Sequence[Key], origin: Origin, variable: str) -> str:
    """Test that subject and value are one of some pairs; a blank subject counts as any blank."""
    if not keys:
        return FALSE
    known = [(s, v) for s, v in keys if s is not None and not isinstance(s, BlankNode)]
    blank = sorted({str(v) for s, v in keys if isinstance(s, BlankNode)})
    anywhere = sorted({str(v) for s, v in keys if s is None})
    parts = []
    if known and origin.subject:
        rows = " ".join(sorted(f"({s} {v})" for s, v in known))
        table = f"VALUES ({origin.subject} {variable}) {{ {rows} }}"
        parts.append(f"EXISTS {{ {table} {origin.via} }}")
    if blank and origin.subject and not origin.via:
        table = f"EXISTS {{ VALUES {variable} {{ {' '.join(blank)} }} }}"
        parts.append(f"(isBlank({origin.subject}) && {table})")
    elif blank:
        anywhere += blank
    if anywhere:
        parts.append(f"EXISTS {{ VALUES {variable} {{ {' '.join(anywhere)} }} }}")
    return any_of(parts) if parts else FALSE
