"""How many sentences are labelled as the cabinet's where it can't speak, by kind of document.

    .venv/bin/python -m benchmarks.reading.holders ../shared

Reads the motions, debates, municipal and party texts of `real`, `moties` and `cases` in the folder,
and labels their sentences as an index does. In the first five kinds no sentence may be the
cabinet's; the rest shows who holds the views in the other documents, by their author. Exits with 1
if a sentence of the first kinds is the cabinet's.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.embedding import load_encoder
from search.errors import ReadingError
from search.labels import Labeller, label_passages, load_labeller
from search.passages import make_passages
from search.reading import read_document
from search.records import Document, Holder, Label
from search.settings import Settings

__all__ = ["Labelled", "Tally", "count_holders", "label_document"]

_SAMPLE = 400
_MEMBERS = ("De heer ", "Mevrouw ", "Het lid ")
_MUNICIPAL = ("raadsbrief-", "begroting-", "overdrachtsdossier-", "besluitenlijst-wassenaar-")
_PARTY = ("verkiezingsprogramma.txt", "platte-tekst-een-lange-regel.txt")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of a document with the headings above it."""

    text: str
    section: tuple[str, ...]
    label: Label


@dataclass(slots=True)
class Tally:
    """How many documents and labelled sentences of a kind there are, by holder."""

    documents: int = 0
    holders: Counter[Holder] = field(default_factory=Counter)
    cabinet: list[str] = field(default_factory=list)
    """The sentences labelled as the cabinet's, each after the name of its file."""

    def add(self, document: Document, sentences: Iterable[Labelled]) -> None:
        """Add the sentences of a document."""
        self.documents += 1
        for each in sentences:
            self.holders[each.label.holder] += 1
            if each.label.holder is Holder.CABINET:
                self.cabinet.append(f"{document.path}: {each.text}")


def label_document(document: Document, labeller: Labeller) -> list[Labelled]:
    """Return the labelled sentences of a document, in order."""
    passages = make_passages(document, _word_counts)
    labelled = [
        (each.start, Labelled(document.text[each.start : each.end], passage.section, each.label))
        for passage in label_passages(document, passages, labeller)
        for each in passage.sentences
        if each.label
    ]
    return [each for _, each in sorted(labelled, key=lambda pair: pair[0])]


def count_holders(
    shared: Path, labeller: Labeller, sample: int = _SAMPLE
) -> Iterator[tuple[str, Tally]]:
    """Yield the kinds with their tallies; of the packed motions only a sample, evenly spread."""
    yield "party", _tally((shared / "cases" / name for name in _PARTY), labeller)
    yield "motions", _tally((shared / "real" / "moties").glob("*.xml"), labeller)
    with tempfile.TemporaryDirectory() as folder:
        packed = _unpacked(shared / "moties" / "moties.tar.xz", Path(folder), sample)
        yield "packed motions", _tally(packed, labeller)
    paths = sorted((shared / "real" / "documents").iterdir())
    yield "municipal", _tally((p for p in paths if p.name.startswith(_MUNICIPAL)), labeller)
    members, rest = Tally(), Tally()
    for document in _documents(p for p in paths if p.name.startswith("handelingen-")):
        sentences = label_document(document, labeller)
        members.add(document, filter(_is_member, sentences))
        rest.add(document, (each for each in sentences if not _is_member(each)))
    yield "turns of MPs", members
    yield "ministers and chair", rest
    others: dict[str, Tally] = {}
    for document in _documents(
        p for p in paths if not p.name.startswith((*_MUNICIPAL, "handelingen-"))
    ):
        tally = others.setdefault(f"by {document.author_kind}", Tally())
        tally.add(document, label_document(document, labeller))
    yield from sorted(others.items())


def _word_counts(texts: Sequence[str]) -> list[int]:
    return [2 * len(text.split()) for text in texts]


def _tally(paths: Iterable[Path], labeller: Labeller) -> Tally:
    tally = Tally()
    for document in _documents(paths):
        tally.add(document, label_document(document, labeller))
    return tally


def _documents(paths: Iterable[Path]) -> Iterator[Document]:
    """Yield the documents that can be read; a file of an unknown format is left out."""
    for path in sorted(paths):
        try:
            yield read_document(path, path.parent)
        except ReadingError as error:
            print(f"left out: {error}")


def _unpacked(archive: Path, folder: Path, sample: int) -> list[Path]:
    with tarfile.open(archive) as packed:
        members = sorted((m for m in packed if m.isfile()), key=lambda member: member.name)
        chosen = members[:: max(1, len(members) // sample)][:sample] if sample else members
        packed.extractall(folder, chosen, filter="data")
    return [folder / member.name for member in chosen]


def _is_member(sentence: Labelled) -> bool:
    return any(heading.startswith(_MEMBERS) for heading in sentence.section)


_FORBIDDEN = ("party", "motions", "packed motions", "municipal", "turns of MPs")


def main(report: Callable[[str], None] = print) -> int:
    """Print a line a kind; return 1 if the cabinet holds a view where it can't, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sample", type=int, default=_SAMPLE, help="packed motions; 0 for all")
    parser.add_argument("--show", type=int, default=5, help="sentences of the cabinet to print")
    args = parser.parse_args()
    cache = Settings().cache
    labeller = load_labeller(load_encoder(cache=cache), cache=cache)
    wrong = 0
    report(f"{'kind':22}{'files':>6}" + "".join(f"{holder:>13}" for holder in Holder))
    for kind, tally in count_holders(args.shared, labeller, args.sample):
        counts = "".join(f"{tally.holders[holder]:13}" for holder in Holder)
        report(f"{kind:22}{tally.documents:6}{counts}")
        if kind in _FORBIDDEN or kind == "by onbekend":
            for each in tally.cabinet[: args.show]:
                report(f"    {' '.join(each.split())}")
        wrong += len(tally.cabinet) if kind in _FORBIDDEN else 0
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
