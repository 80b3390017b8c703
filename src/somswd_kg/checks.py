"""The parts of one check: shapes, hygiene queries, evidence and literals, and what each found.

Nothing here tells of it; `validation` makes findings of the outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING

from somswd_kg.engines import Engine, run_engine, shape_results
from somswd_kg.material import DRAFT_GRAPH
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.rehearsal import Rehearsal
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

if TYPE_CHECKING:
    from somswd_kg.evidence.check import EvidenceProblem, EvidenceReport
    from somswd_kg.material import Material
    from somswd_kg.model import ShapeResult
    from somswd_kg.project import Project
    from somswd_kg.shacl.compiled import CompiledShapes
    from somswd_kg.terms import Triple

    Shapes = CompiledShapes | Sequence[Triple]

__all__ = ["Check", "Checks", "Outcomes", "Running", "iri_of", "verify_evidence"]

_BESIDE = 4

IllTyped = tuple[Term, NamedNode, Literal]
Rows = list[tuple[Term | None, ...]]
HygieneRows = tuple[str, Rows]


class Check(StrEnum):
    """Name a part of a validation."""

    SHAPES = "shapes"
    HYGIENE = "hygiene"
    EVIDENCE = "evidence"
    LITERALS = "literals"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the parts of a check found.

    Attributes:
        results: Those of the shapes.
        rows: Those of each hygiene query, by its name.
        problems: Quotes that do not stand in their sources.
        ill_typed: Subject, predicate and literal, as written, that is none of its type.
    """

    results: tuple[ShapeResult, ...]
    rows: list[HygieneRows]
    problems: tuple[EvidenceProblem, ...]
    ill_typed: list[IllTyped]

    @property
    def say_something(self) -> bool:
        """Say whether anything was found."""
        return bool(
            self.results or self.problems or self.ill_typed or any(found for _, found in self.rows)
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A check that has begun.

    Attributes:
        outcomes: Waits for what it found.
        speaks: Waits until something is found, or nothing, and says which; what tells of it can
            be made ready meanwhile.
    """

    outcomes: Callable[[], Outcomes]
    speaks: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Checks:
    """What is to be checked.

    Attributes:
        store: The data.
        material: The shapes, the hygiene queries, and the source texts.
        engine: What runs the shapes.
        wanted: The parts to run.
        draft: Whether only what is a subject in a draft's graph is looked at.
    """

    store: Store
    material: Material
    engine: Engine = Engine.COMPILED
    wanted: tuple[Check, ...] = tuple(Check)
    draft: bool = False

    @property
    def focus(self) -> tuple[str, ...] | None:
        """The graphs whose subjects alone are looked at; None for everything."""
        return (DRAFT_GRAPH,) if self.draft else None

    def start(self) -> Running:
        """Begin.

        A store in this process answers beside whatever is done until the outcomes are waited for;
        an endpoint is asked then, one request after the other.
        """
        shapes = self._shapes()
        if not isinstance(self.store, KeepsLiterals):
            return Running(lambda: Outcomes(self._results(shapes), *self._others()))
        pool, known = ThreadPoolExecutor(2), SimpleQueue[bool]()
        results = pool.submit(self._results, shapes, partial(known.put, True))
        others = pool.submit(self._others)
        results.add_done_callback(lambda _: known.put(False))
        pool.shutdown(wait=False)
        return Running(lambda: Outcomes(results.result(), *others.result()), known.get)

    def make_ready(self) -> None:
        """Read what makes results, for when something is found."""
        if isinstance(self._shapes(), Rehearsal):
            _ = self.material.tellers

    def _shapes(self) -> Shapes | Rehearsal | None:
        if Check.SHAPES not in self.wanted:
            return None
        if self.engine is Engine.PYSHACL:
            return self.material.shapes
        rehearsal = self.material.rehearsal if self.draft else None
        return rehearsal or self.material.compiled

    def _results(
        self, shapes: Shapes | Rehearsal | None, first: Callable[[], object] = lambda: None
    ) -> tuple[ShapeResult, ...]:
        if shapes is None:
            return ()
        if isinstance(shapes, Rehearsal):
            return self._rehearsed(shapes, first)
        return self._engine_run(shapes)

    def _rehearsed(
        self, rehearsal: Rehearsal, first: Callable[[], object]
    ) -> tuple[ShapeResult, ...]:
        """Ask what was written before; what hangs on more than the answers is checked anew."""
        heard = rehearsal.hear(self.store, first)
        if heard is None:
            return self._engine_run(self.material.compiled)
        found: tuple[ShapeResult, ...] = ()
        if heard.answers:
            found = shape_results(self.material.tellers.results(self.store, rehearsal, heard))
        if heard.left:
            found += self._engine_run(self.material.compiled.narrowed(heard.left))
        return tuple(sorted(found, key=lambda result: result.order))

    def _engine_run(self, shapes: Shapes) -> tuple[ShapeResult, ...]:
        return run_engine(self.engine, self.store, shapes, focus=self.focus).results

    def _others(
        self,
    ) -> tuple[list[HygieneRows], tuple[EvidenceProblem, ...], list[IllTyped]]:
        rows = self._rows()
        problems: tuple[EvidenceProblem, ...] = ()
        if Check.EVIDENCE in self.wanted and self._has_evidence():
            evidence = verify_evidence(self.store, self.material.project)
            problems = self._in_focus(evidence.problems)
        return rows, problems, self._ill_typed() if Check.LITERALS in self.wanted else []

    def _rows(self) -> list[HygieneRows]:
        """Run the hygiene queries, beside each other where the store is in this process."""
        queries = self._hygiene() if Check.HYGIENE in self.wanted else {}
        if not isinstance(self.store, KeepsLiterals):
            return [(name, ask()) for name, ask in queries.items()]
        with ThreadPoolExecutor(_BESIDE) as pool:
            asked = {name: pool.submit(ask) for name, ask in queries.items()}
            return [(name, waiting.result()) for name, waiting in asked.items()]

    def _hygiene(self) -> Mapping[str, Callable[[], Rows]]:
        if self.draft:
            written = self.material.draft_hygiene
            return {name: partial(self._select, query) for name, query in written.items()}
        from somswd_kg.questions.asking import run

        return {
            n: partial(run, self.store, query, {}) for n, query in self.material.hygiene.items()
        }

    def _select(self, query: str) -> Rows:
        return list(self.store.select(query))

    def _has_evidence(self) -> bool:
        """Say whether there is any in what is looked at."""
        return not self.draft or self.store.ask(_EVIDENCE, graphs=self.focus)

    def _in_focus(self, problems: tuple[EvidenceProblem, ...]) -> tuple[EvidenceProblem, ...]:
        if not self.draft:
            return problems
        subjects = self.store.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o }", graphs=self.focus)
        own = {iri_of(row[0]) for row in subjects}
        return tuple(problem for problem in problems if problem.iri in own)

    def _ill_typed(self) -> list[IllTyped]:
        """List literals that are none of their type, as they are written."""
        from somswd_kg.shacl.literals import is_well_formed

        found: list[IllTyped] = []
        values = self.store.select(f"SELECT DISTINCT ?o {_TYPED}", graphs=self.focus)
        if any(isinstance(v, Literal) and not is_well_formed(v) for (v,) in values):
            rows = self.store.select(f"SELECT ?s ?p ?o {_TYPED}", graphs=self.focus)
            for subject, predicate, value in rows:
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


def verify_evidence(
    store: Store, project: Project, graphs: Sequence[str] | None = None
) -> EvidenceReport:
    """Hold all evidence of a store against the texts in the project."""
    from somswd_kg.evidence.check import check_evidence
    from somswd_kg.evidence.reading import read_evidence

    evidence = read_evidence(store, graphs)
    texts = {source.iri: project.source_text(source.file) for source in evidence.sources}
    return check_evidence(evidence, {iri: text for iri, text in texts.items() if text is not None})


def iri_of(term: Term | None) -> str:
    """Give the IRI of a term, or the label of a blank node; empty for others."""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode) else ""


_EVIDENCE = f"""PREFIX swd: <{PREFIXES["swd"]}> ASK {{
  {{ ?s a swd:Evidence }} UNION {{ ?s swd:hasEvidence ?e }} UNION {{ ?s swd:isSlipIn ?e }}
  UNION {{ ?s swd:storedAs ?f }}
}}"""
_TYPED = """WHERE { ?s ?p ?o FILTER(isLiteral(?o) && LANG(?o) = ""
  && DATATYPE(?o) != <http://www.w3.org/2001/XMLSchema#string>) }"""
