"""The SentencePiece tokenizer against the one of Hugging Face with the same vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.embedding import Encoder
from search.embedding.builtin.prepare import TOKENS, builtin_folder
from search.embedding.builtin.tokenizer import UNKNOWN, PieceTokenizer, write_tokenizer

ODD_TEXTS = [
    "",
    "   ",
    "\n een\ttab  en   spaties ",
    "e\u0301e\u0301n ½ \ufb01ets m² ™",
    "onzichtbaar\u200bteken, zacht\u00adafbreken en \u00a0vast",
    "Kamerstuk 29 861, nr. 53 («incidenteel») \u2013 € 1.000,-",
    "Grüße aus Köln; ça va, señor? Łódź, žluťoučký kůň, ελληνικά",
    "日本語のテキスト Привет мир مرحبا",
    "\U00013000\U00013001 x\U00013000y",
    "arbeidsongeschiktheidsverzekeringsmaatschappij" * 20,
    "▁ ▁a \x00 \x7f \ufeff",
]


@pytest.fixture(scope="module")
def tokenizer(encoder: Encoder, cache: Path) -> PieceTokenizer:
    return PieceTokenizer(builtin_folder(cache) / TOKENS)


def test_same_tokens_as_hugging_face(
    tokenizer: PieceTokenizer, reference: Any, paragraphs: list[str]
) -> None:
    for text in paragraphs + ODD_TEXTS:
        theirs = reference.tokenizer(text, add_special_tokens=False)["input_ids"]
        assert tokenizer.encode(text) == theirs, text[:80]


def test_text_never_yields_special_tokens(tokenizer: PieceTokenizer) -> None:
    assert not {0, 1, 2, 250001} & set(tokenizer.encode("a </s> <s> <pad> <mask>"))


def test_best_path_by_hand(tmp_path: Path) -> None:
    # "▁ab": ▁ + ab = -1 - 5 = -6, ▁a + b = -2 - 3 = -5, ▁ + a + b = -1 - 4 - 3 = -8.
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "ab", "▁a", "a", "b"]
    scores = np.array([0, 0, 0, 0, -1, -5, -2, -4, -3], dtype=np.float32)
    write_tokenizer(pieces, scores, tmp_path / "tokens.model")
    small = PieceTokenizer(tmp_path / "tokens.model")
    assert small.encode("ab") == [6, 8]
    assert small.encode("  AB ") == [4, UNKNOWN]
    assert small.encode("bxxb b") == [4, 8, UNKNOWN, 8, 4, 8]


def test_count_tokens_of_bare_text(encoder: Encoder, reference: Any) -> None:
    texts = ["", "Wat vindt het kabinet?", "lang " * 2000]
    expected = [len(reference.tokenizer(t, add_special_tokens=False)["input_ids"]) for t in texts]
    assert encoder.count_tokens(texts) == expected
    assert expected[0] == 0
    assert expected[2] == 2000
