"""HTML of quotes that were checked: what they are, where they stand, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from search.answers import VERDICTS, said_at
from search.records import CheckedQuote, Difference, Hit, Quote, QuoteMatch, Span, Verdict
from search.ui.links import reader_link
from search.ui.markup import paragraphs, quote_actions, source_html
from search.wording import count

__all__ = ["checked_html", "summary_html"]

_SAYS = {
    Verdict.EXACT: "Dit staat woord voor woord in de bron.",
    Verdict.NEAR: "Dit staat er niet precies zo. Doorgestreept staat wat de bron niet heeft, "
    "onderstreept wat de bron wel heeft.",
    Verdict.ABSENT: "Dit staat niet in deze documenten, ook niet ongeveer.",
}
_SHOWN = 160
"""Characters of a quote that the table shows."""
_MOST = 5
"""Places of a quote that are shown at once; the others unfold."""


def summary_html(checked: Sequence[CheckedQuote], name: str = "") -> str:
    """Write the table of a draft's quotes: each with its verdict and its source.

    `name` is that of the draft's file, where it has one.
    """
    rows = "".join(_row(number, each) for number, each in enumerate(checked, start=1))
    counted = ", ".join(
        f"{number} {VERDICTS[verdict]}"
        for verdict in Verdict
        if (number := sum(each.verdict is verdict for each in checked))
    )
    return (
        f'<div class="kw kw-reactions kw-quotes"><p class="kw-line" role="status">'
        f"{f'{escape(name)}: ' if name else ''}{count(len(checked), 'citaat', 'citaten')}: "
        f"{counted}.</p>"
        '<table><caption class="kw-hidden">De citaten in uw tekst</caption><thead><tr>'
        '<th scope="col">Citaat</th><th scope="col">Oordeel</th><th scope="col">Bron</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(number: int, checked: CheckedQuote) -> str:
    text = " ".join(checked.text.split())
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    cited = dict.fromkeys(match.quote.citation for match in checked.matches[:_MOST])
    sources = "".join(f"<li>{escape(citation)}</li>" for citation in cited)
    return (
        f'<tr><td data-name="Citaat"><a href="#citaat-{number}">«{escape(short)}»</a></td>'
        f'<td data-name="Oordeel">{_badge(checked.verdict)}</td>'
        f'<td data-name="Bron">{f"<ul>{sources}</ul>" if sources else "–"}</td></tr>'
    )


def _badge(verdict: Verdict) -> str:
    return (
        f'<span class="kw-verdict" data-verdict="{verdict}">{VERDICTS[verdict].capitalize()}</span>'
    )


def checked_html(checked: CheckedQuote, number: int = 1, *, titled: bool = False) -> str:
    """Write one quote: its verdict, and each place with what differs there.

    `number` is that of the quote in its text; `titled` says whether the heading names it.
    """
    shown, more = checked.matches[:_MOST], checked.matches[_MOST:]
    places = "".join(_place(checked, match) for match in shown)
    if more:
        rest = "".join(_place(checked, match) for match in more)
        words = count(len(more), "plaats", "plaatsen")
        places += f"<details><summary>Nog {words}</summary>{rest}</details>"
    if not checked.matches:
        places = _absent(checked)
    return (
        f'<section class="kw kw-checked" id="citaat-{number}" tabindex="-1" '
        f'aria-labelledby="oordeel-{number}" data-verdict="{checked.verdict}">'
        f'<h2 id="oordeel-{number}">{f"Citaat {number} " if titled else ""}'
        f"{_badge(checked.verdict)}</h2>"
        f'<p class="kw-says">{_SAYS[checked.verdict]}</p>{places}</section>'
    )


def _place(checked: CheckedQuote, match: QuoteMatch) -> str:
    """Write a place: the words as the source has them, or what differs, and the source."""
    differing = _differences(checked.text, match) if match.differences else ""
    if differing:
        body = (
            f'<p class="kw-small-label">Uw citaat, met de verschillen</p>'
            f'<p class="kw-quote kw-diff">{differing}</p>'
            f'<p class="kw-small-label">Zo staat het in de bron</p>'
        )
    else:
        body = ""
    return (
        f'<article class="kw-match">{body}'
        f'<blockquote class="kw-quote">{_said(match)}</blockquote>'
        f"<footer>{source_html(match.quote.citation, match.metadata)}"
        f"{quote_actions(match.quote, match.metadata, match.url)}</footer></article>"
    )


def _said(match: QuoteMatch) -> str:
    """Write the source's words; what the quote leaves out is shown in grey."""
    quote, pieces, at = match.quote, [], match.quote.start
    for part in match.parts:
        pieces.append(_grey(quote, at, part.start))
        pieces.append(escape(quote.text[part.start - quote.start : part.end - quote.start]))
        at = part.end
    return f"<p>{paragraphs(''.join(pieces))}</p>"


def _grey(quote: Quote, start: int, end: int) -> str:
    left_out = quote.text[start - quote.start : end - quote.start]
    # A paragraph ends every element within it, so each has a grey part of its own.
    return "\n\n".join(
        f'<span class="kw-left-out">{escape(part)}</span>' if part.strip() else part
        for part in left_out.split("\n\n")
    )


def _differences(quoted: str, match: QuoteMatch) -> str:
    """Write a quote with what the source has not struck, and what it has inserted."""
    html, at = "", 0
    for each in match.differences:
        html += escape(quoted[at : each.quoted.start])
        at = each.quoted.end
        typed, said = quoted[each.quoted.start : at], said_at(match, each)
        if typed:
            html += f'<del><span class="kw-hidden">niet in de bron: </span>{escape(typed)}</del>'
        if said:
            # Where the source has white space around its words, so has what is shown.
            before, after = _around(match, each)
            parted = before.isspace() or (typed[-1:].isalnum() and said[0].isalnum())
            html += " " if parted and html and not html[-1].isspace() else ""
            html += f'<ins><span class="kw-hidden">wel in de bron: </span>{escape(said)}</ins>'
            html += " " if after.isspace() and quoted[at : at + 1].strip() else ""
    return html + escape(quoted[at:])


def _around(match: QuoteMatch, difference: Difference) -> tuple[str, str]:
    """Give the characters that the source has before and after its words; none at an end."""
    text, start = match.quote.text, match.quote.start
    first, last = difference.source.start - start, difference.source.end - start
    return text[max(0, first - 1) : first], text[last : last + 1]


def _absent(checked: CheckedQuote) -> str:
    quoted = f'<blockquote class="kw-quote kw-unfound"><p>{escape(checked.text)}</p></blockquote>'
    return quoted + (_nearest(checked.nearest) if checked.nearest else "")


def _nearest(hit: Hit) -> str:
    passage = hit.passage
    href = escape(reader_link(passage.document, Span(passage.start, passage.end), passage.text))
    return (
        '<div class="kw-nearest"><h3>Komt er het dichtst bij, maar is iets anders</h3>'
        f'<p class="kw-around">{escape(passage.text)}</p>'
        f"{source_html(hit.citation, hit.metadata)}"
        f'<p><a href="{href}" data-kw-nav>Lees deze passage</a></p></div>'
    )
