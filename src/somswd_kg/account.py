"""An account of what a check found: findings with names, places, ids and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from somswd_kg.checks import Checks, Outcomes, iri_of
from somswd_kg.drafts.places import RowIndex, SourceMap
from somswd_kg.findings.describing import Described
from somswd_kg.findings.finding import (
    Thing,
    from_evidence,
    from_hygiene,
    from_ill_typed,
    from_remarks,
    from_shapes,
    located,
    merged,
)
from somswd_kg.findings.identity import identified, row_keys
from somswd_kg.findings.locating import Lines
from somswd_kg.findings.rules import RuleBook
from somswd_kg.findings.suggestions import suggested
from somswd_kg.knowledge import StoredKnowledge
from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, ShapeResult, Stage
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.terms import BlankNode, Literal, NamedNode, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.intake import DraftFile

__all__ = ["Account"]

_PREFIXES = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("rdf", "rdfs", "skos", "swd"))
_NAMELESS = Thing()
_BATCH = 500


@dataclass(frozen=True)
class Account:
    """What makes findings of outcomes.

    Attributes:
        checks: What was checked.
        stage: Whose severities count.
        draft: The drafter's file that is in the focus graphs; None for none.
        language: Of the values that are suggested.
    """

    checks: Checks
    stage: Stage
    draft: DraftFile | None
    language: Language

    @property
    def _store(self) -> Store:
        return self.checks.store

    def make_ready(self) -> None:
        """Read what will be needed, while the rest is still looked for."""
        if self.draft is not None and isinstance(self.draft.locate, Lines):
            self.draft.locate.read()
        _ = self.checks.material.rules

    def findings(self, outcomes: Outcomes, rules: RuleBook) -> tuple[Finding, ...]:
        """Make the findings, each once, in their order.

        Args:
            outcomes: What the parts of the check found.
            rules: The rules by number.
        """
        graph = self._counted(outcomes.results)
        findings = merged(self._findings(outcomes, rules, graph))
        thai_book = bool(self.draft and self.draft.book) and self.language is Language.TH
        known = StoredKnowledge(self._store, graph, self.language, buddhist=thai_book)
        return suggested(self._identified(findings), rules, known)

    def _findings(self, outcomes: Outcomes, rules: RuleBook, graph: Triples) -> list[Finding]:
        results, problems, ill_typed = outcomes.results, outcomes.problems, outcomes.ill_typed
        wanted = {iri_of(result.focus) for result in results}
        wanted |= {iri_of(result.value) for result in results}
        wanted |= {iri_of(row[0]) for _, found in outcomes.rows for row in found}
        wanted |= {problem.iri for problem in problems}
        wanted |= {iri_of(subject) for subject, _, _ in ill_typed}
        remarks = self.draft.remarks if self.draft else ()
        element_at = self._rows_of_draft().element
        wanted |= {element_at(remark.place) for remark in remarks}
        things = _things(self._store, sorted(iri for iri in wanted if iri and iri[:2] != "_:"))
        findings = from_shapes(
            results,
            rules,
            things,
            self.stage,
            locate=self.draft.locate if self.draft else None,
            describe=Described(graph, things, self._source_records()),
        )
        others = from_evidence(problems, things) + from_ill_typed(ill_typed, things)
        for name, found in outcomes.rows:
            if found:
                locate = self.draft.locate if self.draft else None
                header = self.checks.material.hygiene[name].header
                others += from_hygiene(name, header, found, things, locate)
        if self.draft is None:
            return findings + others
        told = [finding for finding in findings if not self.draft.told(finding)]
        placed = [located(finding, self.draft.locate) for finding in others]
        cell_text = self.draft.cell_text
        said = from_remarks(remarks, rules, self.stage, cell_text, element_at, things)
        return told + placed + said

    def _identified(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        if self.draft is None or self.draft.draft is None:
            return identified(findings)
        keys = row_keys(self.draft.draft, self.draft.graph)
        return identified(findings, keys, self._rows_of_draft().column)

    def _rows_of_draft(self) -> RowIndex:
        places = self.draft.draft.places if self.draft and self.draft.draft else SourceMap()
        return RowIndex(places)

    def _counted(self, results: tuple[ShapeResult, ...]) -> Triples:
        """Give the triples of the things whose values are too few or too many."""
        if self.draft:
            return self.draft.graph
        things = sorted(
            {iri_of(result.focus) for result in results if result.component.endswith(_COUNTED)}
        )
        found: list[Triple] = []
        for start in range(0, len(things), _BATCH):
            batch = " ".join(str(NamedNode(iri)) for iri in things[start : start + _BATCH] if iri)
            for place in ("s", "o"):
                query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?{place} {{ {batch} }} ?s ?p ?o }}"
                for subject, predicate, value in self._store.select(query):
                    assert isinstance(predicate, NamedNode) and value is not None
                    assert isinstance(subject, NamedNode | BlankNode)
                    found.append(Triple(subject, predicate, value))
        return Triples(found)

    def _source_records(self) -> frozenset[str]:
        """List what was read from a source that tells only a part of the plan."""
        return frozenset(iri_of(row[0]) for row in self._store.select(_SOURCE_RECORDS))


_COUNTED = ("MinCountConstraintComponent", "MaxCountConstraintComponent")
_SOURCE_RECORDS = (
    f"PREFIX swd: <{PREFIXES['swd']}> PREFIX rendering: <{PREFIXES['rendering']}> "
    "SELECT DISTINCT ?x WHERE { ?version swd:hasRendering ?rendering . "
    "FILTER (?rendering != rendering:full) "
    "{ ?x swd:describedIn ?version } UNION { ?version swd:hasRendering ?r BIND (?version AS ?x) } }"
)


def _things(store: Store, iris: Sequence[str]) -> dict[str, Thing]:
    """Look up labels and codes of what findings are about.

    What has neither, such as a baseline or a claim, is called by what it is about.
    """
    own = _named(store, iris, "BIND (?x AS ?named)")
    nameless = [iri for iri in iris if own.get(iri, _NAMELESS) == _NAMELESS]
    about = _named(store, nameless, "?x swd:isBaselineOf|swd:isTargetOf|rdf:subject ?named")
    return own | about


def _named(store: Store, iris: Sequence[str], leads: str) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for start in range(0, len(iris), _BATCH):
        batch = " ".join(str(NamedNode(iri)) for iri in iris[start : start + _BATCH])
        query = (
            f"{_PREFIXES} SELECT ?x ?label ?code WHERE {{ VALUES ?x {{ {batch} }} {leads} "
            "OPTIONAL { { ?named skos:prefLabel ?label } UNION { ?named rdfs:label ?label } } "
            "OPTIONAL { ?named skos:notation ?code } } ORDER BY ?x ?label ?code"
        )
        rows: dict[str, tuple[dict[str, str], str]] = {}
        for thing, label, code in store.select(query):
            texts, known = rows.get(iri_of(thing), ({}, ""))
            if isinstance(label, Literal):
                texts.setdefault(label.language or "", label.value)
            given = code.value if isinstance(code, Literal) else ""
            rows[iri_of(thing)] = (texts, known or given)
        things |= {
            iri: Thing(Text(texts.get("en", texts.get("", "")), texts.get("th", "")), code)
            for iri, (texts, code) in rows.items()
        }
    return things
