"""Keep the libraries of Hugging Face silent: no progress bars, no reports, no calls home."""

from __future__ import annotations

import logging as standard
import os
from typing import Any

__all__ = ["quiet_transformers"]


def quiet_transformers() -> None:
    """Turn off progress bars, notices and telemetry; call it before sentence-transformers.

    The variables are read when huggingface_hub is imported, and are left alone when set.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as module

    # transformers ships these two without types.
    logging: Any = module
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    standard.getLogger("sentence_transformers").setLevel(standard.ERROR)
