"""Metadata of documents, read one by one until all are needed."""

from __future__ import annotations

import pytest

from search.records import Metadata
from search.storage.catalogue import Catalogue

KNOWN = {"a": Metadata(title="A"), "b": Metadata(title="B")}


def test_one_is_read_without_the_others() -> None:
    reads: list[str] = []

    def one(identifier: str) -> Metadata | None:
        reads.append(identifier)
        return KNOWN.get(identifier)

    catalogue = Catalogue(2, one, lambda: pytest.fail("all were read"))
    assert catalogue["a"].title == "A"
    assert catalogue["a"].title == "A"
    assert "c" not in catalogue
    assert catalogue.get("c") is None
    assert len(catalogue) == 2
    assert reads.count("a") == 1


def test_all_are_read_once_and_in_order() -> None:
    reads: list[int] = []

    def every() -> dict[str, Metadata]:
        reads.append(1)
        return dict(reversed(KNOWN.items()))

    catalogue = Catalogue(2, lambda _: pytest.fail("one was read"), every)
    assert list(catalogue) == ["b", "a"]
    assert dict(catalogue) == KNOWN
    with pytest.raises(KeyError):
        catalogue["c"]
    assert reads == [1]
