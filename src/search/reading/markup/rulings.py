"""Rulings and opinions of courts as rechtspraak.nl publishes them, to blocks and metadata.

See https://www.rechtspraak.nl/Uitspraken/Paginas/Open-Data.aspx.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.dutch.dates import iso_day, write_date
from search.reading.contents import Contents
from search.reading.markup.official_blocks import official_blocks_of
from search.reading.markup.official_elements import INLINE, height_of, is_not_text
from search.reading.markup.vocabulary import rename
from search.reading.markup.xml_text import Element, TreeText, local_name, squeezed_text
from search.records import AuthorKind, Limits, Metadata, Person

__all__ = ["read_ruling"]

_NAMES = {
    "para": "al",
    "simpara": "al",
    "title": "kop",
    "subtitle": "subtitel",
    "bridgehead": "tussenkop",
    "caution": "box",
    "orderedlist": "lijst",
    "itemizedlist": "lijst",
    "listitem": "li",
    "variablelist": "lijst",
    "paragroup": "lid",
    "parablock": "lid",
    "informaltable": "table",
    "emphasis": "nadruk",
    "superscript": "sup",
    "subscript": "inf",
    "footnote": "noot",
    "footnote-ref": "nootref",
    "blockquote": "citaat",
    "link": "extref",
    "ulink": "extref",
    "uitspraak.info": "info",
    "conclusie.info": "info",
}
_CHAPTERS = re.compile(
    r"(?:\d+\.?\s+)?(?:(?:het )?proces(?:verloop|gang)|(?:de )?(?:verdere )?overwegingen|"
    r"(?:de )?beslissing|(?:de )?feiten|(?:het )?geschil|(?:de )?beoordeling|inleiding|"
    r"ontstaan en loop van het geding|geding in (?:eerste aanleg|hoger beroep|cassatie)|"
    r"(?:het )?dictum|conclusie)",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\s")
_JUDGED = re.compile(
    r"(?:vastgesteld|gewezen|gegeven|gedaan|genomen) door (?P<names>(?:(?:mr|prof|dr)\.|[^.])"
    r"(?:[^\n]{0,600}?)(?:griffier|uitgesproken|\.\s*$))"
)
_JUDGE = re.compile(
    r"mr\.\s(?:drs\.\s|dr\.\s)?(?P<name>[^,;]+?)(?=\s+(?:en|als)\s|,|;|\.?$)(?:,?\s+(?:als\s+)?"
    r"(?P<role>voorzitter|leden|lid|rechters?|raadsheren|raadsheer|griffier|voorzieningenrechter))?"
)
_ROLES = {"leden": "lid", "rechters": "rechter", "raadsheren": "raadsheer"}


def read_ruling(root: Element, name: str, limits: Limits) -> Contents:
    """Read a ruling; its `source` holds its words in order, without the record about it.

    Raises ReadingError for a file that exceeds `limits`.
    """
    metadata = _metadata(root)
    rename(root, _NAMES)
    _mark_headings(root)
    for note in root.iter("noot"):
        if note.get("label"):
            label = note.makeelement("noot.nr")
            label.text = note.get("label")
            note.insert(0, label)
    words = TreeText(root, _is_not_text, INLINE, limits, name, height_of)
    return Contents(words.source, official_blocks_of(root, words), metadata, is_record=True)


def _is_not_text(element: Element) -> bool:
    return local_name(element) == "RDF" or is_not_text(element)


def _metadata(root: Element) -> Metadata:
    """Return the metadata of a ruling from its record (RDF)."""
    record = root.find("{*}RDF/{*}Description")

    def said(key: str) -> list[str]:
        found = record.iterfind(f"{{*}}{key}") if record is not None else ()
        return [text for each in found if (text := squeezed_text(each))]

    def first(key: str) -> str:
        return next(iter(said(key)), "")

    ecli, court, case = first("identifier"), first("creator"), first("zaaknummer")
    day = iso_day(first("date"))
    is_opinion = root.find("{*}conclusie") is not None and root.find("{*}uitspraak") is None
    subject = ", ".join(filter(None, (court, write_date(day) if day else "", case)))
    return Metadata(
        title=ecli or subject,
        subject=subject,
        kind="Conclusie" if is_opinion else "Uitspraak",
        issuer=court,
        date=day,
        url=f"https://deeplink.rechtspraak.nl/uitspraak?id={ecli}" if ecli else "",
        reference=case,
        themes=tuple(each for text in said("subject") for each in text.split("; ")),
        author_kind=AuthorKind.COURT,
        people=tuple(_judges(root)),
    )


def _judges(root: Element) -> Iterator[Person]:
    """Yield who gave the ruling, of "Aldus vastgesteld door mr. A, voorzitter, en mr. B, lid"."""
    for para in root.iter("{*}para"):
        found = _JUDGED.search(squeezed_text(para))
        if not found:
            continue
        waiting: list[str] = []
        for judge in _JUDGE.finditer(found["names"]):
            waiting.append(judge["name"].strip())
            if judge["role"]:
                role = _ROLES.get(judge["role"], judge["role"])
                yield from (Person(each, role) for each in waiting)
                waiting = []
        yield from (Person(each, "rechter") for each in waiting)
        return


def _mark_headings(root: Element) -> None:
    """Make headings of the lines that are set apart as such: many courts mark none."""
    for first in ("uitspraak", "conclusie"):
        for part in root.iter(first):
            paras = list(part.iter("al"))
            texts = [squeezed_text(para) for para in paras]
            for number in range(1, len(paras) - 1):
                if _is_heading(texts, number) and not len(paras[number]):
                    paras[number].tag = "tussenkop"
                    if _CHAPTERS.fullmatch(texts[number]):
                        paras[number].set("kopopmaak", "vet")


def _is_heading(texts: list[str], number: int) -> bool:
    """Return whether a line between two empty ones is a heading of the text after it."""
    text = texts[number]
    if not text or len(text) > _LONGEST_HEADING or texts[number - 1] or texts[number + 1]:
        return False
    if _CHAPTERS.fullmatch(text):
        return True
    after = next((each for each in texts[number + 1 :] if each), "")
    is_title = text[0].isupper() and text[-1].isalnum() and len(text.split()) <= 12
    return is_title and (len(after) > _LONGEST_HEADING or bool(_NUMBER.match(after)))
