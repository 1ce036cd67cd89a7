"""How well the reader does on questions about documents that it has not learned from."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from benchmarks.adapted_network import make_batch
from benchmarks.reader.data import Asked
from benchmarks.reader.network import Network

from search.embedding.builtin.adapted_model import Tokenise
from search.evaluation.measures.auroc import auroc
from search.reader.inputs import make_input

__all__ = ["judge"]

_READ = 10
"""Passages that are read for a question, as in the product."""


def judge(network: Network, asked: Sequence[Asked], tokenise: Tokenise) -> dict[str, float]:
    """Return figures, each from 0 to 1, over questions with their right passage among the read.

    first        the right passage has the highest score, of the questions with an answer
    sentence     the best sentence of the right passage answers
    auroc        the highest score tells questions with an answer from those without
    """
    network.eval()
    first, sentence, highest, truth = [], [], [], []
    for each in asked:
        group = each.group
        wrong = group.wrong[: _READ - bool(group.right)]
        inputs = [make_input(tokenise, group.question, p) for p in (*group.right[:1], *wrong)]
        with torch.no_grad():
            sentences, passages = network(
                make_batch([(each.tokens, each.sentences) for each in inputs])
            )
        highest.append(float(passages.max()))
        truth.append(each.question.answerable)
        if group.right:
            first.append(int(passages.argmax()) == 0)
            own = sentences[: len(group.answers[0])]
            sentence.append(group.answers[0][int(own.argmax())])
    return {
        "first": sum(first) / len(first),
        "sentence": sum(sentence) / len(sentence),
        "auroc": auroc(highest, truth),
        "questions": float(len(asked)),
    }
