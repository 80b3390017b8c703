"""What a file really is, whatever its name says: a workbook, or what to do instead."""

from __future__ import annotations

import re
from pathlib import PurePath

from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import Archive, Limits, check_size, open_archive

__all__ = ["open_workbook", "suffix_of"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "open it in Excel or LibreOffice and save it as Excel workbook (.xlsx)"
_OLE_STREAMS = (
    (
        "EncryptedPackage",
        "the workbook is protected by a password",
        "open it, remove the password (File, Info, Protect Workbook) and save it",
    ),
    ("Workbook", "it is a workbook of Excel 97-2003 (.xls)", _SAVE_AS),
    ("Book", "it is a workbook of Excel 5 (.xls)", _SAVE_AS),
    ("WordDocument", "it is a Word document (.doc), not a workbook", "give the workbook"),
    ("PowerPoint Document", "it is a presentation (.ppt), not a workbook", "give the workbook"),
)
_MARKS = (
    (b"%PDF", "it is a PDF, not a workbook", "give the workbook that it was printed from"),
    (b"{\\rtf", "it is an RTF document, not a workbook", "give the workbook"),
    (b"\x1f\x8b", "it is packed with gzip", "unpack it first"),
    (b"7z\xbc\xaf", "it is packed with 7-Zip", "unpack it first"),
    (b"Rar!", "it is packed with RAR", "unpack it first"),
    (b"\x89PNG", "it is a picture, not a workbook", "give the workbook"),
    (b"\xff\xd8\xff", "it is a picture, not a workbook", "give the workbook"),
)
_PARTS = (
    ("word/document.xml", "it is a Word document (.docx), not a workbook", "give the workbook"),
    ("ppt/presentation.xml", "it is a presentation (.pptx), not a workbook", "give the workbook"),
    ("xl/workbook.bin", "it is a binary workbook (.xlsb)", _SAVE_AS),
    ("index/document.iwa", "it is a Numbers document", "export it as Excel workbook (.xlsx)"),
)


def suffix_of(name: str) -> str:
    """Give the ending of a file's name, in lower case, with its dot."""
    return PurePath(name).suffix.lower()


def open_workbook(data: bytes, name: str, limits: Limits) -> Archive:
    """Open the bytes of a workbook as a package.

    Raises:
        SourceError: They are empty, too many, protected, of another format or damaged.
    """
    check_size(data, name, limits)
    if data.startswith(_OLE):
        for stream, what, hint in _OLE_STREAMS:
            if stream.encode("utf-16-le") in data:
                raise SourceError(what, path=name, hint=hint)
        raise SourceError("it is an old Office file, not a workbook", path=name, hint=_SAVE_AS)
    if not data.startswith(b"PK"):
        raise _not_a_zip(data, name)
    archive = open_archive(data, name, limits)
    for part, what, hint in _PARTS:
        if archive.find(part):
            raise SourceError(what, path=name, hint=hint)
    if archive.find("[Content_Types].xml") is None:
        if "mimetype" in archive.infos and b"opendocument" in archive.read("mimetype"):
            raise SourceError("it is an OpenDocument file (.ods)", path=name, hint=_SAVE_AS)
        raise SourceError(
            "it is a zip, but not a workbook",
            path=name,
            hint="give an .xlsx file, or a zip that holds .csv files and ends in .zip",
        )
    return archive


def _not_a_zip(data: bytes, name: str) -> SourceError:
    for mark, what, hint in _MARKS:
        if data.startswith(mark):
            return SourceError(what, path=name, hint=hint)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<(!doctype html|html|table|head|meta)", head, re.IGNORECASE):
        return SourceError(
            "it is a web page with the ending of a workbook", path=name, hint=_SAVE_AS
        )
    if head.startswith(b"<"):
        return SourceError("it is XML, not a workbook", path=name, hint=_SAVE_AS)
    if b"\x00" not in head:
        return SourceError(
            "it is text, not a workbook",
            path=name,
            hint="if it holds comma-separated values, give it the ending .csv",
        )
    return SourceError("it is not a workbook", path=name, hint=_SAVE_AS)
