"""The Dutch language: dates, numbers, words, terms and sentences, without any document."""

from __future__ import annotations

from search.dutch.dates import MONTHS, numeric_date, read_date, read_typed_date, write_date
from search.dutch.question_markers import is_marker, marker_of
from search.dutch.sentences import split_sentences
from search.dutch.terms import analyse, analyse_question, fold
from search.dutch.words import tokens_of, words_of

__all__ = [
    "MONTHS",
    "analyse",
    "analyse_question",
    "fold",
    "is_marker",
    "marker_of",
    "numeric_date",
    "read_date",
    "read_typed_date",
    "split_sentences",
    "tokens_of",
    "words_of",
    "write_date",
]
