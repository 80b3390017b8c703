"""What is worked out from the shipped files, kept between runs so that a command starts at once.

Each part is a pickle in the user's own folder for such things, beside a key that tells the files
and the program that it was made from; whatever is otherwise is made again. `SOMSWD_KG_CACHE` names
another folder, or `off` for none.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from somswd_kg import __version__
from somswd_kg.project import FOLDERS, Project
from somswd_kg.terms import LIBRARY

__all__ = ["VARIABLE", "Prepared"]

VARIABLE = "SOMSWD_KG_CACHE"
"""The environment variable that names the folder."""

_OTHERS_WRITE = 0o022
_Part = TypeVar("_Part")


class Prepared:
    """Keep the parts of one project.

    Only of the shipped one: others change often, and would leave their parts behind.

    Args:
        project: What the parts are made from.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def keeps(self) -> bool:
        """Say whether parts are kept at all."""
        return self._folder is not None

    def get(self, name: str, make: Callable[[], _Part]) -> _Part:
        """Give a part as it was kept, or make it and keep it.

        Args:
            name: What it is called; its file has the same name.
            make: Makes it from the project's files alone.
        """
        folder = self._folder
        if folder is None:
            return make()
        path = folder / f"{name}.pickle"
        kept: list[_Part] = _read(path, self._key)
        if kept:
            return kept[0]
        part = make()
        _write(path, self._key, part)
        return part

    @cached_property
    def _folder(self) -> Path | None:
        told = os.environ.get(VARIABLE, "")
        if not self._project.shipped or told.lower() == "off":
            return None
        if told:
            return Path(told)
        from platformdirs import user_cache_path

        return user_cache_path("somswd-kg", appauthor=False)

    @cached_property
    def _key(self) -> bytes:
        """Name the state of the files and of the program, without reading them."""
        digest = blake2b(digest_size=16)
        digest.update(repr((__version__, LIBRARY, sys.version_info)).encode())
        tops = (Path(__file__).parent, *(self._project.root / folder for folder in FOLDERS))
        for top in tops:
            for path, size, changed in sorted(_files(str(top))):
                digest.update(f"{path}\0{size}\0{changed}\n".encode())
        return digest.hexdigest().encode()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            found = entry.stat()
            yield entry.path, found.st_size, found.st_mtime_ns


def _read(path: Path, key: bytes) -> list[_Part]:
    """Read a part of the right key from a file that nobody else can have written."""
    try:
        with path.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())) or file.readline().rstrip(b"\n") != key:
                return []
            return [pickle.load(file)]
    except Exception:  # whatever is wrong with it, it can be made again
        return []


def _is_own(found: os.stat_result) -> bool:
    user = getattr(os, "geteuid", None)
    return user is None or (found.st_uid == user() and not found.st_mode & _OTHERS_WRITE)


def _write(path: Path, key: bytes, part: object) -> None:
    """Keep a part where that is possible: beside its place first, then in it."""
    import tempfile

    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(key + b"\n")
            pickle.dump(part, file, protocol=5)
        Path(beside).replace(path)
    except OSError:
        if beside:
            Path(beside).unlink(missing_ok=True)
