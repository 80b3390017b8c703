"""`somswd-kg sparql`."""

from __future__ import annotations

from pathlib import Path

import click

from somswd_kg.cli.shared import read_text_argument, show_table, table_options, timeout_option


@click.command("sparql")
@click.argument("query")
@click.option("--allow-service", is_flag=True, help="Let the query call other servers (SERVICE).")
@table_options
@timeout_option
def command(
    query: str,
    allow_service: bool,
    language: str,
    format_: str,
    project: Path | None,
    timeout: float | None,
) -> None:
    """Run a SPARQL query that only reads.

    QUERY is the text itself, @FILE, or - for standard input. The prefixes of the project are
    known. CONSTRUCT and DESCRIBE print N-Triples.

    Example: somswd-kg sparql 'SELECT ?i WHERE { ?i a swd:Indicator }'
    """
    from somswd_kg.api import KnowledgeGraph
    from somswd_kg.ports import Solutions
    from somswd_kg.questions.listing import solutions_table

    graph = KnowledgeGraph.load(project)
    answer = graph.sparql(read_text_argument(query), allow_service=allow_service, timeout=timeout)
    if isinstance(answer, bool):
        click.echo("true" if answer else "false")
    elif isinstance(answer, Solutions):
        show_table(solutions_table(answer), format_, language)
    else:
        click.echo("".join(f"{triple} .\n" for triple in answer), nl=False)
