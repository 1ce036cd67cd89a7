"""Public bodies by name: whose documents theirs are."""

from __future__ import annotations

import re

from search.records import AuthorKind

__all__ = ["body_named", "find_municipality", "kind_of_body", "opening_body"]

_COURT = (
    r"rechtbank|gerechtshof|hoge raad|centrale raad van beroep|college van beroep"
    r"|kantonrechter|voorzieningenrechter|afdeling bestuursrechtspraak|hof van justitie"
    r"|rechtspraak|parket bij de hoge raad"
)
_PARLIAMENT = (
    r"tweede kamer|eerste kamer|staten-generaal|\w+ commissie voor|commissie voor de \w+uitgaven"
    r"|presidium|parlementaire enquêtecommissie|\bkamerlid|\bkamerleden|\bleden? van de kamer"
)
_CABINET = (
    r"minister(?:s|-president)?\b|ministerie|staatssecretaris|kabinet\b|rijksoverheid"
    r"|directoraat-generaal|\bcio rijk|ministerraad|regering\b|koninkrijksrelaties"
)
_MUNICIPALITY = (
    r"gemeente(?:raad|bestuur|secretaris)?\b|burgemeester|wethouder|raadscommissie|\bb&w\b"
    r"|\braadsleden|stadsdeel"
)
_ADVISORS = (
    "Raad van State; Afdeling advisering van de Raad van State; Sociaal-Economische Raad; "
    "SER; Wetenschappelijke Raad voor het Regeringsbeleid; WRR; Gezondheidsraad; "
    "Onderwijsraad; Raad voor Cultuur; Raad voor het Openbaar Bestuur; ROB; Raad voor de "
    "leefomgeving en infrastructuur; Rli; Raad voor Volksgezondheid en Samenleving; Raad voor "
    "Strafrechtstoepassing en Jeugdbescherming; RSJ; Adviesraad Migratie; ACVZ; Adviesraad "
    "Internationale Vraagstukken; AIV; AWTI; Adviescollege toetsing regeldruk; ATR; "
    "Wetenschappelijke Klimaatraad; Raad voor Dierenaangelegenheden; Nederlandse Sportraad; "
    "Planbureau voor de Leefomgeving; PBL; Centraal Planbureau; CPB; Sociaal en Cultureel "
    "Planbureau; SCP; Rijksinstituut voor Volksgezondheid en Milieu; RIVM; Raad voor de "
    "rechtspraak; College voor de Rechten van de Mens; Zorginstituut; Deltacommissaris; "
    "Staatscommissie; Adviescollege; Adviescommissie; Adviesraad; Raad voor de financiële "
    "verhoudingen; KNAW; Commissie voor de milieueffectrapportage"
).split("; ")
_OTHERS = (
    "Kiesraad; Kadaster; Logius; Algemene Rekenkamer; Nationale ombudsman; Autoriteit "
    "Persoonsgegevens; Autoriteit Consument en Markt; Autoriteit Financiële Markten; De "
    "Nederlandsche Bank; UWV; Sociale Verzekeringsbank; Belastingdienst; DUO; RDW; "
    "Rijkswaterstaat; KNMI; Centraal Bureau voor de Statistiek; CBS; ICTU; Geonovum; "
    "Nationaal Archief; VNG Realisatie; Vereniging van Nederlandse Gemeenten; VNG; "
    "Interprovinciaal Overleg; IPO; Unie van Waterschappen; Nederlandse Zorgautoriteit; "
    "Inspectie van het Onderwijs; Inspectie Gezondheidszorg en Jeugd; Nationaal Cyber "
    "Security Centrum; Rijksdienst voor Ondernemend Nederland; Staatsbosbeheer; ProRail; "
    "Politie; Veiligheidsraad; Onderzoeksraad voor Veiligheid; Europese Commissie; Rathenau "
    "Instituut; TNO; Deltares"
).split("; ")
_PARTIES = re.compile(
    r"\b(?:VVD|PvdA|CDA|D66|PVV|GroenLinks|GL-PvdA|ChristenUnie|SGP|PvdD|BBB|NSC|Volt|JA21|BIJ1"
    r"|50PLUS|FVD|DENK|KVP|ARP|CHU|LPF|[A-Z]?[a-zë-]*[Pp]artij)\b"
)
_BODY = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, (*_ADVISORS, *_OTHERS)), key=len, reverse=True))})\b"
)
_ADVISOR = re.compile(rf"\b(?:{'|'.join(map(re.escape, _ADVISORS))})\b")
_BY_NAME = (
    (re.compile(_COURT, re.IGNORECASE), AuthorKind.COURT),
    (_ADVISOR, AuthorKind.ADVISOR),
    (re.compile(_PARLIAMENT, re.IGNORECASE), AuthorKind.PARLIAMENT),
    (re.compile(_CABINET, re.IGNORECASE), AuthorKind.CABINET),
    (re.compile(_MUNICIPALITY, re.IGNORECASE), AuthorKind.MUNICIPALITY),
    (_PARTIES, AuthorKind.PARTY),
)
_PLACE = (
    r"(?:(?:'s-|’s-|Den |De |Het |Sint |Oude |Nieuwe |Bergen op |Berg en |Hoeksche )?"
    r"[A-Z][a-zë-]+(?:-[A-Z][a-z]+)*(?: (?:aan (?:de|den)|op|bij|en) [A-Z][a-zë]+)?)"
)
_MUNICIPALITY_OF = re.compile(rf"\b[Gg]emeente ({_PLACE})")
_COLLEGE_OF = re.compile(
    rf"(?i:(?:college van )?burgemeester en wethouders(?: van)?(?: de)?(?: gemeente)?"
    rf"|B&W-vergadering)\s+({_PLACE})"
)
_NO_PLACE = frozenset(
    {"In", "De", "Het", "Een", "Op", "Ook", "En", "Datum", "Raad", "Voor", "Deze"}
)
_OPENS = re.compile(rf"(?:De |Het )?({_BODY.pattern})(?=,? [a-z])")


def kind_of_body(name: str) -> AuthorKind:
    """Return whose document it is that a body with this name, or someone of it, issues."""
    if not name:
        return AuthorKind.UNKNOWN
    return next((kind for pattern, kind in _BY_NAME if pattern.search(name)), AuthorKind.OTHER)


def body_named(line: str) -> str:
    """Return the known public body whose name a line consists of, else an empty text."""
    found = _BODY.match(line)
    rest = line[found.end() :].strip(" .,|–-") if found else line
    return found[0] if found and (not rest or re.match(r"(?i)rapport\b|\(|advies\b", rest)) else ""


def opening_body(sentence: str) -> str:
    """Return the known public body that is the subject with which a sentence opens."""
    found = _OPENS.match(sentence)
    return found[1] if found else ""


def find_municipality(text: str) -> str:
    """Return the municipality that a text names most, as "Gemeente Wassenaar"."""
    counts: dict[str, int] = {}
    for pattern in (_COLLEGE_OF, _MUNICIPALITY_OF):
        for place in pattern.findall(text):
            if place not in _NO_PLACE:
                counts[place] = counts.get(place, 0) + 1
    if not counts:
        return ""
    place = max(counts, key=lambda each: counts[each])
    return f"Gemeente {place}" if counts[place] * 2 > sum(counts.values()) else ""
