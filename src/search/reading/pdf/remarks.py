"""Remarks for the user on the pages of a PDF, in Dutch; pages are counted from 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["are", "hidden_text", "pages_are"]


def hidden_text(hidden: Mapping[int, int]) -> str:
    """Return the remark on text that nobody sees; pages are counted from 0."""
    count = sum(hidden.values())
    characters = "1 teken" if count == 1 else f"{count} tekens"
    return (
        f"Verborgen tekst ({characters}) is weggelaten: onzichtbaar gedrukt of buiten het blad, op "
        f"{_pages(sorted(hidden)).lower()}."
    )


def pages_are(pages: Sequence[int]) -> str:
    """Return the numbers of pages, counted from 0, with the verb: "Bladzijden 1–3 en 5 zijn"."""
    return f"{_pages(pages)} {are(pages)}"


def _pages(pages: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    ranges = [f"{r[0] + 1}" if len(r) == 1 else f"{r[0] + 1}–{r[-1] + 1}" for r in runs]
    listed = " en ".join([*([", ".join(ranges[:-1])] if ranges[1:] else []), ranges[-1]])
    return f"{'Bladzijde' if len(pages) == 1 else 'Bladzijden'} {listed}"


def are(pages: Sequence[int]) -> str:
    """Return the verb for so many pages."""
    return "is" if len(pages) == 1 else "zijn"
