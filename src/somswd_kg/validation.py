"""What a check of a graph or a draft found, told as findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from somswd_kg.checks import Check, Checks, Running
from somswd_kg.findings.scorecard import missing_before, scorecard
from somswd_kg.language import Language
from somswd_kg.model import Finding, FindingReport, Stage
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.scores import Scorecard
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.account import Account
    from somswd_kg.findings.baseline import BaselineLine
    from somswd_kg.intake import DraftFile

__all__ = ["Validation"]


@dataclass(frozen=True)
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
        score = self._scorecard()
        remarked = self.draft is not None and bool(self.draft.remarks)
        if remarked:
            self._account.make_ready()
        if running.speaks():
            self.checks.make_ready()
            self._account.make_ready()
        outcomes = running.outcomes()
        found: tuple[Finding, ...] = ()
        if remarked or outcomes.say_something:
            rules = self.checks.material.rules
            found = self._account.findings(outcomes, rules)
            if score is not None:
                score = replace(score, missing=missing_before(found, rules, self.stage))
        known: tuple[Finding, ...] = ()
        if baseline:
            from somswd_kg.findings.baseline import split

            complete = set(self.checks.wanted) == set(Check)
            found, known = split(found, self._baseline(), tell_stale=complete)
        return FindingReport(
            found, known, self.stage, self.name, scorecard=score, graphs=self.graphs
        )

    @cached_property
    def _account(self) -> Account:
        from somswd_kg.account import Account

        return Account(self.checks, self.stage, self.draft, self.language)

    def _scorecard(self) -> Scorecard | None:
        """Say how complete the draft is, or the graph itself when that was asked for.

        It is worked out while the checks run; what is missing is told by the findings. Where
        there is neither a goal nor a result, there is nothing to say.
        """
        if self.draft is None and not self.scored:
            return None
        graph = self.draft.graph if self.draft else Triples(self._store.construct(_SCORED))
        score = scorecard(graph, None, self.stage)
        return score if score.goals or score.unlinked else None

    def _baseline(self) -> list[BaselineLine]:
        from somswd_kg.findings.baseline import read_baseline

        return [
            line
            for file in self.checks.material.project.baseline_files()
            for line in read_baseline(file.text(), str(file.path))
        ]


_SCORED = f"""PREFIX swd: <{PREFIXES["swd"]}> PREFIX rdf: <{PREFIXES["rdf"]}>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ ?s swd:describedIn ?version ; ?p ?o }}
  UNION {{ VALUES ?p {{ swd:isBaselineOf swd:isTargetOf }} ?s ?p ?o }}
  UNION {{ VALUES ?p {{ rdf:type rdf:subject rdf:predicate swd:hasBasis }}
    ?s swd:hasBasis ?basis ; ?p ?o }}
}}"""
