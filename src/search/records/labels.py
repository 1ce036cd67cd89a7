"""Labels of sentences: whose view a sentence gives, and which stance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.records.documents import Span

__all__ = ["CABINET_STANCES", "Holder", "Label", "Stance"]


class Holder(StrEnum):
    """Whose view, finding, advice or action a sentence gives; the values are stored."""

    CABINET = "kabinet"
    ADVISOR = "adviesorgaan"
    MUNICIPALITIES = "gemeenten"
    PARLIAMENT = "kamer"
    OTHER = "ander"
    NONE = "geen"


class Stance(StrEnum):
    """What a sentence does; the values are stored.

    The first ten are the cabinet's, the next two those of any other holder, the last one is for a
    sentence without a holder.
    """

    SUPPORT = "steun"
    PARTIAL = "gedeeltelijk"
    RESERVATION = "voorbehoud"
    RESEARCH = "nader_onderzoek"
    REJECTION = "afwijzing"
    COMMITMENT = "toezegging"
    EXISTING = "bestaand_beleid"
    DEFERRED = "doorgeschoven"
    EXPLANATION = "toelichting"
    PROCEDURE = "procedure"
    ADVICE = "aanbeveling"
    FINDING = "bevinding"
    FACT = "feit"


CABINET_STANCES = frozenset(
    {
        Stance.SUPPORT,
        Stance.PARTIAL,
        Stance.RESERVATION,
        Stance.RESEARCH,
        Stance.REJECTION,
        Stance.COMMITMENT,
        Stance.DEFERRED,
    }
)
"""What the cabinet thinks of an advice or a request, or does with it. Its other stances say what it
does already, explain, or announce a document."""


@dataclass(frozen=True, slots=True)
class Label:
    """Whose view a sentence gives and what stance, with the words that decided it.

    `holder_name` is the holder as the text names it ("WRR", "VNG", "volgend kabinet"), or an
    empty text. `probability` is that of this holder and stance together. `cues` are spans of the
    document's text.
    """

    holder: Holder
    stance: Stance
    probability: float
    holder_name: str = ""
    cues: tuple[Span, ...] = ()

    @property
    def is_cabinet_stance(self) -> bool:
        """Return whether it is a stance of the cabinet, and more than an explanation."""
        return self.holder is Holder.CABINET and self.stance in CABINET_STANCES
