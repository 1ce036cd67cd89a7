"""How many sentences copied from what a viewer shows are found word for word.

    .venv/bin/python -m benchmarks.reading.viewer_quotes ../shared/real/documents [--index FOLDER]

Of each document up to 40 sentences of 8 to 40 words are drawn (fixed seed) from what another
program reads: pdftotext for PDF, with its line ends and hyphens, lxml for XML and HTML, markdown-it
for Markdown and pandoc for Word. They are checked as quotes in an index of the documents, which is
built in a temporary folder or is in FOLDER. Of a PDF only sentences count that pdftotext has both
in the order of the page and in that of the file, so that it did not mix two columns or two cells.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reading.markup_sentences import ENDINGS, markup_sentences
from benchmarks.reading.sentences import extracted_sentences

from search import Engine, Settings
from search.indexing import build_index
from search.records import Verdict

__all__ = ["copied_sentences", "main"]

_SEED = 13
_FEWEST_WORDS, _MOST_WORDS = 8, 40
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[\"'“‘(\[«]*[A-ZÀ-Þ])")


def copied_sentences(path: Path, most: int) -> list[str]:
    """Return up to so many sentences of a file as another program has them, drawn at random."""
    if path.suffix == ".pdf":
        found = list(_of_pdf(path))
    elif path.suffix in ENDINGS:
        found = [each for each in markup_sentences(path) if re.search(r"[.?!][”’\"')]*$", each)]
    elif path.suffix == ".docx":
        found = list(_of_word(path))
    else:
        return []
    right = [each for each in dict.fromkeys(found) if _has_length(each)]
    return random.Random(f"{_SEED} {path.name}").sample(right, min(most, len(right)))


def _of_pdf(path: Path) -> Iterator[str]:
    other = {"".join(each.split()) for page in extracted_sentences(path, "-raw") for each in page}
    for page in extracted_sentences(path, line_end="\n"):
        yield from (each for each in page if "".join(each.split()) in other)


def _of_word(path: Path) -> Iterator[str]:
    command = ["pandoc", "-t", "plain", "--wrap=none", str(path)]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    for line in text.splitlines():
        # Tables are drawn with lines, which no viewer copies.
        if not re.search(r"-{3}|\s{3}\S", line.strip()):
            yield from (each for each in _SENTENCE.split(line.strip()) if each.endswith("."))


def _has_length(text: str) -> bool:
    return _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS


def _engine(folder: Path, index: Path) -> Engine:
    settings = replace(Settings.read(), corpus=folder, index=index)
    if not (index / "CURRENT").exists():
        build_index(settings)
    return Engine.open(settings)


def main() -> None:
    """Print for each file how many of its sentences are exact, and those that are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, help="where the index of the documents is, or goes")
    parser.add_argument("--sentences", type=int, default=40, help="how many of each document")
    options = parser.parse_args()
    with ExitStack() as stack:
        index = options.index or Path(stack.enter_context(TemporaryDirectory()))
        engine = stack.enter_context(_engine(options.folder, index))
        total = exact = 0
        for path in sorted(options.folder.iterdir()):
            sentences = copied_sentences(path, options.sentences)
            failing = [each for each in sentences if not _is_exact(engine, each)]
            total, exact = total + len(sentences), exact + len(sentences) - len(failing)
            print(f"{path.name:48} {len(sentences) - len(failing)}/{len(sentences)}", flush=True)
            for each in failing:
                print(f"    {each!r}", flush=True)
        print(f"woordelijk: {exact} of {total} ({exact / max(1, total):.1%})")


def _is_exact(engine: Engine, sentence: str) -> bool:
    """Return whether a sentence is found word for word, with all that it quotes."""
    checked = engine.check_quotes(sentence)
    return bool(checked) and all(each.verdict is Verdict.EXACT for each in checked)


if __name__ == "__main__":
    main()
