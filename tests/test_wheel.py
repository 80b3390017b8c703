"""The wheel holds the data: it works in an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, root],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_four_folders_and_the_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for folder in ("ontology", "graph", "shapes", "queries"):
        assert any(name.startswith(f"somswd_kg/_data/{folder}/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "somswd_kg/py.typed" in names


def test_sources_are_packed_byte_for_byte(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for path in (root / "graph" / "sources").iterdir():
            packed = archive.read(f"somswd_kg/_data/graph/sources/{path.name}")

            assert packed == path.read_bytes()


def test_validate_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [scripts / "python", "-m", "pip", "install", "--quiet", wheel],
        check=True,
        capture_output=True,
    )
    away = tmp_path / "away"
    away.mkdir()
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for arguments in (["validate"], ["evidence"], ["coverage"]):
        done = subprocess.run(
            [scripts / "somswd-kg", *arguments], cwd=away, env=clean, capture_output=True
        )

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout != b""
