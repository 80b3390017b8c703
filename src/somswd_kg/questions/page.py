"""The page of questions, in both languages, made from their headers."""

from __future__ import annotations

from collections.abc import Iterator

from somswd_kg.language import Text
from somswd_kg.questions.catalogue import Catalogue, Question
from somswd_kg.questions.header import stem
from somswd_kg.questions.listing import ANSWERED

__all__ = ["questions_page"]

_HEAD = """\
# Questions

Made from the heads of `queries/*.rq` by `make generate`. {count} questions; `somswd-kg ask NAME`
asks one, `--lang th` in Thai. “Answered” says what the shipped graph can do.

| name | id | question | answered |
|---|---|---|---|
"""


def questions_page(catalogue: Catalogue) -> str:
    """Write the page."""
    questions = catalogue.answers
    lines = [_HEAD.format(count=len(questions)).rstrip("\n")]
    for question in questions:
        header = question.header
        answered = ANSWERED[header.answers] if header.answers else Text()
        link = f"[{question.name}](#{question.name})"
        text = _cell(header.question.en)
        lines.append(f"| {link} | {header.id} | {text} | {answered.en} |")
    for question in questions:
        lines += _section(question)
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _section(question: Question) -> Iterator[str]:
    header = question.header
    yield from ("", f"## {question.name}", "")
    yield f"{header.question.en}  "
    yield header.question.th
    for text in (header.why, header.note):
        if text:
            yield from ("", f"{text.en}  ", text.th)
    if header.parameters:
        yield from ("", "| parameter | type | what it is for | ใช้ระบุ |", "|---|---|---|---|")
        for parameter in header.parameters:
            kind = f"{parameter.type}, optional" if parameter.optional else parameter.type
            texts = f"{_cell(parameter.text.en)} | {_cell(parameter.text.th)}"
            yield f"| `{parameter.name}` | {kind} | {texts} |"
    yield from ("", "| column | type | heading | หัวตาราง |", "|---|---|---|---|")
    shown: set[str] = set()
    for column in header.columns:
        base = stem(column.name)
        if base != column.name and base in shown:
            continue
        shown.add(base if base != column.name else column.name)
        name = column.name if base == column.name else f"{base}_en`, `{base}_th"
        texts = f"{_cell(column.title.en)} | {_cell(column.title.th)}"
        yield f"| `{name}` | {column.type} | {texts} |"
