"""The parties that a sentence names, each with its role: speaker, source, or only mentioned."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from search.labels.patterns import translate
from search.records import Holder, Span

__all__ = [
    "NEXT_CABINET",
    "PREVIOUS_CABINET",
    "Mention",
    "Role",
    "asked_holder",
    "asked_party",
    "find_mentions",
    "mask",
    "name_patterns",
    "speaker",
]

NEXT_CABINET = "volgend kabinet"
"""A future cabinet is not the one that writes, and has no view yet."""
PREVIOUS_CABINET = "vorig kabinet"


class Role(StrEnum):
    """The role of a named party in its sentence."""

    SUBJECT = "onderwerp"
    """Subject of the main clause, by word order."""
    SOURCE = "bron"
    """ "volgens de WRR", "uit onderzoek van de VNG blijkt"."""
    AGENT = "door"
    INNER = "bijzin"
    """Possibly the subject of a subordinate clause."""
    MENTIONED = "genoemd"


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a sentence; `span` counts from the sentence's start."""

    holder: Holder
    name: str
    role: Role
    span: Span


_MARKS = {
    short: chr(0xE000 + i)
    for i, short in enumerate(("kab", "vk", "oud", "adv", "gem", "kam", "and"))
}
"""Characters for private use: no text has them, and they do not count as letters."""
_SHORT_NAMES = {
    Holder.CABINET: "kab",
    Holder.ADVISOR: "adv",
    Holder.MUNICIPALITIES: "gem",
    Holder.PARLIAMENT: "kam",
    Holder.OTHER: "and",
}
_SOURCE = re.compile(
    r"(?:\b(?:volgens|aldus)|\bin de ogen van|\bnaar (?:het oordeel|de mening) van"
    r"|\b(?:uit|blijkens)\b[^,;:]{1,60}\b(?:van|door|bij|met))\s+"
    r"(?:(?:de|het|ook|onder meer)\s+)*$",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\bdoor\s+(?:onder andere\s+)?$", re.IGNORECASE)
_OBLIQUE = re.compile(
    r"\b(?:van|met|aan|bij|voor|tot|naar|op|over|tussen|tegen|onder|uit|in|namens|zonder|richting"
    r"|via|rond|rondom|binnen|per|als|jegens|zoals|dan|om|buiten|behalve|inzake|en|of|tegenover"
    r"|mét|ten|ter|tussen)\s+(?:de |het |een |deze |dit |alle |haar |zijn |hun )?$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?<![\w-])(?:dat|die|waarbij|waarin|waarmee|waardoor|waarvan|waarvoor|waarop|waaruit|waarover"
    r"|omdat|zodat|indien|wanneer|hoewel|doordat|terwijl|opdat|nadat|voordat|of|hoe|welke|wat|waar)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<![\w-])(?:is|zijn|was|waren|heeft|hebben|heb|had|hadden|wordt|worden|werd|werden|word|zal"
    r"|zullen|zou|zouden|kan|kunnen|kon|moet|moeten|mag|mogen|wil|willen|gaat|gaan|ga|ben|doet|doen"
    r"|ziet|zie|zien|laat|laten|geeft|geven|geef|komt|komen|neemt|nemen|neem|staat|staan|blijft"
    r"|vindt|vind|vinden|stelt|stellen|houdt|houden|zet|zetten|deel|deelt|delen|acht|achten|hecht"
    r"|hechten|merkt|werk|werkt|werken|begrijp|begrijpt|verwacht|pleit|legt|doe|bied|stuur|zend"
    r"|onderschrijf|onderschrijft|erken|erkent|verwijs|teken|krijgt|krijgen|spreekt|voert|voeren"
    r"|brengt|maakt|maken|schetst|wijst|eist|kiest|plaatst|toetst|beslist|[a-zà-ÿ]{3,}(?:eert|eren|eerde|seert|kt|gt|nt|rt|lt|pt|mt|dt|ft))\s+"
    r"(?:er |ook |dan |zich |hier |daar |hierop |daarom )?$",
    re.IGNORECASE,
)
_NO_VERB = re.compile(
    r"(?<![\w-])(?:het|wat|niet|met|dat|uit|want|recent|echt|punt|recht|document|moment|percent"
    r"|rapport|advies|instrument|departement|kant|markt|opdracht|gebied|aspect|feit|bericht|land"
    r"|overzicht|akkoord|kort|gericht|belangrijkst|eerst)\s+$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"[\s«\"'“‘(–-]*(?:(?:ook|zelfs|alleen|niet alleen|zowel)\s+)?$", re.IGNORECASE
)
_VIEW_OF = re.compile(
    r"\b(?:standpunt|mening|oordeel|visie|reactie|inzet|advies|analyse|opvatting)\s+van\s+"
    r"(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_HOLDERS_WITH_VIEWS = frozenset(
    {Holder.CABINET, Holder.ADVISOR, Holder.MUNICIPALITIES, Holder.PARLIAMENT}
)


@lru_cache(maxsize=1)
def _parties() -> tuple[tuple[Holder, str, str], ...]:
    """Return the table of names: holder, name to show, and a regular expression."""
    text = (files("search.labels") / "parties.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple((Holder(r["holder"]), r["name"], translate(r["pattern"], {})) for r in rows)


@lru_cache(maxsize=1)
def _any_party() -> re.Pattern[str]:
    pieces = (f"(?P<p{i}>{source})" for i, (_, _, source) in enumerate(_parties()))
    # The beginning of a word is tested once for all names, which is five times as fast.
    return re.compile(rf"(?<![\w-])(?:{'|'.join(pieces)})", re.IGNORECASE)


def name_patterns() -> Mapping[str, str]:
    """Return, for each short name that a cue may use, its regular expression in masked sentences.

    `kab` is the cabinet that writes, `vk` a future one, `adv`, `gem`, `kam` and `and` the others,
    `derde` any of those four.
    """
    patterns = {short: f"{mark}+" for short, mark in _MARKS.items()}
    return patterns | {"derde": f"[{''.join(_MARKS[n] for n in ('adv', 'gem', 'kam', 'and'))}]+"}


def mask(sentence: str, mentions: Iterable[Mention]) -> str:
    """Return a sentence with each name replaced by marks of its kind, for the cues.

    The sentence keeps its length, so that spans in it remain valid.
    """
    masked = list(sentence)
    for mention in mentions:
        span = mention.span
        masked[span.start : span.end] = _MARKS[_short(mention)] * (span.end - span.start)
    return "".join(masked)


def _short(mention: Mention) -> str:
    if mention.name == NEXT_CABINET:
        return "vk"
    return "oud" if mention.name == PREVIOUS_CABINET else _SHORT_NAMES[mention.holder]


def find_mentions(sentence: str) -> list[Mention]:
    """Return the parties that a sentence names, in order, each with its role."""
    return [
        Mention(
            *_parties()[int((found.lastgroup or "p0")[1:])][:2],
            _role(sentence[: found.start()]),
            Span(found.start(), found.end()),
        )
        for found in _any_party().finditer(sentence)
    ]


def _role(before: str) -> Role:
    """Return a party's role, given the part of the sentence before it."""
    if _SOURCE.search(before):
        return Role.SOURCE
    if _AGENT.search(before):
        return Role.AGENT
    if _OPENING.fullmatch(before):
        return Role.SUBJECT
    inverted = bool(_VERB.search(before)) and not _NO_VERB.search(before)
    subordinate = _SUBORDINATE.search(before)
    if inverted:
        # "Zoals bekend is, heb ik ..." is a main clause; "..., waarvoor heb ik" hardly occurs.
        comma = before.rfind(",")
        inside = subordinate and not (subordinate.start() < 3 or subordinate.end() < comma)
        return Role.INNER if inside else Role.SUBJECT
    if _OBLIQUE.search(before):
        return Role.MENTIONED
    return Role.INNER if subordinate else Role.MENTIONED


def speaker(mentions: list[Mention]) -> Mention | None:
    """Return the party that speaks or acts in a sentence; a source goes before a subject."""
    for role in (Role.SOURCE, Role.SUBJECT, Role.AGENT):
        for mention in mentions:
            if mention.role is role:
                return mention
    return None


@lru_cache(maxsize=64)
def asked_party(question: str) -> Mention | None:
    """Return the party whose view a question asks for ("Wat vindt de WRR van …?"), or None.

    Holders that act rather than have views ("Wat doet de politie?") do not count.
    """
    mentions = find_mentions(question)
    party = next((m for m in mentions if _VIEW_OF.search(question[: m.span.start])), None)
    party = party or speaker(mentions)
    return party if party and party.holder in _HOLDERS_WITH_VIEWS else None


def asked_holder(question: str) -> Holder | None:
    """Return the holder of the view that a question asks for, or None; see `asked_party`."""
    party = asked_party(question)
    return party.holder if party else None
