"""The vocabularies that the code names, closed: a term that is not listed is an error.

`SWD` lists every term of `ontology/`; the others list what the code uses of them. A test holds
`SWD` against the ontology. `PREFIXES` is the one table of prefixes: a prefix means the same in
every file of data, shapes and queries.
"""

from __future__ import annotations

from dataclasses import dataclass

from somswd_kg.terms import NamedNode

BASE = "https://w3id.org/somswd-kg/"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A namespace whose terms are attributes.

    Args:
        base: The IRI that every term begins with.
        names: The local names, separated by white space.

    >>> SWD.Indicator
    <NamedNode value=https://w3id.org/somswd-kg/ns#Indicator>
    >>> SWD.Indikator
    Traceback (most recent call last):
        ...
    AttributeError: https://w3id.org/somswd-kg/ns# has no term 'Indikator'
    """

    base: str
    terms: frozenset[str]

    def __getattr__(self, name: str) -> NamedNode:
        if name not in self.terms:
            raise AttributeError(f"{self.base} has no term {name!r}")
        return NamedNode(self.base + name)

    def __contains__(self, iri: object) -> bool:
        value = iri.value if isinstance(iri, NamedNode) else str(iri)
        return value.startswith(self.base) and value[len(self.base) :] in self.terms


def _closed(base: str, names: str) -> Vocabulary:
    return Vocabulary(base, frozenset(names.split()))


SWD = _closed(
    BASE + "ns#",
    """
    ActionPoint Activity Alignment Baseline Body Characteristic Claim CollectiveAgent
    Country CrossSectoralLink Duty ElementList Evaluation Event Evidence Focus Framework
    FrameworkElement Gap Goal Indicator IntakeRule KeyResultArea Mandate Mechanism NotStated
    Outcome Output Plan PlanElement PlanVersion Practice Recommendation Report
    Responsibility ResultsLink SdgIndicator SdgTarget SourceDocument SourceSlip
    StrategicMeasure Target Task Vision WordList aboutElement aboutProperty acronym act
    againstFramework alignsWith basedOn benefits bringsStatus carriesOut caution classifier
    codesFrom collectBy concerns condition continues contributesTo cost dataSource date
    deadline delivers denominator describedIn disagreesWith dueYear endYear evaluatedAgainst
    evaluates example fix follows followsUp founded hasAccumulation hasActivityStatus
    hasAddressee hasAgent hasArea hasAssignee hasAuthor hasBaselineStatus hasBasis
    hasBodyKind hasCompleteness hasDataAvailability hasDirection hasDutyKind hasEventKind
    hasEventState hasEvidence hasFrameworkKind hasFrequency hasFunction hasIndicatorType
    hasJurisdiction hasKeeper hasLead hasLeadCountry hasLevel hasLinkKind hasMechanismKind
    hasMembers hasMethod hasMode hasNationalLead hasOfficialStatus hasOperator hasOwner
    hasParticipant hasParticipantKind hasPillar hasRendering hasResponsibleBody hasRisk
    hasSector hasSlipKind hasStage hasStakeholderKind hasTargetGroup hasTheme
    hasTranslationStatus hasUnit hasVerification hasVersionStatus inCapacity inSource
    isBaselineOf isConditionFor isDisaggregatedBy isDutyOf isFocusOf isFundedBy isHeldBy
    isHeldWith isInWordList isLinkedTo isMadeBy isMandateOf isOrderedBy isPermission
    isPostIn isRemainder isReportedIn isResponsibilityOf isSlipIn isTakenUpBy isTargetOf
    isTrueZero isoAlpha2 isoAlpha3 isoNumeric issuedBy justification leadsTo mappingRelation
    meansOfVerification measures memberSince memberUntil mended messageTemplate namesBody
    notAfter notBefore notStatedMessage onGroup onRisk onTheme place precondition printed
    realises reason refersTo remark reportBack reportsOn reportsTo republishedBy reviewedOn
    rewording rule serves severityAtConsultation severityAtOutline sha256 sheet signalWord
    startYear statedNumber statement storedAs strength summarises tooFewMessage
    tooManyMessage url value wantsDimension wordList worksWith year zeroMessage
    """,
)
RDF = _closed(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type first rest nil subject predicate object langString List Property",
)
RDFS = _closed(
    "http://www.w3.org/2000/01/rdf-schema#",
    "Class label comment subClassOf subPropertyOf isDefinedBy seeAlso",
)
OWL = _closed(
    "http://www.w3.org/2002/07/owl#",
    """Class Ontology ObjectProperty DatatypeProperty AnnotationProperty imports versionIRI
    deprecated""",
)
XSD = _closed(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer decimal double float date dateTime gYear gYearMonth anyURI",
)
SKOS = _closed(
    "http://www.w3.org/2004/02/skos/core#",
    """Concept ConceptScheme Collection prefLabel altLabel notation definition example scopeNote
    inScheme topConceptOf hasTopConcept broader narrower member exactMatch closeMatch broadMatch
    narrowMatch relatedMatch""",
)
DCTERMS = _closed(
    "http://purl.org/dc/terms/",
    """title source license creator date identifier issued isVersionOf isPartOf isReplacedBy
    replaces rights language publisher""",
)
OA = _closed(
    "http://www.w3.org/ns/oa#",
    """SpecificResource TextQuoteSelector TextPositionSelector hasSource hasSelector exact prefix
    suffix start end""",
)
ORG = _closed(
    "http://www.w3.org/ns/org#",
    "Organization Membership Post member organization classification",
)
PROV = _closed("http://www.w3.org/ns/prov#", "Agent Plan Entity Activity")
SSSOM = _closed("https://w3id.org/sssom/", "NoTermFound")
SH = _closed(
    "http://www.w3.org/ns/shacl#",
    """NodeShape PropertyShape ValidationReport ValidationResult Violation Warning Info
    conforms result focusNode resultPath resultSeverity resultMessage value sourceShape
    sourceConstraint sourceConstraintComponent detail shapesGraph
    property path name description order group message severity targetClass datatype nodeKind class
    in languageIn minCount maxCount pattern minInclusive maxInclusive hasValue node sparql select
    inversePath deactivated declare prefix namespace prefixes IRI Literal
    SPARQLSelectExecutable""",
)

PREFIXES: dict[str, str] = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "dcterms": DCTERMS.base,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gao": "https://spec.edmcouncil.org/fibo/ontology/FND/GoalsAndObjectives/Objectives/",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": OA.base,
    "org": ORG.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": "https://schema.org/",
    "sdg": "http://metadata.un.org/sdg/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "sh": SH.base,
    "skos": SKOS.base,
    "sssom": SSSOM.base,
    "swd": SWD.base,
    "swdsh": BASE + "shapes#",
    "vann": "http://purl.org/vocab/vann/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD.base,
    "agent": BASE + "id/agent/",
    "attribution": BASE + "id/attribution/",
    "body": BASE + "id/body/",
    "characteristic": BASE + "id/framework/ascc-blueprint-2025/characteristic/",
    "collective": BASE + "id/collective/",
    "country": BASE + "id/country/",
    "event": BASE + "id/event/",
    "fact": BASE + "id/fact/",
    "framework": BASE + "id/framework/",
    "kra": BASE + "id/framework/ascc-blueprint-2025/kra/",
    "measure": BASE + "id/framework/ascc-blueprint-2025/measure/",
    "membership": BASE + "id/membership/",
    "passage": BASE + "id/passage/",
    "plan": BASE + "id/",
    "post": BASE + "id/post/",
    "source": BASE + "id/source/",
    "code": BASE + "code/",
    "accumulation": BASE + "code/accumulation/",
    "activitystatus": BASE + "code/activity-status/",
    "activityverbs": BASE + "code/word-list-activity-verbs/",
    "aftertargetwords": BASE + "code/word-list-after-target-words/",
    "agentrole": BASE + "code/agent-role/",
    "amounts": BASE + "code/word-list-amounts/",
    "availability": BASE + "code/data-availability/",
    "baselinestatus": BASE + "code/baseline-status/",
    "basis": BASE + "code/basis/",
    "bodykind": BASE + "code/body-kind/",
    "collectivewords": BASE + "code/word-list-collective-words/",
    "completeness": BASE + "code/completeness/",
    "conjunctions": BASE + "code/word-list-conjunctions/",
    "coverage": BASE + "code/coverage/",
    "dimension": BASE + "code/dimension/",
    "direction": BASE + "code/direction/",
    "directionwords": BASE + "code/word-list-direction-words/",
    "dutykind": BASE + "code/duty/",
    "eventkind": BASE + "code/event-kind/",
    "eventstate": BASE + "code/event-state/",
    "frameworkkind": BASE + "code/framework-kind/",
    "frequency": BASE + "code/frequency/",
    "function": BASE + "code/function/",
    "group": BASE + "code/target-group/",
    "groupwords": BASE + "code/word-list-group-words/",
    "indicatortype": BASE + "code/indicator-type/",
    "level": BASE + "code/level/",
    "linkkind": BASE + "code/link-kind/",
    "mechanismkind": BASE + "code/mechanism-kind/",
    "method": BASE + "code/method/",
    "mode": BASE + "code/mode/",
    "officialstatus": BASE + "code/official-status/",
    "operator": BASE + "code/operator/",
    "paperwords": BASE + "code/word-list-paper-words/",
    "pillar": BASE + "code/pillar/",
    "rendering": BASE + "code/rendering/",
    "risk": BASE + "code/risk/",
    "sector": BASE + "code/sector/",
    "slipkind": BASE + "code/slip-kind/",
    "stage": BASE + "code/stage/",
    "stakeholder": BASE + "code/stakeholder-kind/",
    "status": BASE + "code/version-status/",
    "targetwords": BASE + "code/word-list-target-words/",
    "theme": BASE + "code/theme/",
    "translation": BASE + "code/translation-status/",
    "unit": BASE + "code/unit/",
    "unitwords": BASE + "code/word-list-unit-words/",
    "verification": BASE + "code/verification/",
    "waitinganswers": BASE + "code/word-list-waiting-answers/",
    "waitingwords": BASE + "code/word-list-waiting-words/",
}
