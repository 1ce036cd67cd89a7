from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.paths import SHARED

from search.errors import ReadingError
from search.labels.dialogue import statements_of
from search.quoting import fault_of
from search.reading import read_document
from search.reading.assemble import assemble
from search.reading.markup.xml_documents import read_xml
from search.records import Document, Dossier, Kind, Limits, Sentence, Span

SAMPLES = SHARED / "samples"
PUBLICATIONS = (
    "h-tk-20172018-70-14.xml",
    "h-tk-20172018-70-6.xml",
    "h-tk-20172018-70-8.xml",
    "kst_SYNTHETIC_structure.xml",
    "wetsuite_prb.xml",
    "wetsuite_stb.xml",
    "wetsuite_stcrt.xml",
)
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not here")

META = (
    '<metadata><meta name="OVERHEIDop.externMetadataRecord" scheme="" content='
    '"https://zoek.officielebekendmakingen.nl/{}/metadata.xml"/>{}</metadata>'
)
QUESTIONS = (
    "<officiele-publicatie>"
    + META.format("ah-tk-20232024-387", "")
    + '<kamervragen><kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2023–2024'
    "</tekstregel></kamervraagkop><kamervraagnummer>387</kamervraagnummer>"
    '<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Boswijk'
    "</achternaam></naam> (<politiek>CDA</politiek>) over <kamervraagonderwerp>de Kaukasus"
    '</kamervraagonderwerp> (ingezonden <datum isodatum="2023-10-02">2 oktober 2023</datum>).'
    '</kamervraagomschrijving><kamervraagomschrijving type="antwoord">Antwoord van Minister <naam>'
    "<achternaam>Bruins Slot</achternaam></naam> (Buitenlandse Zaken) (ontvangen "
    '<datum isodatum="2023-11-13">13 november 2023</datum>).</kamervraagomschrijving>'
    "<vraag><nr>Vraag 1</nr><al>Kent u het bericht<noot><noot.nr>1</noot.nr><noot.al>NRC, 1 mei."
    "</noot.al></noot>, en wat vindt u?</al></vraag><antwoord><nr>Antwoord 1</nr><al>Ja.</al>"
    "</antwoord><vraag><nr>Vraag 2</nr><al>Wilt u iets doen?</al></vraag><antwoord><nr>Antwoord 2"
    "</nr><al>Nee.</al></antwoord></kamervragen></officiele-publicatie>"
)


def read(text: str | bytes, limits: Limits = Limits()) -> Document:
    """Read XML as a document, and see that all of it is what its file says."""
    content = text if isinstance(text, bytes) else text.encode()
    contents = read_xml(content, "stuk.xml", limits)
    document = assemble("stuk", "stuk.xml", contents.blocks, contents.metadata)
    whole = Span(0, len(document.text))
    assert fault_of(document, contents.source, whole, document.text) == ""
    return document


def body(elements: str) -> str:
    """Put elements in the body of a Kamerstuk."""
    return (
        "<officiele-publicatie><metadata/><kamerstuk><stuk><algemeen><vrije-tekst><tekst>"
        f"{elements}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )


def parts(document: Document, kind: Kind) -> list[str]:
    """Return the texts of a document's blocks of one kind."""
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


def signs(text: str) -> str:
    """Return a text's letters and digits."""
    return "".join(character for character in text if character.isalnum())


def sample_root(name: str) -> etree._Element:
    """Parse a sample without anything of the reader."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    if text.startswith("ï»¿"):
        text = text.encode("latin-1").decode("utf-8")
    return etree.fromstring(text[text.index("<officiele-publicatie") :].encode())


def words_of(root: etree._Element) -> str:
    """Return the words of a publication, footnotes last, by lxml's itertext alone."""
    for gone in root.xpath(
        "metadata | kop | .//noot.nr | //comment() | //processing-instruction()"
    ):
        gone.getparent().text = (gone.getparent().text or "") + " "
        tail = gone.tail or ""
        previous = gone.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            gone.getparent().text += tail
        gone.getparent().remove(gone)
    notes = ["".join(note.itertext()) for note in root.iter("noot")]
    for note in list(root.iter("noot")):
        for each in list(note):
            note.remove(each)
    return " ".join(["".join(root.itertext()), *notes])


@needs_samples
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_every_word_of_a_publication_is_in_its_text_once_and_in_order(name: str) -> None:
    document = read_document(SAMPLES / name, SAMPLES)

    assert signs(document.text) == signs(words_of(sample_root(name)))


@needs_samples
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_every_paragraph_of_a_publication_is_one_run_of_its_text(name: str) -> None:
    document = read_document(SAMPLES / name, SAMPLES)
    blocks = [signs(document.text[b.start : b.end]) for b in document.blocks]
    root = sample_root(name)
    words_of(root)

    at = 0
    for paragraph in root.iter("al"):
        said = signs("".join(paragraph.itertext()))
        if said:
            # At most its number is before it, and nothing after it.
            at = next(i for i in range(at, len(blocks)) if blocks[i].endswith(said)) + 1


@needs_samples
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_a_whole_publication_can_be_quoted(name: str) -> None:
    content = (SAMPLES / name).read_bytes()

    read(content)


@needs_samples
def test_a_debate_says_who_speaks_and_repairs_what_was_encoded_twice() -> None:
    document = read_document(SAMPLES / "h-tk-20172018-70-6.xml", SAMPLES)
    title = "Stemmingen moties Informele Milieuraad d.d. 10-11 april 2018"
    motion = "Wassenberg (21501-08, nr. 726, was nr. 719)"

    assert [s.path for s in document.sections[1:8]] == [
        (title,),
        (title, "De voorzitter"),
        (title,),
        (title, "De voorzitter"),
        (title,),
        (title, "De heer Graus (PVV)"),
        (title, "De voorzitter"),
    ]
    between = [document.text[s.start : s.end] for s in document.sections[1:8] if s.path == (title,)]
    assert f"In stemming komt de gewijzigde motie-{motion}." in between[1]
    assert between[2] == "Ik geef gelegenheid tot het afleggen van een stemverklaring vooraf."
    assert "de motie-Laçin/Beckerman over bijstellen" in document.text
    assert "Wassenberg — en dat weet de heer Wassenberg ook wel — vraagt" in document.text
    assert "Aan de orde zijn de stemmingen over moties, ingediend bij" in document.text
    assert "proefdieren (21501-08, nr. 721);" in document.text
    found = document.metadata
    assert (found.title, found.kind, found.chamber) == (title, "Handelingen", "II")
    assert found.vergaderjaar == "2017-2018"
    assert found.url == "https://zoek.officielebekendmakingen.nl/h-tk-20172018-70-6.html"


@needs_samples
def test_a_list_of_papers_keeps_its_paragraphs_apart() -> None:
    document = read_document(SAMPLES / "h-tk-20172018-70-14.xml", SAMPLES)

    assert parts(document, Kind.HEADING)[:3] == [
        "Ingekomen stukken",
        "Lijst van ingekomen stukken, met de door de Voorzitter ter zake gedane voorstellen:",
        "Brieven regering:",
    ]
    assert parts(document, Kind.PARAGRAPH)[1:4] == [
        "Aanvulling geannoteerde agenda Raad Algemene Zaken van 20 maart 2018 - 21501-02-1855",
        "minister van Buitenlandse Zaken, S.A. Blok - 15 maart 2018",
        "Rondgezonden en gepubliceerd.",
    ]


@needs_samples
def test_a_letter_gives_its_head_headings_and_footnote() -> None:
    document = read_document(SAMPLES / "kst_SYNTHETIC_structure.xml", SAMPLES)

    assert parts(document, Kind.LETTERHEAD) == [
        "Vergaderjaar 2020-2021",
        "Tweede Kamer der Staten-Generaal",
        "00 000 Dossiertitel",
        "Nr. 1 BRIEF VAN DE MINISTER",
        "Ontvangen 24 maart 2021",
    ]
    assert [s.path for s in document.sections[1:]] == [
        ("Inleiding",),
        ("Inleiding", "Onderkop"),
        ("1. Genummerde kop",),
    ]
    assert parts(document, Kind.LIST_ITEM) == ["1. eerste", "2. tweede"]
    note = document.footnotes[0]
    assert document.text[note.start : note.end] == "Kamerstukken II, 2020/21, 00 000, nr. 2."
    assert note.anchor is not None
    assert document.text[: note.anchor].endswith("reageert op het rapport.")
    found = document.metadata
    assert (found.ondernummer, found.chamber, found.date) == ("1", "II", "2021-03-24")
    assert found.dossiers == (Dossier("00000", "Dossiertitel"),)
    assert found.kind == "Brief regering"


@needs_samples
def test_a_decree_gives_its_articles_and_who_signed() -> None:
    document = read_document(SAMPLES / "wetsuite_stb.xml", SAMPLES)

    assert [s.path for s in document.sections[1:]] == [
        ("Artikel 1",),
        ("Artikel 2",),
        ("Artikel 3",),
        (),
    ]
    closing = document.text.index("Wassenaar, 9 maart 2018")
    assert document.section_path(closing) == ()
    assert parts(document, Kind.LIST_ITEM)[0].startswith("a. op de voorzijde, overeenkomstig")
    assert "2. De vijf-euromunt heeft een gladde rand" in document.text
    assert "Wassenaar, 9 maart 2018" in parts(document, Kind.PARAGRAPH)
    assert [(s.name, s.function) for s in document.signatories] == [
        ("F.B.J. Grapperhaus", "Minister van Justitie en Veiligheid")
    ]
    found = document.metadata
    assert found.title.startswith("Besluit van 9\xa0maart 2018, houdende vaststelling")
    assert (found.kind, found.issuer) == ("Staatsblad", "Staatssecretaris van Financiën")
    assert (found.date, found.url[-17:]) == ("2018-03-27", "/stb-2018-84.html")


@needs_samples
def test_parts_of_a_date_on_lines_of_their_own_are_one_date() -> None:
    document = read_document(SAMPLES / "wetsuite_stcrt.xml", SAMPLES)

    assert parts(document, Kind.PARAGRAPH)[-2:] == [
        "Bergen, 23 december 2015",
        "Burgemeester en wethouders van Bergen (NH)",
    ]
    assert parts(document, Kind.HEADING) == ["Ter inzage: omgevingsvergunning"]


@needs_samples
def test_a_short_bold_paragraph_is_a_heading() -> None:
    document = read_document(SAMPLES / "wetsuite_prb.xml", SAMPLES)

    assert parts(document, Kind.HEADING)[1:] == [
        "Neerzeldertseweg 4 in Hoogland",
        "Beschikking TUG-ontheffing",
        "Bezwaar",
    ]
    assert "4. de gronden van het bezwaar (de motivering)." in parts(document, Kind.LIST_ITEM)


@needs_samples
@pytest.mark.parametrize(
    "name", ["wetsuite_opmeta1.xml", "wetsuite_opmeta2.xml", "wetsuite_searchrec.xml"]
)
def test_metadata_of_a_publication_are_no_document(name: str) -> None:
    with pytest.raises(ReadingError, match="alleen de metagegevens"):
        read_document(SAMPLES / name, SAMPLES)


def test_questions_and_answers_are_kept_apart() -> None:
    document = read(QUESTIONS)

    assert parts(document, Kind.HEADING) == ["Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2"]
    assert "Kent u het bericht, en wat vindt u?" in parts(document, Kind.PARAGRAPH)
    assert parts(document, Kind.FOOTNOTE) == ["NRC, 1 mei."]
    found = document.metadata
    assert found.askers == ("Boswijk (CDA)",)
    assert found.issuer == "Minister van Buitenlandse Zaken"
    assert (found.date, found.kind) == ("2023-11-13", "Antwoord op Kamervragen")
    assert (found.chamber, found.vergaderjaar) == ("II", "2023-2024")
    assert found.title == (
        "Vragen van het lid Boswijk (CDA) over de Kaukasus (ingezonden 2 oktober 2023)."
    )


def test_each_answer_knows_its_question() -> None:
    document = read(QUESTIONS)
    sentences = [
        (document.sections[b.section].path, Sentence(b.start, b.end)) for b in document.blocks
    ]

    answers = {s.text: s.question for s in statements_of(document, sentences) if s.question}

    assert answers == {
        "Ja.": "Kent u het bericht, en wat vindt u?",
        "Nee.": "Wilt u iets doen?",
    }


def test_headings_are_ranked_by_how_they_are_set() -> None:
    ranks = ("cur", "vet", "vetcur", "rom", "cur", "vet")
    heads = "".join(
        f'<tussenkop kopopmaak="{rank}">Kop {i}</tussenkop><al>Tekst {i}.</al>'
        for i, rank in enumerate(ranks)
    )
    document = read(body("<al>Vooraf.</al>" + heads))

    assert [s.path for s in document.sections[1:]] == [
        ("Kop 0",),
        ("Kop 1",),
        ("Kop 1", "Kop 2"),
        ("Kop 1", "Kop 2", "Kop 3"),
        ("Kop 1", "Kop 2", "Kop 4"),
        ("Kop 5",),
    ]


def test_headings_of_divisions_are_ranked_by_nesting() -> None:
    document = read(
        body(
            "<divisie><kop><titel>Een</titel></kop><tekst><al>A.</al></tekst><divisie><kop><label>"
            "Deel</label><nr>II</nr><titel>Twee</titel></kop><tekst><tussenkop kopopmaak='vet'>Drie"
            "</tussenkop><al>B.</al></tekst></divisie></divisie><divisie><kop><titel>Vier</titel>"
            "</kop><tekst><al>C.</al></tekst></divisie>"
        )
    )

    assert [s.path for s in document.sections[1:]][1:] == [
        ("Een", "Deel II Twee"),
        ("Een", "Deel II Twee", "Drie"),
        ("Vier",),
    ]


def test_a_table_gives_rows_with_tabs() -> None:
    document = read(
        body(
            "<al>Zie:</al><table><title>Aantallen</title><tgroup cols='2'><thead><row><entry><al>"
            "Jaar</al></entry><entry><al>Aantal</al></entry></row></thead><tbody><row><entry><al>"
            "2020</al></entry><entry><al>12</al><al>personen</al></entry></row></tbody></tgroup>"
            "</table><al>Einde.</al>"
        )
    )

    assert parts(document, Kind.TABLE) == ["Jaar\tAantal\n2020\t12 personen"]
    assert parts(document, Kind.PARAGRAPH) == ["Zie:", "Aantallen", "Einde."]


def test_lists_definitions_and_boxes_keep_their_numbers_and_terms() -> None:
    document = read(
        body(
            "<lijst><li><li.nr>a.</li.nr><al>een:</al><lijst><li><li.nr>–</li.nr><al>twee H<inf>2"
            "</inf>O</al></li></lijst></li></lijst><definitielijst><definitie-item><term>wet:</term>"
            "<definitie><al>de Wet <extref doc='x'>X</extref>;</al></definitie></definitie-item>"
            "</definitielijst><box><kop><titel>In het kader</titel></kop><al>Iets.</al></box>"
            "<al><plaatje><illustratie naam='a.png' alt='Logo'/></plaatje>en verder</al>"
        )
    )

    assert parts(document, Kind.LIST_ITEM) == ["a. een:", "twee H₂O", "wet: de Wet X;"]
    assert parts(document, Kind.PARAGRAPH) == ["In het kader", "Iets.", "en verder"]
    assert parts(document, Kind.HEADING) == []


def test_two_signatories_are_read_at_the_end() -> None:
    document = read(
        body(
            "<al>Dit is de brief.</al><ondertekening><functie>De Minister van Financiën,</functie>"
            "<naam><voornaam>W.B.</voornaam><achternaam>Hoekstra</achternaam></naam></ondertekening>"
            "<ondertekening><functie>De Minister voor Rechtsbescherming,</functie><naam><voornaam>"
            "S.</voornaam><achternaam>Dekker</achternaam></naam></ondertekening>"
        )
    )

    assert [(s.name, s.function) for s in document.signatories] == [
        ("W.B. Hoekstra", "Minister van Financiën"),
        ("S. Dekker", "Minister voor Rechtsbescherming"),
    ]
    assert document.metadata.issuer == "Minister van Financiën; Minister voor Rechtsbescherming"


def test_a_pretty_printer_adds_no_spaces_before_signs() -> None:
    document = read(
        body(
            "<al>\n  Zie (\n  <extref doc='kst-1'>\n   29 861\n  </extref>\n  , nr.\n  <extref>\n  "
            " 70\n  </extref>\n  ), en de «\n  <nadruk>\n   brief\n  </nadruk>\n  »\n  <noot>\n"
            "   <noot.nr>\n    3\n   </noot.nr>\n   <noot.al>\n    Noot.\n   </noot.al>\n"
            "  </noot>\n  .\n  Verder - of niet.\n</al>"
        )
    )

    assert parts(document, Kind.PARAGRAPH) == [
        "Zie (29 861, nr. 70), en de «brief». Verder - of niet."
    ]
    note = document.footnotes[0]
    assert note.mark == "3"
    assert document.text[: note.anchor].endswith("«brief»")


def test_metadata_in_the_file_name_themes_dates_and_who_wrote() -> None:
    metas = "".join(
        f'<meta name="{name}" scheme="{scheme}" content="{content}"/>'
        for name, scheme, content in (
            ("DC.identifier", "OVERHEIDop.ParlID", "kst-36600-VII-12"),
            ("DC.type", "OVERHEID.Informatietype", "officiële publicatie"),
            ("DC.type", "OVERHEIDop.Parlementair", "Kamerstuk"),
            ("DC.type", "OVERHEIDop.KamerstukTypen", "Brief regering"),
            ("OVERHEIDop.publicationName", "", "Kamerstuk"),
            ("OVERHEIDop.indiener", "", "J.J.M. Uitermark"),
            ("DC.creator", "OVERHEID.StatenGeneraal", "Tweede Kamer der Staten-Generaal"),
            ("OVERHEIDop.documenttitel", "", "Wooncrisis"),
            ("OVERHEIDop.dossiernummer", "", "36600-VII;32847"),
            ("OVERHEIDop.dossiertitel", "", "Begroting BZK"),
            ("OVERHEIDop.dossiertitel", "", "Integrale visie"),
            ("OVERHEIDop.vergaderjaar", "", "2024-2025"),
            ("DCTERMS.issued", "DCTERMS.W3CDTF", "2024-11-05"),
            ("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", "Bestuur | Gemeenten"),
            ("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", "Huisvesting | Kopen"),
        )
    )
    text = body("<al>Een brief.</al>").replace("<metadata/>", f"<metadata>{metas}</metadata>")
    found = read(text).metadata

    assert found.themes == ("Bestuur | Gemeenten", "Huisvesting | Kopen")
    assert (found.kind, found.subject) == ("Brief regering", "Wooncrisis")
    assert (found.issuer, found.date) == ("J.J.M. Uitermark", "2024-11-05")
    assert found.dossiers == (
        Dossier("36600-VII", "Begroting BZK"),
        Dossier("32847", "Integrale visie"),
    )
    assert (found.ondernummer, found.chamber, found.vergaderjaar) == ("12", "II", "2024-2025")
    assert found.url == "https://zoek.officielebekendmakingen.nl/kst-36600-VII-12.html"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "geen geldige XML"),
        ("<officiele-publicatie>", "geen geldige XML"),
        ("<rss/>", "geen officiële publicatie"),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><officiele-publicatie/>", "DOCTYPE"),
        (
            "<?xml version='1.0'?><!-- x --><!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]>"
            "<officiele-publicatie>&c;</officiele-publicatie>",
            "DOCTYPE",
        ),
        ("<officiele-publicatie>&b;</officiele-publicatie>", "geen geldige XML"),
        ("<a>" * 100_000, "geen geldige XML"),
        (body("<al>" * 160 + "x" + "</al>" * 160), "diep in elkaar"),
        ("<?a " * 50_000, "geen geldige XML"),
        ("<officiele-publicatie>\x00</officiele-publicatie>", "geen tekstbestand"),
    ],
)
def test_what_is_no_publication_or_is_dangerous_is_refused(text: str, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        read(text)


def test_what_follows_a_speech_is_not_taken_for_the_speakers_words() -> None:
    document = read(
        "<officiele-publicatie><handelingen><agendapunt><item-titel>Debat</item-titel><spreekbeurt>"
        "<spreker><voorvoegsels>Mevrouw</voorvoegsels><naam><achternaam>Bergkamp</achternaam></naam>"
        " (<politiek>D66</politiek>):</spreker><tekst><al>Een.</al><motie><kop><titel>Motie</titel>"
        "</kop><al>De Kamer,</al></motie><al>Twee.</al></tekst></spreekbeurt><tekst><al>De "
        "vergadering wordt geschorst.</al><al>Daarna gaat zij verder.</al></tekst></agendapunt>"
        "</handelingen></officiele-publicatie>"
    )
    under = {s.path: document.text[s.start : s.end].split("\n\n")[1:] for s in document.sections}

    assert under["Mevrouw Bergkamp (D66)",] == ["Een.", "Motie", "De Kamer,", "Twee."]
    said = document.text.index("De vergadering wordt geschorst.")
    assert document.section_path(said) == ()
    assert document.text[said:] == "De vergadering wordt geschorst.\n\nDaarna gaat zij verder."
    assert parts(document, Kind.PARAGRAPH)[-2:] == document.text[said:].split("\n\n")


def test_limits_are_kept() -> None:
    with pytest.raises(ReadingError, match="meer dan 100 tekens"):
        read(body("<al>woord</al>" * 50), Limits(characters=100))
    with pytest.raises(ReadingError, match="seconden"):
        read(body("<al>woord</al>" * 50), Limits(seconds=-1.0))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("iso-8859-1", "cp1252"), ("utf-8", "cp1252")],
)
def test_accents_are_right_whatever_the_encoding(declared: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + body("<al>Financiën – één «x»</al>")

    assert read(text.encode(encoding)).text == "Financiën – één «x»"


@pytest.mark.slow
@settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_misquoted(data: st.DataObject) -> None:
    file = bytearray(
        (QUESTIONS if data.draw(st.booleans()) else body("<al>Zin.</al>" * 3)).encode()
    )
    pieces = b"<al> </al> <li> </li> <li.nr>1.</li.nr> <noot> </noot> <row> &amp; &#233;".split()
    pieces += [b"<table><tgroup><row><entry>", b"<kop><titel>K</titel></kop>", b"\xff", b"<!--"]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(file)))
        end = data.draw(st.integers(start, min(len(file), start + 120)))
        moved = bytes(file[start:end])
        place = data.draw(st.integers(0, len(file)))
        file[place:place] = data.draw(st.sampled_from([*pieces, moved]))
        if data.draw(st.booleans()):
            del file[start:end]
    try:
        contents = read_xml(bytes(file), "stuk.xml", Limits())
    except ReadingError:
        return
    document = assemble("stuk", "stuk.xml", contents.blocks, contents.metadata)
    if document.text:
        whole = Span(0, len(document.text))
        assert fault_of(document, contents.source, whole, document.text) == ""
    said = "".join(block.text for block in contents.blocks)
    assert sorted(signs(said)) == sorted(signs(contents.source))
