"""Which recommendation each sentence of a document is about.

Each sentence has a score for each recommendation: their similarity, the headings of the sentence
and the numbers that it names. The best path through the text (Viterbi algorithm) adds a gain for
staying with the recommendation of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.dutch.anaphora import points_back
from search.records import Holder
from search.stances.addressees import CANNOT, NAMED
from search.stances.labelled_text import LabelledText
from search.stances.recommendations import Recommendation, is_headed, numbers_named
from search.stances.similarity import DocumentSimilarity

__all__ = ["Pairing", "PairingWeights", "names_all", "plain_heading"]

_ALL_RECOMMENDATIONS = re.compile(
    r"\b(?:\w+-)?(?:aanbevelingen|adviezen)\b|\b(?:deze|alle|genoemde) voorstellen\b"
    r"|\bvoorstellen\b.{0,40}\bop dit (?:thema|punt|terrein|onderwerp)\b",
    re.IGNORECASE,
)
_HEADING_NUMBER = re.compile(
    r"^\W*(?:(?:thema|deel|hoofdstuk|onderdeel|paragraaf|aanbeveling|advies)\b)?\s*"
    r"(?:[\d.]+|[a-z]\b)?\s*[:.)-]?\s*",
    re.IGNORECASE,
)
_GENERAL_HEADING = re.compile(
    r"(?:inleiding|aanleiding|tot slot|slot|vervolg|conclusies?|reactie|appreciatie|beleidsreactie"
    r"|kabinetsreactie|samenvatting|het (?:rapport|advies)|aanbevelingen(?: en reactie)?|reactie op"
    r" de \w+|appreciatie van het \w+)\W*$",
    re.IGNORECASE,
)
"""Headings that tell what a section does, not what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingWeights:
    """Gains and costs, in units of similarity, of a sentence being about a recommendation.

    A led chapter is one with recommendations of its own before the sentence.
    """

    heading_words: float = 0.2
    """Gain for a heading with all words of the recommendation."""
    led_heading_words: float = 0.3
    """Share of `heading_words` that counts in a led chapter."""
    new_paragraph: float = 0.06
    """Cost in a led chapter for opening a paragraph without pointing back."""
    same_section: float = 0.18
    """Gain for being in the section of the recommendation or in one below it."""
    own_heading: float = 0.3
    """The same for a section of this one recommendation ("Aanbeveling 2")."""
    section_mean: float = 0.8
    """Weight of the mean similarity of the section, added to that of each sentence."""
    number: float = 0.8
    """Gain for naming the recommendation's number or repeating the recommendation."""
    all_named: float = 0.2
    """Gain, instead of similarity, for naming "the recommendations" together."""
    too_early: float = 0.3
    """Cost for being before the recommendation."""
    threshold: float = 0.31
    """Cost for being about any recommendation at all."""
    stay_after_advice: float = 0.45
    """Gain of the cabinet's sentence for staying with the advice right before it."""
    stay_pointing_back: float = 0.34
    """Gain for staying, of a sentence that points back within its paragraph."""
    stay_close: float = 0.2
    """Gain for staying, of a sentence that only points back or is only in the same paragraph."""
    stay_unpaired: float = 0.5
    """Share of a gain for staying that counts for staying with no recommendation."""
    own_sentence: float = 10.0
    """Gain of a recommendation's own sentences, which outweighs all others."""


_WEIGHTS = PairingWeights()


def plain_heading(heading: str) -> str:
    """Return a heading without its number: "Thema 2: Zorg" is "Zorg"."""
    return _HEADING_NUMBER.sub("", heading)


def names_all(sentence: str) -> bool:
    """Return whether a sentence is about the recommendations together."""
    return bool(_ALL_RECOMMENDATIONS.search(sentence))


class Pairing:
    """Pairs the sentences of a text with its recommendations."""

    def __init__(
        self,
        text: LabelledText,
        similarity: DocumentSimilarity,
        recommendations: Sequence[Recommendation],
    ) -> None:
        self._text = text
        self._similarity = similarity
        self._recommendations = recommendations
        self._points_back = [points_back(text.text(i)) for i in range(len(text.sentences))]
        self._led = [self._is_led(place) for place in range(len(text.sentences))]

    def scores(self, repeated: Mapping[int, Recommendation]) -> NDArray[np.float64]:
        """Return how much each sentence is about each recommendation, without its neighbours.

        The shape is (sentences, recommendations). `repeated` maps the places of sentences that
        repeat a recommendation to it.
        """
        text = self._text
        scores = np.array([self._similarity.to(each) for each in self._recommendations]).T
        means = self._section_means(scores)
        headings: dict[tuple[str, ...], list[tuple[float, float]]] = {}
        for place, labelled in enumerate(text.sentences):
            path = labelled.passage.section
            if path not in headings:
                headings[path] = [self._gains(path, each) for each in self._recommendations]
            if names_all(text.text(place)):
                # Which recommendations it is about, follows from its place only.
                scores[place] = [
                    _WEIGHTS.all_named if section or words else 0.0
                    for section, words in headings[path]
                ]
            opens = _WEIGHTS.new_paragraph if self._led[place] and self._opens(place) else 0.0
            led = _WEIGHTS.led_heading_words if self._led[place] else 1.0
            scores[place] += [
                section + (words if section else led * words) - opens
                for section, words in headings[path]
            ]
            self._add_numbers(scores, place)
        for place, recommendation in repeated.items():
            same = [i for i, each in enumerate(self._recommendations) if each is recommendation]
            scores[place, same] += _WEIGHTS.number
        return np.asarray(scores + _WEIGHTS.section_mean * means)

    def _add_numbers(self, scores: NDArray[np.float64], place: int) -> None:
        """Add to the scores of a sentence what its numbers and its order in the text tell."""
        recommendations = self._recommendations
        for number in numbers_named(self._text.text(place)):
            named = [
                i
                for i, each in enumerate(recommendations)
                if number in each.numbers and each.first < place
            ]
            scores[place, named[-1:]] += _WEIGHTS.number
        early = [place < each.first for each in recommendations]
        scores[place] -= np.where(early, _WEIGHTS.too_early, 0.0)

    def _is_led(self, place: int) -> bool:
        """Return whether the chapter of a sentence has a recommendation of its own before it."""
        path = self._text.sentences[place].passage.section
        return any(_holds(each, path) and each.first <= place for each in self._recommendations)

    def _opens(self, place: int) -> bool:
        """Return whether a sentence opens a paragraph without pointing back."""
        if place and self._text.same_block(place, place - 1):
            return False
        return not self._points_back[place]

    def _section_means(self, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean similarity of each sentence's section, in the shape of `similarities`.

        It counts only before the first recommendation of the section: after it, the text goes
        from one recommendation to the next.
        """
        means = np.zeros(similarities.shape)
        first: dict[tuple[str, ...], int] = {}
        for each in reversed(self._recommendations):
            first[each.section] = each.first
        places: dict[tuple[str, ...], list[int]] = {}
        for place, labelled in enumerate(self._text.sentences):
            path = labelled.passage.section
            if labelled.label.holder is Holder.CABINET and place < first.get(path, place + 1):
                places.setdefault(path, []).append(place)
        for own in places.values():
            means[own] = similarities[own].mean(axis=0)
        return means

    def _gains(self, path: tuple[str, ...], recommendation: Recommendation) -> tuple[float, float]:
        section, words = self.heading_gains(path, recommendation)
        return section, _WEIGHTS.heading_words * words

    def heading_gains(
        self, path: tuple[str, ...], recommendation: Recommendation
    ) -> tuple[float, float]:
        """Return what a heading path tells of a recommendation: of its section, and of its words.

        The first is a gain, the second the share of the words that the headings have.
        """
        inside = _holds(recommendation, path)
        numbered = {n for heading in path if is_headed((heading,)) for n in numbers_named(heading)}
        if (inside and is_headed(recommendation.section)) or numbered & recommendation.numbers:
            return _WEIGHTS.own_heading, 0.0
        words = recommendation.words(self._text)
        best = 0.0
        for depth in range(len(recommendation.section) if inside else 0, len(path)):
            heading = plain_heading(path[depth])
            if not _GENERAL_HEADING.match(heading):
                covered = self._similarity.covered(heading, words, " ".join(path[:depth]))
                best = max(best, covered)
        section = _WEIGHTS.same_section if inside else 0.0
        return section, best

    def best_path(self, scores: NDArray[np.float64], links: NDArray[np.int8]) -> list[int]:
        """Return the index of the recommendation of each sentence, -1 for none.

        `links`, of the shape of `scores`, tells which pairs there can be; see `addressees`.
        """
        own = scores - _WEIGHTS.threshold + np.where(links == NAMED, _WEIGHTS.number, 0.0)
        gains = np.column_stack([own, np.zeros(len(scores))])
        reacts = (links != CANNOT).any(axis=1)
        gains[:, :-1][reacts[:, None] & (links == CANNOT)] = -_WEIGHTS.own_sentence
        for i, each in enumerate(self._recommendations):
            if not each.heading:
                gains[list(each.places), i] = _WEIGHTS.own_sentence
        came = np.zeros(gains.shape, dtype=np.int64)
        best = gains[0].copy()
        for place in range(1, len(gains)):
            stay = self._stay(place)
            after_advice = self._answers_advice(place)
            stayed = best + (_WEIGHTS.stay_after_advice if after_advice else stay)
            unpaired = self._led[place] or self._points_back[place]
            stayed[-1] = best[-1] + (_WEIGHTS.stay_unpaired * stay if unpaired else 0.0)
            switched = int(np.argmax(best))
            came[place] = np.where(stayed >= best[switched], np.arange(len(best)), switched)
            best = np.maximum(stayed, best[switched]) + gains[place]
        path = [int(np.argmax(best))]
        for place in range(len(gains) - 1, 0, -1):
            path.append(int(came[place, path[-1]]))
        return [i if i < len(self._recommendations) else -1 for i in reversed(path)]

    def _stay(self, place: int) -> float:
        """Return the gain of a sentence for staying with what the one before it was about."""
        if not self._text.same_section(place, place - 1):
            return 0.0
        same_block = self._text.same_block(place, place - 1)
        if self._points_back[place] and same_block:
            return _WEIGHTS.stay_pointing_back
        return _WEIGHTS.stay_close if same_block or self._points_back[place] else 0.0

    def _answers_advice(self, place: int) -> bool:
        """Return whether the cabinet speaks right after one advice, not after several in a row."""
        before = [
            each for each in self._recommendations if not each.heading and each.places[-1] < place
        ][-2:]
        if not before or before[-1].places[-1] != place - 1:
            return False
        if not self._text.same_block(place, place - 1):
            return False
        is_single = len(before) < 2 or before[0].places[-1] < before[1].first - 1
        return is_single and self._text.sentences[place].label.holder is Holder.CABINET


def _holds(recommendation: Recommendation, path: tuple[str, ...]) -> bool:
    """Return whether a section is that of a recommendation, or one below it."""
    section = recommendation.section
    return bool(section) and path[: len(section)] == section
