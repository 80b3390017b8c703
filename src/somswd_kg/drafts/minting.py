"""Lasting IRIs for the rows of a draft, when it is converted.

A thing's IRI is its version's, its kind and its code: `…/id/somswd-2026-2030/draft/outcome/3.2.1`.
A draft's code names plan and version with a full stop between: `somswd-2026-2030.draft-2025-06`.
Rows without a code (values by year, links, alignments) are named by what they point at. A row that
came out of a workbook filled from the graph keeps its IRI as long as its plan does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from somswd_kg.drafts.columns import Form
from somswd_kg.drafts.intake import Draft, Row
from somswd_kg.drafts.remarks import IntakeCode, Remark
from somswd_kg.language import arabic_digits
from somswd_kg.namespaces import BASE, SWD
from somswd_kg.terms import Literal, NamedNode, Term, Triple
from somswd_kg.triples import Triples

__all__ = ["Minted", "mint", "renamed"]

VERSION_KEY = "draft"
KINDS = {"alignment": "claim", "crosssectorallink": "claim", "planversion": ""}
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NAMING = (Form.LINK, Form.CONCEPT, Form.YEAR, Form.DATE)


@dataclass(frozen=True, slots=True)
class Minted:
    """What the rows of a draft are called from now on.

    Attributes:
        iris: The IRI of each row's node.
        problems: Rows that no lasting IRI can be given: without a code, or with one that is taken.
    """

    iris: Mapping[Term, NamedNode]
    problems: tuple[Remark, ...]


def mint(draft: Draft, *, plan_class: NamedNode = SWD.PlanVersion) -> Minted:
    """Give each row its IRI."""
    plans = [row for row in draft.rows if row.sheet.cls == plan_class]
    version = _version(plans[0]) if plans and plans[0].code else ""
    graph = Triples(draft.triples)
    iris: dict[Term, NamedNode] = {}
    taken: dict[str, Row] = {}
    problems: list[Remark] = []

    def problem(code: IntakeCode, row: Row, *params: tuple[str, str]) -> None:
        problems.append(Remark(code, draft.places.rows[row.node].code, params))

    if not version:
        for row in plans[:1]:
            problem(IntakeCode.NO_CODE, row)
        if not plans:
            problems.append(Remark(IntakeCode.NO_PLAN, None))
    kept = bool(plans) and plans[0].identifier == version
    for row in sorted(draft.rows, key=lambda row: not row.code):  # things before their values
        iri = _iri(row, version, kept, graph, iris)
        if iri is None:
            problem(IntakeCode.NO_CODE, row)
        elif iri in taken:
            first = draft.places.rows[taken[iri].node].code.address
            problem(IntakeCode.CODE_TAKEN, row, ("code", row.code), ("first", first))
        else:
            taken[iri] = row
            iris[row.node] = NamedNode(iri)
    return Minted(iris, tuple(problems))


def renamed(draft: Draft, minted: Minted) -> tuple[Triple, ...]:
    """Give the draft's triples with lasting IRIs, sorted."""

    def name(term: Term) -> Term:
        return minted.iris.get(term, term)

    found = set()
    for triple in draft.triples:
        if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
            continue
        subject = name(triple.subject)
        assert not isinstance(subject, Literal)
        found.add(Triple(subject, triple.predicate, name(triple.object)))
    return tuple(sorted(found, key=str))


def _version(plan: Row) -> str:
    """Name the version: what it was before while its code is the same, else by its code."""
    key = _key(plan.code)
    known = re.fullmatch(rf"{re.escape(BASE)}id/([^/]+)/([^/]+)", plan.identifier)
    if known and key in (known[2], f"{known[1]}.{known[2]}", known[1]):
        return plan.identifier
    return f"{BASE}id/{_path(key)}"


def _path(key: str) -> str:
    """Divide plan and draft: a full stop stands between them.

    >>> _path("somswd-2026-2030.draft-2025-06"), _path("somswd-2026-2030")
    ('somswd-2026-2030/draft-2025-06', 'somswd-2026-2030/draft')
    """
    plan, _, version = key.partition(".")
    return f"{plan}/{version or VERSION_KEY}"


def _key(code: str) -> str:
    return quote(arabic_digits(code.strip()).replace(" ", "-"), safe="-._~")


def _iri(
    row: Row, version: str, kept: bool, graph: Triples, iris: Mapping[Term, NamedNode]
) -> str | None:
    if not version:
        return None
    word = row.sheet.cls.value.removeprefix(SWD.base).lower()
    kind = KINDS.get(word, word)
    if not kind:
        return version
    if kept and _IRI.fullmatch(row.identifier):
        return row.identifier
    key = _key(row.code)
    if not key and not (row.sheet.code and row.sheet.code.required):
        key = _composed(row, graph, iris)
    return f"{version}/{kind}/{key}" if key else None


def _composed(row: Row, graph: Triples, iris: Mapping[Term, NamedNode]) -> str:
    """Name a row by what it points at: `5.1.1-2027`, `3.2.1-acwc-coordinates-with`."""
    parts = []
    for column in row.sheet.columns:
        if column.form in _NAMING and not column.inverse:
            for term in graph.objects(row.node, column.path):
                if isinstance(term, NamedNode):
                    parts.append(re.split(r"[/#]", iris.get(term, term).value)[-1])
                elif isinstance(term, Literal):
                    parts.append(_key(term.value))
    return "-".join(parts)
