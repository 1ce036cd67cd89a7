"""Questions about a document itself: who signed it, when it was sent, to whom."""

from __future__ import annotations

import re

__all__ = ["asks_metadata"]

_DOCUMENT = (
    r"(?:(?:kamer|aanbiedings)?brief|brieven|motie|nota|rapport|advies|verslag|bericht|besluit"
    r"|document|stuk|beantwoording|antwoorden|kabinetsreactie|reactie)"
)
_SENT = (
    r"(?:ondertekend\w*|ondertekent|ondertekenen|onderteken\w*|getekend|tekende\w*|geschreven"
    r"|schreef|schreven|verstuur\w*|verstuurd|verzonden|verzond|stuurde\w*|gestuurd|gericht"
    r"|geadresseerd|gedateerd|gepubliceerd|aangeboden|opgesteld|ingediend|verschenen)"
)
_LONGEST = 300
"""Characters that are read: the time grows faster than the text."""
_PATTERNS = (
    rf"\b(?:wie|wanneer|welke (?:minister|bewindspersoon|staatssecretaris)\w*|door wie|namens wie"
    r"|aan wie|voor wie|van wie|van wanneer|op welke (?:dag|datum))\b"
    rf".*\b{_DOCUMENT}\b.*\b{_SENT}\b",
    rf"\b(?:wie|wanneer|welke (?:minister|bewindspersoon|staatssecretaris)\w*)\b.*\b{_SENT}\b"
    rf".*\b{_DOCUMENT}\b",
    rf"\b(?:van wie|van wanneer) (?:is|zijn|komt|komen) (?:de|het|deze|dit)\b.*\b{_DOCUMENT}\b",
    rf"\b(?:aan wie|voor wie)\b.*\b{_DOCUMENT}\b",
    r"\bwie (?:zijn|is|was|waren) (?:de )?(?:minister|staatssecretaris|bewindspers|burgemeester"
    r"|voorzitter|secretaris|afzender|ondertekenaar|auteur|schrijver|indiener|geadresseerde)",
    rf"\b(?:datum|kenmerk|afzender|ondertekenaars?|auteurs?|geadresseerden?|adres|briefhoofd"
    rf"|bijlagen|dossiernummer|kamerstuknummer|titel)\b.*\b{_DOCUMENT}\b",
    rf"\b{_DOCUMENT}\b.*\b(?:datum|kenmerk|afzender|ondertekenaars?|ondertekening|geadresseerde"
    r"|briefhoofd)\b",
    r"\b(?:ondertekend|ondertekende|ondertekenaars?|handtekening|telefoonnummer|postadres"
    r"|bezoekadres|uw kenmerk|ons kenmerk)\b",
)
_ASKS = re.compile("|".join(f"(?:{each})" for each in _PATTERNS), re.IGNORECASE)


def asks_metadata(question: str) -> bool:
    """Return whether a question asks for what stands in a letterhead or a signature.

    "Wie heeft de brief ondertekend?", "Wanneer is de motie ingediend?", "Wie is de minister?".
    """
    return bool(_ASKS.search(question[:_LONGEST]))
