"""Letters: of ministers to the Kamer, of municipalities to their council, and of others.

The sender is who signs, else whose letterhead it is; never the addressee.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.dutch.dates import read_printed_date
from search.reading.recognition.bodies import find_municipality, kind_of_body
from search.reading.recognition.evidence import Evidence
from search.reading.recognition.head_fields import (
    PLACE_AND_DAY,
    SALUTATION,
    HeadFields,
    read_head_fields,
)
from search.reading.recognition.offices import CABINET_OFFICE, read_signatories
from search.records import AuthorKind, Metadata, Person

__all__ = ["GOVERNMENT_LETTER", "recognise_letter", "signatories_of"]

GOVERNMENT_LETTER = "Brief regering"
_TO_CHAMBER = re.compile(
    r"(?:Aan )?(?:de |DE )?(?:Voorzitter|voorzitter|VOORZITTER|leden"
    r"|Leden) van de (?P<chamber>Tweede|Eerste) Kamer",
    re.IGNORECASE,
)
_TO_COUNCIL = re.compile(
    r"(?:Aan )?(?:de )?(?:leden van de )?(?:gemeente)?raad(?:sleden)?\b|Geachte (?:raads"
    r"|commissie)leden"
    r"|Geachte (?:leden van de )?(?:gemeente)?raad|Geachte dames en heren raadsleden"
    r"|raad(?:sinformatie)?brief",
    re.IGNORECASE,
)
_TO_MINISTER = re.compile(
    r"(?:Zeer )?(?:Geachte|Hooggeachte|Excellentie)(?: (?:mevrouw|heer"
    r"|dames en heren))?,? ?(?:de )?(?:minister|staatssecretaris"
    r"|bewindslieden|informateur|formateur)|T\.?a\.?v\.? (?:de )?(?:minister|staatssecretaris)",
    re.IGNORECASE,
)
_ATTENTION = re.compile(r"(?:T\.?a\.?v\.?|Ter attentie van)\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"Aan(?:\s|:|$)|T\.?a\.?v\.?\b", re.IGNORECASE)
_MINISTRY = re.compile(r"Ministerie van(?: [A-Z].*)?")
_UNFINISHED = re.compile(r"(?:\b(?:van|en|voor|de)|,)$")
_MUNICIPAL_LINE = re.compile(r"(?:[Gg]emeente) [A-Z][\w-]+(?: [A-Z][\w-]+)?")
_FOR_BODY = re.compile(
    r"[Nn]amens (?:het |de )?(?:bestuur|directie|leden) van (?:de |het )?(?P<body>[A-Z].{3,90})"
)
_ASSOCIATION = re.compile(
    r"(?:Stichting|(?:\w+ )?Vereniging|Koninklijke|Federatie|Platform|Universiteit|Coöperatie"
    r"|Unie van"
    r"|Branchevereniging|Provincie|Waterschap|Hoogheemraadschap|Veiligheidsregio|GGD|Raad voor)\b"
    r"|.* (?:B\.?V\.?|N\.?V\.?)$"
)
_SIGNED_FOR = re.compile(r"[Nn]amens (?:de |het )?(?P<body>[A-Z][\w& -]{3,80}),?")
_ON_BEHALF = re.compile(
    r"\b[Nn]amens (?:de |het )(?P<body>[A-Z][\w-]+(?: (?:van|voor|der|de|en|[A-Z][\w-]+))*)"
)
_BODY_IN_OFFICE = re.compile(
    r"^(?:[a-zA-Z-]+ ){1,2}?(?:van (?:de |het )?)?(?P<body>[A-Z][\w-]+(?: [\w-]+){1,8})$"
)
_WOO = re.compile(
    r"\b(?:Wet open(?:baarheid van bestuur|\s?overheid)|Woo-verzoek|Wob-verzoek|Woo-besluit"
    r"|Wob-besluit)\b"
)
_DECIDES = re.compile(
    r"\b(?:verzoekt u|uw verzoek|verzoek om (?:informatie|openbaarmaking))\b", re.IGNORECASE
)


def recognise_letter(evidence: Evidence) -> Metadata:
    """Return what the head and the signatures of a letter say; nothing where it is no letter."""
    fields = read_head_fields(evidence.front)
    known = evidence.metadata
    salutation = next((line for line in evidence.front if SALUTATION.match(line)), "")
    people = signatories_of(evidence)
    to_chamber = next(filter(None, map(_TO_CHAMBER.match, evidence.front[:40])), None)
    signed_letter = bool(people) and (salutation or to_chamber)
    has_head = fields.labels >= 2 and bool(fields.subject) and (salutation or to_chamber)
    ministry = _letterhead(evidence, salutation)
    if not (has_head or signed_letter or (ministry and salutation)):
        return Metadata()
    issuer = _sender(evidence, people, fields, ministry, salutation)
    author = kind_of_body(issuer)
    if not issuer and any(CABINET_OFFICE.match(each.role) for each in people):
        author = AuthorKind.CABINET
    chamber = ""
    if to_chamber:
        chamber = "II" if to_chamber["chamber"].lower() == "tweede" else "I"
    return Metadata(
        title=fields.subject,
        subject=fields.subject,
        kind=_kind(evidence, author, bool(to_chamber), salutation),
        issuer=issuer,
        date=fields.date or _day_of(evidence.front),
        chamber=chamber or known.chamber,
        reference=fields.reference,
        author_kind=author if issuer else AuthorKind.OTHER,
        people=tuple(people),
    )


def _day_of(lines: Sequence[str]) -> str:
    """Return the day in the line with place and date, before the salutation."""
    for line in lines[:40]:
        if SALUTATION.match(line):
            break
        if PLACE_AND_DAY.fullmatch(line):
            return read_printed_date(line)
    return ""


def signatories_of(evidence: Evidence) -> list[Person]:
    """Return who signed: as the reader found them at the end, else where a letter in it ends."""
    signed = [Person(each.name, each.function) for each in evidence.document.signatories]
    return signed or read_signatories(evidence.lines)


def _sender(
    evidence: Evidence,
    people: Sequence[Person],
    fields: HeadFields,
    ministry: str,
    salutation: str,
) -> str:
    offices = [each.role for each in people if CABINET_OFFICE.match(each.role)]
    if offices:
        return "; ".join(dict.fromkeys(offices))
    if ministry:
        return ministry
    if fields.sender:
        return fields.sender
    if body := _body_signed_for(evidence, people):
        return body
    municipality = next(
        (line for line in evidence.front[:20] if _MUNICIPAL_LINE.fullmatch(line)), ""
    )
    if municipality or _TO_COUNCIL.search(salutation):
        text = " ".join([*evidence.front[:20], *evidence.closing])
        return municipality[:1].upper() + municipality[1:] or find_municipality(text)
    roles = [each.role for each in people if " " in each.role]
    return roles[0] if roles else _association(evidence.front[:4])


def _association(lines: Sequence[str]) -> str:
    """Return the association, foundation or company whose name is at the top of a letter."""
    return next((line for line in lines if _ASSOCIATION.match(line) and len(line) < 90), "")


def _body_signed_for(evidence: Evidence, people: Sequence[Person]) -> str:
    """Return the association or company for which a letter is signed."""
    for line in evidence.closing:
        if found := _FOR_BODY.fullmatch(line) or _SIGNED_FOR.fullmatch(line):
            return found["body"].rstrip(" ,.")
    for person in people:
        found = _BODY_IN_OFFICE.match(person.role)
        if found and kind_of_body(person.role) is AuthorKind.OTHER:
            return found["body"]
    text = " ".join(evidence.first_blocks(25))
    found = _ON_BEHALF.search(text)
    return found["body"] if found and kind_of_body(found["body"]) is AuthorKind.OTHER else ""


def _letterhead(evidence: Evidence, salutation: str) -> str:
    """Return the ministry whose paper a letter is on, not the one it is sent to."""
    front = evidence.front
    known = evidence.metadata.issuer
    to_minister = any(_TO_MINISTER.match(line) for line in front[:30]) or _TO_MINISTER.match(
        salutation
    )
    if known.startswith("Ministerie") and not to_minister and not _UNFINISHED.search(known):
        return known
    for at, line in enumerate(front[:30]):
        if not _MINISTRY.fullmatch(line):
            continue
        name, after = line, list(front[at + 1 : at + 5])
        while after and (_UNFINISHED.search(name) and after[0][:1].isupper()):
            name = f"{name} {after.pop(0)}"
        addressed = at > 0 and _ADDRESSED.match(front[at - 1])
        if to_minister or addressed or (after and _ATTENTION.match(after[0])):
            return ""
        return name.rstrip(" ,")
    return ""


def _kind(evidence: Evidence, author: AuthorKind, to_chamber: bool, salutation: str) -> str:
    opening = " ".join(evidence.first_blocks(30))
    if (
        not to_chamber
        and _WOO.search(opening)
        and _DECIDES.search(opening)
        and author in (AuthorKind.CABINET, AuthorKind.MUNICIPALITY, AuthorKind.OTHER)
    ):
        return "Woo-besluit"
    if author is AuthorKind.CABINET and to_chamber:
        return GOVERNMENT_LETTER
    council = _TO_COUNCIL.search(salutation) or any(map(_TO_COUNCIL.match, evidence.front[:25]))
    if author is AuthorKind.MUNICIPALITY and council:
        return "Raadsbrief"
    return "Brief"
