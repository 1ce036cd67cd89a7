"""Words that ask: data, not code."""

from __future__ import annotations

__all__ = ["INTERROGATIVES", "QUESTION_WORDS"]

INTERROGATIVES = r"(?:wat|wie|hoe|waar|waarom|wanneer|welke?|hoeveel)\b"
"""Pattern of a word that opens a question, in small letters."""

QUESTION_WORDS = frozenset(
    "bedoel bedoeld bedoelt beteken betekent betekenis definitie heet heten noem noemt vind vindt "
    "vinden gevonden denk denkt denken zeg zegt zeggen gezegd staat staan gebeurt gebeuren bestaat "
    "bedraagt luidt precies eigenlijk graag weten weet vertel vertelt uitleg leg aangeven geef "
    "geeft soort manier welk vraag antwoord mening".split()
)
"""Words that only do the asking ("wat wordt bedoeld met", "hoe heet", "wat vindt").

They are left out of questions only: in a text they may be part of what it is about.
"""
