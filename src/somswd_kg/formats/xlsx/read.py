"""Workbooks of Excel, LibreOffice and Google Sheets: bytes in, grids of cells out, nothing run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from somswd_kg.drafts.grid import Book, Grid, Notice
from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import LIMITS, Archive, Limits, read_bounded
from somswd_kg.formats.notices import NoticeCode, notice
from somswd_kg.formats.xlsx.marks import is_findings_sheet
from somswd_kg.formats.xlsx.numbers import Look, looks
from somswd_kg.formats.xlsx.recognise import open_workbook, suffix_of
from somswd_kg.formats.xlsx.sheet import Context, SheetReader
from somswd_kg.formats.xlsx.xml import events, flattened, parse_part, relations

__all__ = ["main_part", "read_all_sheets", "read_workbook", "sheet_list"]

_MOST_SHEETS = 500


def read_workbook(
    source: str | Path | bytes,
    *,
    limits: Limits = LIMITS,
    name: str = "",
    leave: Callable[[str], bool] = lambda name: False,
) -> Book:
    """Read a workbook to grids.

    Every sheet is read in one pass, whatever its own note of its size says. Formulas are not
    computed and macros not run; the file is only read. A sheet of findings that an earlier check
    added is left out.

    Args:
        source: A path, or the bytes of a workbook.
        limits: What reading may take.
        name: What to call the file in errors; its path when left out.
        leave: Tells by its name that a sheet is left unread; it keeps its place, without rows.

    Returns:
        The sheets in the order of the workbook, with what was noticed.

    Raises:
        SourceError: It cannot be read: where, what, what to do.
    """
    book = read_all_sheets(source, limits=limits, name=name, leave=leave)
    ours = [grid for grid in book.grids if is_findings_sheet(grid)]
    if not ours:
        return book
    said = [notice(NoticeCode.FINDINGS_NOT_READ, sheet=grid.name) for grid in ours]
    kept = tuple(grid for grid in book.grids if grid not in ours)
    return replace(book, grids=kept, notices=(*book.notices, *said))


def read_all_sheets(
    source: str | Path | bytes,
    *,
    limits: Limits = LIMITS,
    name: str = "",
    leave: Callable[[str], bool] = lambda name: False,
) -> Book:
    """Read a workbook to grids, sheets of findings among them (see `read_workbook`)."""
    if isinstance(source, bytes):
        data, name = source, name or "workbook"
    else:
        data, name = read_bounded(Path(source), limits), name or str(source)
    archive = open_workbook(data, name, limits)
    part = main_part(archive)
    workbook = parse_part(archive, part)
    linked = {each.id: each for each in relations(archive, part)}
    kinds = {each.kind: each.target for each in linked.values() if not each.external}
    context = Context(
        archive,
        _shared_strings(archive, kinds.get("sharedStrings")),
        _looks(archive, kinds.get("styles")),
        _since_1904(workbook),
        limits.cells,
    )
    context.notices += _notices(archive, part)
    grids: list[Grid] = []
    for title, identifier, hidden in sheet_list(archive, workbook):
        relation = linked.get(identifier)
        if relation is None or relation.external:
            raise archive.error(f"its sheet {title!r} is missing")
        if relation.kind != "worksheet":
            said = notice(NoticeCode.SHEET_WITHOUT_CELLS, sheet=title, kind=relation.kind)
            context.notices.append(said)
            continue
        found = archive.find(relation.target)
        if found is None:
            raise archive.error(f"its sheet {title!r} is missing")
        if leave(title):
            grids.append(Grid(title, {}, hidden=hidden))
        else:
            grids.append(SheetReader(context, title).read(found, hidden=hidden))
    if not grids:
        raise archive.error("it has no sheet with cells")
    return Book(name, "xlsx", tuple(grids), tuple(context.notices))


def main_part(archive: Archive) -> str:
    """Name the part that lists the sheets.

    Raises:
        SourceError: The package has none.
    """
    for relation in relations(archive, ""):
        if relation.kind == "officeDocument" and not relation.external:
            found = archive.find(relation.target)
            if found:
                return found
    raise SourceError(
        "it is a zip, but not a workbook", path=archive.name, hint="give an .xlsx file"
    )


def sheet_list(archive: Archive, workbook: etree._Element) -> tuple[tuple[str, str, bool], ...]:
    """List the sheets: title, identifier of the relation to their part, whether hidden."""
    found = []
    for each in workbook.iterfind("{*}sheets/{*}sheet"):
        identifier = next((v for k, v in each.attrib.items() if str(k).endswith("}id")), "")
        hidden = each.get("state", "visible") != "visible"
        found.append((each.get("name", ""), str(identifier), hidden))
    if len(found) > _MOST_SHEETS:
        raise archive.error(f"it has more than {_MOST_SHEETS} sheets")
    titles = [title.casefold() for title, _, _ in found]
    if len(set(titles)) < len(titles):
        raise archive.error("it has two sheets of one name")
    return tuple(found)


def _shared_strings(archive: Archive, target: str | None) -> tuple[str, ...]:
    part = archive.find(target) if target else None
    if part is None:
        return ()
    with archive.open(part) as stream:
        return tuple(flattened(item) for _, item in events(archive, part, stream, ("si",)))


def _looks(archive: Archive, target: str | None) -> tuple[Look, ...]:
    part = archive.find(target) if target else None
    return looks(parse_part(archive, part)) if part else ()


def _since_1904(workbook: etree._Element) -> bool:
    settings = workbook.find("{*}workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


def _notices(archive: Archive, part: str) -> list[Notice]:
    found = []
    suffix = suffix_of(archive.name)
    macros = next((name for name in archive.infos if name.lower().endswith("vbaproject.bin")), "")
    expected = (".xlsm", ".xltm") if macros else (".xlsx", ".xltx", ".xlsm")
    if suffix not in expected and "." in archive.name:
        kind = "xlsm" if macros else "xlsx"
        found.append(notice(NoticeCode.WRONG_EXTENSION, found=suffix, kind=kind))
    if macros:
        found.append(notice(NoticeCode.MACROS_NOT_RUN, part=macros))
    linked = sum(each.kind == "externalLink" for each in relations(archive, part))
    if linked:
        found.append(notice(NoticeCode.LINKS_NOT_FOLLOWED, count=linked))
    return found
