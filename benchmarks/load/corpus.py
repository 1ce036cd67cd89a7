"""The corpus that is asked, and the questions on it, made of the development sets."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Question", "read_questions", "write_corpus"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what the app must show for it: the quote and the first passage.

    `quote` is empty where the sources hold no answer.
    """

    text: str
    quote: str = ""
    passage: str = ""


def write_corpus(folder: Path, sets: Path, own: Path) -> int:
    """Write a document for each text of the sets beside copies of the project's own corpus.

    `sets` is the folder of the development sets, of which each `*/corpus.jsonl` is read, `own`
    the corpus folder of the project. Returns the number of documents; raises FileNotFoundError
    when there are no sets.
    """
    shutil.copytree(own, folder)
    number = sum(path.suffix in (".md", ".txt", ".xml") for path in folder.iterdir())
    for path in _each(sets, "corpus.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)
            # The texts of one article have one title; a document's name must tell them apart.
            title = (
                f"# {text['title'].replace('_', ' ')}, deel {number}\n\n" if text["title"] else ""
            )
            (folder / f"{path.parent.name}-{text['id']}.md").write_text(
                f"{title}{text['text']}\n", "utf-8"
            )
            number += 1
    return number


def read_questions(sets: Path, seed: int) -> list[str]:
    """Return every distinct question of the sets, on one line each, shuffled by `seed`.

    Raises FileNotFoundError when there are no sets.
    """
    lines = [
        json.loads(line)
        for path in (*_each(sets, "queries.jsonl"), *sorted(sets.glob("questions-*.jsonl")))
        for line in path.read_text("utf-8").splitlines()
    ]
    asked = [each.get("text") or each["question"] for each in lines]
    found = list(dict.fromkeys(" ".join(text.split()) for text in asked))
    random.Random(seed).shuffle(found)
    return found


def _each(sets: Path, name: str) -> list[Path]:
    found = sorted(sets.glob(f"*/{name}"))
    if not found:
        raise FileNotFoundError(f"There is no */{name} in {sets}: give the folder of the sets.")
    return found
