"""A title for every document: its subject, else its first lines, else the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePath

from search.reading.recognition.evidence import Evidence
from search.records import Kind

__all__ = ["find_title", "readable_name"]

_PRESENTS = re.compile(
    r"\b[Vv]oor u ligt (?:de |het |een )?(?P<title>[A-Z][\w&-]*(?: (?:\d{4}|en|de|het|van|voor|tot en met|[A-Z][\w&-]*|meerjarenraming))*)"
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
_MAX_TITLE = 160
_SITE = re.compile(r"\s+[·|–—]\s+|\s+-\s+(?=[A-Z])")


def find_title(evidence: Evidence) -> str:
    """Return the title in the text, else the file's name made readable; never an empty text."""
    known = evidence.metadata.title
    if known:
        return _without_site(known, evidence)
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
    for block in evidence.first_blocks(20):
        if found := _PRESENTS.search(block):
            return found["title"]
    if evidence.front and _is_headline(evidence):
        return evidence.front[0].lstrip("# ")
    return readable_name(evidence.name)


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
