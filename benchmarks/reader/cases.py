"""Cases on which it is fitted when a question has an answer: `make calibrate`.

    .venv/bin/python -m benchmarks.reader.cases WORK [--held-out 0]

WORK is the folder in which the reader was trained. The questions about the documents that were left
out are asked over two collections: of all documents, and of those that were left out alone. Writes
the features of each question, and whether it has an answer, to WORK/cases.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.questions.gather import read_sources
from benchmarks.questions.joining import Joined, read_questions

from search.answers import answer_question
from search.embedding import CachedEncoder, load_encoder
from search.evaluation.calibrate import Cases
from search.indexing import index_documents
from search.progress import message
from search.reader import Reader, load_reader
from search.records import Filters
from search.retrieval import Retriever
from search.storage import Index, store_of

_TOP = 10
_ASKED = 450
"""Questions that are asked of each collection, drawn by chance with a fixed seed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the questions and write the cases; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--held-out", type=int, default=0, help="the fold that was left out")
    options = parser.parse_args(arguments)
    left_out = {each.id for each in read_sources() if each.fold == options.held_out}
    questions = [each for each in read_questions() if each.document in left_out]
    questions = random.Random(0).sample(questions, min(_ASKED, len(questions)))
    encoder = CachedEncoder(load_encoder())
    reader = load_reader(encoder)
    whole = store_of(options.work / "index").open()
    small = options.work / "index-left-out"
    if not store_of(small).current():
        documents = [found for name in sorted(left_out) if (found := whole.document(name))]
        index_documents(documents, small, encoder)
    cases = {
        f"questions, {index.manifest.documents} documents": _asked(
            questions, index, encoder, reader
        )
        for index in (whole, store_of(small).open())
    }
    (options.work / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    message("  ".join(f"{name}: {len(each)}" for name, each in cases.items()))
    return 0


def _asked(
    questions: Sequence[Joined], index: Index, encoder: CachedEncoder, reader: Reader
) -> Cases:
    retriever = Retriever(index, encoder, reader=reader)
    return [
        (
            dict(answer_question(index, retriever, each.question, Filters(), _TOP).features),
            each.answerable,
        )
        for each in questions
        if each.document in index.metadata
    ]


if __name__ == "__main__":
    raise SystemExit(main())
