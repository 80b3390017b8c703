"""What is worked out from the shipped files is kept, and never used when it should not be."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from somswd_kg.api import KnowledgeGraph
from somswd_kg.material import Material
from somswd_kg.model import FindingReport
from somswd_kg.prepared import VARIABLE, Prepared
from somswd_kg.project import Project, find_project
from somswd_kg.stores.embedded import EmbeddedStore

SMALL = '@prefix e: <urn:e:> . e:a e:p 12.00 , "x"@th ; e:q ( 1 [ e:r "300"^^e:t ] ) .'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where parts are kept."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that counts as shipped."""
    (tmp_path / "project" / "graph").mkdir(parents=True)
    (tmp_path / "project" / "graph" / "a.ttl").write_text(SMALL, encoding="utf-8")
    return Project(tmp_path / "project", shipped=True)


class Maker:
    """Count how often a part is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_a_part_is_made_once(project: Project, folder: Path) -> None:
    make = Maker()
    assert [Prepared(project).get("part", make) for _ in range(3)] == [1, 1, 1]
    assert [path.name for path in folder.iterdir()] == ["part.pickle"]


def test_a_changed_file_makes_it_anew(project: Project, folder: Path) -> None:
    make = Maker()
    Prepared(project).get("part", make)
    with (project.root / "graph" / "a.ttl").open("a", encoding="utf-8") as file:
        file.write("# more")
    assert Prepared(project).get("part", make) == 2
    assert len(list(folder.iterdir())) == 1


def test_a_new_file_makes_it_anew(project: Project, folder: Path) -> None:
    make = Maker()
    Prepared(project).get("part", make)
    (project.root / "shapes").mkdir()
    (project.root / "shapes" / "b.ttl").write_text("", encoding="utf-8")
    assert Prepared(project).get("part", make) == 2


@pytest.mark.parametrize("cut", [0, 20, 34])
def test_a_damaged_part_is_made_anew(project: Project, folder: Path, cut: int) -> None:
    make = Maker()
    Prepared(project).get("part", make)
    path = folder / "part.pickle"
    path.write_bytes(path.read_bytes()[:cut])
    assert Prepared(project).get("part", make) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_part_that_others_may_write_is_not_read(project: Project, folder: Path) -> None:
    make = Maker()
    Prepared(project).get("part", make)
    (folder / "part.pickle").chmod(0o666)
    assert Prepared(project).get("part", make) == 2
    assert not (folder / "part.pickle").stat().st_mode & 0o077


def test_nothing_is_kept_of_other_projects(project: Project, folder: Path) -> None:
    make = Maker()
    other = Project(project.root)
    assert [Prepared(other).get("part", make) for _ in range(2)] == [1, 2]
    assert not folder.exists()


def test_it_can_be_switched_off(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    make = Maker()
    assert [Prepared(project).get("part", make) for _ in range(2)] == [1, 2]
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_no_error(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "below"))
    assert Prepared(project).get("part", Maker()) == 1


def test_a_restored_graph_is_the_loaded_one(project: Project, folder: Path) -> None:
    loaded = Material(project).fill()
    restored = Material(project).fill()
    assert (folder / "dataset.pickle").is_file()
    for store in (loaded, restored):
        assert isinstance(store, EmbeddedStore)
        assert "12.00" in store.dump("nq").decode()
    assert sorted(map(str, loaded.quads())) == sorted(map(str, restored.quads()))
    assert sorted(map(str, loaded.rewritten())) == sorted(map(str, restored.rewritten()))


def test_findings_are_the_same_with_and_without(folder: Path, root: Path, tmp_path: Path) -> None:
    whole = (root / "examples" / "draft-2026-2030.ttl").read_text(encoding="utf-8")
    drafts = [tmp_path / "whole.ttl", tmp_path / "no-codes.ttl"]
    drafts[0].write_text(whole, encoding="utf-8")
    drafts[1].write_text(re.sub(r'skos:notation "[^"]*" ?;', "", whole), encoding="utf-8")

    def check() -> list[FindingReport]:
        return [KnowledgeGraph.load().validate(draft, stage="outline") for draft in drafts]

    first = check()
    kept = {path.stem for path in folder.iterdir()}
    assert kept >= {"compiled", "dataset", "rehearsal", "tellers", "rules"}
    assert len(first[1].findings) > len(first[0].findings)
    assert check() == first
    shutil.rmtree(folder)
    os.environ[VARIABLE] = "off"
    assert check() == first


def test_a_graph_of_ones_own_gives_names_of_its_own(folder: Path) -> None:
    kg = KnowledgeGraph.load()
    text = (
        "<https://w3id.org/somswd-kg/id/body/zzz> a <https://w3id.org/somswd-kg/ns#Body> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "Zeta Zone Zoo"@en .'
    )
    kg.store.load(text=text, format="ttl", graph="urn:own")
    assert kg.lexicon.find("Zeta Zone Zoo").one
    assert not KnowledgeGraph.load().lexicon.find("Zeta Zone Zoo").one
    assert find_project().shipped
