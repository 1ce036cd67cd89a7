"""Links: every search and every marked passage is an address, and an address restores it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.quoting.permalinks import words_checksum
from search.records import Filters, HintKind, Holder, Span, Stance
from search.wording import HOLDERS, STANCES, read_date

__all__ = [
    "CITING",
    "HOME",
    "LIBRARY",
    "LIMIT",
    "MANAGE",
    "VIEWS",
    "Library",
    "ReadLink",
    "Search",
    "Standpoints",
    "library_link",
    "read_library",
    "read_reading",
    "read_search",
    "read_standpoints",
    "reader_link",
    "standpoints_link",
    "write_library",
    "write_search",
    "write_standpoints",
]

HOME = "./"
LIBRARY = "documenten"
VIEWS = "standpunten"
CITING = "citeren"
MANAGE = "beheer"
LIMIT = 10_000
"""Characters of the longest question that is put into a link."""

_LONGEST_WORDS = 200
"""Characters of the words by which documents are found."""

Params = Mapping[str, Sequence[str]]

_PROOF = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Search:
    """A question with its filters, as a link holds them.

    `date_from` and `date_to` are ISO dates, or what stood in the link when that is no date.
    """

    question: str = ""
    themes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""
    ignored: tuple[HintKind, ...] = ()
    """Hints of the question that the user took back."""
    holders: tuple[Holder, ...] = ()
    stances: tuple[Stance, ...] = ()

    @property
    def filters(self) -> Filters:
        """Give the filters that can be used; a date that is none is left out."""
        return Filters(
            themes=self.themes,
            documents=self.documents,
            date_from=read_date(self.date_from),
            date_to=read_date(self.date_to, last=True),
            holders=self.holders,
            stances=self.stances,
        )

    @property
    def active(self) -> int:
        """Count the kinds of filter that are in use."""
        used = self.filters
        dates = (used.date_from, used.date_to)
        return sum(map(bool, (used.themes, used.documents, *dates, used.holders, used.stances)))


@dataclass(frozen=True, slots=True)
class Standpoints:
    """What the page Standpunten shows, as a link holds it.

    With a topic, `document`, `holders` and `stances` narrow what is found on it. Without one,
    `theme`, `holders` and `stances` choose the sentences of `document`: a cell of its picture.
    """

    topic: str = ""
    document: str = ""
    holders: tuple[Holder, ...] = ()
    stances: tuple[Stance, ...] = ()
    theme: str = ""

    @property
    def filters(self) -> Filters:
        """Give what narrows the search for a topic."""
        documents = (self.document,) if self.document else ()
        return Filters(documents=documents, holders=self.holders, stances=self.stances)

    @property
    def active(self) -> int:
        """Count the kinds of filter that are in use."""
        return sum(map(bool, (self.document, self.holders, self.stances)))


@dataclass(frozen=True, slots=True)
class Library:
    """What the list of documents shows, as a link holds it: words to find, and which leaf."""

    words: str = ""
    leaf: int = 1


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A document to read and the span to mark, as a link holds them.

    `proof` is the checksum of the span's words when the link was made, or empty in a link that
    carries none.
    """

    document: str = ""
    span: Span | None = None
    proof: str = ""


def read_search(
    params: Params, themes: Container[str], documents: Container[str]
) -> tuple[Search, tuple[str, ...]]:
    """Read a search from a link, with a remark in Dutch for each value that can't be used."""
    remarks: list[str] = []
    search = Search(
        question=_last(params, "vraag").strip(),
        themes=_known(params, "thema", themes, "een thema", remarks),
        documents=_known(params, "document", documents, "een document", remarks),
        date_from=_date(params, "van", remarks),
        date_to=_date(params, "tot", remarks, last=True),
        ignored=tuple(kind for kind in HintKind if kind.value in params.get("los", ())),
        holders=_holders(params, remarks),
        stances=_stances(params, remarks),
    )
    used = search.filters
    if used.date_from and used.date_to and used.date_from > used.date_to:
        remarks.append("De begindatum ligt na de einddatum; zo blijft er geen document over.")
    return search, tuple(remarks)


def write_search(search: Search) -> dict[str, list[str]]:
    """Write a search as query parameters, leaving out what is empty."""
    values = {
        "vraag": [search.question],
        "thema": list(search.themes),
        "document": list(search.documents),
        "van": [read_date(search.date_from) or search.date_from],
        "tot": [read_date(search.date_to, last=True) or search.date_to],
        "los": [kind.value for kind in search.ignored],
        "van_wie": [holder.value for holder in search.holders],
        "standpunt": [stance.value for stance in search.stances],
    }
    return _filled(values)


def read_standpoints(
    params: Params, documents: Container[str], themes: Container[str]
) -> tuple[Standpoints, tuple[str, ...]]:
    """Read from a link what the page Standpunten shows, with a remark for what can't be used."""
    remarks: list[str] = []
    topic = _last(params, "onderwerp").strip()
    document = _known(params, "document", documents, "een document", remarks)[-1:]
    # A theme belongs to a cell of a document's picture; on a topic it says nothing.
    theme = () if topic else _known(params, "thema", themes, "een thema", remarks)[-1:]
    return (
        Standpoints(
            topic=topic,
            document="".join(document),
            holders=_holders(params, remarks),
            stances=_stances(params, remarks),
            theme="".join(theme),
        ),
        tuple(remarks),
    )


def write_standpoints(shown: Standpoints) -> dict[str, list[str]]:
    """Write what the page Standpunten shows as query parameters, leaving out what is empty."""
    return _filled(
        {
            "onderwerp": [shown.topic],
            "document": [shown.document],
            "thema": [shown.theme],
            "van_wie": [holder.value for holder in shown.holders],
            "standpunt": [stance.value for stance in shown.stances],
        }
    )


def standpoints_link(shown: Standpoints) -> str:
    """Give the address of what the page Standpunten shows."""
    query = urlencode(write_standpoints(shown), doseq=True)
    return f"{VIEWS}?{query}" if query else VIEWS


def read_library(params: Params) -> tuple[Library, tuple[str, ...]]:
    """Read from a link what the list of documents shows, with a remark for what can't be used."""
    words, leaf = _last(params, "zoek").strip()[:_LONGEST_WORDS], _last(params, "blad").strip()
    number = _number(leaf)
    if leaf and not number:
        shown = leaf if len(leaf) <= 80 else leaf[:79] + "…"
        return Library(words), (f"“{shown}” is geen nummer van een blad; dit is het eerste.",)
    return Library(words, number or 1), ()


def write_library(shown: Library) -> dict[str, list[str]]:
    """Write what the list of documents shows as query parameters, leaving out what is empty."""
    leaf = str(shown.leaf) if shown.leaf > 1 else ""
    return _filled({"zoek": [shown.words], "blad": [leaf]})


def library_link(shown: Library) -> str:
    """Give the address of what the list of documents shows."""
    query = urlencode(write_library(shown), doseq=True)
    return f"{LIBRARY}?{query}" if query else LIBRARY


def read_reading(params: Params) -> tuple[ReadLink, tuple[str, ...]]:
    """Read from a link which document to show and what to mark in it."""
    document = _last(params, "document")
    start, end = _last(params, "van"), _last(params, "tot")
    if not document or not (start or end):
        return ReadLink(document), ()
    if _number(start) is None or _number(end) is None or int(start) >= int(end):
        return ReadLink(document), ("De link wijst geen passage aan; er is niets gemarkeerd.",)
    span, proof = Span(int(start), int(end)), _last(params, "proef").lower()
    if proof and not _PROOF.fullmatch(proof):
        return ReadLink(document, span), (
            "De controlecode in de link (proef) klopt niet. Of het document is gewijzigd sinds de "
            "link is gemaakt, is daardoor niet nagegaan.",
        )
    return ReadLink(document, span, proof), ()


def reader_link(document: str, span: Span | None = None, text: str = "") -> str:
    """Give the address of a document in the reader, with the span to mark.

    With the span's `text` the link carries its checksum: then it still finds these words after
    the document has changed, or says that they are gone.
    """
    values = {"document": document}
    if span is not None:
        values |= {"van": str(span.start), "tot": str(span.end)}
        values |= {"proef": words_checksum(text)} if text else {}
    return f"{LIBRARY}?{urlencode(values)}"


def _filled(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {key: found for key, value in values.items() if (found := [v for v in value if v])}


def _holders(params: Params, remarks: list[str]) -> tuple[Holder, ...]:
    found = _known(params, "van_wie", [h.value for h in HOLDERS], "een partij", remarks)
    return tuple(Holder(value) for value in found)


def _stances(params: Params, remarks: list[str]) -> tuple[Stance, ...]:
    found = _known(params, "standpunt", [s.value for s in STANCES], "een standpunt", remarks)
    return tuple(Stance(value) for value in found)


def _last(params: Params, key: str) -> str:
    values = params.get(key, ())
    return values[-1] if values else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _known(
    params: Params, key: str, known: Container[str], noun: str, remarks: list[str]
) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(params.get(key, ())))
    for value in values:
        if value and value not in known:
            shown = value if len(value) <= 80 else value[:79] + "…"
            remarks.append(f"De link noemt {noun} dat hier niet bestaat: “{shown}”.")
    return tuple(value for value in values if value in known)


def _date(params: Params, key: str, remarks: list[str], *, last: bool = False) -> str:
    text = _last(params, key).strip()[:40]
    found = read_date(text, last=last)
    if text and not found:
        remarks.append(f"“{text}” is geen datum. Schrijf bijvoorbeeld 24-03-2021, of alleen 2021.")
    return found or text
