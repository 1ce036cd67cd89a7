"""Recognition: documents of many kinds, with invented texts, are known for what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.reading import read_document
from search.records import Metadata, Person

MINISTERS_LETTER = """\
Ministerie van Klimaat en Groene Groei

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal
Postbus 20017
2500 EA Den Haag

Datum 3 maart 2025
Betreft Stand van zaken warmtetransitie

Geachte voorzitter,

Hierbij bied ik u, mede namens de minister van Volkshuisvesting, de voortgang aan.

De wet treedt volgend jaar in werking.

Hoogachtend,

De minister van Klimaat en Groene Groei,

S.Th.M. Hermans

De minister van Wonen en Ruimte,

Mona Keijzer
"""
COUNCIL_LETTER = """\
Aan de leden van de gemeenteraad

Gemeente Dalfsen
Datum: 14-02-2024
Onderwerp: Voortgang zwembad
Ons kenmerk: Z/24/12345

Geachte raadsleden,

Met deze brief informeren wij u over het zwembad.

Met vriendelijke groet,

het college van burgemeester en wethouders van Dalfsen,

de gemeentesecretaris,
J. Leegwater

de burgemeester,
E. van Lente
"""
LETTER_TO_MINISTRY = """\
Vereniging Eigen Huis
Aan het ministerie van Wonen en Ruimte
T.a.v. de minister

Amersfoort, 12 mei 2024
Betreft: Reactie op de internetconsultatie

Geachte minister,

Wij danken u voor de gelegenheid om te reageren.

Hoogachtend,
Namens Vereniging Eigen Huis,

K. Jansen
directeur
"""
DISCLOSURE = """\
Ministerie van Justitie en Veiligheid
> Retouradres Postbus 20301 2500 EH Den Haag

Datum 4 april 2023
Onderwerp Besluit op uw Woo-verzoek

Geachte heer De Boer,

In uw brief van 3 februari 2023 heeft u met een
beroep op de Wet open overheid (Woo) verzocht om informatie over drones.
Uw verzoek om informatie is ontvangen op 6 februari 2023.

Ik heb besloten de informatie openbaar te maken.

Hoogachtend,
De Minister van Justitie en Veiligheid,
namens deze,

A. Bakker
Directeur Juridische Zaken
"""
NOTE_ON_REPORT = """\
Tweede Kamer der Staten-Generaal
Vergaderjaar 2022–2023

36 200 Wijziging van de Wet op de sloten

Nr. 6 NOTA NAAR AANLEIDING VAN HET VERSLAG

Ontvangen 4 april 2023

Met belangstelling heb ik kennisgenomen van het verslag.

De Minister van Water en Sloten,
A. de Vries
"""
QUESTIONS_OF_COMMITTEE = """\
Tweede Kamer der Staten-Generaal
Vergaderjaar 2022–2023

36 200 Sloten

Nr. 9 LIJST VAN VRAGEN EN ANTWOORDEN

Vastgesteld 4 april 2023

De vaste commissie voor Water heeft een aantal vragen voorgelegd.

De voorzitter van de commissie,
Tjeerd de Groot
"""
DECISIONS = """\
Besluitenlijst college van burgemeester en wethouders Zeist d.d. 12 maart 2024

Aanwezig: burgemeester K. Jansen

1. Besluit: vastgesteld.
"""
COUNCIL_PROPOSAL = """\
Raadsvoorstel

Onderwerp: Vaststellen bestemmingsplan Centrum
Datum raadsvergadering: 12 december 2023
Portefeuillehouder: P. de Jong

Voorgesteld besluit: het bestemmingsplan vast te stellen. De gemeente Loon op Zand wil dat.
"""
PRESS_RELEASE = """\
Persbericht

Gezondheidsraad: vaccineer ook ouderen

Den Haag, 12 juni 2023

De Gezondheidsraad adviseert om ouderen te vaccineren.
"""
INITIATIVE = """\
Tweede Kamer der Staten-Generaal
Vergaderjaar 2022–2023

36 300 Initiatiefnota van het lid Jansen over sloten

Nr. 2 INITIATIEFNOTA

1. Inleiding

De sloten groeien dicht.

Jansen
"""
MINUTES = """\
Notulen van de vergadering van de raadscommissie Ruimte op 5 juni 2023

Aanwezig: de heer Jansen (VVD)

De voorzitter opent de vergadering.
"""
SENATE_MOTION = """\
Eerste Kamer der Staten-Generaal

Vergaderjaar 2022–2023

36 200 Wijziging van de Wet op de sloten

G MOTIE VAN HET LID VAN DER GOOT C.S.

Voorgesteld 13 juni 2023

De Kamer,

gehoord de beraadslaging,

verzoekt de regering te maaien,

en gaat over tot de orde van de dag.

Van der Goot
Kluit
"""
ADVICE = """\
Sociaal-Economische Raad

Advies 24/03

Werken zonder armoede

April 2024

De SER adviseert de regering om het minimumloon te verhogen.
"""


def known(folder: Path, text: str, name: str = "stuk.txt") -> Metadata:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, folder).metadata


@pytest.mark.parametrize(
    ("text", "kind", "title", "date", "issuer", "author_kind"),
    [
        (
            MINISTERS_LETTER,
            "Brief regering",
            "Stand van zaken warmtetransitie",
            "2025-03-03",
            "minister van Klimaat en Groene Groei; minister van Wonen en Ruimte",
            "kabinet",
        ),
        (
            COUNCIL_LETTER,
            "Raadsbrief",
            "Voortgang zwembad",
            "2024-02-14",
            "Gemeente Dalfsen",
            "gemeente",
        ),
        (
            LETTER_TO_MINISTRY,
            "Brief",
            "Reactie op de internetconsultatie",
            "2024-05-12",
            "Vereniging Eigen Huis",
            "ander",
        ),
        (
            DISCLOSURE,
            "Woo-besluit",
            "Besluit op uw Woo-verzoek",
            "2023-04-04",
            "Ministerie van Justitie en Veiligheid",
            "kabinet",
        ),
        (
            NOTE_ON_REPORT,
            "Nota naar aanleiding van het verslag",
            "Nota naar aanleiding van het verslag",
            "2023-04-04",
            "Minister van Water en Sloten",
            "kabinet",
        ),
        (
            QUESTIONS_OF_COMMITTEE,
            "Lijst van vragen en antwoorden",
            "Lijst van vragen en antwoorden",
            "2023-04-04",
            "",
            "kamer",
        ),
        (
            DECISIONS,
            "Besluitenlijst",
            "Besluitenlijst college van burgemeester en wethouders Zeist d.d. 12 maart 2024",
            "2024-03-12",
            "Gemeente Zeist",
            "gemeente",
        ),
        (
            COUNCIL_PROPOSAL,
            "Raadsvoorstel",
            "Vaststellen bestemmingsplan Centrum",
            "2023-12-12",
            "Gemeente Loon op Zand",
            "gemeente",
        ),
        (
            PRESS_RELEASE,
            "Nieuwsbericht",
            "Gezondheidsraad: vaccineer ook ouderen",
            "2023-06-12",
            "",
            "onbekend",
        ),
        (INITIATIVE, "Initiatiefnota", "Initiatiefnota", "", "", "kamer"),
        (
            MINUTES,
            "Verslag",
            "Notulen van de vergadering van de raadscommissie Ruimte op 5 juni 2023",
            "2023-06-05",
            "",
            "gemeente",
        ),
        (
            SENATE_MOTION,
            "Motie",
            "Motie van het lid Van der Goot c.s.",
            "2023-06-13",
            "Van der Goot c.s.",
            "kamer",
        ),
        (
            ADVICE,
            "Advies",
            "Werken zonder armoede",
            "2024-04",
            "Sociaal-Economische Raad",
            "adviesorgaan",
        ),
    ],
)
def test_document_is_known_for_what_it_is(
    tmp_path: Path, text: str, kind: str, title: str, date: str, issuer: str, author_kind: str
) -> None:
    meta = known(tmp_path, text)
    assert (meta.kind, meta.name, meta.date, meta.issuer) == (kind, title, date, issuer)
    assert str(meta.author_kind) == author_kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ADVIES AFDELING ADVISERING RAAD VAN STATE EN NADER RAPPORT", "Advies"),
        ("NADER RAPPORT", "Nader rapport"),
    ],
)
def test_advice_with_the_answer_to_it_is_an_advice(tmp_path: Path, title: str, kind: str) -> None:
    text = f"""\
Tweede Kamer der Staten-Generaal

2

Vergaderjaar 2022–2023

36 999

Regels over riet (Rietwet)

Nr. 4

{title}

Hieronder zijn opgenomen het advies van de Afdeling advisering van de Raad van State d.d. 12 april
2023 en het nader rapport d.d. 3 mei 2023, aangeboden aan de Koning door de minister van Sloten.
"""
    meta = known(tmp_path, text)
    assert (meta.kind, meta.date) == (kind, "2023-05-03")
    assert meta.issuer == "Afdeling advisering van de Raad van State"


def test_all_who_sign_are_people_with_their_offices(tmp_path: Path) -> None:
    assert known(tmp_path, MINISTERS_LETTER).people == (
        Person("S.Th.M. Hermans", "minister van Klimaat en Groene Groei"),
        Person("Mona Keijzer", "minister van Wonen en Ruimte"),
    )
    assert [each.name for each in known(tmp_path, SENATE_MOTION).people] == [
        "Van der Goot",
        "Kluit",
    ]


def test_bill_of_members_is_theirs(tmp_path: Path) -> None:
    text = NOTE_ON_REPORT.replace(
        "Wijziging van", "Voorstel van wet van het lid Jansen tot wijziging van"
    )
    assert str(known(tmp_path, text).author_kind) == "kamer"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("procedure_verslag_2023.txt", "Procedure verslag 2023"),
        ("voetnoot-cijfer-op-eigen-lijn.txt", "Voetnoot cijfer op eigen lijn"),
    ],
)
def test_name_of_the_file_is_the_title_of_last_resort(
    tmp_path: Path, name: str, title: str
) -> None:
    text = "de commissie besluit tot uitstel van het wetsvoorstel en vraagt om een brief."
    meta = known(tmp_path, text, name)
    assert (meta.title, meta.kind, meta.date, meta.issuer) == (title, "", "", "")
    assert str(meta.author_kind) == "onbekend"


@pytest.mark.parametrize(
    ("title", "signed", "expected"),
    [
        ("MOTIE VAN HET LID KOSTIC C.S.", "Kostić\nVan Kent", "Motie van het lid Kostić c.s."),
        ("MOTIE HET LID VAN BAARLE", "Van Baarle", "Motie van het lid Van Baarle"),
        ("MOTIE VAN ", "Holman", "Motie van het lid Holman"),
        (
            "GEWIJZIGDE MOTIE VAN DE LEDEN SIX DIJKSTA EN KATHMANN",
            "Six Dijkstra,\nKathmann",
            "Gewijzigde motie van de leden Six Dijkstra en Kathmann",
        ),
    ],
)
def test_motion_spells_its_submitters_as_they_sign(
    tmp_path: Path, title: str, signed: str, expected: str
) -> None:
    text = SENATE_MOTION.replace("MOTIE VAN HET LID VAN DER GOOT C.S.", title.strip())
    meta = known(tmp_path, text.replace("Van der Goot\nKluit", signed))
    assert meta.title == expected
    names = [each.strip(",") for each in signed.split("\n")]
    assert meta.people == tuple(Person(name, "indiener") for name in names)
