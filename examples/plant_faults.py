"""Plant faults into the example draft and write down where they are.

    python examples/plant_faults.py FOLDER

`faults.toml` lists the faults: what is done to which cell, and which findings must follow, at which
cells. Each is planted alone into a workbook, into CSV files and, where Turtle can hold it, into
Turtle; then all of them together. The key (`key.json`) is written from what was planted alone.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

HERE = Path(__file__).resolve().parent
DRAFT = HERE / "draft-2026-2030"
FORMS = ("xlsx", "csv")


@dataclass(frozen=True)
class Formula:
    """A formula with the value that its program saved; None where it saved none."""

    text: str
    value: str | None


@dataclass
class Table:
    """One sheet: its name in the file, its headings in both languages, its rows."""

    name: str
    english: list[str]
    headings: list[str]
    rows: list[list[Any]]
    identifiers: tuple[str, ...]  # of the rows as they were before anything was planted
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first, last row
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    is_hidden: bool = False

    def column(self, name: str) -> int:
        """Give the number of a column by its English heading, from 1."""
        return self.english.index(name) + 1

    def row(self, key: str) -> int:
        """Give the number of a row by how its identifier ends, from 2; or of `row N`, N."""
        if key == "headings":
            return 1
        if key.startswith("row "):
            return int(key.removeprefix("row "))
        ends = re.compile(rf"/{re.escape(key)}(-|$)")
        found = [n for n, identifier in enumerate(self.identifiers, 2) if ends.search(identifier)]
        if len(found) != 1:
            raise SystemExit(f"{self.name}: {len(found)} rows are called {key!r}")
        return found[0]


Tables = dict[str, Table]


@dataclass(frozen=True)
class Fault:
    """What is planted, and what must be found.

    Attributes:
        name: Of the fault.
        about: What a person did.
        steps: What is done to the draft: an operation and what it takes.
        finds: Rule, sheet, row and column of each finding.
        forms: The files that it can stand in.
        apart: It changes so much that it is not planted together with others.
    """

    name: str
    about: str
    steps: tuple[tuple[Any, ...], ...]
    finds: tuple[tuple[str, ...], ...]
    forms: tuple[str, ...]
    apart: bool


def read_faults(path: Path = HERE / "faults.toml") -> tuple[Fault, ...]:
    """Read the list of faults."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    return tuple(
        Fault(
            each["name"],
            each["about"],
            tuple(tuple(step) for step in each["do"]),
            tuple(tuple(place) for place in each["finds"]),
            tuple(each.get("forms", FORMS)),
            each.get("apart", False),
        )
        for each in found
    )


def read_tables(folder: Path = DRAFT) -> Tables:
    """Read the example draft; sheets are named in English, in the order of the workbook."""
    book = openpyxl.load_workbook(folder.with_suffix(".xlsx"), read_only=True)
    guide = list(book["คำแนะนำ"].iter_rows(values_only=True))
    start = next(n for n, row in enumerate(guide) if row[1] == "Sheets of this file") + 1
    tables = {}
    for thai, english in (row[:2] for row in guide[start:] if row[0]):
        with (folder / f"{thai}.csv").open(encoding="utf-8", newline="") as file:
            headings, *rows = csv.reader(file)
        names = [heading.split("\n")[-1].replace(" *", "") for heading in headings]
        identifiers = tuple(row[0] for row in rows)
        tables[english] = Table(thai, names, headings, rows, identifiers)
    return tables


# -- planting ---------------------------------------------------------------------------------


def put(tables: Tables, sheet: str, row: str, column: str, value: Any) -> None:
    """Write a value into a cell."""
    table = tables[sheet]
    table.rows[table.row(row) - 2][table.column(column) - 1] = value


def formula(tables: Tables, sheet: str, row: str, column: str, text: str, value: Any) -> None:
    """Write a formula into a cell, with its saved value or without."""
    put(tables, sheet, row, column, Formula(text, None if value == "" else value))


def copy_row(tables: Tables, sheet: str, row: str, keep: bool) -> None:
    """Copy a row to the end, with its hidden identifier or without."""
    table = tables[sheet]
    copied = list(table.rows[table.row(row) - 2])
    table.rows.append(copied if keep else ["", *copied[1:]])


def add_row(tables: Tables, sheet: str, values: Mapping[str, Any]) -> None:
    """Add a row at the end."""
    table = tables[sheet]
    table.rows.append([values.get(name, "") for name in table.english])


def heading(tables: Tables, sheet: str, column: str, text: str) -> None:
    """Write another heading."""
    table = tables[sheet]
    table.headings[table.column(column) - 1] = text


def add_column(tables: Tables, sheet: str, text: str, values: Sequence[str]) -> None:
    """Add a column at the right."""
    table = tables[sheet]
    table.english.append(f"+ {text}")
    table.headings.append(text)
    for number, row in enumerate(table.rows):
        row.append(values[number] if number < len(values) else "")


def add_sheet(tables: Tables, name: str, text: str) -> None:
    """Add a sheet that no form has."""
    tables[name] = Table(name, [text], [text], [[text]], ())


def merge(tables: Tables, sheet: str, column: str, first: str, last: str) -> None:
    """Merge cells of a column; the value of the first stays."""
    table = tables[sheet]
    number, top, bottom = table.column(column), table.row(first), table.row(last)
    for row in range(top + 1, bottom + 1):
        table.rows[row - 2][number - 1] = ""
    table.merged.append((number, top, bottom))


def hide_row(tables: Tables, sheet: str, row: str) -> None:
    """Hide a row."""
    tables[sheet].hidden_rows.append(tables[sheet].row(row))


def hide_column(tables: Tables, sheet: str, column: str) -> None:
    """Hide a column."""
    tables[sheet].hidden_columns.append(tables[sheet].column(column))


def hide_sheet(tables: Tables, sheet: str) -> None:
    """Hide a sheet."""
    tables[sheet].is_hidden = True


STEPS: dict[str, Callable[..., None]] = {
    "put": put,
    "formula": formula,
    "copy row": copy_row,
    "add row": add_row,
    "heading": heading,
    "add column": add_column,
    "add sheet": add_sheet,
    "merge": merge,
    "hide row": hide_row,
    "hide column": hide_column,
    "hide sheet": hide_sheet,
}


def planted(tables: Tables, faults: Iterable[Fault]) -> Tables:
    """Plant faults into a copy of the draft."""
    changed = deepcopy(tables)
    for fault in faults:
        for step, *arguments in fault.steps:
            STEPS[step](changed, *arguments)
    return changed


# -- the key ----------------------------------------------------------------------------------


def address(tables: Tables, form: str, place: Sequence[str]) -> str:
    """Name a cell as a person would: `Sheet!A1`, or `sheet.csv:2:3`."""
    sheet, row, column = place
    table = tables[sheet]
    number = table.row(row)
    at = table.column(column)
    if form == "csv":
        return f"{table.name}.csv:{number}:{at}"
    name = table.name.replace("'", "''")
    plain = re.fullmatch(r"[^\W\d]\w*", re.sub(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", name))
    return f"{name if plain else f'{chr(39)}{name}{chr(39)}'}!{get_column_letter(at)}{number}"


def expected(tables: Tables, form: str, faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Give rule and cell of every finding that the faults must cause, sorted."""
    after = planted(tables, faults)
    return sorted(
        {
            (rule, address(after, form, place) if place else "")
            for fault in faults
            for rule, *place in fault.finds
        }
    )


# -- files ------------------------------------------------------------------------------------


def write_csv(tables: Tables, folder: Path) -> Path:
    """Write the draft as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables.values():
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.headings)
            writer.writerows([[_csv(value) for value in row] for row in table.rows])
    return folder


def _csv(value: Any) -> str:
    return (value.value or "") if isinstance(value, Formula) else str(value)


def write_workbook(tables: Tables, path: Path) -> Path:
    """Write the draft as a workbook, as a person would change the base workbook."""
    book = openpyxl.load_workbook(DRAFT.with_suffix(".xlsx"))
    saved: dict[str, dict[str, str]] = {}
    for table in tables.values():
        sheet = book[table.name] if table.name in book.sheetnames else book.create_sheet(table.name)
        for number, text in enumerate(table.headings, 1):
            sheet.cell(1, number).value = text
        for row, values in enumerate(table.rows, 2):
            for number, value in enumerate(values, 1):
                cell = sheet.cell(row, number)
                if isinstance(value, Formula):
                    cell.value = f"={value.text}"
                    if value.value is not None:
                        saved.setdefault(table.name, {})[cell.coordinate] = value.value
                else:
                    kept = _xlsx(value, cell.value)
                    if kept != cell.value or not isinstance(kept, type(cell.value)):
                        cell.value = kept
                        if isinstance(kept, str) and not kept.startswith("#"):
                            cell.data_type = "s"
        for column, first, last in table.merged:
            letters = get_column_letter(column)
            sheet.merge_cells(f"{letters}{first}:{letters}{last}")
        for row in table.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for number in table.hidden_columns:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
        if table.is_hidden:
            sheet.sheet_state = "hidden"
    names = book.sheetnames
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_with_saved_values(buffer.getvalue(), names, saved))
    return path


def _xlsx(value: Any, old: Any) -> Any:
    """Keep the kind of a cell that was not changed: CSV knows texts alone."""
    if value == "" or value is None:
        return None
    if isinstance(old, bool) and str(value) == str(old).lower():
        return old
    if isinstance(old, int | float) and str(value) == f"{old}":
        return old
    if hasattr(old, "date") and str(value) == old.date().isoformat():
        return old
    if isinstance(value, str) and isinstance(old, int | float) and _is_number(value):
        return float(value)
    return value


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def _with_saved_values(data: bytes, names: list[str], saved: dict[str, dict[str, str]]) -> bytes:
    """Give formulas the values that a spreadsheet program saves with them."""
    if not saved:
        return data
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            for name, cells in saved.items():
                if info.filename == f"xl/worksheets/sheet{names.index(name) + 1}.xml":
                    for cell, value in cells.items():
                        pattern = rf'(<c r="{cell}"[^>]*>)(<f>[^<]*</f>)<v\s*/?>(</v>)?'
                        part, count = re.subn(
                            pattern.encode(), rf"\1\2<v>{value}</v>".encode(), part
                        )
                        assert count == 1, (name, cell)
            new.writestr(info, part)
    return buffer.getvalue()


WRITERS: dict[str, Callable[[Tables, Path], Path]] = {"xlsx": write_workbook, "csv": write_csv}


def fault_sets(form: str, faults: Sequence[Fault]) -> dict[str, list[Fault]]:
    """Give each fault that a form can hold alone, then all that can stand together."""
    fitting = [fault for fault in faults if form in fault.forms]
    sets = {fault.name: [fault] for fault in fitting}
    return sets | {"all together": [fault for fault in fitting if not fault.apart]}


def write_all(folder: Path) -> None:
    """Plant each fault alone and all together, in each form, and write the key."""
    from plant_turtle import write_all_turtle

    tables, faults = read_tables(), read_faults()
    key: dict[str, Any] = {}
    for form in FORMS:
        (folder / form).mkdir(parents=True, exist_ok=True)
        for name, chosen in fault_sets(form, faults).items():
            path = folder / form / (f"{name}.xlsx" if form == "xlsx" else name)
            WRITERS[form](planted(tables, chosen), path)
            key[path.relative_to(folder).as_posix()] = expected(tables, form, chosen)
    key |= write_all_turtle(folder, tables, fault_sets("ttl", faults))
    text = json.dumps(key, ensure_ascii=False, indent=1)
    (folder / "key.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("python examples/plant_faults.py FOLDER")
    write_all(Path(sys.argv[1]))
