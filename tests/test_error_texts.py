"""What goes wrong is said in Thai to whoever asks in Thai."""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from somswd_kg.cli import command
from somswd_kg.formats.xlsx import recognise
from somswd_kg.language import Language, has_thai
from somswd_kg.reports.errors import error_text, known_errors

SOURCE = Path(__file__).parents[1] / "src" / "somswd_kg"
ERRORS = {
    *("SourceError", "QueryError", "QueryTimeout", "ParameterError", "StoreError"),
    *("EndpointError", "EmptyRunError", "UsageError", "error", "_error"),
}
IN_ENGLISH = (
    "engines.py",
    "findings/baseline.py",
    "formats/rdflib_graph.py",
    "project.py",
    "questions/reading.py",
    "shacl/",
    "stores/constructing.py",
)
"""What only those meet who write shapes, question files or programs."""

IN_THAI = ("shacl/sparql.py", "shacl/tokens.py")
OF_CLICK = {
    "Missing argument '{}'": "template",
    "Missing option {}": "shacl",
    "No such option '{}'": "export --lang",
    "No such option '{}'. Did you mean '{}'?": "coverage --plan",
    "No such option '{}'. (Did you mean one of: {}?)": "validate --formt",
    "Option '{}' requires an argument": "validate --timeout",
    "Got unexpected extra argument ({})": "validate one two",
    "Got unexpected extra arguments ({})": "validate one two three",
    "Invalid value for '{}': {} is not one of {}": "validate --lang fr",
    "Invalid value for '{}': {} is not a valid float": "validate --timeout soon",
}
"""What click says, and to what."""

MADE = {
    "the output cannot be written: {}": "the output cannot be written",
    "somswd-kg --help lists them all": "somswd-kg --help lists them all",
    "{} --help says how it is used": "--help says how it is used",
    "it was interrupted": "it was interrupted",
    **{f"'{{}}' is no {kind}": f'"{kind}"' for kind in ("year", "date", "boolean")},
    **{f"'{{}}' is no {kind}": f'"{kind}"' for kind in ("integer", "decimal")},
    "check that this is the address of a SPARQL 1.1 endpoint, and what it says": "and what it says",
    "it answers {}": "it answers ",
    "it answers with {}": "it answers with ",
    "another process": "another process",
}
"""What is put together on the way to an error, and a piece of it that the sources have."""

REASONS = [
    *(errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EEXIST),
    *(errno.ENAMETOOLONG, errno.ENOSPC, errno.EROFS, errno.ECONNREFUSED),
]
BY_PARTS = {"there is no command '{}'{}", "{}: '{}' is no {}", "{}: {}"}
"""Texts that the table has in parts, or by what follows the colon."""

VALUES = {
    *("thing", "plan", "version", "element", "body", "framework", "it is no UTF-8"),
    *(os.strerror(reason) for reason in REASONS),
}
"""What stands in other texts for what differs."""


@cache
def template(text: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, text.split("{}"))), re.DOTALL)


def texts(node: ast.expr | None, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Give the texts that an expression may stand for, with `{}` where they differ."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts
            )
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one, names)
            yield from texts(other, names)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from texts(part, names)
        case ast.Dict(values=parts):
            for part in parts:
                yield from texts(part, names)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            yield from texts(ast.Name(id=name), names)
        case ast.Name(id=name):
            rest = {other: found for other, found in names.items() if other != name}
            for value in names.get(name, []):
                yield from texts(value, rest)


def assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    names: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).append(node.value)
    return names


def raised(file: Path) -> Iterator[str]:
    """List what the errors of a module say, and their hints."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    everywhere = assigned(tree.body)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = everywhere | assigned(ast.walk(function))
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "id", getattr(node.func, "attr", "")) in ERRORS:
                hints = (word.value for word in node.keywords if word.arg == "hint")
                for part in (*node.args[:1], *hints):
                    yield from texts(part, names)


def modules(all_of_them: bool = False) -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*.py")):
        name = file.relative_to(SOURCE).as_posix()
        if all_of_them or name in IN_THAI or not name.startswith(IN_ENGLISH):
            yield file


def said() -> Iterator[str]:
    """List what people meet: of click's own errors the two parts, since they are shown apart."""
    for file in modules():
        for text in raised(file):
            yield from text.split("; ") if file.parent.name == "cli" else (text,)
    for rows in (recognise._OLE_STREAMS, recognise._MARKS, recognise._PARTS):
        for _, what, hint in rows:
            yield from (what, hint)


def test_every_error_that_people_meet_has_a_thai_text() -> None:
    wanted = {text for text in said() if text.strip("{}: ")} - BY_PARTS
    wanted = {text for text in wanted if not text.startswith("somswd-kg sparql")}  # to be typed
    known = list(known_errors())

    missing = {
        text
        for text in wanted
        if text not in known and not any(template(text).fullmatch(other) for other in known)
    }

    assert len(wanted) > 150
    assert not missing


def test_no_thai_text_is_of_an_error_that_is_gone() -> None:
    every = {text for file in modules(all_of_them=True) for text in raised(file)} | set(said())
    shown = {part for text in every for part in text.split("; ")} | every
    source = "".join(file.read_text(encoding="utf-8") for file in modules(all_of_them=True))

    gone = {
        text
        for text in known_errors()
        if text not in shown | VALUES | {*OF_CLICK, *MADE}
        and not any(template(other).fullmatch(text) for other in shown if other.strip("{}: "))
    }

    assert not gone
    assert not [text for text, piece in MADE.items() if piece not in source]


@pytest.mark.parametrize(("english", "words"), OF_CLICK.items())
def test_what_click_says_is_known(english: str, words: str) -> None:
    with pytest.raises(click.UsageError) as raised:
        command.main(words.split(), prog_name="somswd-kg", standalone_mode=False)
    text = raised.value.format_message().rstrip(".")

    assert template(english).fullmatch(text)
    assert error_text(text, Language.TH) != text
    assert english in known_errors()


@pytest.mark.parametrize("english", known_errors())
def test_a_thai_text_has_all_that_differs(english: str) -> None:
    thai = known_errors()[english]
    holes = re.findall(r"\{\d?\*?\}", thai)
    numbers = [int(hole[1]) if hole[1].isdigit() else i for i, hole in enumerate(holes)]
    allowed = 1 if english.startswith("add {}") else 0  # what follows is English

    assert has_thai(thai)
    assert len(set(numbers)) in (english.count("{}"), english.count("{}") - allowed)


@pytest.mark.parametrize("reason", REASONS)
def test_the_reasons_of_the_system_are_known(reason: int) -> None:
    assert has_thai(error_text(f"a.csv: it cannot be read: {os.strerror(reason)}", Language.TH))
    assert os.strerror(reason) in known_errors()


def test_what_is_not_known_stays_as_it_is() -> None:
    assert error_text("a.ttl: something else", Language.TH) == "a.ttl: something else"
    assert error_text("the file is empty", Language.EN) == "the file is empty"
    assert error_text("", Language.TH) == ""


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            "validate missing.xlsx --lang th",
            ["ดำเนินการไม่สำเร็จ: missing.xlsx: ไม่พบไฟล์นี้", "แนวทางแก้ไข: โปรดตรวจสอบชื่อไฟล์"],
        ),
        (
            "ask group-dossie --lang=th",
            ["ดำเนินการไม่สำเร็จ: ไม่มีคำถามชื่อ “group-dossie”"],
        ),
        (
            "ask indicator-gaps grup=1 --lang th",
            [
                "ดำเนินการไม่สำเร็จ: คำถาม “indicator-gaps” ไม่มีเงื่อนไขชื่อ “grup”",
                "แนวทางแก้ไข: เงื่อนไขที่ระบุได้: plan",
            ],
        ),
        (
            "ask group-dossier group=woman --lang th",
            [
                "ดำเนินการไม่สำเร็จ: group: ไม่มีรหัส “woman” ในชุดรหัส target-group",
                "แนวทางแก้ไข: ท่านหมายถึง “women” ใช่หรือไม่",
            ],
        ),
        ("show goal:9 --lang th", ["ดำเนินการไม่สำเร็จ: ไม่พบรายการ “goal:9”"]),
        (
            "validate --stage late --lang th",
            [
                "ดำเนินการไม่สำเร็จ: ค่า 'late' ของ --stage ไม่ถูกต้อง โปรดเลือกอย่างใดอย่างหนึ่ง: "
                "'outline', 'consultation', 'final'",
                "แนวทางแก้ไข: ดูวิธีใช้ด้วย somswd-kg validate --help",
            ],
        ),
        (
            "template --lang th",
            [
                "ดำเนินการไม่สำเร็จ: ขาดข้อมูล FILE",
                "แนวทางแก้ไข: ดูวิธีใช้ด้วย somswd-kg template --help",
            ],
        ),
        (
            "askk --lang th",
            ["ดำเนินการไม่สำเร็จ: ไม่มีคำสั่ง “askk”", "แนวทางแก้ไข: ท่านหมายถึง “ask” ใช่หรือไม่"],
        ),
        ("validate missing.xlsx", ["error: missing.xlsx: there is no such file"]),
    ],
)
def test_the_command_line_says_what_is_wrong_in_thai(
    words: str, lines: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "somswd_kg.cli", *words.split()],
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[: len(lines)] == lines
