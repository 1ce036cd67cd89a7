"""Questions to ask of the made corpus, and the sentence that answers each, where one is known."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from search.evaluation.measures.ndcg import ndcg
from search.evaluation.sets import read_questions, read_sentences

__all__ = ["Asked", "choose", "gain", "read_asked", "write_asked"]

_TOP = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `answer` is the sentence that answers it, or an empty text.

    `held` is the number of passages that hold that sentence.
    """

    question: str
    answer: str = ""
    held: int = 0


def choose(evaluation: Path, known: Mapping[str, int], number: int, seed: int) -> list[Asked]:
    """Choose questions of all sets in turn; half of them have an answer that the pool knows.

    `known` has the pool's sentences as its keys.
    """
    chance = random.Random(seed)
    answered = [
        Asked(each.question, each.sentences[each.gold])
        for path in sorted(evaluation.glob("*/answer_sentence.jsonl"))
        for each in read_sentences(path)
        if each.sentences[each.gold] in known
    ]
    others = [Asked(each.question) for each in read_questions(evaluation / "questions-dev.jsonl")]
    for path in sorted(evaluation.glob("*/queries.jsonl")):
        if not (path.parent / "answer_sentence.jsonl").exists():
            lines = path.read_text("utf-8").splitlines()
            others += [Asked(str(json.loads(line)["text"])) for line in lines]
    chance.shuffle(answered)
    chance.shuffle(others)
    rest = others[: number // 2]
    chosen = [*rest, *answered[: number - len(rest)]]
    chance.shuffle(chosen)
    return chosen


def write_asked(path: Path, chosen: Sequence[Asked]) -> None:
    """Write questions as JSON."""
    path.write_text(json.dumps([asdict(each) for each in chosen], ensure_ascii=False), "utf-8")


def read_asked(path: Path) -> list[Asked]:
    """Read what `write_asked` wrote."""
    return [Asked(**each) for each in json.loads(path.read_text("utf-8"))]


def gain(asked: Asked, texts: Sequence[str]) -> float:
    """Return nDCG@10 of ranked texts of passages; a text is relevant if it has the answer."""
    relevant = {str(rank): int(asked.answer in text) for rank, text in enumerate(texts)}
    missing = max(0, min(_TOP, asked.held) - sum(relevant.values()))
    relevant |= {f"missing {number}": 1 for number in range(missing)}
    return ndcg([str(rank) for rank in range(len(texts))], relevant, _TOP)
