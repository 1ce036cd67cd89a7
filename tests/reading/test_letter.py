"""The repairs on the real letter, each by name."""

from __future__ import annotations

import re

import pytest
from tests.paths import CORPUS

from search.records import Document, Dossier, Kind

SOURCE = CORPUS / "kst-29861-70.md"
RUNNING = (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING)

NOTES = [
    ("1", "het kabinet op het rapport", "Raadpleegbaar via www.tweedekamer.nl."),
    ("2", "aantal migranten", "De WRR hanteert voor migrant de definitie van het CBS:"),
    ("3", "ongeacht de mate van migratie.", "Bijlage bij Kamerstuk 35 300, nr. 81."),
    ("4", "sommige klassieke migrantengroepen", "Bijvoorbeeld achterstanden in het onderwijs"),
    ("5", "het samenleven in Nederland", "SCP Continu Onderzoek Burgerperspectieven (COB), 2020"),
    ("6", "wat Nederland tot Nederland maakt", "SCP Sociaal Cultureel Rapport – Denkend aan"),
    ("7", "in de top van de zorgen van Nederlanders.", "WRR Samenleven in verscheidenheid, figuur"),
    ("8", "tegengaan van discriminatie en racisme.", "Kamerstuk 35 510, nr. 4 en Kamerstuk 30 950"),
    ("9", "onderzoek van de VNG in 2018", "https://vng.nl/sites/default/files/2019-11/verkenning"),
    ("10", "bestuurlijke programma Divers & inclusief", "https://vng.nl/rubrieken/onderwerpen"),
    ("11", "voor verbondenheid en betrokkenheid.", "https://gis.vng.nl/v2/?t=3&key=18Janz"),
    (
        "12",
        "lasten bij één gemeente liggen",
        "Arbeidsmigranten wonen bijvoorbeeld",
    ),
    ("13", "een centraal informatiepunt", "Kamerstuk 29 861, nr. 55."),
    ("14", "op lokale behoeften.", "Binnen de bestaande kaders kunnen gemeenten namelijk"),
    ("15", "Programma Leefbaarheid en Veiligheid", "Kamerstuk 30 995, nr. 98."),
    ("16", "de steun aan buurt- en dorpshuizen", "Kamerstuk 35 420, nr. 104."),
    ("17", "Eerste en Tweede Kamer gestuurd.", "Kamerstukken 31 293 en 31 289, nr. 571."),
    ("18", "vaardigheden en kennis onder leraren", "Kamerstuk 35 570 VIII, nr. 174."),
    ("19", "Verdere Integratie op de Arbeidsmarkt (VIA)", "Kamerstuk 29 544, nr. 1029."),
    ("20", "overleg Taskforce Werk en Integratie", "In de Taskforce Werk & Integratie zitten"),
    ("21", "een jaarlijkse Staat van migratie", "Kamerstukken 19 637 en 30 573, nr. 2700."),
    ("22", "verschillende demografische scenario's", "Zie voetnoot 2."),
]


def running(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in RUNNING]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("De WRR waarschuwt voor het risico van fragmentatie.", id="footnote-14"),
        pytest.param(
            "Met het SZW-programma Verdere Integratie op de Arbeidsmarkt (VIA) heeft dit kabinet "
            "ingezet op effectieve interventies",
            id="page-break",
        ),
        pytest.param(
            "De vraag «Hoe gaan we met elkaar om?» leeft sterk bij veel deelnemers.",
            id="footnote-22",
        ),
    ],
)
def test_sentence_cut_by_footnote_block_or_page_break_is_whole(
    letter: Document, sentence: str
) -> None:
    assert sum(sentence in text for text in running(letter)) == 1


def test_list_cut_by_footnote_block_is_four_items_under_its_introduction(letter: Document) -> None:
    kinds = [(b.kind, letter.text[b.start : b.end]) for b in letter.blocks]
    intro = next(i for i, (_, text) in enumerate(kinds) if text.endswith("sets van aanbevelingen:"))
    items = kinds[intro + 1 : intro + 5]
    assert [kind for kind, _ in items] == [Kind.LIST_ITEM] * 4
    assert [text[:2] for _, text in items] == ["1.", "2.", "3.", "4."]
    assert items[0][1].endswith("inburgeringsvoorzieningen voor alle migranten.")
    assert items[1][1].startswith("2. Stimuleer de sociale samenhang")
    assert sum(kind is Kind.LIST_ITEM for kind, _ in kinds) == 4


def test_paragraph_after_footnote_block_stays_a_paragraph_of_its_own(letter: Document) -> None:
    texts = running(letter)
    assert any(t.startswith("Na een korte samenvatting en appreciatie") for t in texts)
    assert any(t.startswith("Ondanks alle problemen gaat het leven") for t in texts)
    assert any(t.startswith("De WRR merkt terecht op dat het Nederlandse") for t in texts)


def test_markdown_emphasis_is_gone(letter: Document) -> None:
    assert "het rapport Samenleven in Verscheidenheid – Beleid voor een migr" in letter.text
    assert "programma Eén tegen eenzaamheid, de decentralisatie-uitkering" in letter.text
    assert "*" not in letter.text
    assert "#" not in letter.text


@pytest.mark.parametrize("markup", ["<sup>", "</sup>", "---", "\\", "](", "<http", "**"])
def test_markup_is_gone(letter: Document, markup: str) -> None:
    assert markup in SOURCE.read_text("utf-8"), "the file should hold what is to be taken out"
    assert markup not in letter.text


def test_guillemets_and_accents_stay(letter: Document) -> None:
    assert "toegenomen «vlottendheid»; migranten" in letter.text
    assert "te ontplooiën." in letter.text


def test_underscores_of_an_address_are_unescaped(letter: Document) -> None:
    assert "2019-11/verkenning_gemeentelijk_integratiebeleid.pdf" in letter.text


def test_footnotes_are_the_22_of_the_letter_in_order(letter: Document) -> None:
    assert [note.mark for note in letter.footnotes] == [str(n) for n in range(1, 23)]


@pytest.mark.parametrize(("mark", "before", "text"), NOTES, ids=[n[0] for n in NOTES])
def test_footnote_is_attached_to_the_right_word(
    letter: Document, mark: str, before: str, text: str
) -> None:
    note = next(n for n in letter.footnotes if n.mark == mark)
    assert note.anchor is not None
    assert letter.text[: note.anchor].endswith(before)
    assert letter.text[note.start : note.end].startswith(text)
    assert re.match(r"\W", letter.text[note.anchor]), "the mark is after a whole word"


def test_footnotes_stand_outside_the_running_text(letter: Document) -> None:
    body = "\n".join(running(letter))
    for note in letter.footnotes:
        assert letter.text[note.start : note.end] not in body
    notes = [b for b in letter.blocks if b.kind is Kind.FOOTNOTE]
    assert [(b.start, b.end) for b in notes] == [(n.start, n.end) for n in letter.footnotes]


def test_footnote_with_several_sentences_is_whole(letter: Document) -> None:
    note = letter.footnotes[1]
    assert letter.text[note.start : note.end] == (
        "De WRR hanteert voor migrant de definitie van het CBS: een migrant is iemand die van "
        "plan is om langer dan vier maanden in ons land te blijven. Een asielmigrant is iemand "
        "die een verblijfsvergunning heeft. (pagina 36 WRR rapport)."
    )


def test_six_signatories_with_their_function(letter: Document) -> None:
    assert [(s.name, s.function) for s in letter.signatories] == [
        ("W. Koolmees", "Minister van Sociale Zaken en Werkgelegenheid"),
        ("A. Broekers-Knol", "Staatssecretaris van Justitie en Veiligheid"),
        ("K.H. Ollongren", "Minister van Binnenlandse Zaken en Koninkrijksrelaties"),
        ("H.M. de Jonge", "Minister van Volksgezondheid Welzijn en Sport"),
        ("I.K. van Engelshoven", "Minister van Onderwijs, Cultuur en Wetenschap"),
        ("A. Slob", "Minister voor Basis- en Voortgezet Onderwijs en Media"),
    ]
    for person in letter.signatories:
        span = letter.text[person.start : person.end]
        assert person.name in span
        assert person.function in span


def test_signatories_stand_outside_the_running_text(letter: Document) -> None:
    assert "Koolmees" not in "\n".join(running(letter))
    assert running(letter)[-1].endswith("na de COVID-crisis.")


def test_metadata_that_the_text_says(letter: Document) -> None:
    meta = letter.metadata
    assert meta.vergaderjaar == "2020-2021"
    assert meta.dossiers == (Dossier("29861", "Arbeidsmigratie en sociale zekerheid"),)
    assert meta.ondernummer == "70"
    assert meta.date == "2021-03-24"
    assert meta.chamber == "II"
    assert meta.kind == "Brief regering"
    assert meta.title.lower().startswith("brief van de ministers van sociale zaken en werkgel")
    assert meta.title.endswith("en van de staatssecretaris van Justitie en Veiligheid")


def test_metadata_that_the_sidecar_says(letter: Document) -> None:
    assert letter.metadata.url == "https://zoek.officielebekendmakingen.nl/kst-29861-70.html"
    assert letter.metadata.issuer
    assert "Auteurswet" in letter.metadata.licence


def test_sidecars_do_not_repeat_what_the_text_says() -> None:
    said = ("vergaderjaar", "29861", "29 861", "Koolmees", "2021-03-24", "Arbeidsmigratie")
    sidecar = SOURCE.with_suffix(".toml").read_text("utf-8")
    values = [line.partition("=")[2] for line in sidecar.splitlines() if "=" in line]
    values = [value for value in values if "https://" not in value]
    assert not [word for word in said for value in values if word in value]


def test_letterhead_is_kept_apart(letter: Document) -> None:
    head = [letter.text[b.start : b.end] for b in letter.blocks if b.kind is Kind.LETTERHEAD]
    assert head[0] == "Vergaderjaar 2020–2021"
    assert head[1:4] == ["29 861", "Arbeidsmigratie en sociale zekerheid", "Nr. 70"]
    assert head[-1] == "Den Haag, 24 maart 2021"
