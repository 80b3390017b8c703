"""Time the start of the commands beside a bare Python, and questions and checks with their start.

    python benchmarks/start.py

Each line is the fastest of seven fresh processes, with its ratio to `python -c pass`.
"""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 7
CALLS = (
    ("--version",),
    ("--help",),
    ("ask", "indicators-without-baseline", "--lang", "th"),
    ("validate", "examples/draft-2026-2030.ttl", "--stage", "consultation"),
    ("validate", "examples/draft-2026-2030.xlsx", "--stage", "consultation"),
    ("validate",),
)


def fastest(*arguments: str) -> float:
    """Give the seconds of the fastest of several fresh processes."""
    best = float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Measure and print."""
    bare = fastest("-c", "pass")
    print(f"{'python -c pass':60s} {bare:.3f} s")
    for call in CALLS:
        seconds = fastest("-m", "somswd_kg.cli", *call)
        print(f"{'somswd-kg ' + ' '.join(call):60s} {seconds:.3f} s, {seconds / bare:.1f} times")


if __name__ == "__main__":
    main()
