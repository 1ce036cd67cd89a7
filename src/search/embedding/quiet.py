"""Silence for the libraries of Hugging Face: no progress bars and no notices."""

from __future__ import annotations

import logging as standard
from typing import Any

__all__ = ["quiet_transformers"]


def quiet_transformers() -> None:
    """Turn off progress bars and notices; call it before sentence-transformers is imported.

    The environment variables that turn off telemetry are set in `search/__init__.py`.
    """
    from transformers.utils import logging as module

    # transformers ships these two without types.
    logging: Any = module
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    standard.getLogger("sentence_transformers").setLevel(standard.ERROR)
