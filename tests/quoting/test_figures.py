"""The four figures: real quotes are found, false ones never are, and the check tells them apart.

On every sentence of the corpus and of the letters of ministers, where those are there.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.quoting.conftest import Sources

from search.dutch import tokens_of
from search.dutch.words import is_word
from search.quoting import fault_of
from search.records import Document, Span

pytestmark = pytest.mark.slow

SPANS = 10_000


def _marked(document: Document, span: Span) -> str:
    """Put the footnotes' numbers back where they stood, as a copied page has them."""
    text, at = "", span.start
    notes = sorted(
        (note.anchor, note.mark)
        for note in document.footnotes
        if note.anchor is not None and span.start < note.anchor <= span.end
    )
    for anchor, mark in notes:
        text, at = text + document.text[at:anchor] + mark, anchor
    return text + document.text[at : span.end]


def _wrapped(text: str, width: int = 40) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _hyphenated(text: str) -> str:
    """Break the first long word over a line end."""
    for word in text.split():
        if len(word) > 8 and word.isalpha():
            return text.replace(word, f"{word[:4]}-\n{word[4:]}", 1)
    return text


def _left_out(text: str) -> str:
    words = text.split()
    return " ".join([*words[:3], "[…]", *words[5:]]) if len(words) > 6 else text


def _raised(text: str) -> str:
    """Put a footnote's mark behind the second word."""
    words = text.split(" ")
    return (
        " ".join([words[0], f"{words[1]}¹", *words[2:]])
        if len(words) > 1 and words[1].isalpha()
        else text
    )


VARIANTS: dict[str, Callable[[Document, Span, str], str]] = {
    "guillemets": lambda _d, _s, t: f"«{t}»",
    "curly marks": lambda _d, _s, t: f"“{t.replace('«', '‘').replace('»', '’')}”",
    "low marks": lambda _d, _s, t: f"„{t.replace('«', '‚').replace('»', '’')}”",
    "straight marks": lambda _d, _s, t: (
        t.replace("«", '"').replace("»", '"').replace("’", "'").replace("‘", "'")
    ),
    "curly apostrophes": lambda _d, _s, t: t.replace("'", "’"),
    "dashes": lambda _d, _s, t: t.replace("–", "-").replace(" - ", " — "),
    "no-break hyphens": lambda _d, _s, t: t.replace("-", "‑"),
    "ligatures": lambda _d, _s, t: t.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "no-break spaces": lambda _d, _s, t: t.replace(" ", "\u00a0"),
    "first letter": lambda _d, _s, t: t[:1].swapcase() + t[1:],
    "wrapped lines": lambda _d, _s, t: _wrapped(t),
    "a broken word": lambda _d, _s, t: _hyphenated(t),
    "soft hyphens": lambda _d, _s, t: t.replace("inte", "in\u00adte"),
    "words left out": lambda _d, _s, t: _left_out(t),
    "left out in round brackets": lambda _d, _s, t: _left_out(t).replace("[…]", "(...)"),
    "footnote numbers": lambda d, s, _t: _marked(d, s),
    "a raised mark": lambda _d, _s, t: _raised(t),
    "dots around": lambda _d, _s, t: f"…{t}…",
    "without the last stop": lambda _d, _s, t: t.removesuffix("."),
    "decomposed accents": lambda _d, _s, t: t.replace("ë", "e\u0308").replace("é", "e\u0301"),
}


def _is_at(sources: Sources, quote: str, document: Document, span: Span) -> bool:
    """Return whether a quote is found word for word within the sentence's own place."""
    return any(
        found.document == document.id
        and span.start <= found.parts[0].start
        and found.parts[-1].end <= span.end
        for found in sources.finder.find_exact(quote)
    )


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_sentence_is_found_word_for_word_at_its_place(sources: Sources, variant: str) -> None:
    missed = [
        quote
        for document, span in sources.all_sentences
        if (quote := VARIANTS[variant](document, span, document.text[span.start : span.end]))
        and any(is_word(token.form) for token in tokens_of(quote))
        and not _is_at(sources, quote, document, span)
    ]
    assert missed == []


def _changed(words: list[str], at: int, other: str) -> list[str]:
    return [*words[:at], other, *words[at + 1 :]]


CHANGES: dict[str, Callable[[list[str], int, str], list[str]]] = {
    "changed": _changed,
    "dropped": lambda words, at, _other: [*words[:at], *words[at + 1 :]],
    "added": lambda words, at, other: [*words[:at], other, *words[at:]],
    "swapped": lambda words, at, _other: [
        *words[: at - 1],
        words[at],
        words[at - 1],
        *words[at + 1 :],
    ],
}


def _words_alone(words: list[str]) -> list[str]:
    return [token.form for token in tokens_of(" ".join(words)) if is_word(token.form)]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_sentence_with_a_word_wrong_is_never_called_word_for_word(
    sources: Sources, change: str, seed: int
) -> None:
    chance = random.Random(seed)
    sentences = sources.all_sentences
    vocabulary = sorted(
        {w for d in sources.documents.values() for w in d.text.split() if w.isalpha()}
    )
    wrong, tried = [], 0
    for document, span in sentences:
        words = document.text[span.start : span.end].split()
        # The first and the last word may go: what is left is a quote still.
        inner = [i for i in range(1, len(words) - 1) if _words_alone(words[i : i + 1])]
        if not inner:
            continue
        mutated = CHANGES[change](words, chance.choice(inner), chance.choice(vocabulary))
        if _words_alone(mutated) == _words_alone(words):
            continue
        tried += 1
        quote = " ".join(mutated)
        if _is_at(sources, quote, document, span):
            wrong.append(quote)
    assert wrong == []
    assert tried > 0.8 * len(sentences)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_mixture_of_variants_is_found(sources: Sources, data: st.DataObject) -> None:
    document, span = data.draw(st.sampled_from(sources.all_sentences))
    quote = document.text[span.start : span.end]
    one_by_one = [
        name
        for name in VARIANTS
        if name not in ("footnote numbers", "words left out", "left out in round brackets")
    ]
    for name in data.draw(st.lists(st.sampled_from(one_by_one), max_size=4, unique=True)):
        quote = VARIANTS[name](document, span, quote)
    if any(is_word(token.form) for token in tokens_of(quote)):
        assert _is_at(sources, quote, document, span)


def _random_spans(sources: Sources, chance: random.Random) -> list[tuple[Document, Span]]:
    documents = list(sources.documents.values())
    spans: list[tuple[Document, Span]] = []
    while len(spans) < SPANS:
        document = chance.choice(documents)
        start = chance.randrange(len(document.text))
        end = min(len(document.text), start + 1 + int(chance.expovariate(1 / 150)))
        if document.text[start:end].strip():
            spans.append((document, Span(start, end)))
    return spans


@pytest.mark.slow
def test_random_spans_of_the_text_pass_the_check_against_the_file(sources: Sources) -> None:
    refused = [
        (document.id, span, fault)
        for document, span in _random_spans(sources, random.Random(3))
        if (
            fault := fault_of(
                document, sources.files[document.id], span, document.text[span.start : span.end]
            )
        )
    ]
    assert refused == []


def _corrupted(text: str, chance: random.Random) -> str:
    """Change, drop, add or swap a character or a word."""
    at = chance.randrange(len(text))
    words = text.split(" ")
    which = chance.randrange(5)
    if which == 0:
        return text[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz0123456789.,") + text[at + 1 :]
    if which == 1:
        return text[:at] + text[at + 1 :]
    if which == 2:
        return text[:at] + chance.choice("aeiou") + text[at:]
    number = chance.randrange(len(words))
    if which == 3 and len(words) > 1:
        return " ".join([*words[:number], *words[number + 1 :]])
    return " ".join([*words[:number], "niet", *words[number:]])


@pytest.mark.slow
def test_corrupted_spans_fail_the_check(sources: Sources) -> None:
    chance = random.Random(4)
    passed, tried = [], 0
    while tried < SPANS:
        for document, span in _random_spans(sources, chance):
            text = document.text[span.start : span.end]
            corrupted = _corrupted(text, chance)
            if corrupted == text or tried == SPANS:
                continue
            tried += 1
            if not fault_of(document, sources.files[document.id], span, corrupted):
                passed.append((document.id, span, corrupted))
    assert passed == []
