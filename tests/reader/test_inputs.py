"""The sequence of a question and a passage."""

from __future__ import annotations

from search.embedding.builtin.tokenizer import BOS, EOS
from search.reader.inputs import (
    BEFORE_TOKENS,
    QUESTION_TOKENS,
    SECTION_TOKENS,
    SENTENCE_TOKENS,
    TEXT_TOKENS,
    TITLE_TOKENS,
    Readable,
    make_input,
)

NUMBERS: dict[str, int] = {}


def tokenise(text: str) -> list[int]:
    """Give each word a number of its own, from 10 on."""
    return [NUMBERS.setdefault(word, 10 + len(NUMBERS)) for word in text.split()]


def test_parts_stand_in_order_with_the_ends_between() -> None:
    passage = Readable("Titel", "Kop", "hiervoor", ("Eerste zin.", "Tweede zin hier."))
    made = make_input(tokenise, "wat nu", passage)
    question = tokenise("query: wat nu")
    where = [*tokenise("Titel"), *tokenise("Kop"), *tokenise("hiervoor")]
    text = [*tokenise("Eerste zin."), *tokenise("Tweede zin hier.")]
    assert list(made.tokens) == [BOS, *question, EOS, EOS, *where, *text, EOS]


def test_ranges_hold_the_tokens_of_each_sentence() -> None:
    sentences = ("Eerste zin.", "Tweede zin hier.")
    made = make_input(tokenise, "wat nu", Readable("Titel", "", "", sentences))
    assert [[made.tokens[i] for i in each] for each in made.sentences] == [
        tokenise(sentence) for sentence in sentences
    ]


def test_long_parts_are_cut_and_the_whole_fits_the_model() -> None:
    long = " ".join(["woord"] * 600)
    made = make_input(tokenise, long, Readable(long, long, long, (long, long, long)))
    around = 1 + QUESTION_TOKENS + 2 + TITLE_TOKENS + SECTION_TOKENS + BEFORE_TOKENS + 1
    assert len(made.tokens) == around + TEXT_TOKENS < 512
    assert [len(each) for each in made.sentences] == [
        SENTENCE_TOKENS,
        SENTENCE_TOKENS,
        TEXT_TOKENS - 2 * SENTENCE_TOKENS,
    ]


def test_sentences_beyond_the_limit_are_empty() -> None:
    sentence = " ".join(["woord"] * SENTENCE_TOKENS)
    made = make_input(tokenise, "wat", Readable("", "", "", (sentence,) * 4))
    assert [bool(each) for each in made.sentences] == [True, True, True, False]


def test_what_goes_before_keeps_its_end() -> None:
    before = " ".join(f"w{i}" for i in range(2 * BEFORE_TOKENS))
    made = make_input(tokenise, "wat", Readable("", "", before, ("zin",)))
    kept = tokenise(before)[-BEFORE_TOKENS:]
    assert list(made.tokens[-len(kept) - 2 : -2]) == kept
