"""Where the app's corpus and index lie, and the engine that is open on them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from search.places import Place, place_of
from search.settings import variable
from search.storage import store_of
from search.ui.jobs import jobs

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["CORPUS", "INDEX", "folders", "open_engine"]

CORPUS = "KAMERWIJZER_CORPUS"
INDEX = "KAMERWIJZER_INDEX"


def folders() -> tuple[Path, Place]:
    """Give the corpus folder and where the index is: by the environment, else beside app.py."""
    root = Path(__file__).resolve().parents[3]
    corpus = Path(os.environ.get(CORPUS) or root / "corpus")
    named = os.environ.get(INDEX) or os.environ.get(variable("database_url"))
    index = place_of(named or str(root / "index"))
    return corpus, index


def open_engine() -> Engine:
    """Give the engine on the index's current generation, opening it when it is a new one.

    Raises IndexMissing, IndexDamaged or ModelError, and IndexOutdated as soon as the corpus is
    no longer the one that was indexed, unless the app is at work on that.
    """
    corpus, index = folders()
    engine = _opened(str(corpus), str(index), store_of(index).current())
    if not jobs().busy:
        engine.check()
    return engine


@st.cache_resource(show_spinner="Het model wordt geladen…", max_entries=2)
def _opened(corpus: str, index: str, generation: str) -> Engine:  # noqa: ARG001 - part of the key
    from search.engine import Engine  # slow to import: not before the page stands

    return Engine.open(Path(corpus), place_of(index))
