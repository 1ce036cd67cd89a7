"""Ranked passages to hits, and to an answer or an honest none."""

from __future__ import annotations

from search.answers.abstention import ANSWERED, load_judge, read_features
from search.answers.citation import cite, official_url
from search.answers.sentences import choose_sentences
from search.records import Answer, Filters, Hit, Metadata, Passage, Place, Quote, Span
from search.retrieval import (
    Group,
    Ranking,
    Retriever,
    Scored,
    group_duplicates,
)
from search.storage import Index

__all__ = ["answer_question"]


def answer_question(
    index: Index, retriever: Retriever, question: str, filters: Filters, top: int
) -> Answer:
    """Answer a question with the `top` best passages and, where there is one, a quote.

    Near-identical passages of several documents make one hit. The quote is the sentence or two
    of the best passage that answer best.
    """
    ranking = retriever.search(question, filters)
    # Copies fold into their hit, so look a little further than what is asked for.
    scored = ranking.ranked[: 2 * top + 10]
    passages = index.passages([s.passage for s in scored])
    ordered = [passages[s.passage] for s in scored]
    names = {each.id: each.metadata for each in index.listed()}
    groups = group_duplicates(ordered)[:top]
    hits = tuple(
        _hit(index, ranking, rank, group, scored, ordered, names)
        for rank, group in enumerate(groups, start=1)
    )
    features = read_features(index, ranking, ordered)
    confidence = load_judge(index.manifest.model).confidence(features) if hits else 0.0
    answerable = confidence >= ANSWERED
    quote = _quote(hits[0]) if hits and answerable else None
    return Answer(question, answerable, confidence, quote, hits, features)


def _hit(
    index: Index,
    ranking: Ranking,
    rank: int,
    group: Group,
    scored: tuple[Scored, ...],
    ordered: list[Passage],
    names: dict[str, Metadata],
) -> Hit:
    passage = ordered[group.shown]
    metadata = names[passage.document]
    vectors = index.sentence_rows([passage])[passage.id]
    mark = choose_sentences(ranking, passage, vectors)
    return Hit(
        rank=rank,
        score=scored[group.rank].score,
        passage=passage,
        metadata=metadata,
        citation=cite(metadata, passage.section) or passage.document,
        url=official_url(passage.document, metadata),
        marks=(mark,),
        also_in=tuple(_place(ordered[i], names) for i in group.copies),
    )


def _place(passage: Passage, names: dict[str, Metadata]) -> Place:
    metadata = names[passage.document]
    return Place(
        document=passage.document,
        title=metadata.name,
        citation=cite(metadata, passage.section) or passage.document,
        url=official_url(passage.document, metadata),
        date=metadata.date,
        start=passage.start,
        end=passage.end,
    )


def _quote(hit: Hit) -> Quote:
    span: Span = hit.marks[0]
    offset = hit.passage.start
    text = hit.passage.text[span.start - offset : span.end - offset]
    return Quote(text, hit.passage.document, span.start, span.end, hit.citation)
