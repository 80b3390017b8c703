"""A project of a few files, for tests that write one."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix swd: <https://w3id.org/somswd-kg/ns#> .
@prefix swdsh: <https://w3id.org/somswd-kg/shapes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix group: <https://w3id.org/somswd-kg/code/target-group/> .
@prefix plan: <https://w3id.org/somswd-kg/id/> .
@prefix p: <https://w3id.org/somswd-kg/id/plan-a/draft-1/> .
@prefix goal: <https://w3id.org/somswd-kg/id/plan-a/draft-1/goal/> .
@prefix e: <https://w3id.org/somswd-kg/id/plan-a/draft-1/evidence/> .
"""

SOURCE = "1. หัวข้อ |\n1.1 ส่งเสริมสิทธิเดก 1.2 คุ้มครองผู้สูงอายุ\n"
"""A table of two clauses; เดก is a slip for เด็ก."""

ONTOLOGY = (
    HEAD
    + """
swd:Goal rdfs:subClassOf swd:PlanElement ; rdfs:label "goal"@en , "เป้าหมาย"@th .
group:women a skos:Concept ; skos:inScheme <https://w3id.org/somswd-kg/code/target-group> ;
    skos:prefLabel "women"@en , "สตรี"@th .
group:older-persons a skos:Concept ; skos:inScheme <https://w3id.org/somswd-kg/code/target-group> ;
    skos:prefLabel "older persons"@en , "ผู้สูงอายุ"@th .
"""
)


def place(text: str) -> tuple[int, int]:
    start = SOURCE.index(text)
    return start, start + len(text)


def evidence(key: str, text: str) -> str:
    start, end = place(text)
    return f"""
e:{key} a swd:Evidence ; oa:hasSource plan:source-a ; oa:hasSelector e:{key}-quote , e:{key}-range .
e:{key}-quote a oa:TextQuoteSelector ; oa:exact "{text}" .
e:{key}-range a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .
"""


GRAPH = (
    HEAD
    + f"""
<https://w3id.org/somswd-kg/graph/graph/plan> dcterms:source plan:source-a .
plan:plan-a a swd:Plan ; skos:prefLabel "plan A"@en , "แผนงาน ก"@th .
<https://w3id.org/somswd-kg/id/plan-a/draft-1> a swd:PlanVersion ;
    dcterms:isVersionOf plan:plan-a ;
    swd:hasRendering <https://w3id.org/somswd-kg/code/rendering/summary> .
plan:source-a a swd:SourceDocument ; swd:storedAs "source.th.txt" ;
    swd:sha256 "{sha256(SOURCE.encode()).hexdigest()}" ;
    swd:caution "a summary, no official text"@en , "บทสรุป มิใช่ฉบับทางการ"@th .
goal:1.1 a swd:Goal ; swd:describedIn <https://w3id.org/somswd-kg/id/plan-a/draft-1> ;
    skos:notation "1.1" ; skos:prefLabel "promote rights"@en , "ส่งเสริมสิทธิ"@th ;
    swd:statement "ส่งเสริมสิทธิเด็ก"@th ; swd:hasEvidence e:1.1 ; swd:hasTargetGroup group:women .
goal:1.2 a swd:Goal ; swd:describedIn <https://w3id.org/somswd-kg/id/plan-a/draft-1> ;
    skos:notation "1.2" ; skos:prefLabel "protect"@en , "คุ้มครองผู้สูงอายุ"@th ;
    swd:statement "คุ้มครองผู้สูงอายุ"@th ; swd:hasEvidence e:1.2 ;
    swd:hasTargetGroup group:older-persons .
p:slip-1 a swd:SourceSlip ; swd:isSlipIn e:1.1 ; swd:printed "เดก" ; swd:mended "เด็ก" ;
    oa:start {place("เดก")[0]} ; oa:end {place("เดก")[1]} .
p:list a swd:ElementList ; swd:hasMembers ( goal:1.1 goal:1.2 ) ;
    swd:hasCompleteness <https://w3id.org/somswd-kg/code/completeness/illustrative> .
"""
    + evidence("1.1", "ส่งเสริมสิทธิเดก")
    + evidence("1.2", "คุ้มครองผู้สูงอายุ")
)

SHAPES = (
    HEAD
    + """
swdsh:Goal a sh:NodeShape ; sh:targetClass swd:Goal ;
    sh:property swdsh:Goal-owner , swdsh:Goal-group .
swdsh:Goal-owner a sh:PropertyShape ; sh:path swd:hasOwner ; sh:minCount 1 ; swd:rule "GOAL-01" ;
    sh:severity sh:Violation ; swd:severityAtOutline sh:Info ;
    sh:name "owner"@en , "เจ้าของ"@th ;
    sh:message "Name the owner."@en , "โปรดระบุเจ้าของ"@th ;
    swd:notStatedMessage "The source does not state an owner."@en , "เอกสารไม่ได้ระบุเจ้าของ"@th ;
    swd:fix "Add one."@en , "โปรดเพิ่ม"@th ; swd:reason "Someone must answer for it."@en ,
        "ต้องมีผู้รับผิดชอบ"@th .
swdsh:Goal-group a sh:PropertyShape ; sh:path swd:hasTargetGroup ; sh:maxCount 1 ;
    swd:rule "GOAL-02" ; sh:severity sh:Warning ; sh:name "group"@en , "กลุ่ม"@th ;
    sh:message "Name one group."@en , "โปรดระบุเพียงกลุ่มเดียว"@th .
"""
)

QUESTION = """\
#+ title@en: Goals of a group
#+ title@th: เป้าหมายของกลุ่ม
#+ question@en: Which goals name a group?
#+ question@th: เป้าหมายใดระบุกลุ่ม
#+ id: T1
#+ param group: code:target-group, optional; the group; กลุ่มเป้าหมาย
#+ param plan: plan, optional; the plan; แผนงาน
#+ param goal: element, optional; the goal; เป้าหมาย
#+ column group: iri; group; กลุ่มเป้าหมาย
#+ column plan: iri; plan; แผนงาน
#+ column goal: iri; goal; เป้าหมาย
#+ column label_en: string; name; ชื่อ
#+ column label_th: string
#+ sort: label
#+ answers: partly
#+ why@en: the source is short
#+ why@th: เอกสารสั้น
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX swd: <https://w3id.org/somswd-kg/ns#>

SELECT $group $plan $goal ?label_en ?label_th WHERE {
  $goal a swd:Goal ; swd:hasTargetGroup $group ; swd:describedIn/dcterms:isVersionOf $plan .
  OPTIONAL { $goal skos:prefLabel ?label_en FILTER(LANG(?label_en) = "en") }
  OPTIONAL { $goal skos:prefLabel ?label_th FILTER(LANG(?label_th) = "th") }
} ORDER BY $goal
"""

BASELINE = """\
rule,element,reason
GOAL-01,goal:1.1,the summary names no owner
GOAL-01,goal:1.2,the summary names no owner
"""


def write_project(root: Path) -> Path:
    """Write the project and give its folder."""
    texts = {
        "ontology/core.ttl": ONTOLOGY,
        "graph/plan.ttl": GRAPH,
        "graph/expected.csv": BASELINE,
        "graph/sources/source.th.txt": SOURCE,
        "shapes/core.ttl": SHAPES,
        "queries/goals-of-group.rq": QUESTION,
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def change(root: Path, name: str, old: str, new: str) -> Path:
    """Change one file of a written project; the old text must be there."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return root
