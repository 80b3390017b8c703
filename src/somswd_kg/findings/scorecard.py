"""How complete a plan is: what the outcomes and outputs of each goal have.

A result has an indicator when at least one measures it, and a baseline, a target or a responsible
body when every indicator of it has one: a share of 100 per cent then means that nothing is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from somswd_kg.claims import Basis
from somswd_kg.findings.rules import RuleBook
from somswd_kg.language import Text
from somswd_kg.model import Finding, Severity, Stage
from somswd_kg.namespaces import RDF, SKOS, SWD
from somswd_kg.scores import Aspect, GoalScore, Missing, Scorecard, Share
from somswd_kg.terms import NamedNode, Resource, Term
from somswd_kg.triples import Triples

__all__ = ["missing_before", "next_stage", "scorecard"]

_OWNERS = (SWD.hasResponsibleBody, SWD.hasOwner, SWD.hasLead)
_PROPOSED = (SWD.hasBasis, Basis.PROPOSED.term)
_NO_GOAL = Text("results that lead to no goal", "ผลลัพธ์และผลผลิตที่ยังไม่เชื่อมกับเป้าหมาย")
_WHOLE = Text("the whole plan", "ทั้งแผนงาน")


def scorecard(
    graph: Triples,
    version: NamedNode | None = None,
    stage: Stage = Stage.FINAL,
) -> Scorecard:
    """Say how complete a plan is; what is missing is left open (`missing_before`).

    Args:
        graph: The plan's triples, those of its claims among them.
        version: Only what is described in this version; None for all.
        stage: Of the draft.
    """
    goals = _inside(graph, SWD.Goal, version)
    results = (*_inside(graph, SWD.Outcome, version), *_inside(graph, SWD.Output, version))
    checklist = {result: _checklist(graph, result) for result in results}
    leads = {result: _goals_of(graph, result) for result in results}
    scores = tuple(
        GoalScore(
            graph.string(goal, SKOS.notation),
            _label(graph, goal),
            _shares(checklist, [result for result in results if goal in leads[result]]),
        )
        for goal in goals
    )
    loose = [result for result in results if not leads[result] & set(goals)]
    following = next_stage(stage)
    return Scorecard(
        scores,
        GoalScore("", _NO_GOAL, _shares(checklist, loose)) if loose else None,
        GoalScore("", _WHOLE, _shares(checklist, results)),
        str(following) if following else "",
        proposed=any(_is_proposed_link(graph, claim) for claim in graph.subjects(*_PROPOSED)),
    )


def _is_proposed_link(graph: Triples, claim: Resource) -> bool:
    return graph.one(claim, RDF.predicate) in (SWD.contributesTo, SWD.leadsTo, SWD.measures)


def next_stage(stage: Stage) -> Stage | None:
    """Name the stage that follows; None after the last.

    >>> next_stage(Stage.OUTLINE)
    <Stage.CONSULTATION: 'consultation'>
    """
    stages = list(Stage)
    return dict(pairwise(stages)).get(stage)


def missing_before(
    findings: Iterable[Finding], rules: RuleBook, stage: Stage
) -> tuple[Missing, ...]:
    """Count by rule what must be mended at the next stage; after the last, what must be now."""
    following = next_stage(stage) or stage
    by_number = {rule.number: rule for rule in rules}
    counts: Counter[str] = Counter()
    for finding in findings:
        rule = by_number.get(finding.rule)
        severity = rule.severities[following] if rule else finding.severity
        if severity is Severity.VIOLATION:
            counts[finding.rule] += 1
    return tuple(
        Missing(number, by_number[number].name if number in by_number else Text(), count)
        for number, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _inside(graph: Triples, cls: NamedNode, version: NamedNode | None) -> list[Resource]:
    """List the things of a class in the version, by code: 2.10 after 2.9."""
    found = [
        thing
        for thing in dict.fromkeys(graph.instances(cls))
        if version is None or version in graph.objects(thing, SWD.describedIn)
    ]
    return sorted(found, key=lambda thing: (_by_number(graph, thing), str(thing)))


def _by_number(graph: Triples, thing: Resource) -> tuple[tuple[int, str], ...]:
    parts = graph.string(thing, SKOS.notation).split(".")
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def _label(graph: Triples, thing: Resource) -> Text:
    texts = graph.texts(thing, SKOS.prefLabel)
    return Text(texts.get("en", texts.get("", "")), texts.get("th", ""))


def _goals_of(graph: Triples, result: Resource) -> set[Term]:
    """Follow output to outcome to goal; a draft may link an output to a goal itself."""
    outcomes = {result, *graph.objects(result, SWD.leadsTo)}
    return {goal for outcome in outcomes for goal in graph.objects(outcome, SWD.contributesTo)}


def _checklist(graph: Triples, result: Resource) -> Mapping[Aspect, bool]:
    indicators = set(graph.subjects(SWD.measures, result))
    activities = graph.subjects(SWD.delivers, result)

    def owned(things: Iterable[Resource]) -> bool:
        return any(graph.objects(thing, owner) for thing in things for owner in _OWNERS)

    def all_have(link: NamedNode) -> bool:
        return bool(indicators) and all(
            any(graph.objects(thing, SWD.value) for thing in graph.subjects(link, each))
            for each in indicators
        )

    return {
        Aspect.INDICATOR: bool(indicators),
        Aspect.BASELINE: all_have(SWD.isBaselineOf),
        Aspect.TARGET: all_have(SWD.isTargetOf),
        Aspect.OWNER: owned((result, *activities))
        or (bool(indicators) and all(owned((each,)) for each in indicators)),
        Aspect.GROUP: bool(graph.objects(result, SWD.hasTargetGroup)),
        Aspect.ALIGNMENT: bool(graph.objects(result, SWD.alignsWith))
        or any(
            SWD.Alignment in graph.objects(claim, RDF.type)
            for claim in graph.subjects(RDF.subject, result)
        ),
    }


def _shares(
    checklist: Mapping[Resource, Mapping[Aspect, bool]], results: Iterable[Resource]
) -> tuple[Share, ...]:
    looked_at = list(results)
    return tuple(
        Share(sum(checklist[result][aspect] for result in looked_at), len(looked_at))
        for aspect in Aspect
    )
