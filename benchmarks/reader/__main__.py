"""Trains the reader: `make train-reader`.

    .venv/bin/python -m benchmarks.reader DOCUMENTS WORK [--epochs 2] [--held-out 0]

DOCUMENTS is the folder that `benchmarks.questions.gather` filled, WORK a folder for the index of
these documents, the groups and the checkpoint: a run that was stopped goes on where it was. The
questions about the documents of one fold are left out, and what the reader does on these is
printed and kept in `results/reader.json`. Writes `src/search/reader/reader.npz`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.learning import Progress, options_of, write_arrays
from benchmarks.reader.data import read_groups
from benchmarks.reader.judging import judge
from benchmarks.reader.network import Network
from benchmarks.reader.training import Schedule, train

from search.embedding import prepare_builtin
from search.embedding.builtin.onnx_encoder import Vocabulary
from search.embedding.builtin.prepare import builtin_weights
from search.progress import message
from search.reader.prepare import READER

_RESULT = Path(__file__).parents[1] / "results" / "reader.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and write the reader; return the exit code."""
    parser = options_of(str(__doc__), Schedule.epochs)
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    asked = read_groups(options.documents, options.work)
    schedule = Schedule(epochs=options.epochs)
    network = Network(builtin_weights())
    learning = [each.group for each in asked if each.fold != options.held_out]
    kept = [each for each in asked if each.fold == options.held_out]
    tokenise = Vocabulary(prepare_builtin()).tokenizer.encode
    message(f"{len(learning)} questions to learn from, {len(kept)} left out")
    checkpoint = options.work / f"checkpoint-{options.held_out}.pt"
    train(network, learning, tokenise, schedule, checkpoint, Progress())
    write_arrays(READER.adapters, network.adapters())
    figures = judge(network, kept, tokenise)
    message(json.dumps(figures, indent=1))
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "learned_from": len(learning),
        "epochs": options.epochs,
        "held_out": figures,
    }
    _RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
