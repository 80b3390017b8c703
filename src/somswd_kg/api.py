"""The verbs: load a graph, ask it, check it, hand it on. Commands and notebooks call only these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from somswd_kg.errors import EmptyRunError, ParameterError, QueryError
from somswd_kg.material import DRAFT_GRAPH, Material
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Solutions, Store
from somswd_kg.processes import Job, Recipe, run_killable
from somswd_kg.project import Project, find_project
from somswd_kg.terms import NamedNode, Quad, Triple

if TYPE_CHECKING:
    import rdflib

    from somswd_kg.checks import Check, Checks
    from somswd_kg.conversion import Conversion
    from somswd_kg.drafts.columns import Sheet
    from somswd_kg.drafts.lexicon import Lexicon
    from somswd_kg.drafts.template import BookLanguage
    from somswd_kg.engines import Engine
    from somswd_kg.evidence.check import EvidenceReport
    from somswd_kg.intake import DraftFile
    from somswd_kg.language import Language
    from somswd_kg.model import FindingReport, Stage
    from somswd_kg.questions.catalogue import Catalogue, Question
    from somswd_kg.questions.table import Table
    from somswd_kg.questions.values import Value

__all__ = ["KnowledgeGraph", "read_questions", "validate"]

Answer = Solutions | bool | tuple[Triple, ...]
_Word = TypeVar("_Word", bound=StrEnum)


class KnowledgeGraph:
    """A graph that can be asked, checked and handed on.

    Make one with `load`, `open` or `connect`.

    Args:
        store: Where the triples are.
        project: Where questions, shapes and source texts are.
        recipe: How another process opens the same graph; None when it cannot.
    """

    def __init__(self, store: Store, project: Project, recipe: Recipe | None = None) -> None:
        self._store = store
        self._headers_wait = False
        self.project = project
        self.material = Material(project)
        self._recipe = recipe

    @property
    def store(self) -> Store:
        """The store; the headers of the questions are put in when it is first looked at."""
        if self._headers_wait:
            self._headers_wait = False
            self._store.load(text=self.material.headers, format="nq")
        return self._store

    @property
    def _is_remote(self) -> bool:
        return self._recipe is not None and self._recipe.opener == "connect"

    @property
    def name(self) -> str:
        """What the graph is called in reports: where it is, if it is not the shipped one."""
        if self._is_remote:
            return str(getattr(self._store, "name", "the endpoint"))
        if self._recipe is not None and self._recipe.opener == "open":
            return str(self._recipe.arguments["path"])
        return "the shipped graph" if self.project.shipped else str(self.project.root)

    # -- making one -----------------------------------------------------------------------

    @classmethod
    def load(cls, project: str | Path | None = None) -> KnowledgeGraph:
        """Load the shipped graph, or that of a project's folders, into memory.

        Args:
            project: A folder that holds `ontology`, `graph`, `shapes` and `queries`.

        Raises:
            SourceError: A file cannot be read; nothing is loaded in part.
        """
        material = Material(find_project(project))
        graph = cls(material.fill(), material.project, Recipe("load", {"project": project}))
        graph.material = material
        graph._headers_wait = True
        return graph

    @classmethod
    def open(cls, path: str | Path, project: str | Path | None = None) -> KnowledgeGraph:
        """Open a graph on disk.

        Args:
            path: The store's folder.
            project: Whose questions and shapes are used; the shipped ones when left out.
        """
        from somswd_kg.stores.embedded import EmbeddedStore

        recipe = Recipe("open", {"path": path, "project": project})
        return cls(EmbeddedStore.open(path), find_project(project), recipe)

    @classmethod
    def connect(
        cls,
        endpoint: str,
        *,
        graphs: Sequence[str] = (),
        project: str | Path | None = None,
        **options: Any,
    ) -> KnowledgeGraph:
        """Connect to a SPARQL 1.1 endpoint.

        Args:
            endpoint: Its query URL.
            graphs: The named graphs to use; all that it lists when empty.
            project: Whose questions and shapes are used.
            options: As `RemoteStore` takes them.
        """
        from somswd_kg.stores.remote import RemoteStore

        given = {"endpoint": endpoint, "graphs": tuple(graphs), "project": project, **options}
        store = RemoteStore(endpoint, graphs=tuple(graphs) or None, **options)
        return cls(store, find_project(project), Recipe("connect", given))

    # -- asking ---------------------------------------------------------------------------

    def questions(self) -> Catalogue:
        """List the questions."""
        return self.material.questions

    def ask(
        self,
        question: str,
        values: Mapping[str, Value] | None = None,
        /,
        *,
        lang: Language | str = "en",
        timeout: float | None = None,
        **parameters: Value,
    ) -> Table:
        """Ask a question of the catalogue.

        Args:
            question: Its name or id.
            values: Its parameters, for names that are no Python names.
            lang: For sorting and reading.
            timeout: Seconds after which it is stopped.
            parameters: Its parameters.

        Raises:
            ParameterError: The question, a parameter, a value or the language is unknown.
            QueryTimeout: It was stopped.
        """
        from somswd_kg.questions.asking import answer
        from somswd_kg.questions.table import Table

        language = read_language(lang)
        given = {**(values or {}), **parameters}
        if timeout is not None:
            table = self._killable("ask", timeout, question, given, lang=language)
            assert isinstance(table, Table)
            return table
        return answer(self._store, self._question(question), given, language)

    def _question(self, name: str) -> Question:
        """Find one question; the others are read only where it has another name than its file."""
        return self.material.question(name) or self.questions().get(name)

    def coverage(
        self, *, lang: Language | str = "en", timeout: float | None = None, **values: Value
    ) -> Table:
        """Say which target groups are named at which level: `ask("target-group-coverage")`."""
        return self.ask("target-group-coverage", values, lang=lang, timeout=timeout)

    def sparql(
        self, query: str, *, allow_service: bool = False, timeout: float | None = None
    ) -> Answer:
        """Run a query that only reads.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the project need no
                declaring.
            allow_service: Let it call other servers.
            timeout: Seconds after which it is stopped.

        Returns:
            Solutions, a truth value, or triples.

        Raises:
            QueryError: It is refused or does not parse.
            QueryTimeout: It was stopped.
        """
        from somswd_kg.shacl.sparql import QueryForm, check_query
        from somswd_kg.stores.embedded import EmbeddedStore

        form = check_query(query, allow_service=allow_service)
        if timeout is not None:
            given: Answer = self._killable("sparql", timeout, query, allow_service=allow_service)
            return given
        whole, store = with_prefixes(query), self.store
        if allow_service and isinstance(store, EmbeddedStore):
            store = store.calling()
        try:
            if form is QueryForm.ASK:
                return store.ask(whole)
            if form is QueryForm.SELECT:
                solutions = store.select(whole)
                return Solutions(solutions.variables, tuple(solutions))
            return tuple(store.construct(whole))
        except QueryError as error:
            error.line = max(error.line - 1, 0)  # the prefixes are a line of their own
            raise

    def show(self, name: str, *, lang: Language | str = "en") -> Table:
        """Say everything that is said of one thing, and by which file.

        Raises:
            ParameterError: Nothing is called so, or more than one thing.
        """
        from somswd_kg.questions.description import describe
        from somswd_kg.questions.names import Names

        return describe(self.store, Names(self.store).find(name), read_language(lang))

    # -- checking -------------------------------------------------------------------------

    def evidence(self) -> EvidenceReport:
        """Hold every quote against the text that it was taken from."""
        from somswd_kg.checks import verify_evidence

        return verify_evidence(self.store, self.project)

    def validate(
        self,
        draft: str | Path | rdflib.Graph | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        stage: Stage | str = "final",
        engine: Engine | str = "compiled",
        baseline: bool = True,
        checks: Iterable[Check | str] | None = None,
        lang: Language | str = "th",
        against: str | Path | None = None,
        earlier: str | Path | None = None,
        scorecard: bool = False,
        timeout: float | None = None,
    ) -> FindingReport:
        """Check the graph, or a draft together with it.

        Args:
            draft: A workbook, a folder or zip of CSV files, an RDF file, or an rdflib graph;
                without it the graph itself is checked.
            text: A draft as text, with its format.
            format: How the text is written.
            stage: Whose severities count.
            engine: `compiled` or `pyshacl`.
            baseline: Whether findings that are known are set apart (of the graph itself only).
            checks: The parts to run: `shapes`, `hygiene`, `evidence`, `literals`.
            lang: Of the names and values that are offered.
            against: A former draft or a plan of the graph, checked too: see `comparison`.
            earlier: A report in JSON of an earlier run, to compare with in its place.
            scorecard: Say of the graph itself how complete it is; of a draft this is always said.
            timeout: Seconds after which it is stopped.

        Raises:
            SourceError: The draft cannot be read.
            EmptyRunError: No shape met anything.
            QueryTimeout: It was stopped.
        """
        from somswd_kg.checks import Check, Checks
        from somswd_kg.engines import Engine
        from somswd_kg.model import Stage

        if timeout is not None:
            given: dict[str, Any] = {"text": text, "format": format, "baseline": baseline}
            given |= {"stage": stage, "engine": engine, "checks": checks and tuple(checks)}
            given |= {"lang": lang, "against": against, "earlier": earlier, "scorecard": scorecard}
            report: FindingReport = self._killable(
                "validate", timeout, draft, what="check", **given
            )
            return report
        if against is not None or earlier is not None:
            from somswd_kg.checking import compared_with

            same: dict[str, Any] = {"stage": stage, "engine": engine, "lang": lang}
            same["checks"] = checks and tuple(checks)
            report = self.validate(
                draft, text=text, format=format, baseline=baseline, scorecard=scorecard, **same
            )
            return compared_with(self, report, against=against, earlier=earlier, **same)
        wanted = tuple(Check) if checks is None else tuple(_word(Check, c, "check") for c in checks)
        parts = Checks(
            store=self.store if draft is None and text is None else self._store,
            material=self.material,
            engine=_word(Engine, engine, "engine"),
            wanted=wanted,
        )
        told: dict[str, Any] = {"name": self.name, "scored": scorecard}
        told |= {"stage": _word(Stage, stage, "stage"), "language": read_language(lang)}
        if draft is None and text is None:
            told["graphs"] = self._store.graph_names() if self._is_remote else ()
            return _checked(parts, baseline=baseline, **told)
        file = self.open_draft(draft, text=text, format=format, lang=lang)
        if file.draft is not None and not file.draft.rows:
            raise EmptyRunError(
                "the draft has no row that is filled in, so nothing was checked",
                path=file.path,
                hint="fill in the sheets; a row marked `example` in column A is not read",
            )
        told |= {"name": file.path, "draft": file}
        with self._beside(file.triples):
            return _checked(replace(parts, draft=True), baseline=False, **told)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the workbook, as the shapes imply them."""
        return self.material.sheets

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names of what the graph holds, as a cell may write them."""
        from somswd_kg.drafts.lexicon import lexicon_of

        if self._recipe is not None and self._recipe.opener == "load":
            own = {file.graph for file in self.project.data_files()}
            if own.issuperset(self._store.graph_names()):
                return self.material.lexicon(_quads(self._store))
        return lexicon_of(_quads(self._store))

    def open_draft(
        self,
        draft: str | Path | rdflib.Graph | None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        lang: Language | str = "th",
    ) -> DraftFile:
        """Read a draft without checking it.

        Raises:
            SourceError: It cannot be read.
        """
        from somswd_kg.intake import DraftFile, is_table_file, open_draft

        if isinstance(draft, str | Path) and text is None and format is None:
            if not is_table_file(Path(draft)):
                return open_draft(draft, (), None)
            language = str(read_language(lang))
            return open_draft(draft, self.sheets, self.lexicon, language=language)
        triples, name = _draft_triples(draft, text, format)
        return DraftFile(name, "rdf", tuple(triples), None)

    @contextmanager
    def _beside(self, triples: Iterable[Triple]) -> Iterator[None]:
        """Hold a draft beside the graph for as long as it is checked."""
        if self._recipe is None or self._recipe.opener != "load":
            hint = "check it with KnowledgeGraph.load().validate(…)"
            raise ParameterError("a draft is checked beside a graph in memory only", hint=hint)
        from somswd_kg.formats.rdf import write_lines

        self._store.replace_graph(DRAFT_GRAPH, text=write_lines(triples), format="nt")
        try:
            yield
        finally:
            self._store.replace_graph(DRAFT_GRAPH, text="", format="nt")

    # -- handing on -----------------------------------------------------------------------

    def quads(self) -> list[Quad]:
        """List all triples with their named graphs, literals as they are written."""
        return list(_quads(self.store))

    def export(self, format: str, path: str | Path) -> Path:
        """Write the whole graph to a file: beside it first, then in its place.

        Args:
            format: `ttl`, `nt`, `nq`, `trig`, `rdfxml` or `jsonld`; `nq` and `trig` keep the
                named graphs, the others hold their union.
            path: The file.

        Raises:
            ParameterError: The format is unknown.
            SourceError: The file cannot be written.
        """
        from somswd_kg.formats.files import write_beside
        from somswd_kg.formats.rdf import write_quads

        content = write_quads(self.quads(), format, PREFIXES)
        return write_beside(Path(path), content)

    def template(
        self, path: str | Path, *, lang: BookLanguage | str = "th", plan: str | None = None
    ) -> Path:
        """Make a workbook to fill in.

        Args:
            path: The file.
            lang: Of headings, help and labels: `th`, `en` or `both`.
            plan: A plan or a version of one to fill it with; without it each sheet has an example.

        Raises:
            ParameterError: The language or the plan is unknown.
            SourceError: The file cannot be written.
        """
        from somswd_kg.conversion import make_template
        from somswd_kg.drafts.template import BookLanguage

        return make_template(self, Path(path), _word(BookLanguage, lang, "language"), plan)

    def convert(
        self,
        draft: str | Path,
        format: str,
        path: str | Path,
        *,
        lang: BookLanguage | str = "th",
    ) -> Conversion:
        """Write a draft in another format, with lasting IRIs.

        Args:
            draft: A workbook, a folder or zip of CSV files, or an RDF file.
            format: `ttl`, `nt`, `nq`, `trig`, `rdfxml`, `jsonld`, `xlsx` or `csv`.
            path: The file; of `csv` a folder, or a zip where it ends so.
            lang: Of a workbook's headings and labels: `th`, `en` or `both`.

        Returns:
            What was written and what the format has no place for; nothing is written while codes
            are missing or stand twice: then the findings say where.

        Raises:
            ParameterError: The format or the language is unknown.
            SourceError: The draft cannot be read, or the file not be written.
        """
        from somswd_kg.conversion import convert
        from somswd_kg.drafts.template import BookLanguage

        return convert(self, draft, format, Path(path), _word(BookLanguage, lang, "language"))

    def to_rdflib(self) -> rdflib.Graph:
        """Give the union of all named graphs as an rdflib graph."""
        from somswd_kg.formats.rdflib_graph import to_rdflib

        return to_rdflib(quad.triple for quad in self.quads())

    def _killable(
        self, verb: str, seconds: float, *inputs: Any, what: str = "query", **arguments: Any
    ) -> Any:
        if seconds <= 0:
            raise ParameterError("the time must be more than 0 seconds", hint="write --timeout 10")
        if self._recipe is None:
            hint = "leave the timeout out, or use load, open or connect"
            raise ParameterError("this graph cannot be opened by another process", hint=hint)
        return run_killable(Job(self._recipe, verb, inputs, arguments, what), seconds)


_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def read_questions(project: str | Path | None = None) -> Catalogue:
    """Read the questions alone, without the graph that they are asked of."""
    return Material(find_project(project)).questions


def _quads(store: Store) -> Iterable[Quad]:
    """List all that a store holds."""
    own = getattr(store, "quads", None)
    if own is not None:
        yield from own()
        return
    for graph in store.graph_names():
        name = NamedNode(graph)
        for triple in store.construct(_EVERYTHING, graphs=[graph]):
            yield Quad(triple.subject, triple.predicate, triple.object, name)


def _checked(parts: Checks, *, baseline: bool, **told: Any) -> FindingReport:
    """Check, and tell of it as a validation is told to."""
    running = parts.start()
    from somswd_kg.validation import Validation  # while the queries run

    return Validation(parts, **told).report(running, baseline=baseline)


def _draft_triples(
    draft: str | Path | rdflib.Graph | None, text: str | bytes | None, format: str | None
) -> tuple[list[Triple], str]:
    if draft is None or isinstance(draft, str | Path):
        from somswd_kg.formats.rdf import read_quads

        quads = read_quads(draft, text=text, format=format)
        return [quad.triple for quad in quads], str(draft or "<text>")
    from somswd_kg.formats.rdflib_graph import triples_of

    return triples_of(draft), "<graph>"


def _word(kind: type[_Word], word: _Word | str, what: str) -> _Word:
    """Read one of a closed set of words."""
    try:
        return kind(word)
    except ValueError:
        hint = f"write one of {', '.join(kind)}"
        raise ParameterError(f"unknown {what} '{word}'", hint=hint) from None


def read_language(word: Language | str) -> Language:
    """Read a language.

    >>> read_language("th")
    <Language.TH: 'th'>
    """
    from somswd_kg.language import Language

    try:
        return Language(word)
    except ValueError:
        raise ParameterError(f"unknown language '{word}'", hint="write en or th") from None


def with_prefixes(query: str) -> str:
    """Declare the project's prefixes in a line before a query; its own come after and win."""
    declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    return f"{declared}\n{query}"


def validate(
    draft: str | Path | rdflib.Graph | None = None,
    *,
    project: str | Path | None = None,
    **options: Any,
) -> FindingReport:
    """Check the shipped graph, or a draft together with it: see `KnowledgeGraph.validate`."""
    return KnowledgeGraph.load(project).validate(draft, **options)
