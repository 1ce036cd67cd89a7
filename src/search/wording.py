"""The Dutch words for dates, counts and labels; app, command line and exports take them here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from search.dutch import write_date
from search.records import (
    Answer,
    Entry,
    Holder,
    Kind,
    Label,
    Metadata,
    Minister,
    Sentence,
    Stance,
    Theme,
    ThemeOrigin,
    Verdict,
)

__all__ = [
    "HOLDERS",
    "STANCES",
    "VERDICTS",
    "adviser_label",
    "cabinet_label",
    "count",
    "date_label",
    "document_names",
    "doubt_line",
    "duration",
    "escape_label",
    "holder_label",
    "kind_label",
    "likelihood",
    "ministers_label",
    "strength",
    "theme_label",
    "theme_name",
    "uncertainty",
]

STANCES = {
    Stance.SUPPORT: "steun",
    Stance.PARTIAL: "gedeeltelijke steun",
    Stance.RESERVATION: "voorbehoud",
    Stance.RESEARCH: "nader onderzoek",
    Stance.REJECTION: "afwijzing",
    Stance.COMMITMENT: "toezegging",
    Stance.EXISTING: "bestaand beleid",
    Stance.DEFERRED: "doorgeschoven",
    Stance.EXPLANATION: "toelichting",
    Stance.PROCEDURE: "procedure",
    Stance.ADVICE: "aanbeveling",
    Stance.FINDING: "bevinding",
    Stance.FACT: "feit",
}
"""The stances as people write them, in the order in which they are shown."""
HOLDERS = {
    Holder.CABINET: "Kabinet",
    Holder.ADVISOR: "Adviesorgaan",
    Holder.MUNICIPALITIES: "Gemeenten",
    Holder.PARLIAMENT: "Kamer",
    Holder.OTHER: "Ander",
}
"""The holders as people write them; Holder.NONE has no name."""
VERDICTS = {
    Verdict.EXACT: "woordelijk",
    Verdict.NEAR: "bijna woordelijk",
    Verdict.ABSENT: "niet gevonden",
}
"""The verdicts on a quote as people write them."""
_OTHER_CABINETS = ("volgend kabinet", "vorig kabinet", "kabinet (aangehaald)")

_KINDS = {
    Kind.LETTERHEAD: "Briefhoofd",
    Kind.HEADING: "Kop",
    Kind.LIST_ITEM: "Lijst",
    Kind.TABLE: "Tabel",
    Kind.FOOTNOTE: "Voetnoot",
    Kind.SIGNATURE: "Ondertekening",
}
_ORIGINS = {
    ThemeOrigin.STRUCTURE: "uit het document",
    ThemeOrigin.METADATA: "officieel",
    ThemeOrigin.ESTIMATED: "geschat",
}
_NUMBERED = re.compile(r"thema\s+\w{1,4}\s*[:.–-]\s*(?=\S)", re.I)

_STRONG_CONFIDENCE, _FAIR_CONFIDENCE = 0.85, 0.7
"""Least confidence of an answer that is called strong or fair."""
_WELL_COVERED = 0.6
"""Share of a question's words from which a passage is said to be about all of it."""
_HIGH_PROBABILITY, _FAIR_PROBABILITY = 0.8, 0.5
"""Least probability of a label that is called high or fair."""


def count(number: int, one: str, more: str) -> str:
    """Return a number with its noun ("1 passage", "1.204 passages")."""
    return f"{number:,} {one if number == 1 else more}".replace(",", ".")


def duration(seconds: float) -> str:
    """Return a number of seconds in words: "40 seconden", "3 minuten"."""
    if seconds < 60:
        whole = max(1, round(seconds))
        return "1 seconde" if whole == 1 else f"{whole} seconden"
    minutes = round(seconds / 60)
    return "1 minuut" if minutes == 1 else f"{minutes} minuten"


def strength(confidence: float) -> str:
    """Return how strongly the sources answer: "sterk", "redelijk" or "zwak"."""
    if confidence >= _STRONG_CONFIDENCE:
        return "sterk"
    return "redelijk" if confidence >= _FAIR_CONFIDENCE else "zwak"


def uncertainty(answer: Answer) -> str:
    """Return what is uncertain about a possible answer, as a sentence."""
    features = answer.features
    if features.get("known", 1.0) < 1:
        why = "Een deel van de woorden van uw vraag staat in geen enkel document."
    elif features.get("coverage", 1.0) < _WELL_COVERED:
        why = "Niet alles waar u naar vraagt, staat in deze passage."
    else:
        why = "Geen zin beantwoordt uw vraag met zekerheid."
    return f"Het is niet zeker dat dit uw vraag beantwoordt. {why}"


def likelihood(probability: float) -> str:
    """Return how probable a label is: "hoog", "redelijk" or "laag"."""
    if probability >= _HIGH_PROBABILITY:
        return "hoog"
    return "redelijk" if probability >= _FAIR_PROBABILITY else "laag"


def holder_label(label: Label) -> str:
    """Return the holder of a view as readers know it ("Kabinet", "WRR"), or an empty text.

    The present cabinet is "Kabinet" whatever the text calls it; the one before or after it keeps
    its own name.
    """
    if label.holder not in HOLDERS:
        return ""
    if label.holder is Holder.CABINET and label.holder_name not in _OTHER_CABINETS:
        return HOLDERS[Holder.CABINET]
    return label.holder_name or HOLDERS[label.holder]


def adviser_label(label: Label) -> str:
    """Return the holder of an advice as readers know it."""
    return holder_label(label) or HOLDERS[Holder.ADVISOR]


def cabinet_label(name: str) -> str:
    """Return a cabinet by its name as it is written ("kabinet-Rutte IV"), or an empty text."""
    return f"kabinet-{name}" if name else ""


def ministers_label(ministers: Sequence[Minister]) -> str:
    """Return in a line which ministers a document names, or else who was in office at the time."""
    if not ministers:
        return ""
    named = "; ".join(f"{m.name}, {m.office[:1].lower()}{m.office[1:]}" for m in ministers)
    return named if all(m.signed for m in ministers) else f"toen in functie: {named}"


def date_label(metadata: Metadata) -> str:
    """Return the date of a document in words; one that only its file has says so."""
    if metadata.date or not metadata.file_date:
        return write_date(metadata.date)
    return f"datum van het bestand: {write_date(metadata.file_date)}"


def doubt_line(sentences: Iterable[Sentence]) -> str:
    """Return in Dutch why sentences can't be quoted; empty when all of them can."""
    reasons = [each.doubt for each in sentences if each.doubt]
    if not reasons:
        return ""
    what = count(len(reasons), "zin", "zinnen")
    return f"Niet te controleren: {what} ({'; '.join(dict.fromkeys(reasons))})."


def document_names(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the names of documents by id, with kind and date to tell them apart."""
    names = {}
    for entry in entries:
        known = (entry.metadata.kind.lower(), date_label(entry.metadata))
        more = ", ".join(part for part in known if part)
        names[entry.id] = (entry.metadata.name or entry.id) + (f" ({more})" if more else "")
    return names


def escape_label(text: str) -> str:
    """Return a text escaped for Streamlit's labels, which read Markdown, colours and formulas."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~:$-])", r"\\\1", text)


def kind_label(kind: Kind) -> str:
    """Return what a passage is, or an empty text for an ordinary paragraph."""
    return _KINDS.get(kind, "")


def theme_name(label: str) -> str:
    """Return a theme's name without its number: "Thema 4: Migratiebeleid" is "Migratiebeleid"."""
    return _NUMBERED.sub("", label, count=1) if _NUMBERED.match(label) else label


def theme_label(theme: Theme) -> str:
    """Return a theme with its origin in words: "Migratie en integratie (geschat)"."""
    name = theme_name(theme.label)
    return f"{name} ({_ORIGINS[theme.origin]})" if name else ""
