"""Laws and regulations as wetten.overheid.nl has them (BWB, "toestand") to blocks and metadata.

A file is the text as it applies from one day on. See
https://repository.officiele-overheidspublicaties.nl/Schema/BWB-toestand/2016-1/.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.dutch.dates import iso_day, write_date
from search.reading.contents import Contents
from search.reading.markup.official_blocks import official_blocks_of
from search.reading.markup.official_elements import INLINE, height_of, is_not_text
from search.reading.markup.vocabulary import rename
from search.reading.markup.xml_text import Element, TreeText, local_name, squeezed_text
from search.records import AuthorKind, Limits, Metadata

__all__ = ["read_law"]

_NO_TEXT = frozenset("meta-data bwb-inputbestand bwb-wijzigingen redactionele-correcties".split())
_LAWS = frozenset({"wet", "rijkswet"})
_ADDRESS = "https://wetten.overheid.nl/{}/{}"
_ENDS = ("uitwerkingtreding", "einddatum", "expiratiedatum")
_NAMES = dict.fromkeys(("intitule", "citeertitel", "considerans.al", "preambule.al", "wij"), "al")


def read_law(root: Element, name: str, limits: Limits) -> Contents:
    """Read a law; its `source` holds its words in order, without the notes on its sources.

    Raises ReadingError for a file that exceeds `limits`.
    """
    metadata, remark = _metadata(root)
    rename(root, _NAMES)
    words = TreeText(root, _is_not_text, INLINE, limits, name, height_of)
    blocks = official_blocks_of(root, words)
    remarks = (remark,) if remark else ()
    return Contents(words.source, blocks, metadata, is_record=True, remarks=remarks)


def _is_not_text(element: Element) -> bool:
    return local_name(element) in _NO_TEXT or is_not_text(element)


def _metadata(root: Element) -> tuple[Metadata, str]:
    """Return the metadata of a law, and from when to when the text applies."""
    law = root.find("wetgeving")
    kind = "Wet" if law is not None and law.get("soort", "").lower() in _LAWS else "Regeling"
    identifier, since = root.get("bwb-id", ""), iso_day(root.get("inwerkingtreding", ""))
    until = next(filter(None, (iso_day(root.get(key, "")) for key in _ENDS)), "")
    remark = ""
    if since:
        remark = f"Dit is de tekst zoals die geldt vanaf {write_date(since)}"
        remark += f" tot en met {write_date(until)}." if until else "."
    metadata = Metadata(
        title=_own_text(root, ".//citeertitel") or _own_text(root, ".//intitule"),
        kind=kind,
        issuer="; ".join(dict.fromkeys(_offices(root))),
        date=_signed(root),
        url=_ADDRESS.format(identifier, since).rstrip("/") if identifier else "",
        reference=identifier,
        author_kind=AuthorKind.OTHER if kind == "Wet" else AuthorKind.UNKNOWN,
    )
    return metadata, remark


def _own_text(root: Element, path: str) -> str:
    """Return the text of an element without the notes on its sources."""
    element = root.find(path)
    return " ".join("".join(_pieces(element)).split()) if element is not None else ""


def _pieces(element: Element) -> Iterator[str]:
    if _is_not_text(element):
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def _signed(root: Element) -> str:
    """Return the day on which the law was signed, else that of the text's first publication."""
    for path in (".//intitule", ".//wetgeving", ".//aanhef"):
        for origin in root.iterfind(f"{path}//oorspronkelijk/publicatie"):
            for key in ("ondertekeningsdatum", "uitgiftedatum"):
                found = origin.find(key)
                if found is not None and (day := iso_day(found.get("isodatum", ""))):
                    return day
    return ""


def _offices(root: Element) -> Iterator[str]:
    """Yield the offices of who signed, but for who only had it printed."""
    for function in root.iterfind(".//ondertekening/functie"):
        if not any(local_name(above) == "uitgifte" for above in function.iterancestors()):
            yield squeezed_text(function).rstrip(" ,;:.").removeprefix("De ")
