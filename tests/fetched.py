"""A corpus folder that fetched files are put into."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.corpus import CorpusFolder
from search.sources import MANIFESTATIONS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Name a corpus folder that does not exist yet."""
    return tmp_path / "corpus"


@pytest.fixture
def shelf(corpus: Path) -> CorpusFolder:
    """Give that folder as a shelf."""
    return CorpusFolder(corpus, (*MANIFESTATIONS, "md", "txt"))
