"""A cross-encoder from a folder, and one that does not exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.embedding import load_reranker
from search.errors import ModelError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "het", "kabinet", "vindt", "wat", "migratie"]


@pytest.fixture(scope="module")
def folder(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("kruis")
    make_config: Any = BertConfig
    config = make_config(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=24,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(path)
    make: Any = BertTokenizer
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    make(vocab=vocabulary, model_max_length=24).save_pretrained(path)
    return path


def test_scores_each_passage_with_its_question(folder: Path) -> None:
    reranker = load_reranker(str(folder))
    passages = ["het kabinet vindt", "migratie", "het kabinet vindt"]
    scores = reranker.score("wat vindt het kabinet", passages)
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)
    assert scores[0] != scores[1]
    assert reranker.score("wat", []) == []


def test_unknown_name_is_a_clear_error(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cross-encoder"):
        load_reranker(str(tmp_path / "geen"))
