"""Finds the recommendations of others that a document reacts to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search.citing.citation import cite_in
from search.dutch.anaphora import refers_back
from search.dutch.numbers import COUNTS, ORDINALS
from search.records import CABINET_STANCES, Document, Holder, Kind, Label, Quote, Stance, View
from search.stances.labelled_text import LabelledText

__all__ = [
    "Recommendation",
    "find_recommendations",
    "is_headed",
    "is_overview",
    "names_nobody",
    "numbers_named",
    "recommendation_view",
    "repeated_words",
]

_RANK = re.compile(
    rf"\b({'|'.join(ORDINALS)}) (?:aanbeveling|advies|voorstel|optie|suggestie|maatregel|punt)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:aanbeveling(?:en)?|advies|adviezen|voorstel(?:len)?)\s+"
    r"((?:\d{1,2}|[a-z])(?:(?:,| en| t/m)\s+(?:\d{1,2}|[a-z]))*)\b(?!\s?(?:procent|%))",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(\d{1,2}|[a-z])[.)]\s+")
_HEADED = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:aanbeveling|advies|voorstel)\s+(?:\d{1,2}|[a-z]|[ivx]+)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    rf"\b(?:{COUNTS}|\d+|volgende|aantal|diverse|verschillende)\b"
    r"[\w\s]{0,24}\b(?:aanbevelingen|adviezen|opties|voorstellen)\b(?!\s+over)"
    r"|\b(?:aanbevelingen|adviezen|opties|voorstellen)\b.*:\s*$"
    r"|\bkomt (?:vooral |met name |ook )?tot uiting\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:de|het|dit|deze|een ander)\s+(?:[\w-]+\s+)?"
    r"(?:aanbeveling|advies|voorstel|suggestie|oproep|pleidooi|wens)\b\s*"
    r"(?:(?:van\s+(?!(?:het|dit) kabinet)(?P<by>(?:[\w()-]+\s+){1,4}?))?(?:om|dat)\b"
    r"|(?:voor|tot) (?!wijziging)|uit het (?:advies|rapport))",
    re.IGNORECASE,
)
_GENERIC_NAMES = frozenset(
    {"", "raad", "rapport", "commissie", "advies", "onderzoek", "planbureau"}
)
_ADVISERS = (Holder.ADVISOR, Holder.OTHER)
_LEAST_WORDS = 6
_CLAUSE_WORDS = 12
"""Words after "the advice to" that say what it is."""
_OVERVIEW_ITEMS = 4
_LEAST_ADVISER_SHARE = 0.5
"""Least advice of a holder that is reacted to, as a share of the most advising holder's."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation: the places of its sentences in the labelled text, or its heading.

    `numbers` are those by which the text may name it ("1", "b"); `embedded` tells that a sentence
    of the cabinet holds it, and so reacts to it.
    """

    places: tuple[int, ...]
    section: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    embedded: bool = False
    heading: str = ""
    """The text of a heading that holds the recommendation if no sentence does."""
    start: int = field(default=0, compare=False)

    @property
    def first(self) -> int:
        """The place of its first sentence, or of the first one under its heading."""
        return self.places[0]

    def words(self, text: LabelledText) -> str:
        """Return the text of the recommendation."""
        return self.heading or " ".join(text.text(place) for place in self.places)


def find_recommendations(text: LabelledText, document: Document) -> list[Recommendation]:
    """Return the recommendations in a document, in order of the text.

    Sentences that continue a recommendation are part of it; a sentence that only announces
    recommendations is not one.
    """
    holders = _advisers(text)
    found: list[Recommendation] = []
    for place, labelled in enumerate(text.sentences):
        sentence, label = text.text(place), labelled.label
        if label.stance is Stance.ADVICE and label.holder in holders:
            if _LEAD_IN.search(sentence):
                continue
            if found and _continues(text, found[-1], place):
                found[-1] = _joined(found[-1], place, sentence)
            else:
                found.append(_recommendation(text, place, embedded=False))
        elif _is_embedded(sentence, label):
            found.append(_recommendation(text, place, embedded=True))
    headed = _headings(text, document, found)
    return sorted([*found, *headed], key=lambda each: (each.first, not each.heading))


def _advisers(text: LabelledText) -> set[Holder]:
    """Return the holders that the document reacts to: the one that advises most, and its equals."""
    advice = Counter(s.label.holder for s in text.sentences if s.label.stance is Stance.ADVICE)
    most = max(advice.values(), default=0)
    return {holder for holder, number in advice.items() if number >= _LEAST_ADVISER_SHARE * most}


def _is_embedded(sentence: str, label: Label) -> bool:
    """Return whether a sentence of the cabinet holds an advice and the view on it."""
    if label.holder is not Holder.CABINET or label.stance not in CABINET_STANCES:
        return False
    found = _REPEATED.search(sentence)
    return bool(found) and len(sentence.split()) > 2 * _LEAST_WORDS


def repeated_words(sentence: str) -> str:
    """Return the words of a sentence that repeat an advice ("de oproep om …"), or an empty text."""
    found = _REPEATED.search(sentence)
    return (
        " ".join(sentence[found.end() :].split()[:_CLAUSE_WORDS]).partition(",")[0] if found else ""
    )


def _recommendation(text: LabelledText, place: int, *, embedded: bool) -> Recommendation:
    section = text.sentences[place].passage.section
    numbers = _own_numbers(text.text(place))
    if is_headed(section):
        numbers |= numbers_named(section[-1])
    return Recommendation((place,), section, frozenset(numbers), embedded)


def _own_numbers(sentence: str) -> set[str]:
    bullet = _BULLET.match(sentence)
    rank = _RANK.search(sentence)
    numbers = {bullet[1].lower()} if bullet else set()
    return numbers | ({ORDINALS[rank[1].lower()]} if rank else set())


def numbers_named(text: str) -> set[str]:
    """Return the numbers of the recommendations that a text names by number or rank."""
    numbers = {ORDINALS[found.lower()] for found in _RANK.findall(text)}
    for listed in _NUMBERED.findall(text):
        named = re.findall(r"\d+|\b[a-z]\b", listed.lower())
        if "t/m" in listed and len(named) == 2 and all(n.isdigit() for n in named):
            named = [str(n) for n in range(int(named[0]), int(named[1]) + 1)]
        numbers.update(named)
    return numbers


def _continues(text: LabelledText, before: Recommendation, place: int) -> bool:
    """Return whether a sentence of advice continues the recommendation before it."""
    last = before.places[-1]
    if before.embedded or place - last > 2 or not text.same_section(last, place):
        return False
    between = text.sentences[last + 1 : place]
    if any(s.label.is_cabinet_stance for s in between):
        return False
    sentence = text.text(place)
    if _BULLET.match(sentence) or text.sentences[place].passage.kind is Kind.LIST_ITEM:
        return False
    if is_headed(before.section) and place - last == 1:
        return True
    return refers_back(sentence) and text.same_block(last, place)


def _joined(before: Recommendation, place: int, sentence: str) -> Recommendation:
    numbers = before.numbers | _own_numbers(sentence)
    return replace(before, places=(*before.places, place), numbers=numbers)


def _headings(
    text: LabelledText, document: Document, recommendations: Sequence[Recommendation]
) -> list[Recommendation]:
    """Return the recommendations of headings under which no sentence holds one."""
    sections = {each.section for each in recommendations}
    found = []
    for block in document.blocks:
        path = document.sections[block.section].path
        if block.kind is not Kind.HEADING or not is_headed(path):
            continue
        under = [
            place
            for place, each in enumerate(text.sentences)
            if each.passage.section[: len(path)] == path and each.sentence.start > block.start
        ]
        if not under or any(section[: len(path)] == path for section in sections):
            continue
        heading = document.text[block.start : block.end]
        numbers = frozenset(numbers_named(heading))
        if len(heading.split()) >= _LEAST_WORDS - 1:
            found.append(Recommendation((under[0],), path, numbers, False, heading, block.start))
        elif not text.sentences[under[0]].label.is_cabinet_stance:
            found.append(Recommendation((under[0],), path, numbers))
    return found


def is_headed(section: tuple[str, ...]) -> bool:
    """Return whether a section's own heading is that of one recommendation ("Aanbeveling 2: …")."""
    return bool(section) and bool(_HEADED.match(section[-1]))


def is_overview(text: str) -> bool:
    """Return whether a text lists so many things that each may be repeated separately."""
    return text.count(",") + len(re.findall(r"\ben\b", text)) >= _OVERVIEW_ITEMS - 1


def recommendation_view(
    text: LabelledText, document: Document, recommendation: Recommendation, adviser: Label | None
) -> View:
    """Return a recommendation as a view whose quote runs from its first to its last sentence.

    `adviser` is the label of the main adviser of the document, for a view that names none.
    """
    view = text.view(recommendation.first)
    label = _advice_label(view.label, adviser)
    found = _REPEATED.search(view.quote.text) if recommendation.embedded else None
    if found and found["by"] and not label.holder_name:
        label = replace(label, holder_name=re.sub(r"^(?:de|het)\s+", "", found["by"]).strip())
    if recommendation.heading:
        start, heading = recommendation.start, recommendation.heading
        citation = cite_in(document.id, view.metadata, recommendation.section)
        return replace(
            view,
            quote=Quote(heading, document.id, start, start + len(heading), citation),
            label=label,
            section=recommendation.section,
            before=None,
            after=view.quote,
        )
    last = text.view(recommendation.places[-1])
    start, end = view.quote.start, last.quote.end
    quote = replace(view.quote, text=document.text[start:end], end=end)
    return replace(view, quote=quote, label=label, after=last.after)


def names_nobody(name: str) -> bool:
    """Return whether a name is empty or generic ("Raad")."""
    return name.lower() in _GENERIC_NAMES


def _advice_label(label: Label, adviser: Label | None) -> Label:
    """Return the label of an advice, with the adviser's name if the document tells it."""
    if label.stance is Stance.ADVICE and not names_nobody(label.holder_name):
        return label
    if label.stance is not Stance.ADVICE:
        label = replace(label, holder=Holder.ADVISOR, stance=Stance.ADVICE, holder_name="", cues=())
    if adviser and {label.holder, adviser.holder} <= {adviser.holder, *_ADVISERS}:
        return replace(label, holder=adviser.holder, holder_name=adviser.holder_name)
    return label
