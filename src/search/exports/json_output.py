"""Results as plain values for JSON, in the shapes that the command line prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from search.answers.checked_quotes import said_at
from search.records import (
    Answer,
    CheckedQuote,
    Entry,
    Hit,
    Moment,
    Passage,
    Quote,
    QuoteMatch,
    Reaction,
    Span,
    StanceOverview,
    Timeline,
    View,
)

__all__ = [
    "answer_json",
    "entry_json",
    "overview_json",
    "quotes_json",
    "reaction_json",
    "timeline_json",
]


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer with its hits."""
    return {
        "question": answer.question,
        "answerable": answer.answerable,
        "certainty": answer.certainty,
        "confidence": round(answer.confidence, 4),
        "answer": _quote(answer.quote) if answer.quote else None,
        "hits": [_hit(hit) for hit in answer.hits],
        "hints": [asdict(hint) for hint in answer.hints],
        "absent": list(answer.absent),
        "opens": [asdict(document) for document in answer.opens],
        "withheld": answer.withheld,
        "answer_withheld": answer.answer_withheld,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "citation": quote.citation,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "document": passage.document,
        "title": hit.metadata.title,
        "subject": hit.metadata.subject,
        "issuer": hit.metadata.issuer,
        "citation": hit.citation,
        "url": hit.url,
        "date": hit.metadata.date,
        "file_date": hit.metadata.file_date,
        "kind": passage.kind.value,
        "section": list(passage.section),
        "theme": {"label": passage.theme.label, "origin": passage.theme.origin.value},
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "doubts": [
            {"start": each.start, "end": each.end, "reason": each.doubt}
            for each in passage.sentences
            if each.doubt
        ],
        "labels": [
            {
                "holder": label.holder.value,
                "holder_name": label.holder_name,
                "stance": label.stance.value,
                "probability": label.probability,
            }
            for label in passage.labels
        ],
        "marks": [{"start": mark.start, "end": mark.end} for mark in hit.marks],
        "reservation": _part(passage, hit.reservation) if hit.reservation else None,
        "also_in": [asdict(place) for place in hit.also_in],
        "nearly_in": [
            {**asdict(near.place), "text": near.text, "here": near.here, "there": near.there}
            for near in hit.nearly_in
        ],
    }


def _part(passage: Passage, span: Span) -> dict[str, Any]:
    text = passage.text_of(span)
    return {"start": span.start, "end": span.end, "text": text}


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return a listed document."""
    return {
        "id": entry.id,
        "path": entry.path,
        "citation": entry.citation,
        **asdict(entry.metadata),
        "themes": [
            {"label": t.label, "origin": t.origin.value, "uri": t.uri} for t in entry.themes
        ],
        "passages": entry.passages,
        "words": entry.words,
    }


def overview_json(overview: StanceOverview) -> dict[str, Any]:
    """Return the views on a topic."""
    return {
        "topic": overview.topic,
        "line": overview.line,
        "summary": {stance.value: number for stance, number in overview.summary.items()},
        "cabinet": [_view(view) for view in overview.cabinet],
        "others": [{"holder": view.label.holder.value, **_view(view)} for view in overview.others],
    }


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """Return the views on a topic in order of date, and possible changes of position."""
    return {
        "timeline": [_moment(moment) for moment in timeline.dated],
        "undated": [_moment(moment) for moment in timeline.undated],
        "changes": [
            {
                "probability": round(change.probability, 4),
                "earlier": _moment(change.earlier),
                "later": _moment(change.later),
            }
            for change in timeline.changes
        ],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "cabinet": moment.cabinet,
        "ministers": [asdict(minister) for minister in moment.ministers],
        "direction": moment.direction.value,
        "holder": moment.view.label.holder.value,
        **_view(moment.view),
    }


def reaction_json(reaction: Reaction) -> dict[str, Any]:
    """Return a recommendation with the reactions to it."""
    advice = reaction.advice
    return {
        "advice": {"holder": advice.label.holder.value, **_view(advice)},
        "status": reaction.status.value,
        "stances": [stance.value for stance in reaction.stances],
        "reactions": [_view(view) for view in reaction.reactions],
    }


def _view(view: View) -> dict[str, Any]:
    start, text = view.quote.start, view.quote.text
    return {
        "stance": view.label.stance.value,
        "holder_name": view.label.holder_name,
        **_quote(view.quote),
        "section": list(view.section),
        "theme": {"label": view.theme.label, "origin": view.theme.origin.value},
        "probability": view.label.probability,
        "cues": [
            {"start": cue.start, "end": cue.end, "text": text[cue.start - start : cue.end - start]}
            for cue in view.label.cues
        ],
        "before": view.before.text if view.before else "",
        "after": view.after.text if view.after else "",
        "url": view.url,
        "date": view.metadata.date,
    }


def quotes_json(checked: Iterable[CheckedQuote]) -> dict[str, Any]:
    """Return checked quotes."""
    return {"quotes": [_checked(each) for each in checked]}


def _checked(checked: CheckedQuote) -> dict[str, Any]:
    return {
        "text": checked.text,
        "verdict": checked.verdict.value,
        "matches": [_match(match, checked.text) for match in checked.matches],
        "nearest": _hit(checked.nearest) if checked.nearest else None,
    }


def _match(match: QuoteMatch, quoted: str) -> dict[str, Any]:
    quote = match.quote
    return {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "citation": quote.citation,
        "url": match.url,
        "parts": [asdict(part) for part in match.parts],
        "differences": [
            {
                "quoted": quoted[each.quoted.start : each.quoted.end],
                "source": said_at(match, each),
                "quoted_start": each.quoted.start,
                "quoted_end": each.quoted.end,
                "start": each.source.start,
                "end": each.source.end,
            }
            for each in match.differences
        ],
    }
