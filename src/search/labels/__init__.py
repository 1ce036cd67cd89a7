"""Labels: the theme of a passage, and the holder and the stance of each sentence."""

from __future__ import annotations

from search.labels.dialogue import statements_of
from search.labels.grammar import asks_for_research, read_cues
from search.labels.labelling import label_passages, label_statements, named_features
from search.labels.model import MODEL_FILE, Regression, StanceModel, goes_together, load_model
from search.labels.parties import Mention, asked_holder, asked_party
from search.labels.sequence import count_transitions
from search.labels.statements import Statement
from search.labels.themes import ThemeEstimator, label_themes, official_themes
from search.labels.voice import Voice
from search.labels.voices import voices_of

__all__ = [
    "MODEL_FILE",
    "Mention",
    "Regression",
    "StanceModel",
    "Statement",
    "ThemeEstimator",
    "Voice",
    "asked_holder",
    "asked_party",
    "asks_for_research",
    "count_transitions",
    "goes_together",
    "label_passages",
    "label_statements",
    "label_themes",
    "load_model",
    "named_features",
    "official_themes",
    "read_cues",
    "statements_of",
    "voices_of",
]
