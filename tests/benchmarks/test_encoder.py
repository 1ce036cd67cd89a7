"""The training of the encoder: adapters, the loss, and a run that goes on; on a tiny network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from benchmarks.encoder import training
from benchmarks.encoder.network import Network
from benchmarks.encoder.training import Pair, Schedule, loss_of, train
from benchmarks.lora import Adapted, factors
from benchmarks.reader.training import Group
from torch import Tensor

from benchmarks import learning
from search.embedding.builtin.exporting import bert_model
from search.embedding.builtin.weights import WORDS, Architecture, Weights, quantise_blocks
from search.reader import Readable

SIZE, INNER, LAYERS = 32, 64, 3
SQUARE = ("attention.self.query", "attention.self.key", "attention.self.value")
TEXTS = [[0, 7, 8, 2], [0, 9, 2]]

pytestmark = pytest.mark.slow  # torch and transformers take seconds to import


def tiny() -> Weights:
    """Make weights of a model with three small layers, drawn by chance."""
    chance = np.random.default_rng(1)

    def drawn(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return chance.normal(0, 0.3, shape).astype(np.float32)

    shapes = dict.fromkeys((*SQUARE, "attention.output.dense"), (SIZE, SIZE))
    shapes |= {"intermediate.dense": (INNER, SIZE), "output.dense": (SIZE, INNER)}
    matrices = {WORDS: quantise_blocks(drawn(40, SIZE))}
    norms = ["embeddings.LayerNorm"]
    vectors = {
        "embeddings.position_embeddings.weight": drawn(64, SIZE),
        "embeddings.token_type_embeddings.weight": drawn(1, SIZE),
    }
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        for name, shape in shapes.items():
            matrices[f"{layer}.{name}.weight"] = quantise_blocks(drawn(*shape))
            vectors[f"{layer}.{name}.bias"] = drawn(shape[0])
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    for norm in norms:
        vectors[f"{norm}.weight"] = np.ones(SIZE, np.float32)
        vectors[f"{norm}.bias"] = np.zeros(SIZE, np.float32)
    sizes = Architecture(SIZE, LAYERS, 2, INNER, 64, 1e-5)
    return Weights(sizes, [], np.zeros(0, np.float32), matrices, vectors, "test")


def network() -> Network:
    """Make the tiny network, each time with the same adapters."""
    torch.manual_seed(1)
    return Network(tiny())


def letters(text: str) -> list[int]:
    """Return a token for each letter."""
    return [3 + ord(letter) % 37 for letter in text]


def groups(count: int) -> list[Group]:
    """Make groups with one right passage and two wrong ones each."""

    def passage(text: str) -> Readable:
        return Readable("", "", "", (text,))

    return [
        Group(
            f"vraag {i}",
            (passage(f"antwoord {i * 7}"),),
            ((True,),),
            (passage(f"iets {i * 3}"), passage(f"anders {i * 5}")),
        )
        for i in range(count)
    ]


def test_adapters_start_as_no_change() -> None:
    made = network()
    tokens = torch.tensor(TEXTS[:1])
    before = bert_model(tiny()).eval()(input_ids=tokens).last_hidden_state
    after = made.bert(input_ids=tokens).last_hidden_state
    assert torch.equal(before, after)
    shipped = factors(made.bert)
    assert all(not value.any() for name, value in shipped.items() if name.endswith(".up"))


def test_only_the_adapters_of_the_layers_from_the_third_on_learn() -> None:
    made = network()
    assert len(made.learned()) == 12
    assert all(n.startswith("bert.encoder.layer.2.") for n in made.learned())
    shipped = factors(made.bert)
    assert shipped["encoder.layer.2.attention.self.query.down"].shape == (16, SIZE)
    assert shipped["encoder.layer.2.intermediate.dense.up"].shape == (INNER, 16)
    assert not [name for name in shipped if "linear" in name]


def test_what_is_shipped_is_that_share_of_the_change() -> None:
    linear = torch.nn.Linear(4, 3)
    adapted = Adapted(linear, 2)
    with torch.no_grad():
        adapted.up.normal_()
    shipped = factors(torch.nn.ModuleDict({"dense": adapted}), share=0.6)
    data = torch.randn(5, 4)
    change = data @ torch.from_numpy(shipped["dense.up"] @ shipped["dense.down"]).T
    assert torch.allclose(change, 0.6 * (adapted(data) - linear(data)), atol=1e-5)


def test_vectors_have_length_one_and_do_not_depend_on_the_padding() -> None:
    made = network()
    together = made(TEXTS)
    assert torch.allclose(together.norm(dim=1), torch.ones(2))
    assert torch.allclose(together, torch.cat([made([each]) for each in TEXTS]), atol=1e-5)


def fixed(rows: dict[str, list[float]]) -> tuple[Network, list[str]]:
    """Make a stand-in for the network that has a vector for each text, and list those texts."""
    texts = list(rows)

    def vectors(tokens: list[list[int]]) -> Tensor:
        return torch.tensor([rows[texts[each[1]]] for each in tokens])

    return vectors, texts  # type: ignore[return-value]


def test_another_right_passage_of_a_question_is_no_negative() -> None:
    rows = {"a": [1.0, 0.0], "b": [0.0, 1.0], "A": [0.6, 0.8], "B": [1.0, 0.0], "n": [0.8, 0.6]}
    stand_in, texts = fixed(rows)

    def tokenise(text: str) -> list[int]:
        return [texts.index(text.split(": ")[1])]

    def loss(right: frozenset[str]) -> float:
        pairs = [Pair("a", "A", "n", right), Pair("b", "B", None, frozenset({"B"}))]
        return float(loss_of(stand_in, pairs, tokenise))

    def expected(first: list[float]) -> float:
        second = np.array([0.0, 0.8, 0.6]) / training.TEMPERATURE  # its own, A and n
        scores = np.array(first) / training.TEMPERATURE
        own = [np.log(np.exp(each).sum()) - each[0] for each in (scores, second)]
        return float(np.mean(own))

    assert loss(frozenset({"A"})) == pytest.approx(expected([0.6, 1.0, 0.8]), rel=1e-5)
    # The other pair's passage answers the first question too, and then does not count.
    assert loss(frozenset({"A", "B"})) == pytest.approx(expected([0.6, 0.8]), rel=1e-5)


def run(checkpoint: Path, stop: int | None = None) -> tuple[dict[str, Tensor], list[float]]:
    """Train the tiny network; return what it learned and its losses. `stop` breaks off the run."""
    made = network()
    losses: list[float] = []

    def progress(done: int, _total: int, loss: float) -> None:
        losses.append(loss)
        if done == stop:
            raise KeyboardInterrupt

    train(made, groups(8), letters, Schedule(epochs=3, batch=4, warm=2), checkpoint, progress)
    return made.learned(), losses


def test_run_that_goes_on_ends_the_same_as_an_unbroken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_SAVED", 2)
    whole, losses = run(tmp_path / "whole.pt")
    assert len(losses) == 6
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "broken.pt", stop=3)
    # The third step was not saved and is done again.
    resumed, later = run(tmp_path / "broken.pt")
    assert len(later) == 4
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    assert any(whole[name].any() for name in whole if name.endswith(".up"))


def test_run_that_was_finished_learns_nothing_more(tmp_path: Path) -> None:
    whole, _ = run(tmp_path / "kept.pt")
    again, losses = run(tmp_path / "kept.pt")
    assert losses == []
    assert all(torch.equal(whole[name], again[name]) for name in whole)


def test_group_without_a_right_passage_is_passed_over(tmp_path: Path) -> None:
    without = [Group(each.question, (), (), each.wrong) for each in groups(4)]
    steps: list[int] = []
    train(
        network(),
        [*without, *groups(4)],
        letters,
        Schedule(epochs=1, batch=4, warm=2),
        tmp_path / "kept.pt",
        lambda done, *_: steps.append(done),
    )
    assert steps == [1]
