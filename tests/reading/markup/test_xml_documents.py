"""Laws (BWB), rulings (rechtspraak.nl) and debates (ParlaMint TEI), invented and real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.paths import SHARED

from search.errors import ReadingError
from search.quoting import fault_of
from search.reading import read_document, read_source
from search.records import AuthorKind, Document, Kind, Person, Span

REAL = SHARED / "real" / "documents"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not here")

LAW = """<?xml version="1.0" encoding="UTF-8"?>
<toestand bwb-id="BWBR0099999" inwerkingtreding="2021-07-01">
<wetgeving soort="{kind}" inwerkingtredingsdatum="1998-06-12">
<intitule>Wet van 25 mei 1998, houdende regels over sloten<meta-data><brondata><oorspronkelijk>
<publicatie soort="Stb"><publicatiejaar>1998</publicatiejaar><uitgiftedatum isodatum="1998-06-11">
11-06-1998</uitgiftedatum><ondertekeningsdatum isodatum="1998-05-25">25-05-1998
</ondertekeningsdatum></publicatie></oorspronkelijk></brondata></meta-data></intitule>
<citeertitel status="officieel">Slotenwet<meta-data><brondata/></meta-data></citeertitel>
<wet-besluit><aanhef><wij>Wij Willem-Alexander,</wij><considerans><considerans.al>Alzo Wij in
overweging genomen hebben, dat sloten schoon moeten zijn;</considerans.al></considerans></aanhef>
<wettekst><hoofdstuk><kop><label>Hoofdstuk</label><nr>1</nr><titel>Algemeen</titel></kop>
<artikel><kop><label>Artikel</label><nr status="officieel">1</nr></kop>
<al>In deze wet wordt verstaan onder:</al><lijst><li><li.nr>a.</li.nr><al>sloot: een
<extref doc="jci">gegraven</extref> water;</al><meta-data><jcis/></meta-data></li></lijst>
<meta-data><jcis/></meta-data></artikel>
<artikel><kop><label>Artikel</label><nr>2a</nr><titel>Maaien</titel></kop>
<lid><lidnr>1</lidnr><al>Wie een sloot heeft, maait haar.</al></lid>
<lid><lidnr>2</lidnr><al>Het maaien geschiedt:</al><lijst><li><li.nr>a.</li.nr><al>in juni;</al>
</li></lijst></lid></artikel></hoofdstuk></wettekst>
<wetsluiting><slotformulering><al>Lasten en bevelen dat deze in het Staatsblad zal worden
geplaatst.</al></slotformulering><ondertekening><functie>De Minister van Sloten,</functie><naam>
<achternaam>A. Dijk</achternaam></naam></ondertekening></wetsluiting></wet-besluit></wetgeving>
</toestand>"""

RULING = """<?xml version="1.0" encoding="utf-8"?>
<open-rechtspraak xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:psi="http://psi.rechtspraak.nl/">
<rdf:RDF><rdf:Description><dcterms:identifier>ECLI:NL:RBKAD:2021:12</dcterms:identifier>
<dcterms:creator>Rechtbank Kadoelen</dcterms:creator><dcterms:date>2021-02-03</dcterms:date>
<dcterms:issued>2021-02-10</dcterms:issued><psi:zaaknummer>C/01/123</psi:zaaknummer>
<dcterms:subject>Civiel recht; Verbintenissenrecht</dcterms:subject></rdf:Description></rdf:RDF>
<inhoudsindicatie xmlns="http://www.rechtspraak.nl/schema/rechtspraak-1.0"><para>Geschil over een
sloot.</para></inhoudsindicatie>
<uitspraak xmlns="http://www.rechtspraak.nl/schema/rechtspraak-1.0"><uitspraak.info><para>Vonnis
van de rechtbank</para></uitspraak.info><section role="procesverloop"><title><nr>1</nr><emphasis
role="bold">De procedure</emphasis></title><paragroup><nr>1.1</nr><para>Het verloop blijkt uit de
dagvaarding<footnote label="1"><para>Van 3 mei.</para></footnote>.</para></paragroup></section>
<section role="beslissing"><title><nr>2</nr>De beslissing</title><para>De rechtbank</para>
<paragroup><nr>2.1</nr><parablock><para>veroordeelt eiser in de kosten;</para></parablock>
</paragroup><informaltable><tgroup cols="2"><tbody><row><entry><para>jaar</para></entry><entry>
<para>m<superscript>2</superscript></para></entry></row><row><entry/><entry><para>5</para></entry>
</row></tbody></tgroup></informaltable><para>Dit vonnis is gewezen door mr. A. Sloot, voorzitter,
mr. B. Vaart en mr. C. Meer, rechters, en in het openbaar uitgesproken.</para></section>
</uitspraak></open-rechtspraak>"""

DEBATE = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="nl"><teiHeader><fileDesc><titleStmt>
<title type="main" xml:lang="nl">Corpus van debatten</title>
<title type="sub" xml:lang="en">Minutes on ditches</title>
<title type="sub" xml:lang="nl">Notulen van de vergadering over sloten</title>
<meeting ana="#parla.{house} #parla.sitting">12</meeting></titleStmt><sourceDesc><bibl>
<idno type="URI">https://zoek.officielebekendmakingen.nl/h-tk-20182019-12-3.html</idno>
<date when="2019-03-05">5 maart</date></bibl></sourceDesc></fileDesc></teiHeader>
<text><body><div type="debateSection"><head>Sloten</head>
<note type="speaker">De voorzitter:</note><u who="#Voorzitter" ana="#chair"><seg>Aan de orde is het
debat over sloten.</seg></u><note type="speaker">Mevrouw Jansen (ABC):</note>
<u who="#AnnaJansen" ana="#regular"><seg>Voorzitter. De sloten groeien dicht.</seg><seg>Ik dien een
motie in.</seg></u><note type="time">De vergadering wordt geschorst.</note>
<u who="#PietervanDam"><seg>Wij steunen dat niet.</seg></u></div></body></text></TEI>"""


def read(folder: Path, text: str, name: str = "stuk.xml") -> Document:
    """Read XML as a document, and see that all of it is what its file says."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    document = read_document(path, folder)
    whole = Span(0, len(document.text))
    assert fault_of(document, read_source(path), whole, document.text) == ""
    return document


def said(document: Document) -> list[tuple[tuple[str, ...], str]]:
    """Return the path and the text of each block that is no heading."""
    return [
        (document.sections[b.section].path, " ".join(document.text[b.start : b.end].split()))
        for b in document.blocks
        if b.kind is not Kind.HEADING
    ]


def test_a_law_has_its_articles_and_their_members_as_sections(tmp_path: Path) -> None:
    document = read(tmp_path, LAW.format(kind="wet"))
    chapter, first, second = "Hoofdstuk 1 Algemeen", "Artikel 1", "Artikel 2a Maaien"
    found = said(document)
    assert found[4:] == [
        ((chapter, first), "In deze wet wordt verstaan onder:"),
        ((chapter, first), "a. sloot: een gegraven water;"),
        ((chapter, second, "lid 1"), "1 Wie een sloot heeft, maait haar."),
        ((chapter, second, "lid 2"), "2 Het maaien geschiedt:"),
        ((chapter, second, "lid 2"), "a. in juni;"),
        ((), "Lasten en bevelen dat deze in het Staatsblad zal worden geplaatst."),
        ((), "De Minister van Sloten, A. Dijk"),
    ]
    assert {path for path, _ in found[:4]} == {()}
    assert found[3][1].startswith("Alzo Wij in overweging")
    assert "1998-05-25" not in document.text
    assert "25-05-1998" not in document.text


def test_metadata_of_a_law(tmp_path: Path) -> None:
    document = read(tmp_path, LAW.format(kind="wet"))
    found = document.metadata
    assert (found.kind, found.title, found.date) == ("Wet", "Slotenwet", "1998-05-25")
    assert (found.issuer, found.author_kind) == ("Minister van Sloten", AuthorKind.OTHER)
    assert found.url == "https://wetten.overheid.nl/BWBR0099999/2021-07-01"
    assert "Dit is de tekst zoals die geldt vanaf 1 juli 2021." in document.remarks


def test_a_text_that_no_longer_applies_says_until_when(tmp_path: Path) -> None:
    ended = LAW.format(kind="wet").replace(
        'inwerkingtreding="2021-07-01"', 'inwerkingtreding="2021-07-01" einddatum="2022-12-31"', 1
    )
    said = "Dit is de tekst zoals die geldt vanaf 1 juli 2021 tot en met 31 december 2022."
    assert said in read(tmp_path, ended).remarks


@pytest.mark.parametrize("kind", ["AMvB", "ministeriele-regeling", "KB", "zbo"])
def test_any_other_regulation_is_no_law(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, LAW.format(kind=kind)).metadata.kind == "Regeling"


def test_a_ruling_has_its_sections_numbers_and_notes(tmp_path: Path) -> None:
    document = read(tmp_path, RULING)
    procedure, decision = ("1 De procedure",), ("2 De beslissing",)
    assert said(document) == [
        (("Inhoudsindicatie",), "Geschil over een sloot."),
        ((), "Vonnis van de rechtbank"),
        (procedure, "1.1 Het verloop blijkt uit de dagvaarding."),
        (decision, "De rechtbank"),
        (decision, "2.1 veroordeelt eiser in de kosten;"),
        (decision, "jaar m² 5"),
        (
            decision,
            "Dit vonnis is gewezen door mr. A. Sloot, voorzitter, mr. B. Vaart en mr. C. Meer, "
            "rechters, en in het openbaar uitgesproken.",
        ),
        (procedure, "Van 3 mei."),
    ]
    assert [note.mark for note in document.footnotes] == ["1"]


def test_metadata_of_a_ruling(tmp_path: Path) -> None:
    found = read(tmp_path, RULING).metadata
    assert (found.kind, found.title) == ("Uitspraak", "ECLI:NL:RBKAD:2021:12")
    assert (found.issuer, found.date) == ("Rechtbank Kadoelen", "2021-02-03")
    assert found.author_kind is AuthorKind.COURT
    assert found.subject == "Rechtbank Kadoelen, 3 februari 2021, C/01/123"
    assert found.themes == ("Civiel recht", "Verbintenissenrecht")
    assert found.people == (
        Person("A. Sloot", "voorzitter"),
        Person("B. Vaart", "rechter"),
        Person("C. Meer", "rechter"),
    )


def test_a_line_apart_heads_the_text_of_a_ruling_without_sections(tmp_path: Path) -> None:
    long = (
        "Bij besluit van 13 maart 2014 heeft de raad het plan vastgesteld waar het om gaat in " * 2
    )
    lines = [
        "AFDELING",
        "",
        "Procesverloop",
        "",
        long,
        "",
        "Overwegingen",
        "",
        "1. Eén.",
        "",
        "Sloten en vaarten",
        "",
        "2. Twee.",
        "",
        "verweerder.",
        "",
        "Uitgesproken op 3 mei",
        "",
        "288-813.",
    ]
    body = "".join(f"<para>{line}</para>" for line in lines)
    start, end = RULING.index("<uitspraak.info>"), RULING.index("</uitspraak>")
    document = read(tmp_path, f"{RULING[:start]}{body}{RULING[end:]}")
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.HEADING]
    assert headings == ["Procesverloop", "Overwegingen", "Sloten en vaarten"]
    assert document.section_path(document.text.index("2. Twee.")) == (
        "Overwegingen",
        "Sloten en vaarten",
    )


def test_an_opinion_is_no_ruling(tmp_path: Path) -> None:
    opinion = RULING.replace("uitspraak xmlns", "conclusie xmlns").replace(
        "</uitspraak>", "</conclusie>"
    )
    assert read(tmp_path, opinion).metadata.kind == "Conclusie"


def test_a_debate_in_tei_has_its_speeches_under_their_speakers(tmp_path: Path) -> None:
    assert said(read(tmp_path, DEBATE.format(house="lower"))) == [
        (("Sloten", "De voorzitter"), "Aan de orde is het debat over sloten."),
        (("Sloten", "Mevrouw Jansen (ABC)"), "Voorzitter. De sloten groeien dicht."),
        (("Sloten", "Mevrouw Jansen (ABC)"), "Ik dien een motie in."),
        (("Sloten",), "De vergadering wordt geschorst."),
        (("Sloten", "Pieter van Dam"), "Wij steunen dat niet."),
    ]


@pytest.mark.parametrize(
    ("house", "chamber", "issuer"),
    [("lower", "II", "Tweede Kamer"), ("upper", "I", "Eerste Kamer")],
)
def test_metadata_of_a_debate_in_tei(tmp_path: Path, house: str, chamber: str, issuer: str) -> None:
    found = read(tmp_path, DEBATE.format(house=house)).metadata
    assert (found.kind, found.date) == ("Handelingen", "2019-03-05")
    assert found.title == "Notulen van de vergadering over sloten"
    assert (found.chamber, found.issuer) == (chamber, issuer)
    assert found.author_kind is AuthorKind.PARLIAMENT
    assert "Jansen" in [each.name for each in found.people]


def test_words_of_an_annotated_debate_are_joined_as_they_were(tmp_path: Path) -> None:
    tokens = (
        "<s><w>De</w>\n<w>sloten</w>\n<pc join='right'>(</pc>\n<w join='right'>groen</w>\n"
        "<pc join='right'>)</pc>\n<pc>,</pc>\n<w join='right'>dus</w>\n<pc>.</pc></s>"
    )
    annotated = DEBATE.format(house="lower").replace("Wij steunen dat niet.", tokens)
    assert said(read(tmp_path, annotated))[-1][1] == "De sloten (groen), dus."


def test_other_xml_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<rss><item>Nieuws</item></rss>")
    with pytest.raises(ReadingError, match=r"begint met <rss>.*wetten \(BWB\), uitspraken"):
        read_document(path, tmp_path)


@pytest.mark.parametrize("junk", ["ï»¿\n", "\ufeff\n\n", "HTTP/1.1 200 OK\n\n"])
def test_junk_before_the_declaration_is_no_part_of_the_file(tmp_path: Path, junk: str) -> None:
    document = read(tmp_path, junk + LAW.format(kind="wet").replace("Slotenwet", "Coördinatiewet"))
    assert document.metadata.title == "Coördinatiewet"
    assert document.text.startswith("Wet van 25 mei 1998")


@needs_real
@pytest.mark.parametrize(
    ("name", "kind", "title", "date", "issuer"),
    [
        (
            "wet-vorm-van-de-eed-1911.xml",
            "Wet",
            "Wet vorm van de eed",
            "1911-07-17",
            "Minister van Justitie",
        ),
        (
            "wet-tegemoetkoming-rampen-1998.xml",
            "Wet",
            "Wet tegemoetkoming schade bij rampen",
            "1998-05-25",
            "Minister van Binnenlandse Zaken",
        ),
        (
            "uitspraak-rvs-bladel-2015.xml",
            "Uitspraak",
            "ECLI:NL:RVS:2015:3394",
            "2015-11-04",
            "Raad van State",
        ),
    ],
)
def test_metadata_of_real_laws_and_rulings(
    name: str, kind: str, title: str, date: str, issuer: str
) -> None:
    found = read_document(REAL / name, REAL).metadata
    assert (found.kind, found.title, found.date, found.issuer) == (kind, title, date, issuer)


@needs_real
def test_places_in_real_laws_and_rulings() -> None:
    law = read_document(REAL / "wet-tegemoetkoming-rampen-1998.xml", REAL)
    place = law.text.index("De schade-expert verstrekt aan de gedupeerde een afschrift")
    assert law.section_path(place) == ("Artikel 5", "lid 2")
    ruling = read_document(REAL / "uitspraak-rvs-bladel-2015.xml", REAL)
    place = ruling.text.index("2.1. De raad stelt dat het")
    assert ruling.section_path(place) == ("Overwegingen", "Nederlandse grootte-eenheden")
    assert ("R.I.Y. Lap", "griffier") in [(p.name, p.role) for p in ruling.metadata.people]
