"""The words of SHACL that this engine knows, closed: a word that is not here is an error."""

from __future__ import annotations

from typing import Final

from somswd_kg.terms import NamedNode

__all__ = ["ADVANCED", "OWL", "RDF", "RDFS", "SH", "XSD", "Words"]


class Words:
    """The words of a namespace, made once, as attributes.

    >>> SH.minCount
    <NamedNode value=http://www.w3.org/ns/shacl#minCount>
    >>> NamedNode("http://www.w3.org/ns/shacl#mincount") in SH
    False
    """

    def __init__(self, base: str, names: str) -> None:
        self.base = base
        self.terms = {name: NamedNode(base + name) for name in names.split()}
        self._known = frozenset(self.terms.values())
        self.__dict__.update(self.terms)

    def __getattr__(self, name: str) -> NamedNode:
        raise AttributeError(f"{self.base} has no term {name!r}")

    def __getitem__(self, name: str) -> NamedNode:
        return self.terms[name]

    def __contains__(self, term: object) -> bool:
        return term in self._known


SH: Final = Words(
    "http://www.w3.org/ns/shacl#",
    """
    AbstractResult AndConstraintComponent BlankNode BlankNodeOrIRI
    BlankNodeOrLiteral ClassConstraintComponent ClosedConstraintComponent ConstraintComponent
    DatatypeConstraintComponent DisjointConstraintComponent EqualsConstraintComponent
    HasValueConstraintComponent IRI IRIOrLiteral InConstraintComponent Info
    LanguageInConstraintComponent LessThanConstraintComponent LessThanOrEqualsConstraintComponent
    Literal MaxCountConstraintComponent MaxExclusiveConstraintComponent
    MaxInclusiveConstraintComponent MaxLengthConstraintComponent MinCountConstraintComponent
    MinExclusiveConstraintComponent MinInclusiveConstraintComponent MinLengthConstraintComponent
    NodeConstraintComponent NodeKind NodeKindConstraintComponent NodeShape NotConstraintComponent
    OrConstraintComponent Parameter Parameterizable PatternConstraintComponent PrefixDeclaration
    PropertyConstraintComponent PropertyGroup PropertyShape QualifiedMaxCountConstraintComponent
    QualifiedMinCountConstraintComponent SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint
    SPARQLConstraintComponent SPARQLExecutable SPARQLSelectExecutable SPARQLSelectValidator
    Severity Shape UniqueLangConstraintComponent ValidationReport ValidationResult Validator
    Violation Warning XoneConstraintComponent
    alternativePath and ask class closed conforms datatype deactivated declare defaultValue
    description detail disjoint entailment equals flags focusNode group hasValue
    ignoredProperties in inversePath labelTemplate languageIn lessThan lessThanOrEquals maxCount
    maxExclusive maxInclusive maxLength message minCount minExclusive minInclusive minLength name
    namespace node nodeKind nodeValidator not oneOrMorePath optional or order parameter path
    pattern prefix prefixes property propertyValidator qualifiedMaxCount qualifiedMinCount
    qualifiedValueShape qualifiedValueShapesDisjoint result resultMessage resultPath
    resultSeverity select severity shapesGraph shapesGraphWellFormed sourceConstraint
    sourceConstraintComponent sourceShape sparql suggestedShapesGraph targetClass targetNode
    targetObjectsOf targetSubjectsOf uniqueLang validator value xone zeroOrMorePath zeroOrOnePath
    """,
)

ADVANCED: Final = Words(
    SH.base,
    """
    ExpressionConstraintComponent Function JSConstraint JSConstraintComponent JSExecutable
    JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator ResultAnnotation Rule
    SPARQLConstructExecutable SPARQLFunction SPARQLRule SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Target TargetType TripleRule
    annotationProperty annotationValue annotationVarName condition construct expression
    filterShape intersection js jsFunctionName jsLibrary jsLibraryURL nodes object predicate
    resultAnnotation returnType rule subject target this union update values
    """,
)
"""Words of the notes on SHACL Advanced Features and SHACL JavaScript, which are not supported."""

RDF: Final = Words(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type first rest nil langString HTML XMLLiteral"
)
RDFS: Final = Words("http://www.w3.org/2000/01/rdf-schema#", "Class subClassOf")
OWL: Final = Words("http://www.w3.org/2002/07/owl#", "imports")
XSD: Final = Words(
    "http://www.w3.org/2001/XMLSchema#", "string boolean integer decimal double float anyURI"
)
