"""What labels never are, in each kind of document, whatever the model makes of a sentence.

Every sentence goes through `label_passages`, with a model that always gives the same label: the one
that would be worst there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from search.labels import Grammar, Labeller, Regression, Statement, label_passages
from search.labels.label_reader import HOLDERS, STANCES, Reading
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
    Stance,
    Theme,
    ThemeOrigin,
)

Pair = tuple[Holder, Stance]
PROMISE = (Holder.CABINET, Stance.COMMITMENT)
SUPPORT = (Holder.CABINET, Stance.SUPPORT)
REJECTION = (Holder.CABINET, Stance.REJECTION)
EXPLANATION = (Holder.CABINET, Stance.EXPLANATION)
RESEARCH = (Holder.CABINET, Stance.RESEARCH)
EXISTING = (Holder.CABINET, Stance.EXISTING)
DEFERRED = (Holder.CABINET, Stance.DEFERRED)


class Always:
    """Gives every sentence the same holder and stance."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair

    def read(
        self,
        statements: Sequence[Statement],
        wanted: Sequence[bool] = (),  # noqa: ARG002
    ) -> Reading:
        """Return readings that leave no doubt."""
        return Reading(
            *(
                np.array([[0.0 if name is own else -20.0 for name in names]] * len(statements))
                for names, own in zip((HOLDERS, STANCES), self._pair, strict=True)
            )
        )


def always(pair: Pair) -> Labeller:
    """Return what labels every sentence so, but for the rules and guards."""

    def regression(names: Sequence[str], wanted: str) -> Regression:
        intercepts = np.array([20.0 * (name == wanted) for name in names], np.float32)
        return Regression(tuple(names), np.zeros((len(names), 0), np.float32), intercepts)

    grammar = Grammar((), regression(HOLDERS, pair[0]), regression(STANCES, pair[1]))
    return Labeller(grammar, Always(pair))


def labelled(metadata: Metadata, *lines: str, says: Pair = PROMISE) -> list[Label]:
    """Return the labels of lines, each a paragraph; "# " before one makes it a heading.

    A paragraph's sentences are parted by " | ".
    """
    text, blocks, sections = "", [], [Section((), 0, 0)]
    passages: list[Passage] = []
    for line in lines:
        start = len(text)
        if line.startswith("# "):
            text += line[2:] + "\n\n"
            sections.append(Section((line[2:],), start, 0))
            blocks.append(Block(Kind.HEADING, start, len(text) - 2, len(sections) - 1))
            continue
        spans = []
        for sentence in line.split(" | "):
            spans.append(Sentence(len(text), len(text) + len(sentence)))
            text += sentence + " "
        text = text[:-1] + "\n\n"
        end = len(text) - 2
        blocks.append(Block(Kind.PARAGRAPH, start, end, len(sections) - 1))
        theme, path = Theme("", ThemeOrigin.ESTIMATED), sections[-1].path
        passages.append(
            Passage(len(passages), "d", Kind.PARAGRAPH, start, end, "", path, tuple(spans), theme)
        )
    document = Document(
        "d", "d.txt", text, metadata, tuple(sections), tuple(blocks), (), (), SourceMap(())
    )
    found = label_passages(document, passages, always(says))
    sentences = [sentence for passage in found for sentence in passage.sentences]
    return [sentence.label for sentence in sentences if sentence.label]


def only(metadata: Metadata, *lines: str, says: Pair = PROMISE) -> tuple[Holder, Stance]:
    """Return the holder and the stance of the last sentence."""
    label = labelled(metadata, *lines, says=says)[-1]
    return label.holder, label.stance


LETTER = Metadata(kind="Brief regering", author_kind=AuthorKind.CABINET)
ANSWERS = Metadata(kind="Antwoord op Kamervragen", author_kind=AuthorKind.CABINET)
SITTING = Metadata(
    kind="Handelingen",
    author_kind=AuthorKind.PARLIAMENT,
    people=(Person("Jansen", "ABC"), Person("De Vries", "minister van Water")),
)
MOTION = Metadata(
    title="Motie van het lid Jansen",
    kind="Motie",
    author_kind=AuthorKind.PARLIAMENT,
    people=(Person("Jansen", "indiener"),),
)
AMENDMENT = replace(MOTION, title="Amendement van het lid Jansen", kind="Amendement")
TOWN = Metadata(author_kind=AuthorKind.MUNICIPALITY, issuer="Gemeente Emmen")
PARTY = Metadata(author_kind=AuthorKind.PARTY, title="Programma van de Slotenpartij 2025")
KAMER_LETTER = Metadata(kind="Brief Kamer", author_kind=AuthorKind.PARLIAMENT)
QUESTIONS = Metadata(kind="Kamervragen", author_kind=AuthorKind.PARLIAMENT)
ADVICE = Metadata(author_kind=AuthorKind.ADVISOR, issuer="SER")


# Never the cabinet

CABINET_LIKE = (
    "Het kabinet zal de pont bij Kadoelen behouden.",
    "De minister onderschrijft dat de sloten te laat worden gemaaid.",
    "Ik ben niet bereid daar geld voor uit te trekken.",
    "Wij zeggen toe dat de brug er in 2026 komt.",
    "De regering ziet geen aanleiding om dit te veranderen.",
    "Dit is van groot belang voor de leefbaarheid.",
    "Volgens de minister gaat de pont in mei weer varen.",
    "Een volgend kabinet moet hierover beslissen.",
    "Voor het zomerreces ontvangt de Kamer hierover een brief.",
)


@pytest.mark.parametrize("sentence", CABINET_LIKE)
@pytest.mark.parametrize(
    ("metadata", "before"),
    [
        (MOTION, ("De Kamer,",)),
        (MOTION, ("De Kamer,", "verzoekt de regering:")),
        (MOTION, ("De Kamer,", "constaterende dat de pont verdwijnt;", "# Toelichting")),
        (replace(MOTION, author_kind=AuthorKind.UNKNOWN, kind=""), ("De Kamer,",)),
        (AMENDMENT, ("# Toelichting",)),
        (SITTING, ("# De heer Jansen (ABC)",)),
        (SITTING, ("# Mevrouw Van 't Veld-De Graaf (D66)", "Voorzitter.")),
        (SITTING, ("# De voorzitter",)),
        (SITTING, ("# Minister De Vries", "Dank u wel.", "De heer Jansen (ABC):")),
        (SITTING, ("# De heer Jansen (ABC)", "De Kamer,", "overwegende dat sloten groeien,")),
        (ANSWERS, ("# Vraag 2",)),
        (QUESTIONS, ("# Vraag 1",)),
        (QUESTIONS, ()),
        (KAMER_LETTER, ()),
        (
            Metadata(kind="Verslag", author_kind=AuthorKind.PARLIAMENT),
            ("# Inbreng van de leden van de ABC-fractie",),
        ),
        (TOWN, ()),
        (TOWN, ("# Reactie van het college",)),
        (PARTY, ()),
        (PARTY, ("# Wonen",)),
    ],
)
def test_text_of_another_is_never_the_cabinets(
    metadata: Metadata, before: tuple[str, ...], sentence: str
) -> None:
    labels = labelled(
        metadata, *before, sentence, *("Antwoord 2", "Ja.")[: 2 * (metadata is ANSWERS)]
    )
    last = labels[-3] if metadata is ANSWERS else labels[-1]
    assert last.holder is not Holder.CABINET


@pytest.mark.parametrize("sentence", CABINET_LIKE[:5])
@pytest.mark.parametrize(
    ("metadata", "before"),
    [
        (LETTER, ()),
        (SITTING, ("# Minister De Vries",)),
        (ANSWERS, ("# Vraag 2", "Wilt u dat doen?", "# Antwoord op vraag 2")),
        (
            Metadata(kind="Verslag", author_kind=AuthorKind.PARLIAMENT),
            ("# II Reactie van de minister",),
        ),
    ],
)
def test_cabinet_speaks_where_it_does(
    metadata: Metadata, before: tuple[str, ...], sentence: str
) -> None:
    assert only(metadata, *before, sentence)[0] is Holder.CABINET


# The next cabinet, and the one before


@pytest.mark.parametrize("says", [PROMISE, SUPPORT, RESEARCH, REJECTION])
@pytest.mark.parametrize(
    "sentence",
    [
        "Een volgend kabinet zal de bruggen vervangen.",
        "Het is aan een nieuw kabinet om hierover te beslissen.",
        "Hierover beslist het komende kabinet.",
        "Mijn ambtsopvolger zal uw Kamer hierover informeren.",
    ],
)
def test_what_a_next_cabinet_does_is_left_to_it(sentence: str, says: Pair) -> None:
    (label,) = labelled(LETTER, sentence, says=says)
    assert (label.holder, label.stance) in (DEFERRED, says)
    if "zal" in sentence or "beslist" in sentence:
        assert (label.stance, label.holder_name) == (Stance.DEFERRED, "volgend kabinet")


@pytest.mark.parametrize("metadata", [TOWN, PARTY, ADVICE, KAMER_LETTER])
def test_next_cabinet_has_no_view_in_a_text_of_another(metadata: Metadata) -> None:
    assert only(metadata, "Een volgend kabinet zal daar geld voor vrijmaken.")[0] is not (
        Holder.CABINET
    )


def test_promise_of_the_cabinet_before_does_not_bind_this_one() -> None:
    (label,) = labelled(LETTER, "Het vorige kabinet heeft toegezegd de sloten te maaien.")
    assert (label.stance, label.holder_name) == (Stance.EXISTING, "vorig kabinet")


# A letter that is quoted


QUOTATIONS = (
    "De minister schrijft in haar brief van 3 mei: «De pont is van groot belang.",
    "Zij blijft dan ook varen.",
    "Daarvoor is geld gereserveerd.»",
    "De commissie vraagt wanneer dat gebeurt.",
)


@pytest.mark.parametrize("metadata", [KAMER_LETTER, ADVICE])
def test_letter_of_the_cabinet_that_another_quotes_is_attributed(metadata: Metadata) -> None:
    labels = labelled(metadata, " | ".join(QUOTATIONS), says=EXISTING)
    assert [(each.holder, each.holder_name) for each in labels[1:3]] == [
        (Holder.CABINET, "kabinet (aangehaald)")
    ] * 2
    assert labels[3].holder_name != "kabinet (aangehaald)"


def test_quotation_after_a_colon_is_attributed() -> None:
    labels = labelled(
        KAMER_LETTER,
        "Aan het slot van de kabinetsreactie wordt opgemerkt:",
        "“Deze aanpak moet een tweede natuur worden.”",
        "De commissies ontvangen graag een overzicht.",
        says=EXPLANATION,
    )
    assert labels[1].holder_name == "kabinet (aangehaald)"
    assert labels[2].holder is Holder.PARLIAMENT


@pytest.mark.parametrize(
    ("metadata", "before"),
    [
        (SITTING, ("# De heer Jansen (ABC)",)),
        (TOWN, ()),
        (PARTY, ()),
        (QUESTIONS, ()),
        (MOTION, ()),
    ],
)
def test_quotation_in_a_text_that_is_never_the_cabinets(
    metadata: Metadata, before: tuple[str, ...]
) -> None:
    labels = labelled(metadata, *before, " | ".join(QUOTATIONS))
    assert not any(label.holder is Holder.CABINET for label in labels)


def test_words_of_a_council_that_the_cabinet_quotes_are_the_councils() -> None:
    labels = labelled(
        LETTER,
        "De Gezondheidsraad stelt: “Blootstelling moet omlaag. | Dat kan met schone bussen.” | "
        "Het kabinet beziet dit.",
        says=SUPPORT,
    )
    assert (labels[1].holder, labels[1].holder_name) == (Holder.ADVISOR, "Gezondheidsraad")
    assert labels[2].holder is Holder.CABINET


def test_letter_to_the_cabinet_is_not_the_cabinets() -> None:
    labels = labelled(
        ADVICE,
        "Zestig hoogleraren stuurden het kabinet een brief waarin zij stelden: “Dit gaat te ver. | "
        "Wacht daarmee.”",
        says=EXISTING,
    )
    assert labels[1].holder is Holder.ADVISOR


def test_quotation_that_nothing_closes_ends() -> None:
    labels = labelled(KAMER_LETTER, "De minister schrijft: «Ja. | " + " | ".join(["Goed."] * 40))
    assert [label.holder for label in labels[-20:]] == [Holder.PARLIAMENT] * 20


# Rejections in so many words


@pytest.mark.parametrize("says", [SUPPORT, PROMISE, EXPLANATION, RESEARCH])
@pytest.mark.parametrize(
    "sentence",
    [
        "Ik ben niet bereid de regeling te verlengen.",
        "Het kabinet is vooralsnog niet voornemens de wet aan te passen.",
        "Daartoe ben ik niet bereid.",
        "De minister is niet van plan dat te doen, omdat het geld ontbreekt.",
        "Het kabinet ziet geen aanleiding om de norm te verlagen.",
        "Gelet op het voorgaande zie ik daarvoor geen noodzaak.",
        "Ik heb daarom geen aanleiding te veronderstellen dat extra maatregelen nodig zijn.",
        "Ik ontraad de motie.",
        "Om die reden wil ik deze motie ontraden.",
        "De motie op stuk nr. 12, die over bruggen gaat, moet ik ontraden.",
        "Het kabinet wijst een landelijke heffing op grondwater af.",
        "Het kabinet neemt deze aanbeveling daarom niet over.",
        "Die mening deel ik niet.",
    ],
)
def test_rejection_in_so_many_words(sentence: str, says: Pair) -> None:
    assert only(LETTER, sentence, says=says) == REJECTION


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik zie geen aanleiding om van dit advies af te wijken.",
        "Het kabinet ziet geen reden om aan dit cijfer te twijfelen.",
        "Als het kabinet niet bereid is te betalen, komt er geen brug.",
        "Het kabinet onderschrijft het advies dat gemeenten niet bereid waren op te volgen.",
        "De gemeenten die geen aanleiding zien om te maaien, steun ik daarin.",
        "Ik neem de zorgen weg bij ouders die niet van plan zijn te verhuizen.",
    ],
)
def test_words_of_a_rejection_in_another_clause_reject_nothing(sentence: str) -> None:
    assert only(LETTER, sentence, says=SUPPORT) == SUPPORT


@pytest.mark.parametrize("says", [REJECTION, EXPLANATION, RESEARCH])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Het kabinet onderschrijft de aanbeveling die eerder niet is opgevolgd.", SUPPORT),
        ("Het kabinet deelt de mening dat dit niet acceptabel is.", SUPPORT),
        ("Daarom laat ik het oordeel over deze motie aan de Kamer.", SUPPORT),
        ("Ik zeg toe dat uw Kamer, die er geen stuk over had, een brief krijgt.", PROMISE),
        ("Ik zeg uw Kamer een brief toe.", PROMISE),
        ("Deze suggestie neem ik mee bij de uitwerking.", PROMISE),
    ],
)
def test_main_clause_decides(sentence: str, expected: Pair, says: Pair) -> None:
    assert only(LETTER, sentence, says=says) == expected


def test_oordeel_kamer_on_a_condition_is_left_to_the_model() -> None:
    sentence = "Als ik de motie zo mag lezen, laat ik het oordeel aan de Kamer."
    assert only(LETTER, sentence, says=(Holder.CABINET, Stance.PARTIAL))[1] is Stance.PARTIAL


# Reported advice is not support


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("De WRR pleit voor een actievere rol van gemeenten.", Holder.ADVISOR),
        ("De Gezondheidsraad adviseert daarom de norm te verlagen.", Holder.ADVISOR),
        ("De Raad voor Cultuur beveelt de minister aan vaker te subsidiëren.", Holder.ADVISOR),
        ("De VNG roept het kabinet op meer geld vrij te maken.", Holder.MUNICIPALITIES),
        ("De Algemene Rekenkamer adviseert de minister dit te meten.", Holder.OTHER),
    ],
)
@pytest.mark.parametrize("says", [SUPPORT, PROMISE, EXPLANATION])
def test_reported_advice_is_the_advisers(sentence: str, holder: Holder, says: Pair) -> None:
    assert only(LETTER, sentence, says=says) == (holder, Stance.ADVICE)


def test_agreement_with_an_advice_stays_the_cabinets() -> None:
    for sentence in (
        "Terecht pleit de WRR voor meer maatwerk.",
        "De WRR pleit terecht voor meer maatwerk.",
        "Het kabinet is het eens met de WRR, die voor maatwerk pleit.",
    ):
        assert only(LETTER, sentence, says=SUPPORT) == SUPPORT, sentence


# Yes and no


def answer(question: str, reply: str, says: Pair = RESEARCH) -> Pair:
    return only(ANSWERS, "# Vraag 1", question, "# Antwoord op vraag 1", reply, says=says)


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        ("Bent u bereid de sloten te laten maaien?", "Ja.", PROMISE),
        ("Bent u voornemens dit in de wet te regelen? Zo ja, wanneer?", "Ja.", PROMISE),
        ("Wilt u de Kamer hierover informeren? Zo nee, waarom niet?", "Ja, dat zal ik.", PROMISE),
        ("Deelt u de mening dat dit te lang duurt?", "Ja.", SUPPORT),
        ("Bent u het ermee eens dat dit anders moet?", "Ja, dat ben ik met u eens.", SUPPORT),
        ("Bent u bekend met het bericht over de pont?", "Ja.", EXPLANATION),
        ("Kent u het artikel ‘Pont weg’?", "Ja.", EXPLANATION),
        ("Bent u bereid de pont te behouden?", "Nee.", REJECTION),
        ("Deelt u de mening dat de pont overbodig is? Zo ja, waarom?", "Nee.", REJECTION),
    ],
)
def test_yes_and_no_are_what_was_asked(question: str, reply: str, expected: Pair) -> None:
    assert answer(question, reply) == expected


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Bent u bekend met dit bericht? Bent u bereid de pont te behouden?", "Ja."),
        ("Hoeveel ponten zijn er?", "Ja."),
        ("Bent u bereid de pont te behouden?", "Ja, maar alleen als er geld voor is."),
    ],
)
def test_yes_to_several_things_is_left_to_the_model(question: str, reply: str) -> None:
    assert answer(question, reply) == RESEARCH


# Inquiries and reports


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Er loopt een strafrechtelijk onderzoek.", (Holder.NONE, Stance.FACT)),
        (
            "Het OM is een opsporingsonderzoek gestart naar de brand.",
            (Holder.OTHER, Stance.FINDING),
        ),
        ("Ik laat onderzoeken of dit vaker voorkomt.", RESEARCH),
        ("Naast het strafrechtelijk onderzoek laat ik de oorzaak onderzoeken.", RESEARCH),
    ],
)
def test_criminal_inquiry_is_no_research(sentence: str, expected: Pair) -> None:
    assert only(LETTER, sentence, says=RESEARCH) == expected


def test_report_that_the_question_names_speaks_in_the_answer() -> None:
    (label,) = labelled(
        ANSWERS,
        "# Vraag 1",
        "Kent u het rapport van de Nationale Ombudsman over ponten?",
        "# Antwoord op vraag 1",
        "Dit rapport stelt dat ponten te vaak uitvallen.",
        says=(Holder.OTHER, Stance.FINDING),
    )[-1:]
    assert (label.holder, label.holder_name) == (Holder.OTHER, "Ombudsman")
