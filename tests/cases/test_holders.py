"""Whose document it is decides whose view is possible: the cabinet's only where it speaks."""

from __future__ import annotations

import pytest
from tests.cases.conftest import Case, Changed, Labelled
from tests.cases.looking import RUNNING, author_kind, flat, label_of, lines, people

from search.records import Holder, Kind, Stance

pytestmark = pytest.mark.slow

MOTIONS = {
    "kst-99999-12.xml": (
        ["Van der Sloot", "El Kanaal"],
        "verzoekt de regering het voorstel over het maaien van sloten in te trekken en vijf "
        "miljoen euro vrij te maken voor brede oevers",
    ),
    "kst-99123-1.md": (
        ["De Hoop", "Van ’t Veld"],
        "verzoekt de regering de pont bij Kadoelen te behouden",
    ),
    "kst-99123-5.xml": (
        ["Van Dijk"],
        "verzoekt de regering, de veerboot bij Kadoelen tot 2030 te laten varen",
    ),
    "kst-35570-VIII-14.txt": (
        ["Van Dijk"],
        "verzoekt de regering de schoolmaaltijdenregeling met een jaar te verlengen",
    ),
}
"""Each motion's submitters, as they sign, and its request."""


# Motions and amendments


@pytest.mark.parametrize("name", MOTIONS)
def test_request_of_a_motion_is_its_submitters_advice(labelled: Labelled, name: str) -> None:
    submitters, wanted = MOTIONS[name]
    label = label_of(labelled(name), wanted)
    assert (label.holder, label.stance) == (Holder.PARLIAMENT, Stance.ADVICE)
    assert [who for who in submitters if who not in label.holder_name] == []


@pytest.mark.parametrize("name", MOTIONS)
def test_no_sentence_of_a_motion_is_anyone_elses(labelled: Labelled, name: str) -> None:
    found = labelled(name)
    assert found
    own = (Holder.PARLIAMENT, Holder.NONE)
    assert {said: label.holder for said, label in found if label.holder not in own} == {}


@pytest.mark.parametrize("name", [*MOTIONS, "kst-99123-2.md"])
def test_submitters_are_people_spelt_as_they_sign(case: Case, name: str) -> None:
    found = people(case(name))
    submitters = MOTIONS[name][0] if name in MOTIONS else ["Omtzigt"]
    assert [who for who, _ in found] == submitters
    assert all(role for _, role in found)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("kst-99999-12.xml", "Motie van de leden Van der Sloot en El Kanaal"),
        ("kst-99123-1.md", "Motie van de leden De Hoop en Van ’t Veld c.s."),
        ("kst-99123-2.md", "Amendement van het lid Omtzigt"),
        ("kst-99123-5.xml", "Motie van het lid Van Dijk"),
        ("kst-35570-VIII-14.txt", "Motie van het lid Van Dijk"),
    ],
)
def test_title_spells_the_names_as_they_are_signed(case: Case, name: str, title: str) -> None:
    assert case(name).metadata.title == title


def test_amendment_is_its_submitters(labelled: Labelled) -> None:
    found = labelled("kst-99123-2.md")
    label = label_of(found, "De indiener vindt twee boten te weinig.")
    assert label.holder is Holder.PARLIAMENT
    assert "Omtzigt" in label.holder_name
    assert {each.holder for _, each in found} <= {Holder.PARLIAMENT, Holder.NONE}


def test_written_consultation_has_two_voices(labelled: Labelled) -> None:
    found = labelled("kst-99123-3.md")
    for words in (
        "De leden van de VVD-fractie steunen het opheffen van de pont bij Kadoelen.",
        "Zij vragen of de minister de pont in de zomer wil laten varen.",
    ):
        assert label_of(found, words).holder is Holder.PARLIAMENT, words
    answer = label_of(found, "Ik ben niet bereid de pont in de zomer te laten varen.")
    assert (answer.holder, answer.stance) == (Holder.CABINET, Stance.REJECTION)


# Handelingen

SITTING = "h-tk-20252026-7-3.xml"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Ik heb een motie over sloten.", "Jansen"),
        ("verzoekt de regering sloten te maaien", "Jansen"),
        ("Wij steunen deze motie niet.", "Pieters"),
    ],
)
def test_speaker_in_a_sitting_is_the_holder(labelled: Labelled, words: str, speaker: str) -> None:
    label = label_of(labelled(SITTING), words)
    assert label.holder is Holder.PARLIAMENT
    assert speaker in label.holder_name


def test_motion_read_out_in_a_sitting_asks(labelled: Labelled) -> None:
    label = label_of(labelled(SITTING), "verzoekt de regering sloten te maaien")
    assert label.stance is Stance.ADVICE


def test_nobody_in_a_sitting_without_a_minister_speaks_for_the_cabinet(labelled: Labelled) -> None:
    found = labelled(SITTING)
    assert found
    assert [sentence for sentence, label in found if label.holder is Holder.CABINET] == []


def test_chair_speaks_in_running_text_and_for_herself(case: Case, labelled: Labelled) -> None:
    said = "Dank u wel. Dan de heer Pieters van de fractie van DEF."
    document = case(SITTING)
    assert said in lines(document, *RUNNING)
    assert said not in lines(document, Kind.HEADING)
    label = label_of(labelled(SITTING), "Dan de heer Pieters van de fractie van DEF.")
    assert label.holder in (Holder.PARLIAMENT, Holder.NONE)
    assert "Jansen" not in label.holder_name


def test_words_of_the_chair_do_not_stand_under_the_speaker_before(case: Case) -> None:
    document = case(SITTING)
    path = document.section_path(document.text.index("Dank u wel."))
    assert not any("Jansen" in heading for heading in path)


def test_speakers_are_people_with_their_party(case: Case) -> None:
    found = [f"{name} {role}" for name, role in people(case(SITTING))]
    assert any("Jansen" in each and "ABC" in each for each in found)
    assert any("Pieters" in each and "DEF" in each for each in found)


def test_date_of_a_sitting_is_what_the_file_says_and_never_made_up(
    case: Case, changed: Changed
) -> None:
    assert case(SITTING).metadata.date == ""
    dated = changed(
        SITTING,
        "</metadata>",
        '<meta name="OVERHEIDop.datumVergadering" scheme="" content="2025-10-07"/></metadata>',
    )
    assert dated.metadata.date == "2025-10-07"
    assert (dated.metadata.kind, dated.metadata.title) == ("Handelingen", "Sloten")


# Texts of others


@pytest.mark.parametrize(
    "name",
    [
        "verkiezingsprogramma.txt",
        "platte-tekst-een-lange-regel.txt",
        "drie-kolommen.pdf",
        "omslag-is-plaatje.pdf",
        "brief-aan-ministerie.pdf",
        "html-tekst-in-div.html",
        "voetnoot-cijfer-op-eigen-lijn.pdf",
        "front-matter-lijst.md",
        "nieuws-brug.txt",
        "nfd.txt",
        "just6.pdf",
        "hyph65.pdf",
        "linenum.pdf",
    ],
)
def test_text_without_a_sign_of_the_cabinet_is_never_the_cabinets(
    labelled: Labelled, name: str
) -> None:
    found = labelled(name)
    assert found
    assert [sentence for sentence, label in found if label.holder is Holder.CABINET] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kst-99999-12.xml", "kamer"),
        ("kst-99123-1.md", "kamer"),
        ("kst-99123-2.md", "kamer"),
        ("kst-99123-5.xml", "kamer"),
        ("kst-35570-VIII-14.txt", "kamer"),
        (SITTING, "kamer"),
        ("kst-35570-VIII-13.md", "kabinet"),
        ("brief-rijkshuisstijl.pdf", "kabinet"),
        ("ministerie-op-twee-regels.pdf", "kabinet"),
        ("verkiezingsprogramma.txt", "partij"),
        ("brief-aan-ministerie.pdf", "ander"),
    ],
)
def test_document_carries_whose_it_is(case: Case, name: str, expected: str) -> None:
    assert author_kind(case(name)) == expected


# The cabinet where it does speak


@pytest.mark.parametrize(
    ("name", "words", "stance"),
    [
        (
            "brief-rijkshuisstijl.pdf",
            "Ten slotte kom ik tegemoet aan de wens van uw Kamer om het toezicht te verbeteren.",
            None,
        ),
        (
            "brief-rijkshuisstijl.pdf",
            "Ik zal daarom met de waterschappen een regeling voor laat maaien uitwerken.",
            Stance.COMMITMENT,
        ),
        ("ah-tk-20252026-1234.pdf", "Nee, die mening deel ik niet.", Stance.REJECTION),
        (
            "ministerie-op-twee-regels.pdf",
            "Volgend jaar kijk ik of er ruimte is voor een hogere vergoeding.",
            None,
        ),
    ],
)
def test_minister_still_speaks_for_the_cabinet(
    labelled: Labelled, name: str, words: str, stance: Stance | None
) -> None:
    found = [label for sentence, label in labelled(name) if words in flat(sentence)]
    assert found
    assert {label.holder for label in found} == {Holder.CABINET}
    if stance:
        assert {label.stance for label in found} == {stance}
