"""The built-in model, prepared once for all tests in a cache of their own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.paths import CORPUS, ROOT

from search.embedding import Encoder, export_sentence_transformer, load_encoder
from search.embedding.builtin.prepare import builtin_weights

OWN_PARAGRAPHS = [
    "Het kabinet heeft grote waardering voor de inzet waarmee het rapport tot stand is gekomen.",
    "De WRR beveelt aan dat elke gemeente een ontvangstvoorziening inricht voor migranten.",
    "Zie Kamerstuk 29 861, nr. 53; de kosten bedragen € 1,5 mln. («incidenteel»).",
]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a cache folder for this run; tests must not use the user's, nor the hub."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def encoder(cache: Path) -> Encoder:
    """Load the real built-in model."""
    return load_encoder(cache=cache)


@pytest.fixture(scope="session")
def exported(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the built-in model to a sentence-transformers folder; takes half a minute."""
    folder = tmp_path_factory.mktemp("export")
    export_sentence_transformer(folder)
    return folder


@pytest.fixture(scope="session")
def reference(exported: Path) -> Any:
    """Load that folder with sentence-transformers: the same weights in float32."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(exported), device="cpu")


@pytest.fixture(scope="session")
def untuned(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Load the weights that the built-in model starts from, as the hub gives them."""
    from sentence_transformers import SentenceTransformer

    from search.embedding.builtin.exporting import save_as_transformer

    folder = tmp_path_factory.mktemp("hub")
    save_as_transformer(builtin_weights(), folder)
    return SentenceTransformer(str(folder), device="cpu")


@pytest.fixture(scope="session")
def paragraphs() -> list[str]:
    """Return the paragraphs of the corpus, or a few of our own when it isn't there."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.md"))]
    found = [part.strip() for text in texts for part in re.split(r"\n\s*\n", text)]
    return [part for part in found if part] or OWN_PARAGRAPHS


@pytest.fixture
def environment() -> dict[str, str]:
    """Return the environment for a new Python process."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}
