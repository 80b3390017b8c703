"""The page of questions, in both languages, made from their headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from somswd_kg.language import Text
from somswd_kg.questions.catalogue import Catalogue, Question
from somswd_kg.questions.header import Answerable, Parameter, stem
from somswd_kg.questions.listing import ANSWERED

__all__ = ["questions_page"]

_HEAD = """\
# Questions

Made by `scripts/generate.py` from the heads of `queries/*.rq`: change those, not this page.
Ask one with `somswd-kg ask NAME parameter=value`, by its name or its number; `--lang th` answers
in Thai. What stands in brackets may be left out.

# คำถามที่ระบบตอบได้

หน้านี้สร้างจากส่วนหัวของไฟล์ใน `queries/` ถามได้โดยใช้ชื่อหรือรหัสของคำถามในคำสั่ง
`somswd-kg ask NAME parameter=value --lang th` ค่าในวงเล็บเหลี่ยมไม่จำเป็นต้องระบุ
"""
_LEADS = {
    Answerable.YES: Text(),
    Answerable.PARTLY: Text("Answered in part: ", "ตอบได้บางส่วน: "),
    Answerable.NO: Text("Not answered by the shipped graph: ", "ข้อมูลที่มียังตอบไม่ได้: "),
}
_NOTE = Text("Note: ", "หมายเหตุ: ")


def questions_page(catalogue: Catalogue) -> str:
    """Write the page of all questions as Markdown, in both languages.

    Args:
        catalogue: The questions; hygiene queries stand in a table of their own.
    """
    answers = catalogue.answers
    blocks = [_HEAD, _counts(answers), _index(answers)]
    blocks += [_section(question) for question in answers]
    if catalogue.hygiene:
        blocks.append(_hygiene(catalogue.hygiene))
    return "\n".join(blocks)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head)]
    lines += [tuple("---" for _ in lines[0]), *(tuple(row) for row in rows)]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _counts(questions: Iterable[Question]) -> str:
    found = [question.header.answers for question in questions]
    return _table(
        ("answered by the shipped graph", "ข้อมูลที่มีตอบได้หรือไม่", "questions"),
        ((text.en, text.th, str(found.count(word))) for word, text in ANSWERED.items()),
    )


def _index(questions: Iterable[Question]) -> str:
    return _table(
        ("", "name", "title", "ชื่อเรื่อง", "answered"),
        (
            (
                question.header.id,
                f"[{question.name}](#{question.name})",
                question.header.title.en,
                question.header.title.th,
                ANSWERED[question.header.answers or Answerable.NO].en,
            )
            for question in questions
        ),
    )


def _section(question: Question) -> str:
    header = question.header
    call = " ".join([f"somswd-kg ask {question.name}", *map(_argument, header.parameters)])
    lines = [f"## {question.name}", ""]
    lines += [header.question.en, "", header.question.th, "", f"`{call}`", ""]
    if header.parameters:
        rows = ((p.name, p.type, p.text.en, p.text.th) for p in header.parameters)
        lines.append(_table(("parameter", "type", "what for", "คำอธิบาย"), rows))
    columns = list(_columns(question))
    lines.append(f"Columns: {', '.join(text.en for text in columns)}.")
    lines += ["", f"คอลัมน์: {' · '.join(text.th for text in columns)}"]
    lines += _told(header.why, _LEADS[header.answers or Answerable.NO])
    lines += _told(header.note, _NOTE)
    return "\n".join(lines) + "\n"


def _argument(parameter: Parameter) -> str:
    text = f"{parameter.name}=…"
    return f"[{text}]" if parameter.optional else text


def _columns(question: Question) -> Iterator[Text]:
    seen: set[str] = set()
    for column in question.header.columns:
        if stem(column.name) not in seen:
            seen.add(stem(column.name))
            yield column.title


def _told(text: Text, lead: Text) -> list[str]:
    return ["", lead.en + text.en, "", lead.th + text.th] if text else []


def _hygiene(queries: Iterable[Question]) -> str:
    rows = (
        (q.name, q.header.severity, q.header.problem.en, q.header.problem.th, q.header.fix.en)
        for q in queries
    )
    head = ("name", "severity", "problem", "ข้อตรวจพบ", "fix")
    return "## Hygiene queries\n\n" + _table(head, rows)
