"""Dutch: what is known of the language; nothing here knows a document."""

from __future__ import annotations

from search.dutch.dates import MONTHS, read_date, write_date
from search.dutch.question_markers import is_marker, marker_of
from search.dutch.sentences import split_sentences
from search.dutch.terms import analyse, analyse_question, fold, tokenise
from search.dutch.words import tokens_of, words_of

__all__ = [
    "MONTHS",
    "analyse",
    "analyse_question",
    "fold",
    "is_marker",
    "marker_of",
    "read_date",
    "split_sentences",
    "tokenise",
    "tokens_of",
    "words_of",
    "write_date",
]
