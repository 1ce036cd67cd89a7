from __future__ import annotations

import subprocess
import sys

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.paths import SHARED

from search.errors import ReadingError
from search.quoting import fault_of
from search.reading import read_document
from search.reading.assemble import assemble
from search.reading.left_out import LeftOut
from search.reading.markup.html import read_html
from search.records import Document, Kind, Limits, Span

SAMPLES = SHARED / "samples"
PAGES = ("wetsuite_stb.html", "wetsuite_stcrt.html")
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not here")

NEWS = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Reactie op rapport | Rijksoverheid.nl</title>
<meta name="DCTERMS.creator" content="Ministerie van Sociale Zaken en Werkgelegenheid">
<meta name="DCTERMS.issued" content="2021-03-26T10:00">
<meta name="DCTERMS.type" content="nieuwsbericht" scheme="RIJKSOVERHEID.Informatietype">
<link rel="canonical" href="https://www.rijksoverheid.nl/actueel/nieuws/reactie">
<style>p { color: red }</style></head><body>
<div class="skiplinks"><a href="#content">Ga direct naar inhoud</a></div>
<header><nav><ul><li><a href="/">Startpagina</a></li><li><a href="/n">Nieuws</a></li></ul></nav>
<form><label>Zoekterm</label><button>Zoeken</button></form></header>
<div id="cookie-banner">
<p>Deze website gebruikt cookies om het bezoek te meten, elke dag.</p></div>
<main id="content"><article>
<h1>Reactie op rapport</h1>
<p>Het kabinet neemt vier van de vijf aanbevelingen over van de Wetenschappelijke Raad voor het
Regeringsbeleid.<sup><a href="#fn1" id="ref1">1</a></sup> Financi&euml;n volgt later &amp; anders.
</p>
<h2>Migratie</h2>
<p>De minister schrijft dat een jaarlijkse Staat van migratie gaat verschijnen, en dat de <em>Tweede
Kamer</em>, ieder jaar, wordt geïnformeerd over 12 m<sup>2</sup> grond.</p>
<ul><li>Er komt een overzicht van alle soorten migratie naar Nederland.</li>
<li>Kort punt.</li></ul>
<blockquote><p>&ldquo;Wij werken hier hard aan&rdquo;, zegt de minister in een eerste reactie.</p>
</blockquote>
<table><caption>Aantallen</caption><tr><th>Jaar</th><th>Aantal</th></tr>
<tr><td>2019</td><td>269.064</td></tr></table>
<p><strong>Vervolg</strong></p>
<p>De Kamer spreekt volgende maand over de reactie van het kabinet.<br>Daarna volgt een besluit.</p>
<ol class="footnotes">
<li id="fn1">Samenleven in verscheidenheid. <a href="#ref1">&#8617;</a></li></ol>
</article>
<aside class="related"><h2>Zie ook</h2><ul><li><a href="/a">Een ander bericht</a></li></ul></aside>
</main><footer><p>Over deze site, copyright, privacy en nog veel meer over ons.</p></footer>
<script>var geheim = "geheim";</script></body></html>"""

QUESTIONS = """<html><head><title>x</title>
<meta name="DC.identifier" scheme="OVERHEIDop.ParlID" content="ah-tk-20232024-387">
<meta name="DC.type" scheme="OVERHEIDop.AanhangselTypen" content="Antwoord"></head><body>
<div id="inhoudsopgave"><ul class="toc"><li>Vraag 1</li></ul></div><div id="broodtekst">
<h1 class="kamervraagomschrijving_kop no-toc">Vragen van het lid X</h1>
<div class="vraag"><h2 class="stuktitel no-toc">Vraag 1</h2><p>Kent u het bericht<sup><a
class="nootnum supernote-click-ID-1" href="#ID-1">1</a></sup>, en wat vindt u?</p></div>
<div class="antwoord"><h2 class="stuktitel no-toc">Antwoord 1</h2><p>Ja.</p>
<p class="tussenkop"><strong class="tussenkop_vet">Waarom.</strong></p><p>Daarom.</p>
<ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">a. </span>Een.</p></li>
<li class="li"><p class="labeled"><span class="ol">• </span>Twee.</p></li></ul></div>
<div class="voet noot snp-mouseoffset" id="supernote-note-ID-1"><h5 class="note-close"><a
class="note-close" href="#close-ID-1">X</a> Noot</h5><sup><span class="nootnum" id="ID-1">1</span>
</sup><p>NRC, 1 mei.</p></div></div></body></html>"""


def read(page: str | bytes, limits: Limits = Limits()) -> Document:
    """Read a page as a document, and see that all of it is what its file says."""
    content = page if isinstance(page, bytes) else page.encode()
    contents = read_html(content, "pagina.html", limits)
    document = assemble("pagina", "pagina.html", contents.blocks, contents.metadata)
    whole = Span(0, len(document.text))
    assert fault_of(document, contents.source, whole, document.text) == ""
    return document


def parts(document: Document, kind: Kind) -> list[str]:
    """Return the texts of a document's blocks of one kind."""
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


def signs(text: str) -> str:
    """Return a text's letters and digits."""
    return "".join(character for character in text if character.isalnum())


@needs_samples
@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_an_official_page_is_in_its_text_once_and_in_order(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    tree = lxml.html.document_fromstring(content)
    for comment in tree.xpath("/html//comment()"):
        comment.drop_tree()

    said = tree.get_element_by_id("broodtekst").text_content()

    assert signs(read(content).text) == signs(said)


@needs_samples
@pytest.mark.parametrize("name", PAGES)
def test_every_paragraph_of_an_official_page_is_one_run_of_its_text(name: str) -> None:
    document = read((SAMPLES / name).read_bytes())
    tree = lxml.html.parse(str(SAMPLES / name)).getroot()
    for comment in tree.xpath("/html//comment()"):
        comment.drop_tree()
    blocks = [signs(document.text[b.start : b.end]) for b in document.blocks]

    paragraphs = tree.get_element_by_id("broodtekst").xpath(".//p | .//h1 | .//h2 | .//h3")

    assert blocks == [said for p in paragraphs if (said := signs(p.text_content()))]


@needs_samples
def test_a_decree_gives_its_articles_who_signed_and_its_metadata() -> None:
    document = read_document(SAMPLES / "wetsuite_stb.html", SAMPLES)

    assert [s.path for s in document.sections[1:]] == [
        ("ARTIKEL I",),
        ("ARTIKEL II",),
        ("NOTA VAN TOELICHTING",),
    ]
    assert [(s.name, s.function) for s in document.signatories] == [
        ("R.H.A. Plasterk", "Minister van Binnenlandse Zaken en Koninkrijksrelaties")
    ]
    found = document.metadata
    assert found.title.startswith("Besluit van 14 juli 2014, houdende verlenging")
    assert found.kind == "Klein Koninklijk Besluit"
    assert found.issuer == "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties"
    assert found.date == "2014-07-29"
    assert found.url == "https://zoek.officielebekendmakingen.nl/stb-2014-296.html"
    assert found.themes == ("Bestuur | De Nederlandse Antillen en Aruba",)


@needs_samples
def test_a_notice_gives_its_headings_and_item_without_bullet() -> None:
    document = read_document(SAMPLES / "wetsuite_stcrt.html", SAMPLES)

    assert [s.path for s in document.sections[1:]] == [
        ("Voornemen",),
        ("Ter visie legging",),
        ("Zienswijzen",),
    ]
    assert parts(document, Kind.LIST_ITEM) == [
        "Het uitbreiden van een woning, Jan Arendsland 13 te Staphorst."
    ]
    assert "NL.IMRO.0180.513201.3001 liggen vanaf" in document.text
    assert "www.staphorst.nl/bekendmakingen." in document.text
    assert (document.metadata.issuer, document.metadata.date) == ("Staphorst", "2013-04-23")


def test_a_news_page_gives_its_main_text_alone() -> None:
    document = read(NEWS)

    assert [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks] == [
        ("kop", "Reactie op rapport"),
        (
            "alinea",
            "Het kabinet neemt vier van de vijf aanbevelingen over van de Wetenschappelijke Raad "
            "voor het Regeringsbeleid. Financiën volgt later & anders.",
        ),
        ("kop", "Migratie"),
        (
            "alinea",
            "De minister schrijft dat een jaarlijkse Staat van migratie gaat verschijnen, en dat "
            "de Tweede Kamer, ieder jaar, wordt geïnformeerd over 12 m² grond.",
        ),
        ("lijst", "Er komt een overzicht van alle soorten migratie naar Nederland."),
        ("lijst", "Kort punt."),
        ("alinea", "“Wij werken hier hard aan”, zegt de minister in een eerste reactie."),
        ("alinea", "Aantallen"),
        ("tabel", "Jaar\tAantal\n2019\t269.064"),
        ("kop", "Vervolg"),
        (
            "alinea",
            "De Kamer spreekt volgende maand over de reactie van het kabinet. Daarna volgt een "
            "besluit.",
        ),
        ("voetnoot", "Samenleven in verscheidenheid."),
    ]
    assert document.text[: document.footnotes[0].anchor].endswith("Regeringsbeleid.")


def test_a_news_page_gives_its_metadata() -> None:
    found = read(NEWS).metadata

    assert (found.title, found.kind) == ("Reactie op rapport", "Nieuwsbericht")
    assert found.issuer == "Ministerie van Sociale Zaken en Werkgelegenheid"
    assert found.date == "2021-03-26"
    assert found.url == "https://www.rijksoverheid.nl/actueel/nieuws/reactie"


def test_other_pages_say_what_they_are_in_open_graph() -> None:
    found = read(
        "<html><head><title>Brief - Gemeente Ede</title>"
        '<meta property="og:site_name" content="Ede">'
        '<meta property="og:url" content="https://ede.nl/brief">'
        '<meta property="article:published_time" content="2024-02-30"><meta name="date" '
        'content="2024-02-29"></head><body><p>Dit is een brief.</p></body></html>'
    ).metadata

    assert (found.title, found.issuer) == ("Brief", "Ede")
    assert (found.date, found.url) == ("2024-02-29", "https://ede.nl/brief")


def test_questions_and_answers_of_an_official_page_are_kept_apart() -> None:
    document = read(QUESTIONS)

    assert parts(document, Kind.HEADING) == [
        "Vragen van het lid X",
        "Vraag 1",
        "Antwoord 1",
        "Waarom.",
    ]
    assert parts(document, Kind.PARAGRAPH)[0] == "Kent u het bericht, en wat vindt u?"
    assert parts(document, Kind.LIST_ITEM) == ["a. Een.", "Twee."]
    assert parts(document, Kind.FOOTNOTE) == ["NRC, 1 mei."]
    assert document.text[: document.footnotes[0].anchor].endswith("Kent u het bericht")
    assert document.metadata.kind == "Antwoord op Kamervragen"
    assert document.metadata.vergaderjaar == "2023-2024"


def test_raised_numbers_without_links_are_marks_where_a_note_begins_with_them() -> None:
    document = read(
        "<p>Een zin.<sup>1</sup> Nog 5 m<sup>2</sup>.</p><p>Slot.<sup>3</sup></p>"
        "<p><sup>1</sup> De noot.</p>"
    )

    assert document.text == "Een zin. Nog 5 m².\n\nSlot.³\n\nDe noot."
    assert [(n.mark, n.anchor) for n in document.footnotes] == [("1", 8)]


def test_loose_text_lists_terms_and_layout_tables_are_read() -> None:
    document = read(
        "<div>Los <b>vet</b> begin.<p>Alinea.</p>Los einde.<br><br>Nieuwe alinea.</div>"
        "<dl><dt>Term</dt><dd>uitleg.</dd></dl>"
        "<table><tr><td><h2>Kop</h2><p>In een kolom.</p></td><td><p>Ernaast.</p></td></tr></table>"
    )

    assert parts(document, Kind.PARAGRAPH) == [
        "Los vet begin.",
        "Alinea.",
        "Los einde.",
        "Nieuwe alinea.",
        "In een kolom.",
        "Ernaast.",
    ]
    assert parts(document, Kind.LIST_ITEM) == ["Term uitleg."]
    assert parts(document, Kind.HEADING) == ["Kop"]


def test_what_is_not_displayed_is_left_out() -> None:
    document = read(
        "<p>Wel.</p><p hidden>Niet.</p><p style='display: none'>Niet.</p><p>Ook <span "
        "class='sr-only'>niet</span>wel.<script>niet()</script></p><!-- niet -->"
    )

    assert document.text == "Wel.\n\nOok wel."


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ('<meta charset="iso-8859-15">', "iso-8859-15"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1252"),
        ('<meta charset="klingon">', "utf-8"),
    ],
)
def test_accents_are_right_whatever_the_encoding(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>Financiën: één € &eacute;&#233;n.</p></body></html>"

    assert read(page.encode(encoding)).text == "Financiën: één € één."


def test_accents_that_were_encoded_twice_are_put_right() -> None:
    page = "<p>Financiën – één</p>".encode().decode("latin-1")

    assert read(page).text == "Financiën – één"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("", "geen HTML"),
        ("<!-- -->", "geen HTML"),
        ("<p>a\x00b</p>", "geen tekstbestand"),
        ("<div>" * 100_000 + "x", "diep in elkaar"),
        ("<table><tr><td>" * 3_000, "diep in elkaar"),
    ],
)
def test_what_is_no_page_or_is_dangerous_is_refused(page: str, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read(page)


def test_entities_of_a_document_type_are_not_expanded() -> None:
    document = read(
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<p>Een &a; &x;</p>"
    )

    assert "root:" not in document.text
    assert "aaaa" not in document.text.replace('"aaaa"', "")


def test_reading_other_formats_waits_for_no_html_library() -> None:
    program = (
        "import sys; from search.reading import READERS, Limits; "
        "READERS['.md'](b'# Kop', 'x.md', Limits()); "
        "assert not {'lxml', 'trafilatura'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


def test_limits_are_kept() -> None:
    with pytest.raises(ReadingError, match="meer dan 100 tekens"):
        read("<p>woord</p>" * 50, Limits(characters=100))
    with pytest.raises(ReadingError, match="seconden"):
        read("<p>woord</p>" * 50, Limits(seconds=-1.0))


def test_many_marks_of_one_note_take_no_time_to_speak_of() -> None:
    links = '<sup><a href="#n">1</a></sup> woord ' * 1_000

    document = read(f"<p>{links}</p><p id='n'>1 {'tekst ' * 20_000}</p>")

    assert document.text.startswith("woord woord")


@pytest.mark.slow
@settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_page_is_read_or_refused_and_never_misquoted(data: st.DataObject) -> None:
    file = bytearray(data.draw(st.sampled_from([NEWS, QUESTIONS])).encode())
    pieces = (
        b"<p> </p> <div> <table> <tr><td> <sup>1</sup> <li> <br><br> <h2> &amp; &#1; </a>".split()
    )
    pieces += [b"\xff", b"<!--", b"<b><p>", b"los", b'<a href="#fn1">1</a>']
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(file)))
        end = data.draw(st.integers(start, min(len(file), start + 120)))
        moved = bytes(file[start:end])
        place = data.draw(st.integers(0, len(file)))
        file[place:place] = data.draw(st.sampled_from([*pieces, moved]))
        if data.draw(st.booleans()):
            del file[start:end]
    try:
        contents = read_html(bytes(file), "pagina.html", Limits())
    except ReadingError:
        return
    document = assemble("pagina", "pagina.html", contents.blocks, contents.metadata)
    if document.text:
        whole = Span(0, len(document.text))
        assert fault_of(document, contents.source, whole, document.text) == ""
    said = "".join(block.text for block in contents.blocks)
    assert sorted(signs(said)) == sorted(signs(contents.source))


FILLER = "<p>De provincie onderzocht in het voorjaar hoe de veerdienst beter aansluit.</p>" * 6
WORDS = "Woorden. " * 60


def page(body: str, head: str = "") -> str:
    """Return a page with a main part and something around it."""
    return (
        f"<html lang='nl'><head><meta charset='utf-8'><title>Proef</title>{head}</head><body>"
        "<nav><a href='/'>Naar de voorpagina</a></nav><div class='balk'>Zoek op deze site</div>"
        f"<main><h1>Proef</h1>{FILLER}{body}</main><footer>Over deze site</footer></body></html>"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div class='maatregel'>Het waterschap maait twee keer.</div>",
        "<div><span>Het waterschap maait twee keer.</span><br></div>",
        "<div><b>M01: maaien</b><br>Het waterschap maait twee keer.</div>",
        "<section><div>Het waterschap<p>Tussen.</p>Het waterschap maait twee keer.</div></section>",
        "<details><summary>Meer</summary>Het waterschap maait twee keer.</details>",
        f"<div class='delen'><p>Het waterschap maait twee keer.</p><p>{WORDS}</p></div>",
        "<article><footer>Het waterschap maait twee keer.</footer></article>",
        "<figure><img alt='x'><figcaption>Het waterschap maait twee keer.</figcaption></figure>",
        "Het waterschap maait twee keer.",
    ],
)
def test_all_of_the_main_part_is_read_and_nothing_else(body: str) -> None:
    text = read(page(body)).text
    assert text.count("Het waterschap maait twee keer.") == 1
    for around in ("voorpagina", "Zoek op deze site", "Over deze site"):
        assert around not in text


def test_a_main_part_that_is_not_the_text_does_not_hide_the_text() -> None:
    body = f"<main><h1>Proef</h1></main><article><h2>Sloten</h2>{FILLER}</article>"
    assert "De provincie onderzocht" in read(f"<html><body>{body}</body></html>").text


def test_a_page_that_is_a_form_as_a_whole_is_read() -> None:
    form = f"<form id='aspnetForm'><main><h1>Proef</h1>{FILLER}</main><input name='q'></form>"
    assert "De provincie onderzocht" in read(f"<html><body>{form}</body></html>").text


@pytest.mark.parametrize(
    ("body", "head", "hidden", "deleted"),
    [
        ("<p hidden>Niet dit.</p>", "", 1, 0),
        ("<p style='display:none'>Niet dit.</p>", "", 1, 0),
        ("<div style='visibility: hidden'><p>Niet dit.</p><p>Niet dit.</p></div>", "", 1, 0),
        ("<p class='a weg'>Niet dit.</p>", "<style>.weg, .b { display: none }</style>", 1, 0),
        ("<p id='weg'>Niet dit.</p>", "<style>p#weg{color:red;display:none}</style>", 1, 0),
        ("<p>Wel <del>niet dit</del>, <s>Niet dit.</s></p>", "", 0, 2),
        ("<p>Wel <strike>Niet dit.</strike></p>", "", 0, 1),
        ("<p>Wel <span style='text-decoration: line-through'>Niet dit.</span></p>", "", 0, 1),
    ],
)
def test_what_a_page_does_not_show_is_left_out_and_counted(
    body: str, head: str, hidden: int, deleted: int
) -> None:
    contents = read_html(page(body, head).encode(), "pagina.html", Limits())
    assert "niet dit" not in contents.source.lower()
    assert contents.remarks == LeftOut(hidden, deleted).remarks != ()


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p class='weg'>Wel dit.</p>", "<style>@media print { .weg { display:none } }</style>"),
        ("<p class='weg'>Wel dit.</p>", "<style media='print'>.weg{display:none}</style>"),
        ("<p class='weg'>Wel dit.</p>", "<style>.weg{display:none} .weg{display:block}</style>"),
        ("<p class='weg' style='display:block'>Wel dit.</p>", "<style>.weg{display:none}</style>"),
        ("<p class='weg'>Wel dit.</p>", "<style>.menu .weg{display:none}</style>"),
        ("<p><ins>Wel dit.</ins></p>", ""),
    ],
)
def test_what_a_page_shows_is_read(body: str, head: str) -> None:
    contents = read_html(page(body, head).encode(), "pagina.html", Limits())
    assert "Wel dit." in contents.source
    assert contents.remarks == ()


def test_hidden_text_around_the_main_part_is_not_counted() -> None:
    menu = page("").replace("<nav>", "<div hidden>Menu</div><nav hidden>")
    assert read_html(menu.encode(), "pagina.html", Limits()).remarks == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a<td><td>c<tr><td>d<td>e<td>f", ["a\t\tc", "d\te\tf"]),
        ("<tr><th colspan=2>a<th>c<tr><td>d<td>e<td>f", ["a\t\tc", "d\te\tf"]),
        ("<tr><td rowspan=2>a<td>b<td>c<tr><td>e<td>f", ["a\tb\tc", "\te\tf"]),
        ("<tr><td>a<td rowspan=3 colspan=2>b<tr><td>c<tr><td>d", ["a\tb\t", "c\t\t", "d\t\t"]),
        ("<tr><td colspan=100>a<tr><td>b<td>c", ["a\t", "b\tc"]),
        ("<tr><td colspan=99999999>a<td>b<tr><td>c<td>d", ["a\tb", "c\td"]),
        ("<tr><td rowspan=0>a<td>b<tr><td>c<td>d", ["a\tb", "c\td"]),
        ("<tr><td>a<td>b<tr><td><td><tr><td>c<td>d", ["a\tb", "c\td"]),
    ],
)
def test_cells_stay_in_their_columns(rows: str, expected: list[str]) -> None:
    document = read(page(f"<table>{rows}</table>"))
    assert [part.split("\n") for part in parts(document, Kind.TABLE)] == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10<sup>6</sup> liter", "10⁶ liter"),
        ("10<sup>-3</sup> liter", "10⁻³ liter"),
        ("H<sub>2</sub>O en CO<sub>2</sub>", "H₂O en CO₂"),
        ("de 19<sup>e</sup> eeuw", "de 19e eeuw"),
        ("5 m<span style='vertical-align: super'>3</span>", "5 m³"),
        ("x<sub>i</sub> en x<sup>n</sup>", "xi en xn"),
    ],
)
def test_raised_and_lowered_digits_stay_so(written: str, expected: str) -> None:
    assert expected in read(page(f"<p>Er is {written} in de sloot.</p>")).text
    assert read(page(f"<p>Er is {written} in de sloot.</p>")).footnotes == ()


def test_a_power_is_no_mark_of_a_note_of_that_number() -> None:
    document = read(
        page(
            "<p>Dat is 10<sup>1</sup> of 5 m<sup>1</sup>, zegt men.<sup>1</sup></p>"
            "<p><sup>1</sup> De noot.</p>"
        )
    )
    assert "Dat is 10¹ of 5 m¹, zegt men." in document.text
    assert [note.mark for note in document.footnotes] == ["1"]
