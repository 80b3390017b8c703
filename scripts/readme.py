"""Write what the commands shown in README.md print now; a line `…` keeps standing for any lines.

    python scripts/readme.py

Read the difference before it is committed: the test holds the README to the commands, it does not
know whether the commands are right.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
MORE = "…"


def printed(command: str, folder: str) -> list[str]:
    """Run a command in an empty folder."""
    words = [sys.executable, "-m", "somswd_kg.cli", *shlex.split(command)[1:]]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=folder)
    return done.stdout.rstrip("\n").split("\n") if done.stdout else []


def shown(told: list[str], now: list[str]) -> list[str]:
    """Cut what is printed as what is told was cut: so many lines at its head and its tail."""
    if MORE not in told:
        return now if told else []
    head = told.index(MORE)
    tail = len(told) - head - 1
    return [*now[:head], MORE, *(now[-tail:] if tail else [])]


def refreshed(block: str, folder: str) -> str:
    """Rewrite one block of commands with their outputs."""
    parts = re.split(r"(?m)^(?=\$ )", block)
    written = [parts[0]]
    for part in parts[1:]:
        line, *told = part.rstrip("\n").split("\n")
        command = line[2:].partition("  #")[0].strip()
        now = printed(command, folder) if command.startswith("somswd-kg ") else told
        written.append("\n".join([line, *shown(told, now)]) + "\n")
    return "".join(written)


def main() -> int:
    """Rewrite the README."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        new = BLOCK.sub(lambda found: refreshed(found[1], folder), text)
    README.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
