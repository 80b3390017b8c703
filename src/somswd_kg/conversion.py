"""Workbooks made and drafts converted: templates, filled workbooks, RDF with lasting IRIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from somswd_kg.drafts.rows import FilledRow, Writer, belonging, things_of, unheld
from somswd_kg.drafts.template import BookLanguage, describe_workbook
from somswd_kg.errors import ParameterError
from somswd_kg.namespaces import DCTERMS, SWD
from somswd_kg.questions.names import Names
from somswd_kg.terms import NamedNode, Resource, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.api import KnowledgeGraph

__all__ = ["make_template"]

_TITLES = {"th": "แบบฟอร์มร่างแผนงาน", "en": "Draft of a plan"}


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
    writer = Writer(graph, kg.lexicon, own, language.first)
    rows = {sheet.order: writer.rows(sheet, on_sheets[sheet.order]) for sheet in kg.sheets}
    return Filled(rows, unheld(graph, things, writer.held))
