"""Advice and reaction: the letter of the corpus, two other layouts, and the rules of the status."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.engine import Engine
from search.errors import UsageError
from search.records import (
    Holder,
    Label,
    Metadata,
    Quote,
    Reaction,
    Stance,
    Status,
    Theme,
    ThemeOrigin,
    View,
)
from search.stances.reactions import status_of

LETTER = "kst-29861-70"
RESEARCH_OR_LATER = {Status.RESEARCH, Status.DEFERRED}
AGREED = {Status.TAKEN, Status.PARTLY}
TEN = [
    (
        "structurele voorzieningen kunnen inrichten",
        "een meer integrale benadering voor de",
        {Status.RESEARCH, Status.PARTLY},
    ),
    (
        "gedifferentieerde inburgeringsvoorzieningen gecreëerd",
        "behoeft echter nader onderzoek",
        RESEARCH_OR_LATER,
    ),
    ("terugkeervoorzieningen voor specifieke groepen", "gezamenlijke pilots", AGREED),
    (
        "investeringen in de samenhang van wijken",
        "ligt bij het komende kabinet",
        {Status.DEFERRED, Status.PARTLY},
    ),
    (
        "pleit de WRR voor minder segregatie",
        "het tegengaan van segregatie in het onderwijs",
        AGREED,
    ),
    ("verbindende verhalen en instituties", "groepsoverstijgende verbindende verhalen", AGREED),
    (
        # The chapter's own sentence of the advice, which the list of contents sums up.
        "een goede mix van algemeen arbeidsmarktbeleid",
        "ziet het kabinet als ondersteuning van het huidige beleid",
        AGREED,
    ),
    (
        "tewerkstellingsvergunningen voor werknemers van buiten",
        "in de bredere discussie",
        RESEARCH_OR_LATER,
    ),
    (
        "volledig afhankelijk zijn van goedkope",
        "gaat bezien of een dergelijk complex onderzoek",
        {Status.RESEARCH, Status.TAKEN},
    ),
    (
        "meer rekening te houden met het incorporatievermogen",
        "Adviescommissie voor Vreemdelingenzaken (ACVZ) te vragen",
        {Status.RESEARCH, Status.PARTLY},
    ),
]
"""In the letter: words of an advice, words of the reaction to it, and the allowed statuses."""


@pytest.fixture(scope="module")
def letters(engine: Engine) -> tuple[Reaction, ...]:
    """Pair the advice of the letter."""
    return engine.reactions(LETTER)


def found(reactions: Sequence[Reaction], words: str) -> Reaction:
    """Return the one recommendation that has these words."""
    own = [each for each in reactions if words in each.advice.quote.text]
    assert len(own) == 1, (words, [each.advice.quote.text for each in own])
    return own[0]


def says(reaction: Reaction, words: str) -> bool:
    """Return whether one of the reactions has these words."""
    return any(words in view.quote.text for view in reaction.reactions)


@pytest.mark.parametrize(("advice", "words", "allowed"), TEN)
def test_letter(
    letters: tuple[Reaction, ...], advice: str, words: str, allowed: set[Status]
) -> None:
    reaction = found(letters, advice)
    assert says(reaction, words), [view.quote.text for view in reaction.reactions]
    assert reaction.status in allowed


def test_both_options_stand_apart(letters: tuple[Reaction, ...]) -> None:
    first, second = found(letters, "De eerste optie"), found(letters, "De tweede optie")
    assert "incorporatievermogen" not in first.advice.quote.text
    # The second continues: the WRR advises to look further into "this last option".
    assert second.advice.quote.text.endswith("deze laatste optie verder te onderzoeken.")
    assert says(second, "Met name de tweede aanbeveling")
    # A reaction "above all" to the second is one to the first too, which has no others.
    assert {v.quote.start for v in first.reactions} <= {v.quote.start for v in second.reactions}
    assert first.status in {Status.NONE, Status.RESEARCH, Status.PARTLY}


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        ("tewerkstellingsvergunningen voor werknemers", "segregatie"),
        ("terugkeervoorzieningen voor specifieke groepen", "dialogen"),
        ("De tweede optie", "effectief migratiebeleid"),
        ("pleit de WRR voor minder segregatie", "komende kabinet"),
        ("investeringen in de samenhang van wijken", "segregatie"),
        ("volledig afhankelijk zijn van goedkope", "NIDI"),
    ],
)
def test_reaction_to_another_advice_stays_away(
    letters: tuple[Reaction, ...], advice: str, words: str
) -> None:
    assert not says(found(letters, advice), words)


def test_agreement_with_a_conclusion_is_no_reaction_to_an_advice(
    letters: tuple[Reaction, ...],
) -> None:
    # That the Netherlands are a dynamic society does not say that policy will be more active.
    # Where a later section repeats the advice, it is listed there alone.
    advised = "pleit de WRR voor een actiever en structureler beleid"
    listed = [each for each in letters if advised in each.advice.quote.text]
    assert all((each.status, each.reactions) == (Status.NONE, ()) for each in listed)
    assert not any(says(each, "dynamische migratiesamenleving") for each in letters)


def test_summary_is_not_listed_beside_what_it_sums_up(letters: tuple[Reaction, ...]) -> None:
    texts = [reaction.advice.quote.text for reaction in letters]
    for words in ("1. Verbeter de ontvangst", "2. Stimuleer de sociale samenhang"):
        assert not any(words in text for text in texts)
    assert not any("sets van aanbevelingen" in text for text in texts)
    assert len(texts) == len(set(texts))
    assert 12 <= len(texts) <= 22


def test_every_quote_stands_in_the_letter(engine: Engine, letters: tuple[Reaction, ...]) -> None:
    text = engine.document(LETTER).text
    for reaction in letters:
        assert reaction.advice.label.stance is Stance.ADVICE
        assert reaction.advice.label.holder is Holder.ADVISOR
        assert reaction.advice.label.holder_name == "WRR"
        for view in (reaction.advice, *reaction.reactions):
            assert text[view.quote.start : view.quote.end] == view.quote.text
            assert view.quote.citation.startswith("Kamerstukken II 2020/21, 29861, nr. 70")
        assert all(view.label.holder is Holder.CABINET for view in reaction.reactions)
        starts = [view.quote.start for view in reaction.reactions]
        assert starts == sorted(set(starts))
        assert reaction.stances == tuple(dict.fromkeys(v.label.stance for v in reaction.reactions))
        assert (reaction.status is Status.NONE) == (not reaction.reactions)


@pytest.mark.parametrize(
    ("advice", "words", "allowed"),
    [
        ("een waterberging aan te leggen. De kosten", "neemt deze aanbeveling over", AGREED),
        (
            "een landelijke heffing op het oppompen",
            "wijst een landelijke heffing",
            {Status.REJECTED},
        ),
        (
            "een aparte commissaris voor zoet water aan te",
            "laat het kabinet over aan een volgend",
            {Status.DEFERRED},
        ),
        ("Aanbeveling 4: Meet de bodemdaling", "laat eerst onderzoeken", {Status.RESEARCH}),
        ("alle rioolstelsels binnen tien jaar", "", {Status.NONE}),
    ],
)
def test_one_by_one_under_headings(
    invented: Engine, advice: str, words: str, allowed: set[Status]
) -> None:
    reactions = invented.reactions("een-voor-een")
    assert len(reactions) == 5
    reaction = found(reactions, advice)
    assert reaction.status in allowed
    assert says(reaction, words) == bool(words)
    assert reaction.advice.label.holder_name == "Rli"


def test_advice_of_a_heading_is_quoted_and_cited_from_it(invented: Engine) -> None:
    advice = found(invented.reactions("een-voor-een"), "Meet de bodemdaling").advice
    text = invented.document("een-voor-een").text
    assert text[advice.quote.start : advice.quote.end] == advice.quote.text
    assert advice.section[-1] == advice.quote.text
    assert advice.quote.text in advice.quote.citation


@pytest.mark.parametrize(
    ("advice", "words", "others", "allowed"),
    [
        ("gratis voor studenten", "ziet geen ruimte", "zondag", {Status.REJECTED}),
        ("ook op zondag toegankelijk", "aan een volgend kabinet", "gratis", {Status.DEFERRED}),
        ("Leid bibliothecarissen op", "opleidingen bekostigen", "leenvergoeding", AGREED),
        ("Verhoog de leenvergoeding", "laten onderzoeken", "desinformatie", {Status.RESEARCH}),
    ],
)
def test_list_first_and_reaction_by_theme(
    invented: Engine, advice: str, words: str, others: str, allowed: set[Status]
) -> None:
    reactions = invented.reactions("lijst-vooraf")
    assert len(reactions) == 4
    reaction = found(reactions, advice)
    assert says(reaction, words)
    assert not says(reaction, others)
    assert reaction.status in allowed


def test_thanks_and_procedure_are_no_reaction(invented: Engine) -> None:
    for name in ("een-voor-een", "lijst-vooraf"):
        for reaction in invented.reactions(name):
            assert not says(reaction, "waardering")
            assert not says(reaction, "voortgangsbrief")


def test_document_without_advice(invented: Engine) -> None:
    assert invented.reactions("geen-advies") == ()


def test_unknown_document(engine: Engine) -> None:
    for ask in (engine.reactions, engine.reactions_csv, engine.reactions_docx):
        with pytest.raises(UsageError, match="bestaat-niet"):
            ask("bestaat-niet")
    with pytest.raises(UsageError, match="bestaat-niet"):
        engine.sentences_with("bestaat-niet", "", Stance.SUPPORT, Holder.CABINET)


def test_sentences_with(engine: Engine) -> None:
    counts = [
        count
        for count in engine.stance_counts()
        if count.document == LETTER and count.theme and count.number > 1
    ]
    assert counts
    for count in counts:
        views = engine.sentences_with(LETTER, count.theme, count.stance, count.holder)
        assert len(views) == count.number
        assert {view.theme.label for view in views} == {count.theme}
        assert {(v.label.holder, v.label.stance) for v in views} == {(count.holder, count.stance)}
        starts = [view.quote.start for view in views]
        assert starts == sorted(starts)
    support = engine.sentences_with(LETTER, "", Stance.SUPPORT, Holder.CABINET)
    assert len(support) == sum(
        count.number
        for count in engine.stance_counts()
        if (count.document, count.holder, count.stance) == (LETTER, Holder.CABINET, Stance.SUPPORT)
    )


def view(stance: Stance, text: str = "Het kabinet zegt iets.") -> View:
    """Make a sentence of the cabinet with a stance."""
    return View(
        quote=Quote(text, "d", 0, len(text), "bron"),
        label=Label(Holder.CABINET, stance, 1.0, "kabinet"),
        theme=Theme("", ThemeOrigin.ESTIMATED),
        metadata=Metadata(),
        url="",
        section=(),
    )


S = Stance


@pytest.mark.parametrize(
    ("stances", "status"),
    [
        ([], Status.NONE),
        ([S.EXPLANATION], Status.NONE),
        ([S.SUPPORT], Status.TAKEN),
        ([S.COMMITMENT, S.EXPLANATION], Status.TAKEN),
        ([S.SUPPORT, S.EXISTING], Status.TAKEN),
        ([S.EXISTING], Status.PARTLY),
        ([S.PARTIAL], Status.PARTLY),
        ([S.RESERVATION], Status.PARTLY),
        ([S.SUPPORT, S.RESERVATION], Status.PARTLY),
        ([S.REJECTION], Status.REJECTED),
        ([S.RESERVATION, S.REJECTION], Status.REJECTED),
        ([S.SUPPORT, S.REJECTION], Status.PARTLY),
        ([S.COMMITMENT, S.REJECTION], Status.PARTLY),
        ([S.REJECTION, S.COMMITMENT], Status.REJECTED),
        ([S.RESEARCH], Status.RESEARCH),
        ([S.SUPPORT, S.RESEARCH, S.RESERVATION], Status.RESEARCH),
        ([S.DEFERRED], Status.DEFERRED),
        ([S.SUPPORT, S.RESEARCH, S.DEFERRED], Status.DEFERRED),
        ([S.EXISTING, S.DEFERRED, S.COMMITMENT], Status.DEFERRED),
        ([S.DEFERRED, S.RESEARCH], Status.RESEARCH),
    ],
)
def test_status(stances: list[Stance], status: Status) -> None:
    assert status_of([view(stance) for stance in stances]) is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Het kabinet zal laten onderzoeken of dit kan.", Status.RESEARCH),
        ("Het kabinet is bereid in kaart te brengen wat dit kost.", Status.RESEARCH),
        ("Samen met de gemeenten ga ik na welke eisen passen.", Status.RESEARCH),
        ("Het kabinet zal de regels in 2025 aanpassen.", Status.TAKEN),
    ],
)
def test_promise_to_find_out_is_research(text: str, status: Status) -> None:
    assert status_of([view(Stance.COMMITMENT, text)]) is status
