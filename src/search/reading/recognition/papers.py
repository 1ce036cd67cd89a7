"""Reports, advice, minutes, rulings, rules and the like: known by their titles and first lines."""

from __future__ import annotations

import re

from search.dutch.dates import read_printed_date, read_printed_month
from search.reading.recognition.bodies import (
    body_named,
    find_municipality,
    kind_of_body,
    opening_body,
)
from search.reading.recognition.evidence import Evidence
from search.reading.recognition.head_fields import PLACE_AND_DAY, read_head_fields
from search.records import AuthorKind, Kind, Metadata, Person

__all__ = [
    "author_of",
    "date_of",
    "has_further_report",
    "issuer_of",
    "kind_of_title",
    "recognise_paper",
]

_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bECLI:|\b(?:vonnis|arrest|beschikking) (?:in|van)\b|^uitspraak\b", "Uitspraak"),
        (r"^advies\b.*\bnader rapport\b", "Advies"),
        (r"^nader rapport\b", "Nader rapport"),
        (r"\bbesluitenlijst\b|\blijst van besluiten\b", "Besluitenlijst"),
        (r"^fiche(?: \d+)?:|\bBNC-?fiche\b", "BNC-fiche"),
        (r"gegevensbeschermingseffectbeoordeling|\b(?:pre-?)?DPIA\b(?! van)|\bPIA\b", "DPIA"),
        (
            r"^(?:deel)?besluit (?:op (?:uw )?(?:Woo|Wob)|inzake.*\b(?:Woo|Wob))|\b(?:Woo"
            r"|Wob)-?(?:deel)?besluit",
            "Woo-besluit",
        ),
        (r"\braadsvoorstel\b|^voorstel aan de (?:gemeente)?raad", "Raadsvoorstel"),
        (r"\b(?:college|b&w)-?(?:voorstel|advies)\b", "Collegevoorstel"),
        (r"\braad(?:sinformatie)?brief\b|\bcollegebrief\b", "Raadsbrief"),
        (r"\b(?:raads|schriftelijke )vragen\b.*\b(?:raad|artikel|art\.)", "Raadsvragen"),
        (
            r"\bverkiezingsprogramma\b|\bpartijprogramma\b"
            r"|^(?:concept)?programma van (?:de )?\w*partij\b",
            "Verkiezingsprogramma",
        ),
        (
            r"^(?:concept[- ]?)?(?:verslag|notulen)\b|\bverslag van (?:de|het|een)\b"
            r"|\bgespreksverslag\b|\b(?:woordelijk|beknopt) verslag\b",
            "Verslag",
        ),
        (r"\bjaarverslag\b|\bjaarrekening\b|\bjaarstukken\b", "Jaarverslag"),
        (
            r"\b(?:programma|meerjaren|concept)?begroting(?:swijziging)? (?:20)\d\d"
            r"|\bvoorjaarsnota\b|\bkadernota\b|\bnajaarsnota\b|\bmiljoenennota\b",
            "Begroting",
        ),
        (
            r"\bhandleiding\b|\bhandreiking\b|\bleidraad\b|\binstructie\b|\bstappenplan\b"
            r"|\bpraktijkgids\b",
            "Handleiding",
        ),
        (
            r"\bpraktijkrichtlijn\b|\bstandaard\b(?=.*\d)|\bbeleidskader\b|\bspecificatie\b"
            r"|\bAPI design rules\b",
            "Standaard",
        ),
        (r"\bnieuwsbericht\b|\bpersbericht\b", "Nieuwsbericht"),
        (r"\bconvenant\b|\bbestuursakkoord\b|\bconvenanttekst\b", "Convenant"),
        (r"\bfactsheet\b|\binfographic\b", "Factsheet"),
        (
            r"^(?:\w+ ){0,2}(?:verordening|regeling|reglement|uitvoeringsbeschikking"
            r"|uitvoeringsbesluit|uitvoeringsregeling|beschikking|circulaire"
            r"|beleidsregel(?:s)?)\b|\bregeling van \d",
            "Regeling",
        ),
        (r"^\w*verordening\b|\bmandaatbesluit\b", "Regeling"),
        (r"^(?:\w+wet|wet)\b(?! op het| open overheid)|^grondwet\b|^algemene wet\b", "Wet"),
        (r"\badvies(?:rapport)?\b|\bbriefadvies\b|\bsignalement\b", "Advies"),
        (
            r"\brapport(?:age)?\b|\beindrapport\b|\bonderzoek\b|\bevaluatie\b|\banalyse\b"
            r"|\bmonitor\b|\bverkenning\b|\breview\b|\bquickscan\b|\bconcentratiekaarten\b"
            r"|\bstand van zaken\b",
            "Rapport",
        ),
        (
            r"\broadmap\b|\b(?:actie|uitvoerings|implementatie)(?:plan|programma|agenda)\b"
            r"|\bstrategie\b|\bbeleidsnota\b|\bvisie\b|\bbeleidsplan\b|\bagenda\b"
            r"|\bnationaal programma\b",
            "Beleidsnota",
        ),
        (r"\bnotitie\b|\bmemo\b|\bnota\b", "Notitie"),
        (r"^bijlage\b", "Bijlage"),
    )
)
_KINDS_OF_PAGES = frozenset(
    (
        "Begroting Besluitenlijst Nieuwsbericht Raadsbrief Regeling Uitspraak "
        "Verkiezingsprogramma Verslag Wet"
    ).split()
)
"""Of these a page holds the document itself; of others it tells."""
_MAX_TITLE = 250
_MONTH_LINE = re.compile(r"(?P<month>[A-Z]?[a-z]{2,9} \d{4})")
_VERSION = re.compile(
    r"(?:\w+ ){0,3}(?:\w*[Vv]ersie|[Vv]astgesteld(?: op)?|[Dd]atum|DATUM|[Gg]epubliceerd op"
    r"|[Pp]ublicatiedatum|[Uu]itgave)\b[^.]{0,50}"
)
_OF_DAY = re.compile(r"\bd\.d\. ?(?P<day>\d{1,2} [a-z]+ \d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{4})")
_SELF_DATED = frozenset({"Verslag", "Besluitenlijst", "Regeling", "Wet", "Uitspraak"})
_RECEIVED = re.compile(r"\bontvangst\b|\bontvangen\b", re.IGNORECASE)
_MADE_BY = re.compile(
    r"\b[Dd](?:it|eze) (?:document|rapport|publicatie|handreiking|handleiding|notitie|nota"
    r"|brochure|factsheet|advies)"
    r" is (?:\w+ )?(?:ontwikkeld|opgesteld|gemaakt|geschreven|uitgegeven|een uitgave) (?:door"
    r"|van) (?:de |het )?"
    r"(?P<body>[A-Z][\w&-]*(?: (?:van|voor|en|de|[A-Z][\w&-]*))*)"
)
_EDITOR = re.compile(r"[A-Z][\w’'. -]{3,40} \((?P<body>[A-Z][^()]{2,90})\)")
_EDITORS = re.compile(r"(?:Redacteur(?:s|en)?|Auteurs?|Redactie|Editors?)\s*:?", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"(?:©\s*(?:\d{4}\s*)?|Colofon:? uitgave |Uitgave(?: van)?:? |Dit is een (?:uitgave"
    r"|publicatie) van:?\s*(?:de |het )?)"
    r"(?P<body>[A-Za-z][\w&. -]{2,70})"
)
_MAP_MAKER = re.compile(r"GeoNames|Microsoft|TomTom|OpenStreetMap|Bing|Google|Shutterstock|iStock")
"""Of a map or a picture within a document."""
_CONTACT_LINE = re.compile(r"^(?P<body>[A-Z][\w& .-]{2,40}?) ?\| ?(?:\+31|0\d{1,3}|www\.|T )")
_COMPANY = re.compile(
    r"(?:vennootschap|maatschap|stichting|vereniging) (?P<body>[A-Z][\w&. -]{3,60}? (?:N\.V\."
    r"|B\.V\.|LLP))"
)
_COMMISSION = re.compile(
    r"(?P<body>(?:vaste|algemene|tijdelijke|bijzondere)(?: \w+)? commissie voor .{3,90})",
    re.IGNORECASE,
)
_COURT_LINE = re.compile(
    r"(?P<body>(?:Rechtbank|Gerechtshof) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:-[A-Z]\w+)?"
    r"|Hoge Raad|Raad van State|Centrale Raad van Beroep"
    r"|College van Beroep voor het bedrijfsleven)"
)
_LAW_MAKER = re.compile(
    r"(?:De|DE) (?P<body>(?:[Mm]inister|[Ss]taatssecretaris)(?:-president"
    r"| van [A-Z][\w ,-]{3,90}| voor [A-Z][\w ,-]{3,90}))(?:,|;|$)"
)
_WITH_REPORT = re.compile(r"advies\b.*\bnader rapport\b", re.IGNORECASE)
_ADVICE_OF = re.compile(r"\b(?P<body>Afdeling advisering van de Raad van State)\b")
_COVER_AUTHOR = re.compile(
    r"(?:(?:[Pp]rof|[Dd]r|[Mm]r|[Ii]r|[Dd]rs"
    r"|[Ii]ng)\.? ?)+(?P<name>(?:[A-Z]\. ?)*(?:[A-Z][\w’'-]+ )?[\w’' -]{2,40}),"
    r" (?P<of>[A-Z][^()]{3,80}?)(?: \((?P<role>[^()]{3,30})\))?"
)
_OURSELVES = re.compile(r"\b(?:wij|we|ons|onze)\b", re.IGNORECASE)
_LEAD_CHAMBER = re.compile(r"\b(?:de|van de|der) Kamer\b")
_MIN_CHAMBER = 20


def kind_of_title(title: str) -> str:
    """Return the kind that a title names, else an empty text."""
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), "")


def recognise_paper(evidence: Evidence, title: str) -> Metadata:
    """Return kind, date and issuer of a document that is no letter, motion or sitting."""
    known = evidence.metadata
    kind = known.kind if known.kind not in ("", "Kamerstuk") else _kind(evidence, title)
    fields = read_head_fields(evidence.front[:40])
    issuer = issuer_of(evidence, kind, title)
    people = cover_authors(evidence)
    return Metadata(
        subject=fields.subject if fields.labels >= 2 and not known.subject else "",
        kind=kind,
        date=known.date or date_of(evidence, kind, title),
        issuer=issuer,
        author_kind=AuthorKind.OTHER if people and not issuer else AuthorKind.UNKNOWN,
        people=people,
    )


def _kind(evidence: Evidence, title: str) -> str:
    if any(
        re.fullmatch(r"(?i)essentie (?:van het )?voorstel", re.sub(r"^[\d. ]+", "", line))
        for line in evidence.head
    ):
        return "BNC-fiche"
    if any(re.match(r"ECLI:NL:", line) for line in evidence.front[:5]):
        return "Uitspraak"
    is_page = evidence.ending in ("html", "htm")
    for line in (title, *evidence.front[: 0 if is_page else 8]):
        if len(line) >= _MAX_TITLE or not (found := kind_of_title(line)):
            continue
        if not is_page or found in _KINDS_OF_PAGES:
            return found
    if is_page:
        return "Webpagina"
    if evidence.ending in ("md", "markdown") and evidence.lines[:1] == ("---",):
        # Front matter: the source of a page of a site.
        return "Webpagina"
    return ""


def has_further_report(title: str) -> bool:
    """Return whether a title is that of an advice with the cabinet's answer to it."""
    return kind_of_title(title) == "Nader rapport" or _WITH_REPORT.match(title) is not None


def date_of(evidence: Evidence, kind: str, title: str) -> str:
    """Return the date that a document itself prints, or its month; never one within its text."""
    if kind == "BNC-fiche":
        return ""
    if kind == "Nader rapport" or has_further_report(title):
        text = " ".join(evidence.head[:40])
        days = [read_printed_date(each["day"]) for each in _OF_DAY.finditer(text)]
        return max(filter(None, days), default="")
    fields = read_head_fields(evidence.head[:60])
    if fields.date:
        return fields.date
    if kind in _SELF_DATED:
        named = (line for line in evidence.front[:3] if kind_of_title(line) == kind)
        for line in (title, *named):
            if day := read_printed_date(line):
                return day
    return _front_day(evidence) or _front_month(evidence)


def _front_day(evidence: Evidence) -> str:
    before = ""
    for line in evidence.front[:50]:
        found = PLACE_AND_DAY.fullmatch(line)
        if found and not _RECEIVED.search(before) and (day := read_printed_date(found["day"])):
            return day
        before = line
    for line in evidence.head:
        if len(line) < 90 and _VERSION.match(line) and (day := read_printed_date(line)):
            return day
    signed = [line for line in evidence.closing[-25:] if (m := PLACE_AND_DAY.fullmatch(line)) and m]
    return read_printed_date(signed[0]) if signed else ""


def _front_month(evidence: Evidence) -> str:
    for line in evidence.head:
        if len(line) < 90 and _VERSION.match(line) and (month := read_printed_month(line)):
            return month
    for line in (*evidence.head, *evidence.closing[-15:]):
        found = _MONTH_LINE.fullmatch(line)
        if found and (month := read_printed_month(line)):
            return month
    return ""


def issuer_of(evidence: Evidence, kind: str, title: str) -> str:
    """Return who issued a document, where a line of it says so."""
    known = evidence.metadata
    head = " ".join(evidence.head)
    if kind == "Uitspraak":
        return _first(_COURT_LINE, evidence.front) or known.issuer
    if kind == "Nader rapport" or (kind == "Advies" and _ADVICE_OF.search(head[:1500])):
        return _first(_ADVICE_OF, [head])
    if kind == "Besluitenlijst" and (found := _first(_COMMISSION, evidence.front)):
        return found
    if known.issuer and not known.issuer.startswith("Ministerie"):
        return known.issuer
    if kind in ("Regeling", "Wet") and (found := _rule_maker(evidence, title)):
        return found
    for line in evidence.front[:12]:
        if body := body_named(line):
            return body
    if body := _named_in_text(evidence, head):
        return body
    if kind in _MUNICIPAL or evidence.ending in ("html", "htm"):
        ends = " ".join(evidence.closing[-30:])
        if body := find_municipality(f"{title} {ends}") or find_municipality(
            evidence.document.text
        ):
            return body
    return _speaking_body(evidence) or known.issuer


_MUNICIPAL = frozenset(
    ("Begroting Besluitenlijst Collegevoorstel Raadsbrief Raadsvoorstel Raadsvragen").split()
)


def _first(pattern: re.Pattern[str], lines: list[str] | tuple[str, ...]) -> str:
    found = next(filter(None, (pattern.search(line) for line in lines)), None)
    return found["body"].strip(" ,.;") if found else ""


def _rule_maker(evidence: Evidence, title: str) -> str:
    """Return the minister who decides in a regulation, or the Kamer of its own rules."""
    if found := _first(_LAW_MAKER, evidence.head[:30]):
        return found
    text = evidence.document.text
    is_own = re.search(r"\b[Dd]it [Rr]eglement\b", text)
    if is_own and len(_LEAD_CHAMBER.findall(text)) >= _MIN_CHAMBER:
        first = text.count("Eerste Kamer") > text.count("Tweede Kamer") and "Eerste Kamer" in title
        return "Eerste Kamer" if first else "Tweede Kamer"
    return ""


def _named_in_text(evidence: Evidence, head: str) -> str:
    """Return the maker that a colophon, a list of editors or a foot names."""
    if found := _MADE_BY.search(head):
        return found["body"]
    at = next((n for n, line in enumerate(evidence.head) if _EDITORS.fullmatch(line)), None)
    if at is not None:
        bodies = [
            m["body"] for line in evidence.head[at + 1 : at + 25] if (m := _EDITOR.fullmatch(line))
        ]
        if bodies:
            return max(bodies, key=bodies.count)
    for pattern in (_CONTACT_LINE, _COMPANY, _PUBLISHER):
        for line in (*evidence.head, *evidence.closing[-25:]):
            found = pattern.search(line)
            if found and not _MAP_MAKER.match(found["body"]):
                body = found["body"].strip(" ,")
                body = body if body.endswith(".V.") else body.rstrip(".")
                return body[:1].upper() + body[1:]
    return ""


def _speaking_body(evidence: Evidence) -> str:
    """Return the known body of which the first paragraphs speak in the first person."""
    paragraphs = evidence.blocks_of(Kind.PARAGRAPH)[:12]
    if not any(_OURSELVES.search(each) for each in paragraphs):
        return ""
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[.!?]) ", paragraph):
            if body := opening_body(sentence):
                return body
    return ""


def cover_authors(evidence: Evidence) -> tuple[Person, ...]:
    """Return the authors that a cover lists, one a line, each with the body of each."""
    found = [m for line in evidence.front[:30] if (m := _COVER_AUTHOR.fullmatch(line))]
    return tuple(
        Person(each["name"].strip(), ", ".join(filter(None, (each["role"], each["of"]))))
        for each in found
    )


def author_of(issuer: str, kind: str, title: str) -> AuthorKind:
    """Return whose document it is, by its issuer and else by its kind."""
    by_kind = {
        "Uitspraak": AuthorKind.COURT,
        "Handelingen": AuthorKind.PARLIAMENT,
        "Motie": AuthorKind.PARLIAMENT,
        "Amendement": AuthorKind.PARLIAMENT,
        "BNC-fiche": AuthorKind.CABINET,
        "Verkiezingsprogramma": AuthorKind.PARTY,
        "Wet": AuthorKind.OTHER,
    }
    if kind in by_kind:
        return by_kind[kind]
    if not issuer and kind in ("Verslag", "Besluitenlijst"):
        of = kind_of_body(title)
        return of if of in (AuthorKind.PARLIAMENT, AuthorKind.MUNICIPALITY) else AuthorKind.UNKNOWN
    return kind_of_body(issuer)
