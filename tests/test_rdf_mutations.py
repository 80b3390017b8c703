"""Bytes of RDF drafts are changed at random: each is read, or refused in one line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from somswd_kg.errors import SourceError
from somswd_kg.findings.locating import Lines
from somswd_kg.formats.rdf import FORMATS, read_quads, write_quads
from somswd_kg.intake import open_draft
from somswd_kg.namespaces import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
QUADS = read_quads(ROOT / "examples" / "draft-2026-2030.ttl")[:150]
DRAFTS = {form.suffixes[0]: write_quads(QUADS, name, PREFIXES) for name, form in FORMATS.items()}
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from("rid"), st.binary(min_size=1, max_size=12)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    for where, what, new in edits:
        at = int(where * len(data))
        end = at if what == "i" else at + len(new)
        data = data[:at] + (b"" if what == "d" else new) + data[end:]
    return data


@pytest.mark.slow
@settings(max_examples=1_500, deadline=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(DRAFTS)), EDITS)
def test_a_mutated_draft_is_read_or_refused_in_one_line(
    suffix: str, edits: list[tuple[float, str, bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"draft{suffix}")
        path.write_bytes(mutated(DRAFTS[suffix], edits))
        try:
            draft = open_draft(path, (), None)
            if isinstance(draft.locate, Lines):
                draft.locate.read()
        except SourceError as error:
            assert "\n" not in str(error)
