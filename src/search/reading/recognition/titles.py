"""A title for every document: its subject, else its first lines, else the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePath

from search.dutch.dates import read_printed_date
from search.reading.recognition.bodies import body_named
from search.reading.recognition.evidence import Evidence
from search.reading.recognition.head_fields import read_head_fields
from search.records import Kind

__all__ = ["find_title", "readable_name"]

_PRESENTS = re.compile(
    r"\b[Vv]oor u ligt (?:de |het |een )?(?P<title>[A-Z][\w&-]*(?: (?:\d{4}|en|de|het|van|voor"
    r"|tot en met|[A-Z][\w&-]*|meerjarenraming))*)"
)
_NOT_TITLES = re.compile(
    r"(?:inhoud(?:sopgave)?|inleiding|voorwoord|samenvatting|management ?summary|colofon|besluit:?"
    r"|tweede kamer der staten-generaal|eerste kamer der staten-generaal|concept|pagina \d.*|\d+)$",
    re.IGNORECASE,
)
_DOCUMENT_LINE = re.compile(
    r"(?:concept\s)?(?:verslag|notulen|besluitenlijst|agenda|rapport|notitie|memo|advies|nota)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[A-ZÀ-Þ0-9«“‘'\"(]")
_BARE = re.compile(
    r"(?:concept|openbaar|openbare)?\s*(?:(?:pers|nieuws)bericht|raads(?:voorstel|brief"
    r"|informatiebrief|vragen)"
    r"|collegevoorstel|notitie|memo|nota|rapport|eindrapport|advies(?: [\d/-]+)?"
    r"|besluitenlijst|verslag"
    r"|notulen|agenda|brief|bijlage(?: \d+)?|factsheet|initiatiefvoorstel)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[\w ]{2,30}:")
_MAX_TITLE = 160
_SITE = re.compile(r"\s+[·|–—]\s+|\s+-\s+(?=[A-Z])")


def find_title(evidence: Evidence) -> str:
    """Return the title in the text, else the file's name made readable; never an empty text."""
    known = evidence.metadata.title
    if known and not _is_bare(known):
        return _without_site(known, evidence)
    if known and (headline := _after_bare(known, evidence)):
        return headline
    if known:
        return known
    for line in evidence.front[:12]:
        if _DOCUMENT_LINE.match(line) and len(line.split()) > 2 and len(line) <= _MAX_TITLE:
            return line
    text = evidence.document.text
    for block in evidence.document.blocks[:30]:
        if block.kind is Kind.HEADING:
            heading = " ".join(text[block.start : block.end].split()).lstrip("# ")
            if not _NOT_TITLES.match(heading) and len(heading) <= _MAX_TITLE:
                return heading
            break
    for paragraph in evidence.first_blocks(20):
        if found := _PRESENTS.search(paragraph):
            return found["title"]
    if evidence.front and _is_headline(evidence):
        return evidence.front[0].lstrip("# ")
    return readable_name(evidence.name)


def _is_bare(title: str) -> bool:
    """Return whether a title says only what kind of document it is, or whose."""
    return bool(_BARE.fullmatch(title) or body_named(title) == title)


def _after_bare(known: str, evidence: Evidence) -> str:
    """Return the line after such a title that says what it is about, else an empty text."""
    lines = evidence.front[:8]
    at = next((n for n, line in enumerate(lines) if line.casefold() == known.casefold()), None)
    for line in lines[at + 1 :] if at is not None else ():
        if subject := read_head_fields([line]).subject:
            return subject
        is_title = _TITLED.match(line) and len(line) <= 120 and not line.endswith((".", ":", ","))
        if is_title and len(line.split()) > 2 and not read_printed_date(line):
            return "" if _is_bare(line) or _LABELLED.fullmatch(line) else line
    return ""


def _is_headline(evidence: Evidence) -> bool:
    """Return whether the first paragraph is one short line without an end."""
    first = evidence.first_blocks(1)
    return bool(
        first
        and len(first[0]) <= 100
        and len(first[0].split()) > 1
        and not re.search(r"[.:;,?!]$", first[0])
        and _TITLED.match(first[0].lstrip("# "))
        and not _NOT_TITLES.match(first[0])
    )


def _without_site(title: str, evidence: Evidence) -> str:
    """Return a page's title without the name of the site after it."""
    if evidence.ending not in ("html", "htm"):
        return title
    parts = _SITE.split(title)
    return parts[0] if len(parts) > 1 and parts[0] else title


def site_of(title: str) -> str:
    """Return the name of the site that the title of a page ends with, else an empty text."""
    parts = _SITE.split(title)
    return parts[-1] if len(parts) > 1 else ""


def readable_name(name: str) -> str:
    """Return a file's name as words: "Voetnoot cijfer op eigen lijn"."""
    stem = PurePath(name).stem
    words = re.sub(r"[_+]|%20|(?<=[^\W\d_])-(?=\w)|(?<=\d)-(?=[^\W\d_])", " ", stem)
    words = " ".join(words.split())
    return words[:1].upper() + words[1:] or name
