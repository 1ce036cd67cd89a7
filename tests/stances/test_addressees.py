"""Who answers whom: which recommendations a sentence can react to, by the form of its text."""

from __future__ import annotations

from search.records import (
    AuthorKind,
    Block,
    Document,
    Holder,
    Kind,
    Label,
    Metadata,
    Passage,
    Section,
    Sentence,
    SourceMap,
    Stance,
    Theme,
    ThemeOrigin,
)
from search.stances.addressees import CANNOT, MAY, NAMED, Addressees
from search.stances.labelled_text import LabelledText
from search.stances.recommendations import Recommendation, find_recommendations

Line = tuple[str, str, Label]
"""A heading, a sentence under it, and the sentence's label."""

WISH = Label(Holder.PARLIAMENT, Stance.ADVICE, 1.0, "Kamer")
ADVICE = Label(Holder.ADVISOR, Stance.ADVICE, 1.0, "SER")
PROMISE = Label(Holder.CABINET, Stance.COMMITMENT, 1.0, "kabinet")
NOTHING = Label(Holder.NONE, Stance.FACT, 1.0)


def read(metadata: Metadata, *lines: Line) -> tuple[Document, LabelledText]:
    """Make a document of lines, each a paragraph and a passage of its own."""
    text = "\n\n".join(sentence for _, sentence, _ in lines)
    sections: list[Section] = []
    blocks, passages, start = [], [], 0
    for number, (heading, sentence, label) in enumerate(lines):
        path, end = ((heading,) if heading else ()), start + len(sentence)
        if not sections or sections[-1].path != path:
            sections.append(Section(path, start, len(text)))
        blocks.append(Block(Kind.PARAGRAPH, start, end, len(sections) - 1))
        own = (Sentence(start, end, label),)
        theme = Theme("", ThemeOrigin.ESTIMATED)
        passages.append(
            Passage(number, "d", Kind.PARAGRAPH, start, end, sentence, path, own, theme)
        )
        start = end + 2
    document = Document(
        "d", "d.txt", text, metadata, tuple(sections), tuple(blocks), (), (), SourceMap(())
    )
    return document, LabelledText(document, passages)


def links(metadata: Metadata, *lines: Line) -> dict[tuple[str, str], int]:
    """Return what there can be between sentences of the cabinet and recommendations, by words."""
    document, text = read(metadata, *lines)
    found = find_recommendations(text, document)
    table = Addressees(document, text).of(found)
    return {
        (text.text(place), each.words(text)): int(table[place, i])
        for place, labelled in enumerate(text.sentences)
        for i, each in enumerate(found)
        if labelled.label.holder is Holder.CABINET
    }


ANSWERS = Metadata(kind="Antwoord op Kamervragen", author_kind=AuthorKind.CABINET)
SITTING = Metadata(kind="Handelingen", author_kind=AuthorKind.PARLIAMENT)


def test_answer_is_about_its_own_question() -> None:
    found = links(
        ANSWERS,
        ("Vraag 1", "Bent u bereid de sloten te maaien?", WISH),
        ("Antwoord op vraag 1", "Dat zal ik doen.", PROMISE),
        ("Vraag 2", "Deelt u de mening dat er te weinig bruggen zijn?", WISH),
        ("Antwoord op vraag 2", "Ik zal er vier bouwen.", PROMISE),
    )
    assert found == {
        ("Dat zal ik doen.", "Bent u bereid de sloten te maaien?"): NAMED,
        ("Dat zal ik doen.", "Deelt u de mening dat er te weinig bruggen zijn?"): CANNOT,
        ("Ik zal er vier bouwen.", "Bent u bereid de sloten te maaien?"): CANNOT,
        ("Ik zal er vier bouwen.", "Deelt u de mening dat er te weinig bruggen zijn?"): NAMED,
    }


def test_answer_to_two_wishes_together_may_be_about_either() -> None:
    found = links(
        ANSWERS,
        ("Vraag 1", "Bent u bereid te maaien?", WISH),
        ("Vraag 2", "Bent u bereid te baggeren?", WISH),
        ("Antwoord op vraag 1 en 2", "Dat zal ik doen.", PROMISE),
    )
    assert set(found.values()) == {MAY}


DEBATE: tuple[Line, ...] = (
    ("De heer Jansen (ABC)", "De Kamer,", NOTHING),
    ("De heer Jansen (ABC)", "verzoekt de regering te maaien,", WISH),
    ("De heer Jansen (ABC)", "en gaat over tot de orde van de dag.", NOTHING),
    ("De voorzitter", "Zij krijgt nr. 7 (30000).", NOTHING),
    ("Mevrouw Pieters (DEF)", "De Kamer,", NOTHING),
    ("Mevrouw Pieters (DEF)", "verzoekt de regering te baggeren,", WISH),
    ("Mevrouw Pieters (DEF)", "en gaat over tot de orde van de dag.", NOTHING),
    ("De voorzitter", "Zij krijgt nr. 8 (30000).", NOTHING),
)


def test_minister_speaks_of_the_motion_whose_number_she_names() -> None:
    found = links(
        SITTING,
        *DEBATE,
        ("Minister De Vries", "Ik begin met de moties.", PROMISE),
        ("Minister De Vries", "De motie op stuk nr. 8 gaat over baggeren.", PROMISE),
        ("Minister De Vries", "Die ontraad ik.", PROMISE),
        ("Minister De Vries", "Over stuk nr. 7 laat ik het oordeel aan de Kamer.", PROMISE),
    )
    said = {sentence: advice for (sentence, advice), link in found.items() if link == NAMED}
    assert said == {
        "Die ontraad ik.": "verzoekt de regering te baggeren,",
        "Over stuk nr. 7 laat ik het oordeel aan de Kamer.": "verzoekt de regering te maaien,",
    }
    assert MAY not in found.values()


def test_member_who_interrupts_is_answered() -> None:
    found = links(
        SITTING,
        ("Minister De Vries", "Ik ga dat doen.", PROMISE),
        ("De heer Jansen (ABC)", "Kan de minister ook baggeren?", WISH),
        ("Minister De Vries", "Dat doe ik graag.", PROMISE),
    )
    wish = "Kan de minister ook baggeren?"
    assert found == {("Ik ga dat doen.", wish): CANNOT, ("Dat doe ik graag.", wish): MAY}


def test_after_a_round_of_members_the_one_who_is_named_is_answered() -> None:
    found = links(
        SITTING,
        ("De heer Jansen (ABC)", "Kan de minister baggeren?", WISH),
        ("Mevrouw Pieters (DEF)", "Kan de minister maaien?", WISH),
        ("Minister De Vries", "Dank u wel.", PROMISE),
        ("Minister De Vries", "Met de heer Jansen ben ik het eens.", PROMISE),
        ("Minister De Vries", "Nu iets anders.", PROMISE),
    )
    assert {pair for pair, link in found.items() if link != CANNOT} == {
        ("Met de heer Jansen ben ik het eens.", "Kan de minister baggeren?")
    }


def test_motion_in_the_ministers_own_words_is_not_advice_beside_the_motion() -> None:
    document, text = read(
        SITTING,
        *DEBATE,
        ("Minister De Vries", "De motie op stuk nr. 8 verzoekt om baggeren.", WISH),
        ("Minister De Vries", "De motie op stuk nr. 9 verzoekt om een brug.", WISH),
    )
    found = find_recommendations(text, document)
    told = [found[i].words(text) for i in Addressees(document, text).renderings(found)]
    assert told == ["De motie op stuk nr. 8 verzoekt om baggeren."]


def test_reaction_is_to_the_part_of_the_advice_before_it() -> None:
    found = links(
        Metadata(kind="Nader rapport", author_kind=AuthorKind.ADVISOR),
        ("", "1. De Afdeling adviseert te maaien.", ADVICE),
        ("", "Reactie:", NOTHING),
        ("", "Er wordt gemaaid.", PROMISE),
        ("", "2. De Afdeling adviseert te baggeren.", ADVICE),
        ("", "Reactie:", NOTHING),
        ("", "Er wordt gebaggerd.", PROMISE),
    )
    assert {pair for pair, link in found.items() if link == NAMED} == {
        ("Er wordt gemaaid.", "1. De Afdeling adviseert te maaien."),
        ("Er wordt gebaggerd.", "2. De Afdeling adviseert te baggeren."),
    }


def test_others_who_tell_what_the_cabinet_does_are_not_its_reaction() -> None:
    report = Metadata(author_kind=AuthorKind.ADVISOR, issuer="SER")
    document, text = read(
        report,
        ("", "De SER adviseert te maaien.", ADVICE),
        ("", "Het kabinet maait al.", PROMISE),
    )
    addressees = Addressees(document, text)
    assert not addressees.has_cabinet
    assert (addressees.of([Recommendation((0,), ())]) == CANNOT).all()
