"""The command line: exit codes, streams, and that a user's mistake is one line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import servers
from small_project import change, write_project
from somswd_kg.cli import main
from somswd_kg.stores.embedded import EmbeddedStore


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


@dataclass(frozen=True)
class Run:
    """What a run gave: its exit code, and what went to the two streams."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(*arguments: str | Path, stdin: bytes = b"") -> Run:
    """Run the command line in this process, with streams of its own."""
    streams = [io.TextIOWrapper(io.BytesIO(part), encoding="ascii") for part in (stdin, b"", b"")]
    status: object = 0
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["somswd-kg", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            status = end.code
    _, written, errors = (stream.buffer.getvalue() for stream in streams if not stream.flush())  # type: ignore[attr-defined]
    assert isinstance(status, int)
    return Run(status, written, errors)


def run_apart(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "somswd_kg.cli", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
    )


def out(*arguments: str | Path) -> str:
    done = run(*arguments)

    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode("utf-8")


def failure(*arguments: str | Path, stdin: bytes = b"") -> list[str]:
    done = run(*arguments, stdin=stdin)

    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode("utf-8").splitlines()


def test_the_script_that_is_installed_runs() -> None:
    script = Path(sys.executable).with_name("somswd-kg")
    done = subprocess.run([script, "--version"], capture_output=True, encoding="utf-8")

    assert done.stdout == "somswd-kg 0.1.0\n"


def test_ask_prints_a_table(project: Path) -> None:
    text = out("ask", "goals-of-group", "group=women", "--project", project)

    assert text.splitlines()[:5] == [
        "Goals of a group",
        "",
        "group  plan    goal      name",
        "-----  ------  --------  --------------",
        "women  plan-a  goal:1.1  promote rights",
    ]


def test_columns_stand_straight_under_thai(project: Path) -> None:
    text = out("ask", "goals-of-group", "--lang", "th", "--project", project)

    assert "ผู้สูงอายุ      plan-a  goal:1.2  คุ้มครองผู้สูงอายุ" in text
    assert "สตรี         plan-a  goal:1.1  ส่งเสริมสิทธิ" in text


def test_csv_holds_every_column_and_full_iris(project: Path) -> None:
    text = out("ask", "goals-of-group", "group=women", "--format", "csv", "--project", project)

    assert text == (
        "group,plan,goal,label_en,label_th\n"
        "https://w3id.org/somswd-kg/code/target-group/women,https://w3id.org/somswd-kg/id/plan-a,"
        "https://w3id.org/somswd-kg/id/plan-a/draft-1/goal/1.1,promote rights,ส่งเสริมสิทธิ\n"
    )


def test_json_holds_titles_rows_and_notes(project: Path) -> None:
    content = json.loads(out("ask", "t1", "--format", "json", "--project", project))

    assert [row["label_en"] for row in content["rows"]] == ["promote rights", "protect"]
    assert content["title"] == {"en": "Goals of a group", "th": "เป้าหมายของกลุ่ม"}
    assert content["notes"][-1]["en"] == "a summary, no official text"


def test_markdown_is_a_table(project: Path) -> None:
    text = out("ask", "t1", "group=women", "--format", "md", "--project", project)

    assert "| women | plan-a | goal:1.1 | promote rights |" in text.splitlines()


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "latin-1"])
def test_output_is_utf8_whatever_the_console_says(project: Path, encoding: str) -> None:
    done = run_apart("ask", "t1", "--lang", "th", "--project", project, PYTHONIOENCODING=encoding)

    assert "คุ้มครองผู้สูงอายุ" in done.stdout.decode("utf-8")


def test_validate_says_what_is_known_and_ends_well(project: Path) -> None:
    text = out("validate", "--project", project)

    assert "known and true of the source (2)" in text
    assert "The source does not state an owner." in text


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 0),
        (("--no-baseline",), 1),
        (("--no-baseline", "--fail-on", "never"), 0),
        (("--no-baseline", "--stage", "outline"), 0),
        (("--no-baseline", "--stage", "outline", "--fail-on", "info"), 1),
        (("--only", "evidence", "--no-baseline"), 0),
    ],
)
def test_exit_1_is_for_findings_that_matter(
    project: Path, arguments: tuple[str, ...], status: int
) -> None:
    done = run("validate", "--project", project, *arguments)

    assert done.returncode == status
    assert done.stdout != b""


def test_validate_writes_json_and_a_report_of_shacl(project: Path) -> None:
    done = run("validate", "--no-baseline", "--format", "json", "--project", project)
    content = json.loads(done.stdout)

    assert [finding["rule"] for finding in content["findings"]] == ["GOAL-01", "GOAL-01"]

    done = run("validate", "--no-baseline", "--format", "ttl", "--project", project)
    text = done.stdout.decode()

    assert text.count("a sh:ValidationResult") == 2
    assert "sh:conforms false" in text


def test_evidence_says_what_it_checked(project: Path) -> None:
    text = out("evidence", "--project", project)

    assert "2 of 2 quotes stand in their source as they are given" in text
    assert text.endswith("every quote holds\n")


def test_evidence_that_fails_ends_with_1(project: Path) -> None:
    change(project, "graph/plan.ttl", 'oa:exact "คุ้ม', 'oa:exact "คุม')
    done = run("evidence", "--project", project)

    assert done.returncode == 1
    assert "EVI-04" in done.stdout.decode()


def test_export_writes_a_file(project: Path, tmp_path: Path) -> None:
    done = run("export", "trig", tmp_path / "out.trig", "--project", project)

    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / "out.trig").read_text(encoding="utf-8").startswith("@prefix")


def test_sparql_reads_its_query_from_a_file_and_from_standard_input(
    project: Path, tmp_path: Path
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?g a swd:Goal }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    from_file = out("sparql", f"@{tmp_path / 'q.rq'}", "--format", "csv", "--project", project)
    done = run("sparql", "-", "--format", "csv", "--project", project, stdin=query.encode())

    assert from_file == done.stdout.decode() == "n\n2\n"


def test_sparql_prints_truth_and_triples(project: Path) -> None:
    assert out("sparql", "ASK { ?g a swd:Goal }", "--project", project) == "true\n"
    triples = out("sparql", "CONSTRUCT { ?g a swd:Goal } { ?g a swd:Goal }", "--project", project)

    assert triples.count(" .\n") == 2


def test_questions_are_found_by_their_words(project: Path) -> None:
    assert "goals-of-group" in out("questions", "GROUP", "--project", project)
    assert "(no rows)" in out("questions", "nothing", "--project", project)


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (("aks",), ["error: there is no command 'aks'", "hint: did you mean ask?"]),
        (
            ("ask", "goal-of-group"),
            ["error: there is no question 'goal-of-group'", "hint: did you mean goals-of-group?"],
        ),
        (("ask", "t1", "women"), ["error: 'women' is no parameter", "hint: write name=value"]),
        (
            ("ask", "t1", "group=women", "group=women"),
            ["error: 'group' is given twice", "hint: give each parameter once"],
        ),
        (
            ("ask", "t1", "group=woman"),
            ["error: group: there is no code of target-group 'woman'", "hint: did you mean women?"],
        ),
        (
            ("ask", "t1", "--lang", "fr"),
            [
                "error: Invalid value for '--lang': 'fr' is not one of 'en', 'th'",
                "hint: somswd-kg ask --help says how it is used",
            ],
        ),
        (("show", "goal:9"), ["error: there is no thing 'goal:9'"]),
        (
            ("export", "docx", "x.docx"),
            [
                "error: unknown format 'docx'",
                "hint: write one of ttl, nt, nq, trig, rdfxml, jsonld",
            ],
        ),
        (
            ("sparql", "DROP ALL"),
            [
                "error: DROP is a SPARQL update, and only queries are run here",
                "hint: write SELECT, ASK, CONSTRUCT or DESCRIBE",
            ],
        ),
        (
            ("sparql", "ASK { SERVICE <http://127.0.0.1:9/> {} }"),
            ["error: the query asks another server (SERVICE)", "hint: leave SERVICE out"],
        ),
        (
            ("sparql", "@nowhere.rq"),
            ["error: nowhere.rq: it cannot be read: No such file or directory"],
        ),
        (
            ("sparql", "ASK {}", "--timeout", "0"),
            ["error: the time must be more than 0 seconds", "hint: write --timeout 10"],
        ),
    ],
)
def test_a_mistake_is_one_line_and_a_hint(
    project: Path, arguments: tuple[str, ...], lines: list[str]
) -> None:
    shown = failure(*arguments, *(() if arguments[0] == "aks" else ("--project", project)))

    assert shown[: len(lines)] == lines
    assert len(shown) <= 2


def test_a_file_that_is_no_rdf_says_where_and_what_was_expected(project: Path) -> None:
    change(project, "ontology/core.ttl", "rdfs:subClassOf swd:", "rdfs:subClassOf . swd:")
    text = (project / "ontology/core.ttl").read_text(encoding="utf-8")
    line = text[: text.index("subClassOf .")].count("\n") + 1

    assert f"core.ttl:{line}:" in failure("validate", "--project", project)[0]


def test_a_draft_that_is_not_there_is_one_line(project: Path) -> None:
    assert failure("validate", "nowhere.ttl", "--project", project)[0].startswith("error: nowhere")


def test_a_folder_that_is_no_project_is_one_line(tmp_path: Path) -> None:
    assert failure("validate", "--project", tmp_path) == [
        f"error: {tmp_path}: no project is here",
        "hint: a project has a folder ontology, graph, shapes or queries",
    ]


def test_a_wrong_header_is_an_error_with_file_and_line(project: Path) -> None:
    change(project, "queries/goals-of-group.rq", "#+ sort:", "#+ order:")
    error, _ = failure("questions", "--project", project)

    assert error.endswith("goals-of-group.rq:14: unknown key 'order'")


def test_a_reader_that_stops_reading_is_no_failure(project: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "somswd_kg.cli", "show", "women", "--project", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()

    assert process.wait() == 0
    assert errors == ""


# -- stores, endpoints, details ---------------------------------------------------------------


def test_compact_rebuilds_a_store(tmp_path: Path) -> None:
    store = EmbeddedStore.open(tmp_path / "store", create=True)
    for number in range(3):
        store.replace_graph("urn:g", text=f"<urn:s> <urn:p> {number} .", format="ttl")
    done = run("compact", tmp_path / "store")

    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().endswith("rebuilt with 1 graph\n")
    kept = [str(quad.object) for quad in EmbeddedStore.open(tmp_path / "store").quads()]
    assert kept == ['"2"^^<http://www.w3.org/2001/XMLSchema#integer>']


def test_compact_says_that_there_is_no_store(tmp_path: Path) -> None:
    done = run("compact", tmp_path / "nothing")

    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: ")
    assert not (tmp_path / "nothing").exists()


def test_shacl_tells_details_when_asked(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:C> ;"
        " sh:node <urn:n> . <urn:n> a sh:NodeShape ; sh:class <urn:D> .",
        encoding="utf-8",
    )
    (tmp_path / "d.ttl").write_text("<urn:x> a <urn:C> .", encoding="utf-8")
    given = ("shacl", "-s", tmp_path / "s.ttl", "-d", tmp_path / "d.ttl")

    assert "because:" not in run(*given).stdout.decode()
    assert "because:\n        Violation: urn:x" in run(*given, "--details").stdout.decode()


@pytest.mark.server
def test_validate_says_which_graphs_of_an_endpoint_it_read(
    oxigraph_server: servers.Server, root: Path
) -> None:
    store = oxigraph_server.store()
    name = "http://cli/plan"
    draft = root / "examples" / "draft-2026-2030.ttl"
    store.replace_graph(name, text=draft.read_bytes(), format="ttl")
    given = ("validate", "--endpoint", oxigraph_server.query, "--graph", name)
    plain, thai, json_ = (
        run(*given, *more) for more in ((), ("--lang", "th"), ("--format", "json"))
    )

    assert plain.returncode == thai.returncode == json_.returncode != 2, plain.stderr
    assert plain.stdout.decode().startswith(f"{oxigraph_server.query}: ")
    assert f"Graphs read together (1):\n  {name}\n" in plain.stdout.decode()
    assert f"ชุดข้อมูลที่อ่านรวมกัน (1):\n  {name}\n" in thai.stdout.decode()
    assert json.loads(json_.stdout)["graphs"] == [name]


def test_a_graph_without_an_endpoint_is_an_error() -> None:
    done = run("validate", "--graph", "urn:g")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: --graph names a graph of an endpoint")


def test_a_draft_is_never_written_over(tmp_path: Path, root: Path) -> None:
    draft = tmp_path / "draft.xlsx"
    draft.write_bytes((root / "examples" / "draft-2026-2030.xlsx").read_bytes())
    before = draft.read_bytes()

    assert run("convert", draft, "--to", "xlsx", draft).returncode == 2
    assert run("template", draft).returncode == 2
    assert draft.read_bytes() == before
