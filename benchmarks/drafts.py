"""Time the check of drafts: the example draft, many times over in one workbook.

    python benchmarks/drafts.py                  # about 5,000 triples, and 10,000 rows
    python benchmarks/drafts.py --copies 7,30

Each copy has numbers and texts of its own, and its links stay within it; in the N-Triples with
faults some codes are missing. Times and peak memory are those of fresh processes of `somswd-kg
validate`, start included; given are the median and the quartiles. The first run, which fills the
cache folder and keeps bytecode as an installer does, is not counted. Before and after stands how
fast the machine is at that time: what a loop of three million additions takes.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

from somswd_kg.api import KnowledgeGraph
from somswd_kg.namespaces import PREFIXES

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "examples"))

from build import SOURCE, draft_rows  # noqa: E402

COPIES = (7, 165)
EVERY = 20
ONCE = ("Plan", "Vision", "Approvals")
NUMBER = re.compile(r"\d+\.\d+(\.\d+)?")
THAI = re.compile("[ก-๛]")
LINKED = ("code", "goal", "outcome", "output", "result measured", "indicator", "element")

LAUNCHER = """
import resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], capture_output=True, encoding="utf-8")
seconds = time.perf_counter() - began
if done.returncode not in (0, 1):
    sys.exit(done.stderr)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(done.stdout.partition("\\n")[0], seconds, peak, sep="\\t")
"""
"""A small process between: the peak of a process counts what its parent held when it began."""


def copied(thing: dict[str, Any], number: int) -> dict[str, Any]:
    """Number a row and what it names of the draft anew."""

    def renumbered(value: Any) -> Any:
        if isinstance(value, list):
            return [renumbered(each) for each in value]
        return f"{number}.{value}" if NUMBER.fullmatch(str(value)) else value

    def value_of(key: str, value: Any) -> Any:
        if key in LINKED:
            return renumbered(value)
        if isinstance(value, list) and THAI.search(value[0]):
            return [f"{value[0]} เขต {number}", f"{value[1]} in area {number}"]
        return value

    return {key: value_of(key, value) for key, value in thing.items()}


def write(kg: KnowledgeGraph, copies: int, path: Path) -> tuple[int, int]:
    """Write the workbook; give the number of its rows and of its triples."""
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    rows = 0
    with tempfile.TemporaryDirectory() as folder:
        for sheet in kg.sheets:
            name = sheet.name["en"]
            things = content.get(name, [])
            if name not in ONCE:
                things = [copied(each, 10 + n) for n in range(copies) for each in things]
            rows += len(things)
            with Path(folder, f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(draft_rows(sheet, things))
        for format_, to in (("nt", path.with_suffix(".nt")), ("xlsx", path)):
            done = kg.convert(folder, format_, to, lang="th")
            if done.path is None:
                raise SystemExit("\n".join(f"{f.place}: {f.message.en}" for f in done.findings))
    return rows, len(path.with_suffix(".nt").read_text(encoding="utf-8").splitlines())


def with_faults(path: Path) -> Path:
    """Write N-Triples anew without the codes of some elements."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    coded = [i for i, line in enumerate(lines) if f"<{PREFIXES['skos']}notation>" in line]
    dropped = set(coded[::EVERY])
    faulty = path.with_stem(f"{path.stem}-faults")
    faulty.write_text(
        "".join(line for i, line in enumerate(lines) if i not in dropped), encoding="utf-8"
    )
    return faulty


def measured(path: Path) -> tuple[float, float, str]:
    """Check a draft once: seconds, megabytes, and the line that counts the findings."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "somswd_kg.cli", "validate", path],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )
    first, seconds, peak = done.stdout.split("\t")
    unit = 1 if sys.platform == "darwin" else 1024
    return float(seconds), int(peak) * unit / 1e6, first


def pace() -> str:
    """Say how fast the machine is now."""
    taken = []
    for _ in range(5):
        begun, total = time.perf_counter(), 0
        for number in range(3_000_000):
            total += number
        taken.append(time.perf_counter() - begun)
    return f"three million additions: {statistics.median(taken):.2f} s"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", default=",".join(map(str, COPIES)))
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; median of {arguments.runs} fresh processes")
    print(f"{pace()}\n")
    print("| rows | triples | form | seconds | peak MB | told |\n|---:|---:|---|---:|---:|---|")
    out = HERE / "out"
    out.mkdir(exist_ok=True)
    kg = KnowledgeGraph.load()
    for copies in map(int, arguments.copies.split(",")):
        path = out / f"draft-{copies}.xlsx"
        rows, triples = write(kg, copies, path)
        lines = path.with_suffix(".nt")
        for file in (path, lines, with_faults(lines)):
            measured(file)
            runs = [measured(file) for _ in range(arguments.runs)]
            low, middle, high = statistics.quantiles((run[0] for run in runs), n=4)
            seconds = f"{middle:.2f} ({low:.2f} to {high:.2f})"
            memory = statistics.median(run[1] for run in runs)
            told = runs[0][2].partition(": ")[2]
            form = file.suffix.removeprefix(".")
            print(f"| {rows:,} | {triples:,} | {form} | {seconds} | {memory:.0f} | {told} |")
    print(f"\n{pace()}")


if __name__ == "__main__":
    main()
