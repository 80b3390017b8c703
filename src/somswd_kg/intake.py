"""A drafter's file on its way in: which format it is, its triples, and where each stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from somswd_kg.claims import Basis, plain_triples
from somswd_kg.errors import SourceError
from somswd_kg.findings.locating import Lines, Located
from somswd_kg.model import Finding, Place
from somswd_kg.terms import Triple
from somswd_kg.triples import Triples

if TYPE_CHECKING:
    from somswd_kg.drafts.columns import Sheet
    from somswd_kg.drafts.grid import Book
    from somswd_kg.drafts.intake import Draft
    from somswd_kg.drafts.lexicon import Lexicon
    from somswd_kg.drafts.remarks import Remark
    from somswd_kg.formats.turtle_places import LinePlaces

__all__ = ["DraftFile", "is_table_file", "open_draft", "read_book"]

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xltx"))
LINED = frozenset(("ttl", "trig", "nt", "nq"))
ONE_A_LINE = frozenset(("nt", "nq"))
"""The formats in which each line is a statement."""
RDF = frozenset(
    (".ttl", ".turtle", ".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld", ".json")
)


@dataclass(frozen=True)
class DraftFile:
    """A drafter's file as it was read.

    Attributes:
        path: As the drafter named it.
        kind: `xlsx`, `csv` or `rdf`.
        triples: What it says, the plain triples of its claims among them.
        locate: Finds the place of a result in it; None where a format has no places.
        remarks: What was mended, read, assumed or refused.
        book: The grids of a workbook or of CSV files.
        draft: Its rows.
    """

    path: str
    kind: str
    triples: tuple[Triple, ...]
    locate: Located | Lines | None
    remarks: tuple[Remark, ...] = ()
    book: Book | None = None
    draft: Draft | None = None

    @cached_property
    def graph(self) -> Triples:
        """The triples by their terms."""
        return Triples(self.triples)

    def cell_text(self, place: Place) -> str:
        """Give what stands in a cell."""
        if self.book is None or not 0 < place.sheet <= len(self.book.grids):
            return ""
        cell = self.book.grids[place.sheet - 1].cell(place.row, place.column)
        return cell.text if cell else ""

    def told(self, finding: Finding) -> bool:
        """Tell whether a finding is at a cell that has been told of already.

        A cell that holds what could not be read is not empty: one finding is enough.
        """
        return isinstance(self.locate, Located) and finding.place in self.locate.refused


def is_table_file(path: Path) -> bool:
    """Tell whether a path is a workbook or a collection of CSV files rather than RDF."""
    if path.is_dir() or path.suffix.lower() in (*WORKBOOKS, ".zip", ".csv"):
        return True
    if path.suffix.lower() in RDF:
        return False
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def read_book(path: Path) -> Book:
    """Read the grids of a workbook, or of a folder or zip of CSV files.

    Raises:
        SourceError: It is neither, or cannot be read.
    """
    if not path.exists():
        raise SourceError("there is no such file", path=str(path), hint="check the name")
    if path.is_dir() or path.suffix.lower() == ".zip":
        from somswd_kg.formats.csv_folder import read_csv_folder

        return read_csv_folder(path)
    if path.suffix.lower() == ".csv":
        raise SourceError(
            "a draft in CSV is a folder or a zip with one file for each sheet",
            path=str(path),
            hint="give the folder that holds the file",
        )
    from somswd_kg.drafts.headings import is_beside
    from somswd_kg.formats.xlsx.read import read_workbook

    return read_workbook(path, leave=is_beside)


def open_draft(
    path: str | Path,
    sheets: Iterable[Sheet],
    lexicon: Lexicon | None,
    *,
    language: str = "th",
) -> DraftFile:
    """Read a drafter's file.

    Args:
        path: A workbook, a folder or zip of CSV files, or an RDF file.
        sheets: What the shapes imply.
        lexicon: The names of what is shipped; an RDF file needs none.
        language: Of the names that are offered where one is not known.

    Raises:
        SourceError: It cannot be read; nothing was taken from it.
    """
    where = Path(path)
    if not is_table_file(where) or lexicon is None:
        return _rdf(where)
    from somswd_kg.drafts.intake import read_draft
    from somswd_kg.drafts.remarks import Remark

    book = read_book(where)

    def examples() -> frozenset[str]:
        from somswd_kg.drafts.template import example_texts

        return example_texts(tuple(sheets), lexicon)

    draft = read_draft(book, sheets, lexicon, key=_key(book), language=language, examples=examples)
    remarks = tuple(Remark(notice.code, None, notice.values) for notice in book.notices)
    return DraftFile(
        str(path),
        book.kind,
        draft.triples,
        Located(draft.places, draft.refused),
        (*remarks, *draft.remarks),
        book,
        draft,
    )


def _key(book: Book) -> str:
    """Make a short key of what a book says, so that the same draft has the same nodes."""
    digest = hashlib.sha256()
    for grid in book.grids:
        digest.update(grid.name.encode())
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                digest.update(f"\0{row}\0{column}\0{cell.text}".encode())
    return digest.hexdigest()[:12]


def _rdf(path: Path) -> DraftFile:
    from somswd_kg.formats.rdf import format_of, read_quads

    triples = dict.fromkeys(quad.triple for quad in read_quads(path))
    triples |= dict.fromkeys(plain_triples(tuple(triples), Basis.STATED, Basis.PROPOSED))
    lines, form = None, format_of(path).name
    if form in LINED:
        content, base = path.read_bytes(), path.resolve().as_uri()
        lines = Lines(str(path), path.stem, cache(partial(_line_places, content, form, base)))
    return DraftFile(str(path), "rdf", tuple(triples), lines)


def _line_places(content: bytes, form: str, base: str) -> LinePlaces:
    from somswd_kg.formats.turtle_places import read_line_places, read_statement_lines

    text = content.decode("utf-8-sig")
    return read_statement_lines(text) if form in ONE_A_LINE else read_line_places(text, base)
