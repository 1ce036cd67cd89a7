"""Checks the questions against their documents.

    .venv/bin/python -m benchmarks.questions.check FOLDER

FOLDER is what `benchmarks.questions.gather` filled. Every place must hold a sentence of its
checksum; prints how many do, and exits with 1 when one in a hundred does not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions.gather import read_sources
from benchmarks.questions.joining import by_checksum, find_place, read_documents, read_questions

from search.passages import make_passages

_MOST_LOST = 0.01


def main(arguments: Sequence[str] | None = None) -> int:
    """Check all places; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    found = {
        document.id: by_checksum(document.text, make_passages(document, _words))
        for document in read_documents(read_sources(), options.folder, print)
    }
    places: Counter[bool] = Counter()
    for question in read_questions():
        known = found.get(question.document, {})
        places.update(
            find_place(place, known) is not None for answer in question.answers for place in answer
        )
    print(f"{places[True]} of {places.total()} places found")
    return 1 if places[False] > _MOST_LOST * places.total() else 0


def _words(texts: Sequence[str]) -> list[int]:
    """Count words: how long a passage is makes no difference to its sentences."""
    return [len(text.split()) for text in texts]


if __name__ == "__main__":
    raise SystemExit(main())
