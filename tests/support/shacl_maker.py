"""Shapes and data at random, in which forms of one value meet."""

from __future__ import annotations

from random import Random

PREFIXES = """
@prefix : <urn:x:> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = [":a", ":b", ":c", "_:d", "_:e", "_:f"]
ALIKE = [
    *("1", "01", '"+1"^^xsd:integer', '"1"^^xsd:byte', '"01"^^xsd:byte', '"1"^^xsd:int'),
    *("1.0", "1.00", '"1"^^xsd:decimal', "01.0"),
]
"""Two values to the store, ten terms to SHACL."""
LITERALS = [
    *ALIKE,
    *("2", "02", "2.0", '"300"^^xsd:byte', "300", '"-1"^^xsd:nonNegativeInteger'),
    *('"-1"^^xsd:integer', "1e0", '"1"^^xsd:double', "true", '"1"^^xsd:boolean', '"1"'),
    *('"2020-01-01Z"^^xsd:date', '"2020-01-01+00:00"^^xsd:date', '"12"^^xsd:int', "12"),
]
KEPT = ["1", "2", "12", "300", '"-1"^^xsd:integer', "true", '"1"', '"1"@en', '"1"@th']
PREDICATES = [":p", ":q", ":r"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
TYPES = ["integer", "decimal", "byte", "double", "boolean", "date", "nonNegativeInteger", "string"]
GRAPHS = ("urn:x:one", "urn:x:two")


class Maker:
    """Make data and shapes at random."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def data(self) -> str:
        """Write a TriG text of few nodes, so that forms of one value meet."""
        pick = self.random.choice
        few = self.random.sample(pick([ALIKE, LITERALS]), 4)
        parts = {"": "", GRAPHS[0]: "", GRAPHS[1]: ""}
        names = pick([[""], [GRAPHS[0]], [*GRAPHS], ["", *GRAPHS]])
        for _ in range(self.random.randint(4, 16)):
            value = (
                pick(NODES) if self.random.random() < 0.4 else pick([*few, *few, pick(LITERALS)])
            )
            parts[pick(names)] += f"{pick(NODES)} {pick(PREDICATES)} {value} .\n"
        for name in names:
            parts[name] += f"{pick(NODES)} a :C .\n"
        return PREFIXES + parts[""] + "".join(f"<{g}> {{ {parts[g]} }}\n" for g in GRAPHS)

    def lines(self, most: int = 12, *, kept: bool = False) -> str:
        """Write a few triples, some of a class; all with literals that the store keeps, or not."""
        pick = self.random.choice
        few = self.random.sample(KEPT if kept else pick([ALIKE, LITERALS]), 4)
        found = [f"{pick(NODES)} a :C ."]
        for _ in range(self.random.randint(1, most)):
            value = pick(NODES) if self.random.random() < 0.4 else pick(few)
            found.append(f"{pick(NODES)} {pick(PREDICATES)} {value} .")
        return "\n".join(found)

    def path(self, depth: int = 2) -> str:
        if depth == 0 or self.random.random() < 0.4:
            return self.random.choice(PREDICATES)
        one, two = self.path(depth - 1), self.path(depth - 1)
        return self.random.choice(
            [
                f"( {one} {two} )",
                f"[ sh:alternativePath ( {one} {two} ) ]",
                f"[ sh:inversePath {one} ]",
                f"[ sh:oneOrMorePath {one} ]",
                f"[ sh:zeroOrMorePath {one} ]",
                f"[ sh:zeroOrOnePath {one} ]",
            ]
        )

    def term(self) -> str:
        return self.random.choice([*LITERALS, *LITERALS, *NODES[:3]])

    def value_test(self, depth: int) -> str:
        """Write a constraint of a node."""
        random, number = self.random, self.random.randint(0, 3)
        choices = [
            f"sh:datatype xsd:{random.choice(TYPES)}",
            f"sh:nodeKind sh:{random.choice(KINDS)}",
            "sh:class :C",
            f"sh:in ( {' '.join(self.term() for _ in range(4))} )",
            f"sh:hasValue {self.term()}",
            f"sh:maxLength {number}",
            f"sh:minLength {number}",
            'sh:pattern "^0?1"',
            f"sh:{random.choice(['min', 'max'])}{random.choice(['In', 'Ex'])}clusive {number}",
            "sh:closed true",
        ]
        if depth:
            inner = [f"[ {self.shape(depth - 1)} ]" for _ in range(2)]
            choices += [f"sh:not {inner[0]}", f"sh:node {inner[0]}"] * 2
            choices += [f"sh:{word} ( {inner[0]} {inner[1]} )" for word in ("or", "and", "xone")]
        return random.choice(choices)

    def property(self, depth: int) -> str:
        """Write a property shape."""
        other, number = self.random.choice(PREDICATES), self.random.randint(0, 3)
        pair = self.random.choice(["equals", "disjoint", "lessThan", "lessThanOrEquals"])
        tests = [
            f"sh:minCount {number}",
            f"sh:maxCount {number}",
            f"sh:{pair} {other}",
            f"sh:qualifiedValueShape [ {self.value_test(0)} ] ; "
            f"sh:qualifiedMaxCount {number} ; sh:qualifiedMinCount {self.random.randint(1, 2)}",
            self.value_test(depth),
            f"sh:not [ {self.value_test(depth)} ]",
        ]
        if depth:
            tests += [f"sh:property [ {self.property(depth - 1)} ]"]
        chosen = self.random.sample(tests, self.random.randint(1, 2))
        return f"sh:path {self.path()} ; {' ; '.join(chosen)}"

    def shape(self, depth: int) -> str:
        """Write the inside of a shape."""
        if self.random.random() < 0.4:
            return self.value_test(depth)
        return f"sh:property [ {self.property(depth)} ]"

    def shapes(self) -> str:
        targets = [
            "sh:targetClass :C",
            f"sh:targetNode {self.term()} , {self.term()}",
            f"sh:targetSubjectsOf {self.random.choice(PREDICATES)}",
            f"sh:targetObjectsOf {self.random.choice(PREDICATES)}",
        ]
        return PREFIXES + "".join(
            f":S{i} {' ; '.join(self.random.sample(targets, self.random.randint(1, 2)))} ; "
            f"{self.shape(2)} .\n"
            for i in range(self.random.randint(1, 3))
        )
