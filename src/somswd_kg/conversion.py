"""Workbooks made and drafts converted: templates, filled workbooks, RDF with lasting IRIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from somswd_kg.drafts.intake import Draft
from somswd_kg.drafts.minting import Minted, mint, renamed
from somswd_kg.drafts.remarks import Remark
from somswd_kg.drafts.rows import FilledRow, Writer, belonging, things_of, unheld
from somswd_kg.drafts.template import BookLanguage, describe_workbook
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.findings.finding import from_remarks, merged
from somswd_kg.model import Finding, Stage
from somswd_kg.namespaces import DCTERMS, PREFIXES, SWD
from somswd_kg.questions.names import Names
from somswd_kg.terms import DefaultGraph, NamedNode, Quad, Resource, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.api import KnowledgeGraph
    from somswd_kg.intake import DraftFile

__all__ = ["Conversion", "convert", "make_template"]

TABLES = ("xlsx", "csv")
_TITLES = {"th": "แบบฟอร์มร่างแผนงาน", "en": "Draft of a plan"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of converting a draft.

    Attributes:
        path: What was written; None where nothing was.
        findings: What kept the draft from being converted; where it was written all the same, the
            cells that gave no value and so are not in it.
        unheld: Triples that the format has no place for.
    """

    path: Path | None
    findings: tuple[Finding, ...] = ()
    unheld: tuple[Triple, ...] = ()


def make_template(kg: KnowledgeGraph, path: Path, language: BookLanguage, plan: str | None) -> Path:
    """Write a workbook to fill in, empty or filled with a plan (see `KnowledgeGraph.template`)."""
    from somswd_kg.formats.xlsx.write import write_workbook

    rows = None
    if plan is not None:
        graph = Triples(quad.triple for quad in kg.quads())
        rows = fill_rows(kg, graph, find_version(kg, graph, plan), language).rows
    spec = describe_workbook(kg.sheets, kg.lexicon, language, rows, title=_TITLES[language.first])
    write_workbook(spec, path)
    return path


def find_version(kg: KnowledgeGraph, graph: Triples, name: str) -> NamedNode:
    """Find the version that the name of a plan or of a version means.

    Raises:
        ParameterError: Nothing is called so, or the plan has no version or several.
    """
    found = Names(kg.store).find(name)
    if found in graph.instances(SWD.PlanVersion):
        return found
    versions = [
        version
        for version in graph.subjects(DCTERMS.isVersionOf, found)
        if isinstance(version, NamedNode)
    ]
    if len(versions) == 1:
        return versions[0]
    if versions:
        known = ", ".join(sorted(version.value for version in versions))
        raise ParameterError(f"'{name}' has several versions", hint=f"write one of {known}")
    raise ParameterError(f"'{name}' has no version with elements", hint="name another plan")


def convert(
    kg: KnowledgeGraph, draft: str | Path, format: str, path: Path, language: BookLanguage
) -> Conversion:
    """Write a draft in another format (see `KnowledgeGraph.convert`)."""
    from somswd_kg.formats.rdf import FORMATS

    if format not in (*TABLES, *FORMATS):
        known = ", ".join((*FORMATS, *TABLES))
        raise ParameterError(f"unknown format '{format}'", hint=f"write one of {known}")
    file = kg.open_draft(draft)
    minted = mint(file.draft) if file.draft else None
    if minted and minted.problems:
        return Conversion(None, _told(kg, file, minted.problems))
    triples = renamed(file.draft, minted) if file.draft and minted else file.triples
    lost = _told(kg, file, [remark for remark in file.remarks if remark.refuses])
    if format not in TABLES:
        return Conversion(_write_rdf(triples, format, path), lost)
    filled = fill_rows(kg, Triples(triples), _only_version(triples, file.path), language)
    kept: Mapping[int, Sequence[str]] = {}
    if file.draft and minted:
        filled, kept = _with_unknown(filled, file.draft, minted)
    _write_tables(kg, filled.rows, kept, format, path, language)
    return Conversion(path, lost, filled.unheld)


def _told(kg: KnowledgeGraph, file: DraftFile, remarks: Sequence[Remark]) -> tuple[Finding, ...]:
    if not remarks:
        return ()
    return merged(
        from_remarks(remarks, kg.material.rules, Stage.FINAL, file.cell_text, lambda _: "", {})
    )


def _write_rdf(triples: Sequence[Triple], format: str, path: Path) -> Path:
    from somswd_kg.formats.files import write_beside
    from somswd_kg.formats.rdf import write_quads

    graph = DefaultGraph()
    quads = [Quad(t.subject, t.predicate, t.object, graph) for t in triples]
    return write_beside(path, write_quads(quads, format, PREFIXES))


def _write_tables(
    kg: KnowledgeGraph,
    rows: Mapping[int, Sequence[FilledRow]],
    kept: Mapping[int, Sequence[str]],
    format: str,
    path: Path,
    language: BookLanguage,
) -> None:
    title = _TITLES[language.first]
    spec = describe_workbook(kg.sheets, kg.lexicon, language, rows, kept=kept, title=title)
    if format == "csv":
        from somswd_kg.formats.csv_write import write_csv

        write_csv(spec, path)
    else:
        from somswd_kg.formats.xlsx.write import write_workbook

        write_workbook(spec, path)


def _only_version(triples: Sequence[Triple], name: str) -> NamedNode:
    found = [
        version
        for version in Triples(triples).instances(SWD.PlanVersion)
        if isinstance(version, NamedNode)
    ]
    if len(found) == 1:
        return found[0]
    what = "no version of a plan" if not found else "several versions of plans"
    raise SourceError(f"it holds {what}", path=name, hint="a workbook holds one version of a plan")


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows of a plan version, and what no row could hold.

    Attributes:
        rows: By the order of their sheet.
        unheld: Triples that the workbook cannot hold.
    """

    rows: Mapping[int, Sequence[FilledRow]]
    unheld: tuple[Triple, ...]


def fill_rows(
    kg: KnowledgeGraph, graph: Triples, version: NamedNode, language: BookLanguage
) -> Filled:
    """Fill the rows of all sheets with what a graph says of a plan version."""
    things = belonging(graph, version)
    on_sheets = {sheet.order: things_of(graph, things, sheet) for sheet in kg.sheets}
    own: set[Resource] = {thing for found in on_sheets.values() for thing in found}
    writer = Writer(graph, kg.lexicon, own, language.first, buddhist=language.buddhist)
    rows = {sheet.order: writer.rows(sheet, on_sheets[sheet.order]) for sheet in kg.sheets}
    return Filled(rows, unheld(graph, things, writer.held))


def _with_unknown(
    filled: Filled, draft: Draft, minted: Minted
) -> tuple[Filled, Mapping[int, Sequence[str]]]:
    """Give back the columns that mean nothing to us, at the right of their sheets."""
    thing_at = {
        (row.place.sheet, row.place.row): (row.sheet.order, minted.iris[node])
        for node, row in draft.places.rows.items()
    }
    headings: dict[int, dict[str, None]] = {}
    texts: dict[tuple[Resource, str], str] = {}
    for place, text in draft.unknown:
        order, thing = thing_at[place.sheet, place.row]
        headings.setdefault(order, {}).setdefault(place.heading)
        texts[thing, place.heading] = text
    kept = {order: tuple(found) for order, found in headings.items()}
    rows = {
        order: tuple(
            replace(
                row,
                kept=tuple(texts.get((row.thing, heading), "") for heading in kept.get(order, ())),
            )
            for row in found
        )
        for order, found in filled.rows.items()
    }
    return Filled(rows, filled.unheld), kept
