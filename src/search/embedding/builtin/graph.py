"""The ONNX graph of a BERT encoder, written node by node, with matrices of 4 or 8 bits.

Tracing the model with torch would give a similar graph in half a minute, with the word table
inside. Written out, the fused operators of ONNX Runtime are used directly (nothing is left to
optimise when a session starts: 0.03 s), and the word vectors are an input, so that the table of
250,000 rows can stay on disk.

The weights have blocks of 32 columns with one scale each (`MatMulNBits`), and their inputs are
rounded to int8 in the same blocks: cosine to float32 at least 0.9998, 32 ms for 80 tokens on one
core. Most matrices are multiplied in another way, in int8 with one scale a column and one for the
input: three times as fast, but on its own with a cosine of 0.994 at worst. Two things correct
that. The input is smoothed first (see `smoothquant`); and the last matrix of each layer, whose
input can't be smoothed, keeps its blocks. Together: 0.9997 at worst, 17 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.smoothquant import smoothing_factors
from search.embedding.builtin.weights import BLOCK, Weights

if TYPE_CHECKING:
    from onnx import ModelProto

__all__ = ["INPUT", "LAST", "OUTPUT", "PRECISION", "build_graph", "pack_codes"]

INPUT, OUTPUT = "words", "tokens"
LAST = ".narrow"
"""Suffix of the output name of the last matrix of each layer."""
PRECISION = "smoothed columns of 8 bits, last matrices in blocks of 32; int8 inputs"
_LARGEST_CODE = 127
_INT8_ACTIVATIONS = 4
"""`accuracy_level` of MatMulNBits."""
_FUSED = "com.microsoft"
"""The operator domain of ONNX Runtime's fused operators."""


class _GraphBuilder:
    """Collects the nodes and constants of one encoder."""

    def __init__(self, weights: Weights, largest: Mapping[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.largest = largest
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **set_: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **set_))
        return output

    def linear(self, data: str, names: list[str], output: str) -> str:
        """Add data x matrix + bias; matrices with the same input are joined side by side."""
        if output in self.largest:
            return self.linear_by_column(data, names, output)
        return self.linear_by_block(data, names, output)

    def linear_by_column(self, data: str, names: list[str], output: str) -> str:
        """Add it in int8, with a scale for each column and one for the smoothed input."""
        matrix = np.concatenate([self.weights.matrices[f"{n}.weight"].dense() for n in names])
        bias = np.concatenate([self.weights.vectors[f"{name}.bias"] for name in names])
        factors = smoothing_factors(self.largest[output], matrix)
        matrix = matrix * factors
        scales = np.abs(matrix).max(axis=1) / _LARGEST_CODE
        codes = np.rint(matrix / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
        inverse = self.constant(f"{output}.smoothing", 1 / factors)
        inputs = [
            self.node("Mul", [data, inverse], f"{output}.smoothed"),
            self.constant(f"{output}.codes", codes.T),
            self.constant(f"{output}.scales", scales.astype(np.float32)),
            "",  # no zero points: codes are symmetric around 0
            self.constant(f"{output}.bias", bias.astype(np.float32)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, output, _FUSED)

    def linear_by_block(self, data: str, names: list[str], output: str) -> str:
        """Add it with the blocks of the weights as they are."""
        matrices = [self.weights.matrices[f"{name}.weight"] for name in names]
        codes = np.concatenate([matrix.codes for matrix in matrices])
        scales = np.concatenate([matrix.scales for matrix in matrices]).astype(np.float32)
        bias = np.concatenate([self.weights.vectors[f"{name}.bias"] for name in names])
        bits, packed = pack_codes(codes)
        inputs = [
            data,
            self.constant(f"{output}.codes", packed),
            self.constant(f"{output}.scales", scales),
            "",  # no zero points: the middle of the range is the default
            "",  # no permutation
            self.constant(f"{output}.bias", bias),
        ]
        return self.node(
            "MatMulNBits",
            inputs,
            output,
            _FUSED,
            N=codes.shape[0],
            K=codes.shape[1] * BLOCK,
            bits=bits,
            block_size=BLOCK,
            accuracy_level=_INT8_ACTIVATIONS,
        )

    def norm(self, inputs: list[str], name: str, output: str) -> str:
        """Add a layer normalisation of one input, or of the sum of two."""
        affine = [
            self.constant(f"{output}.gain", self.weights.vectors[f"{name}.weight"]),
            self.constant(f"{output}.shift", self.weights.vectors[f"{name}.bias"]),
        ]
        epsilon = self.weights.architecture.epsilon
        if len(inputs) == 1:
            return self.node("LayerNormalization", inputs + affine, output, epsilon=epsilon)
        return self.node("SkipLayerNormalization", inputs + affine, output, _FUSED, epsilon=epsilon)

    def embeddings(self) -> str:
        """Add positions and the only token type to the word vectors, and normalise."""
        vectors = self.weights.vectors
        positions = (
            vectors["embeddings.position_embeddings.weight"]
            + vectors["embeddings.token_type_embeddings.weight"][0]
        )
        self.constant("positions", positions)
        zero = self.constant("zero", np.zeros(1, np.int64))
        self.node("Shape", [INPUT], "length", start=1, end=2)
        self.node("Slice", ["positions", zero, "length", zero], "places")
        self.node("Add", [INPUT, "places"], "embedded")
        return self.norm(["embedded"], "embeddings.LayerNorm", "layer0")

    def layer(self, number: int, data: str, output: str) -> str:
        """Add one transformer layer: attention, then the two dense steps."""
        from onnx import helper

        name = f"encoder.layer.{number}"
        layer = f"layer{number}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = self.linear(data, parts, f"{layer}.projected")
        split = [f"{layer}.{part}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [joined], split, axis=2, num_outputs=3))
        heads = self.weights.architecture.heads
        attended = self.node(
            "MultiHeadAttention", split, f"{layer}.attended", _FUSED, num_heads=heads
        )
        dense = self.linear(attended, [f"{name}.attention.output.dense"], f"{layer}.mixed")
        middle = self.norm([dense, data], f"{name}.attention.output.LayerNorm", f"{layer}.middle")
        wide = self.linear(middle, [f"{name}.intermediate.dense"], f"{layer}.wide")
        active = self.node("Gelu", [wide], f"{layer}.active", _FUSED)
        narrow = self.linear(active, [f"{name}.output.dense"], f"{layer}{LAST}")
        return self.norm([narrow, middle], f"{name}.output.LayerNorm", output)


def pack_codes(codes: NDArray[np.int8]) -> tuple[int, NDArray[np.uint8]]:
    """Return (bits, codes packed for `MatMulNBits`) of int8 codes (rows, blocks, 32).

    Codes from -8 to 7, as Q4_0's are, are stored two to a byte, the first in the low half, with 8
    added; others one to a byte, with 128 added.
    """
    if codes.min() >= -8 and codes.max() <= 7:
        nibbles = (codes + np.int8(8)).astype(np.uint8)
        return 4, nibbles[..., 0::2] | np.left_shift(nibbles[..., 1::2], 4, dtype=np.uint8)
    return 8, (codes.astype(np.int16) + 128).astype(np.uint8)


def build_graph(
    weights: Weights, largest: Mapping[str, NDArray[np.float32]] = MappingProxyType({})
) -> ModelProto:
    """Return the encoder: input `words` (1, tokens, dimensions), output `tokens` of that shape.

    `largest` maps the output name of a matrix to the largest absolute value in each column of its
    input: these matrices get a scale a column. The others stay in blocks.

    `words` are rows of the word table, `tokens` the last layer's states, both float32. There is
    no mask, since each text is run alone and unpadded. Raises KeyError when a tensor of
    `BertModel` is missing from the weights.
    """
    from onnx import TensorProto, helper

    graph = _GraphBuilder(weights, largest)
    data = graph.embeddings()
    layers = weights.architecture.layers
    for number in range(layers):
        data = graph.layer(number, data, OUTPUT if number == layers - 1 else f"layer{number + 1}")
    shape: list[str | int | None] = [1, "length", weights.architecture.dimensions]
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, shape)],
            graph.constants,
        ),
        # The oldest versions that have these operators: newer runtimes read older files.
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )
