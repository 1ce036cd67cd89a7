"""An index in a database gives what one in a folder gives."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
from tests.storage.postgres.conftest import Made
from tests.storage.postgres.making import DIMENSIONS, document, fill, many

from search.records import DocumentConstraints, Dossier, Filters, Holder, Metadata, Stance
from search.storage import Index, Indexable, LocalStore, Store
from search.storage.postgres.lexical import LexicalSearch
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.store import PostgresStore

BOOSTS = {"passage": 0.25, "surroundings": 0.75}
HOSTILE = "'; DROP SCHEMA kamerwijzer CASCADE; --"
LETTERS = {
    "brief": Metadata(
        kind="Brief regering", date="2021-03-24", dossiers=(Dossier("29861"),), ondernummer="70"
    ),
    "begroting": Metadata(
        kind="Brief  Regering",
        date="2020-10-01",
        ondernummer="a",
        dossiers=(Dossier("35570-VIII"), Dossier("29861")),
    ),
    "nieuws": Metadata(kind="Nieuwsbericht", date="2021"),
    "los": Metadata(subject="100 % 'los' \\ ?"),
}


def _documents() -> list[Indexable]:
    letters = [
        document(name, [f"over {name} \\ en 'dit' %s ?"], about) for name, about in LETTERS.items()
    ]
    return [*many(60), *letters, document("leeg", [])]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Index the documents in a folder."""
    opened = fill(LocalStore(tmp_path_factory.mktemp("index")), _documents())
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["one by one", "graph"])
def index(request: pytest.FixtureRequest, make_database: Made) -> Iterator[Index]:
    """Index the same documents in a database, without and with a graph of the vectors."""
    plan = GraphPlan(exact_up_to=30) if request.param == "graph" else GraphPlan()
    store = PostgresStore(make_database(), plan)
    opened = fill(store, _documents())
    yield opened
    opened.close()
    store.close()


FILTERS = [
    Filters(),
    Filters(themes=("wonen",)),
    Filters(themes=("natuur",)),
    Filters(themes=("natuur", "zorg"), date_from="2014-01-01"),
    Filters(documents=("stuk-3", "stuk-9", "brief")),
    Filters(date_to="2012-12-31"),
    Filters(date_from="2013-05-04", date_to="2013-05-04"),
    Filters(holders=(Holder.CABINET,)),
    Filters(stances=(Stance.ADVICE,)),
    Filters(holders=(Holder.CABINET,), stances=(Stance.ADVICE,), themes=("wonen",)),
    Filters(documents=("stuk-3",), themes=("niets",)),
    Filters(documents=(HOSTILE,)),
    Filters(themes=(HOSTILE, "%s", "\\")),
    Filters(date_from=HOSTILE),
]


def test_counts_of_the_manifest(index: Index, local: Index) -> None:
    for name in ("documents", "passages", "sentences", "dimensions", "model"):
        assert getattr(index.manifest, name) == getattr(local.manifest, name)
    assert index.manifest.vectors.startswith(("vlak", "HNSW"))
    index.check()
    index.check(thorough=True)


def test_what_is_shown_is_the_same(index: Index, local: Index) -> None:
    assert index.listed() == local.listed()
    assert index.theme_labels() == local.theme_labels()
    assert index.document_theme_labels() == local.document_theme_labels()
    assert index.documents_of_passages() == local.documents_of_passages()
    assert set(index.stance_counts()) == set(local.stance_counts())
    for name in (*local.metadata, "niet", HOSTILE):
        assert index.document(name) == local.document(name)
        assert index.path_of(name) == local.path_of(name)
        assert index.passages_of(name) == local.passages_of(name)
        assert index.stored(name) == local.stored(name)


def test_passages_are_given_by_number(index: Index, local: Index) -> None:
    wanted = [0, 7, 3, local.manifest.passages - 1, 10**6, -1]
    assert index.passages(wanted) == local.passages(wanted)
    assert index.passages([]) == {}


def test_metadata_are_read_one_by_one_and_all(index: Index, local: Index) -> None:
    assert len(index.metadata) == len(local.metadata)
    assert index.metadata["brief"] == LETTERS["brief"]
    assert HOSTILE not in index.metadata
    assert dict(index.metadata) == dict(local.metadata)
    assert list(index.metadata) == list(local.metadata)


def test_source_is_what_was_read_when_it_was_indexed(index: Index) -> None:
    assert index.source("brief") == "bron van brief: over brief \\ en 'dit' %s ?"
    assert index.source("niet") is None


@pytest.mark.parametrize(
    "reference",
    [
        DocumentConstraints(dossier="29861"),
        DocumentConstraints(dossier="29861", ondernummer="a"),
        DocumentConstraints(dossier=HOSTILE),
        DocumentConstraints(kind="brief"),
        DocumentConstraints(kind="bericht"),
        DocumentConstraints(kind="%"),
        DocumentConstraints(date_from="2021"),
        DocumentConstraints(date_from="2012", date_to="2020"),
        DocumentConstraints(),
    ],
)
def test_a_reference_means_the_same_documents(
    index: Index, local: Index, reference: DocumentConstraints
) -> None:
    assert index.documents_of(reference) == local.documents_of(reference)


@pytest.mark.parametrize("filters", FILTERS)
def test_words_are_found_with_the_same_scores(index: Index, local: Index, filters: Filters) -> None:
    chance = random.Random(3)
    words = sorted({word for each in _documents() for word in each.words})
    for boosts in (BOOSTS, {"passage": 1.0}, {"surroundings": 1.0}):
        # "baaxter" and "beteer" have a typo, and "over" is in few passages.
        terms = [*chance.sample(words, 4), "baaxter", "beteer", "over", "over", "niks", HOSTILE]
        wanted = local.search_words(terms, boosts, 1000, filters)
        assert index.search_words(terms, boosts, 1000, filters) == pytest.approx(wanted, abs=1e-4)
        best = index.search_words(terms, boosts, 5, filters)
        assert list(best.values()) == pytest.approx(list(wanted.values())[:5], abs=1e-4)


def test_a_term_that_is_there_is_no_typo_whatever_another_thread_does(
    index: Index, local: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when another thread overwrites what this search caches.
    monkeypatch.setattr(LexicalSearch, "_remember", lambda *_: None)
    monkeypatch.setattr(index._lexical, "_frequencies", {})  # type: ignore[attr-defined]
    wanted = local.search_words(["baater", "beeter"], BOOSTS, 50)
    assert index.search_words(["baater", "beeter"], BOOSTS, 50) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("name", ["brief\0", "brief\ud800", "\0"])
def test_what_is_no_text_is_found_nowhere(index: Index, name: str) -> None:
    assert index.document(name) is None
    assert index.source(name) is None
    assert index.stored(name) is None
    assert index.path_of(name) == ""
    assert index.passages_of(name) == []
    assert index.documents_of(DocumentConstraints(dossier=name)) == []
    assert index.metadata.get(name) is None
    assert index.frequencies([name]) == {name: 0}
    assert index.holding_all([[name]], 5) == index.holding_most([[name], [name, "a"]], 5) == []
    assert index.search_words([name], BOOSTS, 5) == {}
    for filters in (Filters(documents=(name,)), Filters(themes=(name,))):
        assert index.search_words(["over"], BOOSTS, 5, filters) == {}


def test_a_vector_beyond_half_precision_is_compared(index: Index, local: Index) -> None:
    question = np.full(DIMENSIONS, 1e6, dtype=np.float32)
    question[1:] = 0
    found, wanted = (each.search_vectors(question, 10) for each in (index, local))
    assert list(found)[:5] == list(wanted)[:5]
    assert index.nearest_sentences(question, [0]).keys() == {0}


def test_nothing_is_asked(index: Index) -> None:
    assert index.search_words([], BOOSTS, 10) == {}
    assert index.search_words(["over"], {}, 10) == {}
    assert index.search_words(["over"], BOOSTS, 0) == {}
    assert index.search_vectors(np.ones(DIMENSIONS, dtype=np.float32), 0) == {}
    assert index.frequencies([]) == {}
    assert index.nearest_sentences(np.ones(DIMENSIONS, dtype=np.float32), []) == {}


def test_frequencies(index: Index, local: Index) -> None:
    terms = ["baater", "over", "over", "niks", HOSTILE]
    assert index.frequencies(terms) == local.frequencies(terms)
    assert index.frequencies(terms) == local.frequencies(terms)


@pytest.mark.parametrize("filters", FILTERS)
def test_vectors_are_found_with_the_same_scores(
    index: Index, local: Index, filters: Filters
) -> None:
    chance = np.random.default_rng(4)
    for top in (1, 10, 500):
        question = chance.normal(size=DIMENSIONS).astype(np.float32)
        wanted = local.search_vectors(question, top, filters)
        found = index.search_vectors(question, top, filters)
        assert list(found.values()) == pytest.approx(list(wanted.values()), abs=0.02)


def test_what_the_words_found_is_compared_too(index: Index, local: Index) -> None:
    chance = np.random.default_rng(5)
    for _ in range(5):
        question = chance.normal(size=DIMENSIONS).astype(np.float32)
        every = local.search_vectors(question, local.manifest.passages)
        best, worst = list(every)[:10], list(every)[-10:]
        assert index.search_vectors(question, 10, also=best).keys() == set(best)
        assert not index.search_vectors(question, 10, also=worst).keys() & set(worst)


def test_rows_of_vectors(index: Index, local: Index) -> None:
    assert np.array_equal(index.passage_rows(3, 20), local.passage_rows(3, 20))
    assert index.passage_rows(0, 0).shape == (0, DIMENSIONS)
    passages = list(local.passages(range(30)).values())
    wanted, found = local.sentence_rows(passages), index.sentence_rows(passages)
    assert wanted.keys() == found.keys()
    assert all(np.array_equal(wanted[i], found[i]) for i in wanted)
    question = np.arange(DIMENSIONS, dtype=np.float32)
    near = index.nearest_sentences(question, range(30))
    assert near == pytest.approx(local.nearest_sentences(question, range(30)), abs=0.05)


@pytest.mark.parametrize(
    "phrases",
    [
        [["over", "brief"]],
        [["brief", "over"]],
        [["over"], ["begroting"]],
        [],
        [[]],
        [["'dit'", "%s", "?"]],
        [["\\", "en"]],
        [["baater", "baater"]],
        [["niks"]],
        [["'"]],
        [["over", "brief", "\\", "en", "'dit'", "%s", "?"]],
        [["a" * 3000]],
    ],
)
def test_documents_that_hold_phrases(index: Index, local: Index, phrases: list[list[str]]) -> None:
    assert set(index.holding_all(phrases, 1000)) == set(local.holding_all(phrases, 1000))
    assert set(index.holding_most(phrases, 1000)) == set(local.holding_most(phrases, 1000))
    assert len(index.holding_all(phrases, 2)) == len(local.holding_all(phrases, 2))


def test_the_document_with_most_phrases_comes_first(index: Index) -> None:
    found = index.holding_most([["over", "begroting"], ["over"], ["en", "'dit'"]], 3)
    assert found[0] == "begroting"
    assert len(found) == 3


def test_two_stores_of_one_database_say_the_same(make_database: Made) -> None:
    url = make_database()
    first: Store = PostgresStore(url)
    second = PostgresStore(url)
    assert first.current() == second.current() == ""
    fill(first, [document("a", ["een"])]).close()
    assert second.current() == first.current() != ""
    assert second.manifest().documents == 1
    second.close()


def test_a_long_document_holds_its_phrases_across_windows(make_database: Made) -> None:
    words = [f"w{i % 997}" for i in range(7000)]
    words[3000:3600] = ["de"] * 600
    store = PostgresStore(make_database())
    index = fill(store, [document("lang", [" ".join(words)]), document("kort", ["w1 w2 w3"])])
    for start in (0, 1980, 1990, 2999, 3270, 3590, 6976):
        assert index.holding_all([words[start : start + 24]], 10) == ["lang"]
    assert index.holding_all([words[1900:2100]], 10) == ["lang"]
    assert set(index.holding_all([["w2", "w3"]], 10)) == {"lang", "kort"}
    assert index.holding_all([["w6", "w5"]], 10) == []
    index.close()
    store.close()
