"""A prefix means the same in every file, and none is declared for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from somswd_kg.namespaces import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "https://w3id.org/somswd-kg/id/example/"
DECLARED = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>\s*\.?", re.MULTILINE | re.I)
STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""' r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\\\n]|\\.)*'" r"|<[^<>\s]*>",
    re.DOTALL,
)  # fmt: skip
OWN = re.compile(
    r"https://w3id\.org/somswd-kg/id/(?:(?P<source>source/)?[^/]+/|[^/]+/[^/]+/(?P<kind>[a-z-]+)/)\Z"
)
"""What is named below one plan, one version of it or one source, and so by its files alone."""


def is_own(name: str, iri: str) -> bool:
    """Tell a prefix that is local: `indicator:` of a version, `version:` of a plan, `res:`."""
    found = OWN.match(iri)
    if not found:
        return False
    return name == (found["kind"] or ("res" if found["source"] else "version")).replace("-", "")


FILES = sorted(
    path
    for folder, ending in (
        ("ontology", "ttl"),
        ("graph", "ttl"),
        ("shapes", "ttl"),
        ("tests/shapes", "ttl"),
        ("tests/queries", "ttl"),
    )
    for path in (ROOT / folder).rglob(f"*.{ending}")
)


def problems(text: str, *, shapes: bool = False) -> list[str]:
    """List prefixes that mean something else here, and those that nothing uses."""
    declared = DECLARED.findall(text)
    body = DECLARED.sub("", text)
    bare = "\n".join(line.partition("#")[0] for line in STRINGS.sub(" ", body).splitlines())
    # a datatype behind a string is a use; so is a name inside a SPARQL text of a shape
    searched = bare + (body if shapes else "")
    found = []
    for name, iri in declared:
        known = PREFIXES.get(name) if name else EXAMPLE
        if known != iri and not (known is None and is_own(name, iri)):
            found.append(f"{name}: means {known} elsewhere")
        if not re.search(rf"(?<![\w-]){re.escape(name)}:[^\s/]", searched):
            found.append(f"{name}: is declared for nothing")
    doubled = {name for name, _ in declared if [n for n, _ in declared].count(name) > 1}
    return found + [f"{name}: is declared twice" for name in sorted(doubled)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_prefixes_are_ours_and_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert problems(text, shapes="shapes" in path.parts) == []


def test_an_unused_prefix_is_noticed() -> None:
    text = f"@prefix swd: <{PREFIXES['swd']}> .\n<urn:a> <urn:b> 'swd:c' . # swd:d\n"

    assert problems(text) == ["swd: is declared for nothing"]


def test_a_prefix_that_means_something_else_is_noticed() -> None:
    assert problems("@prefix swd: <urn:x#> .\nswd:a swd:b swd:c .") == [
        f"swd: means {PREFIXES['swd']} elsewhere"
    ]
