"""Advice and reaction: each recommendation with the cabinet's sentences that react to it.

`advice` finds the recommendations, `pairing` gives each sentence of the document to the one that
it is about or to none; what the cabinet says among those is its reaction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.labels import asks_for_research
from search.records import CABINET_STANCES, Document, Holder, Label, Reaction, Stance, Status, View
from search.stances.labelled_text import LabelledText
from search.stances.pairing import (
    best_path,
    plain_heading,
    refers_back,
    score,
    similarity_to_advice,
    speaks_of_all,
    unit_words,
)
from search.stances.recommendations import (
    Recommendation,
    advised,
    find_advice,
    is_headed,
    is_overview,
    names_nobody,
    numbers_named,
    taken_up,
)
from search.stances.similarity import Likeness
from search.storage import Index

__all__ = ["reactions_of", "status_of"]

_REACTS = CABINET_STANCES | {Stance.EXISTING}
_SAME = 0.5
"""A likeness from which one advice repeats another."""
_SAME_TAKEN = 0.4
"""The same, for advice within a sentence of the cabinet."""
_SAME_UNREACTED = 0.35
"""The same, for advice to which no reaction was found."""
_SUPPORTS = 0.45
_MOST_SUPPORT, _MOST_EXISTING = 2, 8
"""Explanations and existing measures beside the stances: the ones that are most about it."""
_ABOVE_ALL = re.compile(r"\b(?:met name|vooral|in het bijzonder|bovenal)\b", re.IGNORECASE)
_FINDS_OUT = re.compile(
    r"\b(?:ga|gaan|gaat|zal|zullen|laat|laten|wordt|worden|bereid|verzocht|vraag|vraagt)\b"
    r"[^.;]{0,200}\b(?:bezien|bezie|onderzoeken|onderzocht|verkennen|verkend|uitzoeken|nagaan|na te"
    r" gaan|in kaart (?:te )?(?:brengen|gebracht))\b|\bga(?:at|an)? [^.;]{0,60}\bna\b",
    re.IGNORECASE,
)


def reactions_of(index: Index, document: Document) -> tuple[Reaction, ...]:
    """Pair each recommendation in a document with what the cabinet says to it, in order."""
    running = LabelledText(document, index.passages_of(document.id))
    units = find_advice(running, document)
    if not units:
        return ()
    alike = Likeness(index, running)
    taken = _taken_up(running, alike, units)
    units = [unit for unit in units if not (unit.embedded and unit.first in taken)]
    units = _without_repeated(alike, units)
    about = score(running, alike, units, taken)
    paired = _paired(running, units, about)
    party = _party(running)
    found = []
    for u, unit in enumerate(units):
        if not paired[u] and _is_repeated(running, alike, units, paired, u):
            continue
        views = tuple(running.view(place) for place in paired[u])
        found.append(_reaction(advised(running, document, unit, party), views))
    return tuple(found)


def _reaction(advice: View, views: tuple[View, ...]) -> Reaction:
    stances = tuple(dict.fromkeys(view.label.stance for view in views))
    return Reaction(advice, views, stances, status_of(views))


def status_of(reactions: Sequence[View]) -> Status:
    """Tell what became of a recommendation by the stances of the reactions to it, in order.

    Explanations decide nothing. A promise to find something out counts as research.
    """
    stances = [_weighed(view) for view in reactions if view.label.stance in _REACTS]
    said = set(stances)
    agrees = said & {Stance.SUPPORT, Stance.PARTIAL, Stance.COMMITMENT}
    decides = (Stance.SUPPORT, Stance.PARTIAL, Stance.RESEARCH, Stance.REJECTION, Stance.DEFERRED)
    # A promise behind a refusal is another thing that is offered instead.
    refused = stances.index(Stance.REJECTION) if Stance.REJECTION in said else len(stances)
    partly = {Stance.SUPPORT, Stance.PARTIAL} & said or Stance.COMMITMENT in stances[:refused]
    last = next((stance for stance in reversed(stances) if stance in decides), None)
    rules = (
        (not said, Status.NONE),
        (Stance.REJECTION in said and bool(partly), Status.PARTLY),
        (Stance.REJECTION in said, Status.REJECTED),
        (last is Stance.DEFERRED, Status.DEFERRED),
        (Stance.RESEARCH in said, Status.RESEARCH),
        (Stance.PARTIAL in said, Status.PARTLY),
        (bool(agrees) and Stance.RESERVATION not in said, Status.TAKEN),
        # Support with a reservation, a reservation alone, or only what is done already.
        (True, Status.PARTLY),
    )
    return next(status for holds, status in rules if holds)


def _weighed(view: View) -> Stance:
    text, stance = view.quote.text, view.label.stance
    if stance is Stance.COMMITMENT and asks_for_research(text):
        return Stance.RESEARCH
    agrees = stance in (Stance.COMMITMENT, Stance.SUPPORT)
    return Stance.RESEARCH if agrees and _FINDS_OUT.search(text) else stance


def _party(running: LabelledText) -> Label | None:
    """Give a label that names the party that the document reacts to, by its own name if it can."""
    labels = [spoken.label for spoken in running.sentences]
    advice = Counter(label.holder for label in labels if label.stance is Stance.ADVICE)
    holder = advice.most_common(1)[0][0] if advice else Holder.ADVISOR
    named = [label for label in labels if label.holder_name]
    # An audit office is no adviser by its kind, but its recommendations are told as one's.
    own = [each for each in named if each.holder is holder] or [
        each for each in named if each.holder is Holder.OTHER and each.stance is Stance.ADVICE
    ]
    names = Counter(label.holder_name for label in own)
    best = max(names, key=lambda name: (not names_nobody(name), names[name]), default="")
    return next((label for label in own if label.holder_name == best), None)


def _taken_up(
    running: LabelledText, alike: Likeness, units: Sequence[Recommendation]
) -> dict[int, Recommendation]:
    """Give the cabinet's sentences that say an advice which its adviser's sentence says too.

    An overview of many things is none: the one that is taken up is more specific.
    """
    found: dict[int, Recommendation] = {}
    own = [u for u in units if not u.embedded and not is_overview(unit_words(running, u))]
    for unit in (u for u in units if u.embedded):
        place, clause = unit.first, taken_up(running.text(unit.first))
        for other in (u for u in own if u.first < place):
            same = is_headed(unit.section) and other.section == unit.section
            same = same or similarity_to_advice(alike, other)[place] >= _SAME_TAKEN
            if same or alike.covered(clause, unit_words(running, other)) >= _SAME:
                found[place] = other
    return found


def _without_repeated(alike: Likeness, units: list[Recommendation]) -> list[Recommendation]:
    """Leave out advice of a summary that a later section repeats."""
    kept = []
    for unit in units:
        row = similarity_to_advice(alike, unit)
        later = [
            other
            for other in units
            if other.first > unit.first and other.section != unit.section and not other.heading
        ]
        if not any(row[place] >= _SAME for other in later for place in other.places):
            kept.append(unit)
    return kept


def _is_repeated(
    running: LabelledText,
    alike: Likeness,
    units: Sequence[Recommendation],
    paired: Sequence[Sequence[int]],
    u: int,
) -> bool:
    """Tell whether advice without a reaction is one that got it elsewhere, in other words."""
    row, words = similarity_to_advice(alike, units[u]), unit_words(running, units[u])
    chapters = {
        name
        for i, other in enumerate(units)
        if paired[i] and other.section[:1] != units[u].section[:1]
        for name in other.section
    }
    if any(alike.covered(plain_heading(name), words) >= _SAME for name in chapters):
        return True
    return any(
        paired[i] and other.section != units[u].section and row[place] >= _SAME_UNREACTED
        for i, other in enumerate(units)
        if i != u and not other.heading
        for place in other.places
    )


def _paired(
    running: LabelledText, units: Sequence[Recommendation], about: NDArray[np.float64]
) -> list[list[int]]:
    """Give, for each unit, the places of the sentences that react to it."""
    path = best_path(running, units, about)
    paired: list[list[int]] = [[] for _ in units]
    support: list[list[int]] = [[] for _ in units]
    for place, u in enumerate(path):
        label = running.sentences[place].label
        said = u >= 0 and units[u].places[0] <= place <= units[u].places[-1]
        if u < 0 or (said and not units[u].embedded and not units[u].heading):
            continue
        if label.holder is not Holder.CABINET:
            continue
        if label.stance in _REACTS:
            paired[u].append(place)
        elif label.stance is Stance.EXPLANATION and about[place, u] >= _SUPPORTS:
            support[u].append(place)
    for u, unit in enumerate(units):
        if not paired[u]:
            paired[u] = _to_siblings(running, units, paired, unit)
        if not paired[u]:
            paired[u] = _right_behind(running, path, unit)
        if not paired[u]:
            paired[u] = _to_all(running, path, unit)
        if paired[u]:
            existing = [p for p in paired[u] if not running.sentences[p].label.is_cabinet_stance]
            stances = set(paired[u]) - set(existing)
            paired[u] = sorted(
                stances
                | set(_most(about[:, u], existing, _MOST_EXISTING))
                | set(_most(about[:, u], support[u], _MOST_SUPPORT))
            )
    return paired


def _most(about: NDArray[np.float64], places: Sequence[int], number: int) -> list[int]:
    return sorted(places, key=lambda place: -about[place])[:number]


def _to_siblings(
    running: LabelledText,
    units: Sequence[Recommendation],
    paired: Sequence[Sequence[int]],
    unit: Recommendation,
) -> list[int]:
    """Give the reactions to one option that are said "above all" of it: also of the others."""
    if not unit.numbers:
        return []
    for other, places in zip(units, paired, strict=True):
        if other.section != unit.section or other.first <= unit.first or not other.numbers:
            continue
        for i, place in enumerate(places):
            text = running.text(place)
            if _ABOVE_ALL.search(text) and numbers_named(text) & other.numbers:
                return [place, *(p for p in places[i + 1 :] if refers_back(running.text(p)))]
    return []


def _right_behind(running: LabelledText, path: Sequence[int], unit: Recommendation) -> list[int]:
    """Give the stances that open the next paragraph, where they are on no other advice."""
    found: list[int] = []
    place = unit.places[-1] + 1
    while not unit.heading and running.same_section(place - 1, place) and path[place] < 0:
        label = running.sentences[place].label
        opens = label.is_cabinet_stance and label.stance is not Stance.RESERVATION
        if not (refers_back(running.text(place)) if found else opens):
            break
        if label.holder is Holder.CABINET and label.stance in _REACTS:
            found.append(place)
        place += 1
    return found


def _to_all(running: LabelledText, path: Sequence[int], unit: Recommendation) -> list[int]:
    """Give the cabinet's stances on all advice of a chapter, for one that it doesn't name."""
    return [
        place
        for place, spoken in enumerate(running.sentences)
        if place > unit.first
        and path[place] < 0
        and spoken.label.is_cabinet_stance
        and spoken.passage.section[:1] == unit.section[:1]
        and unit.section[:1]
        and speaks_of_all(running.text(place))
    ]
