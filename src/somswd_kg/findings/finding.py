"""Make findings: of SHACL results, of hygiene queries, of evidence. Nothing is told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from somswd_kg.findings.messages import Circumstances, filled, literal_text, message_of
from somswd_kg.findings.rules import Rule, RuleBook, severity_of
from somswd_kg.language import (
    NO_TEXT,
    Text,
    arabic_digits,
    buddhist_year,
    local_name,
    thai_text_of_date,
)
from somswd_kg.model import Finding, Place, Severity, ShapeResult, Stage
from somswd_kg.namespaces import XSD
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

if TYPE_CHECKING:
    from somswd_kg.drafts.remarks import Remark
    from somswd_kg.evidence.check import EvidenceProblem
    from somswd_kg.questions.header import Header

__all__ = [
    "Describe",
    "Locate",
    "Thing",
    "from_evidence",
    "from_hygiene",
    "from_ill_typed",
    "from_remarks",
    "from_shapes",
    "located",
    "merged",
]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known of an element that a finding is about.

    Attributes:
        label: What it is called.
        code: Its number in its document.
    """

    label: Text = NO_TEXT
    code: str = ""


_UNKNOWN = Thing()
Things = Mapping[str, Thing]


def _iri(term: Term | None) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode) else ""


def _shown(term: Term | None) -> str:
    """Write a value as a finding shows it: text as it is, a thing by its IRI."""
    if isinstance(term, BlankNode) or term is None:
        return ""
    return term.value


def _named(term: Term | None, things: Things) -> Text:
    """Give what a value is called, where a reader knows it by other words than its own."""
    if isinstance(term, Literal):
        said = literal_text(term)
        return NO_TEXT if said.en == said.th == term.value else said
    return things.get(_iri(term), _UNKNOWN).label


Locate = Callable[[ShapeResult, Rule | None], tuple[Place, ...]]
"""Give the cells of a result, the main one first."""
Describe = Callable[[ShapeResult, Rule, Thing, Place | None], Circumstances]
"""Give what the sentence of a result may name."""


def from_shapes(
    results: Iterable[ShapeResult],
    rules: RuleBook,
    things: Things,
    stage: Stage,
    *,
    locate: Locate | None = None,
    describe: Describe | None = None,
) -> list[Finding]:
    """Turn SHACL results into findings.

    Args:
        results: Of either engine.
        rules: What the shapes graph says of its rules.
        things: Labels and codes by IRI.
        stage: Whose severities count.
        locate: Finds the cells of a drafter's file; without it findings have no place.
        describe: Tells what was found; without it the plain message of the shape is shown.
    """
    findings = []
    for result in results:
        rule = rules.find(result.constraint, result.shape)
        element = _iri(result.focus) or _shown(result.focus)
        thing = things.get(element, _UNKNOWN)
        number = rule.number if rule else local_name(result.constraint or result.shape)
        severity = rule.severities[stage] if rule else severity_of(NamedNode(result.severity))
        message = result.message or (rule.message if rule else NO_TEXT)
        places = locate(result, rule) if locate else ()
        place = places[0] if places else None
        if rule and describe:
            message = message_of(rule, describe(result, rule, thing, place), message)
        if not message:
            plain = f"{local_name(result.component)} does not hold"
            message = Text(plain, plain)
        findings.append(
            Finding(
                rule=number,
                severity=severity,
                element=element,
                label=thing.label,
                code=thing.code,
                message=message,
                fix=rule.fix if rule else NO_TEXT,
                reason=rule.reason if rule else NO_TEXT,
                value=_shown(result.value),
                value_label=_named(result.value, things),
                path=result.path,
                place=place,
                related=places[1:],
                result=result,
            )
        )
    return findings


def from_hygiene(
    name: str,
    header: Header,
    rows: Iterable[tuple[Term | None, ...]],
    things: Things,
    locate: Locate | None = None,
) -> list[Finding]:
    """Turn the rows of a hygiene query (`?entity ?property ?value`) into findings."""
    findings = []
    for entity, prop, value in rows:
        element = _iri(entity)
        places: tuple[Place, ...] = ()
        if locate is not None and entity is not None:
            empty = ShapeResult(entity, _iri(prop), value, "", "", "", "", NO_TEXT)
            places = locate(empty, None)
        thing = things.get(element, _UNKNOWN)
        findings.append(
            Finding(
                rule=header.id or name,
                severity=Severity(header.severity),
                element=element,
                label=thing.label,
                code=thing.code,
                message=header.problem,
                fix=header.fix,
                value=_shown(value),
                value_label=_named(value, things),
                path=_iri(prop),
                place=places[0] if places else None,
                related=places[1:],
            )
        )
    return findings


def from_evidence(problems: Sequence[EvidenceProblem], things: Things) -> list[Finding]:
    """Turn what evidence does not hold into findings: all of them violations."""
    if not problems:
        return []
    from somswd_kg.evidence import rules as evidence_rules
    from somswd_kg.evidence.rules import EvidenceRule

    return [
        Finding(
            rule=problem.rule,
            severity=Severity.VIOLATION,
            element=problem.iri,
            label=things.get(problem.iri, _UNKNOWN).label,
            code=things.get(problem.iri, _UNKNOWN).code,
            message=evidence_rules.message(EvidenceRule(problem.rule), problem.value),
            fix=evidence_rules.fix(EvidenceRule(problem.rule)),
            reason=evidence_rules.reason,
            value=problem.value,
        )
        for problem in problems
    ]


_YEARS = frozenset(("year", "first", "second", "last"))
"""Values of remarks that are years of the Common Era."""

_AS_WRITTEN = frozenset(("cell", "written", "formula"))
"""Values of remarks that are the drafter's own words."""

_ILL_TYPED = Text("“{value}” is no {type}.", "“{value}” ไม่ใช่ข้อมูลชนิด {type}")
_ILL_TYPED_FIX = Text(
    "Write the value in the form that its type has, or give it another type.",
    "โปรดเขียนค่าให้ตรงกับรูปแบบของชนิดข้อมูล หรือเปลี่ยนชนิดข้อมูล",
)


def from_ill_typed(
    triples: Iterable[tuple[Term, NamedNode, Literal]], things: Things
) -> list[Finding]:
    """Turn literals that are none of their type into findings: a store would drop them silently."""
    findings = []
    for subject, predicate, literal in triples:
        element = _iri(subject)
        kind = literal.datatype.value
        name = kind.replace(XSD.base, "xsd:")
        thing = things.get(element, _UNKNOWN)
        findings.append(
            Finding(
                rule="DATA-01",
                severity=Severity.VIOLATION,
                element=element,
                label=thing.label,
                code=thing.code,
                message=Text(
                    _ILL_TYPED.en.format(value=literal.value, type=name),
                    _ILL_TYPED.th.format(value=literal.value, type=name),
                ),
                fix=_ILL_TYPED_FIX,
                value=literal.value,
                path=predicate.value,
            )
        )
    return findings


def from_remarks(
    remarks: Iterable[Remark],
    rules: RuleBook,
    stage: Stage,
    cell_text: Callable[[Place], str],
    element_at: Callable[[Place | None], str],
    things: Things,
) -> list[Finding]:
    """Turn what intake has to say of a draft into findings.

    Args:
        remarks: What was mended, read, assumed or refused.
        rules: What the shapes graph says of the rules of intake, among others.
        stage: Whose severities count.
        cell_text: Gives what stands in a cell.
        element_at: Gives the IRI of the thing in whose row a place is.
        things: Labels and codes by IRI.
    """
    findings = []
    for remark in remarks:
        rule = rules.of_remark(str(remark.code))
        if rule is None:
            continue
        written = cell_text(remark.place) if remark.place else ""
        element = element_at(remark.place)
        thing = things.get(element, _UNKNOWN)
        values = {"cell": written, "number": arabic_digits(written)}
        values |= _in_both_eras(dict(remark.params))
        near = values.get("near", "")
        in_thai = {k: v if k in _AS_WRITTEN else thai_text_of_date(v) for k, v in values.items()}
        message = Text(filled(rule.message.en, values), filled(rule.message.th, in_thai))
        if near:
            message = Text(
                f"{message.en} Did you mean “{near.replace('; ', '” or “')}”?",
                f"{message.th} ท่านหมายถึง “{near.replace('; ', '” หรือ “')}” ใช่หรือไม่",
            )
        findings.append(
            Finding(
                rule=rule.number,
                severity=rule.severities[stage],
                element=element,
                label=thing.label,
                code=thing.code,
                message=message,
                fix=rule.fix,
                reason=rule.reason,
                value=values.get("written", written),
                place=remark.place,
                suggested=near.split("; ")[0],
            )
        )
    return findings


def _in_both_eras(values: dict[str, str]) -> dict[str, str]:
    """Add to each year, under its name and `-be`, what it is in the Buddhist era."""
    years = {name: value for name, value in values.items() if name in _YEARS and value.isdecimal()}
    return values | {f"{name}-be": str(buddhist_year(int(year))) for name, year in years.items()}


def located(finding: Finding, locate: Locate | None) -> Finding:
    """Give a finding that no shape made its place in a drafter's file."""
    focus = finding.element
    if locate is None or finding.place or not focus:
        return finding
    node = BlankNode(focus[2:]) if focus.startswith("_:") else NamedNode(focus)
    result = ShapeResult(node, finding.path, None, "", "", "", "", NO_TEXT)
    places = locate(result, None)
    if not places:
        return finding
    return replace(finding, place=places[0], related=places[1:])


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, and keep one of those that say the same of the same thing."""
    ordered = [(finding.order, finding) for finding in findings]
    ordered.sort(key=itemgetter(0))
    kept: dict[tuple[object, ...], Finding] = {}
    for (_, *same), finding in ordered:
        kept.setdefault(tuple(same), finding)
    return tuple(kept.values())
