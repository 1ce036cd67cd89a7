"""Reads small documents as the corpus would hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.reading import read_document
from search.records import Document

Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes text or bytes to a file and reads it as a document."""

    def read_text(content: str | bytes, name: str = "brief.md") -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_document(path, tmp_path)

    return read_text
