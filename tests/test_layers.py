"""Imports go down only, and each library is known to its own modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "somswd_kg"

LAYERS = (
    (
        "words",
        (
            "entities",
            "errors",
            "model",
            "namespaces",
            "language",
            "scores",
            "terms",
            "ports",
            "triples",
        ),
    ),
    ("core", ("claims", "shacl", "findings", "drafts", "questions", "analysis", "evidence")),
    ("edges", ("project", "stores", "formats", "reports", "processes", "prepared")),
    (
        "api",
        (
            *("api", "validation", "checks", "engines", "intake", "conversion", "knowledge"),
            *("checking", "worker", "material", "account", "shacl.front", "shacl.opening"),
        ),
    ),
    ("faces", ("cli", "web")),
)
"""Lowest first; `shacl.front` and `shacl.opening` open files for the engine: they are API."""

LIBRARIES = {
    "pyoxigraph": ("terms", "stores", "formats.rdf", "shacl.turtle"),
    "rdflib": ("api", "engines", "formats.rdflib_graph", "shacl.front", "shacl.report"),
    "pyshacl": ("engines",),
    "SPARQLWrapper": ("stores",),
    "networkx": ("analysis",),
    "click": ("cli",),
    "rich": ("cli",),
    "openpyxl": ("formats",),
    "lxml": ("formats", "reports"),
    "jinja2": ("reports", "web"),
    "starlette": ("web",),
    "pyuca": ("language",),
    "rapidfuzz": ("drafts",),
    "budoux": ("reports",),
    "platformdirs": ("prepared",),
}
"""Which modules may name a library; one that is not listed here may not be imported at all."""

MODULES = sorted(SOURCE.rglob("*.py"))


def module_name(path: Path) -> str:
    """Name a module below the package: `cli.ask`; empty for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(text: str, package: str = "") -> Iterator[str]:
    """List what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{package}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def belongs(module: str, to: str) -> bool:
    return module == to or module.startswith(f"{to}.")


def layer(module: str) -> int | None:
    """Give the layer of a module, None for what belongs to none."""
    if module == "shacl":  # the package's door hands out `front` when it is asked
        module = "shacl.front"
    found = [
        (len(part), rank)
        for rank, (_, parts) in enumerate(LAYERS)
        for part in parts
        if belongs(module, part)
    ]
    return max(found)[1] if found else None


def upward(module: str, text: str) -> list[str]:
    """List the imports of a module that go up."""
    own = layer(module)
    wrong = []
    for name in imported(text, module):
        if not belongs(name, "somswd_kg"):
            continue
        other = layer(name.removeprefix("somswd_kg").removeprefix("."))
        if own is not None and other is not None and other > own:
            wrong.append(f"{module} imports {name}")
    return wrong


def foreign(module: str, text: str) -> list[str]:
    """List the libraries that a module should not know."""
    import sys

    tops = {name.partition(".")[0] for name in imported(text, module)}
    tops -= {"somswd_kg", "__future__", *sys.stdlib_module_names}
    return [
        f"{module} imports {top}"
        for top in sorted(tops)
        if not any(belongs(module, allowed) for allowed in LIBRARIES.get(top, ()))
    ]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_belongs_to_a_layer(path: Path) -> None:
    assert module_name(path) == "" or layer(module_name(path)) is not None


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_go_down_only(path: Path) -> None:
    assert upward(module_name(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_library_is_known_to_its_own_modules(path: Path) -> None:
    assert foreign(module_name(path), path.read_text(encoding="utf-8")) == []


def test_an_upward_import_is_noticed() -> None:
    text = "def f():\n    from somswd_kg.api import KnowledgeGraph\n"

    assert upward("questions.asking", text) == [
        "questions.asking imports somswd_kg.api.KnowledgeGraph"
    ]


def test_a_library_in_the_wrong_place_is_noticed() -> None:
    assert foreign("cli.ask", "import click, rdflib") == ["cli.ask imports rdflib"]


def test_core_opens_no_file_and_reads_no_clock() -> None:
    banned = {"open", "datetime.now", "date.today", "time.time", "read_text", "read_bytes"}
    found = []
    for path in MODULES:
        name = module_name(path)
        if layer(name) not in (0, 1) or belongs(name, "shacl.front"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in banned or called.rpartition(".")[2] in {"read_text", "read_bytes"}:
                    found.append(f"{name}: {called}")

    assert found == []
