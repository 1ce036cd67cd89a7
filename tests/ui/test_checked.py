"""The HTML of checked quotes: what it says, where, and that no text of others becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from search.records import (
    CheckedQuote,
    Difference,
    Hit,
    Kind,
    Metadata,
    Passage,
    Quote,
    QuoteMatch,
    Span,
    Theme,
    ThemeOrigin,
    Verdict,
)
from search.ui.checked import checked_html, summary_html

NASTY = '<script>alert(1)</script> & "citaat" **vet** :smile: <img src=x onerror=alert(1)>'
HIDDEN = re.compile(r'<span class="kw-hidden">[^<]*</span>')


def match(
    text: str,
    *differences: Difference,
    start: int = 100,
    name: str = "brief",
    parts: tuple[Span, ...] = (),
    citation: str = "Brief, par. 1",
    url: str = "",
) -> QuoteMatch:
    """Put words at a place in a document."""
    quote = Quote(text, name, start, start + len(text), citation)
    whole = (Span(start, start + len(text)),)
    return QuoteMatch(quote, Metadata(kind="Brief"), (), url, parts or whole, differences)


def checked(text: str, *matches: QuoteMatch, nearest: Hit | None = None) -> CheckedQuote:
    """Check a quote; the verdict follows from what it has."""
    verdict = Verdict.NEAR if matches and matches[0].differences else Verdict.EXACT
    return CheckedQuote(
        text, 0, len(text), verdict if matches else Verdict.ABSENT, matches, nearest
    )


def near(quoted: str, source: str, *spans: tuple[int, int, int, int]) -> CheckedQuote:
    """Check a quote that differs: each span is that of the quote, then that of the source."""
    differences = (
        Difference(Span(first, last), Span(100 + start, 100 + end))
        for first, last, start, end in spans
    )
    return checked(quoted, match(source, *differences))


def hit(text: str, citation: str = "Brief, par. 2") -> Hit:
    """Find a passage."""
    theme = Theme("integratie", ThemeOrigin.STRUCTURE)
    passage = Passage(1, "brief", Kind.PARAGRAPH, 40, 40 + len(text), text, (), (), theme)
    return Hit(1, 0.5, passage, Metadata(issuer="Kabinet"), citation, "")


def diff(html: str) -> str:
    """Read the line with the differences: struck in [-…-], inserted in {+…+}."""
    (line,) = re.findall(r'<p class="kw-quote kw-diff">(.*?)</p>', html, re.DOTALL)
    line = HIDDEN.sub("", line)
    for tag, sign in (("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}")):
        line = line.replace(tag, sign)
    assert "<" not in line
    return unescape(line)


def test_words_for_words_are_shown_as_the_source_has_them() -> None:
    shown = checked_html(checked("De zon\nschijnt.", match("De zon schijnt.")))
    assert 'data-verdict="exact"' in shown
    assert ">Woordelijk<" in shown
    assert "<blockquote" in shown
    assert "<p>De zon schijnt.</p>" in shown
    assert "<cite>Brief, par. 1</cite>" in shown
    assert "<del>" not in shown
    assert "<ins>" not in shown


@pytest.mark.parametrize(
    ("quoted", "source", "spans", "line"),
    [
        pytest.param(
            "De maan schijnt.",
            "De zon schijnt.",
            [(3, 7, 3, 6)],
            "De [-maan-] {+zon+} schijnt.",
            id="another word",
        ),
        pytest.param(
            "De felle zon schijnt.",
            "De zon schijnt.",
            [(3, 8, 3, 3)],
            "De [-felle-] zon schijnt.",
            id="a word too many",
        ),
        pytest.param(
            "De schijnt.",
            "De zon schijnt.",
            [(2, 2, 3, 6)],
            "De {+zon+} schijnt.",
            id="a word left out",
        ),
        pytest.param(
            "de zon schijnt.",
            "De zon schijnt.",
            [(0, 2, 0, 2)],
            "[-de-] {+De+} zon schijnt.",
            id="at the start",
        ),
        pytest.param(
            "De zon, die schijnt",
            "De zon die schijnt",
            [(6, 7, 6, 6)],
            "De zon[-,-] die schijnt",
            id="a comma too many",
        ),
        pytest.param(
            "De zon die schijnt",
            "De zon, die schijnt",
            [(6, 6, 6, 7)],
            "De zon{+,+} die schijnt",
            id="a comma left out",
        ),
        pytest.param(
            "De zon schijnt;",
            "De zon schijnt.",
            [(14, 15, 14, 15)],
            "De zon schijnt[-;-]{+.+}",
            id="another sign at the end",
        ),
        pytest.param(
            "Een maan en een hond.",
            "Een zon en geen hond.",
            [(4, 8, 4, 7), (12, 15, 11, 15)],
            "Een [-maan-] {+zon+} en [-een-] {+geen+} hond.",
            id="two",
        ),
    ],
)
def test_each_difference_is_struck_and_inserted(
    quoted: str, source: str, spans: list[tuple[int, int, int, int]], line: str
) -> None:
    shown = checked_html(near(quoted, source, *spans))
    assert ">Bijna woordelijk<" in shown
    assert diff(shown) == line
    assert f"<p>{source}</p>" in shown


def test_a_screen_reader_is_told_what_is_struck_and_inserted() -> None:
    shown = checked_html(near("De maan schijnt.", "De zon schijnt.", (3, 7, 3, 6)))
    assert '<del><span class="kw-hidden">niet in de bron: </span>maan</del>' in shown
    assert '<ins><span class="kw-hidden">wel in de bron: </span>zon</ins>' in shown


def test_words_that_stand_in_two_documents_name_both() -> None:
    here = match("De zon schijnt.", citation="Brief A")
    there = match("De zon schijnt.", name="nieuws", start=7, citation="Nieuws B")
    both = checked("De zon schijnt.", here, there)
    shown = checked_html(both)
    assert re.findall(r"<cite>(.*?)</cite>", shown) == ["Brief A", "Nieuws B"]
    assert shown.count("data-kw-add=") == 2
    assert "document=brief&amp;van=100&amp;tot=115" in shown
    assert "document=nieuws&amp;van=7&amp;tot=22" in shown
    assert "<li>Brief A</li><li>Nieuws B</li>" in summary_html([both])


def test_more_places_than_five_unfold() -> None:
    places = [match("De zon.", start=10 * n, citation=f"Brief {n}") for n in range(7)]
    before, _, after = checked_html(checked("De zon.", *places)).partition("<details>")
    assert before.count("<article") == 5
    assert after.count("<article") == 2
    assert "<summary>Nog 2 plaatsen</summary>" in after


def test_what_is_absent_is_never_shown_as_found() -> None:
    shown = checked_html(
        checked("De maan is van kaas.", nearest=hit("De maan is van steen.", "Brief, par. 9"))
    )
    assert ">Niet gevonden<" in shown
    assert "Komt er het dichtst bij, maar is iets anders" in shown
    quoted, _, rest = shown.partition('<div class="kw-nearest">')
    assert "De maan is van kaas." in quoted
    assert "Brief, par. 9" not in quoted
    assert "De maan is van steen." in rest
    for never in ("Woordelijk", "kw-match", "data-kw-add", "data-kw-copy", "<del>", "<ins>"):
        assert never not in shown
    row = summary_html([checked("De maan is van kaas.", nearest=hit("De maan.", "Brief, par. 9"))])
    assert '<td data-name="Bron">–</td>' in row
    assert "Brief, par. 9" not in row


def test_nothing_that_comes_near_is_nothing() -> None:
    shown = checked_html(checked("De maan is van kaas."))
    assert "kw-nearest" not in shown
    assert "Niet gevonden" in shown


def test_what_the_quote_leaves_out_is_grey_in_each_paragraph() -> None:
    text = "De zon schijnt hier.\n\nEn ook daar is het warm."
    first, second = Span(100, 106), Span(100 + text.index("het warm"), 100 + len(text))
    found = match(text, parts=(first, second))
    shown = checked_html(checked("De zon […] het warm.", found))
    assert (
        'De zon<span class="kw-left-out"> schijnt hier.</span></p><p>'
        '<span class="kw-left-out">En ook daar is </span>het warm.</p>'
    ) in shown


def test_no_text_becomes_markup() -> None:
    hostile = match(NASTY, citation=NASTY, name=NASTY, url="javascript:alert(1)")
    hostile = replace(hostile, metadata=Metadata(title=NASTY, issuer=NASTY, date=NASTY, kind=NASTY))
    struck = near(f"{NASTY} maan", "zon maan", (0, len(NASTY), 0, 3))
    put_in = near("zon maan", f"{NASTY} maan", (0, 3, 0, len(NASTY)))
    absent = checked(NASTY, nearest=hit(NASTY, NASTY))
    for each in (checked(NASTY, hostile), struck, put_in, absent):
        for shown in (checked_html(each), summary_html([each], NASTY)):
            assert "<script" not in shown
            assert "<img" not in shown
            assert "javascript:" not in shown
            assert "&lt;script&gt;" in shown


def test_a_table_counts_the_verdicts_and_links_to_each_quote() -> None:
    three = [
        checked("De zon schijnt.", match("De zon schijnt.")),
        near("De maan schijnt.", "De zon schijnt.", (3, 7, 3, 6)),
        checked("Niets\nhiervan."),
    ]
    shown = summary_html(three, "concept.docx")
    assert "concept.docx: 3 citaten: 1 woordelijk, 1 bijna woordelijk, 1 niet gevonden." in shown
    assert re.findall(r'href="#(.*?)"', shown) == ["citaat-1", "citaat-2", "citaat-3"]
    assert "«Niets hiervan.»" in shown
    parts = [checked_html(each, n, titled=True) for n, each in enumerate(three, start=1)]
    for number, part in enumerate(parts, start=1):
        assert f'id="citaat-{number}"' in part
        assert f"Citaat {number} <span" in part
    assert "1 citaat: 1 niet gevonden." in summary_html(three[2:])


def test_a_long_quote_is_shortened_in_the_table_only() -> None:
    long = "woord " * 60
    shown = summary_html([checked(long.strip())])
    assert f"«{long[:160]}…»" in shown
    assert checked_html(checked(long.strip())).count("woord ") == 59
