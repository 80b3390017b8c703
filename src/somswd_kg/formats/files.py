"""Files that are never half written: beside first, then in their place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from somswd_kg.errors import SourceError

__all__ = ["write_beside"]


def write_beside(path: Path, content: bytes) -> Path:
    """Write a file under another name, then put it in its place: never half of it.

    Raises:
        SourceError: The folder is not there or cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"it cannot be written: {reason}", path=str(path)) from error
    return path
