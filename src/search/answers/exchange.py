"""Answers and documents as JSON: the shapes that the command line prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from search.records import Answer, Entry, Hit, Quote

__all__ = ["answer_json", "entry_json"]


def answer_json(answer: Answer) -> dict[str, Any]:
    """Give an answer with its hits as plain values for JSON."""
    return {
        "question": answer.question,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "answer": _quote(answer.quote) if answer.quote else None,
        "hits": [_hit(hit) for hit in answer.hits],
        "hints": [asdict(hint) for hint in answer.hints],
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
        "kind": passage.kind.value,
        "section": list(passage.section),
        "theme": {"label": passage.theme.label, "origin": passage.theme.origin.value},
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "marks": [{"start": mark.start, "end": mark.end} for mark in hit.marks],
        "also_in": [asdict(place) for place in hit.also_in],
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """Give a listed document as plain values for JSON."""
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
