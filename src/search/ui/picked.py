"""The citatenlijst as the session and the links hold it: spans that were picked, with notes.

A picked span is written START.END.CHECKSUM.DOCUMENT|NOTE; the document's name is percent-encoded,
so that a bar and a full stop in it part nothing.
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
    "pick",
    "picked",
    "read_picked",
    "set_picked",
    "take_along",
    "write_picked",
]

LIST = "citatenlijst"
PICKED = "citaat"
"""Query parameter that holds a picked span, once for each."""
ADD = "erbij"
"""Query parameter by which any page takes a span onto the list; the page's script takes it off."""
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
    """A span that was picked: where it stands, the checksum of its words, and the user's note."""

    document: str
    span: Span
    proof: str
    note: str = ""

    def same_words(self, other: Picked) -> bool:
        """Tell whether two are the same span, whatever their notes."""
        return replace(self, note="") == replace(other, note="")


def pick(quote: Quote) -> Picked:
    """Pick a quote."""
    return Picked(quote.document, Span(quote.start, quote.end), words_checksum(quote.text))


def write_picked(item: Picked) -> str:
    """Write a picked span as the value of a query parameter."""
    place = f"{item.span.start}.{item.span.end}.{item.proof}.{encode_name(item.document)}"
    return f"{place}|{item.note}" if item.note else place


def encode_name(document: str) -> str:
    """Write a document's name so that it can stand in a picked span."""
    return quote(document, safe="")


def read_picked(values: Iterable[str]) -> tuple[Picked, ...]:
    """Read picked spans from the values of a query parameter; what is none is left out."""
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
    """Give the address of the citatenlijst with these spans on it."""
    values = list_values(items)
    return f"{LIST}?{urlencode({PICKED: values}, doseq=True)}" if values else LIST


def list_values(items: Sequence[Picked]) -> list[str]:
    """Write these spans for a link; without notes where they would make the link too long."""
    values = [write_picked(each) for each in items]
    if len(urlencode({PICKED: values}, doseq=True)) <= _LONGEST_LINK:
        return values
    return [write_picked(replace(each, note="")) for each in items]


def picked() -> tuple[Picked, ...]:
    """Give what is on the session's list, in the user's order."""
    items: tuple[Picked, ...] = st.session_state.get(_KEY, ())
    return items


def set_picked(items: Iterable[Picked]) -> None:
    """Make this the session's list."""
    st.session_state[_KEY] = tuple(items)[:MOST]


def take_along(params: Mapping[str, Sequence[str]]) -> None:
    """Put the list of a link before the session's, and what a link adds behind both.

    A link may be older than the session, as when the user goes back: what was picked or noted
    since then stays.
    """
    had = picked()
    notes = {replace(each, note=""): each.note for each in had}
    linked = [
        each if each.note else replace(each, note=notes.get(each, ""))
        for each in read_picked(params.get(PICKED, ()))
    ]
    added = read_picked(params.get(ADD, ()))
    items: dict[Picked, Picked] = {}
    for item in (*linked, *had, *added):
        items.setdefault(replace(item, note=""), item)
    set_picked(items.values())
