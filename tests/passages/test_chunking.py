"""Passages follow the structure of the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from search.embedding import Encoder
from search.passages import make_passages, search_text
from search.passages.chunking import MOST_TOKENS, TOGETHER_TOKENS
from search.reading import read_document
from search.records import Document, Kind, Passage

SENTENCE = "Deze zin telt precies acht woorden met punt. "


def words(texts: Sequence[str]) -> list[int]:
    """Count words: tokens that can be counted by hand."""
    return [len(text.split()) for text in texts]


def made(tmp_path: Path, source: str, most: int = MOST_TOKENS) -> tuple[Document, list[Passage]]:
    (tmp_path / "a.md").write_text(source, "utf-8")
    document = read_document(tmp_path / "a.md", tmp_path)
    return document, make_passages(document, words, most)


@pytest.fixture(scope="module", params=["letter", "news"])
def real(request: pytest.FixtureRequest, builtin: Encoder) -> tuple[Document, list[Passage]]:
    """Return each document of the corpus with its passages, counted by the real model."""
    document: Document = request.getfixturevalue(request.param)
    return document, make_passages(document, builtin.count_tokens)


def test_offsets_give_the_text(real: tuple[Document, list[Passage]]) -> None:
    document, passages = real
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        for s in passage.sentences:
            assert document.text[s.start : s.end].strip() == document.text[s.start : s.end] != ""


def test_passages_hold_all_running_text_once(real: tuple[Document, list[Passage]]) -> None:
    document, passages = real
    headings = [b for b in document.blocks if b.kind is Kind.HEADING]
    pieces = sorted([(p.start, p.end) for p in passages] + [(b.start, b.end) for b in headings])
    at = 0
    for start, end in pieces:
        assert start >= at, "passages do not overlap"
        assert not document.text[at:start].strip(), "nothing is left out"
        at = end
    assert not document.text[at:].strip()


def test_passages_never_cross_a_heading_and_know_their_path(
    real: tuple[Document, list[Passage]],
) -> None:
    document, passages = real
    for passage in passages:
        blocks = [b for b in document.blocks if b.start < passage.end and passage.start < b.end]
        assert not [b for b in blocks if b.kind is Kind.HEADING]
        assert {document.sections[b.section].path for b in blocks} == {passage.section}


def test_passages_hold_at_most_about_200_tokens(
    real: tuple[Document, list[Passage]], builtin: Encoder
) -> None:
    _, passages = real
    for passage, size in zip(
        passages, builtin.count_tokens([p.text for p in passages]), strict=True
    ):
        # Counted by sentence the sum may differ from the whole by a token a sentence.
        assert size <= 200 + len(passage.sentences) or len(passage.sentences) == 1


def test_paragraph_that_fits_stays_whole(
    real: tuple[Document, list[Passage]], builtin: Encoder
) -> None:
    document, passages = real
    blocks = [b for b in document.blocks if b.kind is Kind.PARAGRAPH]
    sizes = builtin.count_tokens([document.text[b.start : b.end] for b in blocks])
    fitting = [b for b, size in zip(blocks, sizes, strict=True) if size <= 190]
    fitting = [b for b in fitting if document.text[b.end - 1] != ":"]
    assert len(fitting) >= 3
    assert not [
        document.text[b.start : b.end]
        for b in fitting
        if not any(p.start <= b.start and b.end <= p.end for p in passages)
    ]


def test_short_paragraphs_of_one_section_make_one_passage(tmp_path: Path) -> None:
    lines = ("De Kamer,", "gehoord de beraadslaging,", "verzoekt de regering te handelen.")
    document, passages = made(tmp_path, "# Een\n\n" + "\n\n".join(lines) + "\n\n# Twee\n\nSlot.\n")
    assert [p.section[-1] for p in passages] == ["Een", "Twee"]
    assert [document.text[s.start : s.end] for s in passages[0].sentences] == list(lines)


def test_paragraphs_that_are_too_long_together_stay_apart(tmp_path: Path) -> None:
    _, passages = made(tmp_path, "\n\n".join(["# Een", SENTENCE * 12, SENTENCE * 12]) + "\n")
    assert len(SENTENCE.split()) * 24 > TOGETHER_TOKENS
    assert [len(p.sentences) for p in passages] == [12, 12]


def test_list_of_the_letter_keeps_its_introduction(letter: Document, builtin: Encoder) -> None:
    passages = make_passages(letter, builtin.count_tokens)
    items = [p for p in passages if p.kind is Kind.LIST_ITEM]
    intro = "De WRR doet de volgende sets van aanbevelingen:"
    assert items[0].text.startswith(intro)
    assert not [p for p in passages if p.text == intro]
    for later in items[1:]:
        assert later.lead is not None
        assert letter.text[later.lead.start : later.lead.end] == intro
        assert intro.rstrip(":") in search_text(later, letter).context


def test_footnotes_and_signatures_are_passages_of_their_own(
    letter: Document, builtin: Encoder
) -> None:
    passages = make_passages(letter, builtin.count_tokens)
    notes = [p for p in passages if p.kind is Kind.FOOTNOTE]
    assert len(notes) == 22
    (signed,) = [p for p in passages if p.kind is Kind.SIGNATURE]
    assert len(signed.sentences) == 6
    assert "ondertek" in search_text(signed, letter).context.lower()


def test_footnote_is_anchored_to_the_sentence_with_its_mark(
    letter: Document, builtin: Encoder
) -> None:
    passages = make_passages(letter, builtin.count_tokens)
    definition = next(p for p in passages if p.text.startswith("De WRR hanteert voor migrant"))
    assert definition.kind is Kind.FOOTNOTE
    assert definition.anchor is not None
    carrier = letter.text[definition.anchor.start : definition.anchor.end]
    assert carrier.startswith("Het jaarlijks aantal migranten is de afgelopen decennia")
    assert carrier.endswith(".")


def test_heading_path_goes_beside_the_text(letter: Document, builtin: Encoder) -> None:
    for passage in make_passages(letter, builtin.count_tokens):
        beside = search_text(passage, letter)
        assert beside.text == passage.text
        for heading in passage.section:
            assert heading in beside.context
            assert heading in beside.for_encoder
        assert passage.text in beside.for_encoder


def test_long_paragraph_is_cut_into_even_parts_of_whole_sentences(tmp_path: Path) -> None:
    document, passages = made(tmp_path, SENTENCE * 10, most=30)
    sizes = [len(p.text.split()) for p in passages]
    assert max(sizes) <= 30
    assert sum(sizes) == 80
    assert max(sizes) - min(sizes) <= 8, "parts of about one length"
    for passage in passages:
        assert passage.text.startswith("Deze zin")
        assert passage.text.endswith("punt.")
    assert document.text == " ".join(p.text for p in passages)


def test_long_list_repeats_its_introduction_as_lead(tmp_path: Path) -> None:
    items = "".join(f"- {SENTENCE}\n" for _ in range(10))
    document, passages = made(tmp_path, f"Het kabinet doet het volgende:\n\n{items}", most=30)
    assert len(passages) > 2
    assert passages[0].lead is None
    for later in passages[1:]:
        assert later.lead is not None
        assert document.text[later.lead.start : later.lead.end] == "Het kabinet doet het volgende:"


def test_sentence_of_ten_thousand_words_is_cut_for_the_model(
    tmp_path: Path, builtin: Encoder
) -> None:
    source = " ".join(f"woord{i}," for i in range(10_000))
    (tmp_path / "a.md").write_text(source, "utf-8")
    document = read_document(tmp_path / "a.md", tmp_path)
    passages = make_passages(document, builtin.count_tokens)
    assert " ".join(p.text for p in passages) == document.text
    assert max(builtin.count_tokens([p.text for p in passages])) < builtin.max_tokens


def test_only_headings_give_no_passages(tmp_path: Path) -> None:
    assert made(tmp_path, "# Een\n\n## Twee\n")[1] == []


def test_sentences_in_cells_are_apart(tmp_path: Path) -> None:
    said = "Wij gaan na of dit mogelijk is. Dat is in het najaar bekend."
    rows = f"| 1 | Houd de sleutels geheim. | {said} | Ja |\n| 2 | Geen | Nee | Ja |\n"
    source = f"| Nr | Advies | Reactie | Klaar |\n|---|---|---|---|\n{rows}"
    document, (passage,) = made(tmp_path, source)
    assert [document.text[s.start : s.end] for s in passage.sentences] == [
        "Nr\tAdvies\tReactie\tKlaar",
        "1\tHoud de sleutels geheim.",
        "Wij gaan na of dit mogelijk is.",
        "Dat is in het najaar bekend.",
        "Ja",
        "2\tGeen\tNee\tJa",
    ]


def test_table_rows_stay_whole(tmp_path: Path) -> None:
    rows = "".join(f"| Gemeente{i} | {i} inwoners |\n" for i in range(40))
    document, passages = made(tmp_path, f"| Naam | Aantal |\n|---|---|\n{rows}", most=30)
    assert len(passages) > 1
    for passage in passages:
        assert passage.kind is Kind.TABLE
        for s in passage.sentences:
            assert document.text[s.start : s.end].count("\t") == 1
