"""The catalogue: every question by name, each held to its own header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from somswd_kg.errors import HeaderError, ParameterError, QueryError
from somswd_kg.language import Text
from somswd_kg.questions.header import Column, Header, Parameter, stem
from somswd_kg.questions.query import SelectText, read_select
from somswd_kg.questions.reading import read_header

__all__ = ["Catalogue", "Question", "read_catalogue", "read_question", "read_titles"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked.

    Attributes:
        name: The file's name without its ending.
        path: The file, for errors.
        header: What its head says.
        select: The query.
    """

    name: str
    path: str
    header: Header
    select: SelectText

    def parameter(self, name: str) -> Parameter:
        """Give a parameter by name.

        Raises:
            ParameterError: The question takes none of that name.
        """
        for parameter in self.header.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.header.parameters]
        hint = f"it takes {', '.join(names)}" if names else "it takes none"
        raise ParameterError(f"question '{self.name}' has no parameter '{name}'", hint=hint)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Hold questions by name.

    Attributes:
        questions: By name.
    """

    questions: tuple[Question, ...]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    @property
    def answers(self) -> tuple[Question, ...]:
        """List what a person asks, without the hygiene queries."""
        return tuple(q for q in self.questions if not q.header.is_hygiene)

    @property
    def hygiene(self) -> tuple[Question, ...]:
        """List the queries whose rows are findings."""
        return tuple(q for q in self.questions if q.header.is_hygiene)

    def get(self, name: str) -> Question:
        """Give a question by its name or by its id (`CQ16`).

        Raises:
            ParameterError: There is none.
        """
        for question in self.questions:
            if name == question.name or name.upper() == question.header.id.upper() != "":
                return question
        from somswd_kg.drafts.similar import nearest

        near = [n.text for n in nearest(name, (q.name for q in self.answers), least=50)]
        hint = f"did you mean {', '.join(near)}?" if near else "somswd-kg questions lists them all"
        raise ParameterError(f"there is no question '{name}'", hint=hint)


def read_titles(text: str, path: str = "") -> Mapping[str, Text]:
    """Read the usual headings of columns: lines of name, English, Thai.

    Raises:
        HeaderError: A line lacks a part, or names a column twice.
    """
    titles: dict[str, Text] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if number == 1 or not row:
            continue
        if len(row) != 3 or not all(row):
            hint = "write column,en,th"
            raise HeaderError("a heading lacks a part", path=path, line=number, hint=hint)
        if row[0] in titles:
            raise HeaderError(f"'{row[0]}' is given twice", path=path, line=number)
        titles[row[0]] = Text(row[1], row[2])
    return titles


def read_question(name: str, text: str, path: str, titles: Mapping[str, Text]) -> Question:
    """Read one file and hold the query to its header.

    Raises:
        HeaderError: The header is wrong, or does not say what the query does.
    """
    if not _NAME.match(name):
        hint = "write lower-case words joined by hyphens"
        raise HeaderError(f"'{name}' is no name for a question", path=path, hint=hint)
    header = read_header(text, path)
    try:
        select = read_select(text)
    except QueryError as error:
        raise HeaderError(error.what, path=path, line=error.line, hint=error.hint) from error
    _check_columns(header, select, text, path)
    _check_parameters(header, select, text, path)
    return Question(name, path, _titled(header, titles, text, path), select)


def read_catalogue(
    files: Iterable[tuple[str, str, str]], titles: Mapping[str, Text] | None = None
) -> Catalogue:
    """Read all questions.

    Args:
        files: Name, text and path of each.
        titles: The usual headings of columns.

    Raises:
        HeaderError: A file does not say what it should, or two share a name or an id.
    """
    questions = [read_question(n, text, path, titles or {}) for n, text, path in files]
    seen: dict[str, Question] = {}
    for question in questions:
        for key in filter(None, (question.name, question.header.id)):
            if key in seen:
                what = f"'{key}' is also {seen[key].path}"
                raise HeaderError(what, path=question.path, hint="give one of the two another")
            seen[key] = question
    return Catalogue(tuple(sorted(questions, key=lambda question: question.name)))


def _header_line(text: str, key: str, name: str) -> int:
    pattern = re.compile(rf"#\+\s*{key}\s+{re.escape(name)}\s*:")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _check_columns(header: Header, select: SelectText, text: str, path: str) -> None:
    declared = [column.name for column in header.columns]
    for name in declared:
        if name not in select.projection:
            what = f"column '{name}' is declared but not selected"
            hint = f"add ?{name} to SELECT or drop the line"
            line = _header_line(text, "column", name)
            raise HeaderError(what, path=path, line=line, hint=hint)
    for name in select.projection:
        if name not in declared:
            what = f"?{name} is selected but not declared"
            raise HeaderError(what, path=path, line=1, hint=f"add '#+ column {name}: type'")
    if tuple(declared) != select.projection:
        what = f"the columns stand in another order than in SELECT ({' '.join(select.projection)})"
        line = _header_line(text, "column", declared[0])
        raise HeaderError(what, path=path, line=line, hint="put them in the order of SELECT")


def _check_parameters(header: Header, select: SelectText, text: str, path: str) -> None:
    declared = [parameter.name for parameter in header.parameters]
    for name in declared:
        if name not in select.parameters:
            what = f"parameter '{name}' is declared, but the query has no ${name}"
            line = _header_line(text, "param", name)
            raise HeaderError(what, path=path, line=line, hint=f"write ${name} or drop the line")
    for name in select.parameters:
        if name not in declared:
            hint = f"add '#+ param {name}: type; English; Thai' or write ?{name}"
            raise HeaderError(
                f"${name} is no parameter of the header", path=path, line=1, hint=hint
            )


def _titled(header: Header, titles: Mapping[str, Text], text: str, path: str) -> Header:
    """Give each column its heading: its own, its twin's, or the usual one."""
    if header.is_hygiene:
        return header
    own = {stem(column.name): column.title for column in header.columns if column.title}
    columns: list[Column] = []
    for column in header.columns:
        base = stem(column.name)
        title = column.title or own.get(base) or titles.get(column.name) or titles.get(base)
        if not title:
            hint = f"write '#+ column {column.name}: {column.type}; English; Thai'"
            line = _header_line(text, "column", column.name)
            what = f"column '{column.name}' has no heading"
            raise HeaderError(what, path=path, line=line, hint=hint)
        columns.append(replace(column, title=title))
    return replace(header, columns=tuple(columns))
