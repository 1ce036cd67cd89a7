"""The recommendations that a document reacts to: where it says what others advise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search.citing.citation import cite_in
from search.records import CABINET_STANCES, Document, Holder, Kind, Label, Quote, Stance, View
from search.stances.labelled_text import LabelledText

__all__ = [
    "Recommendation",
    "advised",
    "find_advice",
    "is_headed",
    "is_overview",
    "numbers_named",
    "taken_up",
]

_RANKS = {"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "zesde": "6"}
_NOUN = r"(?:aanbeveling|advies|voorstel|optie|suggestie|maatregel|punt)"
_RANK = re.compile(rf"\b({'|'.join(_RANKS)}) {_NOUN}\b", re.IGNORECASE)
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
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\d+|volgende|aantal|diverse"
    r"|verschillende)\b[\w\s]{0,24}\b(?:aanbevelingen|adviezen|opties|voorstellen)\b(?!\s+over)"
    r"|\b(?:aanbevelingen|adviezen|opties|voorstellen)\b.*:\s*$"
    r"|\bkomt (?:vooral |met name |ook )?tot uiting\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:Dit|Dat|Daar|Hier|Daar\w+|Hier\w+)\b"
    r"|\b(?:daarvoor|hiervoor|daartoe|hiertoe|daarmee|hiermee|daarbij)\b"
    r"|\b(?:deze|die|genoemde) (?:laatste )?(?:optie|aanbeveling|suggestie|maatregel)\b"
    r"|\b(?:dit|dat|genoemde) (?:laatste )?(?:advies|voorstel)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:de|het|dit|deze|een ander)\s+(?:[\w-]+\s+)?"
    r"(?:aanbeveling|advies|voorstel|suggestie|oproep|pleidooi|wens)\b\s*"
    r"(?:(?:van\s+(?!(?:het|dit) kabinet)(?P<by>(?:[\w()-]+\s+){1,4}?))?(?:om|dat)\b"
    r"|(?:voor|tot) (?!wijziging)|uit het (?:advies|rapport))",
    re.IGNORECASE,
)
_ANYBODY = frozenset({"", "raad", "rapport", "commissie", "advies", "onderzoek", "planbureau"})
_ADVISERS = (Holder.ADVISOR, Holder.OTHER)
_LEAST_WORDS = 6
_CLAUSE = 12
"""Words behind "the advice to" that say what it is."""
_OVERVIEW_ITEMS = 4
_OTHERS = 0.5
"""Share of the most advising party's advice that another needs to be reacted to as well."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation: the places of its sentences in the running text, or its heading.

    `numbers` are how the text may call it ("1", "b"); `embedded` tells that the cabinet's own
    sentence holds it, and so reacts to it.
    """

    places: tuple[int, ...]
    section: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    embedded: bool = False
    heading: str = ""
    """The words of a heading that says the advice where no sentence does."""
    start: int = field(default=0, compare=False)

    @property
    def first(self) -> int:
        """Give the place of its first sentence, or of the first one under its heading."""
        return self.places[0]


def find_advice(running: LabelledText, document: Document) -> list[Recommendation]:
    """Find the recommendations in a document, in order of the text.

    Sentences that go on about the same one make one unit; a sentence that only says that
    recommendations follow is none.
    """
    holders = _advisers(running)
    units: list[Recommendation] = []
    for place, spoken in enumerate(running.sentences):
        text, label = running.text(place), spoken.label
        if label.stance is Stance.ADVICE and label.holder in holders:
            if _LEAD_IN.search(text):
                continue
            if units and _goes_on(running, units[-1], place):
                units[-1] = _joined(units[-1], place, text)
            else:
                units.append(_unit(running, place, embedded=False))
        elif _is_embedded(text, label):
            units.append(_unit(running, place, embedded=True))
    headed = _headings(running, document, units)
    return sorted([*units, *headed], key=lambda unit: (unit.first, not unit.heading))


def _advisers(running: LabelledText) -> set[Holder]:
    """Give the kinds of party that the document reacts to: who advises most, or about as much."""
    advice = Counter(s.label.holder for s in running.sentences if s.label.stance is Stance.ADVICE)
    most = max(advice.values(), default=0)
    return {holder for holder, number in advice.items() if number >= _OTHERS * most}


def _is_embedded(text: str, label: Label) -> bool:
    """Tell whether the cabinet's sentence says what was advised, and what it thinks of it."""
    if label.holder is not Holder.CABINET or label.stance not in CABINET_STANCES:
        return False
    found = _TAKEN_UP.search(text)
    return bool(found) and len(text.split()) > 2 * _LEAST_WORDS


def taken_up(text: str) -> str:
    """Give the words of a sentence that say which advice it takes up, as far as can be told."""
    found = _TAKEN_UP.search(text)
    return " ".join(text[found.end() :].split()[:_CLAUSE]).partition(",")[0] if found else ""


def _unit(running: LabelledText, place: int, *, embedded: bool) -> Recommendation:
    spoken = running.sentences[place]
    section = spoken.passage.section
    text = running.text(place)
    numbers = set(_own_numbers(text))
    if is_headed(section):
        numbers |= numbers_named(section[-1])
    return Recommendation((place,), section, frozenset(numbers), embedded)


def _own_numbers(text: str) -> set[str]:
    bullet = _BULLET.match(text)
    rank = _RANK.search(text)
    numbers = {bullet[1].lower()} if bullet else set()
    return numbers | ({_RANKS[rank[1].lower()]} if rank else set())


def numbers_named(text: str) -> set[str]:
    """Give the numbers of the recommendations that a text calls by number or rank."""
    numbers = {_RANKS[found.lower()] for found in _RANK.findall(text)}
    for listed in _NUMBERED.findall(text):
        named = re.findall(r"\d+|\b[a-z]\b", listed.lower())
        if "t/m" in listed and len(named) == 2 and all(n.isdigit() for n in named):
            named = [str(n) for n in range(int(named[0]), int(named[1]) + 1)]
        numbers.update(named)
    return numbers


def _goes_on(running: LabelledText, unit: Recommendation, place: int) -> bool:
    """Tell whether a sentence of advice goes on about the unit before it."""
    last = unit.places[-1]
    if unit.embedded or place - last > 2 or not running.same_section(last, place):
        return False
    between = running.sentences[last + 1 : place]
    if any(s.label.is_cabinet_stance for s in between):
        return False
    text, section = running.text(place), unit.section
    if _BULLET.match(text) or running.sentences[place].passage.kind is Kind.LIST_ITEM:
        return False
    if is_headed(section) and place - last == 1:
        return True
    return bool(_GOES_ON.search(text)) and running.block(last) == running.block(place)


def _joined(unit: Recommendation, place: int, text: str) -> Recommendation:
    return replace(unit, places=(*unit.places, place), numbers=unit.numbers | _own_numbers(text))


def _headings(
    running: LabelledText, document: Document, units: Sequence[Recommendation]
) -> list[Recommendation]:
    """Give the headings that say an advice of which no sentence under them says more."""
    said = {unit.section for unit in units}
    found = []
    for block in document.blocks:
        path = document.sections[block.section].path
        if block.kind is not Kind.HEADING or not is_headed(path):
            continue
        under = [
            place
            for place, spoken in enumerate(running.sentences)
            if spoken.passage.section[: len(path)] == path and spoken.sentence.start > block.start
        ]
        if not under or any(section[: len(path)] == path for section in said):
            continue
        text = document.text[block.start : block.end]
        numbers = frozenset(numbers_named(text))
        if len(text.split()) >= _LEAST_WORDS - 1:
            found.append(Recommendation((under[0],), path, numbers, False, text, block.start))
        elif not running.sentences[under[0]].label.is_cabinet_stance:
            found.append(Recommendation((under[0],), path, numbers))
    return found


def is_headed(section: tuple[str, ...]) -> bool:
    """Tell whether a section's own heading announces one recommendation ("Aanbeveling 2: …")."""
    return bool(section) and bool(_HEADED.match(section[-1]))


def is_overview(text: str) -> bool:
    """Tell whether a sentence lists so many things that each may be taken up by itself."""
    return text.count(",") + len(re.findall(r"\ben\b", text)) >= _OVERVIEW_ITEMS - 1


def advised(
    running: LabelledText, document: Document, unit: Recommendation, party: Label | None
) -> View:
    """Give a unit as a view whose quote runs from its first to its last sentence.

    `party` is the label of who advises most in the document, for what names nobody.
    """
    view = running.view(unit.first)
    label = _of_party(view.label, party)
    found = _TAKEN_UP.search(view.quote.text) if unit.embedded else None
    if found and found["by"] and not label.holder_name:
        label = replace(label, holder_name=re.sub(r"^(?:de|het)\s+", "", found["by"]).strip())
    if unit.heading:
        end = unit.start + len(unit.heading)
        citation = cite_in(document.id, view.metadata, unit.section)
        quote = Quote(unit.heading, document.id, unit.start, end, citation)
        return replace(
            view, quote=quote, label=label, section=unit.section, before=None, after=view.quote
        )
    last = running.view(unit.places[-1])
    start, end = view.quote.start, last.quote.end
    quote = replace(view.quote, text=document.text[start:end], end=end)
    return replace(view, quote=quote, label=label, after=last.after)


def names_nobody(name: str) -> bool:
    """Tell whether a name is that of any party of its kind ("Raad"), or none at all."""
    return name.lower() in _ANYBODY


def _of_party(label: Label, party: Label | None) -> Label:
    """Give the label of an advice, with who gives it as far as the document tells."""
    if label.stance is Stance.ADVICE and not names_nobody(label.holder_name):
        return label
    if label.stance is not Stance.ADVICE:
        label = replace(label, holder=Holder.ADVISOR, stance=Stance.ADVICE, holder_name="", cues=())
    if party and {label.holder, party.holder} <= {party.holder, *_ADVISERS}:
        return replace(label, holder=party.holder, holder_name=party.holder_name)
    return label
