"""The reader that is shipped: what it makes of passages that it has not learned from."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from search.embedding import Encoder
from search.embedding.builtin.adapted_model import Head
from search.embedding.builtin.adapters import adapted
from search.embedding.builtin.weights import Architecture, QuantisedMatrix, Weights, quantise_blocks
from search.reader import Readable, Reader, load_reader
from search.reader.prepare import READER

QUESTION = "Wanneer gaat de nieuwe brug bij Veldwijk open?"
TITLE = "Brief over de brug bij Veldwijk"
RIGHT = Readable(
    TITLE,
    "Planning",
    "",
    (
        "De bouw van de brug is in 2019 begonnen.",
        "Naar verwachting kan het verkeer er vanaf 1 mei 2024 overheen.",
        "De kosten worden gedeeld met de provincie.",
    ),
)
WRONG = Readable(
    TITLE,
    "Kosten",
    "",
    ("De brug kost 12 miljoen euro.", "De provincie betaalt daarvan de helft."),
)
ELSEWHERE = Readable(
    "Verslag", "", "", ("De commissie stelt de agenda vast.", "Niemand meldt zich af.")
)


@pytest.fixture(scope="module")
def reader(builtin: Encoder) -> Reader:
    """Load the reader that is shipped."""
    return load_reader(builtin)


def test_passage_that_answers_scores_highest(reader: Reader) -> None:
    right, wrong, elsewhere = reader.read(QUESTION, [RIGHT, WRONG, ELSEWHERE])
    assert right.passage > wrong.passage > elsewhere.passage


def test_sentence_that_answers_scores_highest(reader: Reader) -> None:
    (reading,) = reader.read(QUESTION, [RIGHT])
    assert int(np.argmax(reading.sentences)) == 1


def test_readings_do_not_depend_on_the_other_passages(reader: Reader) -> None:
    together = reader.read(QUESTION, [ELSEWHERE, RIGHT, WRONG])
    alone = [reader.read(QUESTION, [each])[0] for each in (ELSEWHERE, RIGHT, WRONG)]
    assert [r.passage for r in together] == pytest.approx([r.passage for r in alone], abs=1e-4)


def test_nothing_to_read_gives_no_readings(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == []


def test_sentence_that_was_cut_off_is_never_the_best(reader: Reader) -> None:
    long = " ".join(["beleid"] * 90) + "."
    (reading,) = reader.read(QUESTION, [Readable("", "", "", (long,) * 6)])
    assert len(reading.sentences) == 6
    assert reading.sentences[-1] == -np.inf
    assert np.isfinite(reading.sentences[0])


def test_passage_without_words_can_be_read(reader: Reader) -> None:
    (reading,) = reader.read(QUESTION, [Readable("", "", "", ())])
    assert reading.sentences == ()
    assert np.isfinite(reading.passage)


def test_reading_imports_no_torch() -> None:
    code = (
        "import sys; from search.embedding import load_encoder; from search.reader import *; "
        "load_reader(load_encoder()).read('wat', [Readable('', '', '', ('Een zin.',))]); "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def tiny(layers: int) -> Weights:
    """Make weights of a small model with matrices of ones."""
    matrices: dict[str, QuantisedMatrix] = {
        f"encoder.layer.{i}.output.dense.weight": quantise_blocks(np.ones((2, 32), np.float32))
        for i in range(layers)
    }
    vectors = {
        **{f"encoder.layer.{i}.output.dense.bias": np.zeros(2, np.float32) for i in range(layers)},
        "embeddings.LayerNorm.weight": np.ones(2, np.float32),
    }
    sizes = Architecture(32, layers, 1, 32, 8, 1e-5)
    return Weights(sizes, [], np.zeros(0, np.float32), matrices, vectors, "test")


def test_adapter_is_added_to_its_matrix_alone() -> None:
    arrays = {
        "encoder.layer.1.output.dense.down": np.full((1, 32), 0.5, np.float16),
        "encoder.layer.1.output.dense.up": np.array([[2.0], [4.0]], np.float16),
    }
    changed = adapted(tiny(3), arrays)
    first, second = (
        changed.matrices[f"encoder.layer.{i}.output.dense.weight"].dense() for i in (0, 1)
    )
    assert np.allclose(first, 1.0, atol=0.01)
    assert np.allclose(second, [[2.0] * 32, [3.0] * 32], atol=0.02)


def test_layers_beyond_the_last_adapter_are_left_out() -> None:
    arrays = {
        "encoder.layer.1.output.dense.down": np.zeros((1, 32), np.float16),
        "encoder.layer.1.output.dense.up": np.zeros((2, 1), np.float16),
    }
    changed = adapted(tiny(3), arrays)
    assert changed.architecture.layers == 2
    assert sorted(changed.matrices) == [f"encoder.layer.{i}.output.dense.weight" for i in (0, 1)]
    assert "embeddings.LayerNorm.weight" in changed.vectors


def test_head_is_a_weighted_sum_of_tanh_units() -> None:
    head = Head(
        inner=np.array([[1.0, 0.0]], np.float32),
        shift=np.zeros(1, np.float32),
        outer=np.array([[1.0], [-2.0]], np.float32),
        offset=np.array([0.5, 0.0], np.float32),
    )
    unit = np.tanh(0.3)
    assert head(np.array([[0.3, 9.0]], np.float32))[0] == pytest.approx([0.5 + unit, -2 * unit])


def test_what_is_shipped_is_a_few_megabytes() -> None:
    assert READER.adapters.stat().st_size < 8_000_000
