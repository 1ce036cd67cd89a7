"""Questions to start with, each for the document that answers it."""

from __future__ import annotations

from collections.abc import Container

__all__ = ["examples", "quotes", "topics"]

_EXAMPLES = (
    ("kst-29861-70", "Wat vindt het kabinet van richtgetallen voor asielmigratie?"),
    ("kst-29861-70", "Wie ondertekende de brief?"),
    ("kst-29861-70", "Wat wordt bedoeld met vlottendheid?"),
    ("kst-29861-70", "Welke rol ziet de WRR voor gemeenten?"),
    ("kst-29861-70", "Waarop zijn Nederlanders trots?"),
)


def examples(documents: Container[str]) -> tuple[str, ...]:
    """Give the example questions whose document is among `documents`."""
    return tuple(question for document, question in _EXAMPLES if document in documents)


_TOPICS = (
    ("kst-29861-70", "richtgetallen voor asielmigratie"),
    ("kst-29861-70", "segregatie in het onderwijs"),
    ("kst-29861-70", "inburgering"),
)


def topics(documents: Container[str]) -> tuple[str, ...]:
    """Give the example topics on which one of `documents` says something."""
    return tuple(topic for document, topic in _TOPICS if document in documents)


_QUOTES = (
    ("kst-29861-70", "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden"),
    ("kst-29861-70", "Nederland is een dynamische migratiesamenleving geworden"),
)


def quotes(documents: Container[str]) -> tuple[str, ...]:
    """Give the example quotes of one of `documents`: one that is right, one that is not quite."""
    return tuple(quote for document, quote in _QUOTES if document in documents)
