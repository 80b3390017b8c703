"""`somswd-kg validate`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import language_option, project_option
from somswd_kg.reports.findings import BOOKS, FORMATS, render_findings


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
@click.option(
    "--against",
    metavar="PLAN_OR_FILE",
    help="Say what is new, inherited and mended since this plan or former draft.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FINDINGS.json",
    help="The same since an earlier run, whose report in JSON this is.",
)
@click.option("--no-baseline", is_flag=True, help="Do not set apart what is known of the source.")
@click.option(
    "--scorecard", is_flag=True, help="Say how complete the graph's plan is; a draft's always is."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*FORMATS, *BOOKS]),
    default=["text"],
    show_default=True,
    help="How the report is written; ttl is SHACL's own, comments a sheet by clause to send, xlsx "
    "the draft handed back. Several times with --out.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for the reports; without it the report is printed.",
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
@click.option("--timeout", type=float, metavar="SECONDS", help="Stop the check after so long.")
@click.option("--endpoint", help="Check the data of this SPARQL endpoint instead.")
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    help="A named graph of the endpoint; several times for several. All of them when left out.",
)
@language_option
@project_option
def command(
    file: Path | None,
    stage: str,
    fail_on: str,
    against: str | None,
    baseline: Path | None,
    no_baseline: bool,
    scorecard: bool,
    timeout: float | None,
    formats: tuple[str, ...],
    out: Path | None,
    endpoint: str | None,
    graphs: tuple[str, ...],
    checks: tuple[str, ...],
    engine: str,
    language: str,
    project: Path | None,
) -> int:
    """Check the shipped graph, or a draft together with it.

    Without FILE: shapes, hygiene queries, evidence and literals of the shipped graph. The report
    is written in any case; exit 1 for a finding at or above --fail-on, 2 when it could not run.

    Example: somswd-kg validate draft.xlsx --stage consultation --lang th
    """
    from somswd_kg.api import KnowledgeGraph

    if out is None and (len(formats) > 1 or formats[0] in BOOKS):
        raise click.UsageError(f"several formats, {' and '.join(BOOKS)} need a folder: --out DIR")
    if graphs and endpoint is None:
        raise click.UsageError("--graph names a graph of an endpoint; give --endpoint URL too")
    if endpoint is not None:
        graph = KnowledgeGraph.connect(endpoint, graphs=graphs, project=project)
    else:
        graph = KnowledgeGraph.load(project)
    report = graph.validate(
        file,
        stage=stage,
        engine=engine,
        baseline=not no_baseline and endpoint is None,
        checks=checks or (("shapes",) if endpoint is not None else None),
        lang=language,
        against=against,
        earlier=baseline,
        scorecard=scorecard,
        timeout=timeout,
    )
    from somswd_kg.language import Language  # a graph is filled beside what follows its loading
    from somswd_kg.model import Severity

    reader = Language(language)
    if out is None:
        click.echo(render_findings(report, formats[0], reader), nl=False)
    else:
        from somswd_kg.reports.writing import write_reports

        written = write_reports(report, formats, out, reader, file)
        for path in written.paths:
            click.echo(str(path), err=True)
        for notice in written.notices:
            click.echo(f"note: {notice.in_(reader)}", err=True)
    return 1 if fail_on != "never" and report.reaches(Severity(fail_on)) else 0
