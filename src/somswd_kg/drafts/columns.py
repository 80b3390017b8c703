"""The sheets and columns that shapes imply: the one place where a workbook's form comes from.

A sheet is a node shape with `swd:sheet`; a column is a property shape that it lists itself, with
`sh:order` and `sh:name`, whose path is a predicate or an inverse predicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from somswd_kg.namespaces import SH, SKOS, SWD, XSD
from somswd_kg.terms import Literal, NamedNode, Resource
from somswd_kg.triples import Triples

__all__ = ["Column", "Form", "NameRange", "Sheet", "read_sheets"]

LANGUAGE_NAMES = {
    "th": {"th": "ไทย", "en": "อังกฤษ"},
    "en": {"th": "Thai", "en": "English"},
}


class Form(StrEnum):
    """What a cell of a column holds."""

    CODE = "code"  # the row's own code
    TEXT = "text"  # a text in one language
    STRING = "string"  # a text in no language
    LINK = "link"  # the code of another row, or the name of a thing that is shipped
    CONCEPT = "concept"  # a label of a code scheme
    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    IRI = "iri"


FORM_OF_DATATYPE = {
    XSD.gYear: Form.YEAR,
    XSD.date: Form.DATE,
    XSD.decimal: Form.NUMBER,
    XSD.integer: Form.INTEGER,
    XSD.boolean: Form.BOOLEAN,
    XSD.string: Form.STRING,
    XSD.anyURI: Form.IRI,
}


@dataclass(frozen=True, slots=True)
class NameRange:
    """What the names of a column may mean; with neither schemes nor classes, anything.

    Attributes:
        schemes: Codes of any of these schemes.
        classes: Things of any of these classes.
    """

    schemes: tuple[NamedNode, ...] = ()
    classes: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.schemes or self.classes)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        shape: The property shape that it comes from.
        path: The predicate of its triples.
        inverse: The row is the object of its triples.
        order: Place among the columns, from `sh:order`, then by language.
        name: Heading by language, without the language of the text.
        help: What to fill in, by language.
        example: A value as a drafter would write it, by language.
        form: What a cell holds.
        language: Of a TEXT column; empty for all others.
        required: A row without it is a finding.
        many: A cell may hold several values, separated by `;`.
        range: What a CONCEPT or a LINK may name.
    """

    shape: Resource
    path: NamedNode
    inverse: bool
    order: Decimal
    name: Mapping[str, str] = field(hash=False)
    help: Mapping[str, str] = field(hash=False)
    example: Mapping[str, str] = field(hash=False)
    form: Form
    language: str
    required: bool
    many: bool
    range: NameRange

    def heading(self, language: str) -> str:
        """Give the heading in a language: the name, and of a text which language it is in."""
        name = self.name.get(language) or self.name.get("en") or self.name.get("th", "")
        if self.form is not Form.TEXT:
            return name
        return f"{name} ({LANGUAGE_NAMES[language][self.language]})"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: one kind of thing, one row each.

    Attributes:
        shape: The node shape that it comes from.
        cls: The class of its rows.
        order: Place in the workbook.
        name: The sheet's name by language.
        classifier: The word that counts such things, by language.
        columns: In order.
        example: The code of the example row, by language; none for that of the column.
    """

    shape: Resource
    cls: NamedNode
    order: int
    name: Mapping[str, str]
    classifier: Mapping[str, str]
    columns: tuple[Column, ...]
    example: Mapping[str, str] = field(default_factory=dict)

    def column(
        self, path: NamedNode, language: str = "", *, inverse: bool = False
    ) -> Column | None:
        """Give the column of a path; of a text, that of the language or the first one."""
        found = [c for c in self.columns if c.path == path and c.inverse == inverse]
        return next((c for c in found if c.language == language), found[0] if found else None)

    @property
    def code(self) -> Column | None:
        """Give the column that holds the row's own code, where the sheet has one."""
        return next((c for c in self.columns if c.form is Form.CODE), None)


def read_sheets(shapes: Triples) -> tuple[Sheet, ...]:
    """Read the sheets and columns out of a shapes graph, in their order."""
    found = [
        _sheet(shapes, shape, int(order.value))
        for shape in shapes
        if isinstance(order := shapes.one(shape, SWD.sheet), Literal)
    ]
    return tuple(sorted(found, key=lambda sheet: sheet.order))


def _sheet(shapes: Triples, shape: Resource, order: int) -> Sheet:
    cls = shapes.one(shape, SH.targetClass)
    columns = [
        column
        for child in shapes.objects(shape, SH.property)
        if not isinstance(child, Literal)
        for column in _columns(shapes, child)
    ]
    return Sheet(
        shape,
        cls if isinstance(cls, NamedNode) else NamedNode(str(getattr(shape, "value", ""))),
        order,
        shapes.texts(shape, SH.name),
        shapes.texts(shape, SWD.classifier),
        tuple(sorted(columns, key=lambda column: column.order)),
        shapes.texts(shape, SWD.example),
    )


def _columns(shapes: Triples, shape: Resource) -> tuple[Column, ...]:
    order = shapes.one(shape, SH.order)
    name = shapes.texts(shape, SH.name)
    path, inverse = _path(shapes, shape)
    if not isinstance(order, Literal) or not name or path is None:
        return ()
    languages = [
        value.value
        for value in shapes.members(shapes.one(shape, SH.languageIn))
        if isinstance(value, Literal)
    ]
    form, range_ = _form(shapes, shape, path)
    return tuple(
        Column(
            shape,
            path,
            inverse,
            Decimal(order.value) + Decimal(place) / 100,
            name,
            shapes.texts(shape, SH.description),
            shapes.texts(shape, SWD.example),
            Form.TEXT if language else form,
            language,
            _number(shapes, shape, SH.minCount) > 0,
            not language and _number(shapes, shape, SH.maxCount) != 1,
            range_,
        )
        for place, language in enumerate(languages or [""])
    )


def _path(shapes: Triples, shape: Resource) -> tuple[NamedNode | None, bool]:
    path = shapes.one(shape, SH.path)
    if isinstance(path, NamedNode):
        return path, False
    inner = shapes.one(path, SH.inversePath) if path is not None else None
    return (inner, True) if isinstance(inner, NamedNode) else (None, False)


def _form(shapes: Triples, shape: Resource, path: NamedNode) -> tuple[Form, NameRange]:
    if path == SKOS.notation:
        return Form.CODE, NameRange()
    schemes = tuple(s for s in shapes.objects(shape, SWD.codesFrom) if isinstance(s, NamedNode))
    if schemes:
        return Form.CONCEPT, NameRange(schemes)
    datatype = shapes.one(shape, SH.datatype)
    if isinstance(datatype, NamedNode):
        return FORM_OF_DATATYPE.get(datatype, Form.STRING), NameRange()
    range_ = _range(shapes, shape)
    if range_ or shapes.one(shape, SH.nodeKind) == SH.IRI:
        return Form.LINK, range_
    return Form.STRING, range_


def _range(shapes: Triples, shape: Resource) -> NameRange:
    """Collect what a link may lead to: classes, and of concepts those of a scheme alone."""
    schemes: list[NamedNode] = []
    classes: list[NamedNode] = []
    for alternative in (shape, *shapes.members(shapes.one(shape, NamedNode(SH.base + "or")))):
        schemed = [
            scheme
            for inner in shapes.objects(alternative, SH.property)
            if shapes.one(inner, SH.path) == SKOS.inScheme
            for scheme in shapes.objects(inner, NamedNode(SH.base + "hasValue"))
            if isinstance(scheme, NamedNode)
        ]
        schemes += schemed
        if not schemed:
            found = shapes.objects(alternative, NamedNode(SH.base + "class"))
            classes += [cls for cls in found if isinstance(cls, NamedNode)]
    return NameRange(tuple(dict.fromkeys(schemes)), tuple(dict.fromkeys(classes)))


def _number(shapes: Triples, shape: Resource, predicate: NamedNode) -> int:
    value = shapes.one(shape, predicate)
    return int(value.value) if isinstance(value, Literal) else -1
