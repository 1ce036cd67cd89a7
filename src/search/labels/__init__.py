"""Labels: the theme of a passage, and the holder and the stance of each sentence."""

from __future__ import annotations

from search.labels.dialogue import statements_of
from search.labels.grammar import asks_for_research, read_cues
from search.labels.label_reader import LABELS
from search.labels.labelling import (
    Labeller,
    label_passages,
    label_statements,
    load_labeller,
    named_features,
    statements_in,
)
from search.labels.model import MODEL_FILE, Grammar, Regression, goes_together, load_grammar
from search.labels.parties import Mention, asked_holder, asked_party
from search.labels.statements import Statement
from search.labels.themes import ThemeEstimator, label_themes, official_themes
from search.labels.voice import Voice
from search.labels.voices import voices_of

__all__ = [
    "LABELS",
    "MODEL_FILE",
    "Grammar",
    "Labeller",
    "Mention",
    "Regression",
    "Statement",
    "ThemeEstimator",
    "Voice",
    "asked_holder",
    "asked_party",
    "asks_for_research",
    "goes_together",
    "label_passages",
    "label_statements",
    "label_themes",
    "load_grammar",
    "load_labeller",
    "named_features",
    "official_themes",
    "read_cues",
    "statements_in",
    "statements_of",
    "voices_of",
]
