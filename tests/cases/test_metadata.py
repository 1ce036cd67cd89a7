"""What is known of letters, answers and web pages: subject, kind, issuer, people, date, title."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases.conftest import Case, Changed, Labelled
from tests.cases.looking import RUNNING, flat, lines, people, remarks

from search.citing import cite_in
from search.reading import READERS
from search.records import Document, Holder

LETTER = "brief-rijkshuisstijl.pdf"
TO_MINISTRY = "brief-aan-ministerie.pdf"
TWO_LINES = "ministerie-op-twee-regels.pdf"
ANSWERS = "ah-tk-20252026-1234.pdf"
NO_DOCUMENTS = ("README.md", "v3.txt", "v5.txt")


# A minister's letter in PDF


def test_letter_in_house_style_is_known_for_what_it_is(case: Case) -> None:
    meta = case(LETTER).metadata
    assert meta.subject == "Voortgang van het slotenbeleid"
    assert meta.kind == "Brief regering"
    assert "Minister van Water en Sloten" in meta.issuer
    assert meta.date == "2026-02-07"
    assert meta.chamber == "II"


def test_letter_in_house_style_gives_its_reference(case: Case) -> None:
    assert flat(case(LETTER).metadata.reference) == "DGWS / 20261234"


def test_letter_in_house_style_has_its_signatory(case: Case) -> None:
    assert [(s.name, s.function) for s in case(LETTER).signatories] == [
        ("A.B. de Vries", "Minister van Water en Sloten")
    ]


# A letter to a ministry


def test_letter_to_a_ministry_is_not_the_ministrys(case: Case) -> None:
    meta = case(TO_MINISTRY).metadata
    assert "Ministerie" not in meta.issuer
    assert not meta.issuer or "Vereniging van Slootbeheerders" in meta.issuer
    assert meta.kind.startswith("Brief")
    assert meta.kind != "Brief regering"


def test_letter_to_a_ministry_has_the_fields_of_its_head(case: Case) -> None:
    meta = case(TO_MINISTRY).metadata
    assert (meta.subject, meta.date) == ("Evaluatie van het maaiseizoen", "2026-05-10")


# A letterhead over two lines, a date in figures


def test_name_of_a_ministry_goes_on_at_the_next_line(case: Case) -> None:
    assert case(TWO_LINES).metadata.issuer == "Ministerie van Water, Sloten en Oevers"


def test_date_in_figures_goes_before_that_of_the_file(case: Case) -> None:
    meta = case(TWO_LINES).metadata
    assert (meta.date, meta.subject) == ("2024-07-11", "Uw brief over maaien")
    assert "11 juli 2024" in cite_in("brief", meta)
    assert "oktober" not in cite_in("brief", meta)


# Answers to an MP's questions, as the Kamer prints them


@pytest.mark.parametrize("name", [ANSWERS, "antwoord-over-sloten.pdf"])
def test_annex_of_the_proceedings_is_cited_by_its_number(changed: Changed, name: str) -> None:
    document = changed(ANSWERS, "%PDF", "%PDF", name=name)
    cited = cite_in(document.id, document.metadata)
    assert cited == "Aanhangsel Handelingen II 2025/26, nr. 1234"


def test_annex_of_the_proceedings_is_known_for_what_it_is(case: Case) -> None:
    meta = case(ANSWERS).metadata
    assert "maaien van sloten" in meta.subject
    assert meta.name != "Aanhangsel van de Handelingen"
    assert meta.title != "Aanhangsel van de Handelingen"
    assert "antwoord" in meta.kind.casefold() or "aanhangsel" in meta.kind.casefold()
    assert (meta.chamber, meta.vergaderjaar) == ("II", "2025-2026")
    assert meta.date == "2026-04-11"


def test_askers_and_minister_are_named(case: Case) -> None:
    document = case(ANSWERS)
    assert document.metadata.askers == ("Jansen (ABC)",)
    roles = dict(people(document))
    (minister,) = [name for name in roles if name.endswith("De Vries")]
    assert roles[minister]
    assert {role for name, role in roles.items() if "Jansen" in name} != {roles[minister]}


def _under(document: Document, heading: str) -> str:
    """Give the running text right under a heading."""
    return " ".join(
        flat(document.text[b.start : b.end])
        for b in document.blocks
        if b.kind in RUNNING and document.sections[b.section].heading == heading
    )


def test_each_question_and_answer_is_a_section(case: Case) -> None:
    document = case(ANSWERS)
    headings = [each.heading for each in document.sections]
    assert [h for h in headings if h.startswith(("Vraag ", "Antwoord "))] == [
        "Vraag 1",
        "Antwoord 1",
        "Vraag 2",
        "Antwoord 2",
        "Vraag 3",
        "Antwoord 3",
    ]
    assert _under(document, "Vraag 1").startswith("Kent u het bericht «Sloten groeien dicht»?")
    assert _under(document, "Antwoord 1") == "Ja."
    assert _under(document, "Vraag 2") == (
        "Deelt u de mening dat het waterschap te weinig maait? Zo nee, waarom niet?"
    )
    assert _under(document, "Antwoord 2") == (
        "Nee, die mening deel ik niet. De waterschappen maaien zo vaak als het water vraagt. Ik "
        "vind het van belang dat zij daarbij de dieren in en langs het water sparen. Daarom "
        "ondersteun ik de proef van de provincies met later maaien."
    )
    assert _under(document, "Vraag 3") == "Bent u bereid om daarvoor geld vrij te maken?"
    assert _under(document, "Antwoord 3") == (
        "Ik onderzoek dat. Uw Kamer wordt daarover in het najaar geïnformeerd, als de evaluatie "
        "van de proef is afgerond."
    )


def test_questions_are_the_kamers_and_answers_the_cabinets(labelled: Labelled) -> None:
    for sentence, label in labelled(ANSWERS):
        if sentence.endswith("?"):
            assert label.holder is Holder.PARLIAMENT, sentence
        if sentence.startswith("Daarom ondersteun ik"):
            assert label.holder is Holder.CABINET
    assert any(sentence == "Ja." for sentence, _ in labelled(ANSWERS))


def test_note_on_an_answer_page_is_a_note(case: Case) -> None:
    document = case(ANSWERS)
    assert [(n.mark, flat(document.text[n.start : n.end])) for n in document.footnotes] == [
        ("1", "Slotenkrant, 3 februari 2026.")
    ]


def test_foot_of_an_answer_page_is_no_text(case: Case) -> None:
    body = lines(case(ANSWERS), *RUNNING)
    assert "ah-tk-20252026-1234" not in body
    assert not any("ISSN" in line or "Aanhangsel 1" in line for line in body)


# Dates that only the file has


@pytest.mark.parametrize(
    "name", ["hyph65.pdf", "power.pdf", "table.pdf", "linenum.pdf", "just6.pdf"]
)
def test_date_of_the_file_alone_is_never_cited_and_is_marked(case: Case, name: str) -> None:
    document = case(name)
    assert "2026" not in cite_in(document.id, document.metadata)
    said = [each for each in remarks(document) if "datum" in each and "bestand" in each]
    assert not document.metadata.date or said


def test_printed_date_goes_before_that_of_the_file_in_columns_too(case: Case) -> None:
    assert case("jl3.pdf").metadata.date == "2021-03-24"


def test_words_within_a_sentence_are_no_issuer(case: Case) -> None:
    # "De gemeenteraadsleden van de omliggende plattelandsgemeenten willen …"
    assert case("just6.pdf").metadata.issuer == ""


# Titles


def test_no_document_is_without_a_name(cases: Path, case: Case) -> None:
    names = [
        path.name
        for path in sorted(cases.iterdir())
        if path.suffix in READERS and path.name not in NO_DOCUMENTS
    ]
    assert len(names) > 40
    assert [name for name in names if not case(name).metadata.name.strip()] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("front-matter-lijst.md", "Zorg voor schone sloten"),
        ("platte-tekst-een-lange-regel.txt", "Programma van de Slotenpartij 1952"),
        ("drie-kolommen.pdf", "Tijd voor schone sloten"),
        ("hyph65.pdf", "veerdienst voor ouderen"),
        ("just6.pdf", "Proef over de pont"),
        ("html-tekst-in-div.html", "Handreiking schone sloten"),
        # All letters are of one size, so the file's name is all there is.
        ("voetnoot-cijfer-op-eigen-lijn.pdf", "Voetnoot cijfer op eigen lijn"),
    ],
)
def test_name_is_the_subject_else_the_largest_lines_else_the_files(
    case: Case, name: str, expected: str
) -> None:
    assert case(name).metadata.name.casefold() == expected.casefold()
