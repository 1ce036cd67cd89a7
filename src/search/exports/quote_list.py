"""The user's list of quotes as Word, Markdown, CSV and references; checked quotes as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from search.answers.checked_quotes import said_at
from search.citing.bibliography import CitedSource, as_bibtex, as_csl, as_ris
from search.exports.spreadsheet import write_csv
from search.exports.word_files import Footnotes, clean_text, describe_document
from search.records import CheckedQuote, Difference, ListedQuote, QuoteMatch
from search.wording import VERDICTS

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = [
    "checked_csv",
    "quotes_bibtex",
    "quotes_csl",
    "quotes_csv",
    "quotes_docx",
    "quotes_markdown",
    "quotes_ris",
    "sources_of",
]

_HEADER = ("Nr.", "Citaat", "Vindplaats", "Notitie", "Document", "Adres", "Begin", "Einde")
_CHECKED_HEADER = (
    "Nr.",
    "Citaat",
    "Oordeel",
    "Bron",
    "Vindplaats",
    "Woorden in de bron",
    "Verschillen",
    "Adres",
    "Dichtstbijzijnd",
)
_TITLE = "Citatenlijst"
_EMPTY = "Uw citatenlijst is leeg."
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_WHITE_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>&|~$^#=@\"']|(?<=-)-|(?<=\.)\.")
"""The signs of Markdown and its dialects within a line. Of `--` and `...` all but the first: some
renderers turn them into a dash and an ellipsis."""
_BLOCK_START = re.compile(r"^(\d*)([-+.):])")
"""Signs that make a line begin a list or, in some dialects, a definition."""


def quotes_docx(quotes: Sequence[ListedQuote], title: str = _TITLE) -> bytes:
    """Return quotes as a Word document (A4): each in «…» with its source in a footnote.

    The user's note is in a paragraph of its own below the quote. Characters that XML can't hold
    are left out.
    """
    # Slow to import, and only needed here.
    from docx import Document

    document = Document()
    _set_page(document)
    describe_document(document, title)
    document.add_heading(clean_text(title), level=1)
    footnotes = Footnotes(document)
    for listed in quotes:
        _add_quote(document, footnotes, listed)
    if not quotes:
        document.add_paragraph(_EMPTY)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    styles = document.styles
    note = styles.add_style("Notitie", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.italic, note.font.size = styles["Normal"], True, Pt(10)
    note.paragraph_format.left_indent = Cm(1)


def _add_quote(document: WordDocument, footnotes: Footnotes, listed: ListedQuote) -> None:
    pieces = _paragraphs(f"«{listed.quote.text}»")
    for number, piece in enumerate(pieces, start=1):
        paragraph = document.add_paragraph(clean_text(piece))
        if number < len(pieces) or listed.note:
            # A quote and its note stay on one page.
            paragraph.paragraph_format.keep_with_next = True
    footnotes.add(paragraph, *_source(listed))
    for number, piece in enumerate(_paragraphs(listed.note)):
        label = "" if number else "Notitie: "
        document.add_paragraph(clean_text(f"{label}{piece}"), style="Notitie")


def quotes_markdown(quotes: Sequence[ListedQuote]) -> str:
    """Return quotes as Markdown: each in «…» as a block quote, its source in a footnote `[^1]`.

    Every sign of Markdown is escaped, so that a renderer shows the words unchanged. White space
    within a paragraph becomes one space.
    """
    blocks, notes = [f"# {_TITLE}"], []
    for number, listed in enumerate(quotes, start=1):
        pieces = [_escape(piece) for piece in _paragraphs(f"«{listed.quote.text}»")]
        blocks.append("\n>\n".join(f"> {piece}" for piece in pieces) + f"[^{number}]")
        if remarks := [_escape(piece) for piece in _paragraphs(listed.note)]:
            blocks.append("\n\n".join([f"Notitie: {remarks[0]}", *remarks[1:]]))
        notes.append(f"[^{number}]: {_markdown_source(listed)}")
    return "\n\n".join([*blocks, *notes] if quotes else [*blocks, _EMPTY]) + "\n"


def _markdown_source(listed: ListedQuote) -> str:
    text, address = _source(listed)
    if address:
        return f"{_escape(text)}, <{address}>"
    # Without a footnote extension "[^1]: word" defines a link, and the word is not shown.
    return f"Bron van het citaat: {_escape(text)}"


def _escape(text: str) -> str:
    """Return one paragraph on one line, which Markdown shows unchanged."""
    line = _WHITE_SPACE.sub(" ", text).strip()
    return _BLOCK_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\g<0>", line))


def quotes_csv(quotes: Sequence[ListedQuote]) -> bytes:
    """Return quotes as CSV that Excel opens, a line for each quote.

    "Document" is the document's id; "Begin" and "Einde" count code points of its text, the end
    exclusive.
    """
    rows: list[tuple[str | int, ...]] = [
        (
            number,
            listed.quote.text,
            listed.quote.citation,
            listed.note,
            listed.quote.document,
            listed.url,
            listed.quote.start,
            listed.quote.end,
        )
        for number, listed in enumerate(quotes, start=1)
    ]
    return write_csv(_HEADER, rows)


def checked_csv(checked: Sequence[CheckedQuote]) -> bytes:
    """Return checked quotes as CSV that Excel opens, a line for each place.

    A quote with several places has a line for each, with the same number; an absent quote has one
    line, which names the passage that is nearest in meaning.
    """
    rows: list[tuple[str | int, ...]] = []
    for number, each in enumerate(checked, start=1):
        start = (number, each.text, VERDICTS[each.verdict])
        rows += [(*start, *_match_cells(each.text, match), "") for match in each.matches]
        if not each.matches:
            rows.append((*start, *[""] * 5, each.nearest.citation if each.nearest else ""))
    return write_csv(_CHECKED_HEADER, rows)


def _match_cells(typed: str, match: QuoteMatch) -> tuple[str, ...]:
    return (
        match.metadata.name or match.quote.document,
        match.quote.citation,
        match.quote.text,
        "; ".join(_difference(typed, match, each) for each in match.differences),
        match.url,
    )


def _difference(typed: str, match: QuoteMatch, difference: Difference) -> str:
    """Return a difference in words: those of the quote first, then those of the source."""
    quoted = difference.quoted
    ours = _WHITE_SPACE.sub(" ", typed[quoted.start : quoted.end]).strip()
    theirs = _WHITE_SPACE.sub(" ", said_at(match, difference)).strip()
    if ours and theirs:
        return f"«{ours}» → «{theirs}»"
    return f"toegevoegd «{ours}»" if ours else f"weggelaten «{theirs}»"


def quotes_ris(quotes: Sequence[ListedQuote]) -> bytes:
    """Return the sources of quotes as RIS, which Zotero, EndNote and Mendeley read."""
    return as_ris(sources_of(quotes)).encode("utf-8", errors="replace")


def quotes_bibtex(quotes: Sequence[ListedQuote]) -> bytes:
    """Return the sources of quotes as BibTeX."""
    return as_bibtex(sources_of(quotes)).encode("utf-8", errors="replace")


def quotes_csl(quotes: Sequence[ListedQuote]) -> bytes:
    """Return the sources of quotes as CSL-JSON."""
    return as_csl(sources_of(quotes)).encode("utf-8", errors="replace")


def sources_of(quotes: Sequence[ListedQuote]) -> tuple[CitedSource, ...]:
    """Return quotes as sources for a bibliography (RIS, BibTeX, CSL), in the same order."""
    return tuple(
        CitedSource(
            document=listed.quote.document,
            metadata=listed.metadata,
            section=listed.section,
            quote=listed.quote.text,
            note=listed.note,
        )
        for listed in quotes
    )


def _paragraphs(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _PARAGRAPH_BREAK.split(text) if text else []


def _source(listed: ListedQuote) -> tuple[str, str]:
    """Return the text of a footnote, and the web address that it links to, if any."""
    text = listed.quote.citation or listed.metadata.name or listed.quote.document
    address = _web_address(listed.url)
    return (text, address) if address or not listed.url else (f"{text}, {listed.url}", "")


def _web_address(url: str) -> str:
    """Return a web address as a valid URI (RFC 3986), or an empty text for any other."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    # A lone surrogate has no bytes to encode.
    plain = url.encode("utf-8", errors="ignore").decode("utf-8")
    return percent_encode(plain.strip(), safe="%/:?=&#+,;~!$()*@'") if known else ""
