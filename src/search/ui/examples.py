"""Questions, topics and quotes to start with, each for the document that it fits."""

from __future__ import annotations

from collections.abc import Container, Sequence

__all__ = ["QUESTIONS", "QUOTES", "TOPICS", "examples_for"]

QUESTIONS = (
    ("kst-29861-70", "Wat vindt het kabinet van richtgetallen voor asielmigratie?"),
    ("kst-29861-70", "Wie ondertekende de brief?"),
    ("kst-29861-70", "Wat wordt bedoeld met vlottendheid?"),
    ("kst-29861-70", "Welke rol ziet de WRR voor gemeenten?"),
    ("kst-29861-70", "Waarop zijn Nederlanders trots?"),
)
TOPICS = (
    ("kst-29861-70", "richtgetallen voor asielmigratie"),
    ("kst-29861-70", "segregatie in het onderwijs"),
    ("kst-29861-70", "inburgering"),
)
QUOTES = (
    ("kst-29861-70", "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden"),
    ("kst-29861-70", "Nederland is een dynamische migratiesamenleving geworden"),
)
"""One that is word for word in the document, and one that differs."""


def examples_for(documents: Container[str], examples: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the examples whose document is among `documents`."""
    return tuple(example for document, example in examples if document in documents)
