"""What each contender does, and how it is asked: one action a process, one line of JSON out.

    python SCRIPT index DATA STORE      make the store of DATA/passages.jsonl
    python SCRIPT first DATA STORE      open the store, answer the first question
    python SCRIPT warm DATA STORE       open it, answer all questions one by one
    python SCRIPT eight DATA STORE      open it, answer all questions, eight at once
    python SCRIPT rank DATA STORE       open it, rank documents for all questions

For an answer ten passages are asked for, as a user would have them; to rank documents fifty, so
that ten documents can be told from them.

This file knows no contender and imports nothing of any.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

__all__ = ["Ask", "Contender", "main", "passages_of"]

_SHOWN, _RANKED = 10, 50
"""Passages asked for. Documents are ranked by the best of theirs."""
_AT_ONCE = 8
_WARMING = 5

Ask = Callable[[str], Sequence[str]]
"""Returns the ids of documents, or of passages named "document#number", best first."""


class Contender(Protocol):
    """What a script must have."""

    def index(self, data: Path, store: Path) -> None:
        """Make the store."""
        ...

    def opened(self, data: Path, store: Path, top: int) -> Ask:
        """Open the store, and give what answers a question with so many passages."""
        ...


def passages_of(data: Path) -> list[tuple[str, str]]:
    """Read the passages: (id, text)."""
    lines = (data / "passages.jsonl").read_text("utf-8").splitlines()
    return [(each["id"], each["text"]) for each in map(json.loads, lines)]


def main(contender: Contender) -> None:
    """Do what the command line asks, and print what came of it."""
    action, data, store = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    begun = time.perf_counter()
    if action == "index":
        contender.index(data, store)
        print(json.dumps({"seconds": time.perf_counter() - begun}), flush=True)
        return
    questions = json.loads((data / "questions.json").read_text("utf-8"))
    ask = contender.opened(data, store, _RANKED if action == "rank" else _SHOWN)
    if action == "first":
        print(json.dumps({"found": _documents(ask(questions[0]))}), flush=True)
        return
    if action == "rank":
        ranked = [_documents(ask(question))[:10] for question in questions]
        print(json.dumps({"ranked": ranked}), flush=True)
        return
    for question in questions[:_WARMING]:
        ask(question)
    told = _one_by_one(ask, questions) if action == "warm" else _eight(ask, questions)
    print(json.dumps(told), flush=True)


def _documents(found: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(each.partition("#")[0] for each in found))


def _one_by_one(ask: Ask, questions: Sequence[str]) -> dict[str, object]:
    seconds = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds}


def _eight(ask: Ask, questions: Sequence[str]) -> dict[str, object]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = time.perf_counter()
        done = len(list(pool.map(ask, questions)))
        return {"questions": done, "seconds": time.perf_counter() - begun}
