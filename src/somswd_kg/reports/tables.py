"""Tables as text: for readers in one language, for machines with every column and full IRIs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from somswd_kg.errors import ParameterError
from somswd_kg.language import Language, Text
from somswd_kg.questions.table import ReadableTable, Table, python_value
from somswd_kg.reports.layout import WIDTH, columns, fits, records, wrap
from somswd_kg.terms import BlankNode, Term

__all__ = ["TABLE_FORMATS", "render_table", "without_repeats"]

_NO_ROWS = Text("(no rows)", "(ไม่พบรายการ)")


def render_table(table: Table, format: str, language: Language) -> str:
    """Write a table; `table` and `md` are for readers, `csv` and `json` hold everything."""
    writer = TABLE_FORMATS.get(format)
    if writer is None:
        hint = f"write one of {', '.join(TABLE_FORMATS)}"
        raise ParameterError(f"unknown format '{format}'", hint=hint)
    return writer(table, language)


def _as_text(table: Table, language: Language) -> str:
    shown = table.reading(language)
    if not shown.rows:
        body = _NO_ROWS.in_(language)
    elif fits(shown.headings, shown.rows):
        body = columns(shown.headings, without_repeats(shown.rows), shown.numeric)
    else:
        body = records(shown.headings, shown.rows)
    parts = [shown.title, "", body]
    if shown.notes:
        parts += ["", *(line for note in shown.notes for line in wrap(note, WIDTH))]
    return "\n".join(parts) + "\n"


def without_repeats(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out what the row above says too, from the left as far as both agree.

    >>> without_repeats([("a", "b", "1"), ("a", "b", "2"), ("a", "c", "2")])
    [('a', 'b', '1'), ('', '', '2'), ('', 'c', '2')]
    """
    shown = list(rows[:1])
    for above, row in pairwise(rows):
        alike = 0
        while alike < len(row) - 1 and row[alike] == above[alike]:
            alike += 1
        shown.append(("",) * alike + row[alike:])
    return shown


def _as_markdown(table: Table, language: Language) -> str:
    shown = table.reading(language)
    lines = [f"**{_escaped(shown.title)}**", ""]
    lines += _markdown_rows(shown) if shown.rows else [_NO_ROWS.in_(language)]
    for note in shown.notes:
        lines += ["", _escaped(note)]
    return "\n".join(lines) + "\n"


def _markdown_rows(shown: ReadableTable) -> list[str]:
    rules = ["---:" if right else "---" for right in shown.numeric]
    rows = [shown.headings, tuple(rules), *shown.rows]
    return [
        f"| {' | '.join(cell if row is rows[1] else _escaped(cell) for cell in row)} |"
        for row in rows
    ]


def _escaped(text: str) -> str:
    for sign in "\\|*_`<>[]":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "<br>")


def cell_text(term: Term | None) -> str:
    """Write a term as SPARQL's CSV results do: the IRI, or the words of a literal."""
    if term is None:
        return ""
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _as_csv(table: Table, _language: Language) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell_text(term) for term in row] for row in table.rows)
    return out.getvalue()


def _as_json(table: Table, language: Language) -> str:
    names = [column.name for column in table.columns]
    content = {
        "name": table.name,
        "title": {"en": table.title.en, "th": table.title.th},
        "columns": [
            {
                "name": column.name,
                "type": str(column.type),
                "title": {"en": column.title.en, "th": column.title.th},
            }
            for column in table.columns
        ],
        "rows": [
            {name: _json_value(term) for name, term in zip(names, row, strict=True)}
            for row in table.rows
        ],
        "notes": [{"en": note.en, "th": note.th} for note in table.notes],
        "language": str(language),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _json_value(term: Term | None) -> object:
    value = python_value(term)
    return value if isinstance(value, int | bool) or value is None else str(value)


TABLE_FORMATS: Mapping[str, Callable[[Table, Language], str]] = {
    "table": _as_text,
    "csv": _as_csv,
    "json": _as_json,
    "md": _as_markdown,
}
"""How a table can be written, by the word on the command line."""
