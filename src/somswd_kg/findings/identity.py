"""Which finding a finding is: the same in the next check, whatever its row and its words.

An id names the rule, the element and the column: `IND-02|indicator:5.1.4|hasUnit`. The element is
its kind and its code, so that a finding of a draft is that of the plan before it, too. What finds
several things in one column names the thing as well (`COV-01|vision:1|hasTargetGroup|women`); what
is still alike is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from somswd_kg.language import local_name
from somswd_kg.model import Finding, Place
from somswd_kg.namespaces import BASE, SWD
from somswd_kg.terms import Literal, NamedNode
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.drafts.intake import Draft

__all__ = ["element_key", "identified", "row_keys"]

_VERSION = re.compile(re.escape(BASE) + r"id/[^/]+/[^/]+\Z")
_KINDLESS = ("body", "country", "collective", "framework", "agent", "post", "event", "source")
_IRI = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:[^\s<>|^()]*[/#:]([^\s<>|^()/#:]+)>?")

_NO_KEYS: Mapping[str, str] = {}


def element_key(iri: str) -> str:
    """Name an element by its kind and its key alone, so that two versions of it are one.

    >>> element_key("https://w3id.org/somswd-kg/id/somswd-2021-2025/draft-2022-02/goal/2.1")
    'goal:2.1'
    >>> element_key("https://w3id.org/somswd-kg/id/somswd-2021-2025/draft-2022-02")
    'planversion'
    >>> element_key("https://example.org/plan#i1")
    'plan:i1'
    """
    if _VERSION.match(iri) and iri[len(BASE) + 3 :].partition("/")[0] not in _KINDLESS:
        return "planversion"
    parts = [part for part in re.split(r"[/#]", iri.partition("//")[2] or iri) if part]
    return ":".join(parts[-2:])


def row_keys(draft: Draft, graph: Triples) -> dict[str, str]:
    """Name each row of a draft by its kind and its code; one without a code by what it points at.

    Two rows of one name are told apart only by the count of `identified`.

    Args:
        draft: The rows.
        graph: What they say.
    """
    from somswd_kg.drafts.columns import Form
    from somswd_kg.drafts.minting import KINDS

    naming = (Form.LINK, Form.YEAR, Form.DATE)
    codes = {row.node: row.code for row in draft.rows}
    keys = {}
    for row in draft.rows:
        word = local_name(row.sheet.cls.value).lower()
        if row.sheet.cls == SWD.PlanVersion:
            keys[row.node.value] = "planversion"
            continue
        parts = [row.code] if row.code else []
        for column in row.sheet.columns if not row.code else ():
            if column.form not in naming or column.inverse:
                continue
            for term in graph.objects(row.node, column.path):
                if isinstance(term, NamedNode):
                    parts.append(codes.get(term) or local_name(term.value))
                elif isinstance(term, Literal):
                    parts.append(term.value)
        name = "-".join(part for part in parts if part) or local_name(row.identifier)
        keys[row.node.value] = f"{KINDS.get(word, word)}:{name}"
    return keys


def identified(
    findings: Iterable[Finding],
    keys: Mapping[str, str] = _NO_KEYS,
    column_at: Callable[[Place], str] | None = None,
) -> tuple[Finding, ...]:
    """Give every finding its id.

    Args:
        findings: In the order of their places, so that those that are alike are counted alike.
        keys: Names of a draft's rows by the IRI of their node; all else is named by its own IRI.
        column_at: Names the column of a place, for findings that tell no property.
    """
    names = dict(keys)

    def name(iri: str) -> str:
        if iri not in names:
            names[iri] = element_key(iri)
        return names[iri]

    bases = []
    found = list(findings)
    for finding in found:
        parts = [finding.rule, name(finding.element) if finding.element else ""]
        parts.append(_column(finding, column_at))
        value = finding.result.value if finding.result else None
        if isinstance(value, NamedNode) and value.value != finding.element:
            parts.append(keys.get(value.value) or local_name(value.value))
        bases.append("|".join(part.replace("|", "/") for part in parts).rstrip("|"))
    counted: Counter[str] = Counter()
    given = []
    for finding, base in zip(found, bases, strict=True):
        counted[base] += 1
        again = f"~{counted[base]}" if counted[base] > 1 else ""
        given.append(replace(finding, id=base + again))
    return tuple(given)


def _column(finding: Finding, column_at: Callable[[Place], str] | None) -> str:
    """Name the column: the property, with the language where the value has one.

    What a shape found is named by the shape's path alone: in a graph it has no column.
    """
    if finding.result is None and not finding.path:
        return column_at(finding.place) if column_at and finding.place else ""
    value = finding.result.value if finding.result else None
    language = value.language if isinstance(value, Literal) else ""
    name = _IRI.sub(lambda match: match[1], finding.path)
    return f"{name}@{language}" if language else name
