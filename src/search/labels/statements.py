"""Statements: the sentences to label, analysed in their document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.dutch.anaphora import PRONOUNS
from search.labels.context import question_flags, section_flags
from search.labels.grammar import CueMatch, find_cues
from search.labels.parties import Mention, Role, find_mentions, mask, speaker
from search.records import Holder, Span

__all__ = ["AnalysedStatement", "Statement", "analyse_statements"]

_SPEAKING_PRONOUN = re.compile(
    rf"[\s«\"'“‘(–-]*(?:{PRONOUNS})(?=\s+(?:is van (?:mening|oordeel)|acht|adviseert|beschrijft"
    r"|beveelt|benadrukt|bepleit|concludeert|constateert|geeft|komt tot|merkt|noemt|onderscheidt"
    r"|pleit|roept|schetst|signaleert|stelt|verwacht|vindt|vraagt|waarschuwt|wijst|ziet)\b)"
)
"""A party that was named before speaks on: "Zij adviseert daarom …"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document, in document order.

    `section` is its heading path; `question` the MP's question that it answers, or empty.
    """

    text: str
    section: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class AnalysedStatement:
    """A statement with what its words and its place in the document tell.

    `carried` is the last speaker in this section before this sentence, `distance` how many
    sentences ago that was; without any, they are None and 0.
    """

    statement: Statement
    situation: frozenset[str]
    mentions: tuple[Mention, ...]
    cues: tuple[CueMatch, ...]
    speaker: Mention | None
    carried: Holder | None
    distance: int
    first: bool
    """Whether it is the first of its section or answer."""
    last_named: Mapping[Holder, str]
    """The last name of each kind of holder before this sentence."""


def analyse_statements(
    statements: Sequence[Statement], without: str = ""
) -> list[AnalysedStatement]:
    """Return the statements of one document, analysed in order.

    Cues that were written for the document `without` are left out.
    """
    analysed: list[AnalysedStatement] = []
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
        pronoun = _SPEAKING_PRONOUN.match(statement.text)
        if pronoun and named:
            span = Span(pronoun.start(), pronoun.end())
            mentions.insert(0, replace(named, role=Role.SUBJECT, span=span))
        speaking = speaker(mentions)
        analysed.append(
            AnalysedStatement(
                statement=statement,
                situation=situation,
                mentions=tuple(mentions),
                cues=find_cues(mask(statement.text, mentions), situation, without),
                speaker=speaking,
                carried=carried.holder if carried else None,
                distance=distance,
                first=first,
                last_named=dict(last_named),
            )
        )
        others = [m for m in mentions if m.holder is not Holder.CABINET]
        named = others[-1] if others else named
        last_named |= {mention.holder: mention.name for mention in mentions}
        if speaking:
            carried, distance = speaking, 1
        elif carried:
            distance += 1
    return analysed
