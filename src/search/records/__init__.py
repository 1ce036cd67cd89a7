"""The records that flow through Kamerwijzer, from a file to an answer.

All are frozen. Offsets are code points of `Document.text`, the canonical text; `end` is exclusive.
A quote is always a span of that text, never a rewritten copy.
"""

from __future__ import annotations

from search.records.answers import (
    Answer,
    Certainty,
    DocumentConstraints,
    Filters,
    Hint,
    HintKind,
    Hit,
    NamedDocument,
    NearPlace,
    OtherPlace,
    Quote,
)
from search.records.documents import (
    AuthorKind,
    Block,
    Document,
    Dossier,
    Footnote,
    Kind,
    Metadata,
    PageStart,
    Person,
    Section,
    Segment,
    Signatory,
    SourceMap,
    Span,
)
from search.records.labels import CABINET_STANCES, Holder, Label, Stance
from search.records.limits import Limits
from search.records.location import IndexLocation, is_database, read_location
from search.records.motions import MotionRecord, Vote
from search.records.passages import Entry, Passage, Sentence, Theme, ThemeOrigin
from search.records.quotes import CheckedQuote, Difference, ListedQuote, QuoteMatch, Verdict
from search.records.timeline import (
    Direction,
    Minister,
    Moment,
    PositionChange,
    Timeline,
    direction_of,
)
from search.records.views import Reaction, StanceCount, StanceOverview, Status, View

__all__ = [
    "CABINET_STANCES",
    "Answer",
    "AuthorKind",
    "Block",
    "Certainty",
    "CheckedQuote",
    "Difference",
    "Direction",
    "Document",
    "DocumentConstraints",
    "Dossier",
    "Entry",
    "Filters",
    "Footnote",
    "Hint",
    "HintKind",
    "Hit",
    "Holder",
    "IndexLocation",
    "Kind",
    "Label",
    "Limits",
    "ListedQuote",
    "Metadata",
    "Minister",
    "Moment",
    "MotionRecord",
    "NamedDocument",
    "NearPlace",
    "OtherPlace",
    "PageStart",
    "Passage",
    "Person",
    "PositionChange",
    "Quote",
    "QuoteMatch",
    "Reaction",
    "Section",
    "Segment",
    "Sentence",
    "Signatory",
    "SourceMap",
    "Span",
    "Stance",
    "StanceCount",
    "StanceOverview",
    "Status",
    "Theme",
    "ThemeOrigin",
    "Timeline",
    "Verdict",
    "View",
    "Vote",
    "direction_of",
    "is_database",
    "read_location",
]
