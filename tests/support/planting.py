"""The faults that examples plant into the example draft."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def load(name: str) -> ModuleType:
    """Load a script of the examples."""
    spec = importlib.util.spec_from_file_location(f"examples_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


plant = sys.modules["plant_faults"] = load("plant_faults")
turtle = sys.modules["plant_turtle"] = load("plant_turtle")
TABLES, FAULTS = plant.read_tables(), plant.read_faults()
TOGETHER = [fault for fault in FAULTS if not fault.apart]
