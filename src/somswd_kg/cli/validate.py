"""`somswd-kg validate`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import language_option, project_option


@click.command("validate")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--stage",
    type=click.Choice(["outline", "consultation", "final"]),
    default="final",
    show_default=True,
    help="How far the draft has come; severities follow from it.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info", "never"]),
    default="violation",
    show_default=True,
    help="Exit 1 for a finding of this severity or a worse one.",
)
@click.option("--no-baseline", is_flag=True, help="Do not set apart what is known of the source.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="How the report is written; ttl is SHACL's own.",
)
@click.option(
    "--only",
    "checks",
    multiple=True,
    type=click.Choice(["shapes", "hygiene", "evidence", "literals"]),
    help="Run only this part; may be given several times.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "pyshacl"]),
    default="compiled",
    show_default=True,
    help="What runs the shapes; pyshacl is the slow reference.",
)
@language_option
@project_option
def command(
    file: Path | None,
    stage: str,
    fail_on: str,
    no_baseline: bool,
    format_: str,
    checks: tuple[str, ...],
    engine: str,
    language: str,
    project: Path | None,
) -> int:
    r"""Check the shipped graph, or a draft together with it.

    Without FILE: shapes, hygiene queries, evidence and literals of the shipped graph. The report
    is written in any case; exit 1 for a finding at or above --fail-on, 2 when it could not run.

    \b
    Example: somswd-kg validate draft.ttl --stage consultation --lang th
    """
    from somswd_kg.api import KnowledgeGraph
    from somswd_kg.language import Language
    from somswd_kg.model import Severity
    from somswd_kg.reports.findings import render_findings

    report = KnowledgeGraph.load(project).validate(
        file,
        stage=stage,
        engine=engine,
        baseline=not no_baseline,
        checks=checks or None,
    )
    click.echo(render_findings(report, format_, Language(language)), nl=False)
    return 1 if fail_on != "never" and report.reaches(Severity(fail_on)) else 0
