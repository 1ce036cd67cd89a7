"""The text of a document as labelled sentences, with their neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.citing.citation import cite_in, official_url
from search.records import Document, Holder, Label, Passage, Quote, Sentence, Stance, View

__all__ = ["LabelledSentence", "LabelledText", "labelled_sentences"]


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A labelled sentence in its passage; `number` counts the passage's sentences from 0."""

    sentence: Sentence
    label: Label
    passage: Passage
    number: int


class LabelledText:
    """A document's labelled sentences in order of the text; a place is an index into them."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        """Put the sentences of the document's passages in order."""
        self._document = document
        self.sentences = sorted(
            (
                LabelledSentence(sentence, sentence.label, passage, number)
                for passage in passages
                for number, sentence in enumerate(passage.sentences)
                if sentence.label
            ),
            key=lambda each: each.sentence.start,
        )

    def text(self, place: int) -> str:
        """Return the text of the sentence at a place."""
        sentence = self.sentences[place].sentence
        return self._document.text[sentence.start : sentence.end]

    def block(self, place: int) -> int:
        """Return the number of the paragraph or list item that holds a sentence."""
        start = self.sentences[place].sentence.start
        return bisect_right(self._document.blocks, start, key=lambda block: block.start)

    def same_block(self, place: int, other: int) -> bool:
        """Return whether two sentences are in the same paragraph or list item."""
        return self.block(place) == self.block(other)

    def same_section(self, place: int, other: int) -> bool:
        """Return whether two sentences are under the same heading; False if one does not exist."""
        if not 0 <= other < len(self.sentences):
            return False
        return self.sentences[place].passage.section == self.sentences[other].passage.section

    def quote(self, place: int) -> Quote:
        """Return the sentence at a place as a quote, with its citation."""
        labelled, document = self.sentences[place], self._document
        start, end = labelled.sentence.start, labelled.sentence.end
        citation = cite_in(
            document.id, document.metadata, labelled.passage.section, document.page_at(start)
        )
        return Quote(self.text(place), document.id, start, end, citation)

    def view(self, place: int, score: float = 0.0) -> View:
        """Return the sentence at a place as it is shown, with its neighbours in its section."""
        labelled, metadata = self.sentences[place], self._document.metadata
        return View(
            quote=self.quote(place),
            label=labelled.label,
            theme=labelled.passage.theme,
            metadata=metadata,
            url=official_url(self._document.id, metadata),
            section=labelled.passage.section,
            before=self.quote(place - 1) if self.same_section(place, place - 1) else None,
            after=self.quote(place + 1) if self.same_section(place, place + 1) else None,
            score=score,
        )


def labelled_sentences(
    text: LabelledText, theme: str, stance: Stance, holder: Holder
) -> tuple[View, ...]:
    """Return the sentences with a holder and a stance under a theme; an empty theme means any."""
    return tuple(
        text.view(place)
        for place, each in enumerate(text.sentences)
        if (each.label.holder, each.label.stance) == (holder, stance)
        and theme in ("", each.passage.theme.label)
    )
