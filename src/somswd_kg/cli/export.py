"""`somswd-kg export`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import project_option


@click.command("export")
@click.argument("format_", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@project_option
def command(format_: str, file: Path, project: Path | None) -> None:
    """Write the whole graph to a file.

    FORMAT is ttl, nt, nq, trig, rdfxml or jsonld; nq and trig keep the named graphs.

    Example: somswd-kg export trig somswd.trig
    """
    from somswd_kg.api import KnowledgeGraph

    KnowledgeGraph.load(project).export(format_, file)
    click.echo(f"wrote {file}", err=True)
