"""Cut SPARQL text into tokens: the words and brackets that the scanner looks at.

No grammar is known here, only where comments, strings, IRIs, names and numbers begin and end.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from somswd_kg.errors import QueryError

__all__ = ["Kind", "Token", "decode_escapes", "string_value", "tokenize"]


class Kind(StrEnum):
    """What a token is."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    NAME = "prefixed name"
    BLANK = "blank node"
    LANGUAGE = "language tag"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """One token and where it stands.

    Attributes:
        kind: What it is.
        text: As written; a word keeps its case.
        start: Index of its first character.
        end: Index after its last character.
        word: A keyword in upper case, a sign as it is, and nothing for all else.
        variable: A variable's name without its mark, and nothing for all else.
    """

    kind: Kind
    text: str
    start: int
    end: int
    word: str = ""
    variable: str = ""


_LETTER = r"[^\W\d_]"
_NAME_CHAR = r"[\w\u00B7\-]"
_LOCAL_CHAR = r"(?:[\w\u00B7\-:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
# A prefix has a bound, so that `a.a.a...` is not read again from each of its letters.
_PREFIX = rf"(?:{_LETTER}(?:[\w\u00B7\-.]{{0,200}}{_NAME_CHAR})?)?"
_LOCAL = rf"(?:{_LOCAL_CHAR}(?:(?:{_LOCAL_CHAR}|\.)*{_LOCAL_CHAR})?)?"

_TOKEN = re.compile(
    rf"""
    (?P<skip>\s+|\#[^\r\n]*)
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w[\w\u00B7]*)
    |(?P<blank>_:\w(?:[\w\u00B7\-.]*{_NAME_CHAR})?)
    |(?P<name>{_PREFIX}:{_LOCAL})
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>\w+)
    |(?P<sign>\^\^|&&|\|\||!=|<=|>=|<<|>>|[^\s"'])
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {
    "iri": Kind.IRI,
    "string": Kind.STRING,
    "variable": Kind.VARIABLE,
    "blank": Kind.BLANK,
    "name": Kind.NAME,
    "language": Kind.LANGUAGE,
    "number": Kind.NUMBER,
    "word": Kind.WORD,
    "sign": Kind.SIGN,
}
_IN_STRING = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokenize(text: str) -> tuple[Token, ...]:
    r"""Cut a query into tokens, comments and white space left out.

    Raises:
        QueryError: A string does not end.

    >>> [t.text for t in tokenize('ASK { ?s ex:p "a } b" } # all')]
    ['ASK', '{', '?s', 'ex:p', '"a } b"', '}']
    """
    tokens = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start != position:
            break
        position = end
        kind = match.lastgroup
        if kind is not None and kind != "skip":
            text_of = match.group()
            word = text_of.upper() if kind in ("word", "sign") else ""
            variable = text_of[1:] if kind == "variable" else ""
            tokens.append(Token(_KINDS[kind], text_of, start, end, word, variable))
    if position != len(text):
        line = text.count("\n", 0, position) + 1
        raise QueryError(
            "a string in the query does not end", line=line, hint="close its quotation mark"
        )
    return tuple(tokens)


def string_value(text: str) -> str:
    r"""Give what a string token stands for, its quotes and escapes undone.

    >>> string_value(r"'it\'s'")
    "it's"
    """
    mark = 3 if text[:3] in ('"""', "'''") else 1
    return _IN_STRING.sub(lambda m: _LETTERS.get(m.group(1), m.group(1)), text[mark:-mark])


def decode_escapes(text: str) -> str:
    r"""Replace `\uXXXX` and `\UXXXXXXXX`, which SPARQL allows anywhere, by what they stand for.

    >>> decode_escapes(r"\u0041SK {}")
    'ASK {}'
    """

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group()

    return _ESCAPE.sub(character, text)
