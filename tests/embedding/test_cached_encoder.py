"""What was encoded once is not encoded again, and cached vectors are those that were encoded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search.embedding import CachedEncoder, Encoder

TEXTS = ["Het kabinet reageert.", "De gemeenten hebben de regierol.", "Zie voetnoot 2."]


class Counting:
    """An encoder of four numbers that keeps what it was asked to encode."""

    name = "telt"
    dimensions = 4
    max_tokens = 512

    def __init__(self, fingerprint: str = "eerste", fails_after: int = 10_000) -> None:
        self.fingerprint = fingerprint
        self.passages: list[str] = []
        self.questions: list[str] = []
        self._fails_after = fails_after

    def encode_passages(
        self, texts: Sequence[str], _: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.passages.extend(texts)
        if len(self.passages) > self._fails_after:
            raise RuntimeError("stroomstoring")
        return self._rows(texts)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.questions.extend(texts)
        return self._rows(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [[len(t) / 997, sum(map(ord, t)) / 9973, ord(t[0]) / 331, 1 / 3] for t in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimensions)


def encoded_again(folder: Path, fingerprint: str = "eerste") -> list[str]:
    """Return which of the texts are encoded again with the cache in `folder`."""
    inner = Counting(fingerprint)
    CachedEncoder(inner, folder).encode_passages(TEXTS)
    return inner.passages


def test_the_second_time_nothing_is_encoded(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path)
    encoder.encode_passages(TEXTS)
    assert inner.passages == TEXTS
    encoder.encode_passages(TEXTS[::-1])
    assert inner.passages == TEXTS
    assert encoded_again(tmp_path) == [], "nor in another run"


def test_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path)
    encoder.encode_passages(TEXTS[:2])
    encoder.encode_passages(TEXTS)
    assert inner.passages == TEXTS


def test_what_occurs_often_is_encoded_once(tmp_path: Path) -> None:
    inner = Counting()
    one, other = TEXTS[:2]
    rows = CachedEncoder(inner, tmp_path).encode_passages([one, other, one, one, other])
    assert inner.passages == [one, other]
    assert np.array_equal(rows[[0, 1]][[0, 1, 0, 0, 1]], rows)
    assert not np.array_equal(rows[0], rows[1])


def test_vectors_are_the_same_fresh_and_encoded_again(tmp_path: Path) -> None:
    fresh = CachedEncoder(Counting(), tmp_path).encode_passages(TEXTS)
    again = CachedEncoder(Counting(), tmp_path).encode_passages(TEXTS)
    elsewhere = CachedEncoder(Counting(), tmp_path / "elders").encode_passages(TEXTS)
    mixed = CachedEncoder(Counting(), tmp_path).encode_passages(["nieuw", *TEXTS])[1:]
    for rows in (again, elsewhere, mixed):
        assert rows.dtype == fresh.dtype == np.float32
        assert np.array_equal(rows, fresh)


def test_vectors_of_the_real_model_are_the_same_too(tmp_path: Path, builtin: Encoder) -> None:
    fresh = CachedEncoder(builtin, tmp_path).encode_passages(TEXTS)
    again = CachedEncoder(builtin, tmp_path).encode_passages(TEXTS)
    assert np.array_equal(again, fresh)
    # Half precision: eleven bits.
    assert fresh == pytest.approx(builtin.encode_passages(TEXTS), abs=2**-11)
    assert np.linalg.norm(fresh, axis=1) == pytest.approx(1, abs=1e-3)


def test_another_model_has_a_memory_of_its_own(tmp_path: Path) -> None:
    assert encoded_again(tmp_path) == TEXTS
    assert encoded_again(tmp_path, "tweede") == TEXTS
    assert encoded_again(tmp_path) == []


def test_it_tells_of_itself_what_the_model_does(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path)
    assert (encoder.name, encoder.fingerprint) == (inner.name, inner.fingerprint)
    assert (encoder.dimensions, encoder.max_tokens) == (inner.dimensions, inner.max_tokens)
    assert encoder.count_tokens(TEXTS) == inner.count_tokens(TEXTS)


def test_questions_are_passed_on_and_not_encoded_again(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path)
    for _ in range(2):
        assert np.array_equal(encoder.encode_questions(TEXTS), inner._rows(TEXTS))
    assert inner.questions == TEXTS * 2
    assert encoded_again(tmp_path) == TEXTS, "a question's vector is no passage's"


def test_names_are_encoded_as_questions_once_and_apart_from_passages(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path)
    first, second = encoder.encode_names(TEXTS), encoder.encode_names(TEXTS)
    assert np.array_equal(first, second)
    assert inner.questions == TEXTS
    encoder.encode_passages(TEXTS)
    assert inner.passages == TEXTS, "a name's vector is no passage's"


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    rows = CachedEncoder(Counting(), tmp_path).encode_passages(
        [], lambda done, total: steps.append((done, total))
    )
    assert rows.shape == (0, 4)
    assert steps == []


def test_progress_counts_the_texts_that_are_done(tmp_path: Path) -> None:
    # 1,100 texts of which 100 are copies: 1,000 to encode, 512 at a time.
    texts = [f"tekst {i}" for i in range(1000)] + [f"tekst {i}" for i in range(100)]
    steps: list[tuple[int, int]] = []
    encoder = CachedEncoder(Counting(), tmp_path)
    encoder.encode_passages(texts, lambda done, total: steps.append((done, total)))
    assert steps == [(612, 1100), (1100, 1100)]
    encoder.encode_passages(texts, lambda done, total: steps.append((done, total)))
    assert steps[2:] == [(1100, 1100)]


def test_a_run_that_is_stopped_keeps_what_it_had(tmp_path: Path) -> None:
    texts = [f"tekst {i}" for i in range(700)]
    with pytest.raises(RuntimeError, match="stroomstoring"):
        CachedEncoder(Counting(fails_after=512), tmp_path).encode_passages(texts)
    inner = Counting()
    CachedEncoder(inner, tmp_path).encode_passages(texts)
    assert inner.passages == texts[512:]


def test_two_that_write_at_once_share_one_memory(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    one, other = CachedEncoder(first, tmp_path), CachedEncoder(second, tmp_path)
    one.encode_passages(TEXTS[:1])
    other.encode_passages(TEXTS[:2])
    one.encode_passages(TEXTS)
    other.encode_passages(TEXTS)
    assert first.passages == [TEXTS[0], TEXTS[2]]
    assert second.passages == [TEXTS[1]]


# Memories that can't be used


def memory_file(folder: Path) -> Path:
    """Fill a cache and return its one file."""
    CachedEncoder(Counting(), folder).encode_passages(TEXTS)
    (path,) = folder.glob("*.sqlite")
    return path


def garbage(path: Path) -> None:
    path.write_bytes(b"dit is geen databestand " * 400)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def another_table(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE vectors (iets TEXT)")
    connection.commit()
    connection.close()


def short_vectors(path: Path) -> None:
    rewrite(path, b"\0" * 6)


def odd_bytes(path: Path) -> None:
    rewrite(path, b"\0" * 7)


def rewrite(path: Path, vector: bytes) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE vectors SET vector = ?", (vector,))
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [garbage, half, nothing, folder_in_its_place, another_table, short_vectors, odd_bytes],
)
def test_a_damaged_memory_costs_time_alone(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    wanted = CachedEncoder(Counting(), tmp_path / "gaaf").encode_passages(TEXTS)
    damage(memory_file(tmp_path))
    for _ in range(2):
        inner = Counting()
        rows = CachedEncoder(inner, tmp_path).encode_passages(TEXTS)
        assert np.array_equal(rows, wanted)
    if damage in (nothing, short_vectors, odd_bytes):
        assert inner.passages == [], "it is whole again after the first time"


def test_a_cache_folder_that_can_not_be_made_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("geen map")
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path / "bestand")
    assert encoder.encode_passages(TEXTS).shape == (3, 4)
    encoder.encode_passages(TEXTS)
    assert inner.passages == TEXTS * 2


def test_a_full_disk_costs_time_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", full)
    assert CachedEncoder(Counting(), tmp_path).encode_passages(TEXTS).shape == (3, 4)
    assert list(tmp_path.iterdir()) == []


def test_the_vectors_are_kept_in_the_user_s_cache_folder_when_nobody_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.embedding.cached_encoder.default_cache", lambda: tmp_path / "cache")
    CachedEncoder(Counting()).encode_passages(TEXTS)
    assert list((tmp_path / "cache").glob("vectors-eerste.sqlite"))
