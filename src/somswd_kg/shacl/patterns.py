"""Refuse patterns that a store cannot run: inside a filter it would take them for fulfilled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from somswd_kg.errors import ShapeError
from somswd_kg.ports import Store
from somswd_kg.shacl.forms import regex
from somswd_kg.shacl.groups import Outline
from somswd_kg.shacl.tokens import Kind, Token, string_value
from somswd_kg.terms import Literal, Term

__all__ = ["Pattern", "patterns_in", "refuse_patterns"]

_FUNCTIONS = {"REGEX": 2, "REPLACE": 3}
"""The functions that take a pattern second, and where they take its flags."""

_OPERATORS = ("&&", "~~", "--")
# Both are true where classes are read as XPath says.
_READS_CLASSES = (
    '(!REGEX("e", "^[a-z-[aeiou]]$") && REGEX("b", "^[a-z-[aeiou]]$") && REGEX("&", "^[a&&b]$"))'
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression.

    Attributes:
        text: The expression.
        flags: Its flags.
        shape: The name of the first shape that has it.
    """

    text: str
    flags: str
    shape: str


def patterns_in(query: Outline, given: Mapping[str, Term], shape: str) -> Iterator[Pattern]:
    """List the patterns that a query writes out, or takes from a parameter.

    Args:
        query: The query.
        given: The values of variables that are the same for all focus nodes.
        shape: The name of its shape.
    """

    def text(tokens: Sequence[Token]) -> str | None:
        first = tokens[0]
        if first.kind is Kind.STRING and (len(tokens) == 1 or tokens[1].word == "^^"):
            return string_value(first.text)
        value = given.get(first.variable) if len(tokens) == 1 else None
        return value.value if isinstance(value, Literal) else None

    for i, token in enumerate(query.tokens):
        if token.word not in _FUNCTIONS or query.tokens[i + 1].word != "(":
            continue
        arguments = _arguments(query.tokens, i + 1)
        place = _FUNCTIONS[token.word]
        pattern = text(arguments[1]) if len(arguments) > 1 else None
        flags = text(arguments[place]) if len(arguments) > place else ""
        if pattern is not None and flags is not None:
            yield Pattern(pattern, flags, shape)


def _arguments(tokens: Sequence[Token], opening: int) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[opening:]:
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(token.word, 0)
        if depth == 0:
            break
        if depth == 1 and token.word == ",":
            found.append([])
        elif depth > 1 or token.word != "(":
            found[-1].append(token)
    return [argument for argument in found if argument]


def refuse_patterns(
    store: Store, patterns: Sequence[Pattern], graphs: Sequence[str] | None
) -> None:
    """Ask a store for every pattern, by one query, whether it can run it.

    Raises:
        ShapeError: One it cannot, or it would take for another.
    """
    if not patterns:
        return
    tests = [regex('""', str(Literal(pattern.text)), pattern.flags) for pattern in patterns]
    odd = [p for p in patterns if "q" not in p.flags and _has_odd_class(p.text)]
    tests += [_READS_CLASSES] if odd else []
    shown = " ".join(f"({test} AS ?_{i})" for i, test in enumerate(tests))
    for answers in store.select(f"SELECT {shown} WHERE {{}}", graphs=graphs):
        reads = answers[-1]
        misread = odd if not isinstance(reads, Literal) or reads.value in ("false", "0") else []
        for pattern, answer in zip(patterns, answers, strict=False):
            text = Literal(pattern.text)
            if answer is None:
                raise ShapeError(
                    f"the pattern {text} cannot be run by the store (SHACL 4.4.3)",
                    path=pattern.shape,
                    hint="close its brackets; SPARQL knows no look-ahead, look-behind or \\1",
                )
            if pattern in misread:
                raise ShapeError(
                    f"the pattern {text} has a class that the store takes for another",
                    path=pattern.shape,
                    hint="write the class without [, &&, ~~ or -- inside, as [b-df-hj-np-tv-z]",
                )


def _has_odd_class(pattern: str) -> bool:
    r"""Say whether a class holds another one, or what some stores take for an operator.

    >>> [_has_odd_class(p) for p in ("[a-z-[aeiou]]", "[a&&b]", r"[a\[b]|a&&b|[-a-]")]
    [True, True, False]
    """
    inside, index = False, 0
    while index < len(pattern):
        sign = pattern[index]
        if inside and (sign == "[" or pattern[index : index + 2] in _OPERATORS):
            return True
        inside = sign == "[" or (inside and sign != "]")
        index += 2 if sign == "\\" else 1
    return False
