"""Build the examples: the work plan as a workbook, and a draft of a next one in three forms.

python examples/build.py [FOLDER]
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from somswd_kg.api import KnowledgeGraph
from somswd_kg.drafts.columns import Column, Form, Sheet

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "draft-2026-2030.toml"
SHIPPED = "somswd-2021-2025"


def draft_rows(sheet: Sheet, things: list[dict[str, Any]]) -> Iterator[list[str]]:
    """Write the rows of a sheet, headings first."""
    yield [column.heading("en") for column in sheet.columns]
    for thing in things:
        unknown = set(thing) - {column.name["en"] for column in sheet.columns}
        if unknown:
            raise SystemExit(f"{SOURCE.name}: {sheet.name['en']} has no column {unknown.pop()}")
        yield [cell(column, thing.get(column.name["en"])) for column in sheet.columns]


def cell(column: Column, value: Any) -> str:
    """Write a value as a drafter would."""
    if value is None:
        return ""
    if column.form is Form.TEXT:
        return str(value[0 if column.language == "th" else 1])
    if isinstance(value, list):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def build(kg: KnowledgeGraph, folder: Path) -> None:
    """Build all examples into a folder."""
    kg.template(folder / f"{SHIPPED}.xlsx", lang="both", plan=SHIPPED)
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as written:
        for sheet in kg.sheets:
            path = Path(written, f"{sheet.name['en']}.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(draft_rows(sheet, content.get(sheet.name["en"], [])))
        name = SOURCE.stem
        for format_, path in (("xlsx", f"{name}.xlsx"), ("csv", name), ("ttl", f"{name}.ttl")):
            done = kg.convert(written, format_, folder / path, lang="both")
            if done.findings:
                raise SystemExit("\n".join(f"{f.place}: {f.message.en}" for f in done.findings))
    for file in sorted((folder / name).iterdir()):  # the mark is for Excel; here it only hides
        file.write_bytes(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))


if __name__ == "__main__":
    build(KnowledgeGraph.load(), Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
