"""Mutated files through every reader: no crash, no hang, no exception but ours.

    .venv/bin/python benchmarks/fuzz_readers.py corpus ../shared/samples ../shared/documents

Bytes of real files are flipped, cut out, repeated and swapped between files, and each result is
read as a document. What is not read is refused by a ReadingError; anything else, and whatever
takes over ten seconds, is an error and is kept beside the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import FrameType
from zipfile import ZipFile

from search.errors import ReadingError
from search.reading import READERS, read_document
from search.records import Limits

_UNFORESEEN = "Controleer of het bestand heel is"
_ODT = """<?xml version="1.0"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:h text:outline-level="1">Kop</text:h><text:p>Het kabinet steunt dit<text:note
text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Zie
bijlage.</text:p></text:note-body></text:note>.</text:p><text:list><text:list-item><text:p>Een
punt</text:p></text:list-item></text:list></office:text></office:body></office:document-content>"""
LONGEST = 10
"""Seconds that one file may take."""
_MARKS = (
    b"\0",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"\xff",
    b"\xe2\x80\xae",
    b"```",
    b"|",
    b"%PDF",
    b"PK\x03\x04",
    b"<!DOCTYPE x [",
    b"\r",
    b"\n\n",
    b"*" * 40,
    b"[" * 40,
    b"(" * 40,
)


class _TooLong(BaseException):
    """A file took longer than it may."""


def _stop(_: int, __: FrameType | None) -> None:
    raise _TooLong


def _made() -> list[tuple[str, bytes]]:
    """Make a PDF and an ODT to begin with, of which the folders hold none."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pageCompression=0)
    for page in range(3):
        canvas.drawString(60, 800, "Tweede Kamer, vergaderjaar 2020-2021, 29 861, nr. 70")
        for line in range(40):
            canvas.drawString(60, 770 - 15 * line, f"Het kabinet steunt regel {line} van dit stuk.")
        canvas.drawString(300, 30, str(page + 1))
        canvas.showPage()
    canvas.save()
    odt = BytesIO()
    with ZipFile(odt, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _ODT)
    return [(".pdf", out.getvalue()), (".odt", odt.getvalue())]


def mutated(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return a file with one to eight of its runs of bytes changed."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        size = min(len(changed) - at, int(chance.expovariate(1 / 40)) + 1)
        which = chance.randrange(6)
        if which == 0 and changed:
            changed[min(at, len(changed) - 1)] ^= 1 << chance.randrange(8)
        elif which == 1:
            del changed[at : at + size]
        elif which == 2:
            changed[at:at] = changed[at : at + size] * chance.randint(1, 30)
        elif which == 3:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            changed[at : at + size] = other[start : start + size]
        elif which == 4:
            changed[at:at] = chance.choice(_MARKS)
        else:
            del changed[at : len(changed) if chance.random() < 0.2 else at + 1]
    return bytes(changed)


def main() -> None:
    """Read mutated files until there were enough, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seeds = [
        (path.suffix.lower(), path.read_bytes()[:200_000])
        for folder in options.folders
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in READERS
    ]
    seeds += _made()
    contents = [content for _, content in seeds]
    outcomes: Counter[str] = Counter()
    per_format: Counter[str] = Counter()
    unforeseen: Counter[str] = Counter()
    slowest, wrong = 0.0, []
    limits = Limits(seconds=LONGEST)
    signal.signal(signal.SIGALRM, _stop)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.inputs):
            ending, content = chance.choice(seeds)
            path = Path(folder) / f"bestand{ending}"
            path.write_bytes(mutated(content, contents, chance))
            per_format[ending] += 1
            started = time.monotonic()
            signal.alarm(LONGEST)
            try:
                read_document(path, Path(folder), "bestand", limits)
                outcomes["read"] += 1
            except ReadingError as error:
                # What a reader did not foresee is told as an error of ours too, but counted.
                kind = "refused, unforeseen" if _UNFORESEEN in str(error) else "refused"
                outcomes[kind] += 1
                if kind != "refused":
                    unforeseen[f"{ending} {type(error.__cause__).__name__}"] += 1
            except _TooLong:
                outcomes["too long"] += 1
                wrong.append(f"{number}: {ending} took over {LONGEST} s")
            except Exception:
                outcomes["error"] += 1
                wrong.append(f"{number}: {ending}\n{traceback.format_exc(limit=-4)}")
            finally:
                signal.alarm(0)
            slowest = max(slowest, time.monotonic() - started)
    figures = {
        "inputs": options.inputs,
        "seeds": len(seeds),
        "outcomes": dict(outcomes),
        "unforeseen": dict(unforeseen),
        "formats": dict(per_format),
        "slowest_seconds": round(slowest, 2),
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "wrong": wrong[:20],
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
