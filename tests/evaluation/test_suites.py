"""The suites on tiny sets, with the real model, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.embedding import Encoder
from search.engine import Engine
from search.evaluation import (
    evaluate_abstention,
    evaluate_questions,
    evaluate_retrieval,
    evaluate_sentences,
    read_abstention,
    read_questions,
    read_retrieval_set,
    read_sentences,
)
from search.evaluation.abstention import ask_without
from search.evaluation.questions import normalise
from search.evaluation.retrieval import ARMS, MEASURES, indexed
from search.evaluation.sets import Question, RetrievalSet, SentenceChoice
from search.records import Filters
from search.storage.local.index import LocalIndex


@pytest.mark.slow
def test_retrieval_by_hand(retrieval_set: Path, builtin: Encoder) -> None:
    result = evaluate_retrieval(read_retrieval_set(retrieval_set), builtin)
    for arm in ARMS:
        assert list(result[arm]) == list(MEASURES)
        for measure, value in result[arm].items():
            low, high = result["intervals"][arm][measure]
            assert 0 <= low <= value <= high <= 1
    assert 0 < result["milliseconds"]["median"] <= result["milliseconds"]["p95"]
    # q6 has a judgement, but no document that answers it.
    assert (result["questions"], result["documents"]) == (5, 5)
    assert result["passages"] > 5, "the long document is cut"
    # The lexical arm has the documents of q1, q2, q3 and q5 on top, and nothing for q4.
    assert result["lexical"]["hit@1"] == pytest.approx(4 / 5)
    assert result["lexical"]["mrr@10"] == pytest.approx(4 / 5)
    assert result["lexical"]["recall@10"] == pytest.approx(4 / 5)
    # The dense arm knows all passages, so all documents are among its first hundred.
    assert result["dense"]["recall@100"] == 1.0
    for measure in ("hit@1", "mrr@10", "recall@10", "recall@100"):
        assert result["product"][measure] == 1.0
    # Both documents of q5 may come first and second, or another may stand between.
    assert 0.9 < result["product"]["ndcg@10"] <= 1.0
    assert result["failures"] == []


@pytest.mark.slow
def test_a_question_that_is_missed_is_a_failure(builtin: Encoder) -> None:
    data = RetrievalSet(
        "mis",
        {"a": ("", "De otter keerde terug."), "b": ("", "De prijs van melk steeg.")},
        {"q": "Keerde de otter terug?"},
        {"q": {"bestaat-niet": 1}},
    )
    result = evaluate_retrieval(data, builtin)
    assert {result[arm][measure] for arm in ARMS for measure in MEASURES} == {0.0}
    assert result["failures"] == [{"id": "q", "question": "Keerde de otter terug?"}]


@pytest.mark.slow
def test_documents_that_are_left_out_are_not_indexed(retrieval_set: Path, builtin: Encoder) -> None:
    data = read_retrieval_set(retrieval_set)
    with indexed(data, builtin, frozenset({"melk", "lang"})) as (index, retriever):
        assert set(index.documents_of_passages()) == {"fiets", "brug", "school"}
        found = retriever.search("Hoeveel steeg de prijs van melk?", Filters()).ranked
        assert len(found) == index.manifest.passages
        assert isinstance(index, LocalIndex)
        folder = index.folder
        assert folder.exists()
    assert not folder.exists(), "nothing is left behind"


@pytest.mark.slow
def test_abstention_asks_all_but_partial_questions(abstention_set: Path, builtin: Encoder) -> None:
    data = read_retrieval_set(abstention_set)
    split = read_abstention(abstention_set, data)
    judged = ask_without(data, split, builtin)
    # In order q1, q2, q3, q4, q6; q5 has half an answer.
    assert [can for _, can, _, _ in judged] == [True, False, True, True, False]
    assert all(0 <= confidence <= 1 for *_, confidence in judged)
    assert all(features for features, *_ in judged)
    result = evaluate_abstention(data, split, builtin)
    assert (result["questions"], result["unanswerable"]) == (5, 2)
    for name in ("auroc", "refusal_precision", "refusal_recall", "coverage"):
        assert 0 <= result[name] <= 1
    # Of the 3 · 2 pairs the answerable one should win: count them here.
    ups = [c for _, can, _, c in judged if can]
    downs = [c for _, can, _, c in judged if not can]
    won = sum((u > d) + (u == d) / 2 for u in ups for d in downs)
    assert result["auroc"] == pytest.approx(won / 6)


def test_sentences_by_hand(sentences_file: Path, builtin: Encoder) -> None:
    result = evaluate_sentences(read_sentences(sentences_file), builtin)
    assert result["questions"] == 4
    assert result["first_sentence"] == 1 / 4
    # Each question has its words in one sentence alone.
    assert result["accuracy"] == 1.0
    assert result["intervals"]["accuracy"] == [1.0, 1.0]


def test_a_sentence_that_is_missed_counts(builtin: Encoder) -> None:
    sentences = ("De prijs van melk steeg.", "De otter leeft in het moeras.")
    asked = [
        SentenceChoice("Steeg de prijs van melk?", sentences, 0),
        SentenceChoice("Steeg de prijs van melk?", sentences, 1),
    ]
    result = evaluate_sentences(asked, builtin)
    assert result["accuracy"] == result["first_sentence"] == 1 / 2


def test_questions_by_hand(questions_file: Path, engine: Engine) -> None:
    result = evaluate_questions(engine, read_questions(questions_file))
    # v1's evidence stands in the first hits, v2's nowhere; v3 has none and is not counted.
    assert result["questions"] == 3
    assert result["hit@5"] == 1 / 2
    assert result["hit@1"] <= result["hit@3"] <= result["hit@5"]
    rank = next((f["rank"] for f in result["failures"] if f["id"] == "v1"), 1)
    assert result["mrr"] == pytest.approx(1 / rank / 2)
    missed = next(f for f in result["failures"] if f["id"] == "v2")
    assert missed["rank"] == 0
    assert missed["answerable"] is True
    assert set(result["abstention"]) == {
        "ece",
        "unanswerable_refused_or_possible",
        "refusal_precision",
        "refusal_recall",
        "coverage",
        "auroc",
    }
    assert result["milliseconds"]["median"] > 0


def test_questions_that_all_have_an_answer_have_no_auroc(engine: Engine) -> None:
    asked = [Question("a", "Welke rol ziet de WRR voor gemeenten?", True, ("gemeente",))]
    result = evaluate_questions(engine, asked)
    assert result["hit@1"] == result["mrr"] == 1.0
    assert "auroc" not in result["abstention"]
    assert result["abstention"]["refusal_recall"] == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De *WRR* en **het** `kabinet`", "de wrr en het kabinet"),
        ("migranten<sup>1</sup> zijn", "migranten zijn"),
        ("29\u00a0861,\n  nr. <b>70</b>", "29 861, nr. 70"),
    ],
)
def test_evidence_is_compared_without_markup(text: str, expected: str) -> None:
    assert normalise(text) == expected
