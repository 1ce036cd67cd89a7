"""Checks the questions against their documents.

    .venv/bin/python -m benchmarks.questions.check FOLDER

FOLDER is what `benchmarks.questions.gather` filled. Every place must hold a sentence of its
checksum; prints how many do, and exits with 1 when one in a hundred does not.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions.gather import read_sources
from benchmarks.questions.joining import checksum_of, read_questions

from search.dutch.sentences import split_sentences
from search.errors import ReadingError
from search.reading import read_document
from search.records import Document

_MOST_LOST = 0.01


def main(arguments: Sequence[str] | None = None) -> int:
    """Check all places; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    found: dict[str, set[str]] = {}
    for source in read_sources():
        try:
            document = read_document(options.folder / source.file, options.folder, source.id)
        except (ReadingError, OSError) as error:
            print(f"{source.id}: {error}")
            continue
        found[source.id] = set(_checksums(document))
    places: Counter[bool] = Counter()
    for question in read_questions():
        known = found.get(question.document, set())
        places.update(place.checksum in known for answer in question.answers for place in answer)
    print(f"{places[True]} of {places.total()} places found")
    return 1 if places[False] > _MOST_LOST * places.total() else 0


def _checksums(document: Document) -> list[str]:
    """Return the checksums of a document's sentences, and of its lines (rows of tables)."""
    made = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        made += [checksum_of(text[s.start : s.end]) for s in split_sentences(text)]
        made += [checksum_of(line) for line in re.split(r"\n+", text)]
        made.append(checksum_of(text))
    return made


if __name__ == "__main__":
    raise SystemExit(main())
