"""The measures beside those of ir-measures (trec_eval's) and scikit-learn, on random cases."""

from __future__ import annotations

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, Measure, R, Success, nDCG
from sklearn import metrics

from search.evaluation.measures.agreement import accuracy, f1, macro_f1
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.hit import hit
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.measures.recall import recall
from search.evaluation.measures.reciprocal_rank import reciprocal_rank
from search.evaluation.measures.refusal import refusal

Rankings = dict[str, list[str]]
Judged = dict[str, dict[str, int]]

CASES = {
    nDCG @ 10: lambda found, relevance: ndcg(found, relevance, 10),
    nDCG @ 3: lambda found, relevance: ndcg(found, relevance, 3),
    R @ 10: lambda found, relevance: recall(found, relevance, 10),
    R @ 100: lambda found, relevance: recall(found, relevance, 100),
    RR @ 10: lambda found, relevance: reciprocal_rank(found, relevance, 10),
    Success @ 1: lambda found, relevance: hit(found, relevance, 1),
    Success @ 5: lambda found, relevance: hit(found, relevance, 5),
}


@pytest.fixture(scope="module")
def judged() -> tuple[Rankings, Judged]:
    """Draw 200 questions with their rankings of some of 40 documents, graded 0 to 3."""
    chance = np.random.default_rng(7)
    documents = [f"d{i:02}" for i in range(40)]
    rankings: Rankings = {}
    relevance: Judged = {}
    for number in range(200):
        question = f"q{number}"
        rankings[question] = list(chance.permutation(documents)[: chance.integers(1, 40)])
        known = chance.permutation(documents)[: chance.integers(1, 9)]
        relevance[question] = {str(document): int(chance.integers(0, 4)) for document in known}
    return rankings, relevance


@pytest.mark.parametrize("measure", CASES, ids=str)
def test_measures_of_rankings_are_those_of_trec_eval(
    judged: tuple[Rankings, Judged], measure: Measure
) -> None:
    rankings, relevance = judged
    # trec_eval ranks by score, so the first gets the highest.
    run = {
        question: {document: -float(rank) for rank, document in enumerate(found)}
        for question, found in rankings.items()
    }
    theirs = {m.query_id: m.value for m in ir_measures.iter_calc([measure], relevance, run)}
    ours = {q: CASES[measure](found, relevance[q]) for q, found in rankings.items()}
    assert len(theirs) == len(ours)
    assert ours == pytest.approx(theirs, abs=1e-9)
    assert 0 < sum(ours.values()) < len(ours), "the cases tell something"


def test_ndcg_is_that_of_scikit_learn(judged: tuple[Rankings, Judged]) -> None:
    for question, found in judged[0].items():
        relevance = judged[1][question]
        every = [*found, *sorted(relevance.keys() - set(found))]
        grades = [[relevance.get(document, 0) for document in every]]
        if len(every) < 2 or not any(grades[0]):
            continue
        # Documents that were not found rank last of all.
        scores = [[-float(rank) for rank in range(len(every))]]
        deep = metrics.ndcg_score(grades, scores, k=len(every))
        assert ndcg(every, relevance, len(every)) == pytest.approx(deep)
        top = metrics.ndcg_score(grades, scores, k=min(10, len(found)))
        assert ndcg(every, relevance, min(10, len(found))) == pytest.approx(top)


@pytest.mark.parametrize("seed", range(20))
def test_auroc_is_that_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 60))
    positive = [True, False, *(bool(b) for b in chance.integers(0, 2, size))]
    # One decimal makes ties.
    scores = [float(s) for s in chance.random(size + 2).round(1)]
    assert auroc(scores, positive) == pytest.approx(metrics.roc_auc_score(positive, scores))


@pytest.mark.parametrize("seed", range(20))
def test_agreement_is_that_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(6, 60))
    true = [str(label) for label in chance.choice(["voor", "tegen", "anders"], size)]
    predicted = [str(label) for label in chance.choice(["voor", "tegen", "geen"], size)]
    assert accuracy(true, predicted) == pytest.approx(metrics.accuracy_score(true, predicted))
    theirs = metrics.f1_score(true, predicted, average="macro", zero_division=0)
    assert macro_f1(true, predicted) == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(20))
def test_yes_or_no_figures_are_those_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    true = [bool(b) for b in chance.integers(0, 2, 30)]
    said = [bool(b) for b in chance.integers(0, 2, 30)]
    precision, recalled, both, _ = metrics.precision_recall_fscore_support(
        true, said, average="binary", zero_division=0
    )
    assert f1(true, said) == pytest.approx((precision, recalled, both))
    # Refusing is claiming that there is no answer.
    no_answer, refused = [not can for can in true], [not did for did in said]
    figures = refusal(said, true)
    assert figures.precision == pytest.approx(metrics.precision_score(no_answer, refused))
    assert figures.recall == pytest.approx(metrics.recall_score(no_answer, refused))
    assert figures.coverage == pytest.approx(metrics.recall_score(true, said))
