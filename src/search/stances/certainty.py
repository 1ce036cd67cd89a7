"""How sure it is that a sentence of the cabinet reacts to a recommendation.

A logistic regression over what ties the two together. Its weights were fitted on 334 pairs of
fourteen documents, each judged by reading; `LEAST_CERTAINTY` was chosen on the same ones. How both
do on other documents: benchmarks/quality-notes.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.records import Holder
from search.stances.addressees import CANNOT, Addressees
from search.stances.labelled_text import LabelledText
from search.stances.pairing import Pairing, names_all
from search.stances.recommendations import Recommendation, is_headed, numbers_named
from search.stances.similarity import DocumentSimilarity

__all__ = ["LEAST_CERTAINTY", "PairCertainty"]

LEAST_CERTAINTY = 0.5
"""Pairs below this are no reaction: the recommendation has none that was found."""
_ADVISERS = (Holder.ADVISOR, Holder.PARLIAMENT, Holder.OTHER)
_OWN_CERTAINTY = 1.0
"""Of a sentence that holds both the advice and the view on it."""
_MOST_ALIKE, _ALIKE_ALONE = 0.5, 0.15
"""The most that likeness counts, and what it counts where there is no other recommendation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    """What each tie adds to the logit of the certainty."""

    none: float = -4.8
    """The logit of a pair with no tie at all."""
    asked: float = 2.9
    """Divided by the number of recommendations that the form leaves, where it leaves out any."""
    refers: float = 2.2
    """It names the recommendation's number, repeats it, or is about all of them together."""
    alike: float = 2.9
    """Times how much more a decision is like this recommendation than like any other one."""
    same_section: float = 1.3
    heading: float = 0.8
    """The heading over the sentence has at least half of its words from the recommendation."""
    beside: float = 1.5
    """It follows right on the recommendation, or on another sentence of the reaction."""
    label: float = 2.0
    """Times the probability of the sentence's label."""
    advice_label: float = 1.8
    """Times the probability of the recommendation's label."""
    adviser_share: float = 2.5
    """Times the share of the document's sentences that are the adviser's."""


_WEIGHTS = _Weights()


class PairCertainty:
    """Tells of pairs in one document how sure they are."""

    def __init__(
        self,
        text: LabelledText,
        similarity: DocumentSimilarity,
        recommendations: Sequence[Recommendation],
        pairing: Pairing,
        addressees: Addressees,
        repeated: Mapping[int, Recommendation],
    ) -> None:
        """Count whose sentences the document has, and compare them with all recommendations."""
        self._text = text
        self._recommendations = recommendations
        self._pairing = pairing
        self._alike = np.array([similarity.to(each) for each in recommendations]).T
        self._can = addressees.of(recommendations) != CANNOT
        self._is_restricted = addressees.restricts
        self._repeated = repeated
        counts = Counter(each.label.holder for each in text.sentences)
        self._shares = {holder: counts[holder] / len(text.sentences) for holder in Holder}
        # A sentence of the cabinet may hold the advice, and then it does not say whose that is.
        self._shares[Holder.CABINET] = max(self._shares[holder] for holder in _ADVISERS)

    def of(self, number: int, places: Collection[int]) -> NDArray[np.float64]:
        """Return how sure each place reacts to a recommendation, from 0 to 1.

        `number` is its index; `places` are all that may react to it, in order.
        """
        return np.array([self._of(number, place, places) for place in places])

    def _of(self, number: int, place: int, places: Collection[int]) -> float:
        own, text = self._recommendations[number], self._text
        if own.embedded and place == own.first:
            return _OWN_CERTAINTY
        labelled, advice = text.sentences[place], text.sentences[own.first].label
        section, heading = self._pairing.heading_gains(labelled.passage.section, own)
        asked = self._is_restricted / max(1, int(self._can[place].sum()))
        logit = (
            _WEIGHTS.none
            + _WEIGHTS.asked * asked
            + _WEIGHTS.refers * self._refers(own, place)
            + _WEIGHTS.alike * (labelled.label.is_cabinet_stance and self._lead(number, place))
            + _WEIGHTS.same_section * (section > 0)
            + _WEIGHTS.heading * (heading >= 0.5 and not self._is_restricted)
            + _WEIGHTS.beside * self._is_beside(own, place, places)
            + _WEIGHTS.label * labelled.label.probability
            + _WEIGHTS.advice_label * advice.probability
            + _WEIGHTS.adviser_share * self._shares[advice.holder]
        )
        return 1 / (1 + math.exp(-logit))

    def _lead(self, number: int, place: int) -> float:
        """Return how much more a sentence is like this recommendation than like others."""
        others = self._can[place].copy()
        others[number] = False
        row = self._alike[place]
        lead = row[number] - row[others].max() if others.any() else _ALIKE_ALONE
        return float(np.clip(lead, 0, _MOST_ALIKE))

    def _refers(self, own: Recommendation, place: int) -> bool:
        """Return whether a sentence says itself that it is about this recommendation."""
        sentence, section = self._text.text(place), self._text.sentences[place].passage.section
        is_under = is_headed(own.section) and section[: len(own.section)] == own.section
        is_named = bool(numbers_named(sentence) & own.numbers) or self._repeated.get(place) is own
        return is_under or is_named or names_all(sentence)

    def _is_beside(self, own: Recommendation, place: int, places: Collection[int]) -> bool:
        """Return whether a sentence follows right on the recommendation or its reaction."""
        if place == own.places[-1] + 1 and self._text.same_section(place, place - 1):
            return True
        return place - 1 in places and self._text.same_block(place, place - 1)
