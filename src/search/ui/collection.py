"""What the pages need of the list of documents, computed once for all sessions.

A collection may hold tens of thousands of documents, and every run of every session asks for
their names: so only the search for words goes through all of them each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from search.dutch import fold, write_date
from search.records import Entry, StanceCount
from search.references import parse_reference
from search.wording import document_names

__all__ = ["MANY", "Collection", "find_texts", "searchable"]

MANY = 200
"""Choices up to which a field lists them all; of more, it finds them."""
_WORD = re.compile(r"\w+")
_GROUPED = re.compile(r"(?<=\d)[ .\u00a0](?=\d{3}\b)")
"""The separator between the digits of one number."""


class Collection:
    """The documents of a generation by id, with their names and their themes. Immutable."""

    def __init__(
        self,
        entries: Sequence[Entry],
        themes: Sequence[str] = (),
        stance_counts: Callable[[], Sequence[StanceCount]] = tuple,
    ) -> None:
        """Take the documents in the order in which they are listed.

        `themes` are the labels of the passages; the documents' own come after them.
        `stance_counts` is called when it is first needed.
        """
        self.entries = tuple(entries)
        official = (theme.label for entry in self.entries for theme in entry.themes)
        self.themes: Mapping[str, str] = {label: label for label in (*themes, *official) if label}
        self._by_id = {entry.id: entry for entry in self.entries}
        self._stance_counts = stance_counts

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, document: object) -> bool:
        return document in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def get(self, document: str) -> Entry | None:
        """Return a document's entry, or None when there is none of that id."""
        return self._by_id.get(document)

    @cached_property
    def words(self) -> int:
        """The number of words of all documents together."""
        return sum(entry.words for entry in self.entries)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by id that tell the documents apart."""
        return document_names(self.entries)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the documents that have each of the words typed, in the order of the list.

        The words may be in the name, number, citation, kind, issuer or date. What the text cites
        ("29 861, nr. 70") comes first. A text without words finds all.
        """
        cited = [self._by_id[each] for each in parse_reference(text) if each in self._by_id]
        first = {entry.id for entry in cited}
        found = find_texts(text, self._texts)
        return (*cited, *(each for i in found if (each := self.entries[i]).id not in first))

    def find_themes(self, text: str) -> tuple[str, ...]:
        """Return the themes whose name has each of the words typed."""
        labels = tuple(self.themes)
        return tuple(labels[i] for i in find_texts(text, self._theme_texts))

    @cached_property
    def _theme_texts(self) -> tuple[str, ...]:
        return tuple(searchable(label) for label in self.themes)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """All that a document is found by, in the form in which words are compared."""
        return tuple(searchable(_described(entry)) for entry in self.entries)

    def stance_counts(self, document: str) -> tuple[StanceCount, ...]:
        """Return the counts of the labelled sentences of one document."""
        return tuple(self._counts.get(document, ()))

    @cached_property
    def most_labelled(self) -> str:
        """The id of the document with most labelled sentences; the first when none has any."""
        numbers = {name: sum(c.number for c in counts) for name, counts in self._counts.items()}
        return max(self._by_id, key=lambda document: numbers.get(document, 0), default="")

    @cached_property
    def _counts(self) -> Mapping[str, Sequence[StanceCount]]:
        counts: dict[str, list[StanceCount]] = {}
        for each in self._stance_counts():
            counts.setdefault(each.document, []).append(each)
        return counts


def find_texts(typed: str, texts: Sequence[str]) -> list[int]:
    """Return the indices of the texts that hold each word typed; `texts` are `searchable`.

    A word may be part of a longer one, as "wolf" of "weerwolf"; a number may not: "nr. 7" is not
    in "29861-70".
    """
    words = [f" {word} " if word.isdecimal() else word for word in searchable(typed).split()]
    return [i for i, text in enumerate(texts) if all(word in text for word in words)]


def searchable(text: str) -> str:
    """Return the words of a text, folded, each between spaces; "29 861" is one number."""
    return f" {' '.join(_WORD.findall(_GROUPED.sub('', fold(text))))} "


def _described(entry: Entry) -> str:
    about = entry.metadata
    dossiers = (f"{each.number} {each.title}" for each in about.dossiers)
    parts = (
        entry.id,
        about.subject,
        about.title,
        entry.citation,
        about.kind,
        about.issuer,
        about.date,
        write_date(about.date),
        about.reference,
        *dossiers,
    )
    return " ".join(part for part in parts if part)
