"""The SPARQL text forms of the compiler, as the Recommendation has them.

Where a server needs another one, `dialects` has it.

An expression here is a piece of SPARQL text that is true or false for every solution and never
an error, so that expressions can be joined by `&&` and `||`. `TRUE` and `FALSE` are folded away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from somswd_kg.shacl.walks import Walk
from somswd_kg.terms import BlankNode, Literal, NamedNode, Term

__all__ = [
    "FALSE",
    "TRUE",
    "Condition",
    "all_of",
    "any_of",
    "anything",
    "at_least",
    "exists",
    "instance_of",
    "is_one_of",
    "joined",
    "negate",
    "not_all_but_one",
    "regex",
    "same",
    "some_value",
    "text_of",
    "values",
]

_FLAT = 32
TRUE = "true"
FALSE = "false"
Condition = Callable[[str], str]
"""What writes an expression of a variable."""


def anything(variable: str) -> str:
    """Write the condition that every node meets."""
    return TRUE


def any_of(expressions: Iterable[str]) -> str:
    """Join expressions by `||`.

    >>> any_of(["?a", FALSE, "?b"]), any_of([]), any_of(["?a", TRUE])
    ('(?a || ?b)', 'false', 'true')
    """
    parts = [e for e in dict.fromkeys(expressions) if e != FALSE]
    if TRUE in parts:
        return TRUE
    if not parts:
        return FALSE
    return joined(parts, " || ")


def all_of(expressions: Iterable[str]) -> str:
    """Join expressions by `&&`."""
    parts = [e for e in dict.fromkeys(expressions) if e != TRUE]
    if FALSE in parts:
        return FALSE
    if not parts:
        return TRUE
    return joined(parts, " && ")


def joined(parts: Sequence[str], operator: str) -> str:
    """Join expressions; many of them as a balanced tree, since parsers nest them one by one."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) > _FLAT:
        middle = len(parts) // 2
        parts = [joined(parts[:middle], operator), joined(parts[middle:], operator)]
    return f"({operator.join(parts)})"


def negate(expression: str) -> str:
    """Say the opposite."""
    if expression in (TRUE, FALSE):
        return TRUE if expression == FALSE else FALSE
    return f"!({expression})"


def not_all_but_one(expressions: Iterable[str]) -> str:
    """Say that not all expressions but exactly one are true.

    >>> not_all_but_one(["?a", "?b"])
    '(IF(?a, 0, 1) + IF(?b, 0, 1)) != 1'
    """
    ones = [f"IF({e}, 0, 1)" for e in expressions]
    return f"{joined(ones or ['0'], ' + ')} != 1"


def text_of(term: Term) -> str:
    """Write a term for a query.

    Raises:
        ValueError: It is a blank node, which no query can name.
    """
    if isinstance(term, BlankNode):
        raise ValueError(f"a query cannot name the blank node {term}")
    return str(term)


def same(variable: str, term: Term) -> str:
    """Test that a variable is exactly a term; a blank node of the shapes is never in the data."""
    return FALSE if isinstance(term, BlankNode) else f"sameTerm({variable}, {text_of(term)})"


def is_one_of(variable: str, terms: Iterable[Term]) -> str:
    """Test that a variable is exactly one of some terms."""
    listed_terms = list(terms)
    iris = [t for t in listed_terms if isinstance(t, NamedNode)]
    others = [t for t in listed_terms if isinstance(t, Literal)]
    listed = f"{variable} IN ({', '.join(map(str, iris))})" if iris else FALSE
    return any_of([listed, *(same(variable, t) for t in others)])


def values(variable: str, terms: Iterable[Term]) -> str:
    """Write a VALUES block of one variable."""
    return f"VALUES {variable} {{ {' '.join(map(text_of, terms))} }}"


def exists(body: str, condition: str = TRUE) -> str:
    """Test that a pattern has a solution that meets a condition."""
    if condition == FALSE:
        return FALSE
    return f"EXISTS {{ {body}{_filter(condition)} }}"


def _filter(condition: str) -> str:
    return "" if condition == TRUE else f" FILTER({condition})"


def regex(text: str, pattern: str, flags: str) -> str:
    """Test that a text has a pattern in it; both are expressions, flags are as `sh:flags` has them.

    >>> regex("?x", '"^a"', ""), regex("?x", '"^a"', "i")
    ('REGEX(?x, "^a")', 'REGEX(?x, "^a", "i")')
    """
    more = f", {Literal(flags)}" if flags else ""
    return f"REGEX({text}, {pattern}{more})"


def instance_of(variable: str, classes: Sequence[NamedNode], helper: str) -> str:
    """Write a pattern for the instances of any of some classes."""
    if len(classes) == 1:
        return f"{variable} a {classes[0]} ."
    return f"{variable} a {helper} . FILTER({helper} IN ({', '.join(map(str, classes))}))"


def some_value(
    start: str, walk: Walk, end: str, condition: str = TRUE, at_start: str | None = None
) -> str:
    """Test that a path leads from a node to one that meets a condition.

    Args:
        start: The variable of the node.
        walk: The path.
        end: A fresh variable for where it leads.
        condition: An expression of `end`.
        at_start: The same expression of `start`, needed where the path may take no step.
    """
    walked = exists(walk.between(start, end), condition)
    if walk.stays:
        # SPARQL engines differ on a zero-length path from a node that the data lacks.
        return any_of([at_start if at_start is not None else TRUE, walked])
    return walked


def at_least(
    number: int,
    start: str,
    walk: Walk,
    end: str,
    condition: Condition = anything,
) -> str:
    """Test that a path leads to at least so many nodes that meet a condition.

    Args:
        number: How many.
        start: The variable of the node where the path starts.
        walk: The path.
        end: A fresh variable for where it leads.
        condition: What writes the expression that a node is to meet.
    """
    if number <= 0:
        return TRUE
    at_start = condition(start) if walk.stays else TRUE
    at_end = condition(end)
    if number == 1:
        return some_value(start, walk, end, at_end, at_start)
    if walk.stays:
        others = all_of([at_end, f"!sameTerm({start}, {end})"])
        return any_of(
            [
                all_of([at_start, _walked(number - 1, start, walk, end, others)]),
                _walked(number, start, walk, end, others),
            ]
        )
    return _walked(number, start, walk, end, at_end)


def _walked(number: int, start: str, walk: Walk, end: str, condition: str) -> str:
    pattern = walk.between(start, end)
    if number == 1:
        return exists(pattern, condition)
    if number == 2 and condition == TRUE:
        other = f"{end}b"
        another = exists(walk.between(start, other), f"!sameTerm({end}, {other})")
        return exists(pattern, another)
    return (
        f"EXISTS {{ SELECT {start} WHERE {{ {pattern}{_filter(condition)} }} "
        f"GROUP BY {start} HAVING (COUNT(DISTINCT {end}) >= {number}) }}"
    )
