"""The benchmarks' generator of portfolios, and the shapes that they are held against."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["FAULTS", "SHAPES", "Portfolio"]

_BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(_BENCHMARKS))

from portfolio import FAULTS, Portfolio  # noqa: E402

SHAPES = _BENCHMARKS / "shapes.ttl"
