"""What commands share: options, tables on a terminal, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from somswd_kg.errors import ParameterError, QueryError

if TYPE_CHECKING:
    from somswd_kg.language import Language
    from somswd_kg.questions.table import Table

__all__ = [
    "language_option",
    "loading_progress",
    "project_option",
    "read_parameters",
    "show_table",
    "table_options",
    "timeout_option",
]

Progress = Callable[[int, int], None]
_Command = TypeVar("_Command", bound=Callable[..., object])

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "th"]),
    default="en",
    show_default=True,
    help="Language of the answer.",
)
project_option = click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="Folder with an ontology, graph, shapes and queries of your own.",
)
timeout_option = click.option(
    "--timeout", type=float, metavar="SECONDS", help="Stop the query after so long."
)


def table_options(function: _Command) -> _Command:
    """Add the options that every table has: language, format, project."""
    written = click.option(
        "--format",
        "format_",
        type=click.Choice(["table", "csv", "json", "md"]),
        default="table",
        show_default=True,
        help="How the answer is written; csv and json hold every column and full IRIs.",
    )
    return language_option(written(project_option(function)))


def read_parameters(words: tuple[str, ...]) -> dict[str, str]:
    """Read `name=value` words.

    Raises:
        ParameterError: A word has no `=`, or a name comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise ParameterError(f"'{word}' is no parameter", hint="write name=value")
        if name in found:
            raise ParameterError(f"'{name}' is given twice", hint="give each parameter once")
        found[name] = value
    return found


def show_table(table: Table, format_: str, language: Language | str) -> None:
    """Print a table: drawn by rich on a terminal, as plain text elsewhere."""
    from somswd_kg.language import Language
    from somswd_kg.reports.tables import render_table

    shown = Language(language)
    if format_ == "table" and sys.stdout.isatty() and table.rows:
        _draw(table, shown)
    else:
        click.echo(render_table(table, format_, shown), nl=False)


def _draw(table: Table, language: Language) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    from somswd_kg.reports.tables import without_repeats

    shown = table.reading(language)
    drawn = Drawn(title=Text(shown.title), title_justify="left", box=box.SIMPLE_HEAD)
    for heading, right in zip(shown.headings, shown.numeric, strict=True):
        drawn.add_column(Text(heading), justify="right" if right else "left", overflow="fold")
    for row in without_repeats(shown.rows):
        drawn.add_row(*(Text(cell) for cell in row))
    console = Console(highlight=False)
    console.print(drawn)
    for note in shown.notes:
        console.print(Text(note))


def read_text_argument(word: str) -> str:
    """Read a query: `-` is standard input, `@FILE` a file, anything else the text itself."""
    if word == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not word.startswith("@"):
        return word
    path = Path(word[1:])
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8"
        raise QueryError(f"it cannot be read: {reason}", path=str(path)) from error


@contextmanager
def loading_progress() -> Iterator[Progress | None]:
    """Draw on a terminal how far loading is; give None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    parts = (TextColumn("loading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
