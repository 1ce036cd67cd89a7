"""Errors that Kamerwijzer raises on purpose.

    KamerwijzerError
    ├── ReadingError      a file of the corpus can't be read as a document
    ├── ModelError        a model can't be found, prepared or trusted
    ├── IndexUnusable     the index can't be used
    │   ├── IndexMissing      there is none yet
    │   ├── IndexDamaged      a file of it is gone or not what was written
    │   └── IndexOutdated     the corpus, the model or the format has changed since
    ├── SourceError       an official source can't be reached or answers something unusable
    └── UsageError        a filter or setting can't be taken
        └── QuestionError     a question is empty or too long

Every message is Dutch, because users read it: it says what was found, where, and what to do.
"""

from __future__ import annotations

__all__ = [
    "IndexDamaged",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnusable",
    "KamerwijzerError",
    "ModelError",
    "QuestionError",
    "ReadingError",
    "SourceError",
    "UsageError",
]


class KamerwijzerError(Exception):
    """Base of every error whose message may be shown to a user as it is."""


class ReadingError(KamerwijzerError):
    """A file of the corpus can't be read as a document."""


class ModelError(KamerwijzerError):
    """A model can't be found, prepared or trusted."""


class IndexUnusable(KamerwijzerError):
    """The index can't be used; the subclasses say why."""


class IndexMissing(IndexUnusable):
    """There is no index yet."""


class IndexDamaged(IndexUnusable):
    """A file of the index is gone or is not what was written."""


class IndexOutdated(IndexUnusable):
    """The corpus, the model or the format has changed since the index was built."""


class SourceError(KamerwijzerError):
    """An official source can't be reached, or answers something that can't be used."""


class UsageError(KamerwijzerError):
    """A filter or setting can't be taken as it was given."""


class QuestionError(UsageError):
    """A question is empty or too long."""
