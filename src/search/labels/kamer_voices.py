"""Voices in papers of the Kamer: motions, debates, written consultations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.labels.voice import (
    CABINET,
    CABINET_HEADING,
    CHAIR,
    MINISTER,
    MINISTER_ROLE,
    QUESTION,
    Dialogue,
    Voice,
)
from search.records import Document, Holder, Stance

__all__ = ["KamerVoices", "MotionVoices"]

_ALSO = r"(?:(?:en|tevens|voorts|verder|daarnaast|ook|eveneens|ten \w+|tot slot),? )*"
_REQUEST = re.compile(
    rf"{_ALSO}(?:verzoekt|vraagt|roept|spreekt|draagt|nodigt|besluit|dringt|adviseert|machtigt"
    r"|zegt|stelt|beveelt|waarschuwt|wijst|keurt|neemt)\b",
    re.IGNORECASE,
)
_LATER_REQUEST = re.compile(r"[,;] (?:verzoekt|roept) (?:de regering|het kabinet|de minister)\b")
_GROUND = re.compile(
    rf"{_ALSO}(?:constaterende?|overwegende?|van mening|van oordeel|kennisgenomen|gelet op|gezien"
    r"|gelezen|in overweging|indachtig|\w+ende?,? dat)\b",
    re.IGNORECASE,
)
_MOTION_OPENS = re.compile(
    r"(?:De Kamer\b[\s,]*)?(?:gehoord (?:de|het) [^,;.]*[,;.]?\s*)?", re.IGNORECASE
)
_MOTION_ENDS = re.compile(r"\W*(?:en )?gaat over tot de orde van de dag", re.IGNORECASE)
_EXPLANATION = re.compile(r"toelichting\b\W*(?:\(.*\))?$", re.IGNORECASE)


def _motion_mode(text: str, mode: Stance | None) -> Stance | None:
    """Return what a sentence of a motion does, given what the sentence before did."""
    rest = text[_match_end(_MOTION_OPENS, text) :]
    if not rest or _MOTION_ENDS.match(text):
        return None
    if _REQUEST.match(rest) or _LATER_REQUEST.search(rest):
        return Stance.ADVICE
    if _GROUND.match(rest):
        return Stance.FINDING
    return mode


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


class MotionVoices:
    """A motion is its submitters': what it requests, and what it finds."""

    def __init__(self, document: Document) -> None:
        people = document.metadata.people
        self._names = [p.name for p in people if not p.role or "indiener" in p.role]
        self._voice = Voice(
            Holder.PARLIAMENT, _listed(self._names) or "Kamer", excludes_cabinet=True, only=True
        )
        self._mode: Stance | None = None

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if _EXPLANATION.match(text) or any(map(_EXPLANATION.match, path[-1:])):
            self._mode = Stance.FINDING
        self._mode = _motion_mode(text, self._mode)
        if self._mode is None or text.rstrip(" .,") in self._names or _EXPLANATION.match(text):
            return replace(self._voice, holder=Holder.NONE)
        return replace(self._voice, stance=self._mode)


def _listed(names: Sequence[str]) -> str:
    return " en ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])


_OFFICE = r"(?:(?:Vicem|M)inister(?:-president)?|Staatssecretaris)"
_NAME = (
    r"(?:(?:[a-z’']+ ){0,3}[A-ZÀ-ÞĀ-Ž][\w’'.-]*"
    r"(?: (?:van|de|der|den|ten|ter|te|el|la|in|op|[’'‘]t|[A-ZÀ-ÞĀ-Ž][\w’'.-]*)){0,5})"
)
_TURN = re.compile(
    rf"(?:(?P<chair>De (?:\w+ )?voorzitter)"
    rf"|(?P<office>(?:De )?{_OFFICE}) (?!(?:van|voor) [A-ZÀ-Þ])(?P<official>{_NAME})"
    rf"|(?:De heer|Mevrouw|Het lid|Lid) (?P<member>{_NAME})(?: ?\((?P<party>[^()]{{2,60}})\))?)"
    r"\s*(?P<end>:|$)"
)
_READS_OUT = re.compile(r"De Kamer,", re.IGNORECASE)
_FACTION = re.compile(
    r"\bleden van de (?P<name>.{1,40}?)[- ]?(?:fractie)s?\b"
    r"|\b(?:het|de) (?:lid|leden) (?P<member>[A-Z]\S+)"
)


class KamerVoices:
    """Papers of the Kamer: a turn is its speaker's, an answer the minister's."""

    def __init__(self, document: Document) -> None:
        self._officials = {
            person.name for person in document.metadata.people if MINISTER_ROLE.search(person.role)
        }
        self._kamer = Voice(Holder.PARLIAMENT, "Kamer", excludes_cabinet=True)
        self._is_sitting = document.metadata.kind == "Handelingen"
        self._asks = document.metadata.kind in ("Kamervragen", "Lijst van vragen")
        self._path: tuple[str, ...] = ()
        self._voice = self._default()
        self._mode: Stance | None = None
        self._reads_out = False
        self._member: Voice | None = None
        """The member who spoke last: a motion may be printed after the words of the chair."""
        self._dialogue = Dialogue(document)

    def _default(self) -> Voice:
        return replace(self._kamer, quotes_cabinet=not (self._is_sitting or self._asks))

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        said = self._dialogue.is_answer(path, text)
        if path != self._path:
            self._path = path
            self._begin(self._of_headings(path))
        turn = _TURN.match(text)
        # In a report, a name without a colon may be one of those present.
        if turn and (self._is_sitting or turn["end"]):
            self._begin(self._of_turn(turn))
        if said is not None:
            return MINISTER if said else QUESTION
        if self._member and _READS_OUT.match(text) and self._voice.holder is not Holder.CABINET:
            self._begin(self._member)
        if self._voice.holder is not Holder.PARLIAMENT:
            return self._voice
        return self._in_motion(text)

    def _in_motion(self, text: str) -> Voice:
        """Return the voice, with what the sentence does in a motion that is read out."""
        self._reads_out = self._reads_out or _READS_OUT.match(text) is not None
        if not self._reads_out:
            return self._voice
        self._mode = _motion_mode(text, self._mode)
        self._reads_out = not _MOTION_ENDS.match(text)
        if self._mode is None:
            return replace(self._voice, holder=Holder.NONE, only=True)
        return replace(self._voice, stance=self._mode)

    def _begin(self, voice: Voice) -> None:
        if voice.owns_all and voice.holder is Holder.PARLIAMENT:
            self._member = voice
        self._voice, self._mode, self._reads_out = voice, None, False

    def _of_headings(self, path: tuple[str, ...]) -> Voice:
        for heading in reversed(path):
            if turn := _TURN.fullmatch(heading.strip()):
                return self._of_turn(turn)
            faction = _FACTION.search(heading)
            if CABINET_HEADING.search(heading) and not self._is_sitting:
                # Under "Vragen van de leden … en reactie van de minister" are both.
                return CABINET if faction else MINISTER
            if faction:
                name = f"{faction['name']}-fractie" if faction["name"] else faction["member"]
                return _member_voice(name)
        return self._default()

    def _of_turn(self, turn: re.Match[str]) -> Voice:
        party = turn["party"] or ""
        if turn["chair"]:
            return CHAIR
        if turn["office"] or MINISTER_ROLE.search(party) or turn["member"] in self._officials:
            return MINISTER
        name = turn["member"][:1].upper() + turn["member"][1:]
        name = f"{name} ({party})" if party else name
        return _member_voice(name)


def _member_voice(name: str) -> Voice:
    return Voice(
        Holder.PARLIAMENT, name, excludes_cabinet=True, owns_all=True, quotes_cabinet=False
    )
