"""Time the replacement of a graph beside its first load, on disk and in memory.

    python benchmarks/replacing.py                # 1,250,000 triples
    python benchmarks/replacing.py --plans 27     # 12,400

Each measurement is a fresh process, the two take turns, and given are the medians of seconds and
of peak memory. In memory the graph that is replaced stands beside the new one until this is whole.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from portfolio import write

GRAPH = "https://example.org/graph/plan"
PLANS = 2716


def measure(data: str, folder: str | None, replacing: bool) -> None:
    """Load a graph, or put it in the place of itself, and print what that took."""
    from somswd_kg.stores.embedded import EmbeddedStore

    store = EmbeddedStore.open(folder, create=True) if folder else EmbeddedStore()
    if replacing and folder is None:
        store.load(data, graph=GRAPH)
    began = time.perf_counter()
    if replacing:
        store.replace_graph(GRAPH, data)
    else:
        store.load(data, graph=GRAPH)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, len(store)]))


def fresh(data: Path, folder: Path | None, replacing: bool) -> tuple[float, float, int]:
    """Measure in a process of its own."""
    words = [str(data), str(folder or ""), "replace" if replacing else "load"]
    command = [sys.executable, __file__, "--measure", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak, triples = json.loads(done.stdout)
    return seconds, peak, triples


def rounds(data: Path, runs: int, on_disk: bool) -> Iterator[tuple[tuple[float, float, int], ...]]:
    """Give the pairs of a load and a replacement."""
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "store" if on_disk else None
            yield fresh(data, folder, False), fresh(data, folder, True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=PLANS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--measure", nargs=3, metavar=("DATA", "FOLDER", "WHAT"))
    given = parser.parse_args()
    if given.measure:
        data, folder, what = given.measure
        measure(data, folder or None, what == "replace")
        return
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "data.nt"
        write(file, given.plans)
        for on_disk in (True, False):
            pairs = list(rounds(file, given.runs, on_disk))
            (load, load_peak), (again, again_peak) = (
                [statistics.median(pair[i][j] for pair in pairs) for j in (0, 1)] for i in (0, 1)
            )
            print(
                f"{'on disk' if on_disk else 'in memory'}, {pairs[0][1][2]:,} triples: "
                f"load {load:.2f} s, {load_peak:.0f} MB; replace {again:.2f} s, "
                f"{again_peak:.0f} MB; {again / load:.2f} and {again_peak / load_peak:.2f} times"
            )


if __name__ == "__main__":
    main()
