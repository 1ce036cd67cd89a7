"""Which recommendation each sentence of a document is about.

The best path through the text (Viterbi), where it pays to be like a recommendation, to stand
under its heading or to call it by number, and to stay with the one that the sentence before was
about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.records import Holder
from search.stances.labelled_text import LabelledText
from search.stances.recommendations import Recommendation, is_headed, numbers_named
from search.stances.similarity import Likeness

__all__ = [
    "best_path",
    "plain_heading",
    "refers_back",
    "score",
    "similarity_to_advice",
    "speaks_of_all",
    "unit_words",
]

_HEADING = 0.2
"""What a heading adds that has the words of the advice."""
_LED = 0.3
"""What of that counts where the chapter has advice of its own."""
_TURN = 0.06
"""What it costs, in such a chapter, to open a paragraph that points to nothing before it."""
_NEAR = 0.18
"""What it adds to stand under the heading of the advice, or under one below it."""
_UNDER = 0.3
"""The same, where the heading is that of this one advice ("Aanbeveling 2")."""
_SECTION = 0.8
"""What the likeness of a whole section adds to that of each of its sentences."""
_NUMBER = 0.8
"""What it adds to call it by its number, or to say it once more."""
_TO_ALL = 0.2
"""What it adds to speak of "the recommendations"."""
_EARLY = 0.3
"""What it costs to stand before the advice."""
_LEAST = 0.31
"""What a sentence must reach to be about a recommendation."""
_NEXT, _BACK, _BLOCK = 0.45, 0.34, 0.2
"""What it adds to stay with the advice of the sentence before: right behind the advice, pointing
back, and in the same paragraph."""
_NOTHING = 0.5
"""Share of that to stay with none; elsewhere than in a chapter with advice of its own, only for
a sentence that points back."""
_FORCED = 10.0
_COLLECTIVE = re.compile(
    r"\b(?:\w+-)?(?:aanbevelingen|adviezen)\b|\b(?:deze|alle|genoemde) voorstellen\b"
    r"|\bvoorstellen\b.{0,40}\bop dit (?:thema|punt|terrein|onderwerp)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^\W*(?:Dit|Dat|Deze|Die|Hier|Daar|Hier\w+|Daar\w+|Desalniettemin|Niettemin|Toch|Zij|Hij"
    r"|Wel|Maar|Bovendien|Tegelijkertijd|Vooruitlopend|Besluitvorming)\b"
    r"|\b(?:deze|dit|die|dat|dergelijke?|genoemde) (?:laatste )?(?:optie|advies|aanbeveling"
    r"|voorstel|suggestie|punt|vraag|wens|oproep|werkwijze|norm)\b"
    r"|\b(?:echter|hierover|hiervoor|daarvoor|hierop|daarop|hiertoe|daartoe|hiermee|daarmee)\b"
)
_PLAIN = re.compile(
    r"^\W*(?:(?:thema|deel|hoofdstuk|onderdeel|paragraaf|aanbeveling|advies)\b)?\s*"
    r"(?:[\d.]+|[a-z]\b)?\s*[:.)-]?\s*",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:inleiding|aanleiding|tot slot|slot|vervolg|conclusies?|reactie|appreciatie|beleidsreactie"
    r"|kabinetsreactie|samenvatting|het (?:rapport|advies)|aanbevelingen(?: en reactie)?|reactie op"
    r" de \w+|appreciatie van het \w+)\W*$",
    re.IGNORECASE,
)
"""Headings that tell what a section does, not what it is about."""


def unit_words(running: LabelledText, unit: Recommendation) -> str:
    """Give the words of a recommendation."""
    return unit.heading or " ".join(running.text(place) for place in unit.places)


def similarity_to_advice(alike: Likeness, unit: Recommendation) -> NDArray[np.float64]:
    """Give how much each sentence is like a recommendation, from 0 to 1."""
    return alike.of(unit.places, unit.heading)


def plain_heading(heading: str) -> str:
    """Give a heading without its number ("Thema 2: Zorg" is about "Zorg")."""
    return _PLAIN.sub("", heading)


def refers_back(sentence: str) -> bool:
    """Tell whether a sentence takes up the one before it ("Dit vraagt om ...")."""
    return bool(_REFERS.search(sentence))


def speaks_of_all(sentence: str) -> bool:
    """Tell whether a sentence is about the recommendations together."""
    return bool(_COLLECTIVE.search(sentence))


def score(
    running: LabelledText,
    alike: Likeness,
    units: Sequence[Recommendation],
    taken: Mapping[int, Recommendation],
) -> NDArray[np.float64]:
    """Score how much each sentence is about each unit, by its words, heading and numbers.

    `taken` gives the unit of the sentences that say an advice once more.
    """
    scores = np.array([similarity_to_advice(alike, unit) for unit in units]).T
    means = _section_means(running, units, scores)
    headings: dict[tuple[str, ...], list[tuple[float, float]]] = {}
    for place, spoken in enumerate(running.sentences):
        path, text = spoken.passage.section, running.text(place)
        if path not in headings:
            headings[path] = [_heading(running, alike, path, unit) for unit in units]
        if speaks_of_all(text):
            # What it is about, it says by its place.
            scores[place] = [
                _TO_ALL if inside or words else 0.0 for inside, words in headings[path]
            ]
        led = _is_led(running, units, place)
        anew = _TURN if led and _turns(running, place) else 0.0
        scores[place] += [
            inside + (_LED * words if led and not inside else words) - anew
            for inside, words in headings[path]
        ]
        for number in numbers_named(text):
            called = [u for u, x in enumerate(units) if number in x.numbers and x.first < place]
            scores[place, called[-1:]] += _NUMBER
        scores[place] -= [_EARLY if place < unit.first else 0.0 for unit in units]
    for place, unit in taken.items():
        scores[place, [u for u, other in enumerate(units) if other is unit]] += _NUMBER
    return np.asarray(scores + _SECTION * means)


def _holds(unit: Recommendation, path: tuple[str, ...]) -> bool:
    """Tell whether a section is that of an advice, or one below it."""
    return bool(unit.section) and path[: len(unit.section)] == unit.section


def _is_led(running: LabelledText, units: Sequence[Recommendation], place: int) -> bool:
    """Tell whether the chapter of a sentence has advice of its own before it."""
    path = running.sentences[place].passage.section
    return any(_holds(unit, path) and unit.first <= place for unit in units)


def _turns(running: LabelledText, place: int) -> bool:
    """Tell whether a sentence opens a paragraph, and not by pointing back."""
    if place and running.block(place) == running.block(place - 1):
        return False
    return not refers_back(running.text(place))


def _section_means(
    running: LabelledText, units: Sequence[Recommendation], alike: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give, for each sentence, how much its section is about each unit, on the whole.

    Only for what stands before any advice of that section: behind it, the text goes from one
    advice to the next.
    """
    means = np.zeros(alike.shape)
    first: dict[tuple[str, ...], int] = {}
    for unit in reversed(units):
        first[unit.section] = unit.first
    places: dict[tuple[str, ...], list[int]] = {}
    for place, spoken in enumerate(running.sentences):
        path = spoken.passage.section
        if spoken.label.holder is Holder.CABINET and place < first.get(path, place + 1):
            places.setdefault(path, []).append(place)
    for own in places.values():
        means[own] = alike[own].mean(axis=0)
    return means


def _heading(
    running: LabelledText, alike: Likeness, path: tuple[str, ...], unit: Recommendation
) -> tuple[float, float]:
    """Score a sentence's headings: do they hold the advice, and do they have its words?"""
    inside = _holds(unit, path)
    numbered = {n for heading in path if is_headed((heading,)) for n in numbers_named(heading)}
    if (inside and is_headed(unit.section)) or numbered & unit.numbers:
        return _UNDER, 0.0
    words = unit_words(running, unit)
    best = 0.0
    for depth in range(len(unit.section) if inside else 0, len(path)):
        heading = plain_heading(path[depth])
        if not _GENERAL.match(heading):
            best = max(best, alike.covered(heading, words, " ".join(path[:depth])))
    return (_NEAR if inside else 0.0), _HEADING * best


def best_path(
    running: LabelledText, units: Sequence[Recommendation], about: NDArray[np.float64]
) -> list[int]:
    """Give the unit of each sentence, -1 for none: the best path (Viterbi)."""
    gains = np.column_stack([about - _LEAST, np.zeros(len(about))])
    for u, unit in enumerate(units):
        if not unit.heading:
            gains[list(unit.places), u] = _FORCED
    came = np.zeros(gains.shape, dtype=np.int64)
    best = gains[0].copy()
    for place in range(1, len(gains)):
        stays = _stays(running, place)
        stayed = best + (_NEXT if _is_answer(running, units, place) else stays)
        if _is_led(running, units, place) or refers_back(running.text(place)):
            stayed[-1] = best[-1] + _NOTHING * stays
        else:
            stayed[-1] = best[-1]
        switched = int(np.argmax(best))
        came[place] = np.where(stayed >= best[switched], np.arange(len(best)), switched)
        best = np.maximum(stayed, best[switched]) + gains[place]
    path = [int(np.argmax(best))]
    for place in range(len(gains) - 1, 0, -1):
        path.append(int(came[place, path[-1]]))
    return [u if u < len(units) else -1 for u in reversed(path)]


def _stays(running: LabelledText, place: int) -> float:
    """Give what it adds that a sentence stays with what the one before it was about."""
    if not running.same_section(place, place - 1):
        return 0.0
    block = running.block(place) == running.block(place - 1)
    if refers_back(running.text(place)):
        return _BACK if block else _BLOCK
    return _BLOCK if block else 0.0


def _is_answer(running: LabelledText, units: Sequence[Recommendation], place: int) -> bool:
    """Tell whether the cabinet speaks right behind one advice, not behind a row of them."""
    said = [unit for unit in units if not unit.heading and unit.places[-1] < place][-2:]
    if not said or said[-1].places[-1] != place - 1:
        return False
    if running.block(place) != running.block(place - 1):
        return False
    alone = len(said) < 2 or said[0].places[-1] < said[1].first - 1
    return alone and running.sentences[place].label.holder is Holder.CABINET
