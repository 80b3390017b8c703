"""Everything that is said of one thing: by which file, on what it rests, in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from somswd_kg.language import NO_TEXT, Language, Text, label
from somswd_kg.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SKOS, SWD
from somswd_kg.ports import Store
from somswd_kg.questions.asking import labels_of
from somswd_kg.questions.header import Column, ValueType
from somswd_kg.questions.names import short_name
from somswd_kg.questions.table import Row, Table
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = ["describe"]

_PREFIXES = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("oa", "rdf", "skos", "swd", "rdfs")
)
# A claim that was reviewed without a match has no plain triple: the record itself is the answer.
_SAID = """SELECT DISTINCT ?property ?value ?basis ?quote ?graph WHERE {
  {
    GRAPH ?graph { %(thing)s ?property ?value }
    OPTIONAL {
      ?claim rdf:subject %(thing)s ; rdf:predicate ?property ; rdf:object ?value ;
        swd:hasBasis ?basis .
      OPTIONAL { ?claim swd:hasEvidence/oa:hasSelector/oa:exact ?quote }
    }
  } UNION {
    GRAPH ?graph {
      ?claim rdf:subject %(thing)s ; rdf:predicate ?property ; swd:hasBasis ?basis .
      OPTIONAL { ?claim rdf:object ?value }
    }
    FILTER NOT EXISTS { %(thing)s ?property ?value }
  }
} ORDER BY ?property ?value ?graph ?quote"""
_POINTING = """SELECT DISTINCT ?property ?value ?graph WHERE {
  GRAPH ?graph { ?value ?property %(thing)s }
  FILTER(isIRI(?value) && ?property != rdf:object && ?property != rdf:subject)
} ORDER BY ?property ?value ?graph LIMIT 201"""
_LISTED = """SELECT DISTINCT ?list WHERE {
  ?list swd:hasMembers/rdf:rest*/rdf:first %(thing)s
} ORDER BY ?list"""
_MOST = 200
_TITLE = Text("What is said of {name}", "ข้อมูลทั้งหมดเกี่ยวกับ {name}")
_MORE = Text(
    "Only the first 200 things that point to it are shown.", "แสดงเฉพาะ 200 รายการแรกที่อ้างถึง"
)
_USUAL = {
    RDF.type: Text("is a", "เป็น"),
    RDFS.label: Text("label", "ป้ายชื่อ"),
    SKOS.prefLabel: Text("name", "ชื่อ"),
    SKOS.altLabel: Text("other name", "ชื่ออื่น"),
    SKOS.notation: Text("number or code", "ลำดับหรือรหัส"),
    SKOS.definition: Text("definition", "คำนิยาม"),
    SKOS.scopeNote: Text("note", "หมายเหตุ"),
    SKOS.example: Text("example", "ตัวอย่าง"),
    SKOS.inScheme: Text("is in scheme", "อยู่ในชุดรหัส"),
    SKOS.broader: Text("is narrower than", "อยู่ในกลุ่มที่กว้างกว่า"),
    DCTERMS.title: Text("title", "ชื่อเรื่อง"),
    DCTERMS.source: Text("source", "ที่มา"),
    DCTERMS.date: Text("date", "วันที่"),
    DCTERMS.isVersionOf: Text("is a version of", "เป็นฉบับหนึ่งของ"),
}
"""What words of other vocabularies are called here."""

_COLUMNS = (
    Column("property_en", ValueType.STRING, Text("property", "คุณสมบัติ")),
    Column("property_th", ValueType.STRING, Text("property", "คุณสมบัติ")),
    Column("value", ValueType.IRI, Text("value", "ค่า")),
    Column("status", ValueType.IRI, Text("status", "สถานะ")),
    Column("quote", ValueType.STRING, Text("quote", "ข้อความอ้างอิง")),
    Column("file", ValueType.STRING, Text("said in", "ไฟล์ที่ระบุ")),
)


def describe(
    store: Store,
    thing: NamedNode,
    language: Language = Language.EN,
    graphs: Sequence[str] | None = None,
) -> Table:
    """Say everything that the graph says of a thing, and what points to it.

    Args:
        store: Where the graph is.
        thing: What is asked about.
        language: For reading the table.
        graphs: The graphs to look in; None for all.

    Returns:
        One row a statement and file; the property of what points here begins with `←`.
    """
    place = {"thing": str(thing)}
    said = [tuple(row) for row in store.select(_PREFIXES + _SAID % place, graphs=graphs)]
    pointing = [tuple(row) for row in store.select(_PREFIXES + _POINTING % place, graphs=graphs)]
    lists = [row[0] for row in store.select(_PREFIXES + _LISTED % place, graphs=graphs)]
    things = {
        term.value for row in (*said, *pointing) for term in row if isinstance(term, NamedNode)
    }
    things |= {thing.value, SWD.hasMembers.value}
    labels = labels_of(store, sorted(things), graphs)
    rows: list[Row] = []
    for prop, value, basis, quote, graph in said:
        if prop != RDF.type or value is not None:
            rows.append((*_named(prop, labels, ""), _value(value), basis, quote, _file(graph)))
    for prop, value, graph in pointing[:_MOST]:
        rows.append((*_named(prop, labels, "← "), value, None, None, _file(graph)))
    for holder in lists:
        rows.append((*_named(SWD.hasMembers, labels, "← "), holder, None, None, None))
    name = label(labels.get(thing.value, NO_TEXT), thing.value, Language.EN)
    thai = label(labels.get(thing.value, NO_TEXT), thing.value, Language.TH)
    return Table(
        name=short_name(thing.value),
        title=Text(_TITLE.en.format(name=name), _TITLE.th.format(name=thai)),
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(_MORE,) if len(pointing) > _MOST else (),
        language=language,
        labels=labels,
    )


def _named(prop: Term | None, labels: Mapping[str, Text], arrow: str) -> tuple[Literal, Literal]:
    iri = prop.value if isinstance(prop, NamedNode) else ""
    known = _USUAL.get(NamedNode(iri)) or labels.get(iri, NO_TEXT)
    english = known.en or short_name(iri)
    return Literal(arrow + english), Literal(arrow + (known.th or english))


def _value(term: Term | None) -> Term | None:
    return Literal("(list)") if isinstance(term, BlankNode) else term


def _file(graph: Term | None) -> Literal | None:
    """Name a file of the project by the graph that it is."""
    if not isinstance(graph, NamedNode):
        return None
    return Literal(graph.value.partition("/graph/")[2] or graph.value)
