"""The running text of a document, sentence by sentence, with labels and neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.citing.citation import cite_in, official_url
from search.records import Document, Holder, Label, Passage, Quote, Sentence, Stance, View

__all__ = ["LabelledSentence", "LabelledText", "labelled_sentences"]


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A labelled sentence in its passage; `number` is its place among the passage's sentences."""

    sentence: Sentence
    label: Label
    passage: Passage
    number: int


class LabelledText:
    """A document's labelled sentences in order of the text."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        """Put the sentences of the passages in order; `passages` are those of the document."""
        self._document = document
        self.sentences = sorted(
            (
                LabelledSentence(sentence, sentence.label, passage, number)
                for passage in passages
                for number, sentence in enumerate(passage.sentences)
                if sentence.label
            ),
            key=lambda spoken: spoken.sentence.start,
        )

    def text(self, place: int) -> str:
        """Give the words of the sentence at a place, word for word."""
        sentence = self.sentences[place].sentence
        return self._document.text[sentence.start : sentence.end]

    def block(self, place: int) -> int:
        """Give the number of the paragraph or list item in which a sentence stands."""
        start = self.sentences[place].sentence.start
        return bisect_right(self._document.blocks, start, key=lambda block: block.start)

    def same_section(self, place: int, other: int) -> bool:
        """Tell whether two sentences stand under the same heading."""
        if not 0 <= other < len(self.sentences):
            return False
        return self.sentences[place].passage.section == self.sentences[other].passage.section

    def quote(self, place: int) -> Quote:
        """Give the sentence at a place as a quote, with its citation."""
        spoken, document = self.sentences[place], self._document
        start, end = spoken.sentence.start, spoken.sentence.end
        citation = cite_in(
            document.id, document.metadata, spoken.passage.section, document.page_at(start)
        )
        return Quote(self.text(place), document.id, start, end, citation)

    def view(self, place: int, score: float = 0.0) -> View:
        """Give the sentence at a place as it is shown, with its neighbours under its heading."""
        spoken, metadata = self.sentences[place], self._document.metadata
        return View(
            quote=self.quote(place),
            label=spoken.label,
            theme=spoken.passage.theme,
            metadata=metadata,
            url=official_url(self._document.id, metadata),
            section=spoken.passage.section,
            before=self.quote(place - 1) if self.same_section(place, place - 1) else None,
            after=self.quote(place + 1) if self.same_section(place, place + 1) else None,
            score=score,
        )


def labelled_sentences(
    running: LabelledText, theme: str, stance: Stance, holder: Holder
) -> tuple[View, ...]:
    """Give the sentences with a holder and stance under a theme, or any where it is empty."""
    return tuple(
        running.view(place)
        for place, spoken in enumerate(running.sentences)
        if (spoken.label.holder, spoken.label.stance) == (holder, stance)
        and theme in ("", spoken.passage.theme.label)
    )
