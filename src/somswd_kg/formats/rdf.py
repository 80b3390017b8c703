"""RDF files: read with a place for every error, written the same each time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from somswd_kg.entities import harmful_entity
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.terms import DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = ["FORMATS", "RdfFormat", "format_of", "read_quads", "source_error", "write_quads"]


@dataclass(frozen=True, slots=True)
class RdfFormat:
    """Describe one way to write RDF down.

    Attributes:
        name: As on the command line.
        suffixes: File endings that mean it, the usual one first.
        media_type: As in HTTP.
        holds_graphs: Whether we write named graphs in it; the others hold their union.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    holds_graphs: bool = False


_ALL = (
    RdfFormat("ttl", (".ttl", ".turtle"), "text/turtle"),
    RdfFormat("nt", (".nt",), "application/n-triples"),
    RdfFormat("nq", (".nq",), "application/n-quads", holds_graphs=True),
    RdfFormat("trig", (".trig",), "application/trig", holds_graphs=True),
    RdfFormat("rdfxml", (".rdf", ".owl", ".xml"), "application/rdf+xml"),
    RdfFormat("jsonld", (".jsonld", ".json"), "application/ld+json"),
)
FORMATS: Mapping[str, RdfFormat] = {form.name: form for form in _ALL}
"""The formats by name."""

_PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_PLACE = re.compile(
    r"Parser error at line (\d+)(?: between columns? | column )(\d+)(?: and \d+)?: "
)


def format_of(path: str | Path) -> RdfFormat:
    """Tell a file's format by its ending.

    >>> format_of("plan.ttl").name
    'ttl'
    """
    suffix = Path(path).suffix.lower()
    for form in _ALL:
        if suffix in form.suffixes:
            return form
    known = ", ".join(form.suffixes[0] for form in _ALL)
    raise SourceError(
        f"a file that ends in '{suffix}' is no RDF file" if suffix else "a file without an ending",
        path=str(path),
        hint=f"the ending tells the format: {known}",
    )


def _format(name: str) -> RdfFormat:
    if name in FORMATS:
        return FORMATS[name]
    raise ParameterError(f"unknown format '{name}'", hint=f"write one of {', '.join(FORMATS)}")


def source_error(error: SyntaxError, path: str) -> SourceError:
    """Turn a parser's error into ours: file, line, column, and what was expected."""
    message = " ".join(str(error.msg or error).split())
    place = _PLACE.match(message)
    line = int(place[1]) if place else error.lineno or 0
    column = int(place[2]) if place else error.offset or 0
    what = message[place.end() :] if place else message
    if "LoadDocumentCallback" in what:
        hint = "write the context into the file; no context is fetched from the network"
        return SourceError("it refers to a context elsewhere", path=path, hint=hint)
    return SourceError(what, path=path, line=line, column=column, hint="nothing was loaded")


def read_quads(
    source: str | Path | None = None,
    *,
    text: str | bytes | None = None,
    format: str | None = None,
    graph: str | None = None,
) -> list[Quad]:
    """Read all of a file, or of a text with its format; literals stay as they are written.

    Args:
        source: The file; its ending tells the format unless `format` does.
        text: What to read in place of a file.
        format: A name in `FORMATS`.
        graph: Where triples go that name no graph.

    Raises:
        SourceError: The file is not there or is not what its format says.

    >>> read_quads(text="<urn:a> <urn:p> 1 .", format="ttl", graph="urn:g")[0].graph_name
    <NamedNode value=urn:g>
    """
    if (source is None) == (text is None):
        raise ParameterError("give a file or a text", hint="one of the two, and not both")
    if source is not None:
        form = _format(format) if format else format_of(source)
        try:
            text = Path(source).read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise SourceError(f"it cannot be read: {reason}", path=str(source)) from error
    else:
        form = _format(format or "")
    where = str(source) if source is not None else "<text>"
    if isinstance(text, str):
        text = text.encode()
    content = (text or b"").removeprefix(codecs.BOM_UTF8)  # editors of Windows put it there
    home = NamedNode(graph) if graph else DefaultGraph()
    base = Path(source).resolve().as_uri() if source is not None else None
    if form.name == "rdfxml" and (harm := harmful_entity(content)):
        raise SourceError(harm, path=where, hint="save it without entities, or as Turtle")
    try:
        quads = list(ox.parse(input=content, format=_PARSERS[form.name], base_iri=base))
    except SyntaxError as error:
        raise source_error(error, where) from error
    except MemoryError as error:
        raise SourceError("it holds a value too long to be read", path=where) from error
    if graph is None:
        return quads
    return [
        Quad(quad.subject, quad.predicate, quad.object, home)
        if isinstance(quad.graph_name, DefaultGraph)
        else quad
        for quad in quads
    ]


def write_lines(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples, as they come."""
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def write_quads(quads: Iterable[Quad], format: str, prefixes: Mapping[str, str]) -> bytes:
    """Write quads so that the same ones always give the same bytes.

    Formats that name graphs keep them; the others hold the union.

    Args:
        quads: In any order; doubles count once.
        format: A name in `FORMATS`.
        prefixes: Those that are used are declared, where the format can.
    """
    form = _format(format)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(dataset, key=lambda quad: (str(quad.graph_name), *_sort_key(quad)))
    used = _used(ordered, prefixes) if form.name in ("ttl", "trig", "rdfxml") else {}
    if form.holds_graphs:
        return ox.serialize(ordered, format=_PARSERS[form.name], prefixes=used) or b""
    union = {_sort_key(quad): quad.triple for quad in ordered}
    triples = [union[key] for key in sorted(union)]
    return ox.serialize(triples, format=_PARSERS[form.name], prefixes=used) or b""


def _sort_key(quad: Quad) -> tuple[str, bool, str, str]:
    predicate = quad.predicate.value
    is_type = predicate.endswith("22-rdf-syntax-ns#type")
    return str(quad.subject), not is_type, predicate, str(quad.object)


def _used(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Keep the prefixes by which at least one term can be written."""
    spaces: set[str] = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, Literal):
                term = term.datatype
            if isinstance(term, NamedNode):
                spaces.add(re.sub(r"[^#/]*$", "", term.value))
    return {name: iri for name, iri in sorted(prefixes.items()) if iri in spaces}
