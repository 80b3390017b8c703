"""Say what is to be read: a file or a text, its format, and its name in errors."""

from __future__ import annotations

import io
import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, parse

from somswd_kg.entities import harmful_entity
from somswd_kg.errors import SourceError
from somswd_kg.terms import Quad

__all__ = ["Progress", "Source", "open_source", "rdf_format"]

Progress = Callable[[int, int], None]
"""Called while a source is loaded: bytes read so far, bytes in all."""

_FORMATS = {
    RdfFormat.TURTLE: ("turtle", "ttl", "text/turtle"),
    RdfFormat.N_TRIPLES: ("ntriples", "nt", "application/n-triples"),
    RdfFormat.N_QUADS: ("nquads", "nq", "application/n-quads"),
    RdfFormat.TRIG: ("trig", "application/trig"),
    RdfFormat.RDF_XML: ("rdf", "xml", "owl", "rdfxml", "application/rdf+xml"),
    RdfFormat.JSON_LD: ("jsonld", "json-ld", "application/ld+json"),
}
_BY_NAME = {name: form for form, names in _FORMATS.items() for name in names}
_LIKE_TURTLE = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_MARK = b"\xef\xbb\xbf"
# What can hold the signs of a blank node without being one is passed over: strings, IRIs,
# comments and escaped characters.
_BLANK = re.compile(
    rb'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    rb"|<[^>]*>|#[^\n]*|\\.|(_:|[\[(])"
)
_PLACE_IN_MESSAGE = re.compile(r"^Parser error at line .*?: ")


def rdf_format(name: str) -> RdfFormat:
    """Find a format by its short name, its file ending or its media type.

    >>> rdf_format("ttl") == rdf_format("text/turtle")
    True
    """
    form = _BY_NAME.get(name.lower().lstrip("."))
    if form is None:
        known = ", ".join(names[0] for names in _FORMATS.values())
        raise SourceError(f"the format {name!r} is not known", hint=f"use one of: {known}")
    return form


@dataclass(frozen=True, slots=True)
class Source:
    """Name a file, or hold a text, that is to be read as RDF.

    Attributes:
        name: What errors call it: the path, or `<text>`.
        format: How it is written.
        base: What its relative IRIs are resolved against; None where there is nothing.
        path: The file; None for a text.
        data: The bytes of a text; empty for a file.
    """

    name: str
    format: RdfFormat
    base: str | None = None
    path: Path | None = None
    data: bytes = b""

    def quads(self) -> Iterator[Quad]:
        """Parse it, literals as written, one quad after the other.

        Raises:
            SourceError: It does not parse, or cannot be read.
        """
        with self.reading():
            if self.path is not None:
                yield from parse(path=self.path, format=self.format, base_iri=self.base)
            else:
                yield from parse(self.data, format=self.format, base_iri=self.base)

    def size(self) -> int:
        """Give the number of bytes."""
        return len(self.data) if self.path is None else self.path.stat().st_size

    @contextmanager
    def content(self) -> Iterator[bytes | mmap.mmap]:
        """Lend the bytes, a file's without copying them."""
        if self.path is None or not self.size():
            yield self.data
            return
        with (
            self.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view,
        ):
            yield view

    def open(self, progress: Progress) -> IO[bytes]:
        """Open it so that `progress` hears how far it has been read."""
        inner = io.BytesIO(self.data) if self.path is None else self.path.open("rb")
        return cast(IO[bytes], _Watched(inner, self.size(), progress))

    def may_hold_blank_nodes(self) -> bool:
        """Say no only if there surely is no blank node in it; a look at the bytes, no parsing."""
        if self.format not in _LIKE_TURTLE:
            return True
        with self.content() as content:
            plain = self.format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
            signs = (b"_:",) if plain else (b"_:", b"[", b"(")
            if not any(content.find(sign) >= 0 for sign in signs):
                return False
            return any(match.lastindex for match in _BLANK.finditer(content))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what goes wrong inside the block into our error, with file, line and column."""
        if self.format == RdfFormat.RDF_XML:
            with self.content() as content:
                harm = harmful_entity(bytes(content))
            if harm:
                raise SourceError(harm, path=self.name, hint="save it without entities")
        try:
            yield
        except SyntaxError as error:
            raise self._syntax_error(error) from error
        except MemoryError as error:
            raise SourceError("it holds a value too long to be read", path=self.name) from error
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(self.name, error) from error

    def _syntax_error(self, error: SyntaxError) -> SourceError:
        what = " ".join(_PLACE_IN_MESSAGE.sub("", error.msg).split())
        hint = "mend it there; nothing was read"
        if "LoadDocumentCallback" in what:
            what = "it leans on a JSON-LD context that is kept elsewhere"
            hint = "write the context into the file; nothing is fetched"
        return SourceError(
            what, path=self.name, line=error.lineno or 0, column=error.offset or 0, hint=hint
        )


def open_source(
    source: str | Path | None = None,
    *,
    text: str | bytes | None = None,
    format: str | None = None,
    base: str | None = None,
) -> Source:
    """Take either a path or a text with its format.

    Args:
        source: The path of a file.
        text: The text itself; bytes are UTF-8.
        format: A short name, an ending or a media type; a file's ending says it otherwise.
        base: What relative IRIs are resolved against; a file's own address unless given.

    Raises:
        SourceError: Both or neither are given, the format is not known, or there is no such file.
    """
    if (source is None) == (text is None):
        raise SourceError("nothing to load", hint="give either a path or text=..., format=...")
    if text is not None:
        if format is None:
            raise SourceError("a text says nothing of its format", hint="give format=...")
        data = text.encode("utf-8") if isinstance(text, str) else text
        return Source("<text>", rdf_format(format), base, data=data.removeprefix(_MARK))
    if "\n" in str(source):
        raise SourceError("a path has no line breaks", hint="give a text as text=..., format=...")
    path = Path(str(source))
    form = rdf_format(format) if format else _format_by_ending(path)
    base = base or path.absolute().as_uri()
    try:
        with path.open("rb") as file:
            if file.read(3) == _MARK:
                return Source(str(path), form, base, data=file.read())
    except OSError as error:
        raise _unreadable(str(path), error) from error
    return Source(str(path), form, base, path=path)


def _format_by_ending(path: Path) -> RdfFormat:
    form = _BY_NAME.get(path.suffix.lower().lstrip("."))
    if form is None:
        known = ", ".join("." + names[1] for names in _FORMATS.values() if "/" not in names[1])
        raise SourceError(
            "its ending names no RDF format",
            path=str(path),
            hint=f"give format=..., or one of the endings {known}",
        )
    return form


def _unreadable(name: str, error: OSError | UnicodeDecodeError) -> SourceError:
    reason = getattr(error, "strerror", None) or str(error)
    return SourceError(f"it cannot be read: {reason}", path=name, hint="check the path")


class _Watched(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, inner: io.BufferedIOBase | io.BytesIO, total: int, tell: Progress) -> None:
        super().__init__()
        self._inner = inner
        self._total = total
        self._tell = tell
        self._done = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        block = self._inner.read(size)
        self._done += len(block)
        self._tell(self._done, self._total)
        return block

    def close(self) -> None:
        self._inner.close()
        super().close()
