"""What is not word for word in its file leaves no answer, view or reaction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import Engine
from search.quoting import only_verified_answer, only_verified_reactions, only_verified_views
from search.records import Answer, NearPlace, OtherPlace, Passage, Quote

LETTER = "kst-29861-70"
QUESTION = "Komt er een jaarlijkse Staat van migratie?"


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    """Ask a question that the letter answers."""
    found = engine.ask(QUESTION, top=5)
    assert found.quote
    assert len(found.hits) == 5
    return found


def yes(_: object) -> bool:
    return True


def no(_: object) -> bool:
    return False


def test_a_sound_answer_stays_as_it_is(answer: Answer) -> None:
    assert only_verified_answer(answer, yes, yes) == answer
    assert answer.withheld == 0


def test_a_false_passage_goes_and_the_others_are_numbered_anew(answer: Answer) -> None:
    false = answer.hits[1].passage

    def holds(passage: Passage) -> bool:
        return passage is not false

    kept = only_verified_answer(answer, yes, holds)
    assert [hit.rank for hit in kept.hits] == [1, 2, 3, 4]
    assert [hit.passage.id for hit in kept.hits] == [
        hit.passage.id for hit in answer.hits if hit.passage is not false
    ]
    assert kept.quote == answer.quote
    assert kept.withheld == 1


def test_a_false_answer_is_no_quote(answer: Answer) -> None:
    kept = only_verified_answer(answer, no, yes)
    assert kept.quote is None
    assert kept.hits == answer.hits
    assert kept.withheld == 1


def test_a_place_whose_words_are_false_is_not_named(answer: Answer) -> None:
    true = OtherPlace("a", "", "Brief", "", "", 0, 9)
    near = tuple(
        NearPlace(replace(true, document=document), "Wel waar.", "wel", "niet") for document in "ab"
    )
    given = replace(answer, hits=(replace(answer.hits[0], nearly_in=near), *answer.hits[1:]))

    def holds(quote: Quote) -> bool:
        return quote != Quote("Wel waar.", "b", 0, 9, "Brief")

    kept = only_verified_answer(given, holds, yes)
    assert [each.place.document for each in kept.hits[0].nearly_in] == ["a"]
    assert (kept.withheld, kept.quote, len(kept.hits)) == (0, answer.quote, 5)
    assert only_verified_answer(given, yes, yes) == given


def test_nothing_is_left_when_nothing_holds(answer: Answer) -> None:
    kept = only_verified_answer(answer, no, no)
    assert (kept.quote, kept.hits, kept.withheld) == (None, (), 5)


def test_false_sentences_go(engine: Engine) -> None:
    views = engine.stances("richtgetallen voor asielmigratie").cabinet
    assert views
    false = views[0].quote

    def holds(quote: Quote) -> bool:
        return quote != false

    def kept(neighbour: Quote | None) -> Quote | None:
        return None if neighbour == false else neighbour

    assert list(only_verified_views(views, holds)) == [
        replace(view, before=kept(view.before), after=kept(view.after))
        for view in views
        if view.quote != false
    ]


def test_false_advice_goes_with_its_reactions_and_a_false_reaction_alone(engine: Engine) -> None:
    reactions = engine.reactions(LETTER)
    first = next(each for each in reactions if each.reactions)
    place = reactions.index(first)
    gone = only_verified_reactions(reactions, lambda quote: quote != first.advice.quote)
    assert gone == (*reactions[:place], *reactions[place + 1 :])
    reaction = first.reactions[0].quote
    kept = only_verified_reactions(reactions, lambda quote: quote != reaction)
    assert len(kept) == len(reactions)
    assert reaction not in [view.quote for view in kept[place].reactions]
    assert kept[place].advice == first.advice
