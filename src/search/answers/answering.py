"""Ranked passages to hits, and to an answer or an honest none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.answers.abstention import ANSWERED, load_judge, read_features
from search.answers.citation import cite, official_url
from search.answers.sentences import choose_sentences
from search.records import Answer, Filters, Hit, Metadata, Passage, Place, Quote, Span
from search.retrieval import Retriever, group_duplicates, repeated
from search.storage import Index

__all__ = ["answer_question"]

_FURTHER = 10


def answer_question(
    index: Index, retriever: Retriever, question: str, filters: Filters, top: int
) -> Answer:
    """Answer a question with the `top` best passages and, where there is one, a quote.

    Near-identical passages of several documents make one hit; a hit also names the documents that
    say again what answers in it. The quote is the sentence or two of the best passage that answer
    best.
    """
    ranking = retriever.search(question, filters)
    # Copies fold into their hit, so look a little further than what is asked for.
    scored = ranking.ranked[: top + _FURTHER]
    found = index.passages([s.passage for s in scored])
    passages = [found[s.passage] for s in scored]
    vectors = index.sentence_rows(passages)
    marks = [choose_sentences(ranking, p, vectors[p.id]) for p in passages]
    hits = _hits(index, [s.score for s in scored], passages, marks)[:top]
    features = read_features(index, ranking, passages)
    confidence = load_judge(index.manifest.model).confidence(features) if hits else 0.0
    answerable = confidence >= ANSWERED
    quote = _quote(hits[0]) if hits and answerable else None
    return Answer(question, answerable, confidence, quote, hits, features)


def _hits(
    index: Index, scores: Sequence[float], passages: Sequence[Passage], marks: Sequence[Span]
) -> tuple[Hit, ...]:
    """Make hits of ranked passages, each with its score and the sentences that answer."""
    names = {each.id: each.metadata for each in index.listed()}
    said_again = repeated(
        [_words(p, mark) for p, mark in zip(passages, marks, strict=True)],
        [p.document for p in passages],
    )
    hits = []
    for rank, group in enumerate(group_duplicates(passages), start=1):
        passage = passages[group.shown]
        metadata = names[passage.document]
        elsewhere: dict[str, int] = {}
        for i in (*group.copies, *said_again[group.shown]):
            elsewhere.setdefault(passages[i].document, i)
        hits.append(
            Hit(
                rank=rank,
                score=scores[group.rank],
                passage=passage,
                metadata=metadata,
                citation=cite(metadata, passage.section) or passage.document,
                url=official_url(passage.document, metadata),
                marks=(marks[group.shown],),
                also_in=tuple(_place(passages[i], marks[i], names) for i in elsewhere.values()),
            )
        )
    return tuple(hits)


def _words(passage: Passage, span: Span) -> str:
    return passage.text[span.start - passage.start : span.end - passage.start]


def _place(passage: Passage, mark: Span, names: Mapping[str, Metadata]) -> Place:
    """Give where a copy says the same: its own sentences that answer."""
    metadata = names[passage.document]
    return Place(
        document=passage.document,
        title=metadata.name,
        citation=cite(metadata, passage.section) or passage.document,
        url=official_url(passage.document, metadata),
        date=metadata.date,
        start=mark.start,
        end=mark.end,
    )


def _quote(hit: Hit) -> Quote:
    span = hit.marks[0]
    text = _words(hit.passage, span)
    return Quote(text, hit.passage.document, span.start, span.end, hit.citation)
