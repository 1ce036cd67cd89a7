"""Trains the label model: `make train-labels`.

    .venv/bin/python -m benchmarks.stances WORK SETS… [--documents FOLDER] [--debates FOLDER]
        [--invented FILES…]

SETS have their sentences themselves (stance-dev.tsv); `documents.tsv` and `debates.tsv` are joined
with the texts in the two folders, as far as they are there. Each fold of the documents is judged by
a network and regressions that have not seen it; the last ones learn from all, and are shipped. WORK
keeps checkpoints and readings, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.learning import Progress, write_arrays
from benchmarks.stances.data import LabelledDocument, read_debates, read_letters, read_sets
from benchmarks.stances.grammar import fit_grammar
from benchmarks.stances.judging import keep_readings, save_figures
from benchmarks.stances.network import Network
from benchmarks.stances.training import Schedule, examples_of, train

from search.embedding import prepare_builtin
from search.embedding.builtin.adapted_model import Tokenise
from search.embedding.builtin.onnx_encoder import Vocabulary
from search.embedding.builtin.prepare import builtin_weights
from search.evaluation.stance_sets import read_stances
from search.labels import LABELS, MODEL_FILE
from search.progress import message

FOLDS = 3
"""Parts of the documents; each is left out once."""
_SAME_FOLD = {
    # The news item repeats sentences of the letter; two letters of one dossier are alike.
    "nieuwsbericht-kabinetsreactie-wrr": "kst-29861-70",
    "kst-34775-VI-113": "kst-34775-T",
}
_INVENTED_WEIGHT = 0.5
"""The weight of an invented sentence; a real one has 1."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and write the label model; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--debates", type=Path)
    parser.add_argument("--invented", type=Path, nargs="*", default=[])
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    sources = _sources(options)
    real = [each for documents in sources.values() for each in documents]
    more = [
        each
        for path in options.invented
        for each in read_sets(read_stances(path), _INVENTED_WEIGHT)
    ]
    folds = folds_of([each.name for each in real])
    tokenise = Vocabulary(prepare_builtin()).tokenizer.encode
    for fold in range(FOLDS):
        target = options.work / f"left-out-{fold}.pickle"
        if not target.exists():
            learning = [*(each for each in real if folds[each.name] != fold), *more]
            kept = [each for each in real if folds[each.name] == fold]
            network = _trained(options.work / f"fold-{fold}.pt", learning, tokenise)
            keep_readings(target, network, learning, kept, tokenise)
    names = {each.name: source for source, documents in sources.items() for each in documents}
    left_out = [
        pickle.loads((options.work / f"left-out-{fold}.pickle").read_bytes())
        for fold in range(FOLDS)
    ]
    save_figures(left_out, names)
    network = _trained(options.work / "all.pt", [*real, *more], tokenise)
    write_arrays(LABELS.adapters, network.adapters())
    text = json.dumps(fit_grammar([*real, *more]).to_json(), separators=(",", ":"))
    (LABELS.adapters.parent / MODEL_FILE).write_text(text + "\n", encoding="utf-8")
    return 0


def _sources(options: argparse.Namespace) -> dict[str, list[LabelledDocument]]:
    """Return the documents of each source that is there."""
    found = {path.stem: read_sets(read_stances(path)) for path in options.sets}
    if options.documents:
        found["documents"] = read_letters(options.documents)
    if options.debates:
        found["debates"] = read_debates(options.debates)
    return found


def folds_of(names: Sequence[str]) -> dict[str, int]:
    """Return the fold of each document, drawn with a fixed seed; those that repeat share one."""
    order = sorted(set(names))
    random.Random(0).shuffle(order)
    folds = {name: i % FOLDS for i, name in enumerate(order)}
    return folds | {a: folds[b] for a, b in _SAME_FOLD.items() if a in folds and b in folds}


def _trained(
    checkpoint: Path, documents: Sequence[LabelledDocument], tokenise: Tokenise
) -> Network:
    examples = list(examples_of(documents, tokenise))
    total = sum(len(each.gold) for each in examples)
    message(f"{checkpoint.stem}: {total} sentences to learn from")
    network = Network(builtin_weights())
    train(network, examples, Schedule(), checkpoint, Progress())
    return network


if __name__ == "__main__":
    raise SystemExit(main())
