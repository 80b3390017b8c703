"""`somswd-kg questions`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import show_table, table_options


@click.command("questions")
@click.argument("words", nargs=-1)
@table_options
def command(words: tuple[str, ...], language: str, format_: str, project: Path | None) -> None:
    """List the questions that can be asked.

    WORDS narrow the list to questions that hold all of them.

    Example: somswd-kg questions indicator
    """
    from somswd_kg.api import read_questions
    from somswd_kg.questions.listing import catalogue_table

    show_table(catalogue_table(read_questions(project), words), format_, language)
