"""The four data folders: where they are, which files they hold, which graph each file is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from somswd_kg.errors import SourceError
from somswd_kg.namespaces import BASE

if TYPE_CHECKING:
    from somswd_kg.evidence.model import SourceText

__all__ = ["FOLDERS", "GRAPH_BASE", "DataFile", "Project", "find_project"]

FOLDERS = ("ontology", "graph", "shapes", "queries")
"""What words mean, what plans say, what data must have, what is asked."""

GRAPH_BASE = BASE + "graph/"
"""How the IRI of a file's named graph begins."""
_MARK = "pyproject.toml"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class DataFile:
    """Name one file of a project.

    Attributes:
        path: Where it is.
        name: Its path inside the project without the ending, `/` between the parts.
    """

    path: Path
    name: str

    @property
    def graph(self) -> str:
        """Give the IRI of the named graph that the file is.

        >>> DataFile(Path("graph/sdg.ttl"), "graph/sdg").graph
        'https://w3id.org/somswd-kg/graph/graph/sdg'
        """
        return GRAPH_BASE + self.name

    def text(self) -> str:
        """Read it as UTF-8."""
        try:
            return self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(
                f"byte {error.start} is no UTF-8",
                path=str(self.path),
                hint="save the file as UTF-8",
            ) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise SourceError(f"it cannot be read: {reason}", path=str(self.path)) from error


@dataclass(frozen=True, slots=True)
class Project:
    """Point at the folders `ontology`, `graph`, `shapes` and `queries` of one project.

    Attributes:
        root: The folder that holds them; one that is missing counts as empty.
        shipped: Whether they came with the package.
    """

    root: Path
    shipped: bool = False

    def data_files(self) -> tuple[DataFile, ...]:
        """List what is in the dataset: the ontology, then the graph, by name."""
        return (*self._listed("ontology", ".ttl"), *self._listed("graph", ".ttl"))

    def shape_files(self) -> tuple[DataFile, ...]:
        """List the shapes, which are not in the dataset."""
        return tuple(self._listed("shapes", ".ttl"))

    def query_files(self) -> tuple[DataFile, ...]:
        """List the questions and hygiene queries; `queries/export/` holds neither."""
        exports = "queries/export/"
        found = self._listed("queries", ".rq")
        return tuple(file for file in found if not file.name.startswith(exports))

    def titles_file(self) -> DataFile | None:
        """Find the usual headings of columns, if the project has any."""
        return next(iter(self._listed("queries", "titles.csv")), None)

    def baseline_files(self) -> tuple[DataFile, ...]:
        """List the findings that are known and true of their sources, one file a plan."""
        return tuple(self._listed("graph", "expected.csv"))

    def source_text(self, name: str) -> SourceText | None:
        """Read a text of `graph/sources/`, or say by None that it is not kept here."""
        folder = self.root / "graph" / "sources"
        path = folder / name
        if not path.is_file() or path.parent.resolve() != folder.resolve():
            return None
        from hashlib import sha256

        from somswd_kg.evidence.model import SourceText

        content = path.read_bytes()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            what = f"byte {error.start} is no UTF-8"
            raise SourceError(what, path=str(path), hint="keep the source as it was") from error
        return SourceText(name, text, sha256(content).hexdigest())

    def _listed(self, folder: str, ending: str) -> Iterator[DataFile]:
        top = self.root / folder
        for path in sorted(top.rglob(f"*{ending}"), key=lambda path: path.as_posix()):
            if path.is_file():
                name = path.relative_to(self.root).with_suffix("").as_posix()
                yield DataFile(path, name)


def find_project(root: str | Path | None = None) -> Project:
    """Find the folders: those given, else those in the package, else those of the checkout.

    Args:
        root: A folder with at least one of the four in it.

    Raises:
        SourceError: There are none.
    """
    if root is not None:
        given = Path(root)
        if not any((given / folder).is_dir() for folder in FOLDERS):
            what = "no project is here" if given.is_dir() else "no such folder"
            hint = f"a project has a folder {', '.join(FOLDERS[:-1])} or {FOLDERS[-1]}"
            raise SourceError(what, path=str(root), hint=hint)
        return Project(given)
    packed = _PACKAGE / "_data"
    if packed.is_dir():
        return Project(packed, shipped=True)
    checkout = _PACKAGE.parent.parent
    if (checkout / _MARK).is_file() and (checkout / "ontology").is_dir():
        return Project(checkout, shipped=True)
    hint = "install the package again, or name a folder with --project"
    raise SourceError("the data of the package is missing", path=str(packed), hint=hint)
