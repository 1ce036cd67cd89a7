"""Work done ahead in a thread, so that one stage of a long piece of work does not wait for another.

Threads suffice: what takes long (the model, the disk) lets the interpreter go on meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["ahead"]

T = TypeVar("T")


def ahead(items: Iterable[T], most: int) -> Generator[T]:
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
