"""Write what can be generated from the four data folders, or check that it is up to date.

    python scripts/generate.py            writes
    python scripts/generate.py --check    writes nothing; exit 1 and a line a file that differs

Generated: the terms of `SWD` in namespaces.py (from ontology/), `stated.ttl` and `proposed.ttl`
beside each claims.ttl, and the pages of docs/ that list rules and questions.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from somswd_kg.claims import Basis, plain_triples
from somswd_kg.namespaces import PREFIXES, SWD

ROOT = Path(__file__).resolve().parent.parent
GRAPH_IRI = "https://w3id.org/somswd-kg/graph/"


def _parse(path: Path) -> tuple[list[ox.Triple], dict[str, str]]:
    parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    return triples, parser.prefixes


def swd_terms(root: Path) -> str:
    """Give the text of namespaces.py with the terms that the ontology declares."""
    names = {
        triple.subject.value[len(SWD.base) :]
        for path in (root / "ontology").rglob("*.ttl")
        for triple in _parse(path)[0]
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(SWD.base)
    }
    block = textwrap.fill(
        " ".join(sorted(n for n in names if re.fullmatch(r"\w+", n))),
        92,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
    )
    text = (root / "src/somswd_kg/namespaces.py").read_text(encoding="utf-8")
    return re.sub(
        r'(BASE \+ "ns#",\n    """\n)(.*?)(\n    """)',
        lambda match: match[1] + block + match[3],
        text,
        count=1,
        flags=re.DOTALL,
    )


def plain_graph(claims: Path, basis: Basis) -> str:
    """Give the Turtle of the plain triples that the claims of one file make with one basis."""
    triples, prefixes = _parse(claims)
    plain = plain_triples(triples, basis)
    known = {**PREFIXES, **prefixes}
    used = {
        name: iri
        for name, iri in sorted(known.items())
        if any(
            term.value.startswith(iri) and "/" not in term.value[len(iri) :]
            for triple in plain
            for term in (triple.subject, triple.predicate, triple.object)
            if isinstance(term, ox.NamedNode)
        )
    }
    body = ox.serialize(plain, format=ox.RdfFormat.TURTLE, prefixes=used).decode()
    head = f"# Plain triples of the {basis} claims; made from {claims.name} by scripts/generate.py."
    return f"{head}\n{body}"


def targets(root: Path) -> Iterator[tuple[Path, Callable[[], str]]]:
    """List the generated files, each with the function that gives its text."""
    yield root / "src/somswd_kg/namespaces.py", lambda: swd_terms(root)
    for claims in sorted((root / "graph").rglob("claims.ttl")):
        for basis in (Basis.STATED, Basis.PROPOSED):
            yield (
                claims.with_name(f"{basis}.ttl"),
                lambda claims=claims, basis=basis: plain_graph(claims, basis),  # type: ignore[misc]
            )
    yield root / "docs/rules.md", lambda: _rules(root)
    yield root / "docs/questions.md", lambda: _questions(root)


def _rules(root: Path) -> str:
    from somswd_kg.findings.rules_page import rules_page

    shapes = [t for path in sorted((root / "shapes").glob("*.ttl")) for t in _parse(path)[0]]
    return rules_page(shapes)


def _questions(root: Path) -> str:
    from somswd_kg.api import read_questions
    from somswd_kg.questions.page import questions_page

    return questions_page(read_questions(root))


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` say which differ."""
    check = "--check" in arguments
    stale = []
    for path, text_of in targets(ROOT):
        text = text_of()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT).as_posix()}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
