"""The processors that may be used, and iterators that work ahead in a thread."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

__all__ = ["PDFIUM", "prefetch", "usable_cores"]

PDFIUM = Lock()
"""Held while pdfium works: it is not safe to use from two threads, whoever opened the file."""

T = TypeVar("T")


def usable_cores() -> int:
    """Return how many processors this process may use; the machine may have more."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prefetch(items: Iterable[T], most: int) -> Generator[T]:
    """Yield items in order while a thread computes at most `most` of them ahead.

    An error in the thread is raised here, at the place of its item. Closing the generator stops
    the thread after the item that it is computing.
    """
    source = iter(items)
    end = object()
    waiting: deque[Future[T | object]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="vooruit") as pool:
        try:
            while True:
                while len(waiting) < most:
                    waiting.append(pool.submit(next, source, end))
                item = waiting.popleft().result()
                if item is end:
                    return
                yield item  # type: ignore[misc]
        finally:
            pool.shutdown(cancel_futures=True)
            close = getattr(source, "close", None)
            if close:
                close()
