"""Where the cabinet may have changed its position: two stances on one thing that point apart.

Only what the cabinet says in its own documents counts: never a motion, an MP, or what a document
says of the cabinet before or after. That two sentences are about the same thing is told by the
words that they share and by their vectors. The bounds are set so that hardly a false pair passes;
most true ones do not pass either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from search.dutch import analyse, fold
from search.records import AuthorKind, Direction, Holder, Moment, PositionChange
from search.retrieval import coverage
from search.storage import Index, term_weight

__all__ = ["changes_in"]

_LEAST_SHARED = 0.45
"""Least share of the weight of their words that two sentences have in common."""
_LEAST_COSINE = 0.72
_LEAST_RARITY = 1.0
"""Least sum of how rare the words in common are; a word of a single passage counts 1."""
_LEAST_PROBABILITY = 0.25
"""Least probability of each label."""
_SURE_SHARED = 0.65
"""Share of common weight from which two sentences are taken to be about one thing."""
_MOST = 3
"""Pairs that are offered; more would be a list to go through."""
_OTHER_CABINETS = ("volgend kabinet", "vorig kabinet")
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})"), re.compile(rf"\b(?:{other})"))
    for one, other in (
        ("invoer|ingevoer|voert|behou|handha|voortzet", "afschaf|afgeschaf|schaft|intrek|schrap"),
        ("voortzet|voortgezet|doorga|behou|handha", "beeindig|stop|staak"),
        ("verho|hoger", "verla|lager"),
        ("uitbrei|uitgebrei|versterk|verruim", "beperk|vermind|krimp|inkrimp|versober"),
        ("open", "slui|geslot"),
        ("toesta|toegesta", "verb[io]"),
        ("versoepel", "aanscherp|aangescherp"),
    )
)
"""Words of which the one undoes the other: who is for the one and against the other has not
changed position."""


@dataclass(frozen=True, slots=True)
class _Stance:
    """A stance of the cabinet as it is compared: its terms, its vector, its words, its names."""

    moment: Moment
    terms: frozenset[str]
    cues: frozenset[str]
    """The terms of the words that decided its label."""
    vector: NDArray[np.float32]
    words: str
    names: frozenset[str]


def changes_in(index: Index, moments: Sequence[Moment]) -> tuple[PositionChange, ...]:
    """Return pairs of cabinet stances on what seems one thing that point apart, surest first.

    The two are from different documents of different dates; of two documents there is one pair.
    """
    own = [moment for moment in moments if _counts(moment)]
    directions = {moment.direction for moment in own}
    if not directions >= {Direction.FOR, Direction.AGAINST}:
        return ()
    stances = list(_stances(index, own))
    weights = _weights(index, stances)
    pairs = product(
        (each for each in stances if each.moment.direction is Direction.FOR),
        (each for each in stances if each.moment.direction is Direction.AGAINST),
    )
    best: dict[frozenset[str], PositionChange] = {}
    for one, other in pairs:
        change = _change(one, other, weights)
        if change is None:
            continue
        both = frozenset((_document(one.moment), _document(other.moment)))
        if both not in best or best[both].probability < change.probability:
            best[both] = change
    return tuple(sorted(best.values(), key=lambda change: -change.probability)[:_MOST])


def _counts(moment: Moment) -> bool:
    """Return whether a moment is a stance of this cabinet in a document of its own."""
    label = moment.view.label
    return (
        bool(moment.date)
        and label.holder is Holder.CABINET
        and label.holder_name not in _OTHER_CABINETS
        and label.probability >= _LEAST_PROBABILITY
        and moment.direction is not Direction.NEUTRAL
        and moment.view.metadata.author_kind is AuthorKind.CABINET
    )


def _stances(index: Index, moments: Iterable[Moment]) -> Iterator[_Stance]:
    """Yield each stance with its terms and the vector of its sentence."""
    rows: dict[tuple[str, int], NDArray[np.float32]] = {}
    for document in dict.fromkeys(map(_document, moments)):
        passages = index.passages_of(document)
        vectors = index.sentence_rows(passages)
        for passage in passages:
            for sentence, row in zip(passage.sentences, vectors[passage.id], strict=True):
                rows[document, sentence.start] = row
    for moment in moments:
        quote = moment.view.quote
        terms = frozenset(analyse(quote.text))
        cues = (
            quote.text[cue.start - quote.start : cue.end - quote.start]
            for cue in moment.view.label.cues
        )
        yield _Stance(
            moment,
            terms,
            frozenset(analyse(" ".join(cues))),
            rows[quote.document, quote.start],
            fold(quote.text),
            _names(quote.text),
        )


def _names(text: str) -> frozenset[str]:
    """Return the names in a sentence, and what is half a number: "Wolvega", "A13"."""
    words = (word.strip(".,;:()‘’“”'\"") for word in text.split()[1:])
    return frozenset(
        word
        for word in words
        if word[:1].isupper() or (any(map(str.isalpha, word)) and any(map(str.isdigit, word)))
    )


def _weights(index: Index, stances: Iterable[_Stance]) -> Mapping[str, float]:
    """Return how rare each term is, from 0 to 1."""
    terms = sorted({term for each in stances for term in each.terms})
    found, total = index.frequencies(terms), index.manifest.passages
    rarest = term_weight(total, 1)
    return {term: min(1.0, term_weight(total, found.get(term, 1)) / rarest) for term in terms}


def _change(one: _Stance, other: _Stance, weights: Mapping[str, float]) -> PositionChange | None:
    """Return the change that two stances may be, or None."""
    if _document(one.moment) == _document(other.moment) or one.moment.date == other.moment.date:
        return None
    if float(one.vector @ other.vector) < _LEAST_COSINE:
        return None
    shared = _shared(one, other, weights)
    if shared < _LEAST_SHARED or _cancel_out(one.words, other.words):
        return None
    if one.names and other.names and one.names.isdisjoint(other.names):
        return None
    same = min(1.0, shared / _SURE_SHARED)
    labels = one.moment.view.label.probability * other.moment.view.label.probability
    earlier, later = sorted((one.moment, other.moment), key=lambda moment: moment.date)
    return PositionChange(earlier, later, same * math.sqrt(labels))


def _shared(one: _Stance, other: _Stance, weights: Mapping[str, float]) -> float:
    """Return the share of weight that two stances have in common; 0 if only common words are."""
    # "Die mening deel ik" and "die mening deel ik niet" have only the stance itself in common.
    subject = (one.terms & other.terms) - (one.cues & other.cues)
    if sum(weights[term] for term in subject) < _LEAST_RARITY:
        return 0.0
    there = coverage(tuple(sorted(one.terms)), weights, other.terms)
    back = coverage(tuple(sorted(other.terms)), weights, one.terms)
    return math.sqrt(there * back)


def _cancel_out(one: str, other: str) -> bool:
    """Return whether two sentences are about opposite things, as "verhogen" and "verlagen" are."""
    for first, second in _OPPOSITES:
        left, right = bool(first.search(one)), bool(first.search(other))
        opposed_left, opposed_right = bool(second.search(one)), bool(second.search(other))
        if (left and opposed_right and not right and not opposed_left) or (
            right and opposed_left and not left and not opposed_right
        ):
            return True
    return False


def _document(moment: Moment) -> str:
    return moment.view.quote.document
