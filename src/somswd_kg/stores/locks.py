"""Hold a file so that other processes can see it is held, and by whom.

The operating system frees a lock when its process ends, however it ends. So a lock file that was
left behind stops nobody, and what stands in it is only for reading.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

__all__ = ["FileLock", "held_by"]

# Windows locks bytes, and nobody can read locked ones: lock one far behind the text.
_FAR = 1 << 30


class FileLock:
    """A lock on one file, free again when it is closed or its process ends.

    Args:
        path: The file; it is made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody has it, and write into the file who has it now."""
        file = self.path.open("a+", encoding="utf-8", newline="\n")
        if not _lock(file):
            file.close()
            return False
        file.truncate(0)
        owner = {"pid": os.getpid(), "host": socket.gethostname(), "program": _program()}
        file.write(json.dumps(owner))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None


def held_by(path: Path) -> str:
    """Say who wrote the lock file last: `process 4711 (somswd-kg load)`."""
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
        name = f"process {owner['pid']} ({owner['program']})"
        return name if owner["host"] == socket.gethostname() else f"{name} on {owner['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _program() -> str:
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]).strip() or "python"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file.fileno(), 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
