"""The questions suite: questions with verbatim evidence on the index of the corpus."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from search.engine import Engine
from search.evaluation.bootstrap import estimate
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.calibration_error import calibration_error, reliability
from search.evaluation.measures.refusal import refusal
from search.evaluation.sets import Question
from search.records import Answer, Certainty

__all__ = ["evaluate_questions", "normalise"]

_DEPTHS = (1, 3, 5)
_TOP = 10


def normalise(text: str) -> str:
    """Return a text without case, markup, footnote marks and odd white space, for comparing."""
    bare = re.sub(r"<sup>.*?</sup>|<[^>]+>|[*_`]", "", text)
    return " ".join(bare.replace("\u00a0", " ").lower().split())


def evaluate_questions(engine: Engine, questions: Sequence[Question]) -> dict[str, Any]:
    """Return the rank of the evidence, whether the quote holds it, and abstention figures.

    answer_holds_evidence   the quote holds it; a question that is refused has no quote
    mark_holds_evidence     what is marked in the first hit holds it, refused or not
    """
    ranks: list[int] = []
    quoted: list[float] = []
    marked: list[float] = []
    answers: list[Answer] = []
    milliseconds: list[float] = []
    failures: list[dict[str, Any]] = []
    for question in questions:
        start = time.perf_counter()
        answer = engine.ask(question.question, top=_TOP)
        milliseconds.append(1000 * (time.perf_counter() - start))
        answers.append(answer)
        rank = _rank(answer, question) if question.answerable else 0
        if question.answerable:
            ranks.append(rank)
            quoted.append(float(answer.quote is not None and _holds(answer.quote.text, question)))
            marked.append(float(_holds(_first_mark(answer), question)))
        if answer.answerable != question.answerable or (question.answerable and rank != 1):
            failures.append(
                {
                    "id": question.id,
                    "question": question.question,
                    "rank": rank,
                    "answered": answer.answerable,
                    "answerable": question.answerable,
                    "confidence": round(answer.confidence, 3),
                }
            )
    hits = {f"hit@{k}": estimate([float(0 < rank <= k) for rank in ranks]) for k in _DEPTHS}
    mrr = estimate([1 / rank if rank else 0.0 for rank in ranks])
    return {
        **{name: value[0] for name, value in hits.items()},
        "mrr": mrr[0],
        "answer_holds_evidence": estimate(quoted)[0],
        "mark_holds_evidence": estimate(marked)[0],
        "intervals": {name: list(value[1:]) for name, value in {**hits, "mrr": mrr}.items()},
        "abstention": _abstention(answers, questions),
        "reliability": reliability(
            [answer.confidence for answer in answers], [q.answerable for q in questions]
        ),
        "questions": len(questions),
        "milliseconds": {"median": median(milliseconds)},
        "failures": failures,
    }


def _rank(answer: Answer, question: Question) -> int:
    return next((hit.rank for hit in answer.hits if _holds(hit.passage.text, question)), 0)


def _holds(text: str, question: Question) -> bool:
    found = normalise(text)
    return any(normalise(evidence) in found for evidence in question.evidence)


def _first_mark(answer: Answer) -> str:
    """Return the marked sentences of the first hit."""
    if not answer.hits or not answer.hits[0].marks:
        return ""
    passage, mark = answer.hits[0].passage, answer.hits[0].marks[0]
    return passage.text_of(mark)


def _abstention(answers: Sequence[Answer], questions: Sequence[Question]) -> dict[str, float]:
    answerable = [question.answerable for question in questions]
    figures = refusal([answer.answerable for answer in answers], answerable)
    result = {
        "refusal_precision": figures.precision,
        "refusal_recall": figures.recall,
        "coverage": figures.coverage,
    }
    without = [a for a, can in zip(answers, answerable, strict=True) if not can]
    if len(set(answerable)) == 2:
        confidences = [answer.confidence for answer in answers]
        result["auroc"] = auroc(confidences, answerable)
        result["ece"] = calibration_error(confidences, answerable)
        # A question without an answer may be answered with "possibly", but not with more.
        unsure = [each.certainty is not Certainty.SURE for each in without]
        result["unanswerable_refused_or_possible"] = sum(unsure) / len(unsure)
    return result
