"""Zip files from strangers: bounded in parts, bytes and ratio, their names looked at before use."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from somswd_kg.errors import SourceError

__all__ = ["LIMITS", "Archive", "Limits", "open_archive", "read_bounded"]

_MEGABYTE = 1_000_000
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what reading one file may take.

    Attributes:
        file_bytes: Size of the file.
        unzipped_bytes: Size of all parts that are read from it, unzipped.
        part_bytes: Size of a part that is read as a whole.
        row_bytes: Size of one row of a sheet, and of all that a sheet has beside its rows.
        ratio: How many times larger than zipped a part above one megabyte may be.
        parts: Parts of a package, or files of a folder.
        rows: Rows of a sheet.
        columns: Columns of a sheet.
        cells: Cells that are not empty, in all sheets together.
        text: Signs of one cell; more are cut, and it is said.
        merged: Cells of a sheet that merged ranges cover; more are left out, and it is said.
    """

    file_bytes: int = 50 * _MEGABYTE
    unzipped_bytes: int = 100 * _MEGABYTE
    part_bytes: int = 8 * _MEGABYTE
    row_bytes: int = 8 * _MEGABYTE
    ratio: int = 300
    parts: int = 5_000
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 1_000_000
    text: int = 32_767
    merged: int = 100_000


LIMITS = Limits()
"""What a drafter's workbook never reaches: Excel's own bounds, and sizes that take seconds."""


def read_bounded(path: Path, limits: Limits) -> bytes:
    """Read a file as a whole, or say why not.

    Raises:
        SourceError: It does not exist, is a folder, is empty, too large or may not be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        what = (
            "there is no such file" if isinstance(error, FileNotFoundError) else "it cannot be read"
        )
        raise SourceError(what, path=str(path), hint="check the path") from error
    return check_size(data, str(path), limits)


def check_size(data: bytes, name: str, limits: Limits) -> bytes:
    """Give the data back if it is neither empty nor too large."""
    if not data:
        raise SourceError("the file is empty", path=name, hint="save it again and try once more")
    if len(data) > limits.file_bytes:
        raise SourceError(
            f"the file is larger than {limits.file_bytes // _MEGABYTE} MB",
            path=name,
            hint="leave out pictures and sheets that are not part of the plan",
        )
    return data


def _directory_bytes(data: bytes) -> int:
    """Say how long the list of parts is, before anything is made of it."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        return 0
    size: int = struct.unpack_from("<L", data, end + 12)[0]
    locator = end - 20
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR:
        record = locator - 56
        if record >= 0 and data[record : record + 4] == _END_64:
            size = struct.unpack_from("<Q", data, record + 40)[0]
    return size


def _is_trick(name: str) -> bool:
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or ":" in parts[0] or "\x00" in name


@dataclass(slots=True)
class Archive:
    """Hold an open zip whose parts are read within limits.

    Attributes:
        name: What the user calls the file.
        limits: What reading may take.
        infos: The parts by name, slashes forward, in the order of the file; folders left out.
    """

    name: str
    limits: Limits
    infos: dict[str, zipfile.ZipInfo]
    _zip: zipfile.ZipFile
    _folded: dict[str, str] = field(default_factory=dict)
    _unzipped: int = 0

    def find(self, part: str) -> str | None:
        """Give a part's name as the file spells it; case does not count. None: there is none."""
        if part in self.infos:
            return part
        if not self._folded:
            self._folded = {name.lower(): name for name in self.infos}
        return self._folded.get(part.lower())

    def read(self, part: str, most: int | None = None) -> bytes:
        """Read a part as a whole.

        Raises:
            SourceError: It is damaged, or larger than `most` (`limits.part_bytes` when None).
        """
        most = self.limits.part_bytes if most is None else most
        with self.open(part) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise self.error(f"its part {part} is larger than {most // _MEGABYTE} MB")
        return data

    @contextmanager
    def open(self, part: str) -> Iterator[Stream]:
        """Open a part for reading piece by piece."""
        info = self.infos[part]
        if info.flag_bits & 1:
            raise SourceError(
                "the zip is protected by a password",
                path=self.name,
                hint="make it without a password and try again",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.error(f"its part {part} is packed in a way that is not supported")
        with self.guard(part), self._zip.open(info) as raw:
            yield Stream(self, raw, info)

    @contextmanager
    def guard(self, part: str) -> Iterator[None]:
        """Turn what a damaged zip raises into a SourceError."""
        try:
            yield
        except _DAMAGED as error:
            raise self.error(f"its part {part} is damaged") from error

    def count(self, size: int) -> None:
        """Count bytes that were unzipped.

        Raises:
            SourceError: There are more than the limit.
        """
        self._unzipped += size
        if self._unzipped > self.limits.unzipped_bytes:
            most = self.limits.unzipped_bytes // _MEGABYTE
            raise self.error(f"unzipped it is larger than {most} MB")

    def error(self, what: str) -> SourceError:
        """Make the error for this file."""
        return SourceError(
            what, path=self.name, hint="open it, save it under a new name and try again"
        )


class Stream:
    """Read a part piece by piece and count what comes out of it.

    Attributes:
        since: Bytes read since the reader last set it to 0.
        most: How large `since` may become; 0 for any size.
    """

    def __init__(self, archive: Archive, raw: IO[bytes], info: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._raw = raw
        self._info = info
        self._size = 0
        self.since = 0
        self.most = 0

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes, or all."""
        with self._archive.guard(self._info.filename):
            data = self._raw.read(size)
        self._size += len(data)
        self.since += len(data)
        self._archive.count(len(data))
        limits = self._archive.limits
        if 0 < self.most < self.since:
            raise self._archive.error(
                f"its part {self._info.filename} has a row larger than {self.most // _MEGABYTE} MB"
            )
        if self._size > max(_MEGABYTE, limits.ratio * max(1, self._info.compress_size)):
            raise self._archive.error(
                f"its part {self._info.filename} grows more than {limits.ratio} times when unzipped"
            )
        return data


def open_archive(data: bytes, name: str, limits: Limits = LIMITS) -> Archive:
    """Open a zip that is held in memory and look at the names and sizes of its parts.

    Raises:
        SourceError: It is no zip, is cut off, has too many parts, a part twice, a name that leads
            out of it, or parts that are too large together.
    """
    if _directory_bytes(data) > limits.parts * 400:
        raise SourceError(f"it has more than {limits.parts} parts", path=name)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise SourceError(
            "the file is cut off or damaged",
            path=name,
            hint="fetch or save it again",
        ) from error
    infos: dict[str, zipfile.ZipInfo] = {}
    archive = Archive(name, limits, infos, opened)
    seen: set[str] = set()
    for info in opened.infolist():
        part = info.filename.replace("\\", "/")
        if _is_trick(part):
            raise archive.error(f"its part {part!r} has a name that leads out of the file")
        if part.lower() in seen:
            raise archive.error(f"it has the part {part!r} twice")
        seen.add(part.lower())
        if not part.endswith("/"):
            infos[part] = info
    if len(seen) > limits.parts:
        raise archive.error(f"it has more than {limits.parts} parts")
    return archive
