"""Factors that smooth the inputs of each matrix, so that int8 is precise enough for them.

A few columns of the inputs always hold far larger numbers than the others. Rounded to int8 with
one scale for all, the others would lose their precision. Each column of the input is therefore
divided by a factor, by which that column of the matrix is multiplied: this moves the difficulty
of rounding to the matrix ("SmoothQuant", Xiao et al., 2023, formula 4). The factors are computed
from the inputs that a few sample texts give.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto

__all__ = ["SAMPLES", "largest_inputs", "smoothing_factors"]

_MIGRATION_STRENGTH = 0.65
"""Share of the difficulty that moves to the matrix; of 0.6 to 0.8, 0.65 gave the best cosines."""
_STEPS_PER_OCTAVE = 4
"""Factors are rounded to these steps, so that every processor computes the same ones."""
_EPSILON = 1e-5

SAMPLES = (
    "query: Wat vindt het kabinet van de aanbeveling om gemeenten meer ruimte te geven?",
    "query: Hoeveel woningen werden er in 2023 gebouwd en wie betaalde dat?",
    "query: Wanneer treedt de nieuwe wet over de kwaliteit van het drinkwater in werking?",
    "query: waarom daalt het aantal insecten",
    "passage: Het kabinet onderschrijft het belang van een goede samenwerking tussen Rijk, "
    "provincies en gemeenten. Daarom wordt € 12,5 miljoen vrijgemaakt voor de jaren 2022–2025, "
    "onder de voorwaarde dat de regio zelf een derde bijdraagt.",
    "passage: In antwoord op de vragen van de leden Jansen en De Vries (beiden D66) deel ik u mee "
    "dat artikel 3, tweede lid, van de Wet milieubeheer op 1 juli jl. is gewijzigd (Stb. 2021, "
    "nr. 144). De inspectie ziet toe op de naleving.",
    "passage: De Raad van State merkt op dat het voorstel onvoldoende is gemotiveerd: «de "
    "noodzaak blijkt niet uit de toelichting». De minister heeft de toelichting aangevuld.",
    "passage: Statistieken laten zien dat 38% van de 65-plussers alleen woont. In de grote steden "
    "ligt dat aandeel hoger, op Texel en in Zeeuws-Vlaanderen juist lager.",
    "passage: 1. Kennisnemen van de brief. 2. Het verslag vaststellen. 3. Rondvraag; sluiting.",
    "passage: De tentoonstelling in het museum toont schilderijen uit de zeventiende eeuw, toen "
    "de stad een belangrijke haven had en kooplieden uit heel Europa er hun waren verhandelden. "
    "De bezoeker loopt langs pakhuizen, kerken en grachten, en leest in dagboeken hoe het leven "
    "er toen uitzag: de geuren, de ziekten, het geloof en het geld.",
    "passage: Tegen een besluit kunt u binnen zes weken bezwaar maken. Stuur het bezwaarschrift "
    "naar de gemeente en vermeld uw naam, adres, de datum en de reden waarom u het er niet mee "
    "eens bent. U hoort binnen twaalf weken wat er is besloten.",
    "passage: Zie https://www.rijksoverheid.nl/documenten of bel 1400 (op werkdagen, 8.00–20.00).",
)
"""Questions and passages like those that are encoded."""


def largest_inputs(
    model: ModelProto, texts: Sequence[NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """Return the largest absolute value in each column of each matrix's input, by output name.

    `model` is a graph with its matrices in blocks, `texts` are its inputs, each of shape (1,
    tokens, dimensions). Raises what ONNX Runtime raises for a graph that it can't run.
    """
    from onnx import helper

    inputs = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "MatMulNBits"}
    inner = sorted({name for name in inputs.values() if name != model.graph.input[0].name})
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in inner)
    # onnxruntime ships without types; mypy must pass with and without it installed.
    onnxruntime: Any = importlib.import_module("onnxruntime")
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, NDArray[np.float32]] = {}
    for text in texts:
        states = session.run(inner, {model.graph.input[0].name: text})
        for name, values in zip(inner, states, strict=True):
            columns = np.abs(values[0]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, columns), columns)
    return {output: largest[name] for output, name in inputs.items()}


def smoothing_factors(
    largest: NDArray[np.float32], matrix: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the factor, shape (columns,), for each column of a matrix (rows, columns).

    The matrix is to be multiplied by it and the input divided. `largest` is the largest absolute
    value of each column of the input.
    """
    inputs = np.maximum(largest, _EPSILON).astype(np.float64)
    weights = np.maximum(np.abs(matrix).max(axis=0), _EPSILON).astype(np.float64)
    octaves = _MIGRATION_STRENGTH * np.log2(inputs) - (1 - _MIGRATION_STRENGTH) * np.log2(weights)
    rounded = np.round(_STEPS_PER_OCTAVE * (octaves - octaves.mean())) / _STEPS_PER_OCTAVE
    return np.asarray(np.exp2(rounded), dtype=np.float32)
