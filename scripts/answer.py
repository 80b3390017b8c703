"""Write the answers of questions as the tests compare them, to be read before they are committed.

    python scripts/answer.py NAME...            prints the answers on data.ttl and on the graph
    python scripts/answer.py --write NAME...    writes expected*.csv and graph*.csv
    python scripts/answer.py --write --all      of every question

A file that is there keeps its `# ask:` line; one that is not is written for the call without
parameters.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from answer_cases import CASES, as_csv, load_case, read_call  # noqa: E402
from base_store import base_store  # noqa: E402
from somswd_kg.api import KnowledgeGraph  # noqa: E402
from somswd_kg.questions.asking import answer  # noqa: E402
from somswd_kg.questions.header import Answerable  # noqa: E402


def main(arguments: list[str]) -> int:
    """Print or write the answers."""
    graph = KnowledgeGraph.load()
    names = [word for word in arguments if not word.startswith("--")]
    if "--all" in arguments:
        names = [question.name for question in graph.questions().answers]
    small = base_store()
    for name in names:
        question = graph.questions().get(name)
        folder = CASES / question.name
        for kind in ("expected", "graph"):
            unanswered = question.header.answers is Answerable.NO
            if kind == "graph" and unanswered and not (folder / "graph.csv").exists():
                continue
            if kind == "expected":
                load_case(small, question.name)
            store = small if kind == "expected" else graph.store
            for path in {*folder.glob(f"{kind}-*.csv"), folder / f"{kind}.csv"}:
                old = path.read_text(encoding="utf-8") if path.exists() else ""
                call = old.partition("\n")[0] if old.startswith("#") else ""
                values, language = read_call(call)
                text = as_csv(answer(store, question, values, language), call)
                if "--write" in arguments:
                    path.write_text(text, encoding="utf-8", newline="\n")
                print(f"== {path.relative_to(ROOT).as_posix()}\n{text}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
