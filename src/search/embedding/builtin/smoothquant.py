"""How large the numbers get that meet each matrix: what int8 with one scale a column needs.

A few of a text's numbers are far larger than the others, always in the same columns. Rounded to
int8 with one scale they take the precision of all. Each column is therefore divided by a factor
first, by which the matrix is multiplied: what is hard to round moves to where it is not
("SmoothQuant", Xiao et al., 2023, formula 4). The factors are of what the model makes of a few
texts.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto

__all__ = ["SAMPLES", "factors", "largest_inputs"]

_SHARE = 0.7
"""How much of the difficulty moves to the matrix; 0.7 gave the best cosines of 0.5 to 0.9."""
_STEPS = 4
"""Factors are rounded to so many steps an octave, so that every processor comes to the same."""
_LEAST = 1e-5

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
"""Texts of the kinds that are searched and asked."""


def largest_inputs(
    model: ModelProto, texts: Sequence[NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """Give the largest absolute value in each column of what meets each matrix, by its output.

    `model` is a graph with its matrices in blocks, `texts` are its inputs, each of shape (1,
    tokens, dimensions). Raises what ONNX Runtime raises for a graph that it can't run.
    """
    from onnx import helper

    fed = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "MatMulNBits"}
    inside = sorted({name for name in fed.values() if name != model.graph.input[0].name})
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in inside)
    # onnxruntime ships without types; mypy must pass with and without it installed.
    onnxruntime: Any = importlib.import_module("onnxruntime")
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, NDArray[np.float32]] = {}
    for text in texts:
        found = session.run(inside, {model.graph.input[0].name: text})
        for name, values in zip(inside, found, strict=True):
            columns = np.abs(values[0]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, columns), columns)
    return {output: largest[name] for output, name in fed.items()}


def factors(largest: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give what each column of a matrix (rows, columns) is multiplied by, and its input divided.

    `largest` is the largest absolute value of each column of the input.
    """
    inputs = np.maximum(largest, _LEAST).astype(np.float64)
    weights = np.maximum(np.abs(matrix).max(axis=0), _LEAST).astype(np.float64)
    octaves = _SHARE * np.log2(inputs) - (1 - _SHARE) * np.log2(weights)
    rounded = np.round(_STEPS * (octaves - octaves.mean())) / _STEPS
    return np.asarray(np.exp2(rounded), dtype=np.float32)
