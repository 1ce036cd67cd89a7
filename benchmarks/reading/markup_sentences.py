"""How many sentences of XML, HTML and Markdown are whole and in order in our reading.

    .venv/bin/python -m benchmarks.reading.markup_sentences ../shared/real/documents [--truth TRUTH]

The sentences are those of a plain extraction: the text nodes of the tree (lxml; of Markdown after
markdown-it has made HTML of it), a line for each element that is not part of a line, without the
metadata, scripts and navigation. A sentence is whole when it is within one block, and in order when
the sentences around it come in the order of the file. TRUTH is a folder with sentences.tsv,
sentences that were checked by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.reading.sentences import share_of
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from search.reading import read_document

__all__ = ["ENDINGS", "main", "markup_sentences"]

ENDINGS = (".xml", ".html", ".htm", ".md")
_INLINE = frozenset(
    "nadruk extref intref dossierref sup inf sub nootref ondernummer politiek emphasis superscript"
    " subscript a abbr acronym b bdi cite code em font i ins kbd mark q s small span strike strong"
    " time tt u var wbr tekstcorrectie datum naam achternaam voornaam link inlinemediaobject"
    " imageobject hi ref".split()
)
_SKIPPED = frozenset(
    "metadata meta-data rdf teiheader head script style template noscript nav button select form"
    " svg textarea del nootref noot.nr".split()
)
_NOTES = frozenset({"noot", "footnote"})
_SENTENCE = re.compile(r"(?<=[.?!])[\"'”’)\]]*\s+(?=[\"'“‘(\[«]*[A-ZÀ-Þ])")
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_MIN_WORDS = 5


def markup_sentences(path: Path) -> list[str]:
    """Return the sentences of a file in their order, each on one line, those of notes last."""
    content = path.read_bytes()
    lines: list[str] = []
    notes: list[str] = []
    _collect(_tree(path.suffix, content), lines, notes)
    found = (part for line in (*lines, *notes) for part in _SENTENCE.split(line))
    return [part for part in found if len(re.findall(r"[^\W\d_]{2,}", part)) >= _MIN_WORDS]


def _tree(ending: str, content: bytes) -> Any:
    """Return the element that holds the text of a file."""
    if ending == ".xml":
        text = content.decode("utf-8")
        if "Ã" in text or text.startswith("ï»¿"):
            # Four files were encoded twice, and have a byte order mark in the wrong place.
            text = text.encode("cp1252", "replace").decode("utf-8", "replace")
        start = text.index("<", text.find("?>") + 1 if "<?xml" in text[:200] else 0)
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, recover=True)
        return etree.fromstring(text[start:].encode(), parser)
    page = content.decode("utf-8-sig")
    if ending == ".md":
        page = MarkdownIt().enable("table").render(_FRONT.sub("", page, count=1))
    root = lxml_html.fromstring(page)
    for path in (".//*[@id='broodtekst']", ".//main", ".//article", ".//body"):
        for found in root.iterfind(path):
            if len("".join(found.itertext()).split()) > _MIN_WORDS:
                return found
    return root


def _collect(root: Any, lines: list[str], notes: list[str]) -> None:
    """Append the lines of a tree, and those of its notes."""
    parts: list[str] = []

    def end() -> None:
        line = " ".join("".join(parts).split())
        parts.clear()
        if line:
            lines.append(line)

    def walk(element: Any) -> None:
        name = element.tag.rpartition("}")[2].lower()
        if name not in _INLINE:
            end()
        parts.append(element.text or "")
        for child in element:
            inner = child.tag.rpartition("}")[2].lower() if isinstance(child.tag, str) else ""
            if inner in _NOTES:
                _collect(child, notes, notes)
            elif inner and inner not in _SKIPPED and child.get("hidden") is None:
                walk(child)
            parts.append(child.tail or "")
        if name not in _INLINE:
            end()

    walk(root)
    end()


def _checked(truth: Path, files: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the sentences that were checked by hand, with their files."""
    by_name = {path.name: path for path in files}
    with (truth / "sentences.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["file"] in by_name:
                yield by_name[row["file"]], row["sentence"]


def main() -> None:
    """Print for each file how many sentences are whole, and which are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--lost", type=int, default=3, help="how many lost sentences to print")
    options = parser.parse_args()
    files = sorted(
        path for folder in options.folders for path in folder.iterdir() if path.suffix in ENDINGS
    )
    total = whole = 0
    seconds = 0.0
    for path in files:
        began = time.process_time()
        document = read_document(path, path.parent)
        seconds += time.process_time() - began
        share = share_of(document, markup_sentences(path))
        good = share.sentences - len(share.lost) - share.displaced
        total, whole = total + share.sentences, whole + good
        if good < share.sentences or len(files) < 100:
            print(f"{good:5} of {share.sentences:5}  {share.whole:7.2%}  {path.name}")
        for sentence in share.lost[: options.lost]:
            print(f"        lost: {sentence[:110]}")
    print(
        f"{whole} of {total} sentences ({whole / max(1, total):.2%}); {seconds:.1f} s of CPU time"
    )
    if options.truth:
        missing = [
            f"{path.name}: {sentence[:90]}"
            for path, sentence in _checked(options.truth, files)
            if share_of(read_document(path, path.parent), [sentence]).lost
        ]
        print(
            f"{len(missing)} sentences that were checked by hand are not whole", *missing, sep="\n"
        )


if __name__ == "__main__":
    main()
