"""Change files so that a crash leaves the old or the new, on every system."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

__all__ = ["clone", "replace", "sync"]

_TRIES = 100
_PAUSE = 0.02


def clone(source: Path, target: Path) -> None:
    """Copy a closed RocksDB folder; its table files never change and are linked where they can."""
    target.mkdir()
    for entry in source.iterdir():
        if entry.name == "LOCK" or entry.name.startswith("LOG"):
            continue
        if entry.suffix == ".sst":
            try:
                os.link(entry, target / entry.name)
                continue
            except OSError:  # a file system without hard links
                pass
        shutil.copyfile(entry, target / entry.name)


def replace(fresh: Path, old: Path) -> None:
    """Rename, patiently: Windows refuses for as long as somebody reads the old file."""
    for _ in range(_TRIES):
        try:
            fresh.replace(old)
            return
        except PermissionError:
            time.sleep(_PAUSE)
    fresh.replace(old)


def sync(folder: Path) -> None:
    """See to it that the names in a folder outlive a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
