"""Read the SPARQL-based constraints of a shape, and the components that a shapes graph declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from somswd_kg.errors import QueryError, ShapeError
from somswd_kg.shacl.graph import ShapesGraph, ill_formed
from somswd_kg.shacl.groups import outline
from somswd_kg.shacl.literals import is_boolean, is_true, is_true_or_false, local_name
from somswd_kg.shacl.model import Argument, Component, Constraint, Query, Validator
from somswd_kg.shacl.paths import Path
from somswd_kg.shacl.vocabulary import OWL, SH, XSD
from somswd_kg.terms import Literal, NamedNode, Resource, Term

__all__ = ["ComponentReader"]

_PARTS = (SH.parameter, SH.validator, SH.nodeValidator, SH.propertyValidator)
_RESERVED = ("this", "shapesGraph", "currentShape", "path", "PATH", "value")


@dataclass(frozen=True, slots=True)
class _Parameter:
    predicate: NamedNode
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class _Declared:
    node: NamedNode
    parameters: tuple[_Parameter, ...]


class ComponentReader:
    """What reads the SPARQL-based constraints of the shapes of one graph."""

    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._declared = tuple(self._declarations())
        self._known: dict[tuple[Term, ...], dict[str, str]] = {}
        self.queries: dict[Term, Query] = {}

    def constraints(self, node: Resource, path: Path | None) -> Iterator[Constraint]:
        """Read the constraints of a shape that are written in SPARQL.

        Raises:
            ShapeError: One of them is ill-formed, or has no validator.
        """
        for value in self._graph.objects(node, SH.sparql):
            if not self._is_deactivated(value):
                yield Constraint(
                    Component.SPARQL,
                    SH.SPARQLConstraintComponent,
                    value,
                    query=self._query(value, SH.select, "5.2.1"),
                )
        for declared in self._declared:
            yield from self._applied(declared, node, path)

    def unread(self) -> Iterator[tuple[Query, bool]]:
        """Read the queries that nothing has read: deactivated ones, those without a target.

        Returns:
            Each with whether it is an ASK.
        """
        for word, asks, clause in ((SH.select, False, "5.2.1"), (SH.ask, True, "6.3.2")):
            for node in self._graph.subjects:
                if node not in self.queries and self._graph.objects(node, word):
                    yield self._query(node, word, clause), asks

    def _declarations(self) -> Iterator[_Declared]:
        graph = self._graph
        for node in graph.subjects:
            if not graph.is_instance(node, SH.ConstraintComponent):
                if any(graph.objects(node, word) for word in _PARTS) and node not in SH:
                    raise ill_formed(
                        graph.name(node),
                        "parameters or validators of what is no sh:ConstraintComponent",
                        "6.2",
                        "add: a sh:ConstraintComponent",
                    )
                continue
            if node in SH:
                continue
            if not isinstance(node, NamedNode):
                raise ill_formed(
                    graph.name(node), "a component that is a blank node", "6.2", "give it an IRI"
                )
            parameters = tuple(self._parameter(p) for p in graph.objects(node, SH.parameter))
            if all(p.optional for p in parameters):
                raise ill_formed(
                    node.value, "a component without a parameter that is needed", "6.2.1"
                )
            names = sorted(parameter.name for parameter in parameters)
            for one, two in pairwise(names):
                if one == two:
                    raise ill_formed(
                        node.value,
                        f"two parameters that are called {one!r}",
                        "6.2.1",
                        "end their paths in different names",
                    )
            yield _Declared(node, tuple(sorted(parameters, key=lambda p: p.name)))

    def _parameter(self, node: Term) -> _Parameter:
        path = self._graph.one(node, SH.path, "6.2.1")
        if not isinstance(path, NamedNode):
            raise ill_formed(self._graph.name(node), "a parameter whose path is no IRI", "6.2.1")
        name = local_name(path.value)
        if not re.fullmatch(r"\w+", name) or name in _RESERVED:
            raise ill_formed(
                self._graph.name(node),
                f"a parameter that cannot be called {name!r}" if name else "a path without a name",
                "6.2.1",
                "end its path in the name of a variable",
            )
        optional = self._graph.one(node, SH.optional, "6.2.1")
        if optional is not None and not is_boolean(optional):
            raise ill_formed(
                self._graph.name(node),
                "sh:optional is neither true nor false",
                "6.2.1",
                "write true or false",
            )
        return _Parameter(path, name, optional is not None and is_true(optional))

    def _applied(
        self, declared: _Declared, node: Resource, path: Path | None
    ) -> Iterator[Constraint]:
        graph = self._graph
        given = {p.name: graph.objects(node, p.predicate) for p in declared.parameters}
        if any(not given[p.name] for p in declared.parameters if not p.optional):
            return
        if len(declared.parameters) > 1 and any(len(values) > 1 for values in given.values()):
            raise ill_formed(
                graph.name(node),
                f"several values for a parameter of {declared.node.value}",
                "6.2.3",
                "keep one each",
            )
        validator = self._validator(declared, node, path)
        choices: list[tuple[Argument, ...]]
        if len(declared.parameters) == 1:
            name = declared.parameters[0].name
            choices = [(Argument(name, value),) for value in given[name]]
        else:
            choices = [tuple(Argument(name, v[0]) for name, v in given.items() if v)]
        for arguments in choices:
            yield Constraint(
                Component.CUSTOM,
                declared.node,
                arguments[0].value,
                validator=validator,
                arguments=arguments,
            )

    def _validator(self, declared: _Declared, shape: Resource, path: Path | None) -> Validator:
        graph, component = self._graph, declared.node
        names = tuple(parameter.name for parameter in declared.parameters)

        def read(node: Term, word: NamedNode, clause: str, asks: bool) -> Validator:
            query = self._query(node, word, clause)
            if not query.messages:
                query = replace(query, messages=self._messages(component))
            return Validator(query, asks, names)

        special = SH.nodeValidator if path is None else SH.propertyValidator
        for node in graph.objects(component, special):
            if graph.objects(node, SH.select):
                return read(node, SH.select, "6.3.1", False)
        for node in graph.objects(component, SH.validator):
            if graph.objects(node, SH.ask):
                return read(node, SH.ask, "6.3.2", True)
        raise ShapeError(
            f"{component.value} has no validator for this kind of shape (SHACL 6.3)",
            path=graph.name(shape),
            hint="declare sh:validator with sh:ask, or the sh:select validator of that kind",
        )

    def _is_deactivated(self, node: Term) -> bool:
        value = self._graph.one(node, SH.deactivated, "5.2.1")
        if value is not None and not is_true_or_false(value):
            raise ill_formed(
                self._graph.name(node), "sh:deactivated is neither true nor false", "5.2.1"
            )
        return value is not None and is_true(value)

    def _query(self, node: Term, predicate: NamedNode, clause: str) -> Query:
        graph = self._graph
        word = "sh:" + predicate.value.removeprefix(SH.base)
        text = graph.one(node, predicate, clause)
        if isinstance(node, Literal) or not isinstance(text, Literal):
            raise ill_formed(
                graph.name(node), f"a constraint without {word}", clause, "give it a query"
            )
        if text.datatype != XSD.string:
            raise ill_formed(graph.name(node), f"{word} is no xsd:string", clause)
        messages = self._messages(node)
        try:
            found = outline(text.value, self._prefixes(node))
        except QueryError as error:
            raise ShapeError(
                f"the {word} cannot be used: {error.what}", path=graph.name(node), hint=error.hint
            ) from error
        if found.form.value != word.removeprefix("sh:"):
            raise ill_formed(graph.name(node), f"{word} holds another form of query", clause)
        query = Query(node, graph.name(node), text.value, found, messages)
        self.queries[node] = query
        return query

    def _messages(self, node: Term) -> tuple[Literal, ...]:
        return self._graph.texts(node, SH.message, "5.2.1")

    def _prefixes(self, node: Term) -> dict[str, str]:
        ontologies = self._graph.objects(node, SH.prefixes)
        if ontologies not in self._known:
            self._known[ontologies] = self._declared_by(ontologies, node)
        return self._known[ontologies]

    def _declared_by(self, ontologies: tuple[Term, ...], node: Term) -> dict[str, str]:
        graph = self._graph
        found: dict[str, str] = {}
        queue, seen = list(ontologies), set[Term]()
        if any(isinstance(ontology, Literal) for ontology in ontologies):
            what = "sh:prefixes names no ontology"
            raise ill_formed(graph.name(node), what, "5.2.1", "give the IRI of one")
        while queue:
            ontology = queue.pop(0)
            if ontology in seen:
                continue
            seen.add(ontology)
            queue += graph.objects(ontology, OWL.imports)
            for declaration in graph.objects(ontology, SH.declare):
                prefix = graph.one(declaration, SH.prefix, "5.2.1")
                namespace = graph.one(declaration, SH.namespace, "5.2.1")
                if not isinstance(prefix, Literal) or not isinstance(namespace, Literal):
                    raise ill_formed(
                        graph.name(declaration),
                        "a prefix without sh:prefix or sh:namespace",
                        "5.2.1",
                    )
                if prefix.datatype != XSD.string or namespace.datatype != XSD.anyURI:
                    raise ill_formed(
                        graph.name(declaration),
                        "sh:prefix is no xsd:string, or sh:namespace no xsd:anyURI",
                        "5.2.1",
                        f'write sh:namespace "{namespace.value}"^^xsd:anyURI',
                    )
                if found.setdefault(prefix.value, namespace.value) != namespace.value:
                    raise ill_formed(
                        graph.name(node), f"two namespaces for the prefix {prefix.value}:", "5.2.1"
                    )
        return found
