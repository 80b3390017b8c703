"""The rules: what the shapes graph says of each, besides what SHACL itself needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from somswd_kg.language import NO_TEXT, Text, local_name
from somswd_kg.model import Severity, Stage
from somswd_kg.namespaces import SH, SWD
from somswd_kg.terms import NamedNode, Resource, Term, Triple
from somswd_kg.triples import Triples

__all__ = ["Rule", "RuleBook", "read_rules", "severity_of"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule tells.

    Attributes:
        number: Short and lasting, `IND-03`; the shape's name where it has none.
        iri: The property shape or SPARQL constraint.
        severities: One for each stage.
        name: A few words.
        description: What the value is.
        message: What is wrong and what to do, as any engine shows it.
        not_stated: The same of a source record, where an empty field is a fact about the source.
        fix: What to do.
        reason: Why it matters.
        zero: What is wrong where there is nothing, with places for code, label, value, count,
            limit and classifier, as in the next three.
        too_few: The same where there is some, but less than the limit.
        too_many: The same where there is more than the limit.
        template: The same of all else.
        classifier: The word that counts such things.
        minimum: How many values are asked for.
        maximum: How many are allowed; -1 for any number.
        concerns: IRIs of the properties at whose columns a finding stands, the main one first.
        remarks: Codes of the remarks of intake that it tells of; none for what shapes find.
        word_lists: IRIs of the lists whose words it looks for.
    """

    number: str
    iri: str
    severities: Mapping[Stage, Severity]
    name: Text
    description: Text
    message: Text
    not_stated: Text
    fix: Text
    reason: Text
    zero: Text = NO_TEXT
    too_few: Text = NO_TEXT
    too_many: Text = NO_TEXT
    template: Text = NO_TEXT
    classifier: Text = NO_TEXT
    minimum: int = 0
    maximum: int = -1
    concerns: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    word_lists: tuple[str, ...] = ()


class RuleBook:
    """Find rules by the IRI of their shape or constraint.

    Args:
        rules: In any order.
        parents: The shape that holds a constraint without a number of its own.
    """

    def __init__(self, rules: Iterable[Rule], parents: Mapping[str, str] | None = None) -> None:
        self._by_iri = {rule.iri: rule for rule in rules}
        self._parents = dict(parents or {})
        self._by_remark = {code: rule for rule in self._by_iri.values() for code in rule.remarks}

    def __iter__(self) -> Iterator[Rule]:
        return iter(sorted(self._by_iri.values(), key=lambda rule: (rule.number, rule.iri)))

    def __len__(self) -> int:
        return len(self._by_iri)

    def find(self, *iris: str) -> Rule | None:
        """Give the first rule that one of the IRIs is, or belongs to."""
        for iri in iris:
            seen: set[str] = set()
            while iri and iri not in seen:
                if iri in self._by_iri:
                    return self._by_iri[iri]
                seen.add(iri)
                iri = self._parents.get(iri, "")
        return None

    def of_remark(self, code: str) -> Rule | None:
        """Give the rule that tells of a remark of intake."""
        return self._by_remark.get(code)


_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


def severity_of(term: Term | None) -> Severity:
    """Turn a SHACL severity into ours; one that is not SHACL's counts as a violation.

    >>> severity_of(SH.Warning)
    <Severity.WARNING: 'warning'>
    """
    known = _SEVERITIES.get(term) if isinstance(term, NamedNode) else None
    return known or Severity.VIOLATION


def read_rules(triples: Iterable[Triple]) -> RuleBook:
    """Read every rule of a shapes graph: each subject of `swd:rule`."""
    shapes = Triples(triples)
    rules: list[Rule] = []
    parents: dict[str, str] = {}
    for shape in shapes:
        if shapes.one(shape, SWD.rule) is not None:
            rules.append(_rule(shapes, shape))
        for link in (SH.property, SH.sparql, SH.node):
            for child in shapes.objects(shape, link):
                if not isinstance(child, NamedNode) or link != SH.node:
                    parents.setdefault(_name(child), _name(shape))
    return RuleBook(rules, parents)


def _rule(shapes: Triples, shape: Resource) -> Rule:
    final = severity_of(shapes.one(shape, SH.severity) or SH.Violation)
    stages = {Stage.OUTLINE: SWD.severityAtOutline, Stage.CONSULTATION: SWD.severityAtConsultation}
    severities = {Stage.FINAL: final}
    for stage, term in stages.items():
        told = shapes.one(shape, term)
        severities[stage] = final if told is None else severity_of(told)
    return Rule(
        number=shapes.string(shape, SWD.rule) or local_name(_name(shape)),
        iri=_name(shape),
        severities=severities,
        name=_text(shapes, shape, SH.name) or _text(shapes, shape, _LABEL),
        description=_text(shapes, shape, SH.description),
        message=_text(shapes, shape, SH.message),
        not_stated=_text(shapes, shape, SWD.notStatedMessage),
        fix=_text(shapes, shape, SWD.fix),
        reason=_text(shapes, shape, SWD.reason),
        zero=_text(shapes, shape, SWD.zeroMessage),
        too_few=_text(shapes, shape, SWD.tooFewMessage),
        too_many=_text(shapes, shape, SWD.tooManyMessage),
        template=_text(shapes, shape, SWD.messageTemplate),
        classifier=_text(shapes, shape, SWD.classifier),
        minimum=_number(shapes, shape, SH.minCount, 0),
        maximum=_number(shapes, shape, SH.maxCount, -1),
        concerns=tuple(_name(each) for each in shapes.members(shapes.one(shape, SWD.concerns))),
        remarks=tuple(_name(each) for each in shapes.objects(shape, SWD.remark)),
        word_lists=tuple(_name(each) for each in shapes.objects(shape, SWD.wordList)),
    )


_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def _name(term: Term) -> str:
    return getattr(term, "value", "")


def _text(shapes: Triples, shape: Resource, predicate: NamedNode) -> Text:
    texts = shapes.texts(shape, predicate)
    if not texts:
        return NO_TEXT
    return Text(texts.get("en", texts.get("", "")), texts.get("th", ""))


def _number(shapes: Triples, shape: Resource, predicate: NamedNode, default: int) -> int:
    text = shapes.string(shape, predicate)
    return int(text) if text.isdigit() else default
