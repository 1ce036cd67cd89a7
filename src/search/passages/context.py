"""The context by which a passage is searched, besides its own words."""

from __future__ import annotations

from dataclasses import dataclass

from search.dutch import marker_of
from search.records import Document, Kind, Passage, Span

__all__ = ["SearchText", "answered_questions", "describe", "search_text"]

_QUESTION_LENGTH = 300
"""Characters of a question that are part of the context of its answer."""

_KIND_WORDS = {
    Kind.LETTERHEAD: "Briefhoofd: afzender, geadresseerde, datum, dossier en nummer van de brief",
    Kind.SIGNATURE: "Ondertekening: de brief is ondertekend door; wie tekende en ondertekende",
    Kind.FOOTNOTE: "Voetnoot",
    Kind.TABLE: "Tabel",
}


@dataclass(frozen=True, slots=True)
class SearchText:
    """The texts by which a passage is searched: the document's name, its context, its own text."""

    title: str
    context: str
    text: str

    @property
    def for_encoder(self) -> str:
        """The text to embed: the context, then the passage."""
        return f"{self.context}. {self.text}" if self.context else self.text


def describe(passage: Passage) -> str:
    """Return a passage's heading path and, for letterheads, signatures, notes and tables, its kind.

    Such passages do not name their kind in their own words.
    """
    kind = [_KIND_WORDS[passage.kind]] if passage.kind in _KIND_WORDS else []
    return " › ".join((*passage.section, *kind))


def search_text(passage: Passage, document: Document) -> SearchText:
    """Return the texts by which a passage is searched.

    The context of a later part of a list includes the sentence that introduces the list, that of
    an answer to an MP the question: "Ja, dat is zo" is found by what was asked.
    """
    context = describe(passage)
    if passage.lead:
        lead = document.text[passage.lead.start : passage.lead.end].rstrip(":")
        context = f"{context} › {lead}" if context else lead
    if question := _question(passage, document):
        context = f"{context} › {question}"
    return SearchText(document.metadata.name, context, passage.text)


def answered_questions(passage: Passage, document: Document) -> list[Span]:
    """Return the spans of the MPs' questions that a passage answers, in order; often none."""
    marker = marker_of(passage.section[-1]) if passage.section else None
    if marker is None or not marker.answers:
        return []
    asked = []
    for section in document.sections:
        other = marker_of(section.heading)
        if other and not other.answers and set(other.each) & set(marker.each):
            asked.append(_trimmed(document, section.start + len(section.heading), section.end))
    return [span for span in asked if span.start < span.end]


def _trimmed(document: Document, start: int, end: int) -> Span:
    text = document.text[start:end]
    return Span(end - len(text.lstrip()), start + len(text.rstrip()))


def _question(passage: Passage, document: Document) -> str:
    """Return the beginning of the questions that a passage answers, or an empty text."""
    asked = [document.text[s.start : s.end] for s in answered_questions(passage, document)]
    return " ".join(" ".join(asked).split())[:_QUESTION_LENGTH]
