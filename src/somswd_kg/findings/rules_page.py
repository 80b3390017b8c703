"""The page of rules, in both languages, made from the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from somswd_kg.findings.rules import Rule, read_rules
from somswd_kg.language import local_name
from somswd_kg.model import Stage
from somswd_kg.terms import Triple

__all__ = ["rules_page"]

_HEAD = """\
# Rules

Made from `shapes/` by `make generate`. {count} rules, which `somswd-kg validate` checks; a number
is never used again. Severities are those at the stages outline, consultation and final.

| rule | what | เกณฑ์ | outline | consultation | final |
|---|---|---|---|---|---|
"""


def rules_page(shapes: Iterable[Triple]) -> str:
    """Write the page: a table of all rules, then each family with its texts."""
    rules = list(read_rules(shapes))
    lines = [_HEAD.format(count=len(rules)).rstrip("\n")]
    for rule in rules:
        stages = " | ".join(str(rule.severities[stage]) for stage in Stage)
        name = f"{_cell(rule.name.en)} | {_cell(rule.name.th)}"
        lines.append(f"| [{rule.number}](#{rule.number.lower()}) | {name} | {stages} |")
    for family, members in groupby(rules, key=lambda rule: rule.number.partition("-")[0]):
        lines += ["", f"## {family}"]
        for rule in members:
            lines += _section(rule)
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _section(rule: Rule) -> Iterator[str]:
    yield from ("", f"### {rule.number}", "")
    yield f"`swdsh:{local_name(rule.iri)}`: {rule.name.en} ({rule.name.th})"
    pairs = (
        ("What", rule.description),
        ("Message", rule.message),
        ("Of a source", rule.not_stated),
        ("Fix", rule.fix),
        ("Why", rule.reason),
    )
    yield ""
    for name, text in pairs:
        if text:
            yield f"- {name}: {text.en}"
            yield f"  {text.th}"
