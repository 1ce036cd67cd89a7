"""Tokens a second of the embedding alone, on one list of texts, by one library.

python embedding.py kamerwijzer|plain TEXTS.json
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Embed the texts, and print how many seconds it took once the model was there."""
    who, texts = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))
    if who == "kamerwijzer":
        from search.embedding import load_encoder

        embed = load_encoder().encode_passages
    else:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(os.environ["WEIGHTS"], device="cpu", local_files_only=True)

        def embed(texts: list[str]) -> object:
            # It sorts by length itself; 32 was as fast as 16 and 64.
            return model.encode_document(texts, batch_size=32)

    embed(texts[:16])
    begun = time.perf_counter()
    embed(texts)
    print(json.dumps({"seconds": time.perf_counter() - begun}), flush=True)


if __name__ == "__main__":
    main()
