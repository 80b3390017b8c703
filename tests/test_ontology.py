"""The ontology: every word is defined in both languages, sorted, used or listed as waiting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from somswd_kg.engines import Engine, run_engine
from somswd_kg.formats.rdf import read_quads
from somswd_kg.namespaces import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SWD
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import Literal, NamedNode, Term, Triple
from somswd_kg.triples import Triples

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "ontology").rglob("*.ttl"))
DATA = sorted((ROOT / "graph").rglob("*.ttl"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CURRENCY = NamedNode(f"{BASE}code/currency")  # a list of units: its codes stand in both


def triples_of(paths: Iterable[Path]) -> list[Triple]:
    return [quad.triple for path in paths for quad in read_quads(path)]


WORDS = Triples(triples_of(FILES))
ALL = Triples(triples_of([*FILES, *DATA]))


def name(path: Path) -> str:
    return path.relative_to(ROOT / "ontology").with_suffix("").as_posix()


def terms() -> list[NamedNode]:
    found = {term for kind in KINDS for term in WORDS.instances(kind)}
    return sorted((t for t in found if isinstance(t, NamedNode) and t in SWD), key=str)


def languages(subject: Term, predicate: NamedNode) -> list[str]:
    assert isinstance(subject, NamedNode)
    values = WORDS.objects(subject, predicate)
    return sorted(value.language or "" for value in values if isinstance(value, Literal))


# -- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=name)
def test_each_file_is_an_ontology_named_after_its_path(path: Path) -> None:
    heads = [t.subject for t in triples_of([path]) if t.object == OWL.Ontology]

    assert heads == [NamedNode(f"{BASE}ns/{name(path)}")]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_prefixes_and_words_of_a_file_are_sorted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix ([a-z0-9]*):", text, re.MULTILINE)
    words = re.findall(r"^swd:(\w+)", text, re.MULTILINE)

    assert (prefixes, words) == (sorted(prefixes), sorted(words))


@pytest.mark.parametrize("path", [*FILES, *DATA], ids=lambda path: path.stem)
def test_no_prefix_is_declared_for_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    body = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>|^#.*$|^@prefix.*$', "", text, flags=re.MULTILINE)
    declared = re.findall(r"^@prefix ([a-z0-9]*):", text, re.MULTILINE)
    unused = [p for p in declared if not re.search(rf"(?<![\w:-]){p}:", body)]

    assert unused == []


# -- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.value.rpartition("#")[2])
def test_each_word_has_one_label_and_one_definition_in_each_language(term: NamedNode) -> None:
    actual = languages(term, RDFS.label), languages(term, SKOS.definition)

    assert actual == (["en", "th"], ["en", "th"])


def test_no_two_words_of_a_kind_share_a_label() -> None:
    labels = Counter(
        (kind == OWL.Class, label)
        for kind in KINDS
        for term in WORDS.instances(kind)
        for label in WORDS.objects(term, RDFS.label)
    )

    assert [str(label) for (_, label), times in labels.items() if times > 1] == []


def test_codes_have_their_labels_notation_and_scheme() -> None:
    def faults(code: NamedNode) -> list[str]:
        scheme, _, last = code.value.rpartition("/")
        schemes = {
            term
            for predicate in (SKOS.inScheme, SWD.isInWordList)
            for term in WORDS.objects(code, predicate)
        }
        checks = {
            "labels": languages(code, SKOS.prefLabel) == ["en", "th"],
            "notation": WORDS.string(code, SKOS.notation) == last,
            "scheme": schemes - {CURRENCY} == {NamedNode(scheme)},
        }
        return [f"{code.value}: {what}" for what, right in checks.items() if not right]

    codes = [code for code in WORDS.instances(SKOS.Concept) if isinstance(code, NamedNode)]

    assert [fault for code in codes for fault in faults(code)] == []


def test_each_scheme_has_a_title_and_a_definition_in_both_languages() -> None:
    schemes = [*WORDS.instances(SKOS.ConceptScheme), *WORDS.instances(SWD.WordList)]
    bad = [
        str(scheme)
        for scheme in schemes
        if [languages(scheme, p) for p in (DCTERMS.title, SKOS.definition)] != [["en", "th"]] * 2
    ]

    assert bad == []


@pytest.mark.parametrize(
    ("code", "thai"),
    [
        ("version-status/draft", "ร่าง"),
        ("version-status/endorsed-by-senior-officials", "เจ้าหน้าที่อาวุโสเห็นชอบแล้ว"),
        ("version-status/approved-by-cabinet", "คณะรัฐมนตรีเห็นชอบแล้ว"),
        ("version-status/endorsed-by-ministers", "รัฐมนตรีรับรองแล้ว"),
        ("stage/final", "ขั้นเสนอขอความเห็นชอบ"),
        ("basis/stated", "ระบุไว้ในเอกสาร"),
        ("basis/reviewed-no-match", "พิจารณาแล้ว ไม่พบรายการที่สอดคล้อง"),
        ("mode/ad-referendum", "โดยการแจ้งเวียน"),
        ("direction/keep", "คงระดับ"),
        ("theme/gender-equality", "ความเสมอภาคทางเพศ"),
    ],
)
def test_codes_are_called_as_officials_call_them(code: str, thai: str) -> None:
    texts = WORDS.texts(NamedNode(f"{BASE}code/{code}"), SKOS.prefLabel)

    assert texts["th"] == thai


def test_older_women_stand_below_older_persons_and_women_but_women_below_no_one() -> None:
    def wider(code: str) -> set[Term]:
        return set(WORDS.objects(NamedNode(f"{BASE}code/target-group/{code}"), SKOS.broader))

    group = f"{BASE}code/target-group/"
    expected = {NamedNode(f"{group}older-persons"), NamedNode(f"{group}women")}

    assert (wider("older-women"), wider("women")) == (expected, set())


def test_no_word_is_said_to_be_exactly_another_vocabularys() -> None:
    exact = [t for t in triples_of([ROOT / "ontology/mappings.ttl"]) if "exactMatch" in str(t)]

    assert exact == []


def test_the_ontology_keeps_its_own_rules_of_style() -> None:
    store = EmbeddedStore()
    for path in FILES:
        store.load(path, graph=f"{BASE}graph/ontology/{name(path)}")
    shapes = triples_of([ROOT / "shapes/style.ttl"])

    results = run_engine(Engine.COMPILED, store, shapes).results

    assert [(str(r.focus), r.constraint or r.shape) for r in results] == []


# -- use ----------------------------------------------------------------------------------------


def mentioned() -> set[str]:
    """List the words that a shape, a question or the code names."""
    found: set[str] = set()
    for folder, ending in (("shapes", "ttl"), ("queries", "rq")):
        for path in (ROOT / folder).rglob(f"*.{ending}"):
            found |= set(re.findall(r"\bswd:(\w+)", path.read_text(encoding="utf-8")))
    for path in (ROOT / "src").rglob("*.py"):
        found |= set(re.findall(r"\b(?:SWD\.|swd:)(\w+)", path.read_text(encoding="utf-8")))
    return found


def test_a_word_that_nothing_uses_is_listed_as_waiting() -> None:
    declared = {term.value.rpartition("#")[2] for term in terms()}
    page = (ROOT / "docs/waiting.md").read_text(encoding="utf-8")
    waiting = set(re.findall(r"^\| `swd:(\w+)`", page, re.MULTILINE))

    assert sorted(declared - mentioned()) == sorted(waiting)


# -- what the graph says of actors and frameworks -----------------------------------------------


def test_nothing_points_at_what_nobody_describes() -> None:
    triples = triples_of([*FILES, *DATA])
    described = {t.subject for t in triples} | {
        t.object for t in triples if t.predicate == OWL.versionIRI
    }
    named = {term for t in triples for term in (t.predicate, t.object)}
    dangling = {
        term.value
        for term in named - described
        if isinstance(term, NamedNode) and term.value.startswith(BASE)
    }

    assert sorted(dangling) == []


def test_a_body_without_a_thai_name_says_so_and_only_such_a_one() -> None:
    none = NamedNode(f"{BASE}code/translation-status/no-attested-thai-name")
    wrong = [
        str(body)
        for body in ALL.instances(SWD.Body)
        if ("th" not in ALL.texts(body, SKOS.prefLabel))
        != (none in ALL.objects(body, SWD.hasTranslationStatus))
    ]

    assert wrong == []


def test_the_blueprint_has_five_characteristics_and_eighteen_key_result_areas() -> None:
    areas = Counter(ALL.string(area, SKOS.notation)[0] for area in ALL.instances(SWD.KeyResultArea))

    assert (len(ALL.instances(SWD.Characteristic)), dict(areas)) == (
        5,
        {"A": 2, "B": 3, "C": 4, "D": 6, "E": 3},
    )


def test_eleven_states_are_members_and_the_last_joined_on_26_october_2025() -> None:
    asean = NamedNode(f"{BASE}id/body/asean")
    joined = sorted(
        ALL.string(membership, SWD.memberSince)
        for membership in ALL.instances(NamedNode("http://www.w3.org/ns/org#Membership"))
        if asean in ALL.objects(membership, NamedNode("http://www.w3.org/ns/org#organization"))
    )

    assert (len(joined), joined[-1]) == (11, "2025-10-26")


def test_every_claim_that_disagrees_is_disagreed_with_in_turn() -> None:
    pairs = {(t.subject, t.object) for t in triples_of(DATA) if t.predicate == SWD.disagreesWith}

    assert {(b, a) for a, b in pairs} == pairs


def test_a_stated_claim_has_evidence_and_a_proposed_one_a_reason_of_its_own() -> None:
    def basis(code: str) -> list[NamedNode]:
        term = NamedNode(f"{BASE}code/basis/{code}")
        return [
            t.subject
            for t in triples_of(DATA)
            if t.predicate == SWD.hasBasis and t.object == term and isinstance(t.subject, NamedNode)
        ]

    bare = [c.value for c in basis("stated") if not ALL.objects(c, SWD.hasEvidence)]
    reasons = Counter(text for c in basis("proposed") for text in ALL.objects(c, SWD.justification))
    silent = [c.value for c in basis("proposed") if len(ALL.objects(c, SWD.justification)) != 2]

    assert (bare, silent, [str(r) for r, n in reasons.items() if n > 1]) == ([], [], [])


def test_every_code_that_data_names_is_declared() -> None:
    codes = {t.subject for t in triples_of(FILES) if t.predicate == RDF.type}
    named = {
        t.object.value
        for t in triples_of(DATA)
        if isinstance(t.object, NamedNode)
        and t.object.value.startswith(f"{BASE}code/")
        and t.object not in codes
    }

    assert sorted(named) == []
