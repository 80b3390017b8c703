"""What is worked out from a project's files: each part once, and only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from somswd_kg.prepared import Prepared
from somswd_kg.project import GRAPH_BASE, Project
from somswd_kg.terms import Quad, Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.drafts.columns import Sheet
    from somswd_kg.drafts.lexicon import Lexicon
    from somswd_kg.findings.rules import RuleBook
    from somswd_kg.language import Text
    from somswd_kg.questions.catalogue import Catalogue, Question
    from somswd_kg.shacl.compiled import CompiledShapes
    from somswd_kg.shacl.rehearsal import Rehearsal
    from somswd_kg.shacl.rehearsed import Tellers
    from somswd_kg.stores.embedded import EmbeddedStore, Snapshot

__all__ = ["DRAFT_GRAPH", "Material", "read_shapes"]

DRAFT_GRAPH = "urn:somswd-kg:draft"
"""The named graph that a checked file is, beside the shipped ones."""


def read_shapes(project: Project) -> tuple[Triple, ...]:
    """Read all shapes of a project, literals as written."""
    from somswd_kg.formats.rdf import read_quads

    files = (file.path for file in project.shape_files())
    return tuple(quad.triple for path in files for quad in read_quads(path))


class Material:
    """The parts of one project, as they were when the first of them was asked for.

    Args:
        project: Where the files are.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self._prepared = Prepared(project)
        self._reading = RLock()

    @cached_property
    def shapes(self) -> tuple[Triple, ...]:
        """The shapes graph, literals as written."""
        return read_shapes(self.project)

    @property
    def compiled(self) -> CompiledShapes:
        """The shapes, ready to run; a thread that wants them waits for one that reads them."""
        with self._reading:
            return self._compiled

    @cached_property
    def _compiled(self) -> CompiledShapes:
        from somswd_kg.shacl.compiled import CompiledShapes

        return self._prepared.get("compiled", lambda: CompiledShapes(self.shapes))

    @cached_property
    def rehearsal(self) -> Rehearsal | None:
        """The queries that a draft is checked by, written before it comes.

        None where they would not be kept: it is no gain to write them twice.
        """
        if not self._prepared.keeps:
            return None
        return self._prepared.get("rehearsal", lambda: self._rehearsed[0])

    @property
    def tellers(self) -> Tellers:
        """What makes results of the answers to them; a thread waits for one that reads it."""
        with self._reading:
            return self._tellers

    @cached_property
    def _tellers(self) -> Tellers:
        def made() -> Tellers:
            _, tellers = self._rehearsed
            if tellers is None:
                raise LookupError("nothing was rehearsed")
            return tellers

        return self._prepared.get("tellers", made)

    @cached_property
    def _rehearsed(self) -> tuple[Rehearsal, Tellers] | tuple[None, None]:
        return self.compiled.rehearse(self.fill(), (DRAFT_GRAPH,)) or (None, None)

    @cached_property
    def rules(self) -> RuleBook:
        """The rules by number."""
        from somswd_kg.findings.rules import read_rules

        return self._prepared.get("rules", lambda: read_rules(self.shapes))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the workbook, as the shapes imply them."""
        from somswd_kg.drafts.columns import read_sheets

        return self._prepared.get("sheets", lambda: read_sheets(Triples(self.shapes)))

    @cached_property
    def questions(self) -> Catalogue:
        """The questions."""
        from somswd_kg.questions.catalogue import read_catalogue

        def read() -> Catalogue:
            files = self.project.query_files()
            return read_catalogue(
                [(f.path.stem, f.text(), str(f.path)) for f in files], self._titles
            )

        return self._prepared.get("questions", read)

    @cached_property
    def _titles(self) -> Mapping[str, Text]:
        from somswd_kg.questions.catalogue import read_titles

        titles = self.project.titles_file()
        return read_titles(titles.text(), str(titles.path)) if titles else {}

    def question(self, name: str) -> Question | None:
        """Read one question by the name of its file; None where no file is named so."""
        from somswd_kg.questions.catalogue import read_question

        for file in self.project.query_files():
            if file.path.stem == name and file.path.parent.name != "hygiene":
                return read_question(name, file.text(), str(file.path), self._titles)
        return None

    @cached_property
    def hygiene(self) -> Mapping[str, Question]:
        """The queries whose rows are findings, by their names."""
        return self._prepared.get(
            "hygiene", lambda: {query.name: query for query in self.questions.hygiene}
        )

    @cached_property
    def draft_hygiene(self) -> Mapping[str, str]:
        """Their texts, as they are asked of the subjects of a draft alone."""

        def write() -> Mapping[str, str]:
            from somswd_kg.shacl.binding import limit
            from somswd_kg.shacl.groups import outline

            selects = {name: query.select for name, query in self.hygiene.items()}
            return {
                name: limit(outline(select.text), select.projection[0], (DRAFT_GRAPH,))
                for name, select in selects.items()
            }

        return self._prepared.get("draft-hygiene", write)

    @cached_property
    def headers(self) -> str:
        """What the heads of the questions say of them, as N-Quads."""
        from somswd_kg.questions.headers_graph import header_triples

        def write() -> str:
            return "".join(
                f"{triple} <{GRAPH_BASE}queries/{Path(question.path).stem}> .\n"
                for question in self.questions
                for triple in header_triples(question)
            )

        return self._prepared.get("headers", write)

    def fill(self) -> EmbeddedStore:
        """Load the ontology and the graph into a new store in memory."""
        from somswd_kg.stores.embedded import EmbeddedStore

        filled: list[EmbeddedStore] = []

        def load() -> Snapshot:
            store = EmbeddedStore()
            for file in self.project.data_files():
                store.load(file.path, format="ttl", graph=file.graph)
            filled.append(store)
            return store.snapshot()

        snapshot = self._prepared.get("dataset", load)
        return filled[0] if filled else EmbeddedStore.of_snapshot(snapshot)

    def lexicon(self, quads: Iterable[Quad]) -> Lexicon:
        """Make the names of what the ontology and the graph hold.

        Args:
            quads: Those of the project's own files, and no others.
        """
        from somswd_kg.drafts.lexicon import lexicon_of

        return self._prepared.get("lexicon", lambda: lexicon_of(quads))
