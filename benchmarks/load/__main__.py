"""Lets 20 people ask the app at once, and stores their waits and the server's memory.

    .venv/bin/python -m benchmarks.load ../shared/eval

Serves a corpus of some 400 documents with `kamerwijzer serve` and drives it by websocket clients
that do what the browser's own client does, and by some real Chromium windows. Server and clients
share the same processors. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.load.corpus import read_questions, write_corpus
from benchmarks.load.server import answers, index, serving
from benchmarks.load.session import Load, Plan
from benchmarks.machine import hold_to, machine, versions

_ROOT = Path(__file__).resolve().parents[2]
_RESULTS = _ROOT / "benchmarks" / "results" / "load.json"


def main() -> int:
    """Run the test and write the results; returns 1 if an answer was wrong."""
    options = _options()
    hold_to(options.cores)
    where = machine()
    plan = Plan(
        options.people,
        options.browsers,
        options.minutes,
        options.rounds,
        options.questions,
        options.seed,
    )
    with tempfile.TemporaryDirectory(prefix="kamerwijzer-load-") as name:
        folder = Path(name)
        corpus, built = folder / "corpus", folder / "index"
        documents = write_corpus(corpus, options.sets, _ROOT / "corpus")
        print(index(corpus, built), flush=True)
        asked = answers(corpus, built, read_questions(options.sets, options.seed))
        print(f"{len(asked)} questions with their answers", flush=True)
        with serving(corpus, built, folder / "log") as served:
            told = asyncio.run(Load(plan, served, asked).all())
    results = {
        "date": date.today().isoformat(),
        "machine": where,
        "versions": versions(),
        "documents": documents,
        "distinct_questions": len(asked),
        **told,
    }
    options.results.parent.mkdir(parents=True, exist_ok=True)
    options.results.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    wrong = sum(len(phase["wrong"]) for phase in told["phases"].values())
    print(f"{options.results}: {wrong} wrong answers")
    return int(wrong > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", type=Path, help="folder of the development sets")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--browsers", type=int, default=3, help="of them in Chromium, once")
    parser.add_argument("--minutes", type=float, default=3.0, help="of asking with time to think")
    parser.add_argument("--rounds", type=int, default=10, help="of asking in the same instant")
    parser.add_argument("--questions", type=int, default=2400, help="of an hour")
    parser.add_argument("--cores", type=int, default=2, help="for server and clients together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=_RESULTS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
