"""A file of the corpus as it was read: its text, its structure and its metadata."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from search.records.motions import MotionRecord

__all__ = [
    "AuthorKind",
    "Block",
    "Document",
    "Dossier",
    "Footnote",
    "Kind",
    "Metadata",
    "PageStart",
    "Person",
    "Section",
    "Segment",
    "Signatory",
    "SourceMap",
    "Span",
]


class Kind(StrEnum):
    """What a block or a passage is; the values are stored and shown in JSON."""

    LETTERHEAD = "briefhoofd"
    HEADING = "kop"
    PARAGRAPH = "alinea"
    LIST_ITEM = "lijst"
    TABLE = "tabel"
    FOOTNOTE = "voetnoot"
    SIGNATURE = "ondertekening"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of the canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the canonical text that was read from the source file.

    `length` characters from `start` come from `source_length` characters from `source_start` of
    the decoded file. If the lengths are equal, the characters are too; if they differ, the file
    writes one character in another way (an entity such as `&amp;`).
    """

    start: int
    length: int
    source_start: int
    source_length: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Maps offsets of the canonical text to the source file.

    Characters in no segment (the blank line between two blocks, the space that joins a sentence
    over a page break) were added by the reader, and are always white space.
    """

    segments: tuple[Segment, ...]

    def to_source(self, span: Span) -> Span | None:
        """Return the run of the decoded source file from which `span` was read.

        Returns None if nothing of the span is in the file.
        """
        found = self.within(span)
        if not found:
            return None
        starts = [self._source_of(s, max(s.start, span.start)) for s in found]
        ends = [self._source_of(s, min(s.start + s.length, span.end), after=True) for s in found]
        return Span(min(starts), max(ends))

    def within(self, span: Span) -> tuple[Segment, ...]:
        """Return the segments that overlap `span`, in order of the canonical text."""
        first = max(0, bisect_right(self.segments, span.start, key=lambda s: s.start) - 1)
        found = []
        for segment in self.segments[first:]:
            if segment.start >= span.end:
                break
            if segment.start + segment.length > span.start:
                found.append(segment)
        return tuple(found)

    @staticmethod
    def _source_of(segment: Segment, offset: int, *, after: bool = False) -> int:
        if segment.length == segment.source_length:
            return segment.source_start + offset - segment.start
        return segment.source_start + (segment.source_length if after else 0)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or paragraph of a document: its heading and everything under it.

    `path` holds the headings from the top down to this one. What precedes the first heading is a
    section with an empty path.
    """

    path: tuple[str, ...]
    start: int
    end: int

    @property
    def heading(self) -> str:
        """The section's own heading, or an empty text."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, footnote or signatory: one run of the canonical text."""

    kind: Kind
    start: int
    end: int
    section: int
    """Index into `Document.sections`."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark, the span of its text and the place of its mark in the running text."""

    mark: str
    start: int
    end: int
    anchor: int | None
    """Offset just after the word that carries the mark; None if no mark was found."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signed, and in which function."""

    name: str
    function: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A Kamer dossier: its number without spaces ("29861", "35570-VIII") and its title."""

    number: str
    title: str = ""


class AuthorKind(StrEnum):
    """Whose document it is, which decides whose views it can give; the values are stored."""

    CABINET = "kabinet"
    PARLIAMENT = "kamer"
    ADVISOR = "adviesorgaan"
    MUNICIPALITY = "gemeente"
    COURT = "rechter"
    PARTY = "partij"
    OTHER = "ander"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who wrote, signed, moved, asked or spoke, with the spelling of the document."""

    name: str
    role: str = ""
    """The function, or what the person did: "minister van Justitie", "indiener"."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document. Dates are ISO 8601; unknown fields are empty.

    `title` is the title in the text; `subject` is the short name by which people know it.
    """

    title: str = ""
    subject: str = ""
    kind: str = ""
    issuer: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""
    chamber: str = ""
    """"I" (Eerste Kamer), "II" (Tweede Kamer) or empty."""
    vergaderjaar: str = ""
    """As "2020-2021"."""
    dossiers: tuple[Dossier, ...] = ()
    ondernummer: str = ""
    themes: tuple[str, ...] = ()
    """Official themes that the publication's metadata name."""
    reference: str = ""
    """The issuer's own reference, as a letter gives it ("Ons kenmerk")."""
    author_kind: AuthorKind = AuthorKind.UNKNOWN
    people: tuple[Person, ...] = ()
    file_date: str = ""
    """The date of the file alone; the document may be older, so it is never cited."""
    motion: MotionRecord | None = None
    """What the Kamer did with it, of a motion or an amendment that was fetched."""
    askers: tuple[str, ...] = ()
    """The MPs whose questions are answered, each with the party: "Van Nispen (SP)"."""

    @property
    def name(self) -> str:
        """The name to show: the subject if there is one, else the title."""
        return self.subject or self.title


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page begins: an offset of the source, and the page's number as it is cited."""

    offset: int
    number: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus as it was read."""

    id: str
    path: str
    """The file, relative to the corpus folder, with forward slashes."""
    text: str
    metadata: Metadata
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    signatories: tuple[Signatory, ...]
    source_map: SourceMap
    pages: tuple[PageStart, ...] = ()
    """Where each page begins in the source, if the file has pages."""
    remarks: tuple[str, ...] = ()
    """In Dutch, what the user should know of how the file was read."""

    @property
    def author_kind(self) -> AuthorKind:
        """Whose document it is."""
        return self.metadata.author_kind

    def page_at(self, offset: int) -> str:
        """Return the number of the page of the character at `offset`, or an empty text."""
        place = self.source_map.to_source(Span(offset, offset + 1)) if self.pages else None
        if place is None:
            return ""
        before = bisect_right(self.pages, place.start, key=lambda page: page.offset)
        return self.pages[before - 1].number if before else ""

    def section_path(self, offset: int) -> tuple[str, ...]:
        """Return the headings above the character at `offset`, from the top down."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                return self.sections[block.section].path
        return ()
