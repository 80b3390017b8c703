"""The README tells the truth: each command shown prints what is shown, and each is shown."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from somswd_kg.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MORE = "…"


def blocks(kind: str) -> list[str]:
    return [
        body for name, body in BLOCK.findall(README.read_text(encoding="utf-8")) if name == kind
    ]


def shown() -> Iterator[tuple[str, str]]:
    """Give each command with the output that stands under it."""
    for body in blocks("console"):
        command = ""
        lines: list[str] = []
        for line in body.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, "\n".join(lines)
                command, lines = line[2:].partition("  #")[0].strip(), []
            else:
                lines.append(line)
        if command:
            yield command, "\n".join(lines)


COMMAND_LINES = [(line, output) for line, output in shown() if line.startswith("somswd-kg ")]


def agrees(printed: str, told: str) -> bool:
    """Compare, where a line that is `…` alone stands for any lines."""
    parts = [re.escape(part) for part in re.split(rf"(?m)^{MORE}$\n?", told.rstrip() + "\n")]
    return re.fullmatch("(?:.*\n)*".join(parts), printed.rstrip() + "\n") is not None


@pytest.mark.parametrize(
    ("line", "told"), COMMAND_LINES, ids=[line.replace(" ", "_") for line, _ in COMMAND_LINES]
)
def test_a_command_prints_what_is_shown(
    line: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in (ROOT / "examples").glob("*"):
        if path.is_file():
            shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", shlex.split(line))

    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr().out

    assert ended.value.code in (0, 1)
    if told:
        assert agrees(printed, told), printed


def test_every_command_is_shown() -> None:
    text = README.read_text(encoding="utf-8")

    assert [name for name in COMMANDS if f"somswd-kg {name}" not in text] == []


def test_the_library_does_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = "\n".join(blocks("pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README", str(README), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=lambda _: None)

    assert test.examples != []
    assert runner.summarize(verbose=False).failed == 0


def test_make_and_the_folders_that_are_named_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)`", text))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)

    assert [name for name in targets if f"\n{name}:" not in makefile] == []
    assert [link for link in links if not (ROOT / link).exists()] == []
