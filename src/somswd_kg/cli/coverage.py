"""`somswd-kg coverage`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import read_parameters, show_table, table_options, timeout_option


@click.command("coverage")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
@table_options
@timeout_option
def command(
    parameters: tuple[str, ...],
    language: str,
    format_: str,
    project: Path | None,
    timeout: float | None,
) -> None:
    """Say which target groups are named at which level.

    Example: somswd-kg coverage plan=somswd-2021-2025 --lang th
    """
    from somswd_kg.api import KnowledgeGraph

    graph = KnowledgeGraph.load(project)
    table = graph.coverage(lang=language, timeout=timeout, **read_parameters(parameters))
    show_table(table, format_, language)
