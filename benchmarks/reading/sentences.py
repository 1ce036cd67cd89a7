"""How many sentences of a PDF are whole and in order in our reading.

    .venv/bin/python -m benchmarks.reading.sentences ../shared/real/documents --truth TRUTH

The sentences are those of pdftotext (poppler), read as it likes, with -layout and with -raw; page
by page the best of the three counts, since none gets every page right (columns in the wrong order,
a number of a note between two words). A sentence is whole when it is within one block,
and in order when the sentences around it come in the order of the extraction. White space, hyphens
and the numbers of footnotes are left aside. TRUTH is a folder with sentences.tsv (sentences that
must be whole) and furniture.tsv (what must not be in running text), both checked by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import time
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.reading import read_document
from search.records import Document, Kind

__all__ = ["Share", "checked_faults", "extracted_sentences", "furniture_faults", "share_of"]

_RUNNING = (Kind.PARAGRAPH, Kind.LIST_ITEM)
_MIN_WORDS = 5
_SENTENCE = re.compile(r"(?<=[.?!])[\"'”’)\]]*\d{0,3}\s+(?=[\"'“‘(\[]*[A-ZÀ-Þ])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b[a-z]\.[a-z]|\b(?:nr|art|dr|mr|ir|drs|prof|ca|bijv|resp|p))\.$"
)
_ITEM = re.compile(
    r"^\s*(?:[^\w\s(\[\"'“‘«€§]|[o\uf000-\uf0ff](?=\s)|\d{1,3}(?:\.\d{1,2})*[.)]?(?=\s|$)"
    r"|[a-zA-Z][.)](?=\s|$)|\((?:\d{1,2}|[a-z])\)(?=\s|$)|[ivx]+[.)])\s*"
)
_ROW = re.compile(r"\S {3,}\S")
_MARK = re.compile(
    r"(?<=[^\W\d_])\d{1,3}(?!\w)|(?<=[.,;:?!)”’»\"'])\d{1,3}(?=[\s.,;:?]|$)|[⁰¹²³⁴-⁹]+"
    r"|(?<=\b[12]\d{3})\d{1,2}\b|(?<=[\w)]\s)\d{1,2}(?=[\s.,;:?)”’]|$)"
)
"""What may be the number of a footnote."""
_OPTIONS = ((), ("-layout",), ("-raw",))
_ENOUGH = 0.8
"""Least share of the sentences of a page that an extraction must have to count."""
_DROPPED = re.compile(r"[\W_]+|\ufffd")


@dataclass(frozen=True, slots=True)
class Share:
    """How many sentences there are, and which of them are lost or out of order."""

    sentences: int
    lost: tuple[str, ...]
    displaced: int

    @property
    def whole(self) -> float:
        """The part of the sentences that is whole and in order, from 0 to 1."""
        return 1 - (len(self.lost) + self.displaced) / self.sentences if self.sentences else 1.0


def extracted_sentences(path: Path, *options: str, line_end: str = " ") -> list[list[str]]:
    """Return the sentences that pdftotext finds on each page of a file.

    `line_end` stands for the end of a line within them.

    A sentence over a page's end is left out, since what is printed there is in the middle of it;
    so is one over a heading or the items of a list, and a line of a table.
    """
    command = ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    return [_sentences_of(page, line_end) for page in text.split("\f")]


def _sentences_of(page: str, line_end: str) -> list[str]:
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", page):
        for piece in _pieces(paragraph.splitlines(), line_end):
            for sentence in _SENTENCE.split(piece):
                if found and _ABBREVIATED.search(found[-1]):
                    found[-1] += " " + sentence
                else:
                    found.append(sentence)
        found.append("")
    return [sentence for sentence in found if _is_sentence(sentence)]


def _pieces(lines: Sequence[str], line_end: str) -> Iterator[str]:
    """Split a paragraph before an item of a list, and after a line that is a heading."""
    piece: list[str] = []
    longest = max(map(len, lines), default=0)
    for number, line in enumerate(lines):
        before = lines[number - 1].strip() if number else ""
        is_heading = (
            len(before) < 0.75 * longest
            and not re.search(r"[,;-]$", before)
            and re.match(r"\W*[A-ZÀ-Þ\d]", line.strip())
        )
        if piece and (is_heading or _ITEM.match(line)):
            yield line_end.join(piece)
            piece = []
        piece.append(
            " ".join(_ITEM.sub("", line, count=1).split())
            if not _ROW.search(line.strip())
            else "\t"
        )
    yield line_end.join(piece)


def _is_sentence(text: str) -> bool:
    return (
        len(re.findall(r"[^\W\d_]{2,}", text)) >= _MIN_WORDS
        and "\t" not in text
        and re.match(r"[\"'“‘(\[]*[A-ZÀ-Þ]", text) is not None
        and re.search(r"[.?!][\"'”’)\]]*\d{0,3}$", text) is not None
        and re.search(r"\.{4}|…\s?…", text) is None
        # The items of a list, of which the bullets are no text.
        and re.search(r";\s+[A-ZÀ-Þ][a-zà-ÿ]", text) is None
    )


def _key(text: str) -> str:
    """Return the letters and digits of a text, raised digits as digits."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _pattern(sentence: str) -> re.Pattern[str]:
    """Return a pattern of a sentence's key in which what may be the number of a note may lack."""
    parts = re.split(rf"({_MARK.pattern})", sentence)
    keys = [re.escape(_key(part)) for part in parts]
    return re.compile("".join(f"(?:{k})?" if i % 2 and k else k for i, k in enumerate(keys)))


def share_of(document: Document, sentences: Sequence[str]) -> Share:
    """Measure how many of the sentences are whole in the document, and in order."""
    texts, notes = _keys(document)
    lost, places = [], []
    for sentence in sentences:
        pattern = _pattern(sentence)
        found = [m.start() for m in pattern.finditer(texts)]
        if pattern.search(notes):
            # A note is after the text, so that its place says nothing.
            continue
        if found:
            places.append(found)
        else:
            lost.append(sentence)
    return Share(len(sentences), tuple(lost), len(places) - _longest_rise(places))


def _keys(document: Document) -> tuple[str, str]:
    """Return the keys of the blocks, one a line: of the text and of the footnotes."""
    keys: tuple[list[str], list[str]] = ([], [])
    for block in document.blocks:
        is_note = block.kind is Kind.FOOTNOTE
        keys[is_note].append(_key(document.text[block.start : block.end]))
    return "\n".join(keys[0]), "\n".join(keys[1])


def _longest_rise(places: Sequence[Sequence[int]]) -> int:
    """Return how many places, one of each, can be chosen so that they rise."""
    ends: list[int] = []
    for each in places:
        for place in reversed(each):
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends)


def checked_faults(document: Document, sentences: Sequence[str]) -> list[str]:
    """Return the sentences, checked by hand, that are not whole; `|` separates alternatives."""
    texts, notes = _keys(document)
    return [
        sentence
        for sentence in sentences
        if not any(_pattern(each).search(f"{texts}\n{notes}") for each in sentence.split("|"))
    ]


def furniture_faults(document: Document, strings: Sequence[str]) -> list[str]:
    """Return the strings of margins, heads and feet that are in the running text."""
    running = [
        "".join(document.text[block.start : block.end].split()).casefold()
        for block in document.blocks
        if block.kind in _RUNNING
    ]
    return [
        each
        for each in strings
        if any("".join(each.split()).casefold() in text for text in running)
    ]


def _truth(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row[0], []).append(row[1])
    return found


def _best(path: Path, document: Document) -> Share:
    """Measure the sentences of the extraction that agrees best with the document, page by page."""
    readings = [extracted_sentences(path, *options) for options in _OPTIONS]
    chosen: list[str] = []
    for page in zip(*readings, strict=True):
        most = max(map(len, page))
        enough = [each for each in page if len(each) >= _ENOUGH * most]
        chosen += max(enough, key=lambda each: (share_of(document, each).whole, len(each)))
    return share_of(document, chosen)


def _report(folder: Path, truth: Path | None, lost: bool, pattern: str) -> Iterator[str]:
    checked = _truth(truth / "sentences.tsv") if truth else {}
    furniture = _truth(truth / "furniture.tsv") if truth else {}
    total, good, took = 0, 0.0, 0.0
    missed, let_in = 0, 0
    for path in sorted(folder.glob(pattern)):
        began = time.process_time()
        document = read_document(path, folder)
        spent = time.process_time() - began
        share = _best(path, document)
        faults = checked_faults(document, checked.get(path.name, []))
        within = furniture_faults(document, furniture.get(path.name, []))
        total, good, took = (
            total + share.sentences,
            good + share.whole * share.sentences,
            took + spent,
        )
        missed, let_in = missed + len(faults), let_in + len(within)
        yield (
            f"{path.stem[:44]:44} {share.sentences:5} {share.whole:7.1%} displaced "
            f"{share.displaced:3} checked -{len(faults)} furniture +{len(within)} {spent:5.2f} s"
        )
        if lost:
            yield from (f"    lost: {each}" for each in share.lost)
            yield from (f"    checked: {each}" for each in faults)
            yield from (f"    furniture: {each}" for each in within)
    whole = good / max(1, total)
    yield f"{'all':44} {total:5} {whole:7.2%} checked -{missed} furniture +{let_in} {took:.1f} s"


def main() -> None:
    """Print a line a file and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--files", default="*.pdf", help="pattern of the names to read")
    parser.add_argument("--lost", action="store_true", help="print what is lost")
    args = parser.parse_args()
    for line in _report(args.folder, args.truth, args.lost, args.files):
        print(line, flush=True)


if __name__ == "__main__":
    main()
