"""Who answers whom: which recommendations a sentence can be a reaction to.

A reaction is the cabinet's own words. In the answers to an MP it is about the question that is
answered, in a debate about the motion or the member that the minister names, in a report on an
advice about the part of the advice right before it. Elsewhere it may be about any recommendation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from search.labels import Voice, statements_of, voices_of
from search.records import Document, Holder
from search.stances.labelled_text import LabelledText
from search.stances.recommendations import Recommendation

__all__ = ["CANNOT", "MAY", "NAMED", "Addressees"]

CANNOT, MAY, NAMED = 0, 1, 2
"""What the form of a text says of a sentence and a recommendation: the sentence can't be a reaction
to it, it may be one, or it is a reaction to this one, or to one of very few."""

_NUMBER_GIVEN = re.compile(
    r"\bkrijgt (?:het )?(?:stuk)?(?:nr\.|nummer) ?(\d{1,4})\b", re.IGNORECASE
)
_NUMBER_NAMED = re.compile(r"\b(?:stuk )?(?:nr\.|nummer) ?(\d{1,4})\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:vroeg(?:en)?|vraagt|gevraagd|verzoekt|verzocht|vra(?:ag|gen) van|roept\b.{1,80}\bop"
    r"|motie\b.{0,80}\b(?:gaat over|roept))\b",
    re.IGNORECASE,
)
"""With the name of a member or a motion: what was asked, not yet what the minister says of it."""
_MOTION = re.compile(r"\bmotie\b", re.IGNORECASE)
_PARTY = re.compile(r"^(?P<name>.*?)(?: \((?P<party>[^()]+)\))?$")


class Addressees:
    """The recommendations that each sentence of a document can be a reaction to."""

    def __init__(self, document: Document, text: LabelledText) -> None:
        """Read who speaks in each sentence, and which question it answers."""
        places = [(each.passage.section, each.sentence) for each in text.sentences]
        self._text = text
        self._voices = voices_of(document, places)
        self._statements = statements_of(document, places)
        self._questions = {each.question for each in self._statements if each.question}
        self._is_report = any(voice.section for voice in self._voices)
        self.is_debate = any(_is_member(voice) for voice in self._voices)

    @property
    def has_cabinet(self) -> bool:
        """Return whether the cabinet itself speaks anywhere in the document."""
        return any(map(_is_cabinet, self._voices))

    @property
    def restricts(self) -> bool:
        """Return whether the form of the document says which of them are answered where."""
        return bool(self._questions) or self._is_report or self.is_debate

    def of(self, recommendations: Sequence[Recommendation]) -> NDArray[np.int8]:
        """Return CANNOT, MAY or NAMED for each sentence and each recommendation.

        The shape is (sentences, recommendations).
        """
        speaks = np.array([_is_cabinet(voice) for voice in self._voices])
        links = np.where(speaks[:, None], MAY, CANNOT) * np.ones(len(recommendations), np.int8)
        links = links.astype(np.int8)
        if self._questions:
            self._by_question(links, recommendations)
        elif self._is_report:
            self._by_part(links, recommendations)
        elif self.is_debate:
            self._by_debate(links, recommendations)
        return links

    def _by_question(
        self, links: NDArray[np.int8], recommendations: Sequence[Recommendation]
    ) -> None:
        """Leave only the wishes of the question that is answered, or told within the answer."""
        words = [" ".join(each.words(self._text).split()) for each in recommendations]
        asked = {
            question: [i for i, own in enumerate(words) if own in " ".join(question.split())]
            for question in self._questions
        }
        in_questions = {i for own in asked.values() for i in own}
        homes = [self._statements[each.first].question for each in recommendations]
        for place, statement in enumerate(self._statements):
            own = asked.get(statement.question, [])
            for i in range(len(recommendations)):
                same = homes[i] == statement.question and i not in in_questions
                if not same and i not in own:
                    links[place, i] = CANNOT
            if len(own) == 1:
                links[place, own[0]] = min(links[place, own[0]] * NAMED, NAMED)

    def _by_part(self, links: NDArray[np.int8], recommendations: Sequence[Recommendation]) -> None:
        """Leave only the recommendations of the part of the advice before the reaction."""
        sections = [voice.section for voice in self._voices]
        parts = np.cumsum(
            [bool(a and not b) for a, b in zip(["", *sections], sections, strict=False)]
        )
        owns = np.array([parts[each.first] for each in recommendations])
        for place, own in enumerate(parts):
            same = owns == own
            links[place, ~same] = CANNOT
            if same.sum() == 1:
                links[place, same] = np.minimum(links[place, same] * NAMED, NAMED)

    def renderings(self, recommendations: Sequence[Recommendation]) -> list[int]:
        """Return which recommendations are a minister's words for a motion of the same debate."""
        debate = _Debate(self._text, self._voices, recommendations)
        for place, voice in enumerate(self._voices):
            debate.hear(place, voice)
        numbers = {number for number, own in debate.numbers.items() if own}
        return [
            i
            for i, each in enumerate(recommendations)
            if self._voices[each.first].holder is Holder.CABINET
            and numbers.intersection(_NUMBER_NAMED.findall(each.words(self._text)))
        ]

    def _by_debate(
        self, links: NDArray[np.int8], recommendations: Sequence[Recommendation]
    ) -> None:
        """Leave only what the member or the motion asked that the minister answers."""
        debate = _Debate(self._text, self._voices, recommendations)
        for place, voice in enumerate(self._voices):
            named = debate.hear(place, voice)
            for i, each in enumerate(recommendations):
                if i in named:
                    links[place, i] = min(links[place, i] * named[i], NAMED)
                elif not each.embedded or each.first != place:
                    links[place, i] = CANNOT


def _is_cabinet(voice: Voice) -> bool:
    return voice.holder is Holder.CABINET and not voice.is_quoted


def _is_member(voice: Voice) -> bool:
    return voice.holder is Holder.PARLIAMENT and voice.owns_all


@dataclass(slots=True)
class _Debate:
    """A debate so far: who asked what, and to whom the minister speaks."""

    text: LabelledText
    voices: Sequence[Voice]
    recommendations: Sequence[Recommendation]
    numbers: dict[str, list[int]] = field(default_factory=dict)
    """The recommendations of each motion, by the number that the chair gives it."""
    unnumbered: list[int] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    """The speakers so far, the chair left out; ministers have an empty name."""
    asked: list[int] = field(default_factory=list)
    """The recommendations of the last turn of a member."""
    answered: dict[int, int] = field(default_factory=dict)
    """What the minister speaks about, with how surely."""
    heard: int = 0
    """How many sentences there were."""
    next: list[int] = field(default_factory=list)
    """The recommendations of the motion that the chair says is next."""
    block: int = -1
    """The paragraph of the minister's last sentence."""
    motion_block: int = -1
    """The paragraph in which the minister speaks about a motion."""

    def hear(self, place: int, voice: Voice) -> dict[int, int]:
        """Return the recommendations that the next sentence can be a reaction to: MAY or NAMED."""
        sentence, self.heard = self.text.text(place), place
        if _is_member(voice) or voice.stance is not None:
            self._hear_member(place, voice)
        elif voice.holder is Holder.CABINET:
            is_named = self._hear_minister(sentence, self.text.block(place))
            return {} if is_named and _ASKED.search(sentence) else self.answered
        elif voice.only:
            self._hear_chair(sentence)
        return {}

    def _hear_chair(self, sentence: str) -> None:
        """Note the number that the chair gives to a motion, or the one that is next."""
        if found := _NUMBER_GIVEN.search(sentence):
            self.numbers[found[1]], self.unnumbered = self.unnumbered, []
        else:
            numbers = _NUMBER_NAMED.findall(sentence)
            self.next = [i for n in numbers for i in self.numbers.get(n, ())] or self.next

    def _hear_member(self, place: int, voice: Voice) -> None:
        if not self.turns or self.turns[-1] != voice.name:
            self.turns.append(voice.name)
            self.asked = []
        own = [i for i, each in enumerate(self.recommendations) if each.first == place]
        self.asked += own
        if voice.stance is not None:
            self.unnumbered += own

    def _hear_minister(self, sentence: str, block: int) -> bool:
        """Note whom the minister answers; return whether the sentence names a member or motion."""
        if not self.turns or self.turns[-1]:
            self._begin_answer()
        elif block != self.block:
            # A member who is named is answered in that paragraph, a motion until the next one.
            self.answered = {i: link for i, link in self.answered.items() if link == NAMED}
        self.block = block
        numbers = [n for n in _NUMBER_NAMED.findall(sentence) if n in self.numbers]
        asked = [i for n in numbers for i in self.numbers[n]] or self._told()
        members = self._named(sentence)
        if numbers or asked:
            self.answered, self.motion_block = dict.fromkeys(asked, NAMED), block
        elif members and block != self.motion_block:
            self.answered = dict.fromkeys(self._asked_by(members), MAY)
        return bool(numbers or asked or members or _MOTION.search(sentence))

    def _begin_answer(self) -> None:
        """Begin a turn of the minister: a member who interrupted is answered in it."""
        interrupts = len(self.turns) < 2 or not self.turns[-2]
        motion = {i: link for i, link in self.answered.items() if link == NAMED}
        self.answered = motion | dict.fromkeys(self.asked, MAY) if interrupts else {}
        if self.next:
            self.answered, self.next = dict.fromkeys(self.next, NAMED), []
        self.turns.append("")

    def _told(self) -> list[int]:
        """Return the recommendation that the minister's sentence itself renders, if any."""
        return [
            i
            for i, each in enumerate(self.recommendations)
            if each.first == self.heard and not each.embedded
        ]

    def _asked_by(self, members: Collection[str]) -> list[int]:
        """Return the recommendations so far of some members."""
        return [
            i
            for i, each in enumerate(self.recommendations)
            if each.first < self.heard and self.voices[each.first].name in members
        ]

    def _named(self, sentence: str) -> set[str]:
        """Return the members whose name, or whose party's, a sentence has."""
        found = set()
        for name in {name for name in self.turns if name}:
            parts = _PARTY.match(name)
            known = [part for part in (parts.groups() if parts else ()) if part]
            if any(re.search(rf"\b{re.escape(part)}\b", sentence) for part in known):
                found.add(name)
        return found
