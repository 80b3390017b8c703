"""Ask a question of a store: bind, run, sort, and say what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from somswd_kg.errors import ParameterError, QueryError
from somswd_kg.language import Language, Text
from somswd_kg.namespaces import PREFIXES
from somswd_kg.ports import Store
from somswd_kg.questions.catalogue import Question
from somswd_kg.questions.names import Names
from somswd_kg.questions.query import bind
from somswd_kg.questions.table import Row, Table, sort_rows
from somswd_kg.questions.values import Value, read_values
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["answer", "labels_of", "run"]

ILLUSTRATIVE = Text(
    "Some of this comes from lists that the source gives as examples (“such as”): "
    "what is not listed may still be in the plan.",
    "รายการนี้มาจากตัวอย่างที่เอกสารยกมา (“เช่น”) การไม่ปรากฏในรายการมิได้หมายความว่าไม่มีในแผนงาน",
)
"""What stands under an answer that shows members of an illustrative list."""

_WHY = Text("The shipped graph answers this only in part: ", "ข้อมูลที่มีตอบคำถามนี้ได้เพียงบางส่วน: ")
_WHY_NOT = Text("The shipped graph cannot answer this: ", "ข้อมูลที่มียังตอบคำถามนี้ไม่ได้: ")
_PREFIXES = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("dcterms", "rdf", "rdfs", "skos", "swd")
)
_BATCH = 500
"""Things whose labels, lists and sources are asked at once."""


def answer(
    store: Store,
    question: Question,
    values: Mapping[str, Value],
    language: Language = Language.EN,
    graphs: Sequence[str] | None = None,
) -> Table:
    """Ask a question.

    Args:
        store: Where the graph is.
        question: What is asked.
        values: Its parameters.
        language: For sorting, and for reading the table.
        graphs: The graphs to ask; None for all.

    Raises:
        ParameterError: A parameter or a value is unknown.
    """
    if question.header.is_hygiene:
        hint = "somswd-kg validate runs it"
        raise ParameterError(f"'{question.name}' is a hygiene query, not a question", hint=hint)
    names = Names(store)
    plan = values.get("plan")
    if plan is not None and any(p.name == "plan" for p in question.header.parameters):
        found = plan if isinstance(plan, NamedNode) else names.find(str(plan), "plan")
        names = Names(store, found)
        values = {**values, "plan": found}
    terms = read_values(question, values, names)
    rows = sort_rows(
        run(store, question, terms, graphs), question.header.columns, question.header.sort, language
    )
    things = _things(rows)
    return Table(
        name=question.name,
        title=question.header.title,
        columns=question.header.columns,
        rows=rows,
        notes=(*_own_notes(question), *_notes(store, things, graphs)),
        language=language,
        labels=labels_of(store, things, graphs),
    )


def run(
    store: Store,
    question: Question,
    terms: Mapping[str, Term],
    graphs: Sequence[str] | None = None,
) -> list[Row]:
    """Run a question's query; what is wrong with it is said of its file.

    Raises:
        QueryError: The store does not understand the query.
    """
    try:
        return list(store.select(bind(question.select, terms), graphs=graphs))
    except QueryError as error:
        raise QueryError(
            error.what, hint=error.hint, path=question.path, line=error.line, column=error.column
        ) from error


def _own_notes(question: Question) -> list[Text]:
    header = question.header
    notes = []
    if header.why:
        lead = _WHY_NOT if header.answers == "no" else _WHY
        notes.append(Text(lead.en + header.why.en, lead.th + header.why.th))
    if header.note:
        notes.append(header.note)
    return notes


def _things(rows: Sequence[Row]) -> list[str]:
    found = {term.value for row in rows for term in row if isinstance(term, NamedNode)}
    return sorted(found)


def _values(things: Sequence[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in things)


def labels_of(
    store: Store, things: Sequence[str], graphs: Sequence[str] | None
) -> Mapping[str, Text]:
    """Look up what things are called, by IRI; one without a label is left out."""
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(things), _BATCH):
        batch = _values(things[start : start + _BATCH])
        query = (
            f"{_PREFIXES} SELECT ?x ?label WHERE {{ VALUES ?x {{ {batch} }} "
            "{ ?x skos:prefLabel ?label } UNION { ?x rdfs:label ?label } } ORDER BY ?x ?label"
        )
        for thing, label in store.select(query, graphs=graphs):
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                found.setdefault(thing.value, {}).setdefault(label.language or "", label.value)
    return {
        iri: Text(texts.get("en", texts.get("", "")), texts.get("th", ""))
        for iri, texts in found.items()
    }


def _notes(store: Store, things: Sequence[str], graphs: Sequence[str] | None) -> list[Text]:
    """Say that lists are illustrative, and what the sources say of themselves."""
    illustrative = False
    cautions: dict[str, Text] = {}
    for start in range(0, len(things), _BATCH):
        batch = f"VALUES ?x {{ {_values(things[start : start + _BATCH])} }}"
        query = (
            f"{_PREFIXES} ASK {{ {batch} ?list swd:hasMembers/rdf:rest*/rdf:first ?x ; "
            "swd:hasCompleteness <https://w3id.org/somswd-kg/code/completeness/illustrative> }"
        )
        illustrative = illustrative or store.ask(query, graphs=graphs)
        cautions |= _cautions(
            store, f"{batch} GRAPH ?g {{ ?x ?p ?o }} ?g dcterms:source ?s", graphs
        )
    if not cautions:
        cautions = _cautions(store, "", graphs)
    return [*([ILLUSTRATIVE] if illustrative else []), *(cautions[iri] for iri in sorted(cautions))]


def _cautions(store: Store, pattern: str, graphs: Sequence[str] | None) -> dict[str, Text]:
    query = (
        f"{_PREFIXES} SELECT DISTINCT ?s ?caution WHERE {{ {pattern} {'.' if pattern else ''} "
        "?s a swd:SourceDocument ; swd:caution ?caution } ORDER BY ?s ?caution"
    )
    found: dict[str, dict[str, str]] = {}
    for source, text in store.select(query, graphs=graphs):
        if isinstance(source, NamedNode) and isinstance(text, Literal):
            found.setdefault(source.value, {}).setdefault(text.language or "en", text.value)
    return {iri: Text(texts.get("en", ""), texts.get("th", "")) for iri, texts in found.items()}
