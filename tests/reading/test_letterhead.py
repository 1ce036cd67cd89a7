"""The heads of Kamerstukken, in the forms that they come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.records import Document, Dossier, Kind

Read = Callable[..., Document]
BODY = "Hierbij zend ik u de brief over het onderwerp dat wij in het debat bespraken."


def head(
    dossier: str, number: str, chamber: str = "Tweede", title: str = "BRIEF VAN DE MINISTER"
) -> list[str]:
    return [
        f"{chamber} Kamer der Staten-Generaal",
        "Vergaderjaar 2020–2021",
        dossier,
        "Begroting van het ministerie",
        f"{number}",
        title,
        f"Aan de Voorzitter van de {chamber} Kamer der Staten-Generaal",
        "Den Haag, 3 mei 2021",
    ]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("29 861", "29861"),
        ("29861", "29861"),
        ("29.861", "29861"),
        ("29\u00a0861", "29861"),
        ("35 570 VIII", "35570-VIII"),
        ("35 570-VIII", "35570-VIII"),
        ("35570 VIII", "35570-VIII"),
        ("21 501-02", "21501-02"),
        ("21 501-33", "21501-33"),
        ("31 700 VI", "31700-VI"),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_dossier_numbers(read: Read, written: str, number: str, name: str) -> None:
    meta = read("\n\n".join([*head(written, "Nr. 174"), BODY]), name).metadata
    assert meta.dossiers == (Dossier(number, "Begroting van het ministerie"),)
    assert meta.ondernummer == "174"
    assert meta.vergaderjaar == "2020-2021"
    assert meta.date == "2021-05-03"
    assert meta.chamber == "II"


@pytest.mark.parametrize("number", ["Nr. D", "D"])
def test_eerste_kamer_piece_has_a_letter(read: Read, number: str) -> None:
    meta = read("\n\n".join([*head("33 802", number, "Eerste"), BODY])).metadata
    assert meta.ondernummer == "D"
    assert meta.chamber == "I"
    assert meta.title == "Brief van de minister"


def test_two_dossiers(read: Read) -> None:
    lines = head("19 637", "Nr. 2700")
    lines[3:4] = ["Vreemdelingenbeleid", "30 573", "Migratiebeleid"]
    meta = read("\n\n".join([*lines, BODY])).metadata
    assert meta.dossiers == (
        Dossier("19637", "Vreemdelingenbeleid"),
        Dossier("30573", "Migratiebeleid"),
    )
    assert meta.ondernummer == "2700"


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_head_on_lines_that_no_empty_line_parts(read: Read, name: str) -> None:
    lines = head("29 861", "Nr. 71", title="BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN")
    document = read("\n".join(lines) + f"\n\n{BODY}\n", name)
    meta = document.metadata
    assert meta.dossiers == (Dossier("29861", "Begroting van het ministerie"),)
    assert (meta.ondernummer, meta.date, meta.chamber) == ("71", "2021-05-03", "II")
    assert meta.vergaderjaar == "2020-2021"
    assert meta.title.lower() == "brief van de minister van sociale zaken"
    body = [document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.PARAGRAPH]
    assert body == [BODY]


def test_titles_behind_the_numbers_on_one_line(read: Read) -> None:
    source = "\n\n".join(
        [
            "Vergaderjaar 2020–2021",
            "35 570 VIII Vaststelling van de begroting van OCW",
            "Nr. 174 BRIEF VAN DE MINISTER VAN ONDERWIJS",
            "’s-Gravenhage, 3 mei 2021",
            BODY,
        ]
    )
    meta = read(source, "a.txt").metadata
    assert meta.dossiers == (Dossier("35570-VIII", "Vaststelling van de begroting van OCW"),)
    assert (meta.ondernummer, meta.date) == ("174", "2021-05-03")
    assert meta.title.lower() == "brief van de minister van onderwijs"
    assert meta.kind == "Brief regering"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("Vergaderjaar 2020–2021", "2020-2021"),
        ("Vergaderjaar 2014-2015", "2014-2015"),
        ("Vergaderjaar 1999–2000", "1999-2000"),
        ("2007–2008", "2007-2008"),
        ("Vergaderjaar 2020–21", "2020-2021"),
    ],
)
def test_vergaderjaar(read: Read, written: str, year: str) -> None:
    lines = head("29 861", "Nr. 70")
    lines[1] = written
    assert read("\n\n".join([*lines, BODY])).metadata.vergaderjaar == year


def test_dates_within_the_text_do_not_become_the_date(read: Read) -> None:
    source = f"# Verslag\n\nOp 3 mei 2021 kwam de Kamer bijeen, zoals op 4 mei 2020.\n\n{BODY}\n"
    document = read(source)
    assert document.metadata.date == ""
    assert document.metadata.dossiers == ()
    assert not [b for b in document.blocks if b.kind is Kind.LETTERHEAD]


def test_paragraph_that_begins_with_a_large_number_is_no_head(read: Read) -> None:
    source = "20 000 mensen kwamen naar\nhet plein om te luisteren naar de toespraken.\n"
    document = read(f"{BODY}\n\n{source}", "a.txt")
    assert document.text.endswith(source.replace("\n", " ").strip())
    assert document.metadata.dossiers == ()


def test_signature_before_or_behind_the_office(read: Read) -> None:
    one = read(f"{BODY}\n\nDe Minister van Financiën,\nW.B. Hoekstra\n")
    other = read(f"{BODY}\n\nW.B. Hoekstra\nMinister van Financiën\n")
    for document in (one, other):
        (person,) = document.signatories
        assert (person.name, person.function) == ("W.B. Hoekstra", "Minister van Financiën")


def test_line_of_many_hyphens_is_no_signature_and_is_read_at_once(read: Read) -> None:
    line = "Jan " + "Aa-" * 60 + "!"
    document = read(f"De brief zelf staat hier boven.\n\nHoogachtend,\n\n{line}\n")
    assert document.signatories == ()


def test_closing_sentence_about_a_minister_is_no_signature(read: Read) -> None:
    document = read(f"{BODY}\n\nDe Minister van Financiën heeft hierover een brief gestuurd.\n")
    assert document.signatories == ()


def test_a_period_of_years_is_no_vergaderjaar(read: Read) -> None:
    lines = head("29 861", "Nr. 71")
    assert read("\n\n".join(["2015–2030", *lines, BODY])).metadata.vergaderjaar == "2020-2021"
    assert read("\n\n".join(["Agenda", "2015–2030", BODY])).metadata.vergaderjaar == ""
