"""`somswd-kg template`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import project_option


@click.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--lang",
    "language",
    type=click.Choice(["th", "en", "both"]),
    default="th",
    show_default=True,
    help="Language of headings, help and labels; both puts Thai first.",
)
@click.option("--from", "plan", metavar="PLAN", help="Fill it with this plan, to start from.")
@project_option
def command(file: Path, language: str, plan: str | None, project: Path | None) -> None:
    """Make a workbook for a plan to be filled in.

    Example: somswd-kg template draft.xlsx --lang both --from somswd-2021-2025
    """
    from somswd_kg.api import KnowledgeGraph

    if file.exists():
        raise click.UsageError(f"{file} exists already; name another file, or take it away first")
    KnowledgeGraph.load(project).template(file, lang=language, plan=plan)
    click.echo(f"wrote {file}", err=True)
