"""What is labelled: a sentence in its document, with all that decides whose view it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.labels.context import question_flags, section_flags
from search.labels.grammar import CueMatch, find_cues
from search.labels.parties import Mention, Role, find_mentions, mask, speaker
from search.records import Holder, Span

__all__ = ["Reading", "Statement", "read_statements"]

_THEY = re.compile(
    r"[\s«\"'“‘(–-]*(?:Zij|Hij|Ze)(?=\s+(?:is van (?:mening|oordeel)|acht|adviseert|beschrijft"
    r"|beveelt|benadrukt|bepleit|concludeert|constateert|geeft|komt tot|merkt|noemt|onderscheidt"
    r"|pleit|roept|schetst|signaleert|stelt|verwacht|vindt|vraagt|waarschuwt|wijst|ziet)\b)"
)
"""Who was named before goes on speaking: "Zij adviseert daarom …"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document, in document order.

    `section` is its heading path; `question` what it answers, where it answers an MP's question.
    """

    text: str
    section: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with what its words and its place say.

    `carried` is who spoke last in this section before this sentence, `distance` how many
    sentences ago (0: nobody did).
    """

    statement: Statement
    situation: frozenset[str]
    mentions: tuple[Mention, ...]
    cues: tuple[CueMatch, ...]
    speaker: Mention | None
    carried: Holder | None
    distance: int
    first: bool
    """First of its section or answer."""
    last_named: Mapping[Holder, str]
    """How the document last named each kind of holder before this sentence."""


def read_statements(statements: Sequence[Statement], without: str = "") -> list[Reading]:
    """Read the statements of one document in order; who speaks carries on until the next does.

    Cues that were written for the document `without` are left out.
    """
    readings: list[Reading] = []
    last_named: dict[Holder, str] = {}
    carried: Mention | None = None
    named: Mention | None = None
    distance = 0
    place: tuple[tuple[str, ...], str] | None = None
    for statement in statements:
        here = (statement.section, statement.question)
        first = here != place
        if first:
            carried, named, distance, place = None, None, 0, here
        situation = section_flags(statement.section) | question_flags(statement.question)
        mentions = find_mentions(statement.text)
        they = _THEY.match(statement.text)
        if they and named:
            meant = replace(named, role=Role.SUBJECT, span=Span(they.start(), they.end()))
            mentions.insert(0, meant)
        spoken = speaker(mentions)
        readings.append(
            Reading(
                statement=statement,
                situation=situation,
                mentions=tuple(mentions),
                cues=find_cues(mask(statement.text, mentions), situation, without),
                speaker=spoken,
                carried=carried.holder if carried else None,
                distance=distance,
                first=first,
                last_named=dict(last_named),
            )
        )
        others = [m for m in mentions if m.holder is not Holder.CABINET]
        named = others[-1] if others else named
        last_named |= {mention.holder: mention.name for mention in mentions}
        if spoken:
            carried, distance = spoken, 1
        elif carried:
            distance += 1
    return readings
