"""Ranked passages to hits, and to an answer or an honest none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from search.answers.sentences import choose_sentences
from search.citing.citation import cite_in, official_url
from search.dutch import marker_of
from search.records import (
    Answer,
    Filters,
    HintKind,
    Hit,
    Metadata,
    OtherPlace,
    Passage,
    Quote,
    Span,
)
from search.retrieval import ParsedQuestion, Retriever, group_duplicates, parse_question, repeated
from search.retrieval.answerability import ANSWERED, load_judge, read_features
from search.storage import Index

__all__ = ["answer_question"]

_FURTHER = 10
_ASKED = 0.3
"""What a passage loses in score when it is an MP's question: the answer to it is wanted."""
_PREFERENCE = 0.05
"""What a passage of the period that the question names gains in score."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that was found, its score, and the sentences of it that answer."""

    passage: Passage
    score: float
    mark: Span


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found for one part of a question."""

    candidates: list[_Candidate]
    features: dict[str, float]
    confidence: float


def answer_question(
    index: Index,
    retriever: Retriever,
    question: str,
    filters: Filters,
    top: int,
    ignored: Collection[HintKind] = (),
) -> Answer:
    """Answer a question with the `top` best passages and, where there is one, a quote.

    Near-identical passages of several documents make one hit; a hit also names the documents that
    say again what answers in it. The quote is the sentence or two of the best passage that answer
    best. A question that asks two things gets hits for both in turn. Hints in the question become
    filters or preferences, but for the kinds in `ignored`.
    """
    names = index.metadata
    understood = parse_question(question, filters, index, ignored)
    parts = [_search(index, retriever, part, understood, top) for part in understood.parts]
    hits = _hits(_in_turn([part.candidates for part in parts]), names)[:top]
    # The first part that has an answer gives the quote; without any, the likeliest is judged.
    answering = next((p for p in parts if p.confidence >= ANSWERED and p.candidates), None)
    judged = answering or max(parts, key=lambda part: part.confidence)
    quote = _quote(_best(answering.candidates), hits) if answering else None
    return Answer(
        question,
        answering is not None,
        judged.confidence,
        quote,
        hits,
        judged.features,
        understood.hints,
    )


def _search(
    index: Index, retriever: Retriever, question: str, understood: ParsedQuestion, top: int
) -> _Part:
    ranking = retriever.search(question, understood.filters)
    # Copies fold into their hit, so look a little further than what is asked for.
    scored = ranking.ranked[: top + _FURTHER]
    found = index.passages([s.passage for s in scored])
    passages = [found[s.passage] for s in scored]
    vectors = index.sentence_rows(passages)
    candidates = [
        _Candidate(
            passage,
            each.score
            + _PREFERENCE * (passage.document in understood.preferred)
            - _ASKED * _asks(passage),
            choose_sentences(ranking, passage, vectors[passage.id]),
        )
        for each, passage in zip(scored, passages, strict=True)
    ]
    candidates.sort(key=lambda candidate: -candidate.score)
    features = read_features(index, ranking, passages)
    confidence = load_judge(index.manifest.model).confidence(features) if passages else 0.0
    return _Part(candidates, features, confidence)


def _best(candidates: Sequence[_Candidate]) -> _Candidate:
    """Give the candidate to quote: the first that is not itself a question, if there is one."""
    return next((each for each in candidates if not _asks(each.passage)), candidates[0])


def _asks(passage: Passage) -> bool:
    """Tell whether a passage is an MP's question in a letter that answers it."""
    marker = marker_of(passage.section[-1]) if passage.section else None
    return marker is not None and not marker.answers


def _in_turn(lists: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    """Take the best of each list, then the next best of each, every passage once."""
    taken: dict[int, _Candidate] = {}
    for row in zip_longest(*lists):
        for candidate in row:
            if candidate is not None:
                taken.setdefault(candidate.passage.id, candidate)
    return list(taken.values())


def _hits(candidates: Sequence[_Candidate], names: Mapping[str, Metadata]) -> tuple[Hit, ...]:
    """Make hits of ranked candidates, one for each group of near-identical passages."""
    passages = [candidate.passage for candidate in candidates]
    said_again = repeated(
        [_words(each.passage, each.mark) for each in candidates],
        [passage.document for passage in passages],
    )
    hits = []
    for rank, group in enumerate(group_duplicates(passages), start=1):
        passage = passages[group.shown]
        metadata = names[passage.document]
        elsewhere: dict[str, _Candidate] = {}
        for i in (*group.copies, *said_again[group.shown]):
            elsewhere.setdefault(passages[i].document, candidates[i])
        hits.append(
            Hit(
                rank=rank,
                score=candidates[group.rank].score,
                passage=passage,
                metadata=metadata,
                citation=cite_in(passage.document, metadata, passage.section, passage.page),
                url=official_url(passage.document, metadata),
                marks=(candidates[group.shown].mark,),
                also_in=tuple(_place(each, names) for each in elsewhere.values()),
            )
        )
    return tuple(hits)


def _words(passage: Passage, span: Span) -> str:
    return passage.text[span.start - passage.start : span.end - passage.start]


def _place(candidate: _Candidate, names: Mapping[str, Metadata]) -> OtherPlace:
    """Give where a copy says the same: its own sentences that answer."""
    passage = candidate.passage
    metadata = names[passage.document]
    return OtherPlace(
        document=passage.document,
        title=metadata.name,
        citation=cite_in(passage.document, metadata, passage.section, passage.page),
        url=official_url(passage.document, metadata),
        date=metadata.date,
        start=candidate.mark.start,
        end=candidate.mark.end,
    )


def _quote(best: _Candidate, hits: Sequence[Hit]) -> Quote:
    """Quote the best passage of a part: from the hit that shows it, or else names its document."""
    hit = next((h for h in hits if h.passage.id == best.passage.id), hits[0])
    span = hit.marks[0]
    text = _words(hit.passage, span)
    return Quote(text, hit.passage.document, span.start, span.end, hit.citation)
