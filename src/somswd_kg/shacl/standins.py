"""Terms that stand for literals which a store would show in another form than the data has.

`"012"^^xsd:integer` goes by a datatype that no store knows, so that it is kept, and compared as
the term that it is. Its text is the same; its value is given back where values are compared.
"""

from __future__ import annotations

from somswd_kg.shacl.literals import is_well_formed
from somswd_kg.terms import Literal, NamedNode, Term

__all__ = ["datatype_of", "shown", "stand_in", "value_of"]

_OURS = "urn:x-somswd-kg:stand-in:"
_WELL = f"{_OURS}well-formed:"
_ILL = f"{_OURS}ill-formed:"


def stand_in(literal: Literal) -> Literal:
    """Give what stands for a literal that a store changes.

    >>> xsd = "http://www.w3.org/2001/XMLSchema#"
    >>> stand_in(Literal("300", datatype=NamedNode(xsd + "byte"))).datatype.value
    'urn:x-somswd-kg:stand-in:ill-formed:http://www.w3.org/2001/XMLSchema#byte'
    """
    prefix = _WELL if is_well_formed(literal) else _ILL
    return Literal(literal.value, datatype=NamedNode(prefix + literal.datatype.value))


def shown(term: Term | None) -> Term | None:
    """Give the literal that a stand-in stands for; other terms are their own."""
    if not isinstance(term, Literal):
        return term
    for prefix in (_WELL, _ILL):
        datatype = term.datatype.value.removeprefix(prefix)
        if datatype != term.datatype.value:
            return Literal(term.value, datatype=NamedNode(datatype))
    return term


def datatype_of(datatype: NamedNode) -> NamedNode:
    """Give the datatype by which well-formed literals of a datatype go."""
    return NamedNode(_WELL + datatype.value)


def value_of(variable: str) -> str:
    """Write the value of a variable; to ask for that of what is ill-formed is an error."""
    datatype = f"STR(DATATYPE({variable}))"
    stands = f"(isLiteral({variable}) && STRSTARTS({datatype}, {Literal(_OURS)}))"
    value = f"STRDT(STR({variable}), IRI(STRAFTER({datatype}, {Literal(_WELL)})))"
    return f"IF({stands}, {value}, {variable})"
