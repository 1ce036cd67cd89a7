"""The 54 real documents, against a table that was read off them by hand."""

from __future__ import annotations

import json

import pytest
from benchmarks.reading.metadata import Checked, check_documents, read_table
from benchmarks.reading.motions import check_motions
from tests.paths import SHARED

pytestmark = pytest.mark.slow

REAL = SHARED / "real"
MOTIONS = SHARED / "moties" / "moties.jsonl"
ENOUGH = 0.95
needs_documents = pytest.mark.skipif(
    not (REAL / "documents").is_dir(), reason="../shared/real is not here: no real documents"
)


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_documents(REAL / "documents", read_table())


@needs_documents
@pytest.mark.parametrize("column", ["kind", "title", "date", "issuer", "author_kind"])
def test_what_is_known_of_a_document_is_right(checked: Checked, column: str) -> None:
    assert checked.rows == 54
    assert checked.share(column) >= ENOUGH, "\n".join(checked.faults[column])


@pytest.mark.skipif(
    not (REAL / "moties").is_dir() or not MOTIONS.is_file(),
    reason="../shared/real/moties or ../shared/moties is not here: no real motions",
)
def test_real_motions_are_whole_with_their_submitters_and_dossier() -> None:
    rows = [json.loads(line) for line in MOTIONS.read_text(encoding="utf-8").splitlines()]
    here = [row for row in rows if (REAL / "moties" / f"{row['identifier']}.xml").is_file()]
    assert len(here) == 200
    assert check_motions(here, REAL / "moties").faults == ()
