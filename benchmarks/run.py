"""Time our validation beside the peers', all in one run on one machine.

    python benchmarks/run.py                       # 12,400, 125,000 and 1,250,000 triples
    python benchmarks/run.py --sizes small,medium  # quicker
    python benchmarks/run.py --engines ours,pyshifty --runs 3

Each measurement is a fresh process, the engines take turns, and given is the median; the time is
load, compile, validate and report together. An engine whose results differ from ours gets no time
but the first differences; one that takes over five minutes is stopped and said to be. The run
fails when fewer than two peers agree with us; at a size at which others had to be stopped, one is
enough. A table goes to standard output and to benchmarks/out/, with a JSON file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from portfolio import write

HERE = Path(__file__).resolve().parent
SIZES = {"small": 27, "medium": 272, "large": 2716}
ENGINES = ("ours", "pyshifty", "shacl", "pyshacl-turbo", "pyshacl")
LIMIT_SECONDS = 300


@dataclass
class Measurement:
    """What one engine took at one size.

    Attributes:
        engine: Its name on PyPI.
        verdict: `agrees`, `differs`, `stopped` or `failed`.
        seconds: Median of load, compile, validate and report together.
        phases: Median seconds of each phase.
        megabytes: Median of the peak memory.
        results: How many results it found.
        note: The first differences, or the error's last line.
    """

    engine: str
    verdict: str
    seconds: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0
    results: int = 0
    note: str = ""
    digest: str = ""


def run_once(engine: str, data: Path, out: Path) -> dict[str, Any] | Measurement:
    """Run an engine in a process of its own; give what it prints, or why there is nothing."""
    rows = out / f"rows-{engine}-{data.stem}.tsv"
    command = [
        sys.executable,
        str(HERE / "engines.py"),
        engine,
        str(data),
        str(HERE / "shapes.ttl"),
        str(rows),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Measurement(engine, "stopped", note=f"over {LIMIT_SECONDS} s")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return Measurement(engine, "failed", note=last[:200])
    line: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return line


def measure(engines: Sequence[str], data: Path, runs: int, out: Path) -> list[Measurement]:
    """Run the engines in turn, round by round, since the machine's own speed drifts."""
    lines: dict[str, list[dict[str, Any]]] = {engine: [] for engine in engines}
    ended: dict[str, Measurement] = {}
    for _ in range(runs):
        for engine in engines:
            taken = sum(sum(line["times"].values()) for line in lines[engine])
            if engine in ended or taken > LIMIT_SECONDS:
                continue  # slow engines are measured fewer times
            found = run_once(engine, data, out)
            if isinstance(found, Measurement):
                ended[engine] = found
            else:
                lines[engine].append(found)
    return [ended.get(engine) or median_of(engine, lines[engine]) for engine in engines]


def median_of(engine: str, lines: Sequence[dict[str, Any]]) -> Measurement:
    """Give the medians of an engine's runs."""
    return Measurement(
        engine,
        "agrees",
        statistics.median(sum(line["times"].values()) for line in lines),
        {
            phase: statistics.median(line["times"][phase] for line in lines)
            for phase in lines[0]["times"]
        },
        statistics.median(line["memory"] for line in lines) / 1e6,
        lines[0]["results"],
        digest=lines[0]["digest"],
    )


def difference(ours: Path, theirs: Path) -> str:
    """Say how many results only one of two engines has, and name the first of them."""
    left, right = (set(p.read_text(encoding="utf-8").splitlines()) for p in (ours, theirs))
    parts = []
    for name, rows in (("only ours", left - right), ("only theirs", right - left)):
        if rows:
            parts.append(f"{name} {len(rows)}, first: {min(rows)!r}")
    return "; ".join(parts)


def compare(measurements: list[Measurement], size: str, out: Path) -> None:
    """Take the time away from the engines whose results are not ours."""
    ours = measurements[0]
    for other in measurements[1:]:
        if other.verdict == "agrees" and other.digest != ours.digest:
            other.verdict = "differs"
            other.note = difference(
                out / f"rows-ours-{size}.tsv", out / f"rows-{other.engine}-{size}.tsv"
            )


def agreed(measurements: list[Measurement]) -> bool:
    """Say whether enough peers agree with us; what had to be stopped says nothing."""
    ours, *peers = (m.verdict for m in measurements)
    needed = 1 if "stopped" in peers else 2
    return ours == "agrees" and peers.count("agrees") >= needed


def table(size: str, triples: int, measurements: list[Measurement]) -> str:
    """Draw the measurements of one size in Markdown."""
    ours = measurements[0]
    lines = [
        f"### {size}: {triples:,} triples, {ours.results:,} results",
        "",
        "| engine | verdict | seconds | beside ours | peak MB "
        "| load | compile | validate | report |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for m in measurements:
        timed = m.verdict == "agrees"
        cells = [
            m.engine,
            m.verdict,
            f"{m.seconds:.2f}" if timed else "",
            f"{m.seconds / ours.seconds:.1f}" if timed and ours.seconds else "",
            f"{m.megabytes:.0f}" if timed else "",
            *(
                f"{m.phases[phase]:.3f}" if timed and phase in m.phases else ""
                for phase in ("load", "compile", "validate", "report")
            ),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    notes = [f"- {m.engine}: {m.note}" for m in measurements if m.note]
    return "\n".join([*lines, "", *notes, ""])


def main() -> int:
    """Read the arguments, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    out = HERE / "out"
    out.mkdir(exist_ok=True)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python " + (
        platform.python_version()
    )
    result: dict[str, object] = {"machine": machine, "runs": arguments.runs}
    pages = [f"Machine: {machine}; median of {arguments.runs} fresh processes.", ""]
    enough = True
    for size in arguments.sizes.split(","):
        data = out / f"{size}.nt"
        triples = write(data, SIZES[size])
        engines = arguments.engines.split(",")
        measurements = measure(engines, data, arguments.runs, out)
        compare(measurements, size, out)
        enough = enough and agreed(measurements)
        result[size] = {"triples": triples, "engines": [asdict(m) for m in measurements]}
        pages.append(table(size, triples, measurements))
        print(pages[-1], flush=True)
    (out / "benchmark.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    (out / "benchmark.md").write_text("\n".join(pages), encoding="utf-8")
    if not enough:
        print("error: fewer than two peers agree with us at some size", file=sys.stderr)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
