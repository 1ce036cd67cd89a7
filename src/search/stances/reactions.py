"""Recommendations and reactions: each recommendation with the cabinet's sentences about it.

`recommendations` finds the recommendations, `pairing` tells which one each sentence of the document
is about; the cabinet's sentences among those are the reaction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.dutch.anaphora import points_back
from search.labels import asks_for_research
from search.records import CABINET_STANCES, Document, Holder, Label, Reaction, Stance, Status, View
from search.stances.addressees import CANNOT, Addressees
from search.stances.certainty import LEAST_CERTAINTY, PairCertainty
from search.stances.labelled_text import LabelledText
from search.stances.pairing import Pairing, names_all, plain_heading
from search.stances.recommendations import (
    Recommendation,
    find_recommendations,
    is_headed,
    is_overview,
    names_nobody,
    numbers_named,
    recommendation_view,
    repeated_words,
)
from search.stances.similarity import DocumentSimilarity
from search.storage import Index

__all__ = ["reactions_of", "status_of"]

_REACTION_STANCES = CABINET_STANCES | {Stance.EXISTING}
_LEAST_SAME = 0.5
"""Least similarity of two recommendations that are the same."""
_LEAST_SAME_EMBEDDED = 0.4
"""The same, if one is part of a sentence of the cabinet."""
_LEAST_SAME_UNPAIRED = 0.35
"""The same, if no reaction to one was found."""
_LEAST_EXPLANATION = 0.45
"""Least score of an explanation that is part of a reaction."""
_MOST_EXPLANATIONS, _MOST_EXISTING = 2, 8
"""Explanations and existing measures in a reaction, beside the stances: those that score best."""
_ABOVE_ALL = re.compile(r"\b(?:met name|vooral|in het bijzonder|bovenal)\b", re.IGNORECASE)
_FINDS_OUT = re.compile(
    r"\b(?:ga|gaan|gaat|zal|zullen|laat|laten|wordt|worden|bereid|verzocht|vraag|vraagt)\b"
    r"[^.;]{0,200}\b(?:bezien|bezie|onderzoeken|onderzocht|verkennen|verkend|uitzoeken|nagaan|na te"
    r" gaan|in kaart (?:te )?(?:brengen|gebracht))\b|\bga(?:at|an)? [^.;]{0,60}\bna\b",
    re.IGNORECASE,
)


def reactions_of(index: Index, document: Document) -> tuple[Reaction, ...]:
    """Return each recommendation in a document with the cabinet's reactions to it, in order."""
    text = LabelledText(document, index.passages_of(document.id))
    recommendations = find_recommendations(text, document)
    if not recommendations:
        return ()
    similarity = DocumentSimilarity(index, text)
    repeated = _repeated_by_cabinet(text, similarity, recommendations)
    recommendations = [r for r in recommendations if not (r.embedded and r.first in repeated)]
    recommendations = _without_summaries(similarity, recommendations)
    addressees = Addressees(document, text)
    told = addressees.renderings(recommendations)
    recommendations = [r for i, r in enumerate(recommendations) if i not in told]
    candidates, paired = _paired_places(text, similarity, recommendations, addressees, repeated)
    adviser = _main_adviser(text)
    found = []
    for number, recommendation in enumerate(recommendations):
        places = paired[number]
        if not candidates[number] and _is_paired_elsewhere(
            text, similarity, recommendations, paired, number
        ):
            continue
        views = tuple(text.view(place) for place in places)
        stances = tuple(dict.fromkeys(view.label.stance for view in views))
        advice = recommendation_view(text, document, recommendation, adviser)
        found.append(Reaction(advice, views, stances, status_of(views)))
    return tuple(found)


def _paired_places(
    text: LabelledText,
    similarity: DocumentSimilarity,
    recommendations: Sequence[Recommendation],
    addressees: Addressees,
    repeated: Mapping[int, Recommendation],
) -> tuple[list[list[int]], list[list[int]]]:
    """Return, for each recommendation, what may react to it, and what surely does, by place."""
    if not addressees.has_cabinet:
        none: list[list[int]] = [[] for _ in recommendations]
        return none, none
    pairing = Pairing(text, similarity, recommendations)
    scores, links = pairing.scores(repeated), addressees.of(recommendations)
    path = pairing.best_path(scores, links)
    candidates = _reaction_places(text, recommendations, scores, path, links)
    certainty = PairCertainty(text, similarity, recommendations, pairing, addressees, repeated)
    return candidates, [
        [
            place
            for place, sure in zip(places, certainty.of(number, places), strict=True)
            if sure >= LEAST_CERTAINTY
        ]
        for number, places in enumerate(candidates)
    ]


def status_of(reactions: Sequence[View]) -> Status:
    """Return the status of a recommendation by the stances of the reactions to it, in order.

    Explanations do not count. A promise to find something out counts as research.
    """
    stances = [
        _counted_stance(view) for view in reactions if view.label.stance in _REACTION_STANCES
    ]
    known = set(stances)
    agrees = known & {Stance.SUPPORT, Stance.PARTIAL, Stance.COMMITMENT}
    decides = (Stance.SUPPORT, Stance.PARTIAL, Stance.RESEARCH, Stance.REJECTION, Stance.DEFERRED)
    # A commitment after a rejection offers something else instead.
    refused = stances.index(Stance.REJECTION) if Stance.REJECTION in known else len(stances)
    partly = {Stance.SUPPORT, Stance.PARTIAL} & known or Stance.COMMITMENT in stances[:refused]
    last = next((stance for stance in reversed(stances) if stance in decides), None)
    rules = (
        (not known, Status.NONE),
        (Stance.REJECTION in known and bool(partly), Status.PARTLY),
        (Stance.REJECTION in known, Status.REJECTED),
        (last is Stance.DEFERRED, Status.DEFERRED),
        (Stance.RESEARCH in known, Status.RESEARCH),
        (Stance.PARTIAL in known, Status.PARTLY),
        (bool(agrees) and Stance.RESERVATION not in known, Status.TAKEN),
        # Support with a reservation, a reservation alone, or only existing measures.
        (True, Status.PARTLY),
    )
    return next(status for holds, status in rules if holds)


def _counted_stance(view: View) -> Stance:
    text, stance = view.quote.text, view.label.stance
    if stance is Stance.COMMITMENT and asks_for_research(text):
        return Stance.RESEARCH
    agrees = stance in (Stance.COMMITMENT, Stance.SUPPORT)
    return Stance.RESEARCH if agrees and _FINDS_OUT.search(text) else stance


def _main_adviser(text: LabelledText) -> Label | None:
    """Return a label of the main adviser, by its own name if possible."""
    labels = [each.label for each in text.sentences]
    advice = Counter(label.holder for label in labels if label.stance is Stance.ADVICE)
    holder = advice.most_common(1)[0][0] if advice else Holder.ADVISOR
    named = [label for label in labels if label.holder_name]
    # An audit office is of another kind than an advisory council, but it advises too.
    own = [each for each in named if each.holder is holder] or [
        each for each in named if each.holder is Holder.OTHER and each.stance is Stance.ADVICE
    ]
    names = Counter(label.holder_name for label in own)
    best = max(names, key=lambda name: (not names_nobody(name), names[name]), default="")
    return next((label for label in own if label.holder_name == best), None)


def _repeated_by_cabinet(
    text: LabelledText,
    similarity: DocumentSimilarity,
    recommendations: Sequence[Recommendation],
) -> dict[int, Recommendation]:
    """Return the recommendations that sentences of the cabinet repeat, by place.

    A recommendation that is an overview of many things is left out: the repeated one is specific.
    """
    found: dict[int, Recommendation] = {}
    own = [r for r in recommendations if not r.embedded and not is_overview(r.words(text))]
    for embedded in (r for r in recommendations if r.embedded):
        place, clause = embedded.first, repeated_words(text.text(embedded.first))
        for other in (r for r in own if r.first < place):
            same = is_headed(embedded.section) and other.section == embedded.section
            same = same or similarity.to(other)[place] >= _LEAST_SAME_EMBEDDED
            if same or similarity.covered(clause, other.words(text)) >= _LEAST_SAME:
                found[place] = other
    return found


def _without_summaries(
    similarity: DocumentSimilarity, recommendations: Sequence[Recommendation]
) -> list[Recommendation]:
    """Return the recommendations without those that a later section repeats."""
    kept = []
    for each in recommendations:
        row = similarity.to(each)
        later = [
            other
            for other in recommendations
            if other.first > each.first and other.section != each.section and not other.heading
        ]
        if not any(row[place] >= _LEAST_SAME for other in later for place in other.places):
            kept.append(each)
    return kept


def _is_paired_elsewhere(
    text: LabelledText,
    similarity: DocumentSimilarity,
    recommendations: Sequence[Recommendation],
    paired: Sequence[Sequence[int]],
    number: int,
) -> bool:
    """Return whether the reaction to a recommendation is paired with the same one elsewhere."""
    own = recommendations[number]
    row, words = similarity.to(own), own.words(text)
    others = [r for i, r in enumerate(recommendations) if i != number and paired[i]]
    chapters = {
        name for other in others if other.section[:1] != own.section[:1] for name in other.section
    }
    if any(similarity.covered(plain_heading(name), words) >= _LEAST_SAME for name in chapters):
        return True
    return any(
        other.section != own.section and row[place] >= _LEAST_SAME_UNPAIRED
        for other in others
        if not other.heading
        for place in other.places
    )


def _reaction_places(
    text: LabelledText,
    recommendations: Sequence[Recommendation],
    scores: NDArray[np.float64],
    path: Sequence[int],
    links: NDArray[np.int8],
) -> list[list[int]]:
    """Return, for each recommendation, the places of the sentences that react to it."""
    paired: list[list[int]] = [[] for _ in recommendations]
    explanations: list[list[int]] = [[] for _ in recommendations]
    for place, number in enumerate(path):
        label = text.sentences[place].label
        if number < 0 or label.holder is not Holder.CABINET:
            continue
        if links[place, number] == CANNOT:
            continue
        own = recommendations[number]
        is_advice = own.places[0] <= place <= own.places[-1]
        if is_advice and not own.embedded and not own.heading:
            continue
        if label.stance in _REACTION_STANCES:
            paired[number].append(place)
        elif label.stance is Stance.EXPLANATION and scores[place, number] >= _LEAST_EXPLANATION:
            explanations[number].append(place)
    for number, recommendation in enumerate(recommendations):
        places = (
            paired[number]
            or _above_all_places(text, recommendations, paired, recommendation)
            or _following_places(text, path, recommendation)
            or _collective_places(text, path, recommendation)
        )
        if places:
            existing = [p for p in places if not text.sentences[p].label.is_cabinet_stance]
            about = scores[:, number]
            places = sorted(
                (set(places) - set(existing))
                | set(_best(about, existing, _MOST_EXISTING))
                | set(_best(about, explanations[number], _MOST_EXPLANATIONS))
            )
        paired[number] = places
    return paired


def _best(scores: NDArray[np.float64], places: Sequence[int], number: int) -> list[int]:
    return sorted(places, key=lambda place: -scores[place])[:number]


def _above_all_places(
    text: LabelledText,
    recommendations: Sequence[Recommendation],
    paired: Sequence[Sequence[int]],
    recommendation: Recommendation,
) -> list[int]:
    """Return the reactions to another option "above all": they hold for this option too."""
    if not recommendation.numbers:
        return []
    for other, places in zip(recommendations, paired, strict=True):
        is_later = other.section == recommendation.section and other.first > recommendation.first
        if not is_later or not other.numbers:
            continue
        for i, place in enumerate(places):
            sentence = text.text(place)
            if _ABOVE_ALL.search(sentence) and numbers_named(sentence) & other.numbers:
                return [place, *(p for p in places[i + 1 :] if points_back(text.text(p)))]
    return []


def _following_places(
    text: LabelledText, path: Sequence[int], recommendation: Recommendation
) -> list[int]:
    """Return the stances right after a recommendation that are about no other one."""
    found: list[int] = []
    place = recommendation.places[-1] + 1
    while not recommendation.heading and text.same_section(place - 1, place) and path[place] < 0:
        label = text.sentences[place].label
        opens = label.is_cabinet_stance and label.stance is not Stance.RESERVATION
        if not (points_back(text.text(place)) if found else opens):
            break
        if label.holder is Holder.CABINET and label.stance in _REACTION_STANCES:
            found.append(place)
        place += 1
    return found


def _collective_places(
    text: LabelledText, path: Sequence[int], recommendation: Recommendation
) -> list[int]:
    """Return the later stances of a chapter on all of its recommendations together."""
    chapter = recommendation.section[:1]
    return [
        place
        for place, each in enumerate(text.sentences)
        if chapter
        and place > recommendation.first
        and path[place] < 0
        and each.label.is_cabinet_stance
        and each.passage.section[:1] == chapter
        and names_all(text.text(place))
    ]
