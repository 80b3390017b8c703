"""Read the `#+` lines at the head of a question file; what is not understood is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from somswd_kg.errors import HeaderError
from somswd_kg.language import NO_TEXT, Text
from somswd_kg.questions.header import Answerable, Column, Header, Parameter, ValueType, stem

__all__ = ["read_header"]

_TEXTS = ("title", "question", "why", "note", "problem", "fix")
_SINGLE = ("id", "tags", "sort", "answers", "severity")
_REPEATED = ("param", "column")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_PARAMETER_TYPE = re.compile(r"(plan|element|body|code:[a-z][a-z0-9-]*)\Z")
_SEVERITIES = ("violation", "warning", "info")
_HYGIENE_COLUMNS = ("entity", "property", "value")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    key: str
    name: str
    value: str


def _lines(text: str, path: str) -> Iterator[_Line]:
    body_at = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            if line.strip() and not line.startswith("#"):
                body_at = body_at or number
            continue
        if body_at:
            what = f"a header line stands after the query, which begins in line {body_at}"
            raise HeaderError(what, path=path, line=number, hint="move it to the head of the file")
        head, colon, value = line[2:].partition(":")
        key, _, name = head.strip().partition(" ")
        if not colon or not value.strip():
            what = f"'{line.strip()}' is no 'key: value'"
            raise HeaderError(what, path=path, line=number, hint="write '#+ key: value'")
        yield _Line(number, key, name.strip(), value.strip())


def read_header(text: str, path: str = "") -> Header:
    """Read the `#+` lines of a question file.

    Args:
        text: The whole file.
        path: Its name, for errors.

    Raises:
        HeaderError: A line is not understood, a key is unknown, double or missing.

    >>> try:
    ...     read_header("#+ colour: red", "q.rq")
    ... except HeaderError as error:
    ...     print(error.headline)
    q.rq:1: unknown key 'colour'
    """
    return _Reader(path).read(text)


class _Reader:
    """Collect the lines of one header and complain with file and line."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.single: dict[str, str] = {}
        self.at: dict[str, int] = {}
        self.parameters: list[Parameter] = []
        self.columns: list[Column] = []

    def fail(self, what: str, line: int, hint: str = "") -> HeaderError:
        return HeaderError(what, path=self.path, line=line, hint=hint)

    def read(self, text: str) -> Header:
        for line in _lines(text, self.path):
            self.take(line)
        return self.whole()

    def take(self, line: _Line) -> None:
        base, _, language = line.key.partition("@")
        if line.key in _REPEATED:
            self.take_named(line)
            return
        known = line.key in _SINGLE or (base in _TEXTS and language in ("en", "th"))
        if not known or line.name:
            words = sorted([*_SINGLE, *_REPEATED, *(f"{key}@en/@th" for key in _TEXTS)])
            shown = f"{line.key} {line.name}".strip()
            raise self.fail(
                f"unknown key '{shown}'", line.number, f"write one of {', '.join(words)}"
            )
        if line.key in self.single:
            first = self.at[line.key]
            raise self.fail(f"'{line.key}' is given twice, first in line {first}", line.number)
        self.single[line.key] = line.value
        self.at[line.key] = line.number

    def take_named(self, line: _Line) -> None:
        if not _NAME.match(line.name):
            hint = f"write '#+ {line.key} NAME: type; English; Thai'"
            raise self.fail(f"'{line.name}' is no name for a {line.key}", line.number, hint)
        taken = {item.name for item in (self.parameters if line.key == "param" else self.columns)}
        if line.name in taken:
            raise self.fail(f"{line.key} '{line.name}' is given twice", line.number)
        self.at[f"{line.key} {line.name}"] = line.number
        kind, *texts = (part.strip() for part in line.value.split(";"))
        if len(texts) not in (0, 2):
            hint = "write 'type; English; Thai', without a further semicolon"
            raise self.fail("a text stands in one language alone", line.number, hint)
        text = Text(*texts)
        if line.key == "param":
            self.parameters.append(self.parameter(line, kind, text))
        else:
            self.columns.append(Column(line.name, self.value_type(line, kind), text))

    def parameter(self, line: _Line, kind: str, text: Text) -> Parameter:
        kind, comma, word = (part.strip() for part in kind.partition(","))
        if comma and word != "optional":
            raise self.fail(
                f"'{word}' after the type is not understood", line.number, "write optional"
            )
        if not _PARAMETER_TYPE.match(kind):
            kind = self.value_type(line, kind)
        if not text:
            hint = "add '; English; Thai' after the type"
            raise self.fail(f"nothing says what parameter '{line.name}' is for", line.number, hint)
        return Parameter(line.name, kind, bool(comma), text)

    def value_type(self, line: _Line, word: str) -> ValueType:
        if word in tuple(ValueType):
            return ValueType(word)
        hint = f"write one of {', '.join(ValueType)}"
        if line.key == "param":
            hint += ", plan, element, body, code:SCHEME"
        raise self.fail(f"unknown type '{word}' of {line.key} '{line.name}'", line.number, hint)

    # -- the header as a whole ------------------------------------------------------------

    def text(self, key: str, *, wanted: bool) -> Text:
        parts = {language: self.single.get(f"{key}@{language}", "") for language in ("en", "th")}
        for language, value in parts.items():
            if not value and (wanted or any(parts.values())):
                raise self.fail(
                    f"'{key}@{language}' is missing", 1, f"add '#+ {key}@{language}: …'"
                )
        return Text(**parts)

    def word(self, key: str, words: tuple[str, ...]) -> str:
        value = self.single.get(key, "")
        if value and value not in words:
            hint = f"write one of {', '.join(words)}"
            raise self.fail(f"'{value}' is no value of '{key}'", self.at[key], hint)
        return value

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.single.get(key, "").split(",") if part.strip())

    def whole(self) -> Header:
        severity = self.word("severity", _SEVERITIES)
        answers = self.word("answers", tuple(Answerable))
        hygiene = bool(severity)
        if bool(answers) == hygiene:
            what = "a header has either 'answers' (a question) or 'severity' (a hygiene query)"
            raise self.fail(what, 1, "add '#+ answers: yes'")
        columns = tuple(self.columns)
        if hygiene and not columns:
            columns = tuple(Column(n, ValueType.STRING, NO_TEXT) for n in _HYGIENE_COLUMNS)
        if not columns or (hygiene and tuple(c.name for c in columns) != _HYGIENE_COLUMNS):
            what = (
                "a hygiene query has the columns entity, property, value"
                if hygiene
                else "no column"
            )
            raise self.fail(what, 1, "add '#+ column NAME: type' for each variable of SELECT")
        sort = self.names("sort")
        stems = {stem(column.name) for column in columns} | {column.name for column in columns}
        for name in sort:
            if name not in stems:
                raise self.fail(f"'sort' names '{name}', which is no column", self.at["sort"])
        return Header(
            title=self.text("title", wanted=True),
            question=self.text("question", wanted=not hygiene),
            id=self.single.get("id", ""),
            tags=self.names("tags"),
            parameters=tuple(self.parameters),
            columns=columns,
            sort=sort,
            answers=Answerable(answers) if answers else None,
            why=self.text("why", wanted=answers in (Answerable.PARTLY, Answerable.NO)),
            note=self.text("note", wanted=False),
            severity=severity,
            problem=self.text("problem", wanted=hygiene),
            fix=self.text("fix", wanted=hygiene),
        )
