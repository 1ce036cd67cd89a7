"""Citations as a Dutch lawyer or journalist writes them.

The forms are those of the Aanwijzingen voor de regelgeving (3.43 and 3.45) and the Leidraad voor
juridische auteurs: "Kamerstukken II 2020/21, 29861, nr. 70".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from search.reading import write_date
from search.records import Metadata

__all__ = ["cite", "official_url", "short_year"]

_IDENTIFIER = re.compile(r"(?:kst|ah|stb|stcrt|trb|h|blg)-(?=[\w-]*\d)[\w-]+")
_PUBLICATIONS = "https://zoek.officielebekendmakingen.nl/"


def cite(metadata: Metadata, section: Sequence[str] = ()) -> str:
    """Write the citation of a document, or of a passage under a heading of it.

    The pinpoint is the heading ("par. ‘Thema 4: Migratiebeleid’"), as these sources have no
    pages. A document that is no Kamerstuk is cited by title, publisher's site and date.
    """
    base = _kamerstuk(metadata) if metadata.dossiers and metadata.ondernummer else _page(metadata)
    if section and base:
        return f"{base}, par. ‘{section[-1]}’"
    return base


def _kamerstuk(metadata: Metadata) -> str:
    chamber = f" {metadata.chamber}" if metadata.chamber else ""
    year = f" {short_year(metadata.vergaderjaar)}" if metadata.vergaderjaar else ""
    dossiers = " en ".join(re.sub(r"-(?!\d)", " ", d.number) for d in metadata.dossiers)
    number = metadata.ondernummer
    piece = number if number.isalpha() and number.isupper() else f"nr. {number}"
    return f"Kamerstukken{chamber}{year}, {dossiers}, {piece}"


def _page(metadata: Metadata) -> str:
    parts = [f"‘{metadata.title}’" if metadata.title else ""]
    parts.append(urlsplit(metadata.url).netloc.removeprefix("www.") or metadata.issuer)
    parts.append(write_date(metadata.date))
    return ", ".join(part for part in parts if part)


def short_year(vergaderjaar: str) -> str:
    """Write "2020-2021" as "2020/21" and, at the turn of the century, "1999/2000"."""
    first, _, last = vergaderjaar.partition("-")
    return f"{first}/{last if last.endswith('00') else last[-2:]}" if last else first


def official_url(identifier: str, metadata: Metadata) -> str:
    """Give the address of a document's official page, or an empty text where none is known."""
    if metadata.url:
        return metadata.url
    name = identifier.rpartition("/")[2]
    return f"{_PUBLICATIONS}{name}.html" if _IDENTIFIER.fullmatch(name) else ""
