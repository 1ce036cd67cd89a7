"""Whose document it is decides whose view its sentences can give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.labels import Labeller, goes_together, label_passages
from search.labels.guards import guard_label
from search.labels.voices import voices_of
from search.records import (
    AuthorKind,
    Block,
    Document,
    Holder,
    Kind,
    Label,
    Metadata,
    Passage,
    Person,
    Section,
    Sentence,
    SourceMap,
    Span,
    Stance,
    Theme,
    ThemeOrigin,
)

PROMISE = Label(Holder.CABINET, Stance.COMMITMENT, 0.7, "kabinet", (Span(0, 3),))
FACT = Label(Holder.NONE, Stance.FACT, 0.6)
MOTION = Metadata(
    title="Motie van de leden Van Dijk en El Kanaal",
    kind="Motie",
    author_kind=AuthorKind.PARLIAMENT,
    people=(Person("Van Dijk", "indiener"), Person("El Kanaal", "indiener")),
)
SITTING = Metadata(
    kind="Handelingen",
    author_kind=AuthorKind.PARLIAMENT,
    people=(Person("Jansen", "ABC"), Person("De Vries", "minister van Water")),
)
FURTHER_REPORT = Metadata(kind="Nader rapport", author_kind=AuthorKind.ADVISOR)


def by(author: AuthorKind, issuer: str = "", *, kind: str = "", title: str = "") -> Metadata:
    return Metadata(author_kind=author, issuer=issuer, kind=kind, title=title)


def document_of(metadata: Metadata, *sentences: str, section: tuple[str, ...] = ()) -> Document:
    text = "\n\n".join(sentences)
    blocks, start = [], 0
    for each in sentences:
        blocks.append(Block(Kind.PARAGRAPH, start, start + len(each), 0))
        start += len(each) + 2
    sections = (Section(section, 0, len(text)),)
    return Document("d", "d.txt", text, metadata, sections, tuple(blocks), (), (), SourceMap(()))


def guarded(
    metadata: Metadata, *sentences: str, section: tuple[str, ...] = (), label: Label = PROMISE
) -> list[Label]:
    """Return what the guards make of a label of the model, for each sentence under one heading."""
    document = document_of(metadata, *sentences, section=section)
    places = [(section, Sentence(b.start, b.end)) for b in document.blocks]
    voices = voices_of(document, places)
    return [
        guard_label(text, sentence.start, label, voice)
        for text, (_, sentence), voice in zip(sentences, places, voices, strict=True)
    ]


def pairs(labels: list[Label]) -> list[tuple[Holder, Stance]]:
    return [(label.holder, label.stance) for label in labels]


NOBODY = (Holder.NONE, Stance.FACT)
ADVISES, FINDS = (Holder.PARLIAMENT, Stance.ADVICE), (Holder.PARLIAMENT, Stance.FINDING)


# Motions and amendments


def test_motion_requests_and_finds_for_its_submitters() -> None:
    lines = (
        "De Kamer,",
        "gehoord de beraadslaging,",
        "constaterende dat het kabinet de pont opheft;",
        "voorts overwegende dat fietsers omrijden;",
        "verzoekt de regering:",
        "- de pont te behouden;",
        "verzoekt de regering voorts een boot te kopen,",
        "en gaat over tot de orde van de dag.",
        "Van Dijk",
        "El Kanaal",
    )
    found = guarded(MOTION, *lines)
    assert pairs(found) == [
        *(NOBODY, NOBODY, FINDS, FINDS, ADVISES, ADVISES, ADVISES),
        *(NOBODY, NOBODY, NOBODY),
    ]
    assert {label.holder_name for label in found if label.holder is Holder.PARLIAMENT} == {
        "Van Dijk en El Kanaal"
    }
    text = "\n\n".join(lines)
    assert [text[c.start : c.end] for c in found[4].cues] == ["verzoekt de regering"]


def test_motion_in_one_sentence_requests() -> None:
    whole = (
        "De Kamer, gehoord de beraadslaging, constaterende dat de pont verdwijnt, "
        "verzoekt de regering de pont te behouden, en gaat over tot de orde van de dag."
    )
    assert pairs(guarded(MOTION, whole)) == [ADVISES]


def test_amendment_explains_for_its_submitter() -> None:
    amendment = replace(MOTION, kind="Amendement", people=(Person("Omtzigt", "indiener"),))
    change = "In artikel 3 wordt «twee» vervangen door «drie»."
    (changed,) = guarded(amendment, change)
    (explained,) = guarded(amendment, "De minister wil er twee.", section=("Toelichting",))
    assert pairs([changed, explained]) == [NOBODY, FINDS]
    assert explained.holder_name == "Omtzigt"


# Debates and consultations


@pytest.mark.parametrize(
    ("speaker", "said", "expected", "name"),
    [
        ("Mevrouw Jansen (ABC)", "De minister heeft dat toegezegd.", FINDS, "Jansen (ABC)"),
        ("De heer Jansen (ABC)", "Ik wil graag dat de minister maait.", ADVISES, "Jansen (ABC)"),
        (
            "Mevrouw Van 't Veld-de Graaf (D66)",
            "Ik ga dat doen.",
            FINDS,
            "Van 't Veld-de Graaf (D66)",
        ),
        ("De voorzitter", "Ik geef het woord aan de minister.", NOBODY, ""),
        ("Minister De Vries", "Ik ga dat doen.", (Holder.CABINET, Stance.COMMITMENT), "kabinet"),
        ("De heer De Vries", "Ik ga dat doen.", (Holder.CABINET, Stance.COMMITMENT), "kabinet"),
        ("Sloten", "Ik ga dat doen.", FINDS, "Kamer"),
    ],
)
def test_speaker_is_the_holder(
    speaker: str, said: str, expected: tuple[Holder, Stance], name: str
) -> None:
    (label,) = guarded(SITTING, said, section=("Sloten", speaker))
    assert (label.holder, label.stance, label.holder_name) == (*expected, name)


def test_minister_explains_what_no_one_else_says() -> None:
    section = ("Sloten", "Minister De Vries")
    own, told = guarded(
        SITTING,
        "Dat is lastig uitvoerbaar.",
        "Volgens de VNG is dat lastig.",
        section=section,
        label=Label(Holder.MUNICIPALITIES, Stance.FINDING, 0.5, "VNG"),
    )
    assert pairs([own]) == [(Holder.CABINET, Stance.EXPLANATION)]
    assert told.holder is Holder.MUNICIPALITIES


def test_turns_in_running_text_change_the_speaker() -> None:
    found = guarded(
        SITTING,
        "De heer Jansen (ABC): Voorzitter.",
        "Ik ga dat doen.",
        "Minister De Vries:",
        "Ik ga dat doen.",
        "De voorzitter:",
        "Ik ga dat doen.",
    )
    holders = [label.holder for label in found]
    assert holders == [
        *[Holder.PARLIAMENT] * 2,
        *[Holder.CABINET] * 2,
        *[Holder.NONE] * 2,
    ]


def test_motion_that_an_mp_reads_out() -> None:
    found = guarded(
        SITTING,
        "Ik heb een motie.",
        "De Kamer,",
        "overwegende dat sloten dichtgroeien,",
        "verzoekt de regering te maaien,",
        "en gaat over tot de orde van de dag.",
        "Dank u wel.",
        section=("Mevrouw Jansen (ABC)",),
    )
    assert pairs(found) == [FINDS, NOBODY, FINDS, ADVISES, NOBODY, FINDS]


@pytest.mark.parametrize(
    ("heading", "holder", "name"),
    [
        ("Vragen en opmerkingen van de leden van de VVD-fractie", Holder.PARLIAMENT, "VVD-fractie"),
        ("Inbreng van het lid Omtzigt", Holder.PARLIAMENT, "Omtzigt"),
        ("II Reactie van de minister", Holder.CABINET, "kabinet"),
        (
            "Vragen van de leden van de SP-fractie en reactie van de minister",
            Holder.CABINET,
            "kabinet",
        ),
        ("Besluiten", Holder.PARLIAMENT, "Kamer"),
    ],
)
def test_written_consultation(heading: str, holder: Holder, name: str) -> None:
    report = by(AuthorKind.PARLIAMENT, kind="Verslag")
    (label,) = guarded(report, "Dat gaat volgend jaar gebeuren.", section=(heading,))
    assert (label.holder, label.holder_name) == (holder, name)


@pytest.mark.parametrize("author", [AuthorKind.CABINET, AuthorKind.PARLIAMENT, AuthorKind.UNKNOWN])
def test_question_of_an_mp_is_the_kamers(author: AuthorKind) -> None:
    found = guarded(by(author), "Vraag 2", "De minister zegt dat toe.", "Antwoord 2", "Dat zal ik.")
    assert [label.holder for label in found][1::2] == [Holder.PARLIAMENT, Holder.CABINET]


def test_answers_without_a_mark_of_their_own_stay_the_cabinets() -> None:
    letter = by(AuthorKind.CABINET)
    found = guarded(letter, "Wat gaat u doen?", "Ik zal dat doen.", section=("Vraag 1",))
    assert found == [PROMISE, PROMISE]


def test_list_of_those_present_is_no_turn() -> None:
    report = by(AuthorKind.PARLIAMENT, kind="Verslag")
    found = guarded(report, "Minister De Vries", "Mevrouw Jansen (ABC)", "Dat komt er.")
    assert found[-1].holder_name == "Kamer"


# Texts of one author


@pytest.mark.parametrize(
    ("metadata", "expected", "name"),
    [
        (by(AuthorKind.MUNICIPALITY, "Gemeente Emmen"), Holder.MUNICIPALITIES, "Gemeente Emmen"),
        (
            by(AuthorKind.PARTY, title="Programma van de Slotenpartij 1952"),
            Holder.OTHER,
            "Slotenpartij",
        ),
        (by(AuthorKind.ADVISOR, "RIVM"), Holder.ADVISOR, "RIVM"),
        (by(AuthorKind.COURT), Holder.OTHER, "rechter"),
        (by(AuthorKind.OTHER, "Kiesraad"), Holder.OTHER, "Kiesraad"),
        (by(AuthorKind.UNKNOWN), Holder.OTHER, ""),
    ],
)
def test_own_promise_is_the_authors(metadata: Metadata, expected: Holder, name: str) -> None:
    (label,) = guarded(metadata, "Wij maken daarvoor geld vrij.")
    assert (label.holder, label.holder_name) == (expected, name)
    assert label.cues == ()


def test_unmarked_sentence_of_an_unknown_author_is_nobodys() -> None:
    assert pairs(guarded(by(AuthorKind.UNKNOWN), "De brug wordt in mei geopend.")) == [NOBODY]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (AuthorKind.MUNICIPALITY, Holder.NONE),
        (AuthorKind.PARTY, Holder.OTHER),
        (AuthorKind.ADVISOR, Holder.CABINET),
        (AuthorKind.COURT, Holder.CABINET),
        (AuthorKind.OTHER, Holder.CABINET),
        (AuthorKind.UNKNOWN, Holder.CABINET),
    ],
)
def test_cabinet_that_is_named(author: AuthorKind, expected: Holder) -> None:
    (label,) = guarded(by(author), "Het kabinet trekt daarvoor geld uit.")
    assert label.holder is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Een volgend kabinet trekt daarvoor geld uit.",
        "De minister moet daarvoor geld uittrekken.",
        "Geld daarvoor hebben wij aan het kabinet gevraagd.",
    ],
)
def test_cabinet_that_does_not_speak(sentence: str) -> None:
    (label,) = guarded(by(AuthorKind.ADVISOR, "SER"), sentence)
    assert label.holder is Holder.ADVISOR


def test_law_has_no_holder() -> None:
    law = by(AuthorKind.OTHER, kind="Wet")
    assert pairs(guarded(law, "De minister stelt hierover regels.")) == [NOBODY]


def test_question_in_a_text_of_another_is_not_the_kamers() -> None:
    asked = Label(Holder.PARLIAMENT, Stance.FINDING, 1.0, "Kamer", (Span(0, 17),))
    (own,) = guarded(by(AuthorKind.MUNICIPALITY), "Hebt u nog vragen?", label=asked)
    (told,) = guarded(by(AuthorKind.MUNICIPALITY), "Wat vindt de Tweede Kamer?", label=asked)
    assert (own.holder, told.holder) == (Holder.NONE, Holder.PARLIAMENT)


def test_labels_of_a_cabinets_document_stay() -> None:
    letter = by(AuthorKind.CABINET)
    for label in (PROMISE, FACT, Label(Holder.ADVISOR, Stance.FINDING, 0.5, "WRR")):
        assert guarded(letter, "Dit is belangrijk.", label=label) == [label]


@pytest.mark.parametrize(
    "metadata",
    [
        Metadata(kind="Brief regering"),
        Metadata(title="Kabinetsreactie op het advies Sloten"),
        Metadata(people=(Person("A. de Vries", "Minister van Water"),)),
    ],
)
def test_sign_of_the_cabinet_is_enough_where_the_author_is_unknown(metadata: Metadata) -> None:
    assert guarded(metadata, "Ik zal de sloten laten maaien.") == [PROMISE]


@pytest.mark.parametrize("heading", ["Kabinetsreactie", "Standpunt van de minister"])
def test_section_of_the_cabinet_in_a_text_of_another(heading: str) -> None:
    ruling = by(AuthorKind.COURT)
    assert guarded(ruling, "Dat is belangrijk.", section=(heading,)) == [PROMISE]


# Advice of the Raad van State with the minister's report on it


def test_advice_and_reaction_are_told_apart() -> None:
    found = guarded(
        FURTHER_REPORT,
        "De tekst van het advies treft u hieronder aan, voorzien van mijn reactie.",
        "Bij Kabinetsmissive van 13 juli is het voorstel aanhangig gemaakt.",
        "1. Noodzaak",
        "Het voorstel regelt dat niet.",
        "Reactie:",
        "Het voorstel is aangepast.",
        "2. De toelichting gaat daar niet op in.",
        "Reactie:",
        "Dat is gedaan.",
        "De vice-president van de Raad van State, T. de Graaf",
        "Ik moge U verzoeken het voorstel aan de Kamer te zenden.",
    )
    holders = [label.holder.value[:3] for label in found]
    assert holders == ["kab", *["adv"] * 3, "kab", "kab", "adv", "kab", "kab", "adv", "kab"]
    assert {label.holder_name for label in found if label.holder is Holder.ADVISOR} == {
        "Raad van State"
    }


@pytest.mark.parametrize(
    ("said", "holder"),
    [
        ("De Afdeling volgt hiermee het oordeel van de toezichthouder.", Holder.ADVISOR),
        ("De Afdeling merkt terecht op dat dit ontbreekt.", Holder.CABINET),
    ],
)
def test_reaction_that_retells_the_advice(said: str, holder: Holder) -> None:
    assert guarded(FURTHER_REPORT, "Reactie:", said)[1].holder is holder


def test_reaction_with_the_number_of_its_point() -> None:
    found = guarded(
        FURTHER_REPORT,
        "1. De Afdeling adviseert dit te regelen.",
        "1. Aan dit advies is gevolg gegeven.",
        "2. De toelichting is te kort.",
        "2. De toelichting is aangevuld.",
    )
    holders = [label.holder for label in found]
    assert holders == [Holder.ADVISOR, Holder.CABINET] * 2


def test_numbers_within_an_advice_open_no_reaction() -> None:
    found = guarded(
        FURTHER_REPORT,
        "1. Het voorstel is te ruim.",
        "1. Het begrip is onduidelijk;",
        "2. De termijn ontbreekt.",
        "Reactie:",
        "Dat is aangepast.",
        section=("Inhoud",),
    )
    holders = [label.holder.value[:3] for label in found]
    assert holders == ["adv", "adv", "adv", "kab", "kab"]


def test_model_is_told_of_a_reaction() -> None:
    sentences = ("1. De Afdeling adviseert dit te regelen.", "Reactie:", "Dat is gebeurd.")
    document = document_of(FURTHER_REPORT, *sentences)
    voices = voices_of(document, [((), Sentence(b.start, b.end)) for b in document.blocks])
    assert [voice.section for voice in voices] == ["", "Reactie", "Reactie"]


# Together


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(AuthorKind),
    st.sampled_from(["", "Motie", "Handelingen", "Nader rapport", "Wet"]),
    st.lists(st.text(max_size=80), min_size=1, max_size=4),
    st.sampled_from(["", "Antwoord op vraag 1", "De heer Jansen (ABC)", "Minister De Vries"]),
)
def test_any_text_keeps_labels_that_go_together(
    author: AuthorKind, kind: str, texts: list[str], heading: str
) -> None:
    section = (heading,) if heading else ()
    for label in (PROMISE, FACT, Label(Holder.PARLIAMENT, Stance.ADVICE, 1.0, "Kamer")):
        for found in guarded(by(author, kind=kind), *texts, section=section, label=label):
            assert goes_together(found.holder, found.stance)


def test_labels_of_an_index_are_guarded(labeller: Labeller) -> None:
    text = "verzoekt de regering de pont te behouden,"
    document = document_of(MOTION, text)
    sentence = Sentence(0, len(text))
    passage = Passage(
        0,
        "d",
        Kind.PARAGRAPH,
        0,
        len(text),
        text,
        (),
        (sentence,),
        Theme("Water", ThemeOrigin.ESTIMATED),
    )
    (labelled,) = label_passages(document, [passage], labeller)
    label = labelled.sentences[0].label
    assert label is not None
    assert (label.holder, label.stance) == ADVISES
    assert [text[c.start : c.end] for c in label.cues] == ["verzoekt de regering"]
