"""Passages that say the same, nearly the same, or the opposite."""

from __future__ import annotations

from search.answers.copies import Copies, find_copies
from search.records import Kind, Metadata, Passage, Sentence, Span, Theme, ThemeOrigin

SAID = "Het kabinet is bereid om in het najaar met de gemeenten over opvang te spreken."
DENIED = SAID.replace("is bereid", "is niet bereid")
MORE = "De gemeenten krijgen daar in het nieuwe jaar ook extra geld voor van het Rijk."
NAMES = {
    "brief": Metadata(kind="Brief regering"),
    "nota": Metadata(kind="Nota"),
    "nieuws": Metadata(kind="Nieuwsbericht"),
    "pers": Metadata(kind="Nieuwsbericht"),
}


def passage(number: int, document: str, *sentences: str) -> Passage:
    """Make a passage that begins at 100 of its document."""
    made, at = [], 100
    for text in sentences:
        made.append(Sentence(at, at + len(text)))
        at += len(text) + 1
    text = " ".join(sentences)
    theme = Theme("", ThemeOrigin.ESTIMATED)
    return Passage(
        number, document, Kind.PARAGRAPH, 100, 100 + len(text), text, (), tuple(made), theme
    )


def copies(*made: tuple[str, tuple[str, ...]], marked: tuple[int, ...] = ()) -> list[Copies]:
    """Find the copies among passages; `marked` are the sentences that answer, else the first."""
    passages = [passage(i, document, *texts) for i, (document, texts) in enumerate(made)]
    numbers = marked or (0,) * len(passages)
    sentences = [p.sentences[n] for p, n in zip(passages, numbers, strict=True)]
    return find_copies(passages, [Span(s.start, s.end) for s in sentences], NAMES)


def test_the_same_words_are_shown_once() -> None:
    (only,) = copies(("brief", (SAID,)), ("nota", (SAID.upper(),)))
    assert (only.shown, only.rank) == (0, 0)
    assert dict(only.same) == {1: Span(100, 100 + len(SAID))}
    assert only.near == ()


def test_a_denial_is_shown_by_itself_and_named_with_the_difference() -> None:
    first, second = copies(("brief", (SAID,)), ("nota", (MORE, DENIED)), marked=(0, 1))
    assert first.same == {} == second.same
    (near,) = first.near
    assert near.index == 1
    assert (near.contrast.here, near.contrast.there) == ("is bereid", "is niet bereid")
    assert near.span == Span(100 + len(MORE) + 1, 100 + len(MORE) + 1 + len(DENIED))
    assert second.near == (), "only the first of the two names the other"


def test_a_difference_elsewhere_in_the_passage_is_named_too() -> None:
    # The sentence that answers is the same in both, but the passage is not.
    other = MORE.replace("nieuwe jaar", "najaar van 2024")
    first, second = copies(("brief", (SAID, MORE)), ("nota", (SAID, other)))
    assert first.same == {} == second.same
    (near,) = first.near
    assert (near.contrast.here, near.contrast.there) == ("nieuwe jaar", "najaar van 2024")
    assert near.span.start == 100 + len(SAID) + 1


def test_a_denial_is_found_whatever_is_marked_in_the_other_passage() -> None:
    first, _ = copies(("brief", (SAID,)), ("nota", (MORE, DENIED)), marked=(0, 0))
    assert [copy.contrast.there for copy in first.near] == ["is niet bereid"]


def test_passages_of_one_document_are_no_copies() -> None:
    found = copies(("brief", (SAID,)), ("brief", (SAID,)), ("brief", (DENIED,)))
    assert [(each.shown, each.same, each.near) for each in found] == [
        (0, {}, ()),
        (1, {}, ()),
        (2, {}, ()),
    ]


def test_a_repeated_sentence_is_found_in_another_passage() -> None:
    texts = ("Eerst iets anders.", "En nog iets, met veel meer woorden dan de andere zin.")
    first, second = copies(("brief", (SAID, MORE)), ("nota", (*texts, SAID)), marked=(0, 1))
    start = 100 + sum(len(text) + 1 for text in texts)
    assert dict(first.same) == {1: Span(start, start + len(SAID))}
    assert first.near == ()
    assert second.shown == 1


def test_the_official_publication_is_shown_before_the_news() -> None:
    (only,) = copies(("nieuws", (SAID,)), ("brief", (SAID,)))
    assert (only.shown, only.rank, list(only.same)) == (1, 0, [0])
    # Also if the news item has more to say, as long as the publication has the answer.
    (only,) = copies(("nieuws", (SAID, MORE)), ("brief", (SAID,)))
    assert (only.shown, list(only.same)) == (1, [0])


def test_the_news_is_shown_if_the_publication_lacks_the_answer() -> None:
    (only,) = copies(("nieuws", (SAID, MORE)), ("brief", (MORE,)))
    assert (only.shown, list(only.same)) == (0, [1])


def test_the_news_is_shown_if_another_copy_is_not_in_the_publication() -> None:
    found = copies(("nieuws", (SAID, MORE)), ("brief", (SAID,)), ("nota", (MORE,)))
    assert [each.shown for each in found] == [0]
    assert list(found[0].same) == [1, 2]


def test_of_two_news_items_the_first_is_shown() -> None:
    (only,) = copies(("nieuws", (SAID,)), ("pers", (SAID,)))
    assert (only.shown, list(only.same)) == (0, [1])


def test_short_sentences_are_never_the_same() -> None:
    found = copies(("brief", ("Ja.",)), ("nota", ("Ja.",)))
    assert [(each.same, each.near) for each in found] == [({}, ()), ({}, ())]


def test_nothing_has_no_copies() -> None:
    assert copies() == []
