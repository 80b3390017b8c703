"""Folders and zips of CSV files become grids: encoding and delimiter are found out and said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from somswd_kg.drafts.grid import Book, CellKind
from somswd_kg.errors import SourceError
from somswd_kg.formats.archive import Limits
from somswd_kg.formats.csv_folder import read_csv_folder

PLAN = "รหัส,ชื่อแผนงาน\nP1,แผนงานสวัสดิการสังคม\n"


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _texts(book: Book) -> dict[str, dict[tuple[int, int], str]]:
    return {
        grid.name: {
            (row, column): cell.text
            for row, cells in grid.rows.items()
            for column, cell in cells.items()
        }
        for grid in book.grids
    }


def _said(book: Book) -> list[tuple[str, ...]]:
    return [(each.code, *(value for _, value in each.values)) for each in book.notices]


def test_a_folder_gives_a_grid_for_each_file_by_name(tmp_path: Path) -> None:
    (tmp_path / "แผนงาน.csv").write_bytes(PLAN.encode())
    (tmp_path / "เป้าหมาย.CSV").write_bytes("รหัส\n1.1\n".encode())
    (tmp_path / "notes.txt").write_bytes(b"not for us")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")

    book = read_csv_folder(tmp_path)

    assert [(grid.name, grid.path) for grid in book.grids] == [
        ("เป้าหมาย", "เป้าหมาย.CSV"),
        ("แผนงาน", "แผนงาน.csv"),
    ]
    assert _texts(book)["แผนงาน"] == {
        (1, 1): "รหัส",
        (1, 2): "ชื่อแผนงาน",
        (2, 1): "P1",
        (2, 2): "แผนงานสวัสดิการสังคม",
    }
    assert _said(book) == [("file-ignored", "notes.txt")]
    assert (book.kind, book.path) == ("csv", str(tmp_path))


def test_a_zip_gives_what_its_folder_gives(tmp_path: Path) -> None:
    files = {"แผนงาน.csv": PLAN.encode(), "goal.csv": b"code\n1\n"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    assert _texts(read_csv_folder(_zip(files), name="d.zip")) == _texts(read_csv_folder(tmp_path))


def test_a_single_file_is_a_sheet_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "แผนงาน.csv"
    path.write_bytes(PLAN.encode())

    book = read_csv_folder(path)

    assert [grid.name for grid in book.grids] == ["แผนงาน"]
    assert all(
        cell.kind is CellKind.TEXT
        for cells in book.grids[0].rows.values()
        for cell in cells.values()
    )
    assert path.read_bytes() == PLAN.encode()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", [("encoding", "a.csv", "utf-8-bom")]),
        ("cp874", [("encoding", "a.csv", "windows-874")]),
        ("utf-16", [("encoding", "a.csv", "utf-16")]),
    ],
)
def test_the_encoding_is_found_out_and_said(encoding: str, said: list[tuple[str, ...]]) -> None:
    book = read_csv_folder(PLAN.encode(encoding), name="a.csv")

    assert _texts(book)["a"][2, 2] == "แผนงานสวัสดิการสังคม"
    assert _said(book) == said


def test_a_western_encoding_is_read_as_thai_only_with_a_doubt() -> None:
    book = read_csv_folder("café,naïve\n".encode("cp1252"), name="a.csv")

    assert ("encoding-doubtful", "a.csv", "windows-874") in _said(book)


@pytest.mark.parametrize(
    ("text", "delimiter"), [("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("sep=;\na;b\n", ";")]
)
def test_another_delimiter_is_found_out_and_said(text: str, delimiter: str) -> None:
    book = read_csv_folder(text.encode(), name="a.csv")

    assert _said(book) == [("delimiter", "a.csv", delimiter)]
    assert max(column for cells in book.grids[0].rows.values() for column in cells) == 2


def test_semicolons_inside_cells_do_not_make_them_the_delimiter() -> None:
    book = read_csv_folder(b"code,groups;more;still\n1,a;b\n", name="a.csv")

    assert _texts(book)["a"][2, 2] == "a;b"
    assert _said(book) == []


def test_rows_know_their_lines_after_a_field_of_several_lines() -> None:
    book = read_csv_folder(b'a,b\n1,"two\nlines"\n2,x\n\n3,y\n', name="a.csv")

    grid = book.grids[0]
    assert grid.rows[2][2].text == "two\nlines"
    assert {number: grid.lines.get(number, number) for number in grid.rows} == {
        1: 1,
        2: 2,
        3: 4,
        5: 6,
    }


def test_a_formula_of_a_csv_file_is_only_text() -> None:
    cell = read_csv_folder(b"a\n=1+1\n", name="a.csv").grids[0].rows[2][1]

    assert (cell.text, cell.formula, cell.kind) == ("=1+1", "", CellKind.TEXT)


def test_a_thai_file_name_zipped_by_windows_is_read() -> None:
    data = _zip({"AAAAAAA.csv": PLAN.encode()}).replace(b"AAAAAAA", "แผนงาน".encode("cp874") + b"1")

    book = read_csv_folder(data, name="d.zip")

    assert [grid.name for grid in book.grids] == ["แผนงาน1"]
    assert _said(book) == [("file-name-decoded", "แผนงาน1.csv", "windows-874")]


REFUSED = {
    "empty": (b"", "d.csv: the file is empty"),
    "unclosed quote": (b'a,b\n1,"open\n', "d.csv:2: its quotation marks"),
    "text after a quote": (b'a\n"b"c\n', "d.csv:2: its quotation marks"),
    "signs that no text has": (b"a\nb\x00c\n", "d.csv:2: it holds signs that no text has"),
    "no encoding": (b"a\n\xff\xdb\xdc\xfc\n", "d.csv:2: it is text neither in UTF-8"),
    "a workbook": (_zip({"[Content_Types].xml": b"<a/>"}), "d.csv: it is an Office file"),
    "a zip without csv": (_zip({"a.txt": b"x"}), "d.csv: it holds no .csv file"),
    "a PDF": (b"%PDF-1.7", "d.csv: it has the ending of a CSV file, but is none"),
    "a path out of the zip": (_zip({"../a.csv": b"a"}), "d.csv: its part '../a.csv' has a name"),
    "an absolute path": (_zip({"/etc/a.csv": b"a"}), "d.csv: its part '/etc/a.csv' has a name"),
    "a drive": (_zip({"C:\\a.csv": b"a"}), "d.csv: its part 'C:/a.csv' has a name"),
    "two files of one name": (_zip({"a.csv": b"a", "x/A.csv": b"a"}), "d.csv: the files"),
    "a cut zip": (_zip({"a.csv": b"a" * 999})[:-30], "d.csv: the file is cut off or damaged"),
    "a workbook inside": (_zip({"a.csv": b"PK\x03\x04"}), "d.csv/a.csv: it has the ending"),
    "a bomb": (_zip({"a.csv": b"a," * 5_000_000}), "d.csv: its part a.csv grows more than 300"),
    "too many columns": (b"," * 20_000, "d.csv:1: it has more than 16384 columns"),
    "an endless field": (b'"' + b"x" * 200_000 + b'"', "d.csv:1: its quotation marks or fields"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_one_line(case: str) -> None:
    data, message = REFUSED[case]

    with pytest.raises(SourceError) as caught:
        read_csv_folder(data, name="d.csv")

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_empty_folder_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_csv_folder(tmp_path / "none.csv")
    with pytest.raises(SourceError, match=r"it holds no \.csv file"):
        read_csv_folder(tmp_path)


def test_the_limits_hold() -> None:
    small = Limits(rows=3, cells=4, text=2, file_bytes=1_000)

    with pytest.raises(SourceError, match="more than 3 rows"):
        read_csv_folder(b"a\nb\nc\nd\n", name="a.csv", limits=small)
    with pytest.raises(SourceError, match="more than 4 cells"):
        read_csv_folder(b"a,b\nc,d\ne\n", name="a.csv", limits=small)
    with pytest.raises(SourceError, match="larger than 0 MB"):
        read_csv_folder(b"a" * 1001, name="a.csv", limits=small)
    book = read_csv_folder(b"abc\n", name="a.csv", limits=small)
    assert (_texts(book)["a"][1, 1], _said(book)) == (
        "ab",
        [("text-cut", "a", "1", "1", "3", "2")],
    )
