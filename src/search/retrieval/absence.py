"""What a question names and the corpus does not hold at all: it is said, whatever is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from search.dutch import analyse, fold, words_of
from search.records import Metadata
from search.retrieval.naming import Documents, named_pieces
from search.retrieval.periods import Period, find_period

__all__ = ["Corpus", "find_absent"]

_PARTICLES = (
    r"(?:(?:[Vv]an\s+(?:der|den|de|het|’t|'t)|Van|[Dd]e|[Dd]en|[Dd]er|[Tt]er|[Tt]en|[Ee]l)\s+)?"
)
_NAME = rf"{_PARTICLES}[A-ZÀ-Þ][\w’'-]+"
_PERSON = re.compile(
    r"\b(?P<role>(?i:minister(?:-president)?|staatssecretaris|(?:vice)?premier|kamerlid"
    r"|(?:het|de)\s+(?:lid|leden)|burgemeester|wethouder|gedeputeerde|mevrouw|de\s+heer"
    r"|fractievoorzitter|commissaris|gemeente|provincie))\s+"
    rf"(?!President\b)(?P<name>{_NAME}(?:\s+{_NAME})?)"
)
_PARTIES = (
    ("VVD", "Volkspartij voor Vrijheid en Democratie"),
    ("PVV", "Partij voor de Vrijheid"),
    ("CDA", "Christen-Democratisch Appèl"),
    ("D66", "Democraten 66"),
    ("GroenLinks",),
    ("PvdA", "Partij van de Arbeid"),
    ("SP", "Socialistische Partij"),
    ("ChristenUnie",),
    ("SGP", "Staatkundig Gereformeerde Partij"),
    ("PvdD", "Partij voor de Dieren"),
    ("50PLUS",),
    ("DENK",),
    ("FVD", "Forum voor Democratie"),
    ("BBB", "BoerBurgerBeweging"),
    ("NSC", "Nieuw Sociaal Contract"),
    ("Volt",),
    ("JA21",),
    ("BIJ1",),
    ("LPF", "Lijst Pim Fortuyn"),
)
"""Political parties of the Tweede Kamer since 1994, each by its names."""
_WORDS_TOO = frozenset({"sp", "denk", "volt"})
"""Names that are words as well, and count only with their capitals."""


class Corpus(Documents, Protocol):
    """The documents and words of a corpus; an open index implements this."""

    @property
    def metadata(self) -> Mapping[str, Metadata]:
        """Return the metadata of each document, by id."""
        ...

    def frequencies(self, terms: Sequence[str], /) -> dict[str, int]:
        """Return, for each distinct term, how many passages hold it."""
        ...

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int, /) -> list[str]:
        """Return at most `top` documents that hold every phrase, word for word."""
        ...


def find_absent(question: str, corpus: Corpus, today: date | None = None) -> tuple[str, ...]:
    """Return a Dutch sentence for each thing that a question names and the corpus has not.

    These are documents and dossiers, a period, persons and municipalities, and political parties.
    A name that might be there counts as there: only what is certain is said.
    """
    pieces = named_pieces(question, corpus)
    lines = [f"{_capital(p.words)} zit niet in deze documenten." for p in pieces if not p.documents]
    rest = question
    for piece in reversed(pieces):
        # A number or a year within the name of a document is not asked for by itself.
        rest = f"{rest[: piece.span.start]} … {rest[piece.span.end :]}"
    period = find_period(rest, today or date.today())
    if period and not corpus.documents_of(period.constraints):
        lines += _absent_period(period, corpus)
    absent = [
        name for name in (*_persons(rest), *_parties(rest)) if not _is_named(name[1:], corpus)
    ]
    lines += (f"{_capital(name[0])} wordt in deze documenten niet genoemd." for name in absent)
    return tuple(dict.fromkeys(lines))


def _absent_period(period: Period, corpus: Corpus) -> list[str]:
    if not period.named:
        return [f"Geen van deze documenten is {period.label}."]
    if any(corpus.holding_all([phrase], 1) for phrase in period.named):
        return []
    return [f"Geen van deze documenten is {period.label}, en geen ervan noemt die tijd."]


def _persons(question: str) -> Iterable[tuple[str, str]]:
    """Yield the persons and places that are named with their role: as named, and the last name."""
    for found in _PERSON.finditer(question):
        yield " ".join(found.group().split()), found["name"].split()[-1]


def _parties(question: str) -> Iterable[tuple[str, ...]]:
    """Yield the political parties that are named: as named, and all their names."""
    for names in _PARTIES:
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)"
        found = re.search(pattern, question, re.IGNORECASE)
        if found and not (found.group().islower() and found.group() in _WORDS_TOO):
            yield found.group(), *names


def _is_named(names: Sequence[str], corpus: Corpus) -> bool:
    """Return whether a passage or the metadata of a document may hold one of some names."""
    for name in names:
        terms = analyse(name)
        is_there = not terms or all(corpus.frequencies(terms).values())
        # Of a name of several words each may be there for another reason.
        if is_there and (" " not in name or corpus.holding_all([words_of(name)], 1)):
            return True
    # Rarely needed, and then once for an index: all metadata are read and kept.
    sought = [fold(name) for name in names]
    return any(name in each for each in map(_written, corpus.metadata.values()) for name in sought)


def _written(metadata: Metadata) -> str:
    people = (person.name for person in metadata.people)
    about = (metadata.title, metadata.subject, metadata.issuer)
    return fold(" ".join((*about, *people, *metadata.askers)))


def _capital(text: str) -> str:
    """Return a text that opens a sentence; an id keeps its small letter."""
    return text if re.match(r"[a-z]+-\d", text) else text[:1].upper() + text[1:]
