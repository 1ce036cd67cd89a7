"""Seconds that the embedding alone takes, of one list of texts by one library.

python embedding.py kamerwijzer|plain TEXTS.json
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_BATCHES = (8, 16, 32)
"""Texts at a time, all of which are tried: which is fastest depends on the machine."""

Embed = Callable[[list[str]], object]


def main() -> None:
    """Embed the texts in each way that there is, and print how many seconds each took.

    The model is there by then, and has read a few texts.
    """
    texts = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    ways = _kamerwijzer() if sys.argv[1] == "kamerwijzer" else _plain()
    seconds = {}
    for name, embed in ways.items():
        embed(texts[:16])
        begun = time.perf_counter()
        embed(texts)
        seconds[name] = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds}), flush=True)


def _kamerwijzer() -> Mapping[str, Embed]:
    from search.embedding import load_encoder

    return {"one by one": load_encoder().encode_passages}


def _plain() -> Mapping[str, Embed]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(os.environ["WEIGHTS"], device="cpu", local_files_only=True)

    def by(batch: int) -> Embed:
        # It sorts the texts by length itself, and uses all cores.
        return lambda texts: model.encode_document(texts, batch_size=batch)

    return {f"batches of {batch}": by(batch) for batch in _BATCHES}


if __name__ == "__main__":
    main()
