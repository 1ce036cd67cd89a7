"""Rules that hold whatever the model makes of a sentence.

A bare "Ja" is a promise after "Bent u bereid …?"; "Ik ontraad de motie" is a rejection; what a next
cabinet will do is no promise of this one; "De WRR adviseert …" is the WRR's advice.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from search.labels.main_clauses import main_clause
from search.labels.parties import (
    NEXT_CABINET,
    PREVIOUS_CABINET,
    Mention,
    Role,
    mask,
    name_patterns,
)
from search.labels.patterns import compile_pattern
from search.labels.statements import AnalysedStatement
from search.records import CABINET_STANCES, Holder, Label, Span, Stance

__all__ = ["ruled_label"]

_YES = re.compile(r"\W*(?:Ja|Jazeker|Zeker|Inderdaad)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(?:Nee|Neen)\b", re.IGNORECASE)
_BARE_WORDS = 2
"""Most words of a reply that only says yes or no."""
_TURNS = re.compile(r"\b(?:maar|echter|mits|tenzij|hoewel|evenwel|niet|geen)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[^?]+\?")
_FOLLOW_UP = re.compile(r"\W*(?:Zo (?:ja|nee|niet)|Waarom|Hoe komt|Wanneer)\b", re.IGNORECASE)
_OPINION, _WILLING, _KNOWING = "mening", "bereid", "kennis"
_KINDS = (
    (
        _WILLING,
        re.compile(
            r"\b(?:bent u|is (?:het kabinet|de (?:minister|regering|staatssecretaris)))\b[^?]{0,80}"
            r"\b(?:bereid|voornemens|van plan)\b|\bwilt u\b|\bkunt u (?:toezeggen|garanderen)\b",
            re.IGNORECASE,
        ),
    ),
    (
        _OPINION,
        re.compile(
            r"\b(?:deelt|onderschrijft|erkent|vindt|steunt) u\b|\bbent u het\b[^?]{0,40}\beens\b"
            r"|\bbent u (?:ook )?van mening\b",
            re.IGNORECASE,
        ),
    ),
    (
        _KNOWING,
        re.compile(
            r"\bkent u\b|\bbent u\b[^?]{0,60}\b(?:bekend|op de hoogte)\b"
            r"|\bhe(?:eft|bt) u\b[^?]{0,60}\bkennis ?genomen\b",
            re.IGNORECASE,
        ),
    ),
)
_REPLIES = {
    (_WILLING, True): Stance.COMMITMENT,
    (_OPINION, True): Stance.SUPPORT,
    (_KNOWING, True): Stance.EXPLANATION,
    (_WILLING, False): Stance.REJECTION,
    (_OPINION, False): Stance.REJECTION,
}
_ADVISES = re.compile(
    r"(?P<verb>\W+(?:\w+\W+){0,2}?(?:adviseert|adviseren|beve(?:elt|len)\b.*\baan|bepleit(?:en)?|plei(?:t|ten)"
    r"|roe(?:pt|pen)\b.*\bop|raa(?:dt|den)\b.*\baan)\b)",
    re.IGNORECASE | re.DOTALL,
)
_AGREES = re.compile(r"\b(?:terecht|met (?:de|het)|onderschrijf\w*|eens)\b", re.IGNORECASE)
_CRIMINAL = re.compile(
    r"\b(?:strafrechtelijk\w* (?:onderzoek\w*|vooronderzoek)|strafonderzoek\w*"
    r"|opsporingsonderzoek\w*|rechercheonderzoek\w*)\b",
    re.IGNORECASE,
)
_RESEARCH = re.compile(
    r"onderzo[ec]\w*|verken\w*|inventaris\w*|evalu\w*|bezie\w*|bekijk\w*|in kaart"
    r"|na(?:gaan|gegaan)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:\A\W*|,\s*)"
    r"(?:als(?! (?:minister|staatssecretaris|kabinet|gevolg|reactie|onderdeel)\b)|indien|mits"
    r"|tenzij|wanneer|mocht)\b",
    re.IGNORECASE,
)
_BINDING = (Stance.SUPPORT, Stance.COMMITMENT)
_SPEAKING = (Role.SOURCE, Role.SUBJECT, Role.AGENT)


def ruled_label(analysed: AnalysedStatement, label: Label) -> Label:
    """Return the label that the rules give a sentence; the model's where none holds."""
    for rule in (_reply, _decision, _other_cabinet, _advice, _criminal):
        if found := rule(analysed, label):
            return found
    return label


def _reply(analysed: AnalysedStatement, label: Label) -> Label | None:
    """Return the label of "Ja" or "Nee" by what was asked, where one kind of thing was."""
    text = analysed.statement.text
    yes, no = _YES.match(text), _NO.match(text)
    found = yes or no
    if not found or not analysed.first:
        return None
    kind = _asked(analysed.statement.question)
    stance = _REPLIES.get((kind, bool(yes)))
    is_bare = len(text.split()) <= _BARE_WORDS
    if stance is None or not (is_bare or (yes and not _TURNS.search(text))):
        return None
    return _cabinets(stance, label, Span(found.start(), found.end()))


@lru_cache(maxsize=256)
def _asked(question: str) -> str:
    """Return what a question asks for, or an empty text if that is several things or none."""
    kinds = set()
    for asked in _QUESTION.findall(question):
        if not _FOLLOW_UP.match(asked):
            kinds.add(next((kind for kind, pattern in _KINDS if pattern.search(asked)), ""))
    return kinds.pop() if len(kinds) == 1 else ""


def _cabinets(stance: Stance, label: Label, cue: Span) -> Label:
    name = label.holder_name if label.holder is Holder.CABINET else ""
    return Label(Holder.CABINET, stance, 1.0, name or "kabinet", (cue,))


@dataclass(frozen=True, slots=True)
class _Decision:
    """A row of `decisions.tsv`: words of the main clause that decide its stance."""

    stance: Stance
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    """What must not be in the main clause besides."""
    nowhere: re.Pattern[str] | None
    """What must not be in the whole sentence."""


@lru_cache(maxsize=1)
def _decisions() -> tuple[_Decision, ...]:
    text = (files("search.labels") / "decisions.tsv").read_text(encoding="utf-8")
    names = name_patterns()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        _Decision(
            Stance(row["stance"]),
            compile_pattern(row["pattern"], names),
            *(
                compile_pattern(row[column], names) if row[column] else None
                for column in ("unless", "nowhere")
            ),
        )
        for row in rows
    )


def _decision(analysed: AnalysedStatement, label: Label) -> Label | None:
    """Return the label of a main clause in which the cabinet says what it decides."""
    text = analysed.statement.text
    if text.rstrip().endswith("?"):
        return None
    masked = mask(text, analysed.mentions)
    main = main_clause(masked)
    for row in _decisions():
        found = row.pattern.search(main)
        if (
            not found
            or (row.unless and row.unless.search(main))
            or (row.nowhere and row.nowhere.search(masked))
            or (row.stance in _BINDING and _CONDITION.search(text))
        ):
            continue
        return _cabinets(row.stance, label, Span(found.start(), found.end()))
    return None


def _other_cabinet(analysed: AnalysedStatement, label: Label) -> Label | None:
    """Return the label of what a next or a previous cabinet does: it binds not this one."""
    if label.holder is not Holder.CABINET or label.stance not in CABINET_STANCES:
        return None
    cabinets = [m for m in analysed.mentions if m.holder is Holder.CABINET]
    names = {mention.name for mention in cabinets if mention.role in _SPEAKING}
    if names == {NEXT_CABINET} and label.stance is not Stance.DEFERRED:
        return _named(label, Stance.DEFERRED, NEXT_CABINET, cabinets)
    if names == {PREVIOUS_CABINET} and label.stance is Stance.COMMITMENT:
        return _named(label, Stance.EXISTING, PREVIOUS_CABINET, cabinets)
    return None


def _named(label: Label, stance: Stance, name: str, mentions: list[Mention]) -> Label:
    spans = tuple(mention.span for mention in mentions if mention.name == name)[:1]
    return replace(label, stance=stance, holder_name=name, cues=spans)


def _advice(analysed: AnalysedStatement, label: Label) -> Label | None:
    """Return the label of advice that a text reports: it is the adviser's, and no support."""
    if label.holder is not Holder.CABINET:
        return None
    text = analysed.statement.text
    main = main_clause(text)
    for mention in analysed.mentions:
        if mention.role is not Role.SUBJECT or mention.holder is Holder.CABINET:
            continue
        verb = _ADVISES.match(main, mention.span.end)
        if verb and not _AGREES.search(main):
            cue = Span(mention.span.start, verb.end())
            return Label(mention.holder, Stance.ADVICE, 1.0, mention.name, (cue,))
    return None


def _criminal(analysed: AnalysedStatement, label: Label) -> Label | None:
    """Return the label of a criminal inquiry, which is not research on what was advised."""
    text = analysed.statement.text
    if label.stance is not Stance.RESEARCH or not _CRIMINAL.search(text):
        return None
    if _RESEARCH.search(_CRIMINAL.sub("", text)):
        return None
    others = [m for m in analysed.mentions if m.holder is Holder.OTHER and m.role in _SPEAKING]
    if others:
        return Label(Holder.OTHER, Stance.FINDING, label.probability, others[0].name)
    return Label(Holder.NONE, Stance.FACT, label.probability)
