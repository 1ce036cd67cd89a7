"""Stances: the views on a topic, and the cabinet's reactions to advice."""

from __future__ import annotations

from search.stances.labelled_text import LabelledText, labelled_sentences
from search.stances.overview import overview_of
from search.stances.reactions import reactions_of
from search.stances.timeline import timeline_of

__all__ = [
    "LabelledText",
    "labelled_sentences",
    "overview_of",
    "reactions_of",
    "timeline_of",
]
