"""Finds passages of several documents that say the same, word for word or nearly so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from search.records import Passage, Span

__all__ = [
    "DuplicateGroup",
    "group_duplicates",
    "holds_words",
    "nearly_holds",
    "nearly_same",
    "place_of_words",
    "placed_words",
    "repeated",
    "shares_words",
]

_FEWEST_WORDS = 8
"""Words of a text that is called the same as another: "Zie voetnoot 2." says nothing by itself."""
_FEWEST_NEAR = 6
_LEAST_ALIKE = 0.85
"""Share of their words that two nearly equal texts have in common, in order."""
_LEAST_COMMON = 0.7
"""Share of the words below which their order is not looked at, to save time."""
_LEAST_SHARED = 0.6
"""Share of the distinct words of a sentence in a text that may hold nearly the same sentence."""
_SHINGLE_WORDS = 4
_LEAST_CONTAINED = 0.8
"""Share of the shorter text's shingles that a nearly equal text must hold."""

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_LETTERS = rf"(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])+"
_WORD = re.compile(
    r"\[\^?\d{1,3}\]"
    rf"|{_LETTERS}(?:(?:['’‘‐‑-]|(?<=\d)[.,](?=\d)){_LETTERS})*"
    r"|[%‰€$£§°+=<>±×]"
)
"""A footnote's mark, a word or a number, or a sign that has a meaning of its own."""
_FORMS = str.maketrans("’‘‐‑", "''--", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_RAISED = re.compile(r"(?:^|(?<=[^\W\d_]{3}))[⁰¹²³⁴-⁹]+$")
"""The mark of a footnote after a word; what follows a unit ("m²") is a power."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """A passage to show, the best rank of the group, and the copies of that passage."""

    shown: int
    rank: int
    copies: tuple[int, ...]


def group_duplicates(ranked: Sequence[Passage]) -> list[DuplicateGroup]:
    """Return groups of passages of different documents with the same words, by their best rank.

    Two passages have the same words if they are equal but for case, punctuation, white space and
    footnote marks, or if one holds the other whole. The longest is shown, so that nothing is lost;
    of those about as long that hold each other, the one that ranks highest. The fields of a group
    are indices into `ranked`.
    """
    keys = [_key(passage.text) for passage in ranked]
    groups: list[list[int]] = []
    longest: list[int] = []
    for i, passage in enumerate(ranked):
        # All of a group are within its longest, so that what holds for that one holds for all.
        home = next(
            (
                number
                for number, group in enumerate(groups)
                if _one_holds_other(keys[i], keys[longest[number]])
                and all(ranked[j].document != passage.document for j in group)
            ),
            None,
        )
        if home is None:
            groups.append([i])
            longest.append(i)
        else:
            groups[home].append(i)
            if len(keys[i]) > len(keys[longest[home]]):
                longest[home] = i
    made = []
    for group, most in zip(groups, longest, strict=True):
        shown = next(i for i in group if keys[i] == keys[most])
        made.append(DuplicateGroup(shown, group[0], tuple(i for i in group if i != shown)))
    return made


def repeated(texts: Sequence[str], passages: Sequence[Passage]) -> list[list[int]]:
    """Return, for the text of each passage, the passages of other documents with its words.

    A text is a part of its passage, such as the sentences that answer. The numbers returned are
    indices into `passages`, the first of each other document.
    """
    keys = [_key(passage.text) for passage in passages]
    found: list[list[int]] = []
    for text, passage in zip(texts, passages, strict=True):
        key = _key(text)
        seen = {passage.document}
        same = []
        for j, other in enumerate(passages):
            if key and other.document not in seen and key in keys[j]:
                seen.add(other.document)
                same.append(j)
        found.append(same)
    return found


def holds_words(text: str, part: str) -> bool:
    """Return whether a text has the words of another, all of them and in a row."""
    key = _key(part)
    return bool(key) and key in _key(text)


def place_of_words(text: str, part: str) -> Span | None:
    """Return where a text has the words of another, from the first word to the end of the last."""
    wanted = [word for word, _, _ in placed_words(part)]
    placed = list(placed_words(text))
    words = [word for word, _, _ in placed]
    for at in range(len(words) - len(wanted) + 1 if wanted else 0):
        if words[at : at + len(wanted)] == wanted:
            return Span(placed[at][1], placed[at + len(wanted) - 1][2])
    return None


def nearly_same(one: str, other: str) -> bool:
    """Return whether two texts have nearly all their words in common, in the same order."""
    first, second = _words(one), _words(other)
    shorter, longer = sorted((len(first), len(second)))
    if shorter < _FEWEST_NEAR or shorter < _LEAST_COMMON * longer:
        return False
    words, others = _distinct(first), _distinct(second)
    if len(words & others) < _LEAST_COMMON * max(len(words), len(others)):
        return False
    alike = Indel.normalized_similarity(first, second, score_cutoff=_LEAST_ALIKE)
    return bool(alike >= _LEAST_ALIKE)


def nearly_holds(one: str, other: str) -> bool:
    """Return whether the longer of two texts nearly holds the shorter one.

    It does if it has four fifths of the runs of four words of the shorter one.
    """
    here, there = _shingles(_words(one)), _shingles(_words(other))
    shorter = min(len(here), len(there))
    return shorter > 0 and len(here & there) >= _LEAST_CONTAINED * shorter


def shares_words(text: str, part: str) -> bool:
    """Return whether a text has so many words of another that it may nearly hold it.

    A quick look that rules out most texts before their sentences are compared.
    """
    words = _distinct(_words(part))
    return len(words & _distinct(_words(text))) >= _LEAST_SHARED * len(words) > 0


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text in the form in which they are compared, with start and end."""
    for found in _WORD.finditer(text):
        word = _form(found.group().lower())
        if word:
            yield word, found.start(), found.end()


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    found = _WORD.findall(text.lower())
    return tuple(word for each in found if (word := _form(each)))


def _form(word: str) -> str:
    """Return a word in small letters as it is compared; a footnote's mark is no word."""
    if word.isascii():
        return "" if word[0] == "[" else word
    return _RAISED.sub("", unicodedata.normalize("NFC", word.translate(_FORMS)))


@lru_cache(maxsize=512)
def _key(text: str) -> str:
    """Return a text's words as one text, of which a part has the same words; empty for few."""
    words = _words(text)
    return f" {' '.join(words)} " if len(words) >= _FEWEST_WORDS else ""


def _one_holds_other(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


@lru_cache(maxsize=512)
def _shingles(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(
        tuple(words[i : i + _SHINGLE_WORDS]) for i in range(len(words) - _SHINGLE_WORDS + 1)
    )


@lru_cache(maxsize=512)
def _distinct(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
