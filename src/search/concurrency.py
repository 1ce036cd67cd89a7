"""How much of the machine may be used, and work that is done ahead of its use."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["prefetch", "usable_cores"]

T = TypeVar("T")


def usable_cores() -> int:
    """Count the processors that this process may use; the machine may have more."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prefetch(items: Iterable[T], most: int) -> Generator[T]:
    """Give items in order, worked out in a thread of their own, at most `most` ahead.

    An error of theirs is raised here, at its place. Whoever stops taking them stops the thread
    after the item that it is at.
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
