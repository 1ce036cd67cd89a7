"""Ranked passages to hits, and to a quote that answers if the sources hold one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from search.answers.answer_types import lacks_number
from search.answers.asked_views import gives_asked_view, missing_view
from search.answers.copies import find_copies
from search.answers.reservations import reservation_after
from search.answers.sentences import choose_sentences
from search.citing.citation import cite_in, official_url
from search.dutch import marker_of
from search.dutch.language import is_english
from search.records import (
    Answer,
    Filters,
    HintKind,
    Hit,
    Kind,
    Metadata,
    NamedDocument,
    NearPlace,
    OtherPlace,
    Passage,
    Quote,
    Span,
)
from search.records.answers import SURE_CONFIDENCE
from search.retrieval import (
    ParsedQuestion,
    Retriever,
    asks_metadata,
    find_absent,
    parse_question,
)
from search.retrieval.answerability import POSSIBLE, load_answerability, read_features
from search.storage import Index

__all__ = ["answer_question"]

_EXTRA_CANDIDATES = 10
"""Passages beyond those asked for, because those with the same words are merged into one hit."""
_QUESTION_PENALTY = 0.3
"""Subtracted from the score of an MP's question, because the answer to it is wanted."""
_PERIOD_BONUS = 0.15
"""Added to the score of a passage of the period that the question names."""
_NEWEST_BONUS = 0.2
"""Added to the score of the newest passage where the newest is asked for; to older ones less."""
_FURNITURE_PENALTY = 0.3
"""Subtracted from the score of a letterhead, signature or list of contents, which only answers a
question about the document itself."""
_CONTENTS = ("inhoud", "inhoudsopgave", "inhoudstafel")
_UNSURE = SURE_CONFIDENCE - 0.01
"""Most confidence in a quote without a number where an amount is asked for."""
_VIEW_BONUS = 0.1
"""Added to the score of a passage with the view of the holder whose view is asked for."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that was found, its score, and its sentences that answer."""

    passage: Passage
    score: float
    mark: Span


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found for one part of a question."""

    candidates: list[_Candidate]
    features: dict[str, float]
    confidence: float
    absent: tuple[str, ...] = ()
    """What is said of a view that was asked for and not found."""


def answer_question(
    index: Index,
    retriever: Retriever,
    question: str,
    filters: Filters,
    top: int,
    ignored: Collection[HintKind] = (),
    today: date | None = None,
) -> Answer:
    """Return the answer to a question: the `top` best hits, and a quote if the sources answer it.

    Passages of several documents with the same words make one hit; a hit also names the documents
    that repeat its sentences that answer. The quote is the sentence or two of the best passage that
    answer best. A question that asks several things gets hits for each in turn. Hints in the
    question become filters or preferences, except for the kinds in `ignored`; "vorige maand" is
    told from `today`, the current day if it is None.
    """
    names = index.metadata
    parsed = parse_question(question, filters, index, ignored, today)
    parts = [_search(index, retriever, part, parsed, top) for part in parsed.parts]
    hits = _hits(_in_turn([part.candidates for part in parts]), names)[:top]
    # The quote is from the first part with an answer, the confidence otherwise of the likeliest.
    answering = next((p for p in parts if p.confidence >= POSSIBLE and p.candidates), None)
    likeliest = answering or max(parts, key=lambda part: part.confidence)
    quote = _quote(_best(answering.candidates), hits) if answering else None
    confidence = likeliest.confidence
    if quote and lacks_number(question, quote.text):
        confidence = min(confidence, _UNSURE)
    return Answer(
        question,
        answering is not None,
        confidence,
        quote,
        hits,
        likeliest.features,
        parsed.hints,
        (
            *find_absent(question, index, today),
            *(line for part in parts for line in part.absent),
        ),
        tuple(_named(each, names[each]) for each in parsed.opens),
    )


def _search(
    index: Index, retriever: Retriever, question: str, parsed: ParsedQuestion, top: int
) -> _Part:
    ranking = retriever.search(question, parsed.filters)
    scored = ranking.ranked[: top + _EXTRA_CANDIDATES]
    found = index.passages([s.passage for s in scored])
    passages = [found[s.passage] for s in scored]
    vectors = index.sentence_rows(passages)
    recency = _recency(passages, index.metadata) if parsed.newest else {}
    candidates = [
        _Candidate(
            passage,
            each.score + _adjustment(question, passage, parsed, recency, index.metadata),
            choose_sentences(ranking, passage, vectors[passage.id]),
        )
        for each, passage in zip(scored, passages, strict=True)
    ]
    candidates.sort(key=lambda candidate: -candidate.score)
    if not passages:
        return _Part([], {}, 0.0)
    features = read_features(ranking, passages)
    model = load_answerability(
        index.manifest.model, read=bool(ranking.readings), english=is_english(question)
    )
    # Without a word of its own a question asks nothing, however well a passage reads beside it.
    confidence = model.confidence(features) if ranking.terms else 0.0
    # With filters of the user's, or in one document, a view may stand just outside.
    absent = () if parsed.filters else missing_view(question, passages, index.metadata)
    return _Part(candidates, features, confidence, absent)


def _adjustment(
    question: str,
    passage: Passage,
    parsed: ParsedQuestion,
    recency: Mapping[str, float],
    names: Mapping[str, Metadata],
) -> float:
    """Return what is added to the score of a passage for what the question asks of it."""
    return (
        _PERIOD_BONUS * (passage.document in parsed.preferred)
        + _NEWEST_BONUS * recency.get(passage.document, 0.0)
        + _VIEW_BONUS * gives_asked_view(question, passage, names[passage.document])
        - _QUESTION_PENALTY * _is_question(passage)
        - _FURNITURE_PENALTY * (_is_furniture(passage) and not asks_metadata(question))
    )


def _recency(passages: Sequence[Passage], names: Mapping[str, Metadata]) -> dict[str, float]:
    """Return by document how new it is among those of some passages: 1 for the newest, 0 if old."""
    dates = {p.document: day for p in passages if (day := names[p.document].date)}
    ordered = sorted(set(dates.values()))
    return {d: (ordered.index(dates[d]) + 1) / len(ordered) for d in dates}


def _is_furniture(passage: Passage) -> bool:
    """Return whether a passage is a letterhead, a signature or a list of contents."""
    heading = passage.section[-1].strip(" :.").lower() if passage.section else ""
    return passage.kind in (Kind.LETTERHEAD, Kind.SIGNATURE) or heading in _CONTENTS


def _best(candidates: Sequence[_Candidate]) -> _Candidate:
    """Return the candidate to quote: the first that is no question, if there is one."""
    return next((each for each in candidates if not _is_question(each.passage)), candidates[0])


def _is_question(passage: Passage) -> bool:
    """Return whether a passage is an MP's question in a letter that answers it."""
    marker = marker_of(passage.section[-1]) if passage.section else None
    return marker is not None and not marker.answers


def _in_turn(lists: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    """Return the best of each list, then the next best of each, every passage once."""
    taken: dict[int, _Candidate] = {}
    for row in zip_longest(*lists):
        for candidate in row:
            if candidate is not None:
                taken.setdefault(candidate.passage.id, candidate)
    return list(taken.values())


def _hits(candidates: Sequence[_Candidate], names: Mapping[str, Metadata]) -> tuple[Hit, ...]:
    """Return hits for ranked candidates, one for each group of passages with the same words."""
    passages = [candidate.passage for candidate in candidates]
    hits = []
    copies = find_copies(passages, [candidate.mark for candidate in candidates], names)
    for rank, each in enumerate(copies, start=1):
        passage, mark = passages[each.shown], candidates[each.shown].mark
        metadata = names[passage.document]
        hits.append(
            Hit(
                rank=rank,
                score=candidates[each.rank].score,
                passage=passage,
                metadata=metadata,
                citation=cite_in(passage.document, metadata, passage.section, passage.page),
                url=official_url(passage.document, metadata),
                marks=(mark,),
                also_in=tuple(
                    _other_place(passages[i], span, names) for i, span in each.same.items()
                ),
                nearly_in=tuple(
                    NearPlace(
                        _other_place(passages[near.index], near.span, names),
                        passages[near.index].text_of(near.span),
                        near.contrast.here,
                        near.contrast.there,
                    )
                    for near in each.near
                ),
                reservation=reservation_after(passage, mark),
            )
        )
    return tuple(hits)


def _named(document: str, metadata: Metadata) -> NamedDocument:
    url = official_url(document, metadata)
    return NamedDocument(document, metadata.name, cite_in(document, metadata), url)


def _other_place(passage: Passage, span: Span, names: Mapping[str, Metadata]) -> OtherPlace:
    metadata = names[passage.document]
    return OtherPlace(
        document=passage.document,
        title=metadata.name,
        citation=cite_in(passage.document, metadata, passage.section, passage.page),
        url=official_url(passage.document, metadata),
        date=metadata.date,
        start=span.start,
        end=span.end,
    )


def _quote(best: _Candidate, hits: Sequence[Hit]) -> Quote:
    """Return the marked sentences of the hit that shows the best passage, or of the first hit."""
    hit = next((h for h in hits if _shows(h, best.passage)), hits[0])
    span = hit.marks[0]
    text = hit.passage.text_of(span)
    return Quote(text, hit.passage.document, span.start, span.end, hit.citation)


def _shows(hit: Hit, passage: Passage) -> bool:
    """Return whether a hit shows a passage, or another with the same words in its stead."""
    return hit.passage.id == passage.id or any(
        place.document == passage.document and passage.start <= place.start < passage.end
        for place in hit.also_in
    )
