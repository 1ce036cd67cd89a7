"""How many faults of a reader the witness catches, and how many true sentences it confirms.

    .venv/bin/python -m benchmarks.witness_mutations ../shared/real/documents ../shared/real/moties

Each fault is made in a sentence that the witness confirms, as a faulty reader would give it. What
of the sentences is not confirmed to begin with is for the most part the reader's own fault.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.witness_faults import FAULTS, Read, Said
from benchmarks.witness_made import MADE, SPECIAL, made_sentence

from search.errors import ReadingError
from search.passages import make_passages
from search.reading import READERS, read_document, read_source
from search.records import Document, Span
from search.witness import Witness, WitnessUnavailable, read_witness

RESULTS = Path(__file__).parent / "results" / "witness_mutations.json"
_FEWEST_WORDS = 6
_ON_A_PAGE = 12
"""Sentences of a made file."""
_MOST_MADE = 75
"""Letters of a made sentence, which must fit on a line."""


@dataclass(slots=True)
class Tally:
    """What was asked and what came of it, by format."""

    sentences: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    caught_as_part: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[dict[str, str]] = field(default_factory=list)

    def fault(self, kind: str, ending: str, witness: Witness, true: str, false: str) -> None:
        """Ask the witness of a fault."""
        self.made[kind, ending] += 1
        if witness.check(false, whole=True).confirmed:
            self.missed.append({"kind": kind, "format": ending, "true": true, "false": false})
        else:
            self.caught[kind, ending] += 1
        self.caught_as_part[kind, ending] += not witness.check(false).confirmed


def read_all(folders: Sequence[Path], tally: Tally) -> Iterator[tuple[str, Read, Witness]]:
    """Yield each document with its witness, its sentences those that the witness confirms."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            ending = path.suffix.lower()
            if ending not in READERS or path.name.startswith(("README", ".")):
                continue
            try:
                document = read_document(path, folder)
            except ReadingError as error:
                print(f"overgeslagen: {error}")
                continue
            begun = time.process_time()
            witness = read_witness(path.read_bytes(), path.name)
            said = list(_sentences(document, path, ending))
            if isinstance(witness, WitnessUnavailable):
                print(f"geen getuige: {witness.reason}")
                continue
            true = tuple(each for each in said if witness.check(each.text, whole=True).confirmed)
            tally.seconds[ending] += time.process_time() - begun
            tally.documents[ending] += 1
            tally.sentences[ending] += len(said)
            tally.confirmed[ending] += len(true)
            source = read_source(path) if ending == ".pdf" else ""
            pages = tuple(tuple(page.split("\n")) for page in source.split("\f") if source)
            long = tuple(each for each in true if len(each.text.split()) >= _FEWEST_WORDS)
            yield ending, Read(document, long, pages), witness


def _sentences(document: Document, path: Path, ending: str) -> Iterator[Said]:
    source = read_source(path) if ending == ".pdf" else ""
    starts = [page.offset for page in document.pages]
    seen = set()
    for passage in make_passages(document, lambda texts: [len(text) // 4 + 1 for text in texts]):
        for sentence in passage.sentences:
            span = Span(sentence.start, sentence.end)
            text = document.text[span.start : span.end]
            if span in seen or not any(map(str.isalnum, text)):
                continue
            seen.add(span)
            place = document.source_map.to_source(span)
            page = bisect_right(starts, place.start) - 1 if place and starts else 0
            lines = tuple(_lines(document, source, span)) if source else ()
            yield Said(text, span, page, lines)


def _lines(document: Document, source: str, span: Span) -> Iterator[str]:
    """Yield the parts of a sentence that are on one line of the file."""
    line, last = "", -1
    for segment in document.source_map.within(span):
        start = max(segment.start, span.start)
        end = min(segment.start + segment.length, span.end)
        number = source.count("\n", 0, segment.source_start) if source else 0
        if line and number != last:
            yield line.strip()
            line = ""
        line += document.text[start:end]
        last = number
    if line.strip():
        yield line.strip()


def make_faults(
    kind: str,
    read: Sequence[tuple[str, Read, Witness]],
    most: int,
    chance: random.Random,
    tally: Tally,
) -> None:
    """Make faults of a kind, the formats in turn for as long as they have sentences for it."""
    queues: defaultdict[str, list[tuple[Read, int, Witness]]] = defaultdict(list)
    for ending, each, witness in read:
        queues[ending] += [(each, number, witness) for number in range(len(each.sentences))]
    for queue in queues.values():
        chance.shuffle(queue)
    # Half of them in PDFs, where most can go wrong.
    order = sorted(queues) + [".pdf"] * (len(queues) - 2)
    done = 0
    while done < most and any(queues.values()):
        for ending in order:
            while queues.get(ending) and done < most:
                each, number, witness = queues[ending].pop()
                false = FAULTS[kind](each, number, chance)
                true = each.sentences[number].text
                if false and "".join(false.split()) != "".join(true.split()):
                    tally.fault(kind, ending, witness, true, false)
                    done += 1
                    break


def make_files(
    special: str, sentences: Sequence[str], most: int, chance: random.Random, tally: Tally
) -> None:
    """Make files of each format in turn, with one sentence that a faulty reader gets wrong."""
    kind = {
        "hidden": "hidden text let in",
        "deleted": "deleted text let in",
        "raised": "superscript lost",
        "symbol": "sign dropped",
    }[special]
    for number in range(most):
        ending = sorted(MADE)[number % len(MADE)]
        around = chance.sample(sentences, _ON_A_PAGE)
        short = [each for each in around if len(each) <= _MOST_MADE] or [around[0][:_MOST_MADE]]
        parts, true, false = made_sentence(short[0], special, chance)
        witness = read_witness(MADE[ending](around, parts, special), f"gemaakt{ending}")
        assert isinstance(witness, Witness)
        tally.fault(kind, ending, witness, true, false)


def main() -> None:
    """Make the faults, print what was caught, and write it to the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--missed", action="store_true", help="show what was missed")
    asked = parser.parse_args()
    tally, chance = Tally(), random.Random(asked.seed)
    read = list(read_all(asked.folders, tally))
    share = asked.faults // (len(FAULTS) + 2)
    of_made = {"hidden": share, "deleted": share, "raised": share // 2, "symbol": share // 3}
    plain = [s.text for _, each, _ in read for s in each.sentences if s.text.isascii()]
    for special in SPECIAL:
        make_files(special, plain, of_made[special], chance, tally)
    of_kind = Counter(
        {kind: sum(n for (k, _), n in tally.made.items() if k == kind) for kind in FAULTS}
    )
    left = asked.faults - sum(tally.made.values())
    for number, kind in enumerate(FAULTS):
        wanted = (left + sum(of_kind.values())) // len(FAULTS) - of_kind[kind]
        rest = asked.faults - sum(tally.made.values())
        most = rest if number == len(FAULTS) - 1 else min(wanted, rest)
        make_faults(kind, read, most, chance, tally)
    _show(tally, missed=asked.missed)
    _write(tally, asked.seed)


def _show(tally: Tally, *, missed: bool) -> None:
    formats = sorted({ending for _, ending in tally.made})
    print("\nfault".ljust(24) + "".join(each.rjust(10) for each in formats) + "       all")
    for kind in dict.fromkeys(kind for kind, _ in tally.made):
        row = [(tally.caught[kind, each], tally.made[kind, each]) for each in formats]
        cells = [f"{caught}/{made}" if made else "-" for caught, made in row]
        whole = f"{sum(c for c, _ in row)}/{sum(m for _, m in row)}"
        print(kind.ljust(23) + "".join(each.rjust(10) for each in cells) + whole.rjust(10))
    caught, made = sum(tally.caught.values()), sum(tally.made.values())
    as_part = sum(tally.caught_as_part.values())
    print(f"caught {caught} of {made} ({100 * caught / made:.1f} %); as a part: {as_part}")
    for ending, number in sorted(tally.sentences.items()):
        share = 100 * tally.confirmed[ending] / number
        cost = 1000 * tally.seconds[ending] / tally.documents[ending]
        print(f"{ending}: {number} sentences, {share:.2f} % confirmed, {cost:.0f} ms a file")
    for each in tally.missed if missed else ():
        print(f"\n{each['kind']} ({each['format']})\n  - {each['true']}\n  + {each['false']}")


def _write(tally: Tally, seed: int) -> None:
    made, caught = sum(tally.made.values()), sum(tally.caught.values())
    RESULTS.write_text(
        json.dumps(
            {
                "seed": seed,
                "faults": made,
                "caught": caught,
                "caught_share": round(caught / made, 4),
                "caught_as_part": sum(tally.caught_as_part.values()),
                "by_kind": {
                    kind: {
                        ending: [tally.caught[kind, ending], number]
                        for (other, ending), number in sorted(tally.made.items())
                        if other == kind
                    }
                    for kind in dict.fromkeys(kind for kind, _ in tally.made)
                },
                "sentences": {
                    ending: {
                        "documents": tally.documents[ending],
                        "sentences": number,
                        "confirmed": round(tally.confirmed[ending] / number, 4),
                        "ms_a_document": round(
                            1000 * tally.seconds[ending] / tally.documents[ending], 1
                        ),
                    }
                    for ending, number in sorted(tally.sentences.items())
                },
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
