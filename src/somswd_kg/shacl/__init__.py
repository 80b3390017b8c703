"""SHACL, sets at a time: a shapes graph is compiled to SPARQL that finds all violations at once.

It knows no word of any domain. Names are imported when they are first used, so that the scanner
of queries can be had without the rest.

    from somswd_kg.shacl import compile_shapes, validate
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["CompiledShapes", "Report", "Result", "compile_shapes", "validate"]

if TYPE_CHECKING:
    from somswd_kg.shacl.compiled import CompiledShapes
    from somswd_kg.shacl.front import compile_shapes, validate
    from somswd_kg.shacl.report import Report, Result

_HOMES = {
    "CompiledShapes": "compiled",
    "Report": "report",
    "Result": "report",
    "compile_shapes": "front",
    "validate": "front",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"somswd_kg.shacl.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
