"""HTML of hits: escaped, marked in the right place, and never more than the source says."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from search.records import (
    Answer,
    Dossier,
    Hit,
    Holder,
    Kind,
    Label,
    Metadata,
    NamedDocument,
    NearPlace,
    OtherPlace,
    Passage,
    Person,
    Quote,
    Sentence,
    Span,
    Stance,
    Theme,
    ThemeOrigin,
)
from search.ui.interleave import annotate
from search.ui.markup import (
    answer_html,
    card_html,
    external_link,
    header_html,
    notice_html,
    opened_html,
    results_html,
)

NASTY = "<script>alert('x')</script> & \"quotes\" `code` **vet** [link](http://x) $x$ :smile:"

METADATA = Metadata(
    title="Brief over <schapen>",
    subject="Schapen & geiten",
    kind="Brief regering",
    issuer="Kabinet",
    date="2021-03-24",
    url="https://example.org/a?b=1&c=2",
    licence="Publiek domein",
    chamber="II",
    vergaderjaar="2020-2021",
    dossiers=(Dossier("12345", "Vee"),),
    ondernummer="7",
)
CITATION = "Kamerstukken II 2020/21, 12345, nr. 7"


def make_hit(
    text: str = "Eerste zin. Tweede zin.",
    *,
    start: int = 100,
    marks: tuple[Span, ...] = (),
    kind: Kind = Kind.PARAGRAPH,
    also_in: tuple[OtherPlace, ...] = (),
    metadata: Metadata = METADATA,
) -> Hit:
    """Make a hit on a passage that begins at `start` of its document."""
    passage = Passage(
        id=1,
        document="kst-12345-7",
        kind=kind,
        start=start,
        end=start + len(text),
        text=text,
        section=("Appreciatie", "De rol van gemeenten"),
        sentences=(Sentence(start, start + len(text)),),
        theme=Theme("landbouw", ThemeOrigin.ESTIMATED),
    )
    return Hit(1, 0.5, passage, metadata, CITATION, metadata.url, marks, also_in)


def make_answer(*, answerable: bool = True, hits: int = 1) -> Answer:
    """Make an answer with equal hits and a quote where it is answerable."""
    hit = make_hit(marks=(Span(100, 111),))
    quote = Quote("Eerste zin.", "kst-12345-7", 100, 111, CITATION) if answerable else None
    return Answer("Wat?", answerable, 0.9, quote, (hit,) * hits)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.seen.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check_nesting(html: str) -> list[str]:
    """Check that every tag is closed in order, and return the tags."""
    parser = _Tags()
    parser.feed(html)
    assert parser.open == []
    return parser.seen


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_text_is_escaped_and_stays_word_for_word() -> None:
    html = annotate(NASTY, 0)
    assert "<script" not in html
    assert plain(html) == NASTY


def test_marks_begin_and_end_with_the_sentence() -> None:
    html = annotate("Eén zin. Twee. Drie.", 50, [Span(59, 64)])
    assert html == "Eén zin. <mark>Twee.</mark> Drie."


def test_overlapping_and_touching_marks_are_joined() -> None:
    text = "abcdefghij"
    assert annotate(text, 0, [Span(1, 4), Span(3, 6), Span(6, 7)]) == "a<mark>bcdefg</mark>hij"
    assert annotate(text, 0, [Span(2, 8), Span(3, 4)]) == "ab<mark>cdefgh</mark>ij"


def test_marks_are_clipped_to_the_text_and_its_words() -> None:
    assert annotate("abc ", 10, [Span(0, 100)]) == "<mark>abc</mark> "
    assert annotate("abc", 10, [Span(0, 10), Span(13, 20)]) == "abc"
    assert annotate("a  b", 0, [Span(1, 3)]) == "a  b"


def test_entities_within_marks_are_escaped() -> None:
    assert annotate("a<b>c", 0, [Span(1, 4)]) == "a<mark>&lt;b&gt;</mark>c"


def test_a_card_escapes_everything_that_comes_from_outside() -> None:
    metadata = replace(METADATA, issuer=NASTY, subject=NASTY, url='https://x/"><script>')
    place = OtherPlace("d", NASTY, NASTY, "", "2021-01-01", 1, 2)
    hit = make_hit(NASTY, marks=(Span(100, 110),), metadata=metadata, also_in=(place,))
    html = card_html(replace(hit, citation=NASTY), NASTY)
    assert "script" not in check_nesting(html)


def test_a_card_gives_quote_source_date_theme_and_place() -> None:
    html = card_html(make_hit(marks=(Span(112, 123),)))
    assert "Eerste zin. <mark>Tweede zin.</mark>" in html
    text = plain(html)
    for part in (CITATION, "24 maart 2021", "Kabinet", "landbouw (geschat)", "Appreciatie"):
        assert part in text
    assert text.index("Eerste zin") < text.index(CITATION) < text.index("Lees in de brief")
    link = re.search(
        r'href="documenten\?document=kst-12345-7&amp;van=100&amp;tot=123([^"]*)"', html
    )
    assert link
    assert re.fullmatch(r"&amp;proef=[0-9a-f]{8}", link[1])
    assert 'data-kw-copy="«Eerste zin. Tweede zin.» (Kamerstukken II' in html


def test_a_date_that_the_citation_gives_is_not_said_twice() -> None:
    html = card_html(replace(make_hit(), citation="wrr.nl, 24 maart 2021"))
    assert plain(html).count("24 maart 2021") == 1


def test_a_kind_and_its_context_are_named() -> None:
    html = card_html(make_hit(kind=Kind.FOOTNOTE), "De zin met de noot.")
    assert "Voetnoot bij:" in html
    quote = html[html.index("<blockquote") : html.index("</blockquote>")]
    assert "De zin met de noot." not in quote
    assert "kw-chip" not in card_html(make_hit())


def test_other_places_are_links_into_the_reader() -> None:
    place = OtherPlace("nieuws", "Titel", "wrr.nl", "https://x", "2021-03-26", 5, 9)
    html = card_html(make_hit(also_in=(place,)))
    assert 'Ook in: <a href="documenten?document=nieuws&amp;van=5&amp;tot=9"' in html


def test_a_place_that_is_nearly_the_same_names_the_difference() -> None:
    place = OtherPlace("nieuws", "Titel", "wrr.nl", "https://x", "2021-03-26", 5, 9)
    near = NearPlace(place, "Het kabinet is niet bereid.", "is bereid", "is niet bereid")
    html = card_html(replace(make_hit(), nearly_in=(near,)))
    check_nesting(html)
    assert "Ook in" not in html
    assert 'Bijna gelijk in: <a href="documenten?document=nieuws&amp;van=5&amp;tot=9"' in html
    assert "Verschil: hier staat “is bereid”, daar “is niet bereid”" in html


def test_the_difference_is_escaped() -> None:
    place = OtherPlace("d", NASTY, NASTY, "", "2021-01-01", 1, 2)
    html = card_html(replace(make_hit(), nearly_in=(NearPlace(place, NASTY, NASTY, NASTY),)))
    assert "script" not in check_nesting(html)
    assert NASTY in plain(html)


def test_only_http_addresses_become_links() -> None:
    assert external_link("javascript:alert(1)", "x") == ""
    assert external_link("", "x") == ""
    assert 'target="_blank" rel="noopener noreferrer"' in external_link("https://x.nl", "x")


def test_an_answer_is_the_quote_and_nothing_else() -> None:
    html = results_html(make_answer(hits=3), {})
    check_nesting(html)
    assert "Antwoord uit de bronnen" in html
    assert "Geen antwoord" not in html
    assert "3 passages" in html
    assert html.index("<h2") < html.index("<h3")


def test_without_an_answer_nothing_is_marked_as_one() -> None:
    html = results_html(make_answer(answerable=False), {})
    check_nesting(html)
    assert "Geen antwoord in de bronnen" in html
    assert "<details" in html
    assert "<mark" not in html
    assert "Antwoord uit de bronnen" not in html


@pytest.mark.parametrize("hits", [0, 2])
def test_a_withheld_answer_is_told_apart_from_none(hits: int) -> None:
    html = results_html(replace(make_answer(hits=hits), quote=None, withheld=1), {})
    check_nesting(html)
    assert "Er is een antwoord gevonden" in html
    assert "Werk de index bij: <code>kamerwijzer index</code>" in html
    assert "Geen antwoord" not in html
    assert "Antwoord uit de bronnen" not in html


def test_no_hits_at_all_is_said() -> None:
    html = results_html(replace(make_answer(answerable=False), hits=()), {})
    check_nesting(html)
    assert "<details" not in html


def test_a_context_goes_to_its_own_passage() -> None:
    assert "Inleidende zin" in results_html(make_answer(), {1: "Inleidende zin"})


def test_an_answer_without_a_hit_still_has_its_citation() -> None:
    answer = replace(make_answer(), hits=())
    assert answer.quote is not None
    html = answer_html(answer, answer.quote)
    assert CITATION in html
    assert "Onderbouwing: sterk" in html
    assert "Onderbouwing: zwak" in answer_html(replace(answer, confidence=0.51), answer.quote)


def test_a_possible_answer_says_so_and_what_is_uncertain() -> None:
    possible = replace(make_answer(), confidence=0.5, features={"known": 0.8, "coverage": 0.9})
    html = results_html(possible, {})
    check_nesting(html)
    assert "Mogelijk antwoord" in html
    assert "Een deel van de woorden van uw vraag staat in geen enkel document." in html
    assert "Antwoord uit de bronnen" not in html
    assert "niet zeker" not in results_html(make_answer(), {})


def test_without_an_answer_at_most_three_passages_are_shown_and_folded() -> None:
    html = results_html(make_answer(answerable=False, hits=5), {})
    assert html.count("<article") == 3
    assert html.index("<details") < html.index("<article")
    far = replace(make_answer(answerable=False), confidence=0.01)
    assert "<article" not in results_html(far, {})


def make_voiced(metadata: Metadata = METADATA, section: tuple[str, ...] = ("Reactie",)) -> Hit:
    """Make a hit of two sentences of the cabinet; the second takes something back."""
    text = "Het kabinet steunt dit. Wel is er <geld> nodig."
    hit = make_hit(text, marks=(Span(100, 123),), metadata=metadata)
    support = Label(Holder.CABINET, Stance.SUPPORT, 0.9)
    reserved = Label(Holder.CABINET, Stance.RESERVATION, 0.9)
    sentences = (Sentence(100, 123, support), Sentence(124, 100 + len(text), reserved))
    passage = replace(hit.passage, sentences=sentences, section=section)
    return replace(hit, passage=passage, reservation=Span(124, 100 + len(text)))


def answered(hit: Hit, asked: str = "") -> str:
    """Return the card of an answer that is the first sentence of a hit."""
    mark = hit.marks[0]
    quote = Quote(hit.passage.text[: mark.end - mark.start], "kst-12345-7", 100, mark.end, "x")
    return answer_html(Answer("Wat?", True, 0.9, quote, (hit,)), quote, asked)


def test_what_takes_the_answer_back_stands_below_it() -> None:
    html = answered(make_voiced())
    check_nesting(html)
    text = plain(html)
    assert text.index("steunt dit.") < text.index("Let op, hierna staat:")
    assert "Wel is er &lt;geld&gt; nodig." in html
    assert "Let op" not in answered(replace(make_voiced(), reservation=None))


def test_the_reservation_is_not_copied_with_the_answer() -> None:
    assert 'data-kw-copy="«Het kabinet steunt dit.» (x)"' in answered(make_voiced())


def test_the_answer_says_whose_words_it_is() -> None:
    html = answered(make_voiced())
    # The stance of the sentence that answers, not that of the other sentences of the passage.
    assert '<span class="kw-chip kw-who" data-holder="kabinet">Kabinet: steun</span>' in html
    assert "voorbehoud" not in html


@pytest.mark.parametrize(
    ("kind", "heading", "people", "spoken"),
    [
        ("Handelingen", "De heer Van Nispen (SP):", (), "De heer Van Nispen (SP)"),
        ("Handelingen", "Minister Yeşilgöz", (), "Minister Yeşilgöz"),
        ("Handelingen", "Jan Jansen", (Person("Jan Jansen"),), "Jan Jansen"),
        ("Handelingen", "Bouwregelgeving", (Person("Jan Jansen"),), ""),
        ("Brief regering", "De heer Van Nispen (SP)", (), ""),
        ("Handelingen", "", (), ""),
    ],
)
def test_the_answer_from_a_debate_says_who_speaks(
    kind: str, heading: str, people: tuple[Person, ...], spoken: str
) -> None:
    metadata = replace(METADATA, kind=kind, people=people)
    html = answered(make_voiced(metadata, (heading,) if heading else ()))
    assert ("Aan het woord" in html) is bool(spoken)
    assert f"Aan het woord: {spoken}" in html or not spoken


def test_the_question_of_an_mp_stands_above_the_answer() -> None:
    html = answered(make_voiced(), f"Klopt dit? {NASTY}")
    assert "script" not in check_nesting(html)
    text = plain(html)
    assert text.index("Gevraagd was: Klopt dit?") < text.index("Het kabinet steunt dit.")
    assert "Gevraagd was" not in answered(make_voiced())


def test_the_card_of_an_answer_belongs_to_the_passage_of_its_quote() -> None:
    # The first hit is of the same document, but of another passage.
    other = make_hit("Iets anders.", start=900, marks=(Span(900, 912),))
    voiced = make_voiced()
    quote = Quote("Het kabinet steunt dit.", "kst-12345-7", 100, 123, CITATION)
    answer = Answer("Wat?", True, 0.9, quote, (other, voiced))
    assert answer.quoted is voiced
    assert "Let op, hierna staat:" in results_html(answer, {}, "Klopt dit?")
    assert "Gevraagd was: " in plain(results_html(answer, {}, "Klopt dit?"))
    assert replace(answer, hits=(other,)).quoted is None
    assert replace(answer, quote=None).quoted is None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Bouw hem met: kamerwijzer index", "kamerwijzer index"),
        ("Draai kamerwijzer index --corpus /a/b. En dan?", "kamerwijzer index --corpus /a/b"),
        ("Draai `pip install x` eerst.", "pip install x"),
    ],
)
def test_a_command_in_a_notice_is_code(message: str, code: str) -> None:
    assert f"<code>{code}</code>" in notice_html("Titel", message)


def test_a_notice_is_escaped() -> None:
    html = notice_html("<b>", NASTY)
    assert "<script" not in html
    assert "<b>" not in html


def test_the_header_says_which_page_is_shown() -> None:
    html = header_html("documenten")
    assert html.count("aria-current") == 1
    assert "aria-current=page>Documenten" in html


def test_a_hit_without_metadata_is_well_formed() -> None:
    check_nesting(card_html(replace(make_hit(metadata=Metadata()), citation="")))


def test_a_document_that_is_asked_for_can_be_opened() -> None:
    named = NamedDocument("kst-12345-7", "Brief over <wolven>", CITATION, "")
    html = str(opened_html([named]))
    check_nesting(html)
    assert 'href="documenten?document=kst-12345-7"' in html
    assert "Open Brief over <wolven>" in plain(html)
    answer = replace(make_answer(answerable=False), opens=(named,))
    assert "Geen antwoord in de bronnen" not in plain(str(results_html(answer, {})))
