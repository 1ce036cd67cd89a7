"""HTML of quotes that were checked: their verdicts, where they are, what differs."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from search.answers import said_at
from search.records import CheckedQuote, Difference, Hit, Quote, QuoteMatch, Span, Verdict
from search.ui.links import reader_link
from search.ui.markup import page_link, paragraphs, quote_actions, source_html
from search.wording import VERDICTS, count

__all__ = ["checked_html", "summary_html"]

_EXPLANATIONS = {
    Verdict.EXACT: "Dit staat woord voor woord in de bron.",
    Verdict.NEAR: "Dit staat er niet precies zo. Doorgestreept staat wat de bron niet heeft, "
    "onderstreept wat de bron wel heeft.",
    Verdict.ABSENT: "Dit staat niet in deze documenten, ook niet ongeveer.",
}
_LONGEST_IN_TABLE = 160
"""Characters of a quote that the table shows."""
_MOST_PLACES = 5
"""Places of a quote that are shown at once; the others unfold."""


def summary_html(checked: Sequence[CheckedQuote], name: str = "") -> Markup:
    """Return the table of a draft's quotes: each with its verdict and its source.

    `name` is that of the draft's file, where it has one.
    """
    counted = ", ".join(
        f"{number} {VERDICTS[verdict]}"
        for verdict in Verdict
        if (number := sum(each.verdict is verdict for each in checked))
    )
    return Markup(
        '<div class="kw kw-reactions kw-quotes"><p class="kw-line" role="status">{}{}: {}.</p>'
        '<table><caption class="kw-hidden">De citaten in uw tekst</caption><thead><tr>'
        '<th scope="col">Citaat</th><th scope="col">Oordeel</th><th scope="col">Bron</th>'
        "</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        f"{name}: " if name else "",
        count(len(checked), "citaat", "citaten"),
        counted,
        Markup().join(_row(number, each) for number, each in enumerate(checked, start=1)),
    )


def _row(number: int, checked: CheckedQuote) -> Markup:
    text = " ".join(checked.text.split())
    short = text if len(text) <= _LONGEST_IN_TABLE else f"{text[:_LONGEST_IN_TABLE]}…"
    cited = dict.fromkeys(match.quote.citation for match in checked.matches[:_MOST_PLACES])
    sources = Markup().join(map(Markup("<li>{}</li>").format, cited))
    return Markup(
        '<tr><td data-name="Citaat"><a href="#citaat-{}">«{}»</a></td>'
        '<td data-name="Oordeel">{}</td><td data-name="Bron">{}</td></tr>'
    ).format(
        number,
        short,
        _badge(checked.verdict),
        Markup("<ul>{}</ul>").format(sources) if sources else "–",
    )


def _badge(verdict: Verdict) -> Markup:
    return Markup('<span class="kw-verdict" data-verdict="{}">{}</span>').format(
        verdict, VERDICTS[verdict].capitalize()
    )


def checked_html(checked: CheckedQuote, number: int = 1, *, titled: bool = False) -> Markup:
    """Return one quote: its verdict, and each place with what differs there.

    `number` is that of the quote in its text; `titled` says whether the heading names it.
    """
    shown, more = checked.matches[:_MOST_PLACES], checked.matches[_MOST_PLACES:]
    places = Markup().join(_place(checked, match) for match in shown)
    if more:
        places += Markup("<details><summary>Nog {}</summary>{}</details>").format(
            count(len(more), "plaats", "plaatsen"),
            Markup().join(_place(checked, match) for match in more),
        )
    return Markup(
        '<section class="kw kw-checked" id="citaat-{number}" tabindex="-1" '
        'aria-labelledby="oordeel-{number}" data-verdict="{verdict}">'
        '<h2 id="oordeel-{number}">{title}{badge}</h2>'
        '<p class="kw-says">{explanation}</p>{places}</section>'
    ).format(
        number=number,
        verdict=checked.verdict,
        title=f"Citaat {number} " if titled else "",
        badge=_badge(checked.verdict),
        explanation=_EXPLANATIONS[checked.verdict],
        places=places if checked.matches else _absent(checked),
    )


def _place(checked: CheckedQuote, match: QuoteMatch) -> Markup:
    """Return a place: what differs there, the words as the source has them, and the source."""
    differing = _differences(checked.text, match) if match.differences else Markup()
    if differing:
        differing = Markup(
            '<p class="kw-small-label">Uw citaat, met de verschillen</p>'
            '<p class="kw-quote kw-diff">{}</p>'
            '<p class="kw-small-label">Zo staat het in de bron</p>'
        ).format(differing)
    return Markup(
        '<article class="kw-match">{}<blockquote class="kw-quote"><p>{}</p></blockquote>'
        "<footer>{}{}</footer></article>"
    ).format(
        differing,
        paragraphs(_source_words(match)),
        source_html(match.quote.citation, match.metadata),
        quote_actions(match.quote, match.metadata, match.url),
    )


def _source_words(match: QuoteMatch) -> Markup:
    """Return the source's words; those that the quote leaves out are shown in grey."""
    quote, html, at = match.quote, Markup(), match.quote.start
    for part in match.parts:
        words = quote.text[part.start - quote.start : part.end - quote.start]
        html += Markup("{}{}").format(_left_out(quote, at, part.start), words)
        at = part.end
    return html


def _left_out(quote: Quote, start: int, end: int) -> Markup:
    left_out = quote.text[start - quote.start : end - quote.start]
    grey = Markup('<span class="kw-left-out">{}</span>')
    # A paragraph ends every element within it, so each has a grey part of its own.
    return Markup("\n\n").join(
        grey.format(part) if part.strip() else part for part in left_out.split("\n\n")
    )


def _differences(quoted: str, match: QuoteMatch) -> Markup:
    """Return a quote with the words that the source lacks struck, and its own inserted."""
    html, at = Markup(), 0
    struck = Markup('<del><span class="kw-hidden">niet in de bron: </span>{}</del>')
    inserted = Markup('<ins><span class="kw-hidden">wel in de bron: </span>{}</ins>')
    for each in match.differences:
        html += quoted[at : each.quoted.start]
        at = each.quoted.end
        typed, said = quoted[each.quoted.start : at], said_at(match, each)
        if typed:
            html += struck.format(typed)
        if said:
            # Where the source has white space around its words, so has what is shown.
            before, after = _around(match, each)
            parted = before.isspace() or (typed[-1:].isalnum() and said[0].isalnum())
            html += " " if parted and html and not html[-1].isspace() else ""
            html += inserted.format(said)
            html += " " if after.isspace() and quoted[at : at + 1].strip() else ""
    return html + quoted[at:]


def _around(match: QuoteMatch, difference: Difference) -> tuple[str, str]:
    """Return the characters of the source before and after its words; empty at an end."""
    text, start = match.quote.text, match.quote.start
    first, last = difference.source.start - start, difference.source.end - start
    return text[max(0, first - 1) : first], text[last : last + 1]


def _absent(checked: CheckedQuote) -> Markup:
    quoted = Markup('<blockquote class="kw-quote kw-unfound"><p>{}</p></blockquote>')
    nearest = _nearest(checked.nearest) if checked.nearest else Markup()
    return quoted.format(checked.text) + nearest


def _nearest(hit: Hit) -> Markup:
    passage = hit.passage
    href = reader_link(passage.document, Span(passage.start, passage.end), passage.text)
    return Markup(
        '<div class="kw-nearest"><h3>Komt er het dichtst bij, maar is iets anders</h3>'
        '<p class="kw-around">{}</p>{}<p>{}</p></div>'
    ).format(
        passage.text, source_html(hit.citation, hit.metadata), page_link(href, "Lees deze passage")
    )
