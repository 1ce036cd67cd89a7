"""Sentences that are easily mislabelled: whose view it is, and what stance."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths import SHARED

from search.engine import Engine
from search.labels import (
    LABELS,
    Labeller,
    Statement,
    asked_holder,
    goes_together,
    label_statements,
    read_cues,
)
from search.records import Holder, Label, Passage, Sentence, Stance

LABELLED = SHARED / "eval" / "stance-dev.tsv"
KNOWS = "Kent u het bericht “Wachtlijsten groeien”?"
THINKS = "Deelt u de mening dat de wachtlijsten te lang zijn? Zo nee, waarom niet?"
WILLING = "Bent u bereid om extra geld uit te trekken? Zo nee, waarom niet?"


def labels(
    labeller: Labeller, *sentences: str, section: str = "", question: str = ""
) -> list[Label]:
    """Label the sentences of one small document under one heading."""
    statements = [Statement(text, (section,) if section else (), question) for text in sentences]
    return label_statements(statements, labeller)


def pairs(found: list[Label]) -> list[tuple[str, str]]:
    return [(label.holder.value, label.stance.value) for label in found]


def test_the_section_counts(labeller: Labeller) -> None:
    unmarked = "Het aantal leraren is de afgelopen decennia sterk afgenomen."
    opening = "In het rapport beschrijft de Onderwijsraad het tekort aan leraren."
    council = labels(labeller, opening, unmarked, section="Het rapport")
    assert [label.holder for label in council] == [Holder.ADVISOR, Holder.ADVISOR]
    value = "Goed onderwijs is van groot belang voor de toekomst van ieder kind."
    (own,) = labels(labeller, value, section="Appreciatie")
    assert own.holder is Holder.CABINET


def test_reported_speech_carries_on_until_the_speaker_changes(labeller: Labeller) -> None:
    found = labels(
        labeller,
        "De WRR stelt dat de samenleving verandert.",
        "Bovendien is de aard van de migratie veranderd.",
        "Het kabinet onderschrijft deze conclusie.",
        section="Het rapport",
    )
    holders = [label.holder for label in found]
    assert holders == [Holder.ADVISOR, Holder.ADVISOR, Holder.CABINET]
    assert found[1].holder_name == "WRR"


@pytest.mark.parametrize(
    ("sentence", "holder", "stance"),
    [
        (
            "De WRR merkt terecht op dat het beleid is ingebed in Europese regels.",
            "kabinet",
            "steun",
        ),
        ("Het kabinet onderschrijft de conclusie van de WRR.", "kabinet", "steun"),
        (
            "De WRR adviseert een onderzoek naar de wenselijkheid van zulke bedrijven.",
            "adviesorgaan",
            "aanbeveling",
        ),
        ("Besluitvorming hierover is aan een volgend kabinet.", "kabinet", "doorgeschoven"),
        (
            "Ook deze aanbeveling behoeft echter nader onderzoek en overleg.",
            "kabinet",
            "nader_onderzoek",
        ),
        ("Het kabinet neemt deze aanbeveling niet over.", "kabinet", "afwijzing"),
    ],
)
def test_a_sentence_says_whose_view_it_is(
    labeller: Labeller, sentence: str, holder: str, stance: str
) -> None:
    assert pairs(labels(labeller, sentence, section="Appreciatie")) == [(holder, stance)]


def test_who_subscribes_to_values_takes_no_stand(labeller: Labeller) -> None:
    sentence = (
        "Het kabinet heeft zich deze kabinetsperiode ingespannen dat iedereen die waarden "
        "kent en onderschrijft, onder andere via de nieuwe inburgeringswet."
    )
    (label,) = labels(labeller, sentence, section="Appreciatie")
    assert not label.is_cabinet_stance


def test_an_imperative_list_is_advice(labeller: Labeller) -> None:
    found = labels(
        labeller,
        "De raad doet de volgende aanbevelingen:",
        "Verbeter de ontvangst van alle nieuwkomers.",
        "Stimuleer de sociale samenhang in wijken.",
        section="Het rapport",
    )
    assert set(pairs(found)) == {("adviesorgaan", "aanbeveling")}


def test_an_mp_asks_and_answers_nothing(labeller: Labeller) -> None:
    found = labels(
        labeller, THINKS.partition("? ")[0] + "?", "Hoeveel kinderen wachten er, volgens u?"
    )
    assert [label.holder for label in found] == [Holder.PARLIAMENT, Holder.PARLIAMENT]
    assert [label.stance for label in found] == [Stance.ADVICE, Stance.FINDING]


def test_a_next_cabinet_is_another_holder_than_this_one(labeller: Labeller) -> None:
    following, this = labels(
        labeller,
        "Besluitvorming hierover is dan ook aan een volgend kabinet.",
        "Hier heeft dit kabinet stevig op ingezet.",
        section="Appreciatie",
    )
    assert following.holder_name == "volgend kabinet"
    assert this.holder_name == "kabinet"


@pytest.mark.parametrize(
    ("question", "answer", "stance"),
    [
        (KNOWS, "Ja.", "toelichting"),
        (THINKS, "Ja, die mening deel ik.", "steun"),
        (THINKS, "Nee, ik deel deze mening niet.", "afwijzing"),
        (THINKS, "Ik deel de mening niet dat de wachtlijsten te lang zijn.", "afwijzing"),
        (WILLING, "Ik zie geen aanleiding om extra geld uit te trekken.", "afwijzing"),
        (WILLING, "Ik ben bereid om hierover met gemeenten in gesprek te gaan.", "toezegging"),
    ],
)
def test_a_minister_in_the_first_person(
    labeller: Labeller, question: str, answer: str, stance: str
) -> None:
    found = labels(labeller, answer, section="Antwoord op vraag 1", question=question)
    assert pairs(found) == [("kabinet", stance)]


def test_a_passage_shows_support_and_then_the_reservation(engine: Engine) -> None:
    answer = engine.ask("gedifferentieerde inburgeringsvoorzieningen voor alle migranten")
    passage = next(h.passage for h in answer.hits if "waardevol gezien. Ook deze" in h.passage.text)
    own = [x.stance for x in passage.labels if x.holder is Holder.CABINET]
    assert own.index(Stance.SUPPORT) < own.index(Stance.RESEARCH)


def test_labels_of_a_passage_come_once_and_in_order(engine: Engine) -> None:
    first = Label(Holder.CABINET, Stance.SUPPORT, 0.9)
    second = Label(Holder.CABINET, Stance.RESEARCH, 0.8)
    hit = engine.ask("inburgering").hits[0].passage
    sentences = (
        Sentence(0, 1, first),
        Sentence(1, 2, second),
        Sentence(2, 3, first),
        Sentence(3, 4),
    )
    passage = Passage(0, "d", hit.kind, 0, 4, "abcd", (), sentences, hit.theme)
    assert passage.labels == (first, second)


@pytest.mark.skipif(not LABELLED.is_file(), reason="the labelled sentences lie outside the project")
def test_no_sentence_of_the_council_passes_for_the_cabinets(engine: Engine) -> None:
    with LABELLED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    others = {r["sentence"] for r in rows if r["holder"] != "kabinet"}
    overview = engine.stances("Wat vindt het kabinet van richtgetallen?")
    assert overview.cabinet
    assert not {view.quote.text for view in overview.cabinet} & others
    assert {view.label.holder_name for view in overview.others} == {"WRR"}


def test_only_running_text_has_labels(engine: Engine) -> None:
    document = engine.document("kst-29861-70")
    kinds = {b.kind.value for b in document.blocks}
    assert {"voetnoot", "ondertekening"} <= kinds
    labelled = 0
    for hit in (
        *engine.ask("Kamerstuk voetnoot", top=100).hits,
        *engine.ask("minister", top=100).hits,
    ):
        has = [sentence.label is not None for sentence in hit.passage.sentences]
        assert all(has) if hit.passage.kind in ("alinea", "lijst") else not any(has)
        labelled += any(has)
    assert labelled


def test_cues_lie_within_their_sentence_and_labels_are_the_same_each_time(
    labeller: Labeller,
) -> None:
    sentence = "Het kabinet onderschrijft deze conclusie, maar plaatst er een kanttekening bij."
    (one,), (other,) = labels(labeller, sentence), labels(labeller, sentence)
    assert one == other
    assert one.cues
    assert all(0 <= cue.start < cue.end <= len(sentence) for cue in one.cues)
    assert 0 < one.probability <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_any_text_gets_labels_that_go_together(labeller: Labeller, texts: list[str]) -> None:
    statements = [Statement(text) for text in texts]
    for text, label in zip(texts, label_statements(statements, labeller), strict=True):
        assert goes_together(label.holder, label.stance)
        assert all(0 <= cue.start <= cue.end <= len(text) for cue in label.cues)


@pytest.mark.slow
def test_a_long_sentence_is_read_in_time(labeller: Labeller) -> None:
    statement = Statement("het kabinet stelt dat de WRR " * 400)
    (label,) = label_statements([statement], labeller)
    assert goes_together(label.holder, label.stance)


def test_what_is_shipped_is_small() -> None:
    assert LABELS.adapters.stat().st_size < 8_000_000
    assert len((files("search.labels") / "stances.json").read_text(encoding="utf-8")) < 100_000


def test_every_cue_is_sound() -> None:
    cues = read_cues()
    assert len(cues) > 200
    assert {cue.stance for cue in cues} == set(Stance)
    assert all(1 <= cue.weight <= 3 for cue in cues)
    assert all(not cue.pattern.search("") for cue in cues)


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("Wat vindt het kabinet van richtgetallen?", Holder.CABINET),
        ("Welke twee opties schetst de WRR voor het asielbeleid?", Holder.ADVISOR),
        ("Wat is het standpunt van het kabinet over segregatie?", Holder.CABINET),
    ],
)
def test_a_question_after_a_view_is_answered_with_that_view(
    engine: Engine, question: str, holder: Holder
) -> None:
    answer = engine.ask(question)
    assert answer.quote is not None
    quote, hit = answer.quote, answer.hits[0]
    inside = [
        sentence.label.holder
        for sentence in hit.passage.sentences
        if sentence.label and quote.start <= sentence.start < quote.end
    ]
    assert set(inside) == {holder}


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("Volgens de VNG hoeft dat niet?", Holder.MUNICIPALITIES),
        ("Wat doet de politie?", None),
        ("Hoeveel banen kwamen erbij?", None),
    ],
)
def test_whose_view_is_asked_for(question: str, holder: Holder | None) -> None:
    assert asked_holder(question) is holder
