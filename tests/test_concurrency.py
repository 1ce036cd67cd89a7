"""Work done ahead in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from search.concurrency import prefetch


def test_items_come_in_order() -> None:
    assert list(prefetch(iter(range(50)), 3)) == list(range(50))
    assert list(prefetch([], 2)) == []


def test_items_are_worked_out_in_another_thread_before_they_are_asked_for() -> None:
    threads: list[str] = []
    third = threading.Event()

    def work() -> Iterator[int]:
        for number in range(10):
            threads.append(threading.current_thread().name)
            if number == 2:
                third.set()
            yield number

    items = prefetch(work(), 3)
    assert next(items) == 0
    # Nobody asked for the third yet.
    assert third.wait(10)
    assert threading.current_thread().name not in threads
    assert len(threads) <= 5
    items.close()


def test_an_error_is_raised_at_its_place() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise ValueError("mis")

    items = prefetch(work(), 4)
    assert next(items) == 1
    with pytest.raises(ValueError, match="mis"):
        next(items)


def test_whoever_stops_stops_the_work_and_its_source() -> None:
    closed: list[bool] = []

    def work() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.append(True)

    items = prefetch(work(), 2)
    next(items)
    items.close()
    assert closed == [True]
    assert not [t for t in threading.enumerate() if t.name.startswith("vooruit")]
