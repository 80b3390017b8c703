"""The command line: every command is loaded when it is used and not before."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from itertools import pairwise
from typing import NoReturn

import click

from somswd_kg import __version__

__all__ = ["COMMANDS", "command", "main"]

COMMANDS = {
    "ask": "Ask a question of the catalogue.",
    "compact": "Rebuild a store on disk without what replaced graphs have left behind.",
    "convert": "Write a draft in another format, with lasting addresses.",
    "coverage": "Say which target groups are named at which level.",
    "evidence": "Hold every quote against the text that it was taken from.",
    "export": "Write the whole graph to a file.",
    "questions": "List the questions that can be asked.",
    "shacl": "Validate data against shapes, as the W3C's SHACL says.",
    "show": "Show everything that is said of one thing, and which file says so.",
    "sparql": "Run a SPARQL query that only reads.",
    "template": "Make a workbook for a plan to be filled in.",
    "validate": "Check the shipped graph, or a draft together with it.",
}
"""One line of help for each command; a test holds it against the commands' own."""

_OBJECTS = 100_000
"""How many objects are made before rubbish is looked for: a command makes many, and ends soon."""

_TURN = 0.0005
"""Seconds after which a thread lets another go on: queries run beside what gets ready to tell."""

_EPILOG = "Example: somswd-kg ask target-group-coverage --lang th"


class LazyGroup(click.Group):
    """Know the names and help of commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(f"somswd_kg.cli.{cmd_name}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which one is nearest."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f"; did you mean {near[0]}?" if near else "; somswd-kg --help lists them all"
            raise click.UsageError(f"there is no command '{name}'{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(
    cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="somswd-kg", message="%(prog)s %(version)s")
def command() -> None:
    """Check, question and hand on a knowledge graph of ASEAN policy plans."""


def main() -> None:
    """Run the command line: exit 0, 1 for a finding, 2 when it could not run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        status = _run()
        sys.stdout.flush()
        gc.disable()
        gc.freeze()  # the process ends: nothing that it holds is worth looking through
    except BrokenPipeError:
        _let_go()
    except OSError as error:  # the disk is full, the terminal is gone
        _drop_output()
        reason = error.strerror or str(error)
        what = "the output cannot be written" if error.filename is None else str(error.filename)
        sys.exit(_fail(f"{what}: {reason}", ""))
    else:
        sys.exit(status)


def _let_go() -> NoReturn:
    """End in silence: the reader of our pipe has had enough, which is no finding and no failure."""
    _drop_output()
    sys.exit(0)


def _drop_output() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


def _run() -> int:
    from somswd_kg.errors import SomswdError

    gc.set_threshold(_OBJECTS)
    sys.setswitchinterval(_TURN)
    try:
        status = command.main(standalone_mode=False, prog_name="somswd-kg")
    except SystemExit as end:  # click's own end when a pipe is broken
        raise BrokenPipeError from end
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.Abort:
        return _fail("it was interrupted", "")
    except click.UsageError as error:
        what, _, hint = error.format_message().partition("; ")
        usage = error.ctx.command_path if error.ctx else "somswd-kg"
        return _fail(what.rstrip("."), hint or f"{usage} --help says how it is used")
    except click.ClickException as error:
        return _fail(error.format_message(), "")
    except SomswdError as error:
        return _fail(error.headline, error.hint)
    return status if isinstance(status, int) else 0


def _fail(what: str, hint: str) -> int:
    error, advice = "error", "hint"
    if "--lang=th" in sys.argv or ("--lang", "th") in pairwise(sys.argv):
        from somswd_kg.language import Language
        from somswd_kg.reports.errors import error_text

        error, advice = "ดำเนินการไม่สำเร็จ", "แนวทางแก้ไข"
        what, hint = error_text(what, Language.TH), error_text(hint, Language.TH)
    click.echo(f"{error}: {what}", err=True)
    if hint:
        click.echo(f"{advice}: {hint}", err=True)
    return 2
