"""Four real letters of a minister who answers MPs, checked by hand against Word."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from time import monotonic

import docx
import pytest
from tests.paths import SHARED

from search.errors import ReadingError
from search.labels.dialogue import statements_of
from search.labels.statements import Statement
from search.passages import make_passages
from search.quoting import fault_of
from search.reading import read_document, read_source
from search.reading.office.docx import read_docx
from search.records import Document, Limits, Span

LETTERS = SHARED / "documents"
NAMES = (
    "antwoord-beckerman",
    "antwoord-lahlah-chakor",
    "antwoord-politieposten-wolvega",
    "antwoord-temmink-van-nispen",
)
needs_letters = pytest.mark.skipif(
    not LETTERS.is_dir(), reason="../shared/documents is not here: no real letters to read"
)
QUESTIONS = {
    "antwoord-beckerman": [
        ((1,), "Bent u bekend met het artikel 'Agenten", "Ja."),
        ((2,), "Wat is uw reactie op het manifest", "Voor zover het gaat om de strafrechtelijke"),
        ((3, 4, 5, 9, 10), "In hoeverre deelt u de zorgen", "Milieucriminaliteit kan ernstige"),
        ((6,), "Wat is de huidige positie van uw", "In de kabinetsreactie van 26 april 2021"),
        ((7,), "Welke acties zullen worden ondernomen", "Zoals in antwoord op vragen 3, 4, 5, 9"),
        ((8,), "Hoe kijkt u naar bedrijven die", "Het is onacceptabel dat bedrijven"),
        ((11,), "Wat doet u\u00a0om ervoor te zorgen", "Demonstreren is een grondrecht."),
        ((12,), "Deelt u de mening van de ondertekenaars", "Nee."),
    ],
    "antwoord-lahlah-chakor": [
        ((1,), "Kent u het bericht “Yesilgöz wil nu", "Ja."),
        ((2,), "Met welke gemeenten zijn er gesprekken", "Zoals toegezegd in het Commissiedebat"),
        ((3,), "Hoe verhoudt het landelijke verbieden", "Wanneer boa’s in dienst zijn bij"),
        ((4, 5, 6, 7), "Hoe verhoudt het voornemen tot", "De Code Interbestuurlijke Verhoudingen"),
        ((8,), "Hoeveel boa’s dragen in Nederland", "Tot dusver zijn er in Nederland geen"),
        ((9,), "Deelt u de mening dat u bezig bent", "Nee, ik deel deze mening niet."),
    ],
    "antwoord-politieposten-wolvega": [
        ((1,), "Kent u de berichten “Weststellingwerf", "Ja."),
        ((2,), "Deelt u de mening dat het voor de", "De politie speelt een belangrijke rol"),
        ((4,), "Deelt u de mening dat met de sluiting", "De politiepost groot in Wolvega wordt"),
        ((5,), "Welke overwegingen liggen ten grondslag", "In 2014 zijn in het Landelijk"),
        ((6,), "Deelt u de mening dat indien de", "De keuze voor huisvesting in een nieuwe"),
        ((7,), "Bent u op de hoogte van de gesprekken", "Team, districts- en eenheidsleiding"),
        ((3, 8), "Deelt u de mening dat de sluiting van", "Het hoofdlijnenakkoord zal in de"),
    ],
    "antwoord-temmink-van-nispen": [
        ((1,), "Bent u bekend met het feit dat de KPN", "KPN is geen eigenaar van het nummer"),
        ((2, 3), "Waarom is ervoor gekozen om dit nummer", "Het nummer 0900-0904 is niet in"),
        ((4, 5), "Vindt u het logisch dat er momenteel", "Een goed bereikbare politie en"),
        ((6,), "Kunt u reflecteren op het feit dat de", "Het al dan niet gratis aanbieden"),
        ((7, 8, 9), "Bent u het eens met de stelling dat", "Zoals gemeld in het antwoord op"),
        ((10,), "Kunt u in kaart brengen hoeveel het", "In het tweeminutendebat politie van"),
    ],
}
"""Per answer: the numbers of its questions, how the first of these begins, how it begins."""

METADATA = {
    "antwoord-beckerman": (
        "2023-12-04",
        "5086975",
        ("Beckerman (SP)",),
        "Het artikel 'Agenten willen meer aandacht voor milieu: ‘Delicten met de meeste doden "
        "krijgen geen prioriteit.’'",
    ),
    "antwoord-lahlah-chakor": (
        "2024-05-16",
        "5401166",
        ("Lahlah (GroenLinks-PvdA)", "Chakor (GroenLinks-PvdA)"),
        "Verbieden van hoofddoekjes en andere religieuze uitingen bij boa’s",
    ),
    "antwoord-politieposten-wolvega": (
        "2024-07-25",
        "",
        ("Mutluer (GroenLinks-PvdA)", "Lahlah (GroenLinks-PvdA)", "Boswijk (CDA)", "Helder (BBB)"),
        "De voorgenomen sluiting van het politiebureau in Wolvega",
    ),
    "antwoord-temmink-van-nispen": (
        "2024-01-11",
        "5164758",
        ("Temmink (SP)", "Van Nispen (SP)"),
        "Het feit dat het niet noodgevallen nummer van de Brandweer in handen is van een "
        "commerciële partij",
    ),
}


def statements(read: Document) -> dict[str, Statement]:
    """Return the statements of a document by their words."""
    passages = make_passages(read, lambda texts: [len(text.split()) for text in texts])
    sentences = [(passage.section, s) for passage in passages for s in passage.sentences]
    return {s.text: s for s in statements_of(read, sentences)}


def real(name: str) -> Document:
    return read_document(LETTERS / f"{name}.docx", LETTERS)


def numbers(heading: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", heading))


@needs_letters
@pytest.mark.parametrize("name", NAMES)
def test_real_letter_keeps_each_question_and_each_answer_apart(name: str) -> None:
    read = real(name)
    said = {s.heading: read.text[s.start : s.end] for s in read.sections}
    answers = [heading for heading in said if heading.startswith("Antwoord") and len(heading) < 50]
    assert [numbers(heading) for heading in answers] == [each[0] for each in QUESTIONS[name]]
    for heading, (asked, question, answer) in zip(answers, QUESTIONS[name], strict=True):
        assert said[heading].split("\n\n")[1].startswith(answer)
        assert said[f"Vraag {asked[0]}"].split("\n\n")[1].startswith(question)
    questions = sorted(number for asked, _, _ in QUESTIONS[name] for number in asked)
    assert sorted(numbers(h)[0] for h in said if h.startswith("Vraag")) == questions


@needs_letters
@pytest.mark.parametrize("name", NAMES)
def test_sentences_of_a_real_answer_carry_their_questions(name: str) -> None:
    read = real(name)
    found = list(statements(read).values())
    for asked, question, answer in QUESTIONS[name]:
        if answer in ("Ja.", "Nee."):
            continue
        opening = next(s for s in found if s.text.startswith(answer))
        assert opening.question.startswith(question)
        assert opening.question.count("?") >= len(asked) - 1
        assert numbers(opening.section[-1]) == asked
    assert all(not s.question for s in found if s.section[-1:] and "Vraag" in s.section[-1])


@needs_letters
@pytest.mark.parametrize("name", NAMES)
def test_metadata_of_a_real_letter_are_what_it_says(name: str) -> None:
    found = real(name).metadata
    assert (found.date, found.reference, found.askers, found.subject) == METADATA[name]
    assert found.kind == "Antwoord op Kamervragen"
    assert found.issuer == "Minister van Justitie en Veiligheid"
    assert found.title.startswith(("Antwoorden van de minister", "Antwoorden van de Minister"))


@needs_letters
@pytest.mark.parametrize("name", NAMES)
def test_real_letter_can_be_quoted_from_end_to_end(name: str) -> None:
    read = real(name)
    source = read_source(LETTERS / f"{name}.docx")
    assert fault_of(read, source, Span(0, len(read.text)), read.text) == ""
    assert fault_of(read, source, Span(0, len(read.text)), read.text.replace("de", "het")) != ""


@needs_letters
@pytest.mark.parametrize("name", NAMES)
def test_no_paragraph_of_a_real_letter_is_missed(name: str) -> None:
    words = " ".join(real(name).text.split())
    place = 0
    for paragraph in docx.Document(str(LETTERS / f"{name}.docx")).paragraphs:
        text = " ".join(re.sub(r" ?\b[12]\)", "", paragraph.text).split())
        place = words.index(text, place)
        assert len(text) < 60 or words.count(text) == 1
        place += len(text)
    assert place > len(words) * 0.9


@needs_letters
def test_sources_of_mps_are_footnotes_of_their_questions() -> None:
    read = real("antwoord-lahlah-chakor")
    found = {
        n.mark: (read.text[: n.anchor or 0][-13:], read.text[n.start : n.end][:9])
        for n in read.footnotes
        if n.mark.endswith(")")
    }
    assert found == {
        "1)": ("boa's (nos.nl)”"[-13:], "NOS, 6 ma"),
        "2)": (" Verhoudingen", "Kamerstuk"),
    }


@needs_letters
def test_damaged_real_letter_raises_reading_errors_only() -> None:
    content = (LETTERS / "antwoord-lahlah-chakor.docx").read_bytes()
    chance = random.Random(3)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 200)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        began = monotonic()
        with suppress(ReadingError):
            read_docx(bytes(damaged), "a.docx", Limits())
        assert monotonic() - began < 2
