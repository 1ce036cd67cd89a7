"""Links: every search and every marked passage has an address, and an address restores it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.dutch import read_typed_date
from search.quoting.permalinks import words_checksum
from search.records import Filters, HintKind, Holder, Span, Stance
from search.wording import HOLDERS, STANCES

__all__ = [
    "CITING",
    "DOCUMENTS",
    "HOME",
    "LIMIT",
    "MANAGE",
    "STANDPOINTS",
    "DocumentList",
    "ReadLink",
    "Search",
    "Standpoints",
    "document_list_link",
    "parse_document_list",
    "parse_read_link",
    "parse_search",
    "parse_standpoints",
    "reader_link",
    "standpoints_link",
    "write_document_list",
    "write_search",
    "write_standpoints",
]

HOME = "./"
DOCUMENTS = "documenten"
STANDPOINTS = "standpunten"
CITING = "citeren"
MANAGE = "beheer"
LIMIT = 10_000
"""Characters of the longest question that is put into a link."""

_LONGEST_WORDS = 200
"""Characters of the words by which documents are found."""
_LONGEST_SHOWN = 80
"""Characters of a value of a link that a remark repeats."""

Params = Mapping[str, Sequence[str]]

_CHECKSUM = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Search:
    """A question with its filters, as a link holds them.

    `date_from` and `date_to` are ISO dates, or the text of the link when that is no date.
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
        """Return the filters that can be used; an invalid date is left out."""
        return Filters(
            themes=self.themes,
            documents=self.documents,
            date_from=read_typed_date(self.date_from),
            date_to=read_typed_date(self.date_to, last=True),
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
    `theme`, `holders` and `stances` choose sentences of `document`: a cell of its stance matrix.
    """

    topic: str = ""
    document: str = ""
    holders: tuple[Holder, ...] = ()
    stances: tuple[Stance, ...] = ()
    theme: str = ""

    @property
    def filters(self) -> Filters:
        """Return the filters of the search for a topic."""
        documents = (self.document,) if self.document else ()
        return Filters(documents=documents, holders=self.holders, stances=self.stances)

    @property
    def active(self) -> int:
        """Count the kinds of filter that are in use."""
        return sum(map(bool, (self.document, self.holders, self.stances)))


@dataclass(frozen=True, slots=True)
class DocumentList:
    """What the list of documents shows, as a link holds it: words to find, and which page."""

    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A document to read and the span to mark, as a link holds them.

    `checksum` is that of the span's words when the link was made; a link may carry none.
    """

    document: str = ""
    span: Span | None = None
    checksum: str = ""


def parse_search(
    params: Params, themes: Container[str], documents: Container[str]
) -> tuple[Search, tuple[str, ...]]:
    """Parse the search of a link, with a remark in Dutch for each value that can't be used."""
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
    """Return a search as query parameters, leaving out what is empty."""
    values = {
        "vraag": [search.question],
        "thema": list(search.themes),
        "document": list(search.documents),
        "van": [read_typed_date(search.date_from) or search.date_from],
        "tot": [read_typed_date(search.date_to, last=True) or search.date_to],
        "los": [kind.value for kind in search.ignored],
        "van_wie": [holder.value for holder in search.holders],
        "standpunt": [stance.value for stance in search.stances],
    }
    return _filled(values)


def parse_standpoints(
    params: Params, documents: Container[str], themes: Container[str]
) -> tuple[Standpoints, tuple[str, ...]]:
    """Parse what the page Standpunten shows, with a remark for each value that can't be used."""
    remarks: list[str] = []
    topic = _last(params, "onderwerp").strip()
    document = _known(params, "document", documents, "een document", remarks)[-1:]
    # A theme belongs to a cell of a document's stance matrix and does not narrow a topic.
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
    """Return what the page Standpunten shows as query parameters, leaving out what is empty."""
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
    """Return the address of what the page Standpunten shows."""
    query = urlencode(write_standpoints(shown), doseq=True)
    return f"{STANDPOINTS}?{query}" if query else STANDPOINTS


def parse_document_list(params: Params) -> tuple[DocumentList, tuple[str, ...]]:
    """Parse what the list of documents shows, with a remark for each value that can't be used."""
    words, page = _last(params, "zoek").strip()[:_LONGEST_WORDS], _last(params, "blad").strip()
    number = _number(page)
    if page and not number:
        remark = f"“{_shortened(page)}” is geen nummer van een blad; dit is het eerste."
        return DocumentList(words), (remark,)
    return DocumentList(words, number or 1), ()


def write_document_list(shown: DocumentList) -> dict[str, list[str]]:
    """Return what the list of documents shows as query parameters, leaving out what is empty."""
    page = str(shown.page) if shown.page > 1 else ""
    return _filled({"zoek": [shown.words], "blad": [page]})


def document_list_link(shown: DocumentList) -> str:
    """Return the address of what the list of documents shows."""
    query = urlencode(write_document_list(shown), doseq=True)
    return f"{DOCUMENTS}?{query}" if query else DOCUMENTS


def parse_read_link(params: Params) -> tuple[ReadLink, tuple[str, ...]]:
    """Parse which document to show and what to mark in it, with a remark for what can't be."""
    document = _last(params, "document")
    start, end = _last(params, "van"), _last(params, "tot")
    if not document or not (start or end):
        return ReadLink(document), ()
    if _number(start) is None or _number(end) is None or int(start) >= int(end):
        return ReadLink(document), ("De link wijst geen passage aan; er is niets gemarkeerd.",)
    span, checksum = Span(int(start), int(end)), _last(params, "proef").lower()
    if checksum and not _CHECKSUM.fullmatch(checksum):
        return ReadLink(document, span), (
            "De controlecode in de link (proef) klopt niet. Of het document is gewijzigd sinds de "
            "link is gemaakt, is daardoor niet nagegaan.",
        )
    return ReadLink(document, span, checksum), ()


def reader_link(document: str, span: Span | None = None, text: str = "") -> str:
    """Return the address of a document in the reader, with the span to mark.

    With the span's `text` the link carries its checksum: then it still finds these words after
    the document has changed, or says that they are gone.
    """
    values = {"document": document}
    if span is not None:
        values |= {"van": str(span.start), "tot": str(span.end)}
        values |= {"proef": words_checksum(text)} if text else {}
    return f"{DOCUMENTS}?{urlencode(values)}"


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


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _known(
    params: Params, key: str, known: Container[str], noun: str, remarks: list[str]
) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(params.get(key, ())))
    remarks += (
        f"De link noemt {noun} dat hier niet bestaat: “{_shortened(value)}”."
        for value in values
        if value and value not in known
    )
    return tuple(value for value in values if value in known)


def _date(params: Params, key: str, remarks: list[str], *, last: bool = False) -> str:
    text = _last(params, key).strip()[:40]
    found = read_typed_date(text, last=last)
    if text and not found:
        remarks.append(f"“{text}” is geen datum. Schrijf bijvoorbeeld 24-03-2021, of alleen 2021.")
    return found or text
