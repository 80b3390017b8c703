"""A store's folder: generations that are never changed, and one small file that names the current.

To write is to clone the current generation by hard links, change the clone, close it, and swap
the small file (`os.replace`). Whoever has a generation open keeps it until they close it.

    portfolio/
        store.json                  which generation is the current one, and its graphs
        writer.lock                 who writes
        readers/7-4711-0.lock       who reads generation 7
        generations/7/quads/        RocksDB, as pyoxigraph makes it
        generations/7/written/      the same, of the literals that the first would change
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from somswd_kg.errors import StoreError
from somswd_kg.stores.durable import clone, replace, sync
from somswd_kg.stores.locks import FileLock, held_by

__all__ = ["Folder", "Merged", "State"]

_KIND = "somswd-kg store"
_VERSION = 1
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Merged:
    """Name the two graphs that make up the union of all.

    Attributes:
        largest: The physical name of the largest graph.
        rest: The physical name of what the others add to it.
    """

    largest: str
    rest: str


@dataclass(frozen=True, slots=True)
class State:
    """What the small file says.

    Attributes:
        generation: The number of the current generation; 0 before the first.
        graphs: Physical names of graphs by the names that users know.
        merged: How to ask the union; None where all graphs can be asked as they are.
        stale: Whether the generation holds graphs that are no longer used.
        sizes: About how many triples a graph has, by the users' name, as far as it is known.
    """

    generation: int = 0
    graphs: dict[str, str] = field(default_factory=dict)
    merged: Merged | None = None
    stale: bool = False
    sizes: dict[str, int] = field(default_factory=dict)


class Folder:
    """A folder that holds a store.

    Args:
        path: The folder.
        create: Make it when it is missing.

    Raises:
        StoreError: There is no store, or something else, or it is damaged.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._file = path / "store.json"
        if self._file.is_file():
            self.state()
            return
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StoreError(
                "it holds something else than a store",
                path=str(path),
                hint="name an empty or a new folder" if create else "name the folder of a store",
            )
        if not create:
            raise StoreError("there is no store", path=str(path), hint="load something into it")
        (path / "generations").mkdir(parents=True)
        (path / "readers").mkdir()
        self._swap(State())

    def state(self) -> State:
        """Read the small file."""
        try:
            content: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
            if content["kind"] != _KIND:
                raise StoreError("it holds something else than a store", path=str(self.path))
            if content["version"] != _VERSION:
                raise StoreError(
                    f"it was written in form {content['version']}, this is form {_VERSION}",
                    path=str(self.path),
                    hint="use the version of somswd-kg that wrote it, or load the data again",
                )
            merged = content["merged"]
            return State(
                int(content["generation"]),
                {str(name): str(graph) for name, graph in content["graphs"].items()},
                Merged(merged["largest"], merged["rest"]) if merged else None,
                bool(content["stale"]),
                {str(name): int(size) for name, size in content["sizes"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                f"it is damaged: {self._file.name} cannot be read ({error})",
                path=str(self.path),
                hint="load the data again into a new folder",
            ) from error

    def generation(self, number: int) -> Path:
        """Say where a generation is."""
        return self.path / "generations" / str(number)

    @contextmanager
    def writing(self) -> Iterator[State]:
        """Hold the writer's lock; give the state as it is now.

        Raises:
            StoreError: Another process writes; it is named.
        """
        lock = FileLock(self.path / "writer.lock")
        try:
            if not lock.acquire():
                raise StoreError(
                    f"{held_by(lock.path)} is writing to it",
                    path=str(self.path),
                    hint="wait until it has ended",
                )
        except OSError as error:
            raise StoreError(f"it cannot be written to: {error}", path=str(self.path)) from error
        try:
            yield self.state()
        finally:
            lock.release()

    def start(self, state: State, *, empty: bool) -> tuple[int, Path]:
        """Make the next generation, a clone of the current one or an empty one."""
        taken = [int(entry.name) for entry in self.path.glob("generations/*")]
        number = max([state.generation, *taken]) + 1
        target = self.generation(number)
        target.mkdir()
        for part in ("quads", "written"):
            if empty or not state.generation:
                (target / part).mkdir()
            else:
                clone(self.generation(state.generation) / part, target / part)
        return number, target

    def commit(self, state: State) -> None:
        """Make a generation the current one, in one step."""
        sync(self.generation(state.generation))
        self._swap(state)

    def abandon(self, number: int) -> None:
        """Remove a generation that came to nothing."""
        shutil.rmtree(self.generation(number), ignore_errors=True)

    def reading(self) -> tuple[State, FileLock | None]:
        """Register as a reader of the current generation; closing the lock ends it."""
        while True:
            state = self.state()
            name = f"{state.generation}-{os.getpid()}-{next(_numbers)}.lock"
            lock = FileLock(self.path / "readers" / name)
            try:
                held = lock.acquire() and lock.path.exists()
            except OSError:  # a folder that cannot be written to has no writer either
                return state, None
            if held and self.state().generation == state.generation:
                return state, lock
            self.leave(lock)

    @staticmethod
    def leave(lock: FileLock | None) -> None:
        """End a reader's registration."""
        if lock is not None:
            lock.release()
            lock.path.unlink(missing_ok=True)

    def prune(self, current: int) -> None:
        """Remove the generations that are neither current nor read by anybody."""
        kept = {current}
        for path in self.path.glob("readers/*.lock"):
            lock = FileLock(path)
            if lock.acquire():
                self.leave(lock)
            else:
                kept.add(int(path.name.partition("-")[0]))
        for entry in self.path.glob("generations/*"):
            if int(entry.name) not in kept:
                shutil.rmtree(entry, ignore_errors=True)

    def _swap(self, state: State) -> None:
        merged = state.merged
        content = {
            "kind": _KIND,
            "version": _VERSION,
            "generation": state.generation,
            "graphs": state.graphs,
            "merged": {"largest": merged.largest, "rest": merged.rest} if merged else None,
            "stale": state.stale,
            "sizes": state.sizes,
        }
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        replace(fresh, self._file)
        sync(self.path)
