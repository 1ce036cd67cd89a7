"""A local server and a clock for the tests of the sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sources.service import FakeTime, Service, serving

from search.sources import Client


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
    """Return a clock that goes on only when someone sleeps."""
    return FakeTime()


@pytest.fixture
def client(service: Service, time: FakeTime) -> Iterator[Client]:
    """Return a client of the local server."""
    with service.client(time) as made:
        yield made
