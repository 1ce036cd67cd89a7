"""Guards: whose document it is decides whose view a sentence of it can give.

The model was fitted to letters of the cabinet, and takes an unmarked sentence for the cabinet's. A
guard takes such a label away where the sentence is another's and does not name the cabinet.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search.labels.parties import NEXT_CABINET, PREVIOUS_CABINET, Role, find_mentions
from search.labels.voice import Voice
from search.records import Holder, Label, Span, Stance

__all__ = ["guard_label"]

_NOT_NAMES = frozenset({"ik", "wij", NEXT_CABINET, PREVIOUS_CABINET})
"""Mentions of the cabinet that in another's text mean the writer, or no cabinet that speaks."""
_SPEAKING = (Role.SOURCE, Role.SUBJECT, Role.AGENT)
_FIRST_PERSON = re.compile(r"\b(?:ik|wij|we|ons|onze|mijn)\b", re.IGNORECASE)
_OBLIGED = re.compile(r"\b(?:moet(?:en)?|dien(?:t|en)|behoor(?:t|en)|zou(?:den)?|hoort)\b")
_WISH = re.compile(
    r"\b(?:verzoek\w*|pleit\w*|advise\w+|beve\w+ aan|aanbeve\w+|moet(?:en)?|dien(?:t|en)|bereid"
    r"|stel\w* voor|wil(?:len)?(?: graag)? dat|roep\w* [^.]{0,80}?\bop|(?:ik|wij) vra(?:ag|gen)"
    r"|vra(?:agt?|gen) (?:ik|wij|de|het|aan)|(?:kan|wil) de (?:minister|staatssecretaris))\b",
    re.IGNORECASE,
)
_REQUEST_CUE = re.compile(
    r"\b(?:verzoekt|vraagt|roept|nodigt|spreekt|draagt|constaterende?|overwegende?|van mening"
    r"|van oordeel)\b(?: (?:de regering|het kabinet|dat|uit))?",
    re.IGNORECASE,
)


def guard_label(text: str, start: int, label: Label, voice: Voice) -> Label:
    """Return the label that a sentence can have in the voice in which it is said.

    `start` is the offset of the sentence in the document, from which the cues count.
    """
    if voice.stance is not None or voice.only:
        return _by_form(text, start, voice)
    if voice.is_quoted and label.holder is voice.holder:
        return replace(label, holder_name=voice.name or label.holder_name)
    if voice.holder is Holder.CABINET:
        is_own = label.holder is Holder.CABINET or not voice.owns_all
        return label if is_own or _names(text, label.holder) else _own(text, label, voice)
    if label.holder is Holder.CABINET:
        if not _names(text, Holder.CABINET):
            return _own(text, label, voice)
        if not voice.excludes_cabinet:
            return label
        is_told = voice.holder is Holder.MUNICIPALITIES
        return _own(text, label, replace(voice, holder=Holder.NONE) if is_told else voice)
    if label.holder is voice.holder:
        named = voice.owns_all or not label.holder_name
        return replace(label, holder_name=voice.name) if named and voice.name else label
    if voice.owns_all and not _names(text, label.holder):
        return _own(text, label, voice)
    if label.holder is Holder.PARLIAMENT and not voice.by_first_person:
        # "Hebt u vragen?" is asked by an MP only in the letter of a minister.
        is_named = any(m.holder is Holder.PARLIAMENT for m in find_mentions(text))
        return label if is_named else _nobodys(label)
    return label


def _names(text: str, holder: Holder) -> bool:
    """Return whether a sentence names a holder as the one who speaks or acts in it."""
    named = any(
        mention.holder is holder and mention.role in _SPEAKING and mention.name not in _NOT_NAMES
        for mention in find_mentions(text)
    )
    return named and not (holder is Holder.CABINET and _OBLIGED.search(text))


def _own(text: str, label: Label, voice: Voice) -> Label:
    """Return a label with the voice as its holder."""
    if voice.holder is Holder.NONE or (voice.by_first_person and not _FIRST_PERSON.search(text)):
        return _nobodys(label)
    if voice.holder is Holder.CABINET:
        return replace(
            label, holder=Holder.CABINET, stance=Stance.EXPLANATION, holder_name=voice.name, cues=()
        )
    stance = label.stance
    cues = label.cues
    if stance not in (Stance.ADVICE, Stance.FINDING):
        stance, cues = Stance.ADVICE if _WISH.search(text) else Stance.FINDING, ()
    return replace(label, holder=voice.holder, stance=stance, holder_name=voice.name, cues=cues)


def _nobodys(label: Label) -> Label:
    return replace(label, holder=Holder.NONE, stance=Stance.FACT, holder_name="", cues=())


def _by_form(text: str, start: int, voice: Voice) -> Label:
    """Return the label of a sentence of which the form says what it is, as in a motion."""
    if voice.holder is Holder.NONE or voice.stance is None:
        return Label(Holder.NONE, Stance.FACT, 1.0)
    cue = _REQUEST_CUE.search(text)
    cues = (Span(start + cue.start(), start + cue.end()),) if cue else ()
    return Label(voice.holder, voice.stance, 1.0, voice.name, cues)
