"""`somswd-kg shacl`: validate any data against any shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from somswd_kg.cli.shared import loading_progress

if TYPE_CHECKING:
    from somswd_kg.shacl.run import Explained


@click.command("shacl")
@click.option(
    "--shapes",
    "-s",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with shapes; may be given several times.",
)
@click.option(
    "--data",
    "-d",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with data, or the folder of a store; may be given several times.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "ttl", "json"]),
    default="text",
    show_default=True,
    help="How the report is written.",
)
@click.option("--details", is_flag=True, help="Say why a value does not fit a shape that is named.")
@click.option("--explain", is_flag=True, help="Print each query, how it ran, its time and rows.")
@click.option("--allow-empty", is_flag=True, help="Accept that no shape meets a focus node.")
def command(
    shapes: tuple[Path, ...],
    data: tuple[Path, ...],
    format_: str,
    details: bool,
    explain: bool,
    allow_empty: bool,
) -> int:
    """Validate data against shapes, as the W3C's SHACL says.

    The report goes to standard output; what --explain says, and the shapes that met no node, to
    standard error. Exit 0 if the data conforms, 1 if it does not, 2 if that could not be found out.

    Example: somswd-kg shacl --shapes shapes.ttl --data data.ttl
    """
    from somswd_kg.shacl.front import compile_shapes, validate
    from somswd_kg.shacl.text import render
    from somswd_kg.stores.embedded import EmbeddedStore

    explained: list[Explained] = []
    compiled = compile_shapes(list(shapes))
    with loading_progress() as progress:
        report = validate(
            EmbeddedStore.open(data[0]) if data[0].is_dir() and len(data) == 1 else list(data),
            compiled,
            allow_empty=allow_empty,
            details=details,
            progress=progress,
            explained=explained,
        )
    if explain:
        for item in explained:
            click.echo(_explanation(item), err=True)
    for name in report.unmet:
        click.echo(f"note: no node met the shape {name}", err=True)
    click.echo(render(report, format_), nl=False)
    return 0 if report.conforms else 1


def _explanation(item: Explained) -> str:
    names = "\n".join(f"# {name}" for name in item.constraints)
    return f"{names}\n# {item.rule}; {item.seconds * 1000:.1f} ms, {item.rows} rows\n{item.query}\n"
