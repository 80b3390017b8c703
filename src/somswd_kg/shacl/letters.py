"""Forms for servers that hold texts in two ways, and mistake one for the other where they meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from somswd_kg.shacl.groups import Outline, outline
from somswd_kg.shacl.tokens import Kind, Token

__all__ = ["in_one_form", "in_one_group"]

_GROUPED = "one group"
"""What a pattern becomes."""
_BEFORE_OPERAND = frozenset(("=", "!=", "<", ">", "<=", ">=", "&&", "||", "!", "(", ","))

_Change = tuple[int, int, str]
"""The first token of an expression, the last, and what it becomes: `{}` stands for itself."""


def in_one_group(pattern: str) -> str:
    """Write a pattern so that its bars are not taken for letters where it has no other sign.

    Args:
        pattern: A string of SPARQL, with its quotes.

    >>> in_one_group("'a|b'")
    "'(?:a|b)'"
    """
    if "|" not in pattern:
        return pattern
    quote = pattern[:3] if pattern[:3] in ('"""', "'''") else pattern[:1]
    return f"{quote}(?:{pattern.removeprefix(quote).removesuffix(quote)}){quote}"


def in_one_form(query: Outline) -> Outline:
    """Write the texts that a query makes, or names, so that all functions bear them.

    >>> query = outline('ASK { FILTER(CONCAT("ก", STR(?z)) = REPLACE(?z, "ข", "")) }')
    >>> "".join(token.text for token in in_one_form(query).tokens[2:])
    'FILTER(CONCAT(SUBSTR("ก",1),STR(?z))=CONCAT(REPLACE(?z,"ข",""),""))}'
    >>> query = outline('ASK { FILTER(REGEX(STR(?z), "a|b")) }')
    >>> "".join(token.text for token in in_one_form(query).tokens[2:])
    'FILTER(REGEX(SUBSTR(STR(?z),1),"(?:a|b)"))}'
    """
    texts = [token.text for token in query.tokens]
    for start, end, form in _changes(query.tokens):
        if form == _GROUPED:
            texts[start] = in_one_group(texts[start])
            continue
        opening, closing = form.split("{}")
        texts[start] = opening + texts[start]
        texts[end] += closing
    return outline("".join(gap + text for gap, text in zip(query.gaps, texts, strict=True)))


def _changes(tokens: Sequence[Token]) -> Iterator[_Change]:
    """List what is to be written otherwise, the inner before the outer."""
    opened: list[tuple[int, bool]] = []
    """The brackets that are open, and whether an expression is in them."""
    divided: set[int] = set()
    for index, token in enumerate(tokens):
        previous = tokens[index - 1].word if index else ""
        if token.word in ("(", "{"):
            called = previous.isalpha() and previous not in ("VALUES", "BY")
            inside = bool(opened) and opened[-1][1] and previous in _BEFORE_OPERAND
            opened.append((index, token.word == "(" and (called or inside)))
        elif token.word in (")", "}"):
            start, _ = opened.pop()
            if token.word == ")" and tokens[start - 1].word == "REPLACE":
                yield start - 1, index, 'CONCAT({}, "")'
        elif token.word == "," and opened and opened[-1][0] not in divided:
            start, _ = opened[-1]
            divided.add(start)
            if tokens[start - 1].word == "REGEX":
                if previous == ")":
                    yield start + 1, index - 1, "SUBSTR({}, 1)"
                if tokens[index + 1].kind is Kind.STRING:
                    yield index + 1, index + 1, _GROUPED
        elif opened and opened[-1][1] and _is_operand(tokens, index, opened[-1][0]):
            yield index, index, "SUBSTR({}, 1)"


def _is_operand(tokens: Sequence[Token], index: int, start: int) -> bool:
    """Say whether a token is a text beyond ASCII, without type or language, that is no pattern.

    Args:
        tokens: The tokens of the query.
        index: Where the token stands.
        start: The bracket that it stands in.
    """
    if tokens[index].kind is not Kind.STRING or tokens[index].text.isascii():
        return False
    called, before, after = (tokens[i] for i in (start - 1, index - 1, index + 1))
    is_typed = after.kind is Kind.LANGUAGE or after.word == "^^"
    is_second = before.word == "," and (called.word, after.word) == ("REPLACE", ",")
    is_pattern = is_second or (called.word == "REGEX" and before.word == ",")
    return not (is_typed or is_pattern or (after.word == "AS" and index == start + 1))
