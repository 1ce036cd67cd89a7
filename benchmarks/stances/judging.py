"""Judges the labels on documents that were left out, by source of data."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.stances.data import LabelledDocument
from benchmarks.stances.grammar import fit_grammar, labelled_features
from benchmarks.stances.network import Network
from benchmarks.stances.training import examples_of, scores_of

from search.embedding.builtin.adapted_model import Tokenise
from search.evaluation.report import save_result, write_page
from search.evaluation.stance_sets import GoldSentence
from search.evaluation.stances import stance_figures
from search.labels.label_reader import Reading
from search.labels.model import decide
from search.records import Label

__all__ = ["LeftOut", "keep_readings", "save_figures"]

_RESULTS = Path(__file__).parents[1] / "results"
_TEXTS_OF_OTHERS = ("all", "documents", "debates")
"""Sources of which no sentence is shown: only their places are in the project."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The labelled sentences of documents that were left out, with both readings of them."""

    gold: list[GoldSentence]
    grammar: Reading
    model: Reading


def keep_readings(
    target: Path,
    network: Network,
    learning: Sequence[LabelledDocument],
    kept: Sequence[LabelledDocument],
    tokenise: Tokenise,
) -> None:
    """Keep in `target` what a network, and regressions fitted here, make of the documents `kept`.

    Neither has learned from these; cues that were written for them are left out.
    """
    names = {each.name for each in kept}
    grammar = fit_grammar(learning, names)
    pairs = [pair for each in kept for pair in labelled_features(each, names)]
    made = LeftOut(
        [gold for gold, _ in pairs],
        grammar.read([features for _, features in pairs]),
        Reading(*scores_of(network, list(examples_of(kept, tokenise)))),
    )
    target.write_bytes(pickle.dumps(made))


def save_figures(left_out: Sequence[LeftOut], sources: dict[str, str]) -> dict[str, Any]:
    """Write the figures of all left-out sentences together and by source; return those of all.

    `sources` gives the source of each document by its name.
    """
    gold = [each for part in left_out for each in part.gold]
    labels = [
        Label(decision.holder, decision.stance, decision.probability)
        for part in left_out
        for decision in decide(part.grammar, part.model)
    ]
    figures: dict[str, Any] = {}
    for source in ("all", *sorted(set(sources.values()))):
        own = [i for i, g in enumerate(gold) if source in ("all", sources[g.document])]
        if own:
            figures = stance_figures([gold[i] for i in own], [labels[i] for i in own])
            if source in _TEXTS_OF_OTHERS:
                figures["failures"] = []
            save_result(_RESULTS, "stance", source, "built-in", figures)
    write_page(_RESULTS, _RESULTS.parent / "QUALITY.md")
    return figures
