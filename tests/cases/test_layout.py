"""PDF pages: margins, columns, notes, line numbers, broken words and covers; divs of a page."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest
from tests.cases.conftest import Case, Changed
from tests.cases.looking import RUNNING, flat, is_whole, lines, remarks, rows, running

from search.passages import make_passages
from search.reading import read_document
from search.records import Document, Kind, Limits

# The margin of a minister's letter

LETTER = (
    "Met deze brief informeer ik uw Kamer over het beleid voor sloten en vaarten. De afgelopen "
    "jaren is de kwaliteit van het water verbeterd, maar nog niet genoeg. Het kabinet neemt "
    "daarom drie nieuwe maatregelen, die ik hieronder toelicht en die volgend jaar ingaan.",
    "Onderzoek van het Instituut voor Slootonderzoek laat zien dat boeren die later maaien meer "
    "planten en dieren in hun sloten krijgen. Op verzoek van uw Kamer is ook gekeken naar de "
    "kosten. Die vallen mee als waterschappen samen inkopen, als het maaisel in de buurt wordt "
    "verwerkt en als de boer een vergoeding krijgt die past bij de tijd die hij eraan besteedt.",
    "Ik zal daarom met de waterschappen een regeling voor laat maaien uitwerken. Die regeling "
    "gaat volgend voorjaar in en duurt vijf jaar. Boeren kunnen zich melden bij het loket van hun "
    "waterschap, dat binnen zes weken laat weten of zij mee kunnen doen en welke sloten daarvoor "
    "in aanmerking komen.",
    "Daarnaast werk ik met de provincies aan brede oevers. De provincies hebben gevraagd om "
    "zekerheid over het geld, en die zekerheid wil ik hun graag geven door een fonds in te "
    "stellen van tien miljoen euro. Dat fonds wordt beheerd door de provincies zelf, en uw Kamer "
    "ontvangt elk jaar een verslag van de uitgaven en van de oevers die zijn aangelegd.",
    "Ten slotte kom ik tegemoet aan de wens van uw Kamer om het toezicht te verbeteren. De "
    "inspectie krijgt daarvoor twaalf extra mensen, die vooral in het veenweidegebied zullen "
    "werken. Zij letten op lozingen, op dammen zonder vergunning en op het gebruik van middelen "
    "langs het water. Over de eerste resultaten bericht ik uw Kamer voor de zomer van het "
    "volgende jaar.",
)
"""Its five paragraphs, which stand in it three times."""


def test_body_of_the_letter_is_whole_and_in_order(case: Case) -> None:
    body = running(case("brief-rijkshuisstijl.pdf"))
    assert " ".join(LETTER * 3) in body


@pytest.mark.parametrize(
    "furniture",
    [
        "Ons kenmerk",
        "DGWS / 20261234",
        "Directoraat-generaal",
        "Bezoekadres",
        "Slootkade 1",
        "T 070 000 0000",
        "Pagina 1 van 3",
        "Pagina 2 van 3",
    ],
)
def test_margin_of_the_letter_is_no_running_text(case: Case, furniture: str) -> None:
    assert furniture not in running(case("brief-rijkshuisstijl.pdf"))


def test_address_is_not_mixed_with_the_margin(case: Case) -> None:
    text = flat(case("brief-rijkshuisstijl.pdf").text)
    assert "Tweede Kamer en Sloten" not in text
    assert "De Voorzitter van de Tweede Kamer der Staten-Generaal" in text


# Columns

THREE_COLUMNS = (
    "De partij streeft naar schone sloten in het hele land. Een sloot die vol staat met riet kan "
    "het water niet meer afvoeren, en dat geeft overlast voor de boer en voor de burger. Daarom "
    "moet het waterschap vaker kijken hoe de sloten erbij liggen. Wie zijn sloot niet "
    "schoonhoudt krijgt eerst een brief en pas daarna een boete. Zo blijft het eerlijk voor "
    "iedereen die wel zijn best doet. Het geld voor het onderhoud komt uit de heffing die alle "
    "huishoudens betalen. Die heffing is de laatste jaren gestegen, terwijl het onderhoud minder "
    "werd. Wij vinden dat niet goed uit te leggen. Een vast deel van de heffing hoort naar de "
    "sloten te gaan, en elk jaar moet het waterschap laten zien wat er met dat geld is gedaan en "
    "welke sloten nog wachten.",
    "Het geld voor het onderhoud komt uit de heffing die alle huishoudens betalen. Die heffing is "
    "de laatste jaren gestegen, terwijl het onderhoud minder werd. Wij vinden dat niet goed uit "
    "te leggen. Een vast deel van de heffing hoort naar de sloten te gaan, en elk jaar moet het "
    "waterschap laten zien wat er met dat geld is gedaan en welke sloten nog wachten. Ook de "
    "dieren in het water verdienen zorg. Kikkers, vissen en libellen hebben plekken nodig waar "
    "niet wordt gemaaid. Wij willen daarom dat langs elke sloot een strook blijft staan, ook in "
    "de winter. De boer die daaraan meewerkt krijgt een vergoeding. In het voorjaar tellen "
    "vrijwilligers de dieren, zodat wij weten of de aanpak werkt of dat er iets anders nodig is.",
    "Ook de dieren in het water verdienen zorg. Kikkers, vissen en libellen hebben plekken nodig "
    "waar niet wordt gemaaid. Wij willen daarom dat langs elke sloot een strook blijft staan, ook "
    "in de winter. De boer die daaraan meewerkt krijgt een vergoeding. In het voorjaar tellen "
    "vrijwilligers de dieren, zodat wij weten of de aanpak werkt of dat er iets anders nodig is. "
    "De partij streeft naar schone sloten in het hele land. Een sloot die vol staat met riet kan "
    "het water niet meer afvoeren, en dat geeft overlast voor de boer en voor de burger. Daarom "
    "moet het waterschap vaker kijken hoe de sloten erbij liggen. Wie zijn sloot niet "
    "schoonhoudt krijgt eerst een brief en pas daarna een boete. Zo blijft het eerlijk voor "
    "iedereen die wel zijn best doet.",
)


def test_three_columns_are_read_one_after_another(case: Case) -> None:
    document = case("drie-kolommen.pdf")
    assert rows(document) == []
    assert running(document) == " ".join(THREE_COLUMNS)
    assert flat(document.text) == " ".join(("Tijd voor schone sloten", *THREE_COLUMNS))


NARROW = (
    "De provincieraad onderzoekt de veerdienstregeling voor vrachtwagenchauffeurs. "
    "Overzetveerproblematiek en verkeersveiligheidsmaatregelen vragen om interbestuurlijke "
    "samenwerkingsovereenkomsten. De waterschapsverkiezingen en arbeidsmarktdiscriminatie komen "
    "niet aan de orde. De gemeenteraadsleden van de omliggende plattelandsgemeenten willen "
    "duidelijkheid over de verantwoordelijkheidsverdeling tussen overheden."
)


def test_narrow_justified_column_is_no_table(case: Case) -> None:
    document = case("just6.pdf")
    assert rows(document) == []
    assert running(document) == NARROW


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Centraal staat de vraag hoe Nederland beter om kan gaan met het structurele en "
            "veelvormige karakter van migratie en de daaruit voortvloeiende verscheidenheid.",
            id="column 1 to 2",
        ),
        pytest.param(
            "Verbeter de ontvangst en inburgering voor alle migranten door meer "
            "verantwoordelijkheid voor gemeenten, en ontvangst- en inburgeringsvoorzieningen voor "
            "alle migranten.",
            id="column 2 to 3",
        ),
        pytest.param(
            "Hetzelfde geldt voor de omgang met traditionele waarden en normen binnen bepaalde "
            "migrantengroepen en radicalisering.",
            id="page 1 to 2",
        ),
        pytest.param(
            "Het kabinet ziet, met de WRR, de samenlevingsopgave als een wederkerig proces.",
            id="column 1 to 2 of page 2",
        ),
        pytest.param(
            "Het kabinet heeft in verschillende brieven een stevige inzet aangekondigd voor het "
            "tegengaan van discriminatie en racisme.",
            id="column 2 to 3 of page 2",
        ),
        pytest.param(
            "De WRR verwacht dat na afloop van de COVID-19 pandemie de migratiestromen weer op "
            "het niveau van voor de pandemie komen.",
            id="a hyphen at a line's end",
        ),
    ],
)
def test_sentence_goes_on_in_the_next_column(case: Case, sentence: str) -> None:
    assert is_whole(case("jl3.pdf"), sentence)


LAST_IN_COLUMNS = (
    "Daarnaast zijn er dwarsverbanden met de gemeentelijke verantwoordelijkheden in het sociale "
    "domein."
)
LEFT_OUT = (
    "Na een korte samenvatting en appreciatie",
    "Nieuwe verscheidenheid vraagt om nieuwe vormen van verbinding",
    "Het kabinet deelt hierbij de opvatting van de WRR dat participatie",
)
"""What the letter has and the pages laid out from it have not."""


def _sentences(document: Document) -> list[str]:
    passages = make_passages(document, lambda texts: [len(text.split()) for text in texts])
    return [
        flat(document.text[sentence.start : sentence.end])
        for passage in passages
        if passage.kind in RUNNING
        for sentence in passage.sentences
    ]


def test_sentences_of_the_letter_are_whole_and_in_order_in_narrow_columns(
    case: Case, letter: Document
) -> None:
    said = _sentences(letter)
    wanted = [
        each for each in said[: said.index(LAST_IN_COLUMNS) + 1] if not each.startswith(LEFT_OUT)
    ]
    assert len(wanted) == 67
    document = case("jl3.pdf")
    assert [each for each in wanted if not is_whole(document, each)] == []
    body = running(document)
    places = [body.index(each) for each in wanted]
    assert places == sorted(places)
    assert rows(document) == []


# Notes

NOTED = (
    "Het beheer van sloten is een zaak waar veel mensen bij betrokken zijn. De boer, het "
    "waterschap en de gemeente hebben elk een eigen taak, en die taken lopen soms door elkaar. "
    "Daarom is het nodig om af te spreken wie wat doet en wanneer dat gebeurt.",
    "Onderzoekers hebben gekeken hoe vaak sloten dichtgroeien en hoeveel wateroverlast dat geeft. "
    "Zij vonden dat de overlast vooral optreedt in het najaar, als de bladeren vallen en het "
    "gemaal niet snel genoeg kan pompen. In het voorjaar is er minder overlast.",
    "De waterschappen hebben voor het maaien een eigen methode, het zogenoemde hoogmaaien. Die "
    "methode spaart de planten die onder water groeien en kost niet meer dan de oude manier van "
    "werken. Het waterschap in het noorden past haar al tien jaar toe.",
)
OVER_THE_PAGE = (
    "Het belang van de boer, het waterschap en de omwonenden loopt niet steeds gelijk. Wiens "
    "belang gaat voor op welk moment? Zo zal, als het maaien vanuit het belang van de omwonenden "
    "wordt bekeken, dat belang soms botsen met het belang van de boer. De regeling geeft "
    "omwonenden het recht om te weten wanneer er gemaaid wordt. Dat kan nodig zijn om schade te "
    "voorkomen."
)


def test_note_whose_number_has_a_line_of_its_own_is_out_of_the_text(case: Case) -> None:
    body = running(case("voetnoot-cijfer-op-eigen-lijn.pdf"))
    # Its first paragraph comes back on the next page: see the next test.
    assert body.endswith(" ".join((*NOTED[1:], *NOTED * 2, OVER_THE_PAGE, *NOTED)))
    assert "twintig centimeter" not in body


def test_paragraph_that_comes_back_on_the_next_page_is_no_running_head(case: Case) -> None:
    body = running(case("voetnoot-cijfer-op-eigen-lijn.pdf"))
    assert body.startswith(" ".join(NOTED[:2]))
    assert body.count(NOTED[0]) == 4


def test_note_whose_number_has_a_line_of_its_own_is_attached(case: Case) -> None:
    document = case("voetnoot-cijfer-op-eigen-lijn.pdf")
    assert [note.mark for note in document.footnotes] == ["1"]
    note = document.footnotes[0]
    assert flat(document.text[note.start : note.end]) == (
        "Bij hoogmaaien wordt de sloot gemaaid tot twintig centimeter boven de bodem, zodat de "
        "wortels blijven staan. Bij laagmaaien wordt alles weggehaald tot op de bodem."
    )
    assert note.anchor is not None
    # The mark hangs on the line "hoogmaaien. Die methode … niet meer dan" of the first page.
    start = document.text.index("hoogmaaien. Die methode")
    end = document.text.index("dan", start) + len("dan")
    assert start < note.anchor <= end


def test_sentence_goes_on_over_a_note_and_a_page(case: Case) -> None:
    assert is_whole(case("voetnoot-cijfer-op-eigen-lijn.pdf"), OVER_THE_PAGE)


# Line numbers

NUMBERED = (
    "De raad stelt vast dat de veerboot te weinig vaart en dat reizigers daardoor lang moeten "
    "wachten op de oever. Dat is al jaren zo en het werd in 2018 alleen maar erger. De raad "
    "adviseert daarom een tweede boot in te zetten op werkdagen en in de zomer elke dag, zodat "
    "niemand langer dan een kwartier hoeft te wachten. Ook pleit de raad voor een dienstregeling "
    "die past bij de bus."
)
COSTS = (
    "De kosten zijn goed te dragen mits het Rijk de helft betaalt. Zonder die bijdrage is een "
    "tweede boot niet haalbaar, zo meent de raad die er al eerder op wees. Tot slot vraagt de "
    "raad aandacht voor de steiger, die aan een algehele vervanging toe is en nog dit jaar moet "
    "worden gedaan om ongelukken te voorkomen. De havenmeester steunt dat en heeft er geld voor "
    "opzij gezet."
)


def test_line_numbers_are_out_of_the_text(case: Case) -> None:
    document = case("linenum.pdf")
    assert running(document) == " ".join((NUMBERED, COSTS) * 3)
    assert re.findall(r"\d+", document.text) == ["2018"] * 3


# Words that a line end breaks


@pytest.mark.parametrize(
    "words",
    [
        "ook voor de 65-plussers van de overkant",
        "want de noord-zuidroute is druk",
        "een X-vormige boeg",
        "die de 12-jarigen van de zeilschool haalt",
        "De A-status van de haven",
        "Het 5G-netwerk is goed",
        "De zee-egel komt hier voor",
        "De heer De Vries-Jansen vaart mee",
        "net als de oud-burgemeester",
        "De radio-omroep bericht erover",
        "brief 2019-0042 van de raad",
    ],
)
def test_hyphen_of_the_word_itself_is_kept(case: Case, words: str) -> None:
    assert words in flat(case("hyph65.pdf").text)


# Pages over a picture

COVER = "Schone sloten voor iedereen"
PLEA = (
    "De partij wil schone sloten en brede oevers. Dat kost geld, maar het levert ook wat op: wie "
    "zuinig is op water heeft er later plezier van. Daarom leggen wij een plan voor aan de kiezer."
)


def test_letters_over_a_picture_are_kept(case: Case) -> None:
    text = flat(case("omslag-is-plaatje.pdf").text)
    # All pages of text are alike, so lines at their edges may pass for running heads.
    chapters = "".join(f"Hoofdstuk {n} {COVER} (?:{re.escape(PLEA)} ?)+" for n in range(1, 9))
    assert re.fullmatch(chapters, text)


def test_page_that_can_not_be_recognised_is_named_and_the_others_are_read(
    changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without Tesseract; of the fifth page (chapter 3) only the picture is left.
    monkeypatch.setenv("PATH", "")
    drawn = f"(Hoofdstuk 3) Tj ET\nBT 0 Tw /B 20 Tf 1 0 0 1 60 107 Tm ({COVER})"
    document = changed("omslag-is-plaatje.pdf", drawn, "()".ljust(len(drawn)))
    text = flat(document.text)
    assert PLEA in text
    assert ("Hoofdstuk 2" in text, "Hoofdstuk 3" in text) == (True, False)
    assert any(re.search(r"\b5\b", each) for each in remarks(document))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timer")
def test_time_limit_counts_the_readers_work_and_not_that_of_others(cases: Path) -> None:
    path = cases / "omslag-is-plaatje.pdf"
    read_document(path, cases)
    began, worked = time.perf_counter(), time.process_time()
    read_document(path, cases)
    took, work = time.perf_counter() - began, time.process_time() - worked
    limit = max(0.3, 5 * work)
    waited = []

    def wait(*_: object) -> None:
        # As on a machine on which others have their turn.
        waited.append(True)
        time.sleep(1.5 * limit)

    before = signal.signal(signal.SIGALRM, wait)
    try:
        signal.setitimer(signal.ITIMER_REAL, took / 10)
        document = read_document(path, cases, limits=Limits(seconds=limit))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert waited, "the wait should have come while the file was read"
    assert PLEA in flat(document.text)


# Web pages


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (
            "M01: Het waterschap maait ten hoogste twee keer per jaar",
            "Een sloot die vaker wordt gemaaid verliest haar planten. Het waterschap kiest daarom "
            "voor een ronde in juni en een ronde in oktober, en laat telkens een kwart van de "
            "oever "
            "staan.",
        ),
        (
            "M02: De boer meldt verstoppingen binnen een week",
            "Een verstopping die lang blijft liggen zet het land onder water. De boer meldt haar "
            "binnen een week bij het loket, dat binnen twee dagen antwoord geeft.",
        ),
        (
            "M03: Het maaisel gaat binnen drie dagen van de kant",
            "Maaisel dat blijft liggen verrijkt de oever met voedsel. Wie maait voert het af naar "
            "een plek die de gemeente heeft aangewezen.",
        ),
        (
            "M04: De oever houdt een strook van een meter",
            "Langs elke sloot blijft een strook van een meter waar niet wordt bemest of gespoten. "
            "De "
            "provincie betaalt daarvoor een vergoeding die elk jaar wordt vastgesteld.",
        ),
    ],
)
def test_text_in_a_div_of_the_main_part_is_read(case: Case, head: str, said: str) -> None:
    document = case("html-tekst-in-div.html")
    assert is_whole(document, said)
    assert f"{head} {said}" in flat(document.text)


def test_main_part_of_a_page_is_whole(case: Case) -> None:
    document = case("html-tekst-in-div.html")
    headings = lines(document, Kind.HEADING)
    assert [h for h in headings if not h.startswith("M0")] == [
        "Inleiding",
        "Maatregelen",
        "Maaien",
    ]
    order = [
        "Inleiding",
        "Na twee jaar kijkt",
        "Maatregelen",
        "Hieronder staan",
        "Maaien",
        "M01:",
        "M02:",
        "M03:",
        "M04:",
    ]
    text = document.text
    places = [text.index(each) for each in order[:5]] + [text.find(each) for each in order[5:]]
    assert -1 not in places
    assert places == sorted(places)
