"""The heading path of every paragraph of the two documents of the corpus."""

from __future__ import annotations

import pytest

from search.records import Document, Kind

RAPPORT, APPRECIATIE = "Het rapport", "Appreciatie"
THEMA_1 = "Thema 1: Verbeter de ontvangst en inburgering"
THEMA_2 = "Thema 2: Samenhang versterken"
THEMA_3 = "Thema 3: Arbeidsdeelname vergroten"
THEMA_4 = "Thema 4: Migratiebeleid"

LETTER: list[tuple[tuple[str, ...], list[str]]] = [
    (("Inleiding",), ["Op 14 december", "Het kabinet heeft grote", "Deze kabi", "Na een korte"]),
    ((RAPPORT,), ["In het rapport beschrijft"]),
    ((RAPPORT, "Ontwikkelingen in migratie: nieuwe verscheidenheid"), ["De WRR stelt dat Ned"]),
    ((RAPPORT, "Maatschappelijke uitdaging"), ["Deze nieuwe verscheidenheid"]),
    (
        (RAPPORT, "Beleidsopgave"),
        [
            "Tegen deze achtergrond",
            "De WRR doet de volgende",
            "1. Ver",
            "2. Stimuleer",
            "3. Zet in op",
            "4. Maak migratiebeleid",
        ],
    ),
    ((APPRECIATIE, "Nederland als migratiesamenleving"), ["Het kabinet onderschrijft de concl"]),
    ((APPRECIATIE, "Oude en nieuwe verscheidenheid"), ["Dit neemt niet weg", "Het kabinet waard"]),
    (
        (APPRECIATIE, "Sociaal stabiele samenleving"),
        [
            "Nieuwe verscheidenheid vraagt",
            "Ondanks alle problemen",
            "Het kabinet ziet, met",
            "Vrije individuele",
            "Het kabinet deelt hierbij",
            "Het bieden van gelijke kansen",
        ],
    ),
    (
        (APPRECIATIE, "De rol van gemeenten"),
        [
            "De WRR kent in dit",
            "Het kabinet deelt de analyse",
            "Uit onderzoek van de VNG",
            "De vraag is wel",
        ],
    ),
    (
        (THEMA_1,),
        [
            "De grotere rol",
            "De voorstellen van",
            "De meeste WRR-aanbevelingen",
            "Wat betreft een betere",
            "Het kabinet is het met de WRR",
            "Daarnaast wordt ook",
            "Tot slot doet de WRR",
        ],
    ),
    ((THEMA_2,), ["Volgens de WRR zet"]),
    ((THEMA_2, "Samenhang in wijken"), ["Op lokaal niveau onderstreept"]),
    (
        (THEMA_2, "Samenhang binnen scholen"),
        [
            "Het kabinet onderschrijft het belang",
            "Het kabinet onderschrijft de aanb",
            "Ook blijkt uit het genoemde",
        ],
    ),
    (
        (THEMA_3,),
        [
            "De WRR constateert",
            "De aanbevelingen van de WRR op",
            "Voor alle Nederlanders",
            "Daarnaast dient het",
            "Naast dit generieke",
            "Het ondersteunen van mensen",
            "Tot slot onderschrijft",
        ],
    ),
    (
        (THEMA_4,),
        [
            "De voorziene toenemende",
            "Het kabinet onderschrijft dat migratie",
            "De WRR merkt terecht op",
            "Wat betreft arbeidsmigratie",
            "Voor het asielbeleid",
            "Het kabinet onderstreept dat",
        ],
    ),
    (("Tot slot",), ["Als laatste merkt het kabinet"]),
]

NEWS: list[tuple[tuple[str, ...], list[str]]] = [
    ((), ["Deze week is de kabinetsreactie"]),
    (("Ontvangst en inburgering",), ["Het kabinet is het met de WRR eens"]),
    (("Samenhang in wijken",), ["Op lokaal niveau", "Gemeenten hebben hier de regierol"]),
    (("Migratiebeleid",), ["Het kabinet onderschrijft dat migratie"]),
]


def paragraphs(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [
        (document.sections[b.section].path, document.text[b.start : b.end])
        for b in document.blocks
        if b.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)
    ]


def flat(table: list[tuple[tuple[str, ...], list[str]]]) -> list[tuple[tuple[str, ...], str]]:
    return [(path, start) for path, starts in table for start in starts]


@pytest.mark.parametrize(
    ("number", "path", "start"),
    [(i, path, start) for i, (path, start) in enumerate(flat(LETTER))],
    ids=[start for _, start in flat(LETTER)],
)
def test_heading_path_of_each_paragraph_of_the_letter(
    letter: Document, number: int, path: tuple[str, ...], start: str
) -> None:
    found_path, text = paragraphs(letter)[number]
    assert text.startswith(start)
    assert found_path == path


def test_letter_has_no_other_paragraphs(letter: Document) -> None:
    assert len(paragraphs(letter)) == len(flat(LETTER))


def test_news_item_gets_its_headings(news: Document) -> None:
    headings = [news.text[b.start : b.end] for b in news.blocks if b.kind is Kind.HEADING]
    assert headings == [
        "Kabinetsreactie op het WRR-rapport Samenleven in Verscheidenheid",
        "Ontvangst en inburgering",
        "Samenhang in wijken",
        "Migratiebeleid",
    ]


def test_heading_path_of_each_paragraph_of_the_news_item(news: Document) -> None:
    found = paragraphs(news)
    assert [path for path, _ in found] == [path for path, _ in flat(NEWS)]
    for (_, text), (_, start) in zip(found, flat(NEWS), strict=True):
        assert text.startswith(start)


def test_news_item_metadata(news: Document) -> None:
    meta = news.metadata
    assert meta.title == "Kabinetsreactie op het WRR-rapport Samenleven in Verscheidenheid"
    assert meta.date == "2021-03-26"
    assert "WRR" in meta.issuer
    assert meta.kind == "Nieuwsbericht"
    assert meta.url.startswith("https://www.wrr.nl/")
    assert (meta.vergaderjaar, meta.ondernummer, meta.dossiers) == ("", "", ())


def test_sections_hold_their_blocks(letter: Document) -> None:
    for block in letter.blocks:
        section = letter.sections[block.section]
        if block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING):
            assert section.start <= block.start <= block.end <= section.end
        assert letter.section_path(block.start) == section.path
    assert letter.section_path(len(letter.text) + 5) == ()
