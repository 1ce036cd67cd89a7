"""Exports: results as JSON, spreadsheets, Word files and reference lists."""

from __future__ import annotations

from search.exports.json_output import (
    answer_json,
    entry_json,
    overview_json,
    quotes_json,
    reaction_json,
    timeline_json,
)
from search.exports.quote_list import (
    checked_csv,
    quotes_bibtex,
    quotes_csl,
    quotes_csv,
    quotes_docx,
    quotes_markdown,
    quotes_ris,
)
from search.exports.reactions import reactions_csv, reactions_docx

__all__ = [
    "answer_json",
    "checked_csv",
    "entry_json",
    "overview_json",
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
    "timeline_json",
]
