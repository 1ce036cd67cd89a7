"""Answers are quotes: spans of a document, never other words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.paths import SHARED

from search.engine import Engine
from search.indexing import build_index
from search.records import Answer, Kind
from search.records.answers import Certainty
from search.settings import Settings

DEV = SHARED / "eval" / "questions-dev.jsonl"
QUESTIONS = [
    "Welke rol ziet de WRR voor gemeenten?",
    "Wat vindt het kabinet van een integrale benadering bij de ontvangst van nieuwkomers?",
    "Wat vindt het kabinet van richtgetallen voor asielmigratie?",
    "wie ondertekende de brief?",
    "Wat is een asielmigrant?",
    "Welke aanbevelingen doet de WRR?",
    "Wat is de datum van de brief?",
]


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(request: pytest.FixtureRequest, engine: Engine) -> Answer:
    """Answer each question."""
    return engine.ask(request.param)


def test_quote_is_a_span_of_its_document(answer: Answer, engine: Engine) -> None:
    quote = answer.quote
    assert quote is not None
    assert engine.document(quote.document).text[quote.start : quote.end] == quote.text != ""
    assert quote.citation


def test_quote_stands_in_the_best_passage(answer: Answer) -> None:
    quote, best = answer.quote, answer.hits[0].passage
    assert quote is not None
    assert quote.document == best.document
    assert best.start <= quote.start < quote.end <= best.end


def test_quote_is_whole_sentences(answer: Answer) -> None:
    quote, best = answer.quote, answer.hits[0].passage
    assert quote is not None
    assert quote.start in {s.start for s in best.sentences}
    assert quote.end in {s.end for s in best.sentences}


def test_quote_is_a_sentence_or_two(answer: Answer) -> None:
    quote, best = answer.quote, answer.hits[0].passage
    assert quote is not None
    held = [s for s in best.sentences if quote.start <= s.start < quote.end]
    if best.kind in (Kind.PARAGRAPH, Kind.FOOTNOTE):
        assert 1 <= len(held) <= 2


def test_hits_are_ranked_and_hold_their_own_text(answer: Answer, engine: Engine) -> None:
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert len({hit.passage.id for hit in answer.hits}) == len(answer.hits)
    for hit in answer.hits:
        p = hit.passage
        assert engine.document(p.document).text[p.start : p.end] == p.text
        assert hit.citation
        for mark in hit.marks:
            assert p.start <= mark.start < mark.end <= p.end


def test_scores_only_fall(answer: Answer) -> None:
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)


def test_confidence_lies_between_0_and_1(answer: Answer) -> None:
    assert 0.0 <= answer.confidence <= 1.0


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Wat vindt het kabinet van richtgetallen voor asielmigratie?", "richtgetallen"),
        ("wie ondertekende de brief?", "W. Koolmees"),
    ],
)
def test_quote_answers(engine: Engine, question: str, held: str) -> None:
    quote = engine.ask(question).quote
    assert quote is not None
    assert held in quote.text


def test_question_on_something_else_has_no_answer(engine: Engine) -> None:
    answer = engine.ask("Hoe bak ik pannenkoeken met stroop en spek?")
    assert not answer.answerable
    assert answer.quote is None
    assert answer.hits, "the nearest passages are still shown"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Index a document without metadata."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "notitie.md").write_text("De burgemeester opent morgen het zwembad.\n")
    build_index(Settings(folder / "corpus", folder / "index"))
    opened = Engine.open(Settings(folder / "corpus", folder / "index"))
    yield opened
    opened.close()


def test_document_without_metadata_is_still_cited(bare: Engine) -> None:
    answer = bare.ask("Wie opent het zwembad?")
    assert answer.hits[0].citation == "‘Notitie’"
    assert answer.quote is not None
    assert answer.quote.text == "De burgemeester opent morgen het zwembad."
    assert bare.documents()[0].citation == "‘Notitie’"


@pytest.mark.skipif(not DEV.exists(), reason="../shared/eval/questions-dev.jsonl is not here")
def test_every_development_question_is_answered_by_quotes(engine: Engine) -> None:
    for line in DEV.read_text("utf-8").splitlines():
        found = engine.ask(json.loads(line)["question"])
        assert found.answerable == (found.quote is not None)
        if found.quote:
            text = engine.document(found.quote.document).text
            assert text[found.quote.start : found.quote.end] == found.quote.text


@pytest.mark.parametrize(
    "question",
    [
        "What does the cabinet think of an integrated approach to the reception of newcomers?",
        "When did the WRR publish the report?",
    ],
)
def test_a_question_in_english_gets_a_dutch_quote(question: str, engine: Engine) -> None:
    answer = engine.ask(question)
    assert answer.answerable
    assert answer.quote is not None
    assert " de " in answer.quote.text or " het " in answer.quote.text


def test_an_english_question_about_something_else_is_not_answered_for_sure(engine: Engine) -> None:
    answer = engine.ask("What is the best recipe for an apple pie?")
    assert answer.certainty is not Certainty.SURE


def test_an_amount_that_is_not_in_the_quote_is_not_sure(engine: Engine) -> None:
    subject = "een integrale benadering bij de ontvangst van nieuwkomers"
    sure = engine.ask(f"Wat vindt het kabinet van {subject}?")
    amount = engine.ask(f"Hoeveel belang hecht het kabinet aan {subject}?")
    assert amount.quote is not None
    assert amount.quote == sure.quote
    assert not any(c.isdigit() for c in amount.quote.text)
    assert (sure.certainty, amount.certainty) == (Certainty.SURE, Certainty.POSSIBLE)
