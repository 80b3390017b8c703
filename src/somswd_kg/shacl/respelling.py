"""Write queries that are SPARQL for servers that get parts of SPARQL 1.1 wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from somswd_kg.shacl.groups import Outline, outline
from somswd_kg.shacl.tokens import Kind, Token, string_value
from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, NamedNode

__all__ = ["Change", "comes_by_ways", "compared", "in_one_group", "repeated", "respelled", "texts"]

Change = tuple[int, int, Callable[[str], str]]
"""The first token of what is written otherwise, the last, and what makes one text of the other."""

_COMPARES = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The operators, and what each is when its operands change places."""

_BEFORE_OPERAND = frozenset((*_COMPARES, "=", "!=", "&&", "||", "!", "(", ","))
_HOLDS = frozenset(("FILTER", "HAVING", "(", "&&", "||"))
"""What stands before a bracket whose test must hold, and may not be an error, for the whole to."""
_ENDS_TEST = frozenset((")", "&&", "||"))
_IN_PATH = frozenset(("^", "/", "|", "!", "A", "(", ")"))


def respelled(query: Outline, changes: Iterable[Change]) -> Outline:
    """Change parts of a query, the inner before the outer.

    >>> query = outline('ASK { FILTER(CONCAT("ก", STR(?z)) = REPLACE(?z, "ข", "")) }')
    >>> "".join(token.text for token in respelled(query, texts(query.tokens)).tokens[2:])
    'FILTER(CONCAT(SUBSTR("ก",1),STR(?z))=CONCAT(REPLACE(?z,"ข",""),""))}'
    """
    parts = [gap + token.text for gap, token in zip(query.gaps, query.tokens, strict=True)]
    for start, end, change in changes:
        text = "".join(parts[start : end + 1])
        bare = text.lstrip()
        parts[start : end + 1] = [""] * (end - start + 1)
        parts[start] = text.removesuffix(bare) + change(bare)
    return outline("".join(parts))


# -- texts that a server holds in two ways --------------------------------------------------------


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


def texts(tokens: Sequence[Token]) -> Iterator[Change]:
    """Write the texts that a query makes, or names, so that all functions bear them.

    >>> query = outline('ASK { FILTER(REGEX(STR(?z), "a|b")) }')
    >>> "".join(token.text for token in respelled(query, texts(query.tokens)).tokens[2:])
    'FILTER(REGEX(SUBSTR(STR(?z),1),"(?:a|b)"))}'
    """
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
                yield start - 1, index, lambda text: f'CONCAT({text}, "")'
        elif token.word == "," and opened and opened[-1][0] not in divided:
            start, _ = opened[-1]
            divided.add(start)
            if tokens[start - 1].word == "REGEX":
                if previous == ")":
                    yield start + 1, index - 1, _from_first
                if tokens[index + 1].kind is Kind.STRING:
                    yield index + 1, index + 1, in_one_group
        elif opened and opened[-1][1] and _is_operand(tokens, index, opened[-1][0]):
            yield index, index, _from_first


def _from_first(text: str) -> str:
    return f"SUBSTR({text}, 1)"


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


# -- paths that are walked once or more -----------------------------------------------------------


def repeated(tokens: Sequence[Token]) -> Iterator[Change]:
    """Write `p+` in paths as `p` or `p/p*/p`, unless another repetition is in it.

    >>> query = outline("ASK { ?x ^<p:p>+ ?y FILTER(?x + 1 = (?y) + 1) }")
    >>> "".join(token.text for token in respelled(query, repeated(query.tokens)).tokens[3:14])
    '(^<p:p>|^<p:p>/(^<p:p>)'
    """
    opened: list[int] = []
    closed: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.word == "(":
            opened.append(index)
        elif token.word == ")" and opened:
            closed[index] = opened.pop()
        elif token.word == "+" and index:
            before = tokens[index - 1]
            start = closed.get(index - 1, index - 1)
            is_path = all(t.kind is Kind.IRI or t.word in _IN_PATH for t in tokens[start:index])
            if is_path and (before.kind is Kind.IRI or before.word in (")", "A")):
                start -= tokens[start - 1].word == "^"
                yield start, index, _once_or_more


def _once_or_more(text: str) -> str:
    step = text.removesuffix("+")
    return f"({step}|{step}/({step})*/{step})"


def comes_by_ways(tokens: Sequence[Token]) -> bool:
    """Say whether a query has a path that may lead to one node in several ways."""
    return any(
        token.word == "|"
        or (token.word in ("*", "+") and (before.kind is Kind.IRI or before.word in (")", "A")))
        for before, token in pairwise(tokens)
    )


# -- comparisons that have no answer --------------------------------------------------------------


def compared(
    tokens: Sequence[Token],
    holds: Callable[[str, str, Literal], str],
    pair: Callable[[str, str, str], str],
) -> Iterator[Change]:
    """Test beside a comparison, where it must hold, that the values may be compared.

    Args:
        tokens: The tokens of the query.
        holds: What tests that a variable compares with a constant.
        pair: What tests that two variables compare.
    """
    opened: list[bool] = []
    """Of the brackets that are open, whether what is in them must hold."""
    for index, token in enumerate(tokens):
        if token.word in ("(", "{"):
            before = tokens[index - 1].word if index else ""
            whole = before == "FILTER" or before == "HAVING"
            above = whole or (before in _HOLDS and bool(opened) and opened[-1])
            opened.append(token.word == "(" and above)
        elif token.word in (")", "}"):
            opened.pop()
        elif token.word in _COMPARES and opened and opened[-1]:
            found = _operands(tokens, index)
            if found is None:
                continue
            start, left, right, end = found
            if isinstance(left, str) and isinstance(right, str):
                yield start, end, _instead(pair(left, token.word, right))
            elif isinstance(left, str) and isinstance(right, Literal):
                yield start, end, _instead(holds(left, token.word, right))
            elif isinstance(right, str) and isinstance(left, Literal):
                yield start, end, _instead(holds(right, _COMPARES[token.word], left))


def _instead(test: str) -> Callable[[str], str]:
    return lambda _: f"({test})"


_Operand = str | Literal


def _operands(tokens: Sequence[Token], index: int) -> tuple[int, _Operand, _Operand, int] | None:
    """Read what an operator compares; None where it is more than a variable or a constant."""
    start = index - 3 if tokens[index - 2].word == "^^" else index - 1
    signed = tokens[index + 1].word == "-"
    end = index + 3 if tokens[index + 2].word == "^^" else index + 1 + signed
    left, right = _operand(tokens[start:index]), _operand(tokens[index + 1 : end + 1])
    alone = tokens[start - 1].word in _HOLDS and tokens[end + 1].word in _ENDS_TEST
    return (start, left, right, end) if alone and left and right else None


def _operand(tokens: Sequence[Token]) -> _Operand | None:
    first, last = tokens[0], tokens[-1]
    if first.variable:
        return f"?{first.variable}"
    if last.kind is Kind.NUMBER:
        kind = "double" if "e" in last.text.lower() else "decimal"
        kind = "integer" if last.text.isdecimal() else kind
        text = "".join(token.text for token in tokens)
        return Literal(text, datatype=NamedNode(XSD.base + kind))
    if first.kind is Kind.STRING and last is first:
        return Literal(string_value(first.text))
    if first.kind is Kind.STRING and last.kind is Kind.IRI:
        return Literal(string_value(first.text), datatype=NamedNode(last.text[1:-1]))
    return None
