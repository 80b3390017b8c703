"""Paths that are written in steps lead where the paths themselves lead."""

from __future__ import annotations

from random import Random

import pytest

from somswd_kg.errors import ShapeError
from somswd_kg.shacl.paths import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
    to_sparql,
)
from somswd_kg.shacl.walks import walk_in_steps
from somswd_kg.stores.embedded import EmbeddedStore
from somswd_kg.terms import NamedNode

STEPS = tuple(Predicate(NamedNode(f"http://example.org/{name}")) for name in "pqr")
DATA = """
@prefix : <http://example.org/> .
:a :p :b ; :q :b, :c, "a" ; :r :c, 1.5 .
:b :q :a ; :p :a, 2 .
:c :q :c, "x"@en ; :r :a, :b, "a" ; :p :d .
:d :r :a, "a" ; :q :e .
:e :q :b, :d, :f ; :r :d .
:f :q :e ; :p "a", 2 .
"""


def at_random(random: Random, depth: int) -> Path:
    kind = random.random()
    if depth == 0 or kind < 0.3:
        return random.choice(STEPS)
    parts = tuple(at_random(random, depth - 1) for _ in range(2))
    if kind < 0.5:
        return Sequence(parts)
    if kind < 0.6:
        return Alternative(parts)
    if kind < 0.7:
        return Inverse(parts[0])
    return random.choice((ZeroOrMore, OneOrMore, ZeroOrOne))(parts[0])


def pairs(store: EmbeddedStore, route: str) -> set[tuple[str, str]]:
    query = f"SELECT DISTINCT ?s ?e WHERE {{ ?x ?y ?s . ?s {route} ?e }}"
    return {(str(s), str(e)) for s, e in store.select(query)}


def test_steps_lead_where_the_path_leads() -> None:
    store = EmbeddedStore()
    store.load(text=DATA, format="ttl")
    starts = {(str(s), str(s)) for (s,) in store.select("SELECT DISTINCT ?s { ?x ?y ?s }")}
    stayed = 0
    for seed in range(400):
        path = at_random(Random(seed), 3)
        walk = walk_in_steps(path)
        staying = starts if walk.stays else set()
        stayed += walk.stays
        wanted = pairs(store, to_sparql(path))

        assert pairs(store, walk.route) | staying == wanted, to_sparql(path)
        assert pairs(store, walk.tested) | staying == wanted, to_sparql(path)

    assert 50 < stayed < 350


def test_no_part_that_may_take_no_step_is_walked() -> None:
    for seed in range(400):
        route = walk_in_steps(at_random(Random(seed), 3)).route

        assert "?" not in route
        assert not route.endswith("*")


def test_a_path_with_too_many_ways_is_refused() -> None:
    path = Sequence(tuple(ZeroOrOne(step) for step in STEPS) * 3)

    with pytest.raises(ShapeError, match=r"too many parts of the path .*/p.* may be left out"):
        walk_in_steps(path)


def test_a_path_with_too_many_steps_is_refused() -> None:
    path: Path = Alternative(STEPS)
    for step in STEPS * 2:
        path = OneOrMore(Sequence((path, step)))

    with pytest.raises(ShapeError, match="go by way of a nested shape"):
        walk_in_steps(path)
