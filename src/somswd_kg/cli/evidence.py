"""`somswd-kg evidence`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import language_option, project_option


@click.command("evidence")
@language_option
@project_option
def command(language: str, project: Path | None) -> int:
    """Hold every quote against the text that it was taken from.

    Prints what was checked and what no clause covers. Exit 1 when something does not hold.

    Example: somswd-kg evidence
    """
    from somswd_kg.api import KnowledgeGraph
    from somswd_kg.language import Language
    from somswd_kg.reports.evidence_text import evidence_as_text

    report = KnowledgeGraph.load(project).evidence()
    click.echo(evidence_as_text(report, Language(language)), nl=False)
    return 1 if report.problems else 0
