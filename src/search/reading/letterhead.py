"""The head of a Kamerstuk to metadata: vergaderjaar, dossier, ondernummer, title, date.

The lines and their order are those of printed Kamerstukken (Tweede and Eerste Kamer).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.dutch.dates import read_date
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText
from search.records import Dossier, Metadata
from search.references import CHAPTER, DOSSIER_NUMBER, dossier_id, write_vergaderjaar

__all__ = ["Letterhead", "read_letterhead", "split_head"]

_MOST_BLOCKS = 25
_LONGEST_LINE = 700
_YEAR = re.compile(r"(?:(?:Verg|verg)aderjaar )?(\d{4}) ?[–-] ?(\d{4}|\d{2})$")
_DOSSIER = re.compile(
    rf"({DOSSIER_NUMBER})(?:[ -]?({CHAPTER}[A-Z]?|[A-Z](?![\w’'.])|\d{{2}}"
    rf"|\(R\d+\)))?(?:[ \u00a0]+(\D.*))?$"
)
_NUMBER = re.compile(r"(?:[Nn]r\. ?(\d{1,5}[a-zA-Z]?|[A-Z]{1,2})|([A-Z]{1,2}))(?: (\D.*))?$")
_CHAMBER_LINE = re.compile(r"(?:Tweede|Eerste) Kamer der Staten-Generaal(?: \d)?$")
_NUMBER_LINE = re.compile(r"[Nn]r\. ?(?:\d{1,5}[a-zA-Z]?|[A-Z]{1,2})\b")
_TITLE = re.compile(
    r"(?:BRIEF|MOTIE|GEWIJZIGDE|NADER|VERSLAG|LIJST|NOTA|AMENDEMENT|MEMORIE|ADVIES|VOORSTEL"
    r"|KONINKLIJK"
    r"|GELEIDENDE|VOORLICHTING|INBRENG|RAPPORT|BIJLAGE|HERDRUK)\b",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(r"Aan de (?:Voorzitter|leden) van de (Tweede|Eerste) Kamer")
_CHAMBER = re.compile(r"(Tweede|Eerste) Kamer der Staten-Generaal$")
_PLACE_AND_DATE = re.compile(
    r"(?:[’'‘]?s?-?[A-Z][\w’' -]{2,30}, (?:de )?|Datum:? |Voorgesteld |Ontvangen |Vastgesteld )"
    r"(.*\d{4})\.?$"
)
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"BRIEF VAN DE (?:MINISTER|STAATSSECRETARIS)", "Brief regering"),
        (r"(?:\w+ )?(?:GE\w+DE )?MOTIE\b", "Motie"),
        (r"(?:\w+ )?(?:GE\w+D )?(?:SUB)?AMENDEMENT\b", "Amendement"),
        (r"(?:VOORLOPIG |NADER (?:VOORLOPIG )?|EIND)?VERSLAG\b", "Verslag"),
        (r"(?:(?:NADERE|GEWIJZIGDE) )?MEMORIE VAN TOELICHTING", "Memorie van toelichting"),
        (r"(?:NADERE )?MEMORIE VAN ANTWOORD", "Memorie van antwoord"),
        (r"NOTA NAAR AANLEIDING VAN HET", "Nota naar aanleiding van het verslag"),
        (r"(?:\w+ )?NOTA VAN WIJZIGING", "Nota van wijziging"),
        (r"(?:GEWIJZIGD )?VOORSTEL VAN (?:RIJKS)?WET", "Voorstel van wet"),
        (r"KONINKLIJKE BOODSCHAP", "Koninklijke boodschap"),
        (r"LIJST VAN VRAGEN EN ANTWOORDEN", "Lijst van vragen en antwoorden"),
        (r"LIJST VAN VRAGEN", "Lijst van vragen"),
        (r"INITIATIEFNOTA|NOTA VAN (?:HET LID|DE LEDEN)", "Initiatiefnota"),
        (r"NADER RAPPORT", "Nader rapport"),
        (r"ADVIES\b", "Advies"),
        (r"(?:GELEIDENDE )?BRIEF\b", "Brief"),
    )
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The metadata in the head of a document, and how many blocks it takes."""

    blocks: int
    metadata: Metadata


def read_letterhead(blocks: Sequence[RawBlock]) -> Letterhead:
    """Read the head of a document.

    Lines are only a head if they name a vergaderjaar, or a dossier and a number; otherwise it
    takes no blocks and its metadata are empty.
    """
    found, last, seen = Metadata(), 0, 0
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        text = block.text
        if block.kind is RawKind.LIST_ITEM or len(text) > _LONGEST_LINE:
            break
        updated = _read_line(text, found)
        if updated is None:
            if _is_body(block) or (seen == 0 and number > 3):
                break
            continue
        found, last, seen = updated, number + 1, seen + 1
        if _PLACE_AND_DATE.match(text) and found.date:
            break
    if not (found.vergaderjaar or (found.dossiers and found.ondernummer)):
        return Letterhead(0, Metadata())
    return Letterhead(last, replace(found, kind=_kind_of(found.title)))


def split_head(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Split the lines of a head that no empty lines separate, as in copied text."""
    split: list[RawBlock] = []
    for number, block in enumerate(blocks):
        is_text = number < _MOST_BLOCKS and block.kind is RawKind.TEXT
        if not is_text or len(block.lines) < 2 or not _opens_line(block.lines[0]):
            split.append(block)
            continue
        for line in block.lines:
            if line is block.lines[0] or _opens_line(line):
                split.append(replace(block, lines=(line,)))
            else:
                split[-1] = replace(split[-1], lines=(*split[-1].lines, line))
    return split


def _opens_line(line: SourcedText) -> bool:
    """Return whether a line of the file begins a line of a head, titles aside."""
    text = line.squeeze().strip().text
    patterns = (_YEAR, _CHAMBER_LINE, _DOSSIER, _NUMBER_LINE, _ADDRESSEE, _PLACE_AND_DATE)
    return any(pattern.match(text) for pattern in patterns)


def _is_body(block: RawBlock) -> bool:
    """Return whether a block that is no known line of a head belongs to the running text."""
    return block.kind is RawKind.HEADING or len(block.text) > 160


def _read_line(text: str, found: Metadata) -> Metadata | None:
    """Return `found` with the metadata in one line; None when it is no line of a head."""
    if (year := _YEAR.match(text)) and (vergaderjaar := write_vergaderjaar(year[1], year[2])):
        return replace(found, vergaderjaar=vergaderjaar)
    if chamber := _CHAMBER.search(text):
        return replace(found, chamber="II" if chamber[1] == "Tweede" else "I")
    if (dossier := _DOSSIER.match(text)) and not found.ondernummer:
        named = Dossier(dossier_id(dossier[1], dossier[2] or ""), (dossier[3] or "").strip())
        return replace(found, dossiers=(*found.dossiers, named))
    if found.dossiers and not found.ondernummer and (number_ := _NUMBER.match(text)):
        piece = number_[1] or number_[2]
        chamber_ = found.chamber or ("I" if piece.isalpha() else "II")
        return replace(found, ondernummer=piece, chamber=chamber_, title=number_[3] or "")
    if addressee := _ADDRESSEE.match(text):
        return replace(found, chamber="II" if addressee[1] == "Tweede" else "I")
    if (place := _PLACE_AND_DATE.match(text)) and (date := read_date(place[1])):
        return replace(found, date=found.date or date)
    if found.ondernummer and not found.title and _TITLE.match(text):
        return replace(found, title=text)
    if found.dossiers and not found.dossiers[-1].title and not found.ondernummer:
        titled = replace(found.dossiers[-1], title=text)
        return replace(found, dossiers=(*found.dossiers[:-1], titled))
    return None


def _kind_of(title: str) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.match(title)), "")
