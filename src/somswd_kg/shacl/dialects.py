"""What differs between servers: how each is asked, so that it gives the answer of SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from somswd_kg.shacl import counts, forms, tables
from somswd_kg.shacl.forms import (
    FALSE,
    Condition,
    all_of,
    any_of,
    anything,
    exists,
    negate,
    values,
)
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.literals import NUMERIC
from somswd_kg.shacl.operands import kept_whole
from somswd_kg.shacl.paths import Path
from somswd_kg.shacl.respelling import (
    comes_by_ways,
    compared,
    in_one_group,
    repeated,
    respelled,
    texts,
)
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.shacl.walks import Walk, walk_in_steps, walk_of
from somswd_kg.shacl.zones import TIMES, certain_beyond, has_zone, is_zoned
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["INSIDE", "Dialect"]

_FEW = 20
"""Terms of one type that are tested one by one."""

_ROUNDED = frozenset(NamedNode(XSD.base + name) for name in ("decimal", "double", "float"))
"""The types of which IN takes `5.5` for `5`."""

_LIST = 1_000
"""Members of an IN list; Virtuoso takes some 2,000."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server gets wrong, and so how it is to be asked.

    Attributes:
        blank_is_iri: `isIRI` is true of blank nodes.
        strings_are_typed: `"x"^^xsd:string` and `"x"` are two terms, and `sameTerm` with a literal
            that has no language cannot be relied on.
        compares_anything: `<` has an answer for values of two types that SPARQL cannot compare,
            and an order of its own for texts.
        mixes_zones: `<` has an answer for a time with a zone and one without.
        cuts_letters: Texts of letters beyond ASCII match no pattern, and are broken where a
            function takes one that the query names and one of the data; a bar is a letter in a
            pattern that has no other sign.
        loses_languages: Literals of VALUES have no language, and paths do not start
            from VALUES or UNION, nor stay at a literal without a step, and `+` never leads back
            to its start.
        joins_exists: EXISTS is a join: without a triple of its own it is lost, a sub-select in it
            counts for all, and it is no operand where a value is wanted. Of a filter that is
            taken apart some parts are lost.
        counts_inline: It takes a SELECT that counts for a number, which is not SPARQL 1.1.
        wants_order: It joins triples in about the order in which they are written, and is slow
            at joins inside EXISTS, so that triples are worth sorting and nesting.
        counts: How far its predicates spread costs little to ask, so that values may be worth
            reading before their targets.
        repeats: A solution comes as often as SPARQL says.
        shares_scans: It can decide several constraints in one query.
    """

    blank_is_iri: bool = False
    strings_are_typed: bool = False
    compares_anything: bool = False
    mixes_zones: bool = False
    cuts_letters: bool = False
    loses_languages: bool = False
    joins_exists: bool = False
    counts_inline: bool = False
    wants_order: bool = False
    counts: bool = False
    repeats: bool = False
    shares_scans: bool = True

    def is_iri(self, variable: str) -> str:
        """Test for an IRI."""
        if self.blank_is_iri:
            return f"(isIRI({variable}) && !isBlank({variable}))"
        return f"isIRI({variable})"

    def has_language(self, value: str) -> str:
        """Test that a value has a language."""
        return f'(isLiteral({value}) && {self.language(value)} != "")'

    def language(self, value: str) -> str:
        """Give the language of a literal; an empty text where it has none."""
        # A number of a table has none; and a bare LANG it takes for settled in an EXISTS beside it.
        return f'COALESCE(LANG({value}), "")' if self.loses_languages else f"LANG({value})"

    def in_language(self, value: str, tag: str) -> str:
        """Test that the language of a literal is one, or below one."""
        test = f"langMatches(LANG({value}), {tag})"
        # A number has none, and the test is neither true nor false.
        return f"COALESCE({test}, false)" if self.loses_languages else test

    def has_datatype(self, value: str, datatype: NamedNode) -> str:
        """Test that a literal is of a type."""
        test = f"DATATYPE({value}) = {datatype}"
        if self.strings_are_typed:
            # A literal with a language has none, and the test is neither true nor false.
            return f"COALESCE({test}, false)"
        return test

    def regex(self, value: str, pattern: str, flags: str) -> str:
        """Test that the text of a value has a pattern in it."""
        if self.cuts_letters:
            return forms.regex(_letters(value), in_one_group(pattern), flags)
        return forms.regex(f"STR({value})", pattern, flags)

    def repeats_solutions(self, query: Outline) -> bool:
        """Say whether equal solutions of a query are several, and none comes too often."""
        return self.repeats and not (self.loses_languages and comes_by_ways(query.tokens))

    def respelled(self, query: Outline) -> Outline:
        """Write a query that is SPARQL so that it means the same to the server."""
        if self.cuts_letters:
            query = respelled(query, texts(query.tokens))
        if self.loses_languages:
            query = respelled(query, repeated(query.tokens))
        if self.compares_anything:
            query = respelled(query, compared(query.tokens, self.holds, self.compared))
        return query

    # -- terms -------------------------------------------------------------------------------

    def same(self, variable: str, term: Term) -> str:
        """Test that a variable is exactly a term."""
        if not self.strings_are_typed or isinstance(term, BlankNode):
            return forms.same(variable, term)
        # Inside COALESCE the server cannot put the term in the place of the variable.
        equal = f"COALESCE({variable} = {term}, false)"
        if isinstance(term, NamedNode):
            return equal
        if not term.language:
            return self._typed(equal, variable, term.datatype)
        text = f"{_letters(variable)} = {Literal(term.value)}"
        tag = f"LCASE({self.language(variable)}) = {Literal(term.language.lower())}"
        return any_of([equal, all_of([f"isLiteral({variable})", tag, text])])

    def is_one_of(self, variable: str, terms: Iterable[Term]) -> str:
        """Test that a variable is exactly one of some terms."""
        if not self.strings_are_typed:
            return forms.is_one_of(variable, terms)
        alike: dict[tuple[NamedNode | None, str | None], list[Term]] = {}
        for term in terms:
            kind = (term.datatype, term.language) if isinstance(term, Literal) else (None, None)
            alike.setdefault(kind, []).append(term)
        tests = []
        for (datatype, language), members in alike.items():
            if datatype is None:
                members = [term for term in members if isinstance(term, NamedNode)]
            if len(members) <= _FEW or datatype in _ROUNDED:
                tests += [self.same(variable, term) for term in members]
                continue
            for part in _parts(members):
                test = f"COALESCE({variable} IN ({', '.join(map(str, part))}), false)"
                if datatype is None:
                    test = f"(isIRI({variable}) && {test})"
                elif language is None:
                    test = self._typed(test, variable, datatype)
                tests.append(test)
        return any_of(tests)

    def _typed(self, test: str, variable: str, datatype: NamedNode) -> str:
        parts = [f"isLiteral({variable})", test, self.has_datatype(variable, datatype)]
        if datatype == XSD.string:
            parts.append(f'{self.language(variable)} = ""')
        return all_of(parts)

    def table(self, variable: str, terms: Iterable[Term], beside_values: bool = False) -> str:
        """Write a pattern that binds a variable to some terms.

        Args:
            variable: The variable.
            terms: The terms.
            beside_values: Whether it is one half of a UNION whose other has values of the data.
        """
        if self.loses_languages:
            return tables.table(variable, tuple(terms), beside_values)
        return values(variable, terms)

    def constant(self, variable: str, term: Term) -> str:
        """Write a pattern that binds a variable to one term."""
        return tables.constant(variable, term) if self.loses_languages else values(variable, [term])

    # -- comparisons -------------------------------------------------------------------------

    def holds(self, value: str, operator: str, bound: Term) -> str:
        """Test that a value may be compared with a constant, and compares as it should."""
        compared = f"COALESCE({value} {operator} {bound}, false)"
        if not isinstance(bound, Literal):
            return compared
        if self.compares_anything and bound.datatype == XSD.string:
            compared = f"COALESCE({_letters(value)} {operator} SUBSTR({bound}, 1), false)"
        if self.mixes_zones and bound.datatype in TIMES:
            zoned = has_zone(value)
            own, other = (zoned, f"!{zoned}") if is_zoned(bound) else (f"!{zoned}", zoned)
            beyond = certain_beyond(bound, operator)
            mixed = f"COALESCE({value} {operator[0]} {beyond}, false)" if beyond else FALSE
            compared = any_of([all_of([own, compared]), all_of([other, mixed])])
        if not self.compares_anything:
            return compared
        if bound.datatype.value in NUMERIC:
            return f"{_is_number(value)} && {compared}"
        return all_of([f"isLiteral({value})", self.has_datatype(value, bound.datatype), compared])

    def compared(self, one: str, operator: str, other: str) -> str:
        """Test that two values may be compared, and compare as they should."""
        plain = f"COALESCE({one} {operator} {other}, false)"
        if not self.compares_anything:
            return plain
        alike = f"COALESCE(DATATYPE({one}) = DATATYPE({other}), false)"
        if self.mixes_zones:
            times = ", ".join(sorted(map(str, TIMES)))
            zones = f"{has_zone(one)} = {has_zone(other)}"
            alike = f"({alike} && (DATATYPE({one}) NOT IN ({times}) || {zones}))"
        alike = any_of([f"({_is_number(one)} && {_is_number(other)})", alike])
        are_texts = f"COALESCE(DATATYPE({one}) = {XSD.string}, false)"
        by_letters = f"COALESCE({_letters(one)} {operator} {_letters(other)}, false)"
        holds = any_of([all_of([are_texts, by_letters]), all_of([negate(are_texts), plain])])
        untagged = f'{self.language(one)} = ""'
        return all_of([f"isLiteral({one})", f"isLiteral({other})", untagged, alike, holds])

    # -- patterns ----------------------------------------------------------------------------

    def at_least(
        self,
        number: int,
        start: str,
        path: Path,
        end: str,
        condition: Condition = anything,
        nested: bool = False,
    ) -> str:
        """Test that a path leads to at least so many nodes; see `forms.at_least`.

        In a nested shape a server may need it written otherwise.
        """
        walk = self.walk(path)
        if number < 2 or not self.counts_inline:
            return forms.at_least(number, start, walk, end, condition)
        return counts.at_least(number, start, walk, end, condition, nested)

    def walk(self, path: Path) -> Walk:
        """Write a path."""
        return walk_in_steps(path) if self.loses_languages else walk_of(path)

    def leads(self, start: str, route: str, end: str, helper: str, apart: bool) -> str:
        """Test that a path leads from one variable to another, both of which are bound.

        Args:
            start: The variable where it begins.
            route: The path.
            end: The variable where it ends.
            helper: A fresh variable.
            apart: Whether a path that the server is to walk by itself leads to `end`.
        """
        if not apart:
            return exists(f"{start} {route} {end} .")
        return exists(f"{start} {route} {helper} .", counts.alike(helper, end))

    def source(self, text: str) -> str:
        """Write a pattern so that a path may start from it, and a UNION have it as a part."""
        if self.loses_languages and " UNION " in text:
            return f"{{ SELECT * WHERE {{ {text} }} }}"
        return text

    def not_all_but_one(self, conditions: Sequence[str]) -> str:
        """Say that not all conditions but exactly one hold."""
        if self.joins_exists:
            return any_of([all_of(conditions), _two_fail(conditions)])
        return forms.not_all_but_one(conditions)

    def kept(self, pattern: str) -> str:
        """Write a pattern so that nothing of its filters is lost."""
        return kept_whole(pattern) if self.joins_exists else pattern


INSIDE = Dialect(wants_order=True, counts=True, repeats=True)
"""What a store of ours needs."""


def _two_fail(conditions: Sequence[str]) -> str:
    """Say that two conditions or more do not hold: in one half, in the other, or one in each."""
    if len(conditions) < 2:
        return FALSE
    middle = len(conditions) // 2
    one, two = conditions[:middle], conditions[middle:]
    each = all_of([negate(all_of(one)), negate(all_of(two))])
    return any_of([_two_fail(one), _two_fail(two), each])


def _letters(value: str) -> str:
    """Give the text of a value as one of letters, and not of bytes, in an order of its own."""
    return f"SUBSTR(STR({value}), 1)"


def _is_number(value: str) -> str:
    return f"isLiteral({value}) && isNumeric({value}) && DATATYPE({value}) != {XSD.boolean}"


def _parts(members: Sequence[Term]) -> Iterable[Sequence[Term]]:
    return (members[i : i + _LIST] for i in range(0, len(members), _LIST))
