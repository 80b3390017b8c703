"""Checks beside the plain one: against an earlier state, and of a stranger's file, apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from somswd_kg.conversion import find_version
from somswd_kg.drafts.minting import KINDS
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.findings.comparison import compared, of_plan
from somswd_kg.language import Language, local_name
from somswd_kg.model import Finding, FindingReport, Stage
from somswd_kg.processes import Job, Recipe, run_killable
from somswd_kg.reports.findings_reading import read_findings
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.api import KnowledgeGraph

__all__ = ["check_file", "compared_with"]

SECONDS = 60.0
MEGABYTES = 2048
_NOT_FOUND = "write a plan's name, or the path of a former draft"


def compared_with(
    kg: KnowledgeGraph,
    report: FindingReport,
    *,
    against: str | Path | None = None,
    earlier: str | Path | None = None,
    **options: Any,
) -> FindingReport:
    """Split the findings of a report into new and inherited ones, and add those that are mended.

    Args:
        kg: The graph beside which the earlier state is checked too.
        report: The later check.
        against: A former draft, or a plan of the graph: it is checked at the same stage.
        earlier: A report in JSON of an earlier run.
        options: As `validate` takes them: stage, engine, checks, language.

    Raises:
        ParameterError: There is no such file and no such plan, or both were given.
        SourceError: The former draft or the report cannot be read.
    """
    if against is not None and earlier is not None:
        raise ParameterError("there are two things to compare with", hint="give one of them")
    if earlier is not None:
        checked, findings = read_findings(_bytes(Path(earlier)), str(earlier))
        return compared(report, findings, checked or str(earlier))
    assert against is not None
    if Path(against).exists():
        return compared(report, kg.validate(Path(against), **options).findings, str(against))
    try:
        findings = _plan_findings(kg, str(against), **options)
    except ParameterError as error:
        what = f"there is no file and no plan '{against}'"
        raise ParameterError(what, hint=error.hint or _NOT_FOUND) from error
    return compared(report, findings, str(against))


def _plan_findings(kg: KnowledgeGraph, name: str, **options: Any) -> tuple[Finding, ...]:
    """Check the graph, and keep what concerns the plan and could stand in a draft."""
    version = find_version(kg, Triples(quad.triple for quad in kg.quads()), name)
    words = (local_name(sheet.cls.value).lower() for sheet in kg.sheets)
    kinds = {KINDS.get(word, word) or word for word in words}
    found = kg.validate(**options, baseline=False).findings
    plan = tuple(finding for finding in found if finding.element == version.value)
    return plan + of_plan(found, version.value, kinds)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"it cannot be read: {reason}", path=str(path)) from error


def check_file(
    path: str | Path,
    stage: Stage | str = Stage.FINAL,
    lang: Language | str = Language.TH,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    project: str | Path | None = None,
) -> FindingReport:
    """Check one file in a process of its own, for so long and in so much memory and no more.

    Nothing that the file holds can take this process with it: it is for files of strangers.

    Args:
        path: A workbook, a folder or zip of CSV files, or an RDF file; it is never changed.
        stage: Whose severities count.
        lang: Of names and values that are offered.
        seconds: For reading and checking; loading the graph has time of its own.
        megabytes: Of address space that the process may take, the loaded graph among them;
            0 for no limit. Windows has no such limit: there only the time is kept.
        project: Whose shapes are used; the shipped ones when left out.

    Raises:
        SourceError: The file cannot be read.
        QueryTimeout: It took more time or more memory, and was stopped.
    """
    job = Job(
        Recipe("load", {"project": project}),
        "validate",
        (Path(path),),
        {"stage": stage, "lang": lang},
        what="check",
        megabytes=megabytes,
    )
    report = run_killable(job, seconds)
    assert isinstance(report, FindingReport)
    return report
