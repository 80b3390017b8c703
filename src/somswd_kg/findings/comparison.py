"""Hold a check against an earlier one: what is new, what was there already, what is mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from somswd_kg.findings.identity import element_key
from somswd_kg.model import Comparison, Finding, FindingReport

__all__ = ["compared", "of_plan"]


def compared(report: FindingReport, earlier: Sequence[Finding], against: str) -> FindingReport:
    """Add the comparison with an earlier check to a report; findings are matched by their ids.

    What is known now (true of the source) is no finding, but it is not mended either.

    Args:
        report: The later check.
        earlier: Findings of the earlier one, with their ids.
        against: Name of what the earlier one was of.
    """
    before = {finding.id: finding for finding in earlier}
    now = {finding.id for finding in report.findings}
    still = now | {finding.id for finding in report.known}
    fixed = (finding for key, finding in before.items() if key not in still)
    return replace(
        report,
        comparison=Comparison(
            against,
            frozenset(now & before.keys()),
            tuple(sorted(fixed, key=lambda finding: finding.order)),
        ),
    )


def of_plan(findings: Iterable[Finding], plan: str, kinds: Collection[str]) -> tuple[Finding, ...]:
    """Keep what concerns the elements of one plan, of the kinds that a draft can hold.

    Args:
        findings: Of the whole graph.
        plan: IRI of the plan, or of one of its versions.
        kinds: `goal`, `indicator`, …: the first part of an element's key.
    """
    return tuple(
        finding
        for finding in findings
        if finding.element.startswith(f"{plan}/")
        and element_key(finding.element).partition(":")[0] in kinds
    )
