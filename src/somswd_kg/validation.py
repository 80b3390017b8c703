"""What a check of a graph or a draft found, told as findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from somswd_kg.checks import Check, Checks, Outcomes, Running, iri_of
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
from somswd_kg.findings.scorecard import missing_before, scorecard
from somswd_kg.findings.suggestions import Knowledge, suggested
from somswd_kg.knowledge import read_knowledge
from somswd_kg.language import Language, Text
from somswd_kg.model import Finding, FindingReport, ShapeResult, Stage
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.scores import Scorecard
from somswd_kg.terms import BlankNode, Literal, NamedNode, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.findings.baseline import BaselineLine
    from somswd_kg.intake import DraftFile

__all__ = ["Validation"]

_PREFIXES = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("rdf", "rdfs", "skos", "swd"))
_NAMELESS = Thing()
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Validation:
    """How the outcomes of a check are told.

    Attributes:
        checks: What was checked.
        stage: Whose severities count.
        name: What is checked, for the report.
        draft: The drafter's file that is in the focus graphs; None for none.
        language: Of the values that are suggested.
        scored: Whether to say of the graph itself how complete it is.
        graphs: The graphs of an endpoint, to be told in the report.
    """

    checks: Checks
    stage: Stage = Stage.FINAL
    name: str = ""
    draft: DraftFile | None = None
    language: Language = Language.EN
    scored: bool = False
    graphs: tuple[str, ...] = ()

    @property
    def _store(self) -> Store:
        return self.checks.store

    def report(self, running: Running, *, baseline: bool) -> FindingReport:
        """Tell what was found, and set apart what is known when a baseline is wanted.

        Args:
            running: The check.
            baseline: Whether it is wanted.
        """
        rules, knowledge = self.checks.material.rules, self._knowledge()
        if running.speaks():
            self._make_ready()
        outcomes = running.outcomes()
        graph = self._counted(outcomes.results)
        findings = merged(self._findings(outcomes, rules, graph))
        found = suggested(self._identified(findings), rules, replace(knowledge, graph=graph))
        score = self._scorecard(found, rules)
        known: tuple[Finding, ...] = ()
        if baseline:
            from somswd_kg.findings.baseline import split

            complete = set(self.checks.wanted) == set(Check)
            found, known = split(found, self._baseline(), tell_stale=complete)
        return FindingReport(
            found, known, self.stage, self.name, scorecard=score, graphs=self.graphs
        )

    def _make_ready(self) -> None:
        """Read what results are made from, and where they stand, while others are looked for."""
        self.checks.make_ready()
        if self.draft is not None and isinstance(self.draft.locate, Lines):
            self.draft.locate.read()

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

    def _knowledge(self) -> Knowledge:
        thai_book = bool(self.draft and self.draft.book) and self.language is Language.TH
        return read_knowledge(self._store, self.language, buddhist=thai_book)

    def _scorecard(self, found: Sequence[Finding], rules: RuleBook) -> Scorecard | None:
        """Say how complete the draft is, or the graph itself when that was asked for.

        Where there is neither a goal nor a result, there is nothing to say.
        """
        if self.draft is None and not self.scored:
            return None
        graph = self.draft.graph if self.draft else Triples(self._store.construct(_SCORED))
        missing = missing_before(found, rules, self.stage)
        score = scorecard(graph, None, self.stage, missing)
        return score if score.goals or score.unlinked else None

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

    def _baseline(self) -> list[BaselineLine]:
        from somswd_kg.findings.baseline import read_baseline

        return [
            line
            for file in self.checks.material.project.baseline_files()
            for line in read_baseline(file.text(), str(file.path))
        ]


_COUNTED = ("MinCountConstraintComponent", "MaxCountConstraintComponent")
_SOURCE_RECORDS = (
    f"PREFIX swd: <{PREFIXES['swd']}> PREFIX rendering: <{PREFIXES['rendering']}> "
    "SELECT DISTINCT ?x WHERE { ?version swd:hasRendering ?rendering . "
    "FILTER (?rendering != rendering:full) "
    "{ ?x swd:describedIn ?version } UNION { ?version swd:hasRendering ?r BIND (?version AS ?x) } }"
)
_SCORED = f"""PREFIX swd: <{PREFIXES["swd"]}> PREFIX rdf: <{PREFIXES["rdf"]}>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ ?s swd:describedIn ?version ; ?p ?o }}
  UNION {{ VALUES ?p {{ swd:isBaselineOf swd:isTargetOf }} ?s ?p ?o }}
  UNION {{ VALUES ?p {{ rdf:type rdf:subject rdf:predicate swd:hasBasis }}
    ?s swd:hasBasis ?basis ; ?p ?o }}
}}"""


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
