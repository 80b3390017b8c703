"""New folders and zips of CSV files from a plain description, a file for each sheet of data."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from somswd_kg.drafts.workbook import SheetSpec, Value, WorkbookSpec
from somswd_kg.errors import SourceError
from somswd_kg.formats.files import write_beside
from somswd_kg.formats.xlsx.write import starts_formula

__all__ = ["csv_files", "write_csv"]

_MARK = b"\xef\xbb\xbf"
_FIXED = (1980, 1, 1, 0, 0, 0)


def csv_files(spec: WorkbookSpec, *, mark: bool = True) -> dict[str, bytes]:
    """Write each sheet that holds data as a CSV file.

    Args:
        spec: Hidden sheets and the guide, which no reader needs, are left out.
        mark: Whether files begin with the mark by which Excel knows UTF-8.

    Returns:
        Contents by file name. A text that a spreadsheet could take for a formula has an apostrophe
        before it, which our reader takes off.
    """
    sheets = [sheet for sheet in spec.sheets if not sheet.hidden and sheet.columns[0].hidden]
    return {f"{sheet.name}.csv": (_MARK if mark else b"") + _text(sheet) for sheet in sheets}


def write_csv(spec: WorkbookSpec, path: Path, *, mark: bool = True) -> Path:
    """Write a folder of CSV files, or a zip of them where the path ends so.

    The folder is written beside its place and then put there.

    Raises:
        SourceError: There is a folder that holds other files, or it cannot be written.
    """
    files = csv_files(spec, mark=mark)
    if path.suffix.lower() == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
        return write_beside(path, buffer.getvalue())
    try:
        return _folder(files, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"it cannot be written: {reason}", path=str(path)) from error


def _folder(files: dict[str, bytes], path: Path) -> Path:
    if path.exists() and not path.is_dir():
        raise SourceError("it is a file, not a folder", path=str(path), hint="name a folder")
    strange = (
        [each.name for each in path.iterdir() if each.suffix != ".csv"] if path.exists() else []
    )
    if strange:
        raise SourceError(
            f"the folder holds other files, such as {strange[0]}",
            path=str(path),
            hint="name a new folder, or one of CSV files alone",
        )
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        if path.exists():
            path.rename(old)
        try:
            new.rename(path)
        except OSError:
            if old.exists():
                shutil.move(old, path)
            raise
    return path


def _text(sheet: SheetSpec) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.heading for column in sheet.columns])
    writer.writerows([[_field(value) for value in row] for row in sheet.rows])
    return buffer.getvalue().encode("utf-8")


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and starts_formula(text) else text
