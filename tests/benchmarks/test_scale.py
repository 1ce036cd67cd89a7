"""The made corpus: its records are what reading its files gives, its vectors lie as real ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from benchmarks.scale.clock import Clock, disk
from benchmarks.scale.documents import Maker, read_real, stream
from benchmarks.scale.exact import exact_neighbours, found_share
from benchmarks.scale.pool import HEAD_LINES, Pool, make_pool
from benchmarks.scale.putting import Made
from benchmarks.scale.questions import Asked, choose, gain
from benchmarks.scale.vectors import Drawing, neighbour_steps
from numpy.typing import NDArray
from tests.paths import CORPUS

from search.dutch import analyse, words_of
from search.embedding import BUILT_IN, Encoder
from search.indexing.stages import with_surroundings
from search.labels import official_themes
from search.passages import make_passages, surroundings
from search.reading import read_document
from search.records import Kind, Label, Passage, Sentence, Span, Theme, ThemeOrigin
from search.storage import FORMAT, Index, Indexable, LocalStore, Manifest, StoredDocument

PAGES = (
    "Een paspoort vraagt u aan bij uw gemeente.\n\nPaspoort meenemen\n\nNeem naar de balie het "
    "volgende mee:\n\n- uw huidige paspoort;\n\n- een pasfoto.\n\nDe gemeente maakt een afspraak.",
    "De burgemeester opent het zwembad op maandag. Er komen daar ongeveer 300 bezoekers.",
)


class _Quick:
    """An encoder with the real tokens, and vectors that only tell texts apart."""

    name = BUILT_IN
    fingerprint = "quick"
    dimensions = 384
    max_tokens = 512

    def __init__(self, real: Encoder) -> None:
        self.count_tokens = real.count_tokens

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def encode_passages(
        self, texts: Sequence[str], _: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        seeds = [int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) for text in texts]
        rows = [np.random.default_rng(seed).normal(1, 1, self.dimensions) for seed in seeds]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, self.dimensions)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def quick(builtin: Encoder) -> _Quick:
    """Make the encoder."""
    return _Quick(builtin)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory, quick: _Quick) -> Pool:
    """Make a pool of the project's corpus and two pages."""
    sets = tmp_path_factory.mktemp("sets")
    (sets / "een").mkdir()
    lines = [
        json.dumps({"id": f"p{i}", "text": text, "subjects": f"{i} Onderwerp|Ander"})
        for i, text in enumerate(PAGES)
    ]
    (sets / "een" / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    letters = tmp_path_factory.mktemp("letters")
    lines = [
        "Over de opvang",
        *(f"In Veendam zijn {n} mensen opgevangen in scholen." * 2 for n in ("tien", "twintig")),
    ]
    (letters / "brief.txt").write_text("\n\n".join(lines), "utf-8")
    return make_pool(sets, CORPUS, letters, quick)


@pytest.fixture(scope="module")
def made(
    pool: Pool, quick: _Quick, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Made]]:
    """Make six documents; also give the folder with their files."""
    folder = tmp_path_factory.mktemp("made")
    maker = Maker(pool, folder, 3, quick.count_tokens)
    return folder, [maker.document(number) for number in range(6)]


def _unlabelled(passages: Sequence[Passage]) -> list[Passage]:
    """Leave out what a document's labels are, which are those of the real sentences."""
    return [
        replace(
            passage,
            theme=Theme("", ThemeOrigin.ESTIMATED),
            sentences=tuple(Sentence(s.start, s.end) for s in passage.sentences),
        )
        for passage in passages
    ]


def test_a_made_document_is_what_its_file_reads_as(made: tuple[Path, list[Made]]) -> None:
    folder, documents = made

    assert [read_document(folder / each.document.path, folder) for each in documents] == [
        each.document for each in documents
    ]


def test_passages_are_cut_as_ever(made: tuple[Path, list[Made]], quick: _Quick) -> None:
    for each in made[1]:
        passages = make_passages(each.document, quick.count_tokens, together=0)

        assert _unlabelled(passages) == _unlabelled(each.passages)
        assert {Kind.LETTERHEAD, Kind.PARAGRAPH} <= {p.kind for p in passages}
        assert each.runs == tuple(
            surroundings(passages, quick.count_tokens([p.text for p in passages]))
        )


def test_terms_and_words_are_those_of_the_text(made: tuple[Path, list[Made]]) -> None:
    for each in made[1]:
        assert each.terms == tuple(tuple(analyse(p.text)) for p in each.passages)
        assert list(each.words) == words_of(each.document.text)


def test_a_sentence_keeps_label_cues_and_vector_of_where_it_was_taken(
    made: tuple[Path, list[Made]], pool: Pool
) -> None:
    names = {row: text for text, row in pool.rows.items()}
    known: dict[str, list[Label]] = {}
    for topic in pool.topics:
        for unit in (*topic.sentences, *topic.leads, *topic.items):
            if unit.label:
                known.setdefault(unit.text, []).append(unit.label)
    moved = 0
    for each in made[1]:
        spans = [s for p in each.passages for s in p.sentences]
        for span, row in zip(spans, each.rows, strict=True):
            said = each.document.text[span.start : span.end]
            assert names.get(row, said) == said
            if span.label:
                cues = tuple(
                    Span(c.start - span.start, c.end - span.start) for c in span.label.cues
                )
                assert replace(span.label, cues=cues) in known[said]
                moved += bool(cues) and span.start > 0
    assert moved


def test_the_same_seed_makes_the_same_document(
    pool: Pool, quick: _Quick, made: tuple[Path, list[Made]], tmp_path: Path
) -> None:
    again = Maker(pool, tmp_path, 3, quick.count_tokens).document(4)
    other = Maker(pool, tmp_path, 4, quick.count_tokens).document(4)

    assert again == made[1][4]
    assert other.document.text != again.document.text


@pytest.mark.slow
def test_real_files_come_first_and_are_read_and_labelled(
    pool: Pool, quick: _Quick, tmp_path: Path
) -> None:
    real = list(read_real(pool, tmp_path, quick))

    assert [each.document.id for each in real] == [file.name for file in pool.files]
    assert (tmp_path / "kst-29861-70.md").read_bytes() == (CORPUS / "kst-29861-70.md").read_bytes()
    letter = next(each for each in real if each.document.id == "kst-29861-70")
    assert any(s.label for p in letter.passages for s in p.sentences)
    streamed = list(islice(stream(pool, tmp_path, quick, 3), len(real) + 1))
    assert [each.document.id for each in streamed[:-1]] == [each.document.id for each in real]
    assert streamed[-1].document.path.startswith("kst/")


def test_a_pool_holds_lists_and_official_themes(pool: Pool) -> None:
    assert {topic.theme for topic in pool.topics} <= {theme.label for theme in official_themes()}
    assert any(topic.leads and topic.items for topic in pool.topics)
    assert len(pool.vectors) == len(pool.rows) + len(HEAD_LINES)
    assert all(not topic.name[0].isdigit() for topic in pool.topics)


def test_vectors_are_the_embedded_ones_and_then_drawn_near_them(
    made: tuple[Path, list[Made]],
) -> None:
    documents = made[1]
    first = sum(len(each.passages) for each in documents[:2])
    chance = np.random.default_rng(1)
    own = chance.normal(2, 1, (first + 5, 384)).astype(np.float32)
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    topics = [topic for each in documents for topic in each.topics][: len(own)]
    steps = 0.1 * neighbour_steps(own, 1)
    drawing = Drawing(own.astype(np.float16), topics, steps, 5)
    given = [drawing.vectors(each) for each in documents]

    kept = own[: len(documents[0].passages)].astype(np.float16).astype(np.float32)
    expected = with_surroundings(documents[0].passages, documents[0].runs, documents[0].terms, kept)
    assert np.array_equal(given[0], expected)
    beyond = documents[3]
    lone = replace(beyond, runs=tuple(range(i, i + 1) for i in range(len(beyond.runs))))
    fresh = Drawing(own.astype(np.float16), topics, steps, 5)
    for each in documents[:3]:
        fresh.vectors(each)
    drawn = fresh.vectors(lone)
    assert np.linalg.norm(drawn, axis=1) == pytest.approx(np.ones(len(drawn)), abs=1e-3)
    farthest = np.linalg.norm(steps, axis=1).max()
    nearest = np.sqrt(np.maximum(0, 2 - 2 * (drawn @ own.T).max(axis=1)))
    assert (nearest <= 1.05 * farthest).all()
    assert (nearest > 0.01).all()


def test_steps_lead_to_neighbours_and_none_to_a_copy() -> None:
    own = np.zeros((30, 384), dtype=np.float32)
    own[:, 0] = 1
    own[20:] = np.eye(10, 384, 1)

    steps = neighbour_steps(own, 1)

    # Twenty copies have ten copies or more as their nearest.
    assert 0 < len(steps) <= 10
    assert np.linalg.norm(steps, axis=1) == pytest.approx(np.full(len(steps), 2**0.5), abs=1e-5)


@pytest.fixture
def index(made: tuple[Path, list[Made]], quick: _Quick, tmp_path: Path) -> Index:
    """Build an index of the made documents with random vectors."""
    store, chance = LocalStore(tmp_path), np.random.default_rng(2)
    with store.new_generation(quick.dimensions) as writer:
        for each in made[1]:
            stored = StoredDocument(
                each.document, each.themes, each.passages, each.runs, each.terms
            )
            vectors = chance.normal(0, 1, (len(each.passages), 384)).astype(np.float32)
            sentences = np.zeros((len(each.rows), 384), dtype=np.float32)
            fields = [{"passage": terms, "surroundings": terms} for terms in each.terms]
            writer.add(Indexable(stored, fields, each.words, vectors, sentences, lambda: ""))
        writer.finish(Manifest(FORMAT, "", "", "", 384, 0, 0, 0, {}, {}), lambda *_: None)
    return store.open()


def test_exact_neighbours_are_the_best_of_all_rows_or_of_those_allowed(index: Index) -> None:
    questions = np.random.default_rng(3).normal(0, 1, (4, 384)).astype(np.float32)
    rows = index.passage_rows(0, index.manifest.passages)
    scores = questions @ rows.T
    even = np.arange(0, len(rows), 2)

    found = exact_neighbours(index, questions, 5)
    among = exact_neighbours(index, questions, 5, even)

    assert [list(each) for each in found] == np.argsort(-scores, axis=1)[:, :5].tolist()
    assert [list(each) for each in among] == (
        2 * np.argsort(-scores[:, even], axis=1)[:, :5]
    ).tolist()
    assert found_share(found, found, 5) == 1.0
    assert found_share([dict.fromkeys([1, 2], 0.0)], [dict.fromkeys([2, 3], 0.0)], 2) == 0.5
    index.close()


def test_gain_knows_of_answers_that_were_not_found() -> None:
    asked = Asked("Wie?", "Zij opent het bad.", held=2)

    assert gain(asked, ["Toen. Zij opent het bad.", "Zij opent het bad. Nu."]) == 1.0
    assert gain(asked, ["Zij opent het bad.", "Niemand."]) == pytest.approx(0.6131, abs=1e-4)
    assert gain(asked, []) == 0.0


def test_half_of_the_questions_have_an_answer_that_the_pool_knows(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
    rows = [{"question": f"Vraag {i}?", "sentences": ["A.", f"B{i}."], "gold": 1} for i in range(9)]
    text = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "een" / "answer_sentence.jsonl").write_text(text, "utf-8")
    asked = [{"id": f"q{i}", "text": f"Anders {i}?"} for i in range(9)]
    text = "\n".join(json.dumps(row) for row in asked)
    (tmp_path / "twee" / "queries.jsonl").write_text(text, "utf-8")
    (tmp_path / "questions-dev.jsonl").write_text(
        json.dumps({"id": "q", "question": "Ontwikkeld?"}), "utf-8"
    )

    chosen = choose(tmp_path, {f"B{i}.": i for i in range(5)}, 6, 1)

    assert len(chosen) == 6
    assert sum(bool(each.answer) for each in chosen) == 3
    assert {each.answer for each in chosen if each.answer} <= {f"B{i}." for i in range(5)}


def test_a_clock_counts_calls_by_name_and_begins_anew() -> None:
    clock, values = Clock(), [3, 1, 2]

    class Owner:
        def work(self, *given: int) -> list[int]:
            return sorted([*values, *given])

    owner = Owner()
    clock.watch(owner, "work", "sorting")

    assert owner.work(0) == [0, 1, 2, 3]
    assert clock.taken().keys() == {"sorting"}
    assert clock.taken() == {}


def test_disk_counts_files_and_all_that_is_in_folders(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "b").write_bytes(b"12345")
    (tmp_path / "a").write_bytes(b"123")

    assert disk(tmp_path) == {"a": 3, "deep": 5}
