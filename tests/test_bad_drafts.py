"""Files that no check can read: one line on stderr, the file unchanged, time and memory bounded."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from small_draft import sheets, write_csv_draft, write_draft
from somswd_kg.api import KnowledgeGraph
from somswd_kg.checking import check_file
from somswd_kg.cli import main
from somswd_kg.errors import QueryTimeout, SourceError
from somswd_kg.processes import Job, Recipe, run_killable

SECONDS = 60.0
"""What one file may take on a machine that does other things too."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Run:
    """What a run gave."""

    status: object
    out: str
    err: list[str]


@pytest.fixture
def check(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run `somswd-kg validate` in this process, beside the graph that is loaded already."""
    monkeypatch.setattr(KnowledgeGraph, "load", classmethod(lambda cls, project=None: kg))

    def run(*arguments: str | Path) -> Run:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
        monkeypatch.setattr(sys, "argv", ["somswd-kg", "validate", *map(str, arguments)])
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as end:
                main()
        out, err = (
            stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
            for stream in streams
            if not stream.flush()  # type: ignore[func-returns-value]
        )
        return Run(end.value.code, out, err.splitlines())

    return run


def refused(run: Run) -> str:
    """Give the one line of an error; a hint may stand under it."""
    assert (run.status, run.out) == (2, "")
    error, *hints = run.err
    assert error.startswith("error: ")
    assert [line[:6] for line in hints] in ([], ["hint: "])
    return error


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def changed(folder: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the small draft with one part changed."""
    files = parts(write_draft(folder / "draft.xlsx"))
    files[part] = change(files[part])
    return pack(folder / "bad.xlsx", files)


def encrypted(folder: Path) -> Path:
    """An encrypted workbook is an OLE compound file with a stream of this name."""
    path = folder / "bad.xlsx"
    path.write_bytes(_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    return path


def truncated(folder: Path) -> Path:
    data = write_draft(folder / "draft.xlsx").read_bytes()
    path = folder / "bad.xlsx"
    path.write_bytes(data[: len(data) // 2])
    return path


def renamed(name: str, data: bytes) -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return build


def bomb(folder: Path) -> Path:
    """One part that is 1 GB when it is unpacked, and 1 MB before."""
    files = parts(write_draft(folder / "draft.xlsx"))
    path = folder / "bad.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(1024):
                part.write(b" " * 1024 * 1024)
            part.write(b"</sheetData></worksheet>")
    return path


def entities(folder: Path) -> Path:
    """Entities that hold entities: a billion of them when they are expanded."""
    declared = '<!ENTITY e0 "lol">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
    )
    head = f"<!DOCTYPE worksheet [{declared}]>".encode()
    return changed(
        folder,
        "xl/worksheets/sheet1.xml",
        lambda data: head + data.replace(b"<sheetData>", b"<sheetData>&e9;", 1),
    )


def external(folder: Path) -> Path:
    """An entity that would show a file of this machine."""
    secret = folder / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    head = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    return changed(
        folder,
        "xl/worksheets/sheet1.xml",
        lambda data: head + data.replace(b"somswd-2026-2030", b"&x;"),
    )


def path_trick(name: str) -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        files = {f"{sheet}.csv": b"a,b\n1,2\n" for sheet in sheets()}
        return pack(folder / "bad.zip", {name: b"a,b\n1,2\n", **files})

    return build


def many_files(folder: Path) -> Path:
    return pack(folder / "bad.zip", {f"{n}.csv": b"" for n in range(20_000)})


def folder_without_csv(folder: Path) -> Path:
    path = folder / "bad"
    path.mkdir()
    (path / "letter.docx").write_bytes(b"PK\x03\x04")
    return path


UNREADABLE: dict[str, Callable[[Path], Path]] = {
    "encrypted": encrypted,
    "truncated": truncated,
    "an empty file": renamed("bad.xlsx", b""),
    "an old workbook under the new name": renamed("bad.xlsx", _OLE + bytes(2048)),
    "a PDF under the name of a workbook": renamed("bad.xlsx", b"%PDF-1.7\n" + bytes(600)),
    "a text under the name of a workbook": renamed("bad.xlsx", "รหัส,ชื่อ\n".encode()),
    "a zip that is no workbook": lambda folder: pack(folder / "bad.xlsx", {"a.txt": b"a"}),
    "a zip that holds nothing": lambda folder: pack(folder / "bad.zip", {}),
    "a zip of other things": lambda folder: pack(folder / "bad.zip", {"a.txt": b"a"}),
    "a zip bomb": bomb,
    "entities in entities": entities,
    "an entity that is a file": external,
    "XML that ends early": lambda folder: changed(
        folder, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2]
    ),
    "a path that leaves the zip": path_trick("../../evil.csv"),
    "a path from the root": path_trick("/etc/evil.csv"),
    "a path of Windows": path_trick("C:\\evil.csv"),
    "a path of Windows that leaves the zip": path_trick("..\\evil.csv"),
    "twenty thousand files": many_files,
    "a folder without CSV": folder_without_csv,
    "one CSV file": renamed("bad.csv", b"a,b\n"),
    "a file that is not there": lambda folder: folder / "none.xlsx",
    "Turtle that is none": renamed("bad.ttl", b"@prefix : <urn:x:> .\n:a :b"),
    "Turtle that is no text": renamed("bad.ttl", b"\xff\xfe\x00\x01"),
    "JSON-LD that is none": renamed("bad.jsonld", b"{"),
    "RDF/XML with a doctype": renamed(
        "bad.rdf",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&x;</r:RDF>',
    ),
    "an unknown ending": renamed("bad.pages", b"abc"),
    "no ending": renamed("bad", b"abc"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_line(
    case: str, check: Callable[..., Run], tmp_path: Path
) -> None:
    path = UNREADABLE[case](tmp_path)
    before = path.read_bytes() if path.is_file() else None
    start = time.monotonic()

    error = refused(check(path))

    assert path.name in error
    assert time.monotonic() - start < SECONDS
    assert (path.read_bytes() if path.is_file() else None) == before
    assert "secret" not in error.replace(str(tmp_path), "")


# -- what can be read, though it is odd: findings ---------------------------------------------


def told(run: Run) -> str:
    assert (run.status, run.err) == (1, [])
    return run.out


def test_macros_are_never_run_and_the_draft_is_checked(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    files = parts(write_draft(tmp_path / "draft.xlsx"))
    files["xl/vbaProject.bin"] = _OLE + bytes(512)
    types = files["[Content_Types].xml"]
    files["[Content_Types].xml"] = types.replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    ).replace(
        b"</Types>",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )
    path = pack(tmp_path / "bad.xlsm", files)

    text = told(check(path, "--lang", "th"))

    assert "IND-02" in text


def test_a_workbook_that_says_a_million_columns_is_read_as_it_is(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    path = changed(
        tmp_path,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b'<dimension ref="A1:E2"', b'<dimension ref="A1:BDWGN1048576"'),
    )
    assert b"BDWGN" in parts(path)["xl/worksheets/sheet1.xml"]

    assert "IND-02" in told(check(path))


def test_a_million_columns_that_are_filled_are_refused_or_told_of(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    folder = write_csv_draft(tmp_path / "wide")
    (folder / "เป้าหมาย.csv").write_text("," * 1_000_000 + "x\n", encoding="utf-8", newline="")
    start = time.monotonic()

    run = check(folder)

    assert time.monotonic() - start < SECONDS
    assert run.status in (1, 2) and len(run.err) <= 2


def test_a_cell_of_the_greatest_length_is_told_of_and_not_printed_whole(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    content = sheets()
    content["ตัวชี้วัด"][1][1] = "ก" * 32_767
    content["ค่าเป้าหมายรายปี"][1][1] = "9" * 32_767
    path = write_draft(tmp_path / "long.xlsx", content)
    start = time.monotonic()

    run = check(path, "--lang", "th")

    assert time.monotonic() - start < SECONDS
    assert (run.status, run.err) == (1, [])
    assert len(run.out) < 32_767


def test_text_that_looks_like_a_formula_never_becomes_one(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    content = sheets()
    names = [f"MARK{number}" for number in range(4)]
    content["เป้าหมาย"][1:] = [[f"2.{n}", "ก", name, name] for n, name in enumerate(names)]
    files = parts(write_draft(tmp_path / "draft.xlsx", content))
    for name, sign in zip(names, "=+-@", strict=True):
        assert name.encode() in b"".join(files.values())
        text = f"{sign}HYPERLINK(1)".encode()
        files = {part: data.replace(name.encode(), text) for part, data in files.items()}
    path = pack(tmp_path / "signs.xlsx", files)
    formats = [word for name in ("xlsx", "comments", "csv") for word in ("--format", name)]

    run = check(path, "--out", tmp_path / "out", *formats)

    assert run.status == 1
    for book in (tmp_path / "out").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(book):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}  # no "f"
            assert not [c for c in cells if c.hyperlink and not c.hyperlink.location]
    table = (tmp_path / "out" / "signs-findings.csv").read_text(encoding="utf-8-sig")
    assert "HYPERLINK(1)" in table
    for sign in "=+-@":
        assert f",{sign}HYPERLINK" not in table and f'"{sign}HYPERLINK' not in table


# -- the options that go with a draft -----------------------------------------------------------


@pytest.mark.parametrize("text", ["{", "[]", '{"findings": [{}]}'])
def test_a_baseline_that_is_no_report_is_one_line(
    check: Callable[..., Run], tmp_path: Path, text: str
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(text, encoding="utf-8")

    error = refused(check(write_draft(tmp_path / "draft.xlsx"), "--baseline", earlier))

    assert "earlier.json" in error


def test_a_baseline_that_is_not_there_is_one_line(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    draft = write_draft(tmp_path / "draft.xlsx")

    assert "none.json" in refused(check(draft, "--baseline", tmp_path / "none.json"))
    assert "no plan 'none'" in refused(check(draft, "--against", "none"))


@pytest.mark.parametrize("name", ["comments", "xlsx"])
def test_a_workbook_needs_a_folder_to_stand_in(
    check: Callable[..., Run], tmp_path: Path, name: str
) -> None:
    draft = write_draft(tmp_path / "draft.xlsx")

    assert "--out DIR" in refused(check(draft, "--format", name))


def test_a_report_of_one_run_is_the_baseline_of_the_next(
    check: Callable[..., Run], tmp_path: Path
) -> None:
    draft = write_draft(tmp_path / "draft.xlsx")
    folder = tmp_path / "out"
    first = check(draft, "--out", folder, "--format", "json")

    again = check(draft, "--baseline", folder / "draft-findings.json", "--lang", "th")

    assert first.err == [str(folder / "draft-findings.json")]
    assert "พบใหม่ 0 รายการ" in again.out.splitlines()[1]
    assert "แก้ไขแล้ว 0 รายการ" in again.out.splitlines()[1]


# -- apart --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_file_is_checked_in_a_process_of_its_own(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = write_draft(tmp_path / "draft.xlsx")

    apart = check_file(path, "consultation", "th")

    assert apart == kg.validate(path, stage="consultation", lang="th")


@pytest.mark.slow
def test_a_check_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(QueryTimeout, match=r"the check was stopped after 0\.01 s"):
        check_file(write_draft(tmp_path / "draft.xlsx"), seconds=0.01)


@pytest.mark.slow
def test_what_cannot_be_read_is_said_from_the_process(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"bad\.xlsx"):
        check_file(truncated(tmp_path))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such limit there")
def test_a_process_has_no_more_memory_than_it_is_given(tmp_path: Path) -> None:
    """What is given is enough to load the graph, and not for what is asked of it."""
    query = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    job = Job(Recipe("load"), "sparql", (query,), what="check", megabytes=400)
    start = time.monotonic()

    with pytest.raises(Exception, match=r"process died|more memory"):
        run_killable(job, 60)

    assert time.monotonic() - start < 60
