"""What many tests share: the real corpus, read once and indexed once with the real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.paths import CORPUS

from search.embedding import Encoder, load_encoder
from search.engine import Engine
from search.indexing import build_index
from search.labels import Labeller, load_labeller
from search.reading import read_document
from search.records import Document
from search.settings import Settings

pytest_plugins = ["tests.invented", "tests.changing", "tests.fetched"]


@pytest.fixture(scope="session")
def letter() -> Document:
    """Read the cabinet's letter of the corpus."""
    return read_document(CORPUS / "kst-29861-70.md", CORPUS)


@pytest.fixture(scope="session")
def news() -> Document:
    """Read the news item of the corpus."""
    return read_document(CORPUS / "nieuwsbericht-kabinetsreactie-wrr.txt", CORPUS)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the corpus folder and an index that was built from it."""
    index = tmp_path_factory.mktemp("index")
    build_index(Settings(CORPUS, index))
    return CORPUS, index


@pytest.fixture(scope="session")
def engine(built: tuple[Path, Path]) -> Iterator[Engine]:
    """Open that index."""
    opened = Engine.open(Settings(*built))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def builtin() -> Encoder:
    """Load the built-in model."""
    return load_encoder()


@pytest.fixture(scope="session")
def labeller(builtin: Encoder) -> Labeller:
    """Load what labels sentences."""
    return load_labeller(builtin)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or a database by the folder that they are in."""
    for item in items:
        for folder in ("browser", "postgres"):
            if folder in item.path.parts:
                item.add_marker(folder)
