"""Run one engine once, in this process, and print what it took as one line of JSON.

    python benchmarks/engines.py ours data.nt shapes.ttl

The phases: `load` (data read into the engine's own form), `compile` (shapes), `validate`,
`report` (the W3C report as Turtle); an engine that does not tell them apart gives them together
under the last one. `results` is a set of (focus, path, component, value, severity) and `digest`
its SHA-256: engines agree when the digests are equal.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

SH = "http://www.w3.org/ns/shacl#"


def digest(rows: Iterable[tuple[str, ...]]) -> tuple[int, str]:
    """Count the results and hash them, whatever their order."""
    lines = sorted("\t".join(row) for row in rows)
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _rows_of_turtle(text: str) -> list[tuple[str, ...]]:
    """Read the results out of a report; literal values by their lexical form."""
    import pyoxigraph as ox

    found: dict[str, dict[str, str]] = {}
    top = []
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        value = quad.object
        plain = value.value if isinstance(value, ox.NamedNode | ox.Literal) else "_"
        found.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value, plain)
        if quad.predicate.value == SH + "result":
            top.append(str(value))
    names = ("focusNode", "resultPath", "sourceConstraintComponent", "value", "resultSeverity")
    return [tuple(found[node].get(SH + name, "") for name in names) for node in top]


def run_ours(data: str, shapes: str) -> tuple[dict[str, float], str]:
    """Load with our store, compile, validate, write the report."""
    from somswd_kg.shacl import compile_shapes
    from somswd_kg.stores.embedded import EmbeddedStore

    times = {}
    start = time.perf_counter()
    store = EmbeddedStore()
    store.load(data)
    times["load"] = time.perf_counter() - start
    start = time.perf_counter()
    compiled = compile_shapes(shapes)
    times["compile"] = time.perf_counter() - start
    start = time.perf_counter()
    report = compiled.validate(store)
    times["validate"] = time.perf_counter() - start
    start = time.perf_counter()
    text = report.serialize("turtle")
    times["report"] = time.perf_counter() - start
    return times, text


def run_pyshacl(data: str, shapes: str) -> tuple[dict[str, float], str]:
    """Load with rdflib and validate with pySHACL."""
    import pyshacl
    import rdflib

    times = {}
    start = time.perf_counter()
    graph = rdflib.Graph().parse(data)
    times["load"] = time.perf_counter() - start
    start = time.perf_counter()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    times["validate"] = time.perf_counter() - start
    start = time.perf_counter()
    text = report.serialize(format="turtle")
    times["report"] = time.perf_counter() - start
    return times, text


def run_pyshacl_turbo(data: str, shapes: str) -> tuple[dict[str, float], str]:
    """Validate with pyshacl-turbo, which reads the files itself and gives the report as text."""
    import pyshacl_turbo

    start = time.perf_counter()
    _, report, _ = pyshacl_turbo.validate(data, shacl_graph=shapes, serialize_report_graph="turtle")
    text = report.decode() if isinstance(report, bytes) else str(report)
    return {"validate": time.perf_counter() - start}, text


def run_pyshifty(data: str, shapes: str) -> tuple[dict[str, float], str]:
    """Validate with pyshifty, which reads the files itself."""
    import pathlib

    import shifty

    start = time.perf_counter()
    _, report, _ = shifty.validate(
        pathlib.Path(data), pathlib.Path(shapes), infer=False, graph_mode="data"
    )
    times = {"validate": time.perf_counter() - start}
    start = time.perf_counter()
    text = report.serialize(format="turtle")
    times["report"] = time.perf_counter() - start
    return times, text


def run_shacl(data: str, shapes: str) -> tuple[dict[str, float], str]:
    """Validate with the package shacl."""
    import shacl

    times = {}
    start = time.perf_counter()
    compiled = shacl.Shapes.from_file(shapes)
    times["compile"] = time.perf_counter() - start
    start = time.perf_counter()
    report = compiled.validate_file(data)
    times["validate"] = time.perf_counter() - start
    start = time.perf_counter()
    text = report.turtle() if callable(report.turtle) else report.turtle
    times["report"] = time.perf_counter() - start
    return times, text


ENGINES = {
    "ours": run_ours,
    "pyshacl": run_pyshacl,
    "pyshacl-turbo": run_pyshacl_turbo,
    "pyshifty": run_pyshifty,
    "shacl": run_shacl,
}


def peak_memory() -> int:
    """Give the peak of resident memory of this process in bytes; 0 where the system has none."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main(name: str, data: str, shapes: str, rows_to: str = "") -> None:
    """Run the engine and print the line."""
    times, text = ENGINES[name](data, shapes)
    memory = peak_memory()
    rows = _rows_of_turtle(text)
    count, value = digest(rows)
    if rows_to:
        Path(rows_to).write_text(
            "\n".join(sorted("\t".join(row) for row in rows)), encoding="utf-8"
        )
    line = {"engine": name, "times": times, "results": count, "digest": value, "memory": memory}
    print(json.dumps(line))


if __name__ == "__main__":
    main(*sys.argv[1:])
