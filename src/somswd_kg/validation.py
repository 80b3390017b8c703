"""One check of a graph: shapes, hygiene queries, evidence and literals, told as findings."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from somswd_kg.engines import Engine, run_engine
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
from somswd_kg.findings.locating import Described
from somswd_kg.findings.rules import RuleBook
from somswd_kg.findings.scorecard import missing_before, scorecard
from somswd_kg.findings.suggestions import Knowledge, suggested
from somswd_kg.knowledge import read_knowledge
from somswd_kg.language import Language, Text
from somswd_kg.material import Material
from somswd_kg.model import Finding, FindingReport, ShapeResult, Stage
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.project import Project
from somswd_kg.scores import Scorecard
from somswd_kg.shacl.binding import limit
from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.shacl.statistics import Statistics
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.drafts.places import RowIndex
    from somswd_kg.evidence.check import EvidenceProblem, EvidenceReport
    from somswd_kg.findings.baseline import BaselineLine
    from somswd_kg.intake import DraftFile
    from somswd_kg.questions.catalogue import Question

__all__ = ["Check", "Validation", "verify_evidence"]

_PREFIXES = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("rdf", "rdfs", "skos", "swd"))
_NAMELESS = Thing()
_BATCH = 500
_BESIDE = 4


class Check(StrEnum):
    """Name a part of a validation."""

    SHAPES = "shapes"
    HYGIENE = "hygiene"
    EVIDENCE = "evidence"
    LITERALS = "literals"


def verify_evidence(
    store: Store, project: Project, graphs: Sequence[str] | None = None
) -> EvidenceReport:
    """Hold all evidence of a store against the texts in the project."""
    from somswd_kg.evidence.check import check_evidence
    from somswd_kg.evidence.reading import read_evidence

    evidence = read_evidence(store, graphs)
    texts = {source.iri: project.source_text(source.file) for source in evidence.sources}
    return check_evidence(evidence, {iri: text for iri, text in texts.items() if text is not None})


@dataclass(frozen=True, slots=True)
class Validation:
    """What is needed for one check.

    Attributes:
        store: The data.
        material: The shapes, the hygiene queries, and the source texts.
        stage: Whose severities count.
        engine: What runs the shapes.
        checks: The parts to run.
        focus: Graphs whose subjects alone are looked at; None for everything.
        name: What is checked, for the report.
        draft: The drafter's file that is in the focus graphs; None for none.
        language: Of the values that are suggested.
        scored: Whether to say of the graph itself how complete it is.
        graphs: The graphs of an endpoint, to be told in the report.
    """

    store: Store
    material: Material
    stage: Stage = Stage.FINAL
    engine: Engine = Engine.COMPILED
    checks: tuple[Check, ...] = tuple(Check)
    focus: tuple[str, ...] | None = None
    name: str = ""
    draft: DraftFile | None = None
    language: Language = Language.EN
    scored: bool = False
    graphs: tuple[str, ...] = ()

    def run(self, *, baseline: bool) -> FindingReport:
        """Check, and set apart what is known when a baseline is wanted."""
        rules = self.material.rules
        results = self._results()
        graph = self._counted(results)
        findings = merged(self._findings(results, rules, graph))
        found = suggested(self._identified(findings), rules, self._knowledge(graph))
        score = self._scorecard(found, rules)
        known: tuple[Finding, ...] = ()
        if baseline:
            from somswd_kg.findings.baseline import split

            complete = set(self.checks) == set(Check)
            found, known = split(found, self._baseline(), tell_stale=complete)
        return FindingReport(
            found, known, self.stage, self.name, scorecard=score, graphs=self.graphs
        )

    def _results(self) -> tuple[ShapeResult, ...]:
        if Check.SHAPES not in self.checks:
            return ()
        compiled = self.engine is Engine.COMPILED
        shapes = self.material.compiled if compiled else self.material.shapes
        return run_engine(self.engine, self.store, shapes, focus=self.focus).results

    def _findings(
        self, results: tuple[ShapeResult, ...], rules: RuleBook, graph: Triples
    ) -> list[Finding]:
        rows = self._hygiene_rows()
        wanted = {_iri(result.focus) for result in results}
        wanted |= {_iri(result.value) for result in results}
        wanted |= {_iri(row[0]) for _, found in rows for row in found}
        problems: tuple[EvidenceProblem, ...] = ()
        if Check.EVIDENCE in self.checks and self._has_evidence():
            evidence = verify_evidence(self.store, self.material.project)
            problems = self._in_focus(evidence.problems)
            wanted |= {problem.iri for problem in problems}
        ill_typed = self._ill_typed() if Check.LITERALS in self.checks else []
        wanted |= {_iri(subject) for subject, _, _ in ill_typed}
        remarks = self.draft.remarks if self.draft else ()
        element_at = self._rows_of_draft().element
        wanted |= {element_at(remark.place) for remark in remarks}
        things = _things(self.store, sorted(iri for iri in wanted if iri and iri[:2] != "_:"))
        findings = from_shapes(
            results,
            rules,
            things,
            self.stage,
            locate=self.draft.locate if self.draft else None,
            describe=Described(graph, things, self._source_records()),
        )
        others = from_evidence(problems, things) + from_ill_typed(ill_typed, things)
        for query, found in rows:
            locate = self.draft.locate if self.draft else None
            others += from_hygiene(query.name, query.header, found, things, locate)
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

    def _knowledge(self, graph: Triples) -> Knowledge:
        thai_book = bool(self.draft and self.draft.book) and self.language is Language.TH
        return read_knowledge(self.store, graph, self.language, buddhist=thai_book)

    def _scorecard(self, found: Sequence[Finding], rules: RuleBook) -> Scorecard | None:
        """Say how complete the draft is, or the graph itself when that was asked for.

        Where there is neither a goal nor a result, there is nothing to say.
        """
        if self.draft is None and not self.scored:
            return None
        graph = self.draft.graph if self.draft else Triples(self.store.construct(_SCORED))
        missing = missing_before(found, rules, self.stage)
        score = scorecard(graph, None, self.stage, missing)
        return score if score.goals or score.unlinked else None

    def _rows_of_draft(self) -> RowIndex:
        from somswd_kg.drafts.places import RowIndex, SourceMap

        places = self.draft.draft.places if self.draft and self.draft.draft else SourceMap()
        return RowIndex(places)

    def _counted(self, results: tuple[ShapeResult, ...]) -> Triples:
        """Give the triples of the things whose values are too few or too many."""
        if self.draft:
            return self.draft.graph
        things = sorted(
            {_iri(result.focus) for result in results if result.component.endswith(_COUNTED)}
        )
        found: list[Triple] = []
        for start in range(0, len(things), _BATCH):
            batch = " ".join(str(NamedNode(iri)) for iri in things[start : start + _BATCH] if iri)
            for place in ("s", "o"):
                query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?{place} {{ {batch} }} ?s ?p ?o }}"
                for subject, predicate, value in self.store.select(query):
                    assert isinstance(predicate, NamedNode) and value is not None
                    assert isinstance(subject, NamedNode | BlankNode)
                    found.append(Triple(subject, predicate, value))
        return Triples(found)

    def _source_records(self) -> frozenset[str]:
        """List what was read from a source that tells only a part of the plan."""
        return frozenset(_iri(row[0]) for row in self.store.select(_SOURCE_RECORDS))

    def _hygiene(self) -> tuple[Question, ...]:
        return self.material.hygiene if Check.HYGIENE in self.checks else ()

    def _hygiene_rows(self) -> list[tuple[Question, list[tuple[Term | None, ...]]]]:
        """Run the hygiene queries, beside each other where the store is in this process."""
        queries = self._hygiene()
        if not isinstance(self.store, KeepsLiterals):
            return [(query, self._rows(query)) for query in queries]
        with ThreadPoolExecutor(_BESIDE) as pool:
            return list(zip(queries, pool.map(self._rows, queries), strict=True))

    def _rows(self, query: Question) -> list[tuple[Term | None, ...]]:
        if self.focus is None:
            from somswd_kg.questions.asking import run

            return run(self.store, query, {})
        spread = Statistics(self.store, None).fan
        text = limit(query.select.text, query.select.projection[0], self.focus, spread)
        return list(self.store.select(text))

    def _subjects(self) -> frozenset[Term | None]:
        """List what the focus graphs speak of."""
        query = "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"
        return frozenset(row[0] for row in self.store.select(query, graphs=self.focus))

    def _has_evidence(self) -> bool:
        """Say whether there is any in what is looked at."""
        return self.focus is None or self.store.ask(_EVIDENCE, graphs=self.focus)

    def _in_focus(self, problems: tuple[EvidenceProblem, ...]) -> tuple[EvidenceProblem, ...]:
        if self.focus is None:
            return problems
        own = {_iri(term) for term in self._subjects()}
        return tuple(problem for problem in problems if problem.iri in own)

    def _ill_typed(self) -> list[tuple[Term, NamedNode, Literal]]:
        """List literals that are none of their type, as they are written."""
        found = []
        for subject, predicate, value in self.store.select(_TYPED, graphs=self.focus):
            if isinstance(value, Literal) and not is_well_formed(value):
                assert subject is not None and isinstance(predicate, NamedNode)
                found.append((subject, predicate, value))
        if isinstance(self.store, KeepsLiterals):
            found += (
                (item.subject, item.predicate, item.written)
                for item in self.store.rewritten(self.focus)
                if not is_well_formed(item.written)
            )
        return found

    def _baseline(self) -> list[BaselineLine]:
        from somswd_kg.findings.baseline import read_baseline

        return [
            line
            for file in self.material.project.baseline_files()
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
_EVIDENCE = f"""PREFIX swd: <{PREFIXES["swd"]}> ASK {{
  {{ ?s a swd:Evidence }} UNION {{ ?s swd:hasEvidence ?e }} UNION {{ ?s swd:isSlipIn ?e }}
  UNION {{ ?s swd:storedAs ?f }}
}}"""
_TYPED = """SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isLiteral(?o) && LANG(?o) = ""
  && DATATYPE(?o) != <http://www.w3.org/2001/XMLSchema#string>) }"""


def _iri(term: Term | None) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode) else ""


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
            texts, known = rows.get(_iri(thing), ({}, ""))
            if isinstance(label, Literal):
                texts.setdefault(label.language or "", label.value)
            given = code.value if isinstance(code, Literal) else ""
            rows[_iri(thing)] = (texts, known or given)
        things |= {
            iri: Thing(Text(texts.get("en", texts.get("", "")), texts.get("th", "")), code)
            for iri, (texts, code) in rows.items()
        }
    return things
