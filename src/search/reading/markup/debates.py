"""Debates in TEI as the ParlaMint corpora have them, to blocks and metadata.

See https://clarin-eric.github.io/ParlaMint/.
"""

from __future__ import annotations

import re

from search.dutch.dates import iso_day
from search.reading.contents import Contents
from search.reading.markup.official_blocks import official_blocks_of
from search.reading.markup.official_elements import INLINE, height_of, is_not_text
from search.reading.markup.vocabulary import rename
from search.reading.markup.xml_text import Element, TreeText, local_name, squeezed_text
from search.records import AuthorKind, Limits, Metadata

__all__ = ["read_debate"]

_NAMES = {
    "head": "item-titel",
    "u": "spreekbeurt",
    "seg": "al",
    "p": "al",
    "note": "al",
    "gap": "al",
    "hi": "nadruk",
    "ref": "extref",
    "list": "lijst",
    "item": "li",
    "name": "nadruk",
    "w": "nadruk",
    "pc": "nadruk",
    "s": "nadruk",
    "emph": "nadruk",
    "desc": "nadruk",
    "quote": "citaat",
    "incident": "al",
    "kinesic": "al",
    "vocal": "al",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_HOUSES = {"#parla.upper": "I", "#parla.lower": "II"}
_ISSUERS = {"I": "Eerste Kamer", "II": "Tweede Kamer"}
_JOINED_NAME = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ])(?=(?:van|der|den|de)[A-Z])")


def read_debate(root: Element, name: str, limits: Limits) -> Contents:
    """Read a debate, each speech under a heading with its speaker.

    Its `source` holds the words of the debate in order, without the header. Raises ReadingError
    for a file that exceeds `limits`.
    """
    metadata = _metadata(root)
    for utterance in list(root.iter("{*}u")):
        _put_speaker(utterance)
    _join_tokens(root)
    rename(root, _NAMES)
    words = TreeText(root, _is_not_text, INLINE, limits, name, height_of)
    return Contents(words.source, official_blocks_of(root, words), metadata, is_record=True)


def _is_not_text(element: Element) -> bool:
    return local_name(element) in ("teiHeader", "standOff", "linkGrp") or is_not_text(element)


def _metadata(root: Element) -> Metadata:
    header = root.find("{*}teiHeader")
    if header is None:
        return Metadata(kind="Handelingen", author_kind=AuthorKind.PARLIAMENT)
    titles = list(header.iterfind(".//{*}titleStmt/{*}title"))
    # The subtitle says which sitting it is; the title names the corpus.
    titles.sort(key=lambda each: (each.get(f"{_XML}lang", "nl") != "nl", each.get("type") != "sub"))
    dates = [*header.iterfind(".//{*}setting/{*}date"), *header.iterfind(".//{*}bibl/{*}date")]
    days = (iso_day(each.get("when", "")) for each in dates)
    meetings = header.iterfind(".//{*}meeting")
    houses = {house for each in meetings for house in each.get("ana", "").split()}
    chamber = next((number for house, number in _HOUSES.items() if house in houses), "")
    addresses = (squeezed_text(each) for each in header.iterfind(".//{*}bibl/{*}idno"))
    return Metadata(
        title=next((squeezed_text(each) for each in titles if squeezed_text(each)), ""),
        kind="Handelingen",
        issuer=_ISSUERS.get(chamber, ""),
        date=next(filter(None, days), ""),
        url=next((each for each in addresses if re.fullmatch(r"https?://\S{4,400}", each)), ""),
        chamber=chamber,
        author_kind=AuthorKind.PARLIAMENT,
    )


def _put_speaker(utterance: Element) -> None:
    """Put the note with the speaker's name into the speech; without one, the name in its id."""
    before = utterance.getprevious()
    if before is not None and local_name(before) == "note" and before.get("type") == "speaker":
        note = before
        # What follows an element moves with it.
        note.tail = None
    else:
        note = utterance.makeelement("spreker")
        note.text = _JOINED_NAME.sub(" ", utterance.get("who", "").lstrip("#").rpartition(":")[2])
    note.tag = "spreker"
    utterance.insert(0, note)


def _join_tokens(root: Element) -> None:
    """Take out the line ends after words of an annotated corpus that have no space after them."""
    for token in root.iter("{*}w", "{*}pc"):
        if token.get("join") in ("right", "both") and not (token.tail or "").strip():
            token.tail = None
