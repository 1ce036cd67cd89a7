"""Other models: a tiny random BERT in a folder, and names that do not exist."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.embedding import load_encoder
from search.errors import ModelError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":"]
WORDS += ["het", "kabinet", "vindt", "wat", "migratie", "beleid"]


def _save_tiny(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(0)
    bare = folder.parent / f"{folder.name}-kaal"
    bare.mkdir(parents=True)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=24,
    )
    BertModel(config).save_pretrained(bare)
    make: Any = BertTokenizer
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    make(vocab=vocabulary, model_max_length=24).save_pretrained(bare)
    modules = [Transformer(str(bare)), Pooling(16, "mean")]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    shutil.rmtree(bare)
    return folder


@pytest.fixture(scope="module")
def tiny(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _save_tiny(tmp_path_factory.mktemp("modellen") / "mini")


def test_a_model_from_a_folder(tiny: Path) -> None:
    encoder = load_encoder(str(tiny))
    assert encoder.name == str(tiny)
    assert (encoder.dimensions, encoder.max_tokens) == (16, 24)
    texts = ["het kabinet", "", "wat vindt het kabinet " * 50, "migratie"]
    seen: list[tuple[int, int]] = []
    vectors = encoder.encode_passages(texts, lambda *step: seen.append(step))
    assert vectors.shape == (4, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[3], encoder.encode_passages(["migratie"])[0], atol=1e-5)
    # Without prompts, a question is encoded like a passage.
    np.testing.assert_allclose(vectors[:1], encoder.encode_questions(["het kabinet"]), atol=1e-5)
    assert seen == [(4, 4)]
    assert encoder.count_tokens(texts) == [2, 0, 200, 1]
    assert encoder.encode_passages([]).shape == (0, 16)


def test_its_own_prompts_are_used(cache: Path, tmp_path: Path) -> None:
    folder = _save_tiny(tmp_path / "mini", {"query": "query: ", "passage": "passage: "})
    encoder = load_encoder(str(folder))
    plain = "het beleid"
    assert not np.allclose(encoder.encode_questions([plain]), encoder.encode_passages([plain]))


def test_e5_by_name_gets_the_prefixes(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mini-e5-small"
    shutil.copytree(tiny, folder)
    encoder, bare = load_encoder(str(folder)), load_encoder(str(tiny))
    for ours, prefix in ((encoder.encode_questions, "query"), (encoder.encode_passages, "passage")):
        expected = bare.encode_passages([f"{prefix}: het beleid"])
        np.testing.assert_allclose(ours(["het beleid"]), expected, atol=1e-5)
    assert encoder.fingerprint != bare.fingerprint


def test_the_fingerprint_follows_the_weights(tiny: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie"
    shutil.copytree(tiny, copy)
    before = load_encoder(str(copy)).fingerprint
    assert before == load_encoder(str(tiny)).fingerprint
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-3] ^= 0x01
    weights.write_bytes(content)
    assert load_encoder(str(copy)).fingerprint != before


@pytest.mark.slow
def test_the_exported_model_is_such_a_folder(exported: Path, encoder: Any) -> None:
    other = load_encoder(str(exported))
    assert (other.dimensions, other.max_tokens) == (384, 512)
    text = ["Het kabinet reageert op het rapport van de WRR."]
    assert (other.encode_questions(text) @ encoder.encode_questions(text).T).item() > 0.999
    assert (other.encode_passages(text) @ encoder.encode_passages(text).T).item() > 0.999
    assert other.count_tokens(text) == encoder.count_tokens(text)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Er is geen map"):
        load_encoder(str(tmp_path / "weg"))


def test_a_folder_without_a_model(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="niet te laden"):
        load_encoder(str(tmp_path))


def test_a_name_that_does_not_exist(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sentence_transformers

    def unknown(*_: Any, **__: Any) -> None:
        raise OSError("niemand/niets is not a valid model identifier\nmore text")

    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", unknown)
    with pytest.raises(ModelError, match=r"niemand/niets is niet te laden.*Controleer de naam"):
        load_encoder("niemand/niets")
