"""Whether official motions are read whole, with their submitters, dossier and number.

    .venv/bin/python -m benchmarks.reading.motions MOTIONS.jsonl FOLDER

MOTIONS.jsonl holds what the open data of the Tweede Kamer say of each motion (`identifier`,
`indiener`, `indiener_bron`, `date`), FOLDER the XML of officielebekendmakingen.nl by identifier.
Submitters are those that sign; for the few motions of which the open data have them otherwise,
only their surnames are compared, in any order. Nothing is lost when each word of the XML's text
is in the document, as often as in the file.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from search.reading import read_document
from search.records import Document

__all__ = ["CheckedMotions", "check_motions", "faults_of_motion"]

_SIGNED = "ondertekening"
_NO_TEXT = ("metadata", "kamernummer", "documenttype")
_KINGDOM = re.compile(r"-\(R\d+\)$")


@dataclass(frozen=True, slots=True)
class CheckedMotions:
    """How many motions were read, and what is wrong with which."""

    motions: int
    faults: tuple[str, ...]


def check_motions(rows: Sequence[Mapping[str, Any]], folder: Path) -> CheckedMotions:
    """Read the motions of the rows, and compare what is known of each."""
    faults: list[str] = []
    for row in rows:
        path = folder / f"{row['identifier']}.xml"
        document = read_document(path, folder)
        faults += [f"{row['identifier']}: {each}" for each in faults_of_motion(document, row)]
        if lost := _lost_words(path, document):
            faults.append(f"{row['identifier']}: kwijt: {' '.join(lost[:8])}")
    return CheckedMotions(len(rows), tuple(faults))


def faults_of_motion(document: Document, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong in the metadata of a motion."""
    metadata = document.metadata
    found = [_plain(each.name) for each in metadata.people if each.role == "indiener"]
    wanted = [_plain(name) for name in row["indiener"]]
    if row["indiener_bron"] == _SIGNED:
        right = found == wanted
    else:
        right = all(any(each in name for name in wanted) or each in found for each in found)
        right = right and bool(found)
    if not right:
        yield f"indieners {[each.name for each in metadata.people]}, niet {row['indiener']}"
    dossiers = [_KINGDOM.sub("", each.number) for each in metadata.dossiers]
    if row["identifier"] not in {f"kst-{each}-{metadata.ondernummer}" for each in dossiers}:
        yield f"dossier {dossiers}, nr. {metadata.ondernummer}"
    if metadata.date not in ("", row["date"]):
        yield f"datum {metadata.date}, niet {row['date']}"
    if metadata.kind != "Motie" or str(metadata.author_kind) != "kamer":
        yield f"soort {metadata.kind!r} van {metadata.author_kind}"


def _plain(name: str) -> str:
    """Return a name without accents, initials' points and a letter that was left after it."""
    bare = unicodedata.normalize("NFD", re.sub(r"\s+e$", "", name.casefold().strip(" .,\\")))
    return re.sub(r"[\W_]", "", bare)


def _lost_words(path: Path, document: Document) -> list[str]:
    root = etree.parse(path).getroot()
    texts = [
        text
        for element in root.iter()
        if isinstance(element.tag, str) and not _is_no_text(element)
        for text in (element.text, element.tail)
        if text
    ]
    words = Counter(_words(" ".join(texts)))
    words.subtract(_words(document.text))
    said = "".join(_words(document.text))
    # A lowered letter has an element of its own in the file, and belongs to its word: "NOₓ".
    missing = (word for word, count in words.items() if count > 0)
    return [word for word in missing if len(word) > 2 or word not in said]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def _is_no_text(element: Any) -> bool:
    if element.get("inhoud") in _NO_TEXT:
        return True
    return any(each.tag in _NO_TEXT for each in (element, *element.iterancestors()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("motions", type=Path, help="one motion a line, as JSON")
    parser.add_argument("folder", type=Path, help="the folder of the XML files")
    arguments = parser.parse_args()
    lines = arguments.motions.read_text(encoding="utf-8").splitlines()
    there = {path.stem for path in arguments.folder.glob("*.xml")}
    rows = [row for row in map(json.loads, lines) if row["identifier"] in there]
    checked = check_motions(rows, arguments.folder)
    print(f"{checked.motions} moties, {len(checked.faults)} fouten")
    print("\n".join(checked.faults))
