"""The sentences suite: is the sentence that answers chosen among those of its passage?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from search.answers import add_reading, score_sentences
from search.dutch import analyse, analyse_question
from search.embedding import Encoder
from search.evaluation.bootstrap import estimate
from search.evaluation.sets import SentenceChoice
from search.reader import Readable, Reader
from search.retrieval import Ranking
from search.storage import term_weight

__all__ = ["evaluate_sentences"]


def evaluate_sentences(
    asked: Sequence[SentenceChoice], encoder: Encoder, reader: Reader | None = None
) -> dict[str, Any]:
    """Return the accuracy of the chosen sentence, and that of always choosing the first.

    Term weights are counted over the passages of the set, as if they were a corpus.
    """
    weights = _Weights({each.sentences for each in asked})
    unique = list(dict.fromkeys(s for each in asked for s in each.sentences))
    vectors = encoder.encode_passages(unique)
    rows = {sentence: row for row, sentence in enumerate(unique)}
    questions = encoder.encode_questions([each.question for each in asked])
    right: list[float] = []
    for each, vector in zip(asked, questions, strict=True):
        terms = analyse_question(each.question)
        ranking = Ranking(each.question, terms, {t: weights.of(t) for t in terms}, vector, ())
        scores = score_sentences(
            ranking, each.sentences, vectors[[rows[s] for s in each.sentences]]
        )
        if reader:
            (reading,) = reader.read(each.question, [Readable("", "", "", each.sentences)])
            scores = add_reading(scores, reading)
        right.append(float(scores.index(max(scores)) == each.gold))
    figure = estimate(right)
    return {
        "accuracy": figure[0],
        "intervals": {"accuracy": list(figure[1:])},
        "first_sentence": estimate([float(each.gold == 0) for each in asked])[0],
        "questions": len(asked),
    }


class _Weights:
    """Inverse document frequencies over the passages of a set, like those of a retriever."""

    def __init__(self, passages: set[tuple[str, ...]]) -> None:
        self._total = len(passages)
        self._found = Counter(
            term for sentences in passages for term in set(analyse(" ".join(sentences)))
        )

    def of(self, term: str) -> float:
        return term_weight(self._total, self._found[term])
