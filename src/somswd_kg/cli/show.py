"""`somswd-kg show`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import show_table, table_options


@click.command("show")
@click.argument("name")
@table_options
def command(name: str, language: str, format_: str, project: Path | None) -> None:
    """Show everything that is said of one thing, and which file says so.

    NAME is a short name (outcome:3.2.1, older-persons, acwc), a prefixed name or an IRI.

    Example: somswd-kg show indicator:5.1.3
    """
    from somswd_kg.api import KnowledgeGraph

    show_table(KnowledgeGraph.load(project).show(name, lang=language), format_, language)
