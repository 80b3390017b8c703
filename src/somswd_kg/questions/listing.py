"""The catalogue and free queries as tables."""

from __future__ import annotations

from collections.abc import Sequence

from somswd_kg.language import NO_TEXT, Text
from somswd_kg.ports import Solutions
from somswd_kg.questions.catalogue import Catalogue, Question
from somswd_kg.questions.header import Answerable, Column, ValueType
from somswd_kg.questions.table import Row, Table
from somswd_kg.terms import Literal, NamedNode

__all__ = ["catalogue_table", "solutions_table"]

ANSWERED = {
    Answerable.YES: Text("yes", "ได้"),
    Answerable.PARTLY: Text("partly", "ได้บางส่วน"),
    Answerable.NO: Text("no", "ยังไม่ได้"),
}
"""What to say of whether the shipped graph answers a question."""


def catalogue_table(catalogue: Catalogue, words: Sequence[str] = ()) -> Table:
    """List the questions that hold all the words in their name, id, tags or texts."""
    wanted = [word.casefold() for word in words]
    rows = [
        _row(question)
        for question in catalogue.answers
        if all(word in _searched(question) for word in wanted)
    ]
    text = ValueType.STRING
    return Table(
        name="questions",
        title=Text("Questions", "คำถามที่ระบบตอบได้"),
        columns=(
            Column("name", text, Text("name", "ชื่อ")),
            Column("id", text, Text("id", "รหัส")),
            Column("question_en", text, Text("question", "คำถาม")),
            Column("question_th", text, Text("question", "คำถาม")),
            Column("parameters", text, Text("parameters", "ค่าที่ระบุได้")),
            Column("answered_en", text, Text("answered", "ตอบได้หรือไม่")),
            Column("answered_th", text, Text("answered", "ตอบได้หรือไม่")),
        ),
        rows=tuple(rows),
    )


def _searched(question: Question) -> str:
    header = question.header
    texts = (header.title, header.question)
    words = [question.name, header.id, *header.tags, *(f"{text.en} {text.th}" for text in texts)]
    return " ".join(words).casefold()


def _row(question: Question) -> Row:
    header = question.header
    takes = " ".join(
        f"[{parameter.name}]" if parameter.optional else parameter.name
        for parameter in header.parameters
    )
    answered = ANSWERED[header.answers] if header.answers else NO_TEXT
    return tuple(
        Literal(text)
        for text in (
            question.name,
            header.id,
            header.question.en,
            header.question.th,
            takes,
            answered.en,
            answered.th,
        )
    )


def solutions_table(solutions: Solutions) -> Table:
    """Make a table of the answer to a query of one's own: every column under its own name."""
    rows = tuple(tuple(row) for row in solutions)
    columns = tuple(
        Column(name, _kind(rows, position), Text(name, name))
        for position, name in enumerate(solutions.variables)
    )
    return Table("sparql", Text("Answer", "คำตอบ"), columns, rows, paired=False)


def _kind(rows: Sequence[Row], position: int) -> ValueType:
    first = next((row[position] for row in rows if row[position] is not None), None)
    return ValueType.IRI if isinstance(first, NamedNode) else ValueType.STRING
