"""Embeds the first passages of the made corpus, in parts that a later run goes on from.

    .venv/bin/python -m benchmarks.scale.embedding ../shared/eval ../shared/documents FOLDER

It takes some 20 milliseconds a passage on two cores; `benchmarks.scale` needs the result.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from benchmarks.scale.documents import stream
from benchmarks.scale.pool import Pool, make_pool
from numpy.typing import NDArray

from search.embedding import CachedEncoder, Encoder, load_encoder
from search.passages import search_text

__all__ = ["REAL_VECTORS", "SEED", "embedded", "open_pool", "parts_of"]

SEED = 7
REAL_VECTORS = 50_000
_PART = 1_000


def open_pool(evaluation: Path, letters: Path, memory: Path) -> tuple[Pool, Encoder]:
    """Make the pool of real texts with the built-in model; vectors are remembered in `memory`."""
    encoder = CachedEncoder(load_encoder(), memory)
    return make_pool(evaluation, Path("corpus"), letters, encoder), encoder


def parts_of(folder: Path) -> Path:
    """Return the folder with the parts, by any version of the built-in model.

    Between two of its quantisations the cosine of one text's vectors is 0.9997 (median of 2,000).
    """
    return folder / "embedded"


def embedded(folder: Path) -> NDArray[np.float16]:
    """Return the vectors so far, shape (passages, dimensions), in order of the passages."""
    parts = sorted(folder.glob("part-*.npy"))
    return np.concatenate([np.load(path) for path in parts])


def _texts(pool: Pool, encoder: Encoder, folder: Path) -> Iterator[str]:
    for made in stream(pool, folder, encoder, SEED):
        for passage in made.passages:
            yield search_text(passage, made.document).for_encoder


def _embed(texts: Iterator[str], encoder: Encoder, folder: Path, most: int) -> None:
    """Embed part after part; one that is there and was made of the same texts is kept."""
    begun, done = time.perf_counter(), 0
    for number in range(-(-most // _PART)):
        part = list(islice(texts, min(_PART, most - number * _PART)))
        mark = hashlib.sha256("\0".join(part).encode()).hexdigest()[:16]
        path = folder / f"part-{number:04d}-{mark}.npy"
        if path.exists():
            continue
        for stale in folder.glob(f"part-{number:04d}-*.npy"):
            stale.unlink()
        vectors = encoder.encode_passages(part).astype(np.float16)
        waiting = path.with_suffix(".tmp")
        with waiting.open("wb") as file:
            np.save(file, vectors)
        waiting.rename(path)
        done += len(part)
        each = (time.perf_counter() - begun) / done
        print(f"{(number + 1) * _PART} of {most} passages, {1000 * each:.1f} ms each", flush=True)


def main() -> None:
    """Embed the first passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=REAL_VECTORS)
    options = parser.parse_args()
    pool, encoder = open_pool(options.evaluation, options.letters, options.folder / "memory")
    parts = parts_of(options.folder)
    parts.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=options.folder) as corpus:
        # The plain model: what is embedded here is kept in the parts.
        texts = _texts(pool, encoder, Path(corpus))
        _embed(texts, load_encoder(), parts, options.passages)


if __name__ == "__main__":
    main()
