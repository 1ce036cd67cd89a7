"""The labelled sentences are whole: known labels, known documents, a checksum each."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from benchmarks.questions.gather import read_sources
from tests.paths import ROOT

from search.records import Holder, Stance

FOLDER = ROOT / "benchmarks" / "stances"


def rows(name: str) -> list[dict[str, str]]:
    with open(FOLDER / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("name", "number"), [("documents.tsv", 2074), ("debates.tsv", 2149)])
def test_labels_are_known_and_go_with_their_holder(name: str, number: int) -> None:
    found = rows(name)
    assert len(found) == number
    others = {"aanbeveling", "bevinding"}
    for row in found:
        holder, stance = Holder(row["holder"]), Stance(row["label"])
        assert re.fullmatch(r"[0-9a-f]{8}", row["checksum"])
        if holder is Holder.NONE:
            assert stance == "feit"
        else:
            assert (stance in others) is (holder is not Holder.CABINET)
            assert stance != "feit"


def test_documents_are_those_that_gather_fetches() -> None:
    assert {row["document"] for row in rows("documents.tsv")} <= {s.id for s in read_sources()}


def test_no_member_of_parliament_speaks_for_the_cabinet() -> None:
    assert not [
        row
        for row in rows("debates.tsv")
        if row["role"] == "kamerlid" and row["holder"] == "kabinet"
    ]


def test_the_page_tells_what_is_in_the_files() -> None:
    page = Path(FOLDER / "README.md").read_text(encoding="utf-8")
    both = [*rows("documents.tsv"), *rows("debates.tsv")]
    for holder in Holder:
        number = sum(row["holder"] == holder for row in both)
        assert not number or f"| {holder} | {number:,} |" in page
