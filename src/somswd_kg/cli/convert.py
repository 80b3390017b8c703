"""`somswd-kg convert`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from somswd_kg.cli.shared import language_option, project_option

if TYPE_CHECKING:
    from somswd_kg.terms import Triple


@click.command("convert")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "format_",
    required=True,
    metavar="FORMAT",
    help="ttl, nt, nq, trig, rdfxml, jsonld, xlsx or csv.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--book",
    type=click.Choice(["th", "en", "both"]),
    default="th",
    show_default=True,
    help="Language of a workbook's headings and labels.",
)
@language_option
@project_option
def command(
    draft: Path, format_: str, file: Path, book: str, language: str, project: Path | None
) -> int:
    """Write a draft in another format, with lasting addresses.

    DRAFT is a workbook, a folder or zip of CSV files, or RDF. While codes are missing or stand
    twice nothing is written: the findings say where, and the exit status is 1. What the new format
    has no place for is listed.

    Example: somswd-kg convert draft.xlsx --to ttl draft.ttl
    """
    from somswd_kg.api import KnowledgeGraph
    from somswd_kg.language import Language
    from somswd_kg.model import FindingReport
    from somswd_kg.reports.findings import render_findings

    if file.exists() and draft.exists() and file.samefile(draft):
        raise click.UsageError(f"{file} is the draft itself; name another file to write to")
    done = KnowledgeGraph.load(project).convert(draft, format_, file, lang=book)
    if done.findings:
        report = FindingReport(done.findings, checked=str(draft))
        click.echo(render_findings(report, "text", Language(language)), nl=False)
    if done.path is None:
        click.echo("nothing was written", err=True)
        return 1
    for line in _listed(done.unheld):
        click.echo(line)
    click.echo(f"wrote {file}", err=True)
    return 0


def _listed(triples: tuple[Triple, ...]) -> list[str]:
    """Say what was left out: kinds of things and properties, with their numbers."""
    from somswd_kg.namespaces import RDF
    from somswd_kg.questions.names import prefixed
    from somswd_kg.terms import NamedNode

    if not triples:
        return []
    kinds = {
        triple.subject: prefixed(triple.object.value)
        for triple in triples
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode)
    }
    whole = Counter(kinds.values())
    single = Counter(prefixed(t.predicate.value) for t in triples if t.subject not in kinds)
    lines = [f"Left out, for a workbook has no place for it (triples: {len(triples)}):"]
    lines += [f"  {number:>5} things of kind {kind}" for kind, number in sorted(whole.items())]
    lines += [f"  {number:>5} values of {name}" for name, number in sorted(single.items())]
    return lines
