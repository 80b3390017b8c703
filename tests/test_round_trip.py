"""A workbook comes back in its normal form, a graph whole, and cells stay where they are."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from somswd_kg.conversion import fill_rows, find_version
from somswd_kg.drafts.grid import Cell, CellKind
from somswd_kg.drafts.intake import read_draft
from somswd_kg.drafts.remarks import IntakeCode
from somswd_kg.drafts.template import BookLanguage
from somswd_kg.formats.rdf import read_quads
from somswd_kg.formats.xlsx import read_workbook
from somswd_kg.intake import read_book
from somswd_kg.namespaces import SKOS, SWD
from somswd_kg.terms import Triple
from somswd_kg.triples import Triples

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
DRAFT = EXAMPLES / "draft-2026-2030.xlsx"
LANGUAGES = ("en", *(pytest.param(lang, marks=pytest.mark.slow) for lang in ("th", "both")))
MENDED = ("INT-10", "INT-12", "INT-20", "INT-21", "INT-22", "INT-30", "INT-32", "INT-33", "INT-35")


def load_plant() -> ModuleType:
    spec = importlib.util.spec_from_file_location("round_trip_plant", EXAMPLES / "plant_faults.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def cells_of(path: Path) -> dict[tuple[str, str, str], str]:
    """Give what stands in the cells, by sheet, identifier and heading."""
    found = {}
    for grid in read_workbook(path).grids[1:]:
        if grid.hidden:
            continue
        headings = {column: cell.text for column, cell in grid.rows[1].items()}
        for number, row in grid.rows.items():
            if number > 1:
                for column, cell in row.items():
                    found[grid.name, row[1].text, headings[column]] = cell.text
    return found


def test_the_first_trip_changes_only_what_was_mended_and_the_second_nothing(kg, tmp_path):
    plant = load_plant()
    tables = plant.read_tables()
    faults = [f for f in plant.read_faults() if all(rule in MENDED for rule, *_ in f.finds)]
    faults = [f for f in faults if "xlsx" in f.forms]
    untidy = plant.write_workbook(plant.planted(tables, faults), tmp_path / "untidy.xlsx")

    first = kg.convert(untidy, "xlsx", tmp_path / "first.xlsx", lang="both").path
    second = kg.convert(first, "xlsx", tmp_path / "second.xlsx", lang="both").path

    before, after = cells_of(untidy), cells_of(first)
    changed = {place for place in before.keys() | after if before.get(place) != after.get(place)}
    said = {
        (r.place.name, r.place.row, " ".join(r.place.heading.split()))
        for r in kg.open_draft(untidy).remarks
        if r.place
    }
    rows = {
        (grid.name, row[1].text): number
        for grid in read_workbook(untidy).grids[1:]
        for number, row in grid.rows.items()
        if 1 in row
    }
    assert len(faults) >= 8
    assert {
        (name, rows[name, identifier], " ".join(heading.split()))
        for name, identifier, heading in changed
    } <= said
    assert changed
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_in_its_normal_form_comes_back_as_it_is(kg, tmp_path, lang):
    first = kg.convert(DRAFT, "xlsx", tmp_path / "first.xlsx", lang=lang).path
    folder = kg.convert(first, "csv", tmp_path / "csv", lang=lang).path
    turtle = kg.convert(folder, "ttl", tmp_path / "draft.ttl").path
    last = kg.convert(turtle, "xlsx", tmp_path / "last.xlsx", lang=lang).path

    assert last.read_bytes() == first.read_bytes()
    assert turtle.read_bytes() == DRAFT.with_suffix(".ttl").read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_work_plan_comes_back_whole_but_for_what_is_listed(kg, tmp_path, lang):
    graph = Triples(quad.triple for quad in kg.quads())
    version = find_version(kg, graph, "somswd-2021-2025")
    filled = fill_rows(kg, graph, version, BookLanguage(lang))
    book = kg.template(tmp_path / "plan.xlsx", lang=lang, plan="somswd-2021-2025")

    back = kg.convert(book, "nt", tmp_path / "plan.nt").path
    got = {quad.triple for quad in read_quads(back)}
    of_plan = {
        Triple(thing, predicate, value)
        for thing in {triple.subject for triple in got}
        for predicate in graph.predicates(thing)
        for value in graph.objects(thing, predicate)
    }

    assert of_plan - got == set(filled.unheld) & of_plan
    # What the rows add: which version claims and events were read with, and codes as plain text,
    # for a cell cannot say which document numbers a clause so.
    assert {triple.predicate for triple in got - of_plan} <= {SWD.describedIn, SKOS.notation}


# -- cells that move --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(kg):
    """Give the draft's book with what is said in it, each by sheet, row and heading."""
    book = read_book(DRAFT)
    draft = read_draft(book, kg.sheets, kg.lexicon, key="k")
    return book, draft


def shifted(grid, down, right):
    """Move all cells of a grid."""
    rows = {
        row + down: {
            column + right: replace(cell, row=row + down, column=column + right)
            for column, cell in cells.items()
        }
        for row, cells in grid.rows.items()
    }
    return replace(grid, rows=rows)


def said(draft, back=lambda place: place):
    """Give each value with the cell that it came from, links by the row that they lead to."""
    nodes = {node: (row.place.name, back(row.place)[0]) for node, row in draft.places.rows.items()}
    return {
        (nodes[node], path, str(nodes.get(value, value)), place.name, back(place), place.heading)
        for (node, path, value), place in draft.places.cells.items()
    }


def at(place):
    return place.row, place.column


@given(
    down=st.integers(0, 5),
    right=st.integers(0, 40),
    order=st.permutations(range(15)),
)
@settings(max_examples=8, deadline=None)
def test_shifted_rows_and_columns_and_sheets_in_any_order_keep_the_cells(
    kg, moved, down, right, order
):
    book, draft = moved
    guide, *data, codes = book.grids
    other = replace(book, grids=(guide, *(shifted(data[n], down, right) for n in order), codes))

    again = read_draft(other, kg.sheets, kg.lexicon, key="k")

    assert again.remarks == ()
    assert said(again, lambda p: (p.row - down, p.column - right)) == said(draft, at)


@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_a_second_column_of_one_heading_changes_no_cell(kg, moved, data):
    book, draft = moved
    number = data.draw(st.integers(1, 15))
    grid = book.grids[number]
    column = data.draw(st.sampled_from(sorted(grid.rows[1])[1:]))
    spare = max(grid.rows[1]) + data.draw(st.integers(1, 5))
    copied = {
        row: {**cells, spare: replace(cells[column], column=spare)} if column in cells else cells
        for row, cells in grid.rows.items()
    }
    grids = tuple(replace(g, rows=copied) if g is grid else g for g in book.grids)

    again = read_draft(replace(book, grids=grids), kg.sheets, kg.lexicon, key="k")

    assert said(again, at) == said(draft, at)
    assert [(r.code, at(r.place)) for r in again.remarks] == [
        (IntakeCode.DUPLICATE_HEADING, (1, spare))
    ]


@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_cells_merged_down_a_column_give_each_row_the_value(kg, moved, data):
    book, _ = moved
    grid = book.grids[7]
    column = data.draw(st.sampled_from(sorted(grid.rows[1])[2:]))
    first = data.draw(st.integers(2, 8))
    last = data.draw(st.integers(first + 1, 9))
    held = grid.cell(first, column) or Cell(first, column, CellKind.TEXT, "")
    rows = {
        row: {
            c: replace(held, row=row) if c == column and first <= row <= last else cell
            for c, cell in {**cells, column: cells.get(column, held)}.items()
        }
        for row, cells in grid.rows.items()
    }
    for row in range(2, 10):  # a cell that was empty stays empty outside the range
        if not first <= row <= last and column not in grid.rows[row]:
            del rows[row][column]
    written_out = replace(grid, rows=rows)
    merged_rows = {
        row: {c: cell for c, cell in cells.items() if c != column or not first < row <= last}
        for row, cells in rows.items()
    }
    covered = {(row, column): (first, column) for row in range(first + 1, last + 1)}
    merged = replace(grid, rows=merged_rows, covered=covered)

    def read(other):
        grids = tuple(other if g is grid else g for g in book.grids)
        return read_draft(replace(book, grids=grids), kg.sheets, kg.lexicon, key="k")

    assert said(read(merged), at) == said(read(written_out), at)
