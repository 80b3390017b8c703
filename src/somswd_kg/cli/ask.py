"""`somswd-kg ask`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import read_parameters, show_table, table_options, timeout_option


@click.command("ask")
@click.argument("name")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
@table_options
@timeout_option
def command(
    name: str,
    parameters: tuple[str, ...],
    language: str,
    format_: str,
    project: Path | None,
    timeout: float | None,
) -> None:
    """Ask a question of the catalogue.

    Example: somswd-kg ask indicators-without-baseline plan=somswd-2021-2025 --lang th
    """
    from somswd_kg.api import KnowledgeGraph

    graph = KnowledgeGraph.load(project)
    table = graph.ask(name, read_parameters(parameters), lang=language, timeout=timeout)
    show_table(table, format_, language)
