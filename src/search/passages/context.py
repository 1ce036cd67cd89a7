"""What a passage is searched by besides its own words."""

from __future__ import annotations

from dataclasses import dataclass

from search.records import Document, Kind, Passage

__all__ = ["SearchText", "search_text"]

_KIND_WORDS = {
    Kind.LETTERHEAD: "Briefhoofd: afzender, geadresseerde, datum, dossier en nummer van de brief",
    Kind.SIGNATURE: "Ondertekening: de brief is ondertekend door; wie tekende en ondertekende",
    Kind.FOOTNOTE: "Voetnoot",
    Kind.TABLE: "Tabel",
}


@dataclass(frozen=True, slots=True)
class SearchText:
    """A passage as the search sees it: the document's name, its place there, its own text."""

    title: str
    context: str
    text: str

    @property
    def for_encoder(self) -> str:
        """The text to embed: the place first, then the passage."""
        return f"{self.context}. {self.text}" if self.context else self.text


def search_text(passage: Passage, document: Document) -> SearchText:
    """Give what a passage is found by.

    The context holds the heading path, the sentence that introduces its list, and for a passage
    that is no running text what it is ("Ondertekening"), since its own words don't say so.
    """
    parts = [*passage.section]
    if passage.kind in _KIND_WORDS:
        parts.append(_KIND_WORDS[passage.kind])
    if passage.lead:
        parts.append(document.text[passage.lead.start : passage.lead.end].rstrip(":"))
    return SearchText(document.metadata.name, " › ".join(parts), passage.text)
