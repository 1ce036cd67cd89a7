"""Statements: the sentences to label, analysed in their document."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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

_REPORT = r"(?:rapport|onderzoek|advies|adviesrapport|studie|evaluatie|rapportage|verkenning)"
_REPORT_OF = re.compile(
    rf"\b{_REPORT}\b[^.;?]{{0,80}}?\b(?:van|door)\s+(?:(?:de|het)\s+)?$", re.IGNORECASE
)
"""Before a party: it wrote a report, and speaks on where the text goes on with "dit rapport"."""
_THIS_REPORT = re.compile(rf"[\s«\"'“‘(–-]*(?P<report>Dit {_REPORT})\b", re.IGNORECASE)
_ANY_REPORT = "rapport"
"""The name of a report whose author is not named."""


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


@dataclass(slots=True)
class _Before:
    """Who spoke and who was named last before a sentence, within its section or answer."""

    speaker: Mention | None = None
    named: Mention | None = None
    distance: int = 0

    def add(self, mentions: Sequence[Mention], speaking: Mention | None) -> None:
        """Add the parties of the next sentence."""
        others = [m for m in mentions if m.holder is not Holder.CABINET]
        self.named = others[-1] if others else self.named
        if speaking:
            self.speaker, self.distance = speaking, 1
        elif self.speaker:
            self.distance += 1


def analyse_statements(
    statements: Sequence[Statement], without: Collection[str] = ()
) -> list[AnalysedStatement]:
    """Return the statements of one document, analysed in order.

    Cues that were written for the documents `without` are left out.
    """
    analysed: list[AnalysedStatement] = []
    last_named: dict[Holder, str] = {}
    before = _Before()
    author: Mention | None = None
    place: tuple[tuple[str, ...], str] | None = None
    for statement in statements:
        here = (statement.section, statement.question)
        first = here != place
        if first:
            before, place = _Before(), here
            author = _report_author(statement.question) or author
        situation = section_flags(statement.section) | question_flags(statement.question)
        mentions = _mentions(statement.text, before.named, author)
        author = _report_author(statement.text) or author
        speaking = speaker(mentions)
        analysed.append(
            AnalysedStatement(
                statement=statement,
                situation=situation,
                mentions=tuple(mentions),
                cues=find_cues(mask(statement.text, mentions), situation, without),
                speaker=speaking,
                carried=before.speaker.holder if before.speaker else None,
                distance=before.distance,
                first=first,
                last_named=dict(last_named),
            )
        )
        before.add(mentions, speaking)
        last_named |= {mention.holder: mention.name for mention in mentions}
    return analysed


def _report_author(text: str) -> Mention | None:
    """Return who wrote the report that a text names last, if that is not the cabinet."""
    if not text:
        return None
    wrote = [m for m in find_mentions(text) if _REPORT_OF.search(text[: m.span.start])]
    named = [mention for mention in wrote if mention.name != _ANY_REPORT]
    return named[-1] if named and named[-1].holder is not Holder.CABINET else None


def _mentions(sentence: str, named: Mention | None, author: Mention | None) -> list[Mention]:
    """Return the parties of a sentence; a pronoun that speaks means `named`, a report `author`."""
    mentions = find_mentions(sentence)
    if author:
        mentions = [
            replace(each, holder=author.holder, name=author.name)
            if each.name == _ANY_REPORT
            else each
            for each in mentions
        ]
        this = _THIS_REPORT.match(sentence)
        if this and not any(each.span.start == this.start("report") for each in mentions):
            span = Span(this.start("report"), this.end("report"))
            mentions.insert(0, replace(author, role=Role.SUBJECT, span=span))
    pronoun = _SPEAKING_PRONOUN.match(sentence)
    if pronoun and named:
        span = Span(pronoun.start(), pronoun.end())
        mentions.insert(0, replace(named, role=Role.SUBJECT, span=span))
    return mentions
