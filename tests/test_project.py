"""The four folders are found, and what cannot be read is said with its place."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from small_project import SOURCE, change, write_project
from somswd_kg import project as module
from somswd_kg.api import KnowledgeGraph
from somswd_kg.errors import HeaderError, SourceError
from somswd_kg.project import FOLDERS, find_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


def test_the_shipped_folders_are_those_of_the_checkout(root: Path) -> None:
    found = find_project()

    assert (found.root, found.shipped) == (root, True)
    assert all((found.root / folder).is_dir() for folder in FOLDERS)


def test_folders_in_the_package_come_first(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "site" / "somswd_kg"
    package.mkdir(parents=True)
    project.rename(package / "_data")
    monkeypatch.setattr(module, "_PACKAGE", package)

    assert find_project().root == package / "_data"


def test_a_package_without_data_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "a" / "b")

    with pytest.raises(SourceError, match="the data of the package is missing"):
        find_project()


def test_every_file_is_one_named_graph(project: Path) -> None:
    names = KnowledgeGraph.load(project).store.graph_names()

    assert [name.partition("somswd-kg/graph/")[2] for name in names] == [
        "graph/plan",
        "ontology/core",
        "queries/goals-of-group",
    ]


def test_shapes_are_not_in_the_dataset(project: Path) -> None:
    graph = KnowledgeGraph.load(project)

    assert graph.sparql("ASK { ?s a sh:PropertyShape }") is False


def test_a_folder_that_is_missing_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    found = find_project(tmp_path)

    assert (found.data_files(), found.query_files(), found.titles_file()) == ((), (), None)


@pytest.mark.parametrize("name", ["graph/plan.ttl", "ontology/core.ttl", "shapes/core.ttl"])
def test_a_parser_s_error_names_file_line_and_column(project: Path, name: str) -> None:
    change(project, name, "@prefix oa:", "@prefx oa:")

    with pytest.raises(SourceError) as caught:
        KnowledgeGraph.load(project).validate()

    assert (Path(caught.value.path).name, caught.value.line) == (Path(name).name, 2)
    assert caught.value.column > 0
    assert caught.value.what != ""


def test_a_query_that_is_no_utf8_names_its_file(project: Path) -> None:
    (project / "queries/goals-of-group.rq").write_bytes(b"#+ title@th: \xe0\xb8")

    with pytest.raises(SourceError, match="byte 13 is no UTF-8"):
        KnowledgeGraph.load(project).questions()


def test_two_questions_with_one_id_are_refused(project: Path) -> None:
    text = (project / "queries/goals-of-group.rq").read_text(encoding="utf-8")
    (project / "queries/again.rq").write_text(text, encoding="utf-8")

    with pytest.raises(HeaderError, match="'T1' is also"):
        KnowledgeGraph.load(project).questions()


def test_queries_for_export_are_no_questions(project: Path) -> None:
    (project / "queries/export").mkdir()
    (project / "queries/export/x.rq").write_text("CONSTRUCT {} WHERE {}", encoding="utf-8")

    assert [file.path.stem for file in find_project(project).query_files()] == ["goals-of-group"]


def test_a_source_is_read_byte_for_byte(project: Path) -> None:
    text = find_project(project).source_text("source.th.txt")

    assert text is not None
    assert (text.text, text.sha256) == (SOURCE, sha256(SOURCE.encode()).hexdigest())


@pytest.mark.parametrize("name", ["nothing.txt", "../plan.ttl", "../../graph/plan.ttl", ""])
def test_a_source_that_is_not_kept_there_is_none(project: Path, name: str) -> None:
    assert find_project(project).source_text(name) is None


def test_shipped_sources_keep_their_bytes(root: Path) -> None:
    attributes = (root / ".gitattributes").read_text(encoding="utf-8").splitlines()

    assert "graph/sources/** -text" in attributes
