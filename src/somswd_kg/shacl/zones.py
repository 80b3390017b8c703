"""Times with a zone and without one, which compare only where they are far apart (XSD 1.0)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from somswd_kg.shacl.vocabulary import XSD
from somswd_kg.terms import Literal, NamedNode

__all__ = ["TIMES", "certain_beyond", "has_zone", "is_zoned"]

TIMES = frozenset(
    NamedNode(XSD.base + name)
    for name in ("dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)
"""The types whose values may have a zone."""

_FARTHEST = timedelta(hours=14)


def has_zone(variable: str) -> str:
    """Test that the value of a variable, which is a time, has a zone."""
    return f'REGEX(STR({variable}), "(Z|[+-][0-9][0-9]:[0-9][0-9])$")'


def is_zoned(literal: Literal) -> bool:
    """Say whether a time has a zone.

    >>> is_zoned(Literal("2002-10-10")), is_zoned(Literal("2002-10-10-05:00"))
    (False, True)
    """
    text = literal.value
    return text.endswith("Z") or (text[-3:-2] == ":" and text[-6:-5] in ("+", "-"))


def certain_beyond(literal: Literal, operator: str) -> Literal | None:
    """Give the time from which a comparison with a time of the other kind is certain.

    Args:
        literal: A time; with a zone, the result has none, and the other way round.
        operator: How a value is compared with it.

    Returns:
        The time beyond which it holds whatever the zone; None where it cannot be told.

    >>> kind = NamedNode(XSD.base + "dateTime")
    >>> print(certain_beyond(Literal("2002-10-10T12:00:00-05:00", datatype=kind), ">=").value)
    2002-10-11T07:00:00
    """
    if literal.datatype.value != XSD.base + "dateTime":
        return None
    try:
        moment = datetime.fromisoformat(literal.value)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        moved = moment + _FARTHEST if operator[0] == ">" else moment - _FARTHEST
    except (ValueError, OverflowError):
        return None
    ending = "" if is_zoned(literal) else "Z"
    return Literal(moved.isoformat() + ending, datatype=literal.datatype)
