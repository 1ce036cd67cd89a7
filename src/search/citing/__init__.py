"""Citing: how a lawyer, a journalist or a reference manager names a source."""

from __future__ import annotations

from search.citing.bibliography import (
    Source,
    as_bibtex,
    as_csl,
    as_csl_text,
    as_html,
    as_markdown,
    as_ris,
    as_text,
)
from search.citing.citation import cite, cite_in, official_url

__all__ = [
    "Source",
    "as_bibtex",
    "as_csl",
    "as_csl_text",
    "as_html",
    "as_markdown",
    "as_ris",
    "as_text",
    "cite",
    "cite_in",
    "official_url",
]
