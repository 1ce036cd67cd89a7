"""Citing: sources as lawyers, journalists and reference managers write them."""

from __future__ import annotations

from search.citing.bibliography import (
    CitedSource,
    as_bibtex,
    as_csl,
    as_html,
    as_markdown,
    as_ris,
    as_text,
)
from search.citing.citation import cite, cite_in, official_url
from search.citing.laws import with_item

__all__ = [
    "CitedSource",
    "as_bibtex",
    "as_csl",
    "as_html",
    "as_markdown",
    "as_ris",
    "as_text",
    "cite",
    "cite_in",
    "official_url",
    "with_item",
]
