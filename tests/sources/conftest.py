"""A local server and a clock for the tests of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sources.service import FakeTime, Service, serving

from search.sources import MANIFESTATIONS, Client, Shelf


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy of this machine stand between."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def service() -> Iterator[Service]:
    """Run the local server."""
    with serving() as running:
        yield running


@pytest.fixture
def time() -> FakeTime:
    """Give a clock that goes on only when someone sleeps."""
    return FakeTime()


@pytest.fixture
def client(service: Service, time: FakeTime) -> Iterator[Client]:
    """Give a client of the local server."""
    with service.client(time) as made:
        yield made


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Name a corpus folder that does not exist yet."""
    return tmp_path / "corpus"


@pytest.fixture
def shelf(corpus: Path) -> Shelf:
    """Give that folder as a shelf."""
    return Shelf(corpus, (*MANIFESTATIONS, "md", "txt"))
