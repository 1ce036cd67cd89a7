"""Answers: hits, quotes and citations."""

from __future__ import annotations

from search.answers.answering import answer_question
from search.answers.bibliography import (
    Source,
    as_bibtex,
    as_csl,
    as_csl_text,
    as_html,
    as_markdown,
    as_ris,
    as_text,
)
from search.answers.citation import cite, cite_in, official_url
from search.answers.exchange import (
    answer_json,
    entry_json,
    overview_json,
    quotes_json,
    reaction_json,
)
from search.answers.quote_list import (
    checked_csv,
    quotes_bibtex,
    quotes_csl,
    quotes_csv,
    quotes_docx,
    quotes_markdown,
    quotes_ris,
)
from search.answers.quotes import VERDICTS, check_quotes, quote_at, said_at
from search.answers.reactions import reactions_of
from search.answers.running import Running, labelled_sentences
from search.answers.sentences import choose_sentences, score_sentences
from search.answers.soundness import sound_answer, sound_reactions, sound_views, withheld_line
from search.answers.stances import name_of, overview_of
from search.answers.tables import reactions_csv, reactions_docx
from search.references import find_references, parse_reference

__all__ = [
    "VERDICTS",
    "Running",
    "Source",
    "answer_json",
    "answer_question",
    "as_bibtex",
    "as_csl",
    "as_csl_text",
    "as_html",
    "as_markdown",
    "as_ris",
    "as_text",
    "check_quotes",
    "checked_csv",
    "choose_sentences",
    "cite",
    "cite_in",
    "entry_json",
    "find_references",
    "labelled_sentences",
    "name_of",
    "official_url",
    "overview_json",
    "overview_of",
    "parse_reference",
    "quote_at",
    "quotes_bibtex",
    "quotes_csl",
    "quotes_csv",
    "quotes_docx",
    "quotes_json",
    "quotes_markdown",
    "quotes_ris",
    "reaction_json",
    "reactions_csv",
    "reactions_docx",
    "reactions_of",
    "said_at",
    "score_sentences",
    "sound_answer",
    "sound_reactions",
    "sound_views",
    "withheld_line",
]
