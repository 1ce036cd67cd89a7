"""Trains the change of the embedding model: `make train-encoder`.

    .venv/bin/python -m benchmarks.encoder DOCUMENTS WORK [--epochs 2] [--held-out 0] [--share 0.6]

DOCUMENTS and WORK are the folders of `benchmarks.reader`, whose groups it learns from; they are
made if they are not there, with the model as it is installed. Learning starts from the built-in
weights without the change that is shipped. The questions about the documents of one fold are left
out. A run that was stopped goes on where it was; one that was finished only writes its file again,
so that another share costs nothing. Writes `src/search/embedding/builtin/encoder.npz`.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from benchmarks.encoder.network import Network
from benchmarks.encoder.training import Schedule, train
from benchmarks.learning import Progress, options_of, write_arrays
from benchmarks.lora import factors
from benchmarks.reader.data import read_groups

from search.embedding import prepare_builtin
from search.embedding.builtin.adapters import ENCODER_ADAPTERS
from search.embedding.builtin.onnx_encoder import Vocabulary
from search.embedding.builtin.prepare import builtin_weights
from search.progress import message

SHARE = 0.6
"""Share of the learned change that is added. Between the weights before and after learning lies a
model that keeps what it knew of other texts (Wortsman et al., 2022, "Robust fine-tuning of
zero-shot models"): on our sets as good on government texts as with the whole change, and nothing
lost on questions about Wikipedia."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the change; return the exit code."""
    parser = options_of(str(__doc__), Schedule.epochs)
    parser.add_argument("--share", type=float, default=SHARE, help="of the change that is added")
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    asked = read_groups(options.documents, options.work)
    learning = [e.group for e in asked if e.fold != options.held_out and e.group.right]
    message(f"{len(learning)} questions to learn from")
    schedule = Schedule(epochs=options.epochs)
    torch.manual_seed(schedule.seed)  # the adapters begin with numbers that are drawn by chance
    network = Network(builtin_weights())
    tokenise = Vocabulary(prepare_builtin()).tokenizer.encode
    checkpoint = options.work / f"encoder-checkpoint-{options.held_out}.pt"
    train(network, learning, tokenise, schedule, checkpoint, Progress())
    write_arrays(ENCODER_ADAPTERS, factors(network.bert, options.share))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
