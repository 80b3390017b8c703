"""Folders and zips of CSV files, a file for a sheet: encoding and delimiter found out and said."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from somswd_kg.drafts.grid import Book, Cell, CellKind, Grid, Notice
from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import LIMITS, Limits, check_size, open_archive, read_bounded
from somswd_kg.formats.notices import NoticeCode, notice

__all__ = ["read_csv_folder"]

_UTF_8_FLAG = 0x800
_SIDE_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$", ".~lock")
_MARKED = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8-bom"),
    (b"\xff\xfe", "utf-16", "utf-16"),
    (b"\xfe\xff", "utf-16", "utf-16"),
)
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")
_STRAY = re.compile("(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_GUARD = re.compile("^'(?=[=+@\t\r-])")
"""The apostrophe that keeps a spreadsheet from taking a text for a formula."""
_SEPARATOR_LINE = re.compile(r'"?sep=([,;:|\t])"?\r?\n', re.IGNORECASE)


def read_csv_folder(source: str | Path | bytes, *, limits: Limits = LIMITS, name: str = "") -> Book:
    """Read a folder or a zip of CSV files, or a single one, to grids.

    Args:
        source: The path of a folder, of a `.zip` or of a `.csv`; or the bytes of either file.
        limits: What reading may take.
        name: What to call it in errors and, without its ending, the sheet of a single file.

    Returns:
        A grid for each file, by name. All cells are text, as CSV knows no other kind. What was
        found out (encoding other than UTF-8, delimiter other than a comma) stands in the notices.

    Raises:
        SourceError: It cannot be read: where, what, what to do.
    """
    notices: list[Notice] = []
    if not isinstance(source, bytes):
        path, name = Path(source), name or str(source)
        if path.is_dir():
            files = _of_folder(path, limits, notices)
            return _book(files, name, limits, notices)
        source = read_bounded(path, limits)
    name = name or "draft.csv"
    data = check_size(source, name, limits)
    if data.startswith(b"PK"):
        return _book(_of_zip(data, name, limits, notices), name, limits, notices)
    return _book(iter([(Path(name).name, data)]), name, limits, notices)


# -- files ------------------------------------------------------------------------------------


def _wanted(path: str, notices: list[Notice]) -> bool:
    if any(part in path for part in _SIDE_FILES):
        return False
    if path.lower().endswith(".csv"):
        return True
    notices.append(notice(NoticeCode.FILE_IGNORED, path=path))
    return False


def _of_folder(folder: Path, limits: Limits, notices: list[Notice]) -> Iterator[tuple[str, bytes]]:
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise SourceError("the folder cannot be read", path=str(folder)) from error
    if len(paths) > limits.parts:
        raise SourceError(f"the folder has more than {limits.parts} files", path=str(folder))
    left = limits.unzipped_bytes
    for path in paths:
        if path.is_file() and _wanted(path.name, notices):
            data = read_bounded(path, limits)
            left -= len(data)
            if left < 0:
                most = limits.unzipped_bytes // 1_000_000
                raise SourceError(f"its files are larger than {most} MB", path=str(folder))
            yield path.name, data


def _of_zip(
    data: bytes, name: str, limits: Limits, notices: list[Notice]
) -> Iterator[tuple[str, bytes]]:
    archive = open_archive(data, name, limits)
    if archive.find("[Content_Types].xml"):
        raise SourceError(
            "it is an Office file, not a zip of CSV files",
            path=name,
            hint="if it is a workbook, give it the ending .xlsx",
        )
    named = sorted((_real_name(info, part, notices), part) for part, info in archive.infos.items())
    for path, part in named:
        if _wanted(path, notices):
            yield path, archive.read(part, limits.file_bytes)


def _real_name(info: zipfile.ZipInfo, part: str, notices: list[Notice]) -> str:
    """Undo what zipfile does to a name without the UTF-8 flag: Windows writes its own encoding."""
    if info.flag_bits & _UTF_8_FLAG or part.isascii():
        return part
    try:
        raw = part.encode("cp437")
    except UnicodeEncodeError:
        return part
    for encoding, said in (("utf-8", "utf-8"), ("cp874", "windows-874")):
        try:
            decoded = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        notices.append(notice(NoticeCode.FILE_NAME_DECODED, path=decoded, encoding=said))
        return decoded
    return part


# -- text -------------------------------------------------------------------------------------


def _decoded(data: bytes, path: str, place: str, notices: list[Notice]) -> str:
    if data.startswith(_NOT_TEXT):
        raise SourceError(
            "it has the ending of a CSV file, but is none",
            path=place,
            hint="save it as CSV UTF-8 from the program that made it",
        )
    encoding, said = next(
        ((encoding, said) for mark, encoding, said in _MARKED if data.startswith(mark)), ("", "")
    )
    if not encoding:
        try:
            return _checked(data.decode("utf-8"), place)
        except UnicodeDecodeError:
            encoding, said = "cp874", "windows-874"
    notices.append(notice(NoticeCode.ENCODING, path=path, encoding=said))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"it is text neither in UTF-8 nor in {said}",
            path=place,
            line=data.count(b"\n", 0, error.start) + 1,
            hint="save it as CSV UTF-8",
        ) from error
    if encoding == "cp874" and _STRAY.search(text):
        notices.append(notice(NoticeCode.ENCODING_DOUBTFUL, path=path, encoding=said))
    return _checked(text, place)


def _checked(text: str, place: str) -> str:
    nul = text.find("\x00")
    if nul >= 0:
        raise SourceError(
            "it holds signs that no text has",
            path=place,
            line=text.count("\n", 0, nul) + 1,
            hint="save it as CSV UTF-8",
        )
    return text


def _delimiter(text: str) -> tuple[str, bool]:
    """Find the delimiter, and whether a first line of its own names it (as Excel reads it)."""
    named = _SEPARATOR_LINE.match(text)
    if named:
        return named[1], True
    unquoted = re.sub('"[^"]*"', "", text[:100_000]).split("\n", 1)[0]
    counts = {sign: unquoted.count(sign) for sign in (",", ";", "\t", "|")}
    if counts[","]:
        return ",", False
    best = max(counts, key=lambda sign: counts[sign])
    return (best if counts[best] else ","), False


# -- grids ------------------------------------------------------------------------------------


def _book(
    files: Iterator[tuple[str, bytes]], name: str, limits: Limits, notices: list[Notice]
) -> Book:
    grids: list[Grid] = []
    titles: dict[str, str] = {}
    left = limits.cells
    for path, data in files:
        title = PurePosixPath(path).name
        title = title[:-4] if title.lower().endswith(".csv") else title
        other = titles.setdefault(title.casefold(), path)
        if other != path:
            raise SourceError(
                f"the files {other!r} and {path!r} are of one name",
                path=name,
                hint="each sheet needs a name of its own",
            )
        place = path if path == Path(name).name else f"{name}/{path}"
        grid = _grid(_decoded(data, path, place, notices), title, path, place, limits, notices)
        left -= sum(map(len, grid.rows.values()))
        if left < 0:
            raise SourceError(f"it has more than {limits.cells} cells", path=name)
        grids.append(grid)
    if not grids:
        raise SourceError(
            "it holds no .csv file", path=name, hint="give a folder or zip with a file per sheet"
        )
    return Book(name, "csv", tuple(grids), tuple(notices))


def _grid(
    text: str, title: str, path: str, place: str, limits: Limits, notices: list[Notice]
) -> Grid:
    delimiter, named = _delimiter(text)
    if delimiter != ",":
        notices.append(notice(NoticeCode.DELIMITER, path=path, delimiter=delimiter))
    rows: dict[int, dict[int, Cell]] = {}
    lines: dict[int, int] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = 1, 0
    try:
        for number, record in enumerate(reader, 1):
            if line != number:
                lines[number] = line
            line = reader.line_num + 1
            if number > limits.rows or len(record) > limits.columns:
                what, most = (
                    ("rows", limits.rows) if number > limits.rows else ("columns", limits.columns)
                )
                raise SourceError(f"it has more than {most} {what}", path=place, line=line - 1)
            if named and number == 1:
                continue
            cells = {
                column: _cell(value, title, number, column, limits, notices)
                for column, value in enumerate(record, 1)
                if value
            }
            count += len(cells)
            if count > limits.cells:
                raise SourceError(f"it has more than {limits.cells} cells", path=place, line=line)
            if cells:
                rows[number] = cells
    except csv.Error as error:
        raise SourceError(
            f"its quotation marks or fields are not well formed ({error})",
            path=place,
            line=line,
            hint='close each " that is opened, and write " inside a field twice',
        ) from error
    return Grid(name=title, rows=rows, path=path, lines=lines)


def _cell(
    value: str, title: str, row: int, column: int, limits: Limits, notices: list[Notice]
) -> Cell:
    if len(value) > limits.text:
        said = notice(
            NoticeCode.TEXT_CUT,
            sheet=title,
            row=row,
            column=column,
            length=len(value),
            most=limits.text,
        )
        if len(notices) < 1_000:
            notices.append(said)
        value = value[: limits.text]
    return Cell(row, column, CellKind.TEXT, _GUARD.sub("", value))
