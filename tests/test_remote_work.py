"""The work goes to the data: requests and bytes hang on rules and findings, not on triples."""

from __future__ import annotations

from pathlib import Path

import pytest

import servers
from counting_proxy import Counts, counting
from portfolios import SHAPES, Portfolio
from reading_back import triples
from servers import Server
from somswd_kg.shacl import Report, compile_shapes, validate
from somswd_kg.stores.credentials import Credentials
from somswd_kg.stores.remote import RemoteStore

pytestmark = [pytest.mark.server, pytest.mark.slow]

FAULTY = 5
GRAPH = "http://example.org/portfolio"


def portfolio(plans: int) -> str:
    """Write some plans with faults, the same ones whatever their number, and the rest without."""
    faulty, clean = Portfolio(FAULTY, faults=0.2), Portfolio(plans, faults=0.0)
    made = [faulty.plan(number) for number in range(FAULTY)]
    made += [clean.plan(number) for number in range(FAULTY, plans)]
    return "".join(f"{s} {p} {o} .\n" for plan in made for s, p, o in plan)


def checked(server: Server, graph: str, counts: Counts) -> set[tuple[str, ...]]:
    """Validate a graph through a proxy."""
    store = RemoteStore(
        counts.address, graphs=[graph], credentials=Credentials(server.user, server.password)
    )
    return results(validate(store, compile_shapes(SHAPES)))


def results(report: Report) -> set[tuple[str, ...]]:
    return {
        (str(r.focus_node), str(r.path), str(r.value), r.component.value, str(r.source_shape))
        for r in report.results
    }


def compared(server: Server, small: int, large: int) -> None:
    """Validate few plans and many with the same faults, and in memory what came back of few."""
    shapes = compile_shapes(SHAPES)
    outcomes, seen = [], []
    for plans in (small, large):
        graph = f"{GRAPH}/{plans}"
        server.store().replace_graph(graph, text=portfolio(plans), format="nt")
        with counting(server.query) as counts:
            outcomes.append(checked(server, graph, counts))
        seen.append(counts)
    data = "".join(triples(server.store(), f"{GRAPH}/{small}"))
    assert len(outcomes[0]) > 50
    assert outcomes[0] == outcomes[1]
    assert outcomes[0] == results(validate(text=data, format="nt", shapes=shapes))
    for counts in seen:
        assert counts.requests <= shapes.constraints + 10
    first, second = (counts.received for counts in seen)
    assert abs(first - second) < first / 10


def test_an_oxigraph_server_with_a_million_triples_sends_no_more(tmp_path: Path) -> None:
    with servers.oxigraph(tmp_path) as server:
        compared(server, 22, 2_200)


def test_a_virtuoso_server_with_ten_times_the_triples_sends_no_more(tmp_path: Path) -> None:
    with servers.virtuoso(tmp_path) as server:
        compared(server, 22, 220)
