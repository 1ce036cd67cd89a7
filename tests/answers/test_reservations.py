"""The reservation that follows an answer."""

from __future__ import annotations

import pytest

from search.answers.reservations import reservation_after
from search.records import Holder, Kind, Label, Passage, Sentence, Span, Stance, Theme, ThemeOrigin

FIRST = "Het kabinet steunt het plan."
TURN = "Wel moet er geld zijn."


def make(
    *sentences: str,
    holders: tuple[Holder | None, ...] = (None, None, None),
    kind: Kind = Kind.PARAGRAPH,
    doubt: str = "",
) -> Passage:
    """Make a passage that begins at 50 of its document; `doubt` is of the last sentence."""
    made: list[Sentence] = []
    at = 50
    for text, holder in zip(sentences, holders, strict=False):
        label = Label(holder, Stance.FACT, 0.9) if holder else None
        last = len(made) == len(sentences) - 1
        made.append(Sentence(at, at + len(text), label, doubt if last else ""))
        at += len(text) + 1
    text = " ".join(sentences)
    theme = Theme("", ThemeOrigin.ESTIMATED)
    return Passage(1, "a", kind, 50, 50 + len(text), text, (), tuple(made), theme)


def found(passage: Passage, sentence: int = 0) -> str:
    """Return the text of the reservation after a sentence, or an empty text."""
    mark = passage.sentences[sentence]
    span = reservation_after(passage, Span(mark.start, mark.end))
    return passage.text[span.start - 50 : span.end - 50] if span else ""


def test_the_next_sentence_takes_something_back() -> None:
    assert found(make(FIRST, TURN, "En verder.")) == TURN


def test_a_later_sentence_is_no_reservation() -> None:
    assert found(make(FIRST, "Er komt een brief.", TURN)) == ""


def test_the_last_sentence_has_none_after_it() -> None:
    assert found(make(FIRST, TURN), 1) == ""


def test_a_passage_of_one_sentence_has_none() -> None:
    assert found(make(FIRST)) == ""


@pytest.mark.parametrize(
    ("holders", "shown"),
    [
        ((Holder.CABINET, Holder.CABINET), True),
        ((Holder.CABINET, None), True),
        ((Holder.CABINET, Holder.NONE), True),
        ((Holder.NONE, Holder.CABINET), True),
        ((Holder.CABINET, Holder.ADVISOR), False),
        ((Holder.ADVISOR, Holder.CABINET), False),
    ],
)
def test_it_is_of_the_same_holder(holders: tuple[Holder | None, ...], shown: bool) -> None:
    assert found(make(FIRST, TURN, holders=holders)) == (TURN if shown else "")


@pytest.mark.parametrize("kind", [Kind.TABLE, Kind.SIGNATURE, Kind.LETTERHEAD, Kind.HEADING])
def test_only_running_text_has_reservations(kind: Kind) -> None:
    assert found(make(FIRST, TURN, kind=kind)) == ""


def test_a_sentence_that_can_not_be_quoted_is_none() -> None:
    assert found(make(FIRST, TURN, doubt="de letters zijn onleesbaar")) == ""
