"""A drafter's own workbook handed back: coloured cells, comments, a sheet of findings, no more.

The package is changed part by part. A workbook that was handed back before is taken back to what
it was first, so that marks do not pile up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from somswd_kg.drafts.grid import Grid, Notice
from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.formats.archive import LIMITS, Limits, read_bounded
from somswd_kg.formats.files import write_beside
from somswd_kg.formats.notices import NoticeCode, notice
from somswd_kg.formats.xlsx.comments import Comments
from somswd_kg.formats.xlsx.findings_sheet import FindingRow, FindingsTable, findings_sheet
from somswd_kg.formats.xlsx.marks import is_findings_sheet, recorded_fills
from somswd_kg.formats.xlsx.package import Package
from somswd_kg.formats.xlsx.read import main_part, read_all_sheets, sheet_list
from somswd_kg.formats.xlsx.recognise import open_workbook
from somswd_kg.formats.xlsx.sheet import split_reference
from somswd_kg.formats.xlsx.sheet_edit import SheetEditor
from somswd_kg.formats.xlsx.styles import Styles
from somswd_kg.formats.xlsx.write import clean_text
from somswd_kg.formats.xlsx.xml import OFFICE_RELATIONS
from somswd_kg.model import Severity, column_letters

__all__ = ["CellMark", "FindingRow", "FindingsTable", "HandedBack", "hand_back", "marked_workbook"]

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class CellMark:
    """Say what is to be marked at a cell.

    Attributes:
        sheet: The sheet's name.
        cell: The cell's address, such as `C5`; it may be empty.
        level: Which colour; the worst one counts where a cell has several marks.
        text: For the comment; texts of one cell are joined.
    """

    sheet: str
    cell: str
    level: Severity
    text: str


@dataclass(frozen=True, slots=True)
class HandedBack:
    """Hold a workbook with its marks.

    Attributes:
        data: The workbook.
        notices: What could not be shown in it: comments at cells that have one already, a
            signature that is no longer valid.
    """

    data: bytes
    notices: tuple[Notice, ...]


def hand_back(
    source: str | Path,
    marks: Iterable[CellMark],
    table: FindingsTable,
    out: str | Path,
    *,
    limits: Limits = LIMITS,
) -> tuple[Notice, ...]:
    """Write a workbook again with findings in it; the old file stays as it is.

    Args:
        source: The drafter's workbook.
        marks: What to mark, in the order in which the texts of one cell are to be read.
        table: What the findings sheet shows.
        out: Where to write; a file that is there is replaced in one step.
        limits: What reading may take.

    Returns:
        What could not be shown in it.

    Raises:
        SourceError: The workbook cannot be read, or `out` is the same file.
        ParameterError: A mark names a sheet or a cell that cannot be.
    """
    source, out = Path(source), Path(out)
    if out.exists() and out.samefile(source):
        raise SourceError(
            "the findings would be written over the draft", path=str(out), hint="name another file"
        )
    done = marked_workbook(read_bounded(source, limits), marks, table, str(source), limits=limits)
    write_beside(out, done.data)
    return done.notices


def marked_workbook(
    data: bytes,
    marks: Iterable[CellMark],
    table: FindingsTable,
    name: str = "workbook",
    *,
    limits: Limits = LIMITS,
) -> HandedBack:
    """Make a workbook with findings in it, from the bytes of the drafter's.

    Raises:
        SourceError: The workbook cannot be read.
        ParameterError: A mark names a sheet or a cell that cannot be.
    """
    grids = {grid.name: grid for grid in read_all_sheets(data, limits=limits, name=name).grids}
    return _HandBack(data, name, limits, grids).run(tuple(marks), table)


class _HandBack:
    """Change one package."""

    def __init__(self, data: bytes, name: str, limits: Limits, grids: dict[str, Grid]) -> None:
        self._package = Package(open_workbook(data, name, limits))
        self._workbook = main_part(self._package.archive)
        self._tree = self._package.tree(self._workbook)
        self._space = etree.QName(self._tree).namespace or ""
        self._office = _STRICT if "purl.oclc.org" in self._space else OFFICE_RELATIONS
        self._grids = grids
        self._notices: list[Notice] = []
        listed = sheet_list(self._package.archive, self._tree)
        self._parts = {
            title: self._package.target(self._workbook, identifier) or ""
            for title, identifier, _ in listed
        }
        self._ours = next((title for title, grid in grids.items() if is_findings_sheet(grid)), "")
        fills = recorded_fills(grids[self._ours]) if self._ours else ()
        self._styles = Styles(self._package, self._workbook, self._office, fills)

    def run(self, marks: tuple[CellMark, ...], table: FindingsTable) -> HandedBack:
        wanted = self._by_sheet(marks)
        before = self._styles.unmarked()
        for title in self._grids:
            if title != self._ours:
                self._sheet(title, before, wanted.get(title, {}))
        self._add_table(table)
        if any("_xmlsignatures/" in part.lower() for part in self._package.archive.infos):
            self._notices.append(notice(NoticeCode.SIGNATURE_BROKEN))
        return HandedBack(self._package.packed(), tuple(self._notices))

    def _by_sheet(
        self, marks: tuple[CellMark, ...]
    ) -> dict[str, dict[tuple[int, int], list[CellMark]]]:
        """Sort the marks by sheet and cell; a covered cell's go to the one that shows."""
        found: dict[str, dict[tuple[int, int], list[CellMark]]] = {}
        limits = self._package.archive.limits
        for mark in marks:
            grid = self._grids.get(mark.sheet)
            place = split_reference(mark.cell)
            if grid is None or mark.sheet == self._ours:
                raise ParameterError(f"the workbook has no sheet {mark.sheet!r} to mark")
            if not (place and 1 <= place[0] <= limits.rows and 1 <= place[1] <= limits.columns):
                raise ParameterError(f"{mark.cell!r} is no cell of a sheet")
            place = grid.covered.get(place, place)
            found.setdefault(mark.sheet, {}).setdefault(place, []).append(mark)
        return found

    # -- sheets ---------------------------------------------------------------------------

    def _sheet(
        self,
        title: str,
        before: dict[int, int],
        marks: dict[tuple[int, int], list[CellMark]],
    ) -> None:
        part = self._parts[title]
        has_comments = self._package.related(part, "comments") is not None
        if not marks and not has_comments and not self._uses(part, before):
            return
        editor = SheetEditor(self._package.tree(part), self._office)
        comments = Comments(self._package, part, editor.drawing, self._office, self._space)
        comments.remove_ours()
        editor.restyle(before)
        kept = comments.cells()
        texts: dict[str, str] = {}
        for (row, column), found in sorted(marks.items()):
            level = min((mark.level for mark in found), key=lambda each: each.rank)
            style = self._styles.marked(editor.style(row, column), level)
            editor.set_style(row, column, style)
            reference = f"{column_letters(column)}{row}"
            if reference in kept:
                said = notice(NoticeCode.COMMENT_KEPT, sheet=title, cell=reference)
                self._notices.append(said)
            else:
                said_once = dict.fromkeys(clean_text(mark.text) for mark in found)
                texts[reference] = "\n".join(said_once)
        comments.add(texts)
        editor.drawing = comments.drawing

    def _uses(self, part: str, styles: dict[int, int]) -> bool:
        if not styles:
            return False
        written = re.compile(
            rb"\b(?:s|style)\s*=\s*[\"'](?:"
            + b"|".join(b"%d" % each for each in styles)
            + rb")[\"']"
        )
        return bool(written.search(self._package.data(part)))

    # -- the added sheet ------------------------------------------------------------------

    def _add_table(self, table: FindingsTable) -> None:
        data = findings_sheet(table, self._styles, self._space)
        if self._ours:
            part = self._parts[self._ours]
            self._package.remove_relations(part)
            self._package.replace(part, data)
            return
        part = self._package.unused("xl/worksheets/sheet{}.xml")
        self._package.put(part, data)
        self._package.type_of(part, _SHEET_TYPE)
        identifier = self._package.relate(self._workbook, f"{self._office}/worksheet", part)
        sheets = self._tree.find("{*}sheets")
        if sheets is None:
            raise self._package.archive.error("its list of sheets is missing")
        numbers = [
            int(each.get("sheetId", "0")) for each in sheets if each.get("sheetId", "").isdecimal()
        ]
        etree.SubElement(
            sheets,
            f"{{{self._space}}}sheet",
            {
                "name": self._free_name(table.name),
                "sheetId": str(max(numbers, default=0) + 1),
                f"{{{self._office}}}id": identifier,
            },
        )

    def _free_name(self, name: str) -> str:
        """Give a name that no sheet has, of signs and length that Excel takes."""
        name = re.sub(r"[\[\]:*?/\\]", " ", clean_text(name)).strip("' ")[:31] or "findings"
        taken = {title.casefold() for title in self._parts}
        free, number = name, 2
        while free.casefold() in taken:
            free = f"{name[:26]} ({number})"
            number += 1
        return free
