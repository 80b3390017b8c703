"""The examples are what their script builds."""

from __future__ import annotations

import importlib.util
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def test_the_examples_are_built_from_their_source(kg, tmp_path):
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)

    build.build(kg, tmp_path)

    built = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert len(built) >= 18
    assert [
        str(path) for path, data in built.items() if (EXAMPLES / path).read_bytes() != data
    ] == []
