"""The SOMSWD Work Plan 2021-2025 in the graph says what the summary says, no less and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from somswd_kg.api import KnowledgeGraph
from somswd_kg.evidence.check import EvidenceReport, check_evidence
from somswd_kg.evidence.reading import read_evidence
from somswd_kg.findings.baseline import read_baseline
from somswd_kg.namespaces import BASE, PREFIXES
from somswd_kg.project import Project, find_project
from somswd_kg.questions.names import short_name
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import Literal, NamedNode, Term

VERSION = BASE + "id/somswd-2021-2025/draft-2022-02/"
CLAUSES = {
    "Vision": ("1",),
    "Goal": ("2.1", "2.2", "2.3", "2.4"),
    "Output": ("3.1.1", "3.1.2", "3.1.3", "3.1.4"),
    "Outcome": ("3.2.1", "3.2.2", "3.2.3", "3.2.4"),
    "Mechanism": ("4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.2.1", "4.2.2"),
    "Responsibility": ("4.3.1", "4.3.2"),
    "Indicator": ("5.1.1", "5.1.2", "5.1.3", "5.1.4"),
    "Practice": ("5.2.1", "5.2.2", "5.2.3"),
    "Report": ("5.3.1", "5.3.2"),
    "Evaluation": ("5.4",),
}
KIND = {clause: kind for kind, clauses in CLAUSES.items() for clause in clauses}

# What the words of each clause name; a clause that is not listed names none.
GROUPS = {
    "1": "children older-persons other-vulnerable-groups persons-with-disabilities women",
    "2.1": "marginalised-groups vulnerable-groups",
    "2.2": "children older-persons other-vulnerable-groups persons-with-disabilities",
    "2.3": "people-of-asean",
    "3.1.1": "children",
    "3.1.2": "persons-with-disabilities",
    "3.1.3": "older-persons",
    "3.2.1": "children children-in-migration",
    "3.2.2": "persons-with-disabilities",
    "3.2.3": "older-persons older-women",
    "4.2.1": "children women",
    "4.2.2": "other-vulnerable-groups persons-with-disabilities",
    "5.1.1": "children older-persons persons-with-disabilities",
    "5.1.3": "older-persons",
    "5.2.3": "vulnerable-groups",
}
THEMES = {
    "1": "equality participation quality-of-life",
    "2.1": "resilience social-welfare",
    "2.2": "child-rights rights-of-target-groups",
    "2.3": "capacity-building social-protection",
    "2.4": "capacity-building multidisciplinarity service-delivery social-welfare social-work",
    "3.1.1": "policy-review",
    "3.1.2": "access-to-services capacity-building gender-mainstreaming service-delivery",
    "3.1.3": "good-practice-sharing inclusion knowledge-development technical-assistance "
    "well-being",
    "3.1.4": "institutionalisation stakeholder-engagement",
    "3.2.1": "child-rights participation",
    "3.2.2": "access-to-services employment self-reliance service-delivery",
    "3.2.3": "economic-stability financial-security well-being",
    "3.2.4": "social-responsibility stakeholder-engagement",
    "4.1.1": "good-practice-sharing social-welfare",
    "4.1.3": "good-practice-sharing social-welfare stakeholder-engagement",
    "4.1.4": "recognition social-welfare",
    "4.2.1": "child-rights gender-equality gender-mainstreaming pandemic-recovery "
    "social-protection womens-empowerment womens-rights",
    "4.2.2": "entrepreneurship inclusive-development participation",
    "4.3.1": "coordination funding",
    "4.3.2": "funding technical-assistance",
    "5.1.3": "data-and-statistics",
    "5.2.1": "coordination",
    "5.2.2": "stakeholder-engagement",
    "5.2.3": "monitoring-and-evaluation stakeholder-engagement",
    "5.4": "monitoring-and-evaluation",
}
RISKS = {
    "2.1": "climate-change disaster economic-crisis health-crisis other-environmental-challenge "
    "social-crisis",
    "2.3": "vulnerability",
    "3.1.1": "emerging-challenge",
    "3.2.1": "abuse exploitation migration violence",
    "3.2.3": "poverty",
    "4.2.1": "exploitation migration online-exploitation pandemic trafficking violence",
}
BODIES = {
    "3.1.1": "asean-member-states",
    "3.1.2": "asean-member-states",
    "3.1.3": "asean-member-states",
    "4.1.1": "cn jp kr plus-three-countries somswd-plus-three",
    "4.1.2": "ammswd-plus-three cn jp kr",
    "4.1.3": "go-ngo-forum",
    "4.1.4": "aoswada asean-member-states",
    "4.2.1": "acw acwc",
    "4.2.2": "niea",
    "4.3.1": "somswd somswd-representatives",
    "4.3.2": "asean-member-states asec dialogue-partners somswd somswd-coordinators",
    "5.1.1": "asean-member-states",
    "5.1.2": "asean-member-states",
    "5.1.3": "asean-member-states",
    "5.2.1": "acwc agencies-of-other-sectors other-sectoral-bodies",
    "5.2.2": "go-ngo-forum somswd",
    "5.3.1": "somswd",
    "5.3.2": "ammswd asec somswd",
}
STAKEHOLDERS = {
    "3.1.3": "network-partner",
    "3.1.4": "stakeholder",
    "3.2.2": "disability-service-agency",
    "3.2.4": "stakeholder",
    "4.1.3": "civil-society-organisation government other-stakeholder private-sector stakeholder",
    "4.1.4": "civil-society-organisation non-governmental-organisation private-sector",
    "4.2.2": "social-entrepreneur",
    "4.3.1": "expert",
    "4.3.2": "dialogue-partner partner-agency",
    "5.1.2": "civil-society-organisation network-partner other-sector",
    "5.2.1": "other-sector other-sectoral-body",
    "5.2.2": "government non-governmental-organisation",
    "5.2.3": "civil-society-organisation regional-organisation-of-target-groups",
}
LEVELS = {
    "2.3": "national",
    "3.1.1": "national regional",
    "4.1.1": "regional senior-officials",
    "4.1.2": "ministerial regional",
    "4.1.3": "regional",
    "4.1.4": "regional",
    "4.3.1": "national",
    "5.1.4": "regional",
}
FREQUENCIES = {
    "4.1.1": "yearly",
    "4.1.2": "every-two-years",
    "4.1.4": "yearly",
    "5.2.2": "yearly",
    "5.3.1": "yearly",
    "5.3.2": "once-at-end",
}

Row = tuple[str, ...]


class Graph:
    """The shipped graph, with short names for what it holds."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.store = EmbeddedStore()
        for file in project.data_files():
            self.store.load(file.path, graph=file.graph)
        self._prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

    def rows(self, pattern: str, variables: str) -> list[Row]:
        query = f"{self._prefixes}SELECT DISTINCT {variables} WHERE {{ {pattern} }}"
        return sorted(tuple(_short(term) for term in row) for row in self.store.select(query))

    def by_clause(self, predicate: str, basis: str = "stated") -> dict[str, str]:
        """Give the last parts of the values that claims give to the elements, by clause."""
        found: dict[str, list[str]] = {}
        for subject, value in self.rows(
            f"?claim rdf:subject ?s ; rdf:predicate {predicate} ; rdf:object ?o ; "
            f"swd:hasBasis basis:{basis} . ?s swd:describedIn ?version",
            "?s ?o",
        ):
            found.setdefault(subject.split("/")[-1], []).append(value.split("/")[-1])
        return {clause: " ".join(sorted(values)) for clause, values in found.items()}


def _short(term: Term | None) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return ""


def _last(rows: Sequence[Row]) -> list[Row]:
    return [tuple(value.rsplit("/", 1)[-1] for value in row) for row in rows]


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    yield Graph(find_project())


@pytest.fixture(scope="module")
def report(graph: Graph) -> EvidenceReport:
    evidence = read_evidence(graph.store)
    texts = {
        source.iri: text
        for source in evidence.sources
        if (text := graph.project.source_text(source.file)) is not None
    }
    return check_evidence(evidence, texts)


def test_the_vision_and_each_of_the_thirty_clauses_is_one_element(graph: Graph) -> None:
    found = graph.rows(
        "?s a ?kind ; skos:notation ?number ; swd:describedIn ?version . "
        "?kind rdfs:subClassOf swd:PlanElement FILTER(DATATYPE(?number) = "
        "<https://w3id.org/somswd-kg/id/source/cabinet-meeting-summary-2022-02-22/clause>)",
        "?kind ?s ?number",
    )

    assert found == sorted(
        (PREFIXES["swd"] + kind, f"{VERSION}{kind.lower()}/{clause}", clause)
        for clause, kind in KIND.items()
    )


def test_every_quote_stands_in_the_source_and_the_clauses_cover_the_table(
    report: EvidenceReport,
) -> None:
    assert report.problems == ()
    assert report.verified == report.quotes
    assert report.clauses == 31
    assert {rest.text for rest in report.left_over if not rest.is_heading} == set()


def test_the_evidence_of_a_coded_fact_lies_in_its_clause_or_in_the_heading_above_it(
    graph: Graph,
) -> None:
    outside = [
        (element.rsplit("/", 1)[-1], place)
        for element, place in graph.rows(
            "?claim rdf:subject ?s ; swd:hasEvidence ?e . ?s swd:describedIn ?v ; "
            "swd:hasEvidence ?own . ?own swd:place ?number . ?e swd:place ?place "
            "FILTER(!STRSTARTS(?number, ?place))",
            "?s ?place",
        )
    ]

    assert outside == []


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("swd:hasTargetGroup", GROUPS),
        ("swd:hasTheme", THEMES),
        ("swd:hasRisk", RISKS),
        ("swd:namesBody", BODIES),
        ("swd:hasStakeholderKind", STAKEHOLDERS),
        ("swd:hasLevel", LEVELS),
        ("swd:hasFrequency", FREQUENCIES),
    ],
)
def test_each_clause_names_just_these(
    graph: Graph, predicate: str, expected: dict[str, str]
) -> None:
    assert graph.by_clause(predicate) == expected


def test_the_first_indicator_covers_all_member_states_and_three_have_a_unit(graph: Graph) -> None:
    assert graph.by_clause("swd:hasArea") == {"5.1.1": "asean-member-states"}
    assert graph.by_clause("swd:hasUnit") == {
        "5.1.1": "policy",
        "5.1.2": "meeting",
        "5.1.3": "data-set",
    }


def test_women_stand_in_the_vision_and_with_the_two_commissions_and_as_older_women_once(
    graph: Graph,
) -> None:
    named = graph.by_clause("swd:hasTargetGroup")

    assert {c for c, groups in named.items() if "women" in groups.split()} == {"1", "4.2.1"}
    assert [c for c, groups in named.items() if "older-women" in groups.split()] == ["3.2.3"]


def test_clause_4_2_1_ties_each_topic_to_the_group_that_it_names(graph: Graph) -> None:
    pairs = _last(
        graph.rows(
            "?f swd:isFocusOf ?s ; swd:onGroup ?g ; swd:onTheme|swd:onRisk ?t "
            'FILTER(STRENDS(STR(?s), "/4.2.1"))',
            "?g ?t",
        )
    )

    assert pairs == [
        ("children", "exploitation"),
        ("children", "migration"),
        ("children", "online-exploitation"),
        ("children", "trafficking"),
        ("children", "violence"),
        ("children", "child-rights"),
        ("women", "violence"),
        ("women", "gender-equality"),
        ("women", "womens-empowerment"),
        ("women", "womens-rights"),
    ]


def test_older_women_are_tied_to_poverty_and_money_and_children_in_migration_to_harm(
    graph: Graph,
) -> None:
    def tied(group: str) -> set[str]:
        rows = graph.rows(f"?f swd:onGroup group:{group} ; swd:onTheme|swd:onRisk ?t", "?t")
        return {row[0] for row in _last(rows)}

    assert tied("older-women") == {"poverty", "economic-stability", "financial-security"}
    assert tied("children-in-migration") == {
        "migration", "violence", "exploitation", "abuse", "child-rights",
    }  # fmt: skip


def test_a_focus_pairs_only_what_its_clause_names(graph: Graph) -> None:
    named = {p: graph.by_clause(p) for p in ("swd:hasTargetGroup", "swd:hasTheme", "swd:hasRisk")}
    pairs = graph.rows(
        "?f swd:isFocusOf ?s ; swd:onGroup ?g ; swd:onTheme|swd:onRisk ?t", "?s ?g ?t"
    )

    for clause, group, topic in _last(pairs):
        words = named["swd:hasTheme"].get(clause, "") + " " + named["swd:hasRisk"].get(clause, "")
        assert group in named["swd:hasTargetGroup"][clause].split()
        assert topic in words.split()
    assert len(pairs) > 40


def test_no_link_of_the_results_chain_is_stated_and_each_proposal_says_who_when_and_why(
    graph: Graph,
) -> None:
    chain = ("swd:leadsTo", "swd:contributesTo", "swd:measures", "swd:serves")

    for predicate in chain:
        assert graph.by_clause(predicate) == {}
        assert graph.by_clause(predicate, "proposed") != {}
    lacking = graph.rows(
        "?claim swd:hasBasis basis:proposed FILTER NOT EXISTS { ?claim "
        "dcterms:creator agent:somswd-kg-project ; dcterms:date ?d ; swd:hasMethod ?m ; "
        "swd:justification ?en , ?th ; swd:strength ?s "
        'FILTER(LANG(?en) = "en" && LANG(?th) = "th") }',
        "?claim",
    )
    assert lacking == []


def test_no_two_reasons_are_alike(graph: Graph) -> None:
    pairs = graph.rows(
        "?a swd:justification ?why . ?b swd:justification ?why FILTER(STR(?a) < STR(?b))", "?a ?b"
    )

    assert pairs == []


def test_goals_are_reached_by_proposal_only_and_two_and_a_half_of_them_not_at_all(
    graph: Graph,
) -> None:
    reached = graph.rows(
        "?link rdf:predicate swd:contributesTo ; rdf:subject ?outcome ; rdf:object ?goal ; "
        "swd:strength ?strength . ?output swd:leadsTo ?outcome",
        "?goal ?strength",
    )
    assert _last(reached) == [("2.1", "1"), ("2.2", "1"), ("2.2", "2"), ("2.2", "3")]
    taken_up = graph.rows(
        f"<{VERSION}goal/2.1> swd:hasRisk ?risk . ?below swd:hasRisk ?risk ; a ?kind "
        "FILTER(?kind IN (swd:Output, swd:Outcome, swd:Indicator))",
        "?risk",
    )
    assert taken_up == []


def test_every_goal_output_and_outcome_is_aligned_or_reviewed_without_a_match(
    graph: Graph,
) -> None:
    aligned = graph.rows(
        "?claim rdf:subject ?s ; rdf:predicate swd:alignsWith ; rdf:object ?area ; "
        "swd:hasBasis basis:proposed . ?area a swd:KeyResultArea",
        "?s",
    )
    reviewed = graph.rows(
        "?claim rdf:subject ?s ; rdf:predicate swd:alignsWith ; rdf:object sssom:NoTermFound ; "
        "swd:hasBasis basis:reviewed-no-match ; "
        "swd:againstFramework framework:ascc-blueprint-2025",
        "?s",
    )

    assert graph.by_clause("swd:alignsWith") == {}
    assert _last(reviewed) == [("2.4",)]
    assert sorted(_last([*aligned, *reviewed])) == sorted(
        (clause,) for kind in ("Goal", "Output", "Outcome") for clause in CLAUSES[kind]
    )


def test_a_proposal_that_leans_on_a_recalled_title_says_so(graph: Graph) -> None:
    silent = graph.rows(
        "?area a swd:KeyResultArea ; swd:hasVerification verification:recalled-unverified . "
        "?claim rdf:object ?area ; rdf:predicate swd:alignsWith FILTER NOT EXISTS "
        "{ ?claim swd:hasVerification verification:recalled-unverified }",
        "?claim",
    )
    leaning = graph.rows(
        "?claim rdf:object kra:D.4 ; swd:hasVerification verification:recalled-unverified", "?claim"
    )

    assert silent == []
    assert len(leaning) == 3


def test_the_one_stated_link_to_the_blueprint_is_the_evaluation_s(graph: Graph) -> None:
    links = graph.rows(
        "?claim rdf:subject ?s ; rdf:predicate ?p ; swd:hasBasis basis:stated ; "
        "rdf:object framework:ascc-blueprint-2025 . ?s swd:describedIn ?v",
        "?s ?p",
    )

    assert links == [(VERSION + "evaluation/5.4", PREFIXES["swd"] + "evaluatedAgainst")]


def test_links_across_sectors_are_stated_where_a_body_is_named_and_else_proposed(
    graph: Graph,
) -> None:
    stated = graph.rows(
        "?claim a swd:CrossSectoralLink ; rdf:subject ?s ; rdf:object ?o ; swd:hasLinkKind ?kind ; "
        "swd:hasEvidence ?quote ; swd:hasBasis basis:stated",
        "?s ?o ?kind",
    )
    proposed = graph.rows(
        "?claim a swd:CrossSectoralLink ; rdf:object ?o ; swd:hasBasis basis:proposed . "
        "?o skos:inScheme code:sector",
        "?o",
    )

    assert sorted(_last(stated)) == [
        ("4.1.1", "plus-three-countries", "coordinates-with"),
        ("4.1.2", "plus-three-countries", "coordinates-with"),
        ("4.2.1", "acw", "coordinates-with"),
        ("4.2.1", "acwc", "coordinates-with"),
        ("4.2.2", "niea", "implements-through"),
        ("4.3.2", "dialogue-partners", "funds"),
        ("5.2.1", "acwc", "coordinates-with"),
        ("5.2.1", "agencies-of-other-sectors", "coordinates-with"),
        ("5.2.1", "other-sectoral-bodies", "coordinates-with"),
    ]
    assert {row[0] for row in _last(proposed)} == {
        "disaster-management",
        "environment",
        "health",
        "labour",
        "rural-development-and-poverty",
        "womens-and-childrens-rights",
    }


def test_lists_say_how_complete_they_are(graph: Graph) -> None:
    found = graph.rows(
        "?list a swd:ElementList ; skos:notation ?n ; swd:hasCompleteness ?c "
        'OPTIONAL { ?list swd:signalWord ?word } BIND(COALESCE(STR(?word), "") AS ?w)',
        "?n ?c ?w",
    )

    assert _last(found) == [
        ("2", "unmarked", ""),
        *((key, "illustrative", "เช่น") for key in ("3.1", "3.2", "4.1", "4.1.3", "4.2")),
        ("4.3", "unmarked", "ประกอบด้วย"),
        *((key, "illustrative", "เช่น") for key in ("4.3.1", "4.3.2", "5.1", "5.2", "5.3")),
    ]


def test_every_numbered_element_stands_in_the_list_of_its_heading(graph: Graph) -> None:
    found = _last(
        graph.rows(
            "?list a swd:ElementList ; swd:hasMembers/rdf:rest*/rdf:first ?s . "
            "?s swd:describedIn ?v",
            "?list ?s",
        )
    )

    assert sorted(found) == sorted(
        (clause.rsplit(".", 1)[0], clause) for clause in KIND if clause not in ("1", "5.4")
    )


@pytest.mark.parametrize("clause", CLAUSES["Indicator"])
def test_what_the_summary_leaves_open_about_an_indicator_is_on_record(
    graph: Graph, clause: str
) -> None:
    absent = {
        row[0].rsplit("#", 1)[-1]
        for row in graph.rows(
            f"?n swd:aboutElement <{VERSION}indicator/{clause}> ; swd:aboutProperty ?p", "?p"
        )
    }
    wanted = {"isBaselineOf", "isTargetOf", "dueYear", "meansOfVerification", "hasResponsibleBody"}

    assert wanted - absent == set()
    assert ("hasUnit" in absent) == (clause == "5.1.4")


def test_what_is_on_record_as_absent_from_a_source_is_not_stated_by_it(graph: Graph) -> None:
    both = graph.rows(
        "?n swd:aboutElement ?s ; swd:aboutProperty ?p ; swd:inSource ?source . "
        "?claim rdf:subject ?s ; rdf:predicate ?p ; swd:hasBasis basis:stated ; "
        "swd:hasEvidence/oa:hasSource ?source",
        "?s ?p",
    )

    assert both == []


def test_the_two_statements_on_the_draft_s_state_are_kept_and_set_against_each_other(
    graph: Graph,
) -> None:
    found = graph.rows(
        "?a rdf:predicate swd:hasVersionStatus ; rdf:object ?one ; swd:disagreesWith ?b ; "
        "swd:hasEvidence/swd:place ?place . ?b rdf:object ?other ; swd:disagreesWith ?a",
        "?place ?one ?other",
    )

    assert _last(found) == [
        ("p2", "draft", "endorsed-by-senior-officials"),
        ("p3", "endorsed-by-senior-officials", "draft"),
    ]


def test_the_cabinet_s_approval_counts_for_thailand_and_brings_no_status(graph: Graph) -> None:
    found = graph.rows(
        "?e swd:hasEventKind ?kind ; swd:hasEventState ?state "
        "OPTIONAL { ?e swd:hasJurisdiction ?j } OPTIONAL { ?e swd:bringsStatus ?status }"
        " FILTER EXISTS { ?e swd:concerns plan:somswd-2021-2025\\/draft-2022-02 }",
        "?kind ?state ?j ?status",
    )

    assert _last(found) == [
        ("cabinet-approval", "done", "th", ""),
        ("endorsement-by-ministers", "to-come", "asean", "endorsed-by-ministers"),
        ("endorsement-by-officials", "done", "asean", "endorsed-by-senior-officials"),
        ("entry-into-effect", "conditional", "asean", "in-effect"),
        ("notification", "to-come", "th", ""),
    ]


def test_every_event_has_a_day_or_a_bound(graph: Graph) -> None:
    undated = graph.rows(
        "?e a swd:Event FILTER NOT EXISTS { ?e swd:date|swd:notBefore|swd:notAfter ?day }", "?e"
    )

    assert undated == []


def test_effect_waits_for_the_ministers_who_wait_for_the_letter_and_the_cabinet(
    graph: Graph,
) -> None:
    chain = _last(graph.rows("?a swd:isConditionFor ?b", "?a ?b"))

    assert chain == [
        ("somswd-2021-2025-cabinet-approval", "somswd-2021-2025-letter-of-endorsement"),
        ("somswd-2021-2025-endorsement-by-ministers", "somswd-2021-2025-entry-into-effect"),
        ("somswd-2021-2025-letter-of-endorsement", "somswd-2021-2025-endorsement-by-ministers"),
    ]


def test_the_cabinet_orders_a_letter_and_a_report_and_allows_small_changes(graph: Graph) -> None:
    tasks = _last(
        graph.rows("?t a swd:Task ; swd:isPermission ?free ; swd:hasAssignee ?who", "?t ?free ?who")
    )
    letter = graph.rows(
        "?t swd:inCapacity post:ammswd-minister-th ; swd:deadline ?when ; "
        "swd:hasAddressee post:minister-molsw-la , post:chair-of-ammswd "
        'FILTER(LANG(?when) = "th")',
        "?when",
    )

    assert tasks == [
        ("amend-wording", "true", "msdhs"),
        ("notify-endorsement", "false", "minister-msdhs-th"),
        ("report-amendments", "false", "msdhs"),
    ]
    assert letter == [("ในโอกาสแรก",)]


def test_the_source_is_a_summary_and_three_different_agents_stand_behind_it(graph: Graph) -> None:
    found = graph.rows(
        "?source swd:hasOfficialStatus officialstatus:summary ; swd:issuedBy ?issuer ; "
        "swd:republishedBy ?again ; swd:summarises ?official ; swd:caution ?caution . "
        "?official swd:hasOfficialStatus officialstatus:official ; swd:issuedBy ?keeper "
        'FILTER(LANG(?caution) = "th")',
        "?issuer ?again ?keeper ?caution",
    )

    assert _last(found) == [
        (
            "spokesman-bureau-th",
            "newsdataonline",
            "cabinet-secretariat-th",
            "ที่มา: สรุปข่าวการประชุมคณะรัฐมนตรี 22 กุมภาพันธ์ 2565 (มิใช่มติคณะรัฐมนตรีฉบับทางการ)",
        )
    ]


def test_the_slips_of_the_source_are_all_on_record(graph: Graph) -> None:
    printed = {
        row[0] for row in graph.rows("?slip a swd:SourceSlip ; swd:printed ?printed", "?printed")
    }

    assert {"สวัสติการสังคม", "อวุโส", "เครื่อข่าย", "กี่ยวกับ", "ร่วมกับAMMSWD"} <= printed
    assert len(printed) == 12
    brackets = graph.rows("?slip swd:hasSlipKind slipkind:missing-bracket ; swd:mended ?m", "?m")
    assert brackets == [("ACW)",), ("Forum)",), ("NIEA)",)]


def test_roles_have_the_duties_that_their_clause_lists(graph: Graph) -> None:
    duties = _last(graph.rows("?d swd:isDutyOf ?role ; swd:hasDutyKind ?kind", "?role ?kind"))

    assert duties == [
        ("4.3.1", "coordinate"),
        ("4.3.1", "drive"),
        ("4.3.1", "engage-experts"),
        ("4.3.1", "raise-funds"),
        ("4.3.2", "find-funding-sources"),
        ("4.3.2", "give-technical-help"),
        ("4.3.2", "support-coordinators"),
    ]


def test_every_english_text_of_the_plan_is_marked_as_our_translation(graph: Graph) -> None:
    unmarked = graph.rows(
        "?s swd:describedIn ?v FILTER NOT EXISTS "
        "{ ?s swd:hasTranslationStatus translation:own-translation }",
        "?s",
    )

    assert unmarked == []


def test_plan_files_hold_no_blank_nodes_but_lists(graph: Graph) -> None:
    for file in graph.project.data_files():
        if file.name.startswith(("graph/somswd-", "graph/alignments/", "graph/sources/")):
            text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', file.text())
            assert ("[" in text, "_:" in text) == (False, False), file.name


def test_the_findings_of_the_shipped_graph_are_just_those_of_its_list() -> None:
    report = KnowledgeGraph.load().validate()
    lines = [
        (line.rule, line.element)
        for file in find_project().baseline_files()
        for line in read_baseline(file.text(), file.name)
    ]

    assert report.findings == ()
    assert sorted({(f.rule, short_name(f.element)) for f in report.known}) == sorted(lines)
