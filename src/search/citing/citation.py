"""Citations as a Dutch lawyer or journalist writes them.

The forms are those of the Aanwijzingen voor de regelgeving (3.43 and 3.45) and the Leidraad voor
juridische auteurs: "Kamerstukken II 2020/21, 29861, nr. 70, p. 3".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from unicodedata import category
from urllib.parse import urlsplit

from search.citing.laws import place_in_law
from search.dutch import write_date
from search.records import Metadata
from search.references import PUBLICATIONS, Identifier, Series, read_id

__all__ = [
    "cite",
    "cite_html",
    "cite_markdown",
    "clean_citation",
    "escape_markdown",
    "identify_publication",
    "number_parts",
    "official_url",
    "pinpoint",
    "series_name",
    "short_year",
]

_OFFICIAL_ID = re.compile(r"(?:kst|ah|stb|stcrt|trb|h|blg)-(?=[\w-]*\d)[\w-]+")
_MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]<>~|&#]")
_OPENS_BLOCK = re.compile(r"(?:(?P<bullet>[-+=])|(?P<number>\d{1,9})(?P<after>[.)]))")
_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_PAGE = re.compile(r"(?:p(?:p|ag|agina)?|blz)\.?(?=[\s\d])\s*", re.IGNORECASE)
_GAZETTE_NAMES = {Series.STB: "Stb.", Series.STCRT: "Stcrt.", Series.TRB: "Trb."}
_ANNEX_KINDS = frozenset(
    {"Antwoord op Kamervragen", "Aanhangsel van de Handelingen", "Kamervragen"}
)
"""Kinds that the Aanhangsel of the Handelingen prints, each piece with a number."""
_ITEMS_SINCE = "2011"
"""From 1 January 2011 Handelingen are cited by item, before that by page."""


@dataclass(frozen=True, slots=True)
class _Citation:
    """A citation in three parts; only the name of the series is set in italics."""

    before: str
    series: str
    after: str


def cite(
    metadata: Metadata, section: Sequence[str] = (), page: str = "", identifier: str = ""
) -> str:
    """Return the citation of a document, or of a place in it, as plain text.

    What the metadata leave out is taken from `identifier`, the document's id, which also tells an
    annex, Handelingen, an Aanhangsel, a Staatsblad, a Staatscourant and a Tractatenblad. The
    pinpoint is the page ("p. 3", for "3" or "p. 3") if it is known, else the heading ("par. ‘Thema
    4: Migratiebeleid’"); in a law the article stands first ("art. 5 lid 2 Wet …"). Any other
    document is cited by title, publisher's site and date; if nothing is known of it, the citation
    is empty.
    """
    found = _compose(metadata, section, page, identifier)
    return found.before + found.series + found.after


def cite_markdown(
    metadata: Metadata, section: Sequence[str] = (), page: str = "", identifier: str = ""
) -> str:
    """Return the citation as Markdown, the name of the series in italics, the rest escaped."""
    found = _compose(metadata, section, page, identifier)
    series = f"*{_escape_inline(found.series)}*" if found.series else ""
    return escape_markdown(found.before) + series + _escape_inline(found.after)


def cite_html(
    metadata: Metadata, section: Sequence[str] = (), page: str = "", identifier: str = ""
) -> str:
    """Return the citation as HTML, the name of the series in italics, the rest escaped."""
    found = _compose(metadata, section, page, identifier)
    series = f"<i>{escape(found.series)}</i>" if found.series else ""
    return escape(_one_line(found.before)) + series + escape(_one_line(found.after))


def _compose(metadata: Metadata, section: Sequence[str], page: str, name: str) -> _Citation:
    found = identify_publication(metadata, name)
    pages = _plain_page(page)
    if found is None:
        law = place_in_law(metadata, section)
        if law and metadata.title:
            return _Citation(f"{law} {metadata.title.removesuffix('.')}", "", "")
        base = _page_citation(metadata)
        return _Citation(base + (pinpoint(section, pages) if base else ""), "", "")
    is_annex = found.is_annex or metadata.kind.casefold() == "bijlage"
    before = "Bijlage bij " if is_annex and found.dossiers else ""
    if found.series is Series.H:
        after, pages = _place_in_sitting(found, pages, metadata.date)
    elif found.series in _GAZETTE_NAMES:
        paged = re.match(r"p(\d+)", found.suffix)
        after, pages = f" {found.year}, {found.number}", pages or (paged[1] if paged else "")
    else:
        year = f" {short_year(found.vergaderjaar)}" if found.vergaderjaar else ""
        after = ", ".join([year, *number_parts(found)])
    return _Citation(before, series_name(found), after + pinpoint(section, pages))


def identify_publication(metadata: Metadata, identifier: str = "") -> Identifier | None:
    """Return the official publication that metadata and id name, for citing it.

    The metadata override the id. Folders before the id are ignored ("map/kst-29861-70"). None
    means that it is no official publication, or one that can't be cited by number. For an annex
    (`blg-…`) the result names the piece that the annex belongs to.
    """
    named = read_id(identifier.rpartition("/")[2])
    if named and named.series not in (Series.KST, Series.BLG):
        if named.series is Series.H and not named.number:
            return replace(named, number=metadata.ondernummer)
        return named if named.year or named.vergaderjaar else None
    if metadata.dossiers and metadata.ondernummer:
        known = named or Identifier(Series.KST)
        return replace(
            known,
            number=metadata.ondernummer,
            dossiers=tuple(dossier.number for dossier in metadata.dossiers),
            chamber=metadata.chamber or known.chamber,
            vergaderjaar=metadata.vergaderjaar or known.vergaderjaar,
        )
    if metadata.kind in _ANNEX_KINDS and metadata.ondernummer and metadata.vergaderjaar:
        return Identifier(
            Series.AH,
            number=metadata.ondernummer,
            chamber=metadata.chamber,
            vergaderjaar=metadata.vergaderjaar,
        )
    if named and named.dossiers:
        year = metadata.vergaderjaar or named.vergaderjaar
        return replace(named, chamber=metadata.chamber or named.chamber, vergaderjaar=year)
    return None


def series_name(identifier: Identifier) -> str:
    """Return the name that is set in italics: "Kamerstukken II", "Aanhangsel Handelingen II"…"""
    if identifier.series in _GAZETTE_NAMES:
        return _GAZETTE_NAMES[identifier.series]
    names = {Series.AH: "Aanhangsel Handelingen", Series.H: "Handelingen"}
    name = names.get(identifier.series, "Kamerstukken")
    return f"{name} {identifier.chamber}" if identifier.chamber else name


def number_parts(found: Identifier) -> list[str]:
    """Return the dossiers and the number of a publication: "36600 VII en 30573", "nr. 70"."""
    dossiers = " en ".join(re.sub(r"-(?!\d)", " ", number) for number in found.dossiers)
    number = found.number
    if number and not (number.isalpha() and number.isupper()):
        number = f"nr. {number}"
    return [part for part in (dossiers, number) if part]


def _place_in_sitting(found: Identifier, pages: str, date: str) -> tuple[str, str]:
    """Return the sitting and item of Handelingen, and the pages to add to the citation."""
    parts = [f" {short_year(found.vergaderjaar)}"]
    if found.number:
        parts.append(f"nr. {found.number}")
    by_page = pages and date and date < _ITEMS_SINCE
    if found.item and not by_page:
        parts.append(f"item {found.item}")
    return ", ".join(parts), pages or found.pages


def pinpoint(section: Sequence[str], page: str) -> str:
    """Return what follows a citation for a place in the document: the page, else the heading."""
    if pages := _plain_page(page):
        return f", p. {pages}"
    return f", par. ‘{section[-1]}’" if section else ""


def _plain_page(page: str) -> str:
    return _PAGE.sub("", clean_citation(page), count=1)


def _page_citation(metadata: Metadata) -> str:
    parts = [f"‘{metadata.title.removesuffix('.')}’" if metadata.title else ""]
    parts.append(urlsplit(metadata.url).netloc.removeprefix("www.") or metadata.issuer)
    parts.append(write_date(metadata.date))
    return ", ".join(part for part in parts if part)


def clean_citation(text: str) -> str:
    """Return a text on one line: single spaces, no control characters, no lone surrogates."""
    return " ".join(_one_line(text).split())


def _one_line(text: str) -> str:
    """Return a text with a space for each control character, separator and surrogate."""
    return "".join(" " if category(c) in _UNWRITABLE else c for c in text)


def _escape_inline(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\g<0>", _one_line(text))


def escape_markdown(text: str) -> str:
    """Return a text on one line that Markdown (CommonMark, GitHub's) shows unchanged."""
    line = _escape_inline(text).lstrip()
    opened = _OPENS_BLOCK.match(line)
    if not opened:
        return line
    at = opened.end() - 1
    return f"{line[:at]}\\{line[at:]}"


def cite_in(document: str, metadata: Metadata, section: Sequence[str] = (), page: str = "") -> str:
    """Return the citation of a place in a document, or the document's id if it has none."""
    return cite(metadata, section, page, document) or document


def short_year(vergaderjaar: str) -> str:
    """Return "2020/21" for "2020-2021", and "1999/2000" at the turn of the century."""
    first, _, last = vergaderjaar.partition("-")
    return f"{first}/{last if last.endswith('00') else last[-2:]}" if last else first


def official_url(identifier: str, metadata: Metadata) -> str:
    """Return the address of a document's official page, or an empty text if none is known."""
    if metadata.url:
        return metadata.url
    name = identifier.rpartition("/")[2]
    return f"{PUBLICATIONS}{name}.html" if _OFFICIAL_ID.fullmatch(name) else ""
