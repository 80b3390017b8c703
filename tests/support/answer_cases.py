"""Cases of questions: small data with the answer on it, and the answer on the shipped graph."""

from __future__ import annotations

import csv
import io
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from example import expand, shorten
from somswd_kg.language import Language
from somswd_kg.questions.table import Row, Table
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import Literal, NamedNode, Term

CASES = Path(__file__).resolve().parent.parent / "queries"
CASE_GRAPH = "urn:somswd-kg:case"
WITH = re.compile(r"# with: (.+)")
"""The first line of data that is too little by itself: the plans that it stands on."""


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """One call and its answer.

    Attributes:
        question: The question's name: the folder.
        path: The CSV file.
        values: Parameters.
        language: For the order.
        columns: Names.
        rows: Cells as they are written.
    """

    question: str
    path: Path
    values: dict[str, str]
    language: Language
    columns: list[str]
    rows: list[list[str]]

    @property
    def name(self) -> str:
        return f"{self.question}/{self.path.stem}"


def case_text(question: str) -> str:
    """Give a question's data, upon the plans that its head asks for."""
    text = (CASES / question / "data.ttl").read_text(encoding="utf-8")
    wanted = WITH.match(text)
    beneath = [name.strip() for name in wanted[1].split(",")] if wanted else []
    return "\n".join([*((CASES / name).read_text(encoding="utf-8") for name in beneath), text])


def load_case(store: EmbeddedStore, question: str) -> None:
    """Put a question's data into the graph of cases."""
    store.replace_graph(CASE_GRAPH, text=case_text(question), format="ttl")


def read_call(line: str) -> tuple[dict[str, str], Language]:
    """Read `# ask: plan=:p1 --lang th`."""
    words = shlex.split(line.removeprefix("#").strip().removeprefix("ask:"))
    language = Language.EN
    if "--lang" in words:
        at = words.index("--lang")
        language = Language(words[at + 1])
        del words[at : at + 2]
    values = dict(word.split("=", 1) for word in words)
    return {name: expand(v) if v.startswith(":") else v for name, v in values.items()}, language


def read_case(path: Path) -> AnswerCase:
    """Read one CSV file."""
    text = path.read_text(encoding="utf-8")
    values: dict[str, str] = {}
    language = Language.EN
    if text.startswith("#"):
        first, _, text = text.partition("\n")
        values, language = read_call(first)
    columns, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    return AnswerCase(path.parent.name, path, values, language, columns, rows)


def cases(kind: str) -> list[AnswerCase]:
    """List the cases on small data (`expected`) or on the shipped graph (`graph`)."""
    paths = sorted({*CASES.glob(f"*/{kind}.csv"), *CASES.glob(f"*/{kind}-*.csv")})
    return [read_case(path) for path in paths]


def cell(term: Term | None) -> str:
    """Write a term as a case does."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value)
    assert isinstance(term, Literal), f"a blank node stands in an answer: {term}"
    return term.value


def written(row: Row) -> list[str]:
    return [cell(term) for term in row]


def as_csv(table: Table, call: str = "") -> str:
    """Write an answer as a case's file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(written(row) for row in table.rows)
    return (f"{call}\n" if call else "") + out.getvalue()
