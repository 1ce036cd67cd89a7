"""The citatenlijst as the session and the links hold it: spans that were picked, with notes.

A picked span is written START.END.CHECKSUM.DOCUMENT|NOTE; the document's name is percent-encoded,
so that a bar or a full stop in it is no separator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode

import streamlit as st

from search.quoting.permalinks import words_checksum
from search.records import Quote, Span

__all__ = [
    "ADD",
    "LIST",
    "LONGEST_NOTE",
    "MOST",
    "PICKED",
    "Picked",
    "encode_name",
    "list_link",
    "list_values",
    "merge_linked",
    "parse_picked",
    "pick",
    "picked",
    "set_picked",
    "write_picked",
]

LIST = "citatenlijst"
PICKED = "citaat"
"""Query parameter that holds a picked span, once for each."""
ADD = "erbij"
"""Query parameter by which any page adds a span to the list; page.js removes it again."""
_KEY = "citatenlijst"
_WRITTEN = re.compile(
    r"(\d{1,11})\.(\d{1,11})\.([0-9a-f]{8})\.([^|]{1,4000})(?:\|(.*))?", re.DOTALL
)
MOST = 200
"""Quotes on a list; no link can be of any length."""
LONGEST_NOTE = 1_000
"""Characters of a note."""
_LONGEST_LINK = 40_000
"""Characters of a link with notes: a server refuses a request of more than 64 KiB."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A span that was picked: where it is, the checksum of its words, and the user's note."""

    document: str
    span: Span
    checksum: str
    note: str = ""

    def same_words(self, other: Picked) -> bool:
        """Return whether two are the same span, whatever their notes."""
        return replace(self, note="") == replace(other, note="")


def pick(quote: Quote) -> Picked:
    """Return a quote as a picked span, without a note."""
    return Picked(quote.document, Span(quote.start, quote.end), words_checksum(quote.text))


def write_picked(item: Picked) -> str:
    """Return a picked span as the value of a query parameter."""
    place = f"{item.span.start}.{item.span.end}.{item.checksum}.{encode_name(item.document)}"
    return f"{place}|{item.note}" if item.note else place


def encode_name(document: str) -> str:
    """Return a document's name as a picked span holds it: percent-encoded."""
    return quote(document, safe="")


def parse_picked(values: Iterable[str]) -> tuple[Picked, ...]:
    """Parse picked spans from the values of a query parameter; what is invalid is left out."""
    found: list[Picked] = []
    for value in values:
        written = _WRITTEN.fullmatch(value)
        if written is None or int(written[1]) >= int(written[2]):
            continue
        span = Span(int(written[1]), int(written[2]))
        note = (written[5] or "")[:LONGEST_NOTE]
        item = Picked(unquote(written[4]), span, written[3], note)
        if not any(item.same_words(other) for other in found):
            found.append(item)
    return tuple(found[:MOST])


def list_link(items: Sequence[Picked]) -> str:
    """Return the address of the citatenlijst with these spans on it."""
    values = list_values(items)
    return f"{LIST}?{urlencode({PICKED: values}, doseq=True)}" if values else LIST


def list_values(items: Sequence[Picked]) -> list[str]:
    """Return these spans for a link; without notes where they would make the link too long."""
    values = [write_picked(each) for each in items]
    if len(urlencode({PICKED: values}, doseq=True)) <= _LONGEST_LINK:
        return values
    return [write_picked(replace(each, note="")) for each in items]


def picked() -> tuple[Picked, ...]:
    """Return what is on the session's list, in the user's order."""
    items: tuple[Picked, ...] = st.session_state.get(_KEY, ())
    return items


def set_picked(items: Iterable[Picked]) -> None:
    """Make this the session's list."""
    st.session_state[_KEY] = tuple(items)[:MOST]


def merge_linked(params: Mapping[str, Sequence[str]]) -> None:
    """Put the list of a link before the session's, and what a link adds after both.

    A link may be older than the session, as when the user goes back: what was picked or noted
    since then stays.
    """
    before = picked()
    notes = {replace(each, note=""): each.note for each in before}
    linked = [
        each if each.note else replace(each, note=notes.get(each, ""))
        for each in parse_picked(params.get(PICKED, ()))
    ]
    added = parse_picked(params.get(ADD, ()))
    items: dict[Picked, Picked] = {}
    for item in (*linked, *before, *added):
        items.setdefault(replace(item, note=""), item)
    set_picked(items.values())
