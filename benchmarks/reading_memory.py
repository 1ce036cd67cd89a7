"""Measures how many bytes a character it takes to read a large document.

python -m benchmarks.reading_memory

A document of 1, 5 and 20 million characters (the most that is read) is written as Markdown, once
with paragraphs on long lines and once with many short lines, and read under tracemalloc. Prints,
in bytes a character: the peak while the document is read, and what the text with the places of
its characters takes alone. Takes some ten minutes.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from search.reading import read_document
from search.reading.sourced_text import join
from search.reading.text.markdown import read_markdown

_SIZES = (1_000_000, 5_000_000, 20_000_000)
_PARAGRAPH = (
    "De raad schrijft dat het kabinet meer werk moet maken van *goed* bestuur. Het is “oud”, "
    "maar het is wel nodig: de gemeenten wachten al jaren op een besluit van de minister.\n\n"
)
_SHORT_LINES = "Een regel.\n" * 7 + "Nog een.\n\n"


def main() -> None:
    """Measure each kind of document at each size."""
    print(f"{'document':12} {'characters':>12} {'reading':>9} {'text':>6}  (bytes a character)")
    for name, unit in (("long lines", _PARAGRAPH), ("short lines", _SHORT_LINES)):
        for size in _SIZES:
            source = unit * (size // len(unit))
            reading = _reading_peak(source) / len(source)
            text = _text_size(source) / len(source)
            print(f"{name:12} {len(source):12,} {reading:9.1f} {text:6.1f}", flush=True)


@contextmanager
def _traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def _reading_peak(source: str) -> int:
    """Return the most bytes that were held at once while a file with this text was read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.md"
        path.write_text(source, "utf-8")
        with _traced():
            read_document(path, path.parent)
            return tracemalloc.get_traced_memory()[1]


def _text_size(source: str) -> int:
    """Return the bytes of the text of all blocks of a source, with its places."""
    blocks = list(read_markdown(source).blocks)
    with _traced():
        text = join((block.sourced for block in blocks), "\n\n")
        assert len(text) > len(source) / 2
        return tracemalloc.get_traced_memory()[0]


if __name__ == "__main__":
    main()
