"""Both searches and their filters, on the real index and on a corpus with a hidden answer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.embedding import Encoder
from search.engine import Engine
from search.indexing import build_index
from search.records import Filters
from search.retrieval import Retriever
from search.settings import Settings
from search.storage import LocalStore
from search.storage.filter_mask import FilterMask
from search.storage.local.index import LocalIndex

NEWS = "nieuwsbericht-kabinetsreactie-wrr"
LETTER = "kst-29861-70"
QUESTION = "Wat kost een fietsenstalling bij het station?"


@pytest.fixture(scope="module")
def index(built: tuple[Path, Path]) -> Iterator[LocalIndex]:
    """Open the real index."""
    opened = LocalStore(built[1]).open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Index a document of 130 passages on bicycle sheds and one of 1 passage on milk."""
    folder = tmp_path_factory.mktemp("crowd")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "fietsen.md").write_text(
        "\n\n".join(
            f"## Stalling {i}\n\nDe fietsenstalling bij het station kost {i} euro per fiets."
            for i in range(130)
        )
    )
    (corpus / "melk.md").write_text("# Zuivel\n\nDe prijs van melk steeg in het voorjaar.\n")
    (corpus / "melk.toml").write_text('date = "2020-01-15"\nthemes = ["voeding"]\n')
    build_index(Settings(corpus, folder / "index"))
    opened = Engine.open(Settings(corpus, folder / "index"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(documents=("melk",)),
        Filters(date_from="2020-01-15"),
        Filters(date_to="2020-01-15"),
        Filters(date_from="2020-01-01", date_to="2020-12-31"),
        Filters(themes=("voeding",)),
    ],
    ids=["document", "from", "to", "period", "theme"],
)
def test_filter_applies_before_the_best_are_taken(crowd: Engine, filters: Filters) -> None:
    unfiltered = crowd.ask(QUESTION, top=100).hits
    assert "melk" not in {hit.passage.document for hit in unfiltered}, "it ranks below 100 others"
    hits = crowd.ask(QUESTION, filters, top=100).hits
    assert [hit.passage.document for hit in hits] == ["melk"]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(date_from="2020-01-16"),
        Filters(date_to="2020-01-14"),
        Filters(documents=("fietsen",), themes=("voeding",)),
    ],
)
def test_filter_that_lets_nothing_through_finds_nothing(crowd: Engine, filters: Filters) -> None:
    answer = crowd.ask(QUESTION, filters)
    assert answer.hits == ()
    assert answer.quote is None
    assert not answer.answerable


def ids(allowed: FilterMask | None) -> list[int]:
    """Return which passages pass a filter; there must be a filter."""
    assert allowed is not None
    return [int(i) for i in allowed.ids]


def test_each_arm_is_limited_by_itself(index: LocalIndex, builtin: Encoder) -> None:
    allowed = index.filter_mask(Filters(documents=(NEWS,)))
    assert ids(allowed)
    vector = builtin.encode_questions(["gemeenten"])[0]
    dense = index.vectors.search(vector, 100, allowed)
    assert set(dense) == set(ids(allowed))
    every = index.vectors.search(vector, 1000)
    assert dense == pytest.approx({i: every[i] for i in ids(allowed)})


def test_hits_come_only_from_the_filtered_document(index: LocalIndex, builtin: Encoder) -> None:
    retriever = Retriever(index, builtin)
    question = "Wat waren de uitkomsten van de pilots met terugkeervoorzieningen?"
    for document in (NEWS, LETTER):
        ranking = retriever.search(question, Filters(documents=(document,)))
        found = index.passages([s.passage for s in ranking.ranked]).values()
        assert {p.document for p in found} == {document}


def test_theme_filter_finds_passages_of_the_theme_alone(engine: Engine) -> None:
    theme = "Thema 4: Migratiebeleid"
    hits = engine.ask("gemeenten", Filters(themes=(theme,)), top=100).hits
    assert hits
    assert {hit.passage.theme.label for hit in hits} == {theme}


def test_filters_are_alternatives_within_and_limits_between(index: LocalIndex) -> None:
    both = index.filter_mask(Filters(documents=(NEWS, LETTER)))
    assert len(ids(both)) == index.manifest.passages
    one = index.filter_mask(Filters(documents=(NEWS,)))
    later = index.filter_mask(Filters(documents=(NEWS, LETTER), date_from="2021-03-25"))
    assert ids(one) == ids(later)
    assert index.filter_mask(Filters()) is None
    assert ids(index.filter_mask(Filters(documents=("bestaat niet",)))) == []


def test_filter_values_are_no_sql(index: LocalIndex) -> None:
    assert ids(index.filter_mask(Filters(documents=("' OR 1=1 --",)))) == []
    assert ids(index.filter_mask(Filters(themes=('"; DROP TABLE passages',)))) == []
    assert ids(index.filter_mask(Filters(documents=(NEWS,))))


def test_weights_are_those_of_bm25(index: LocalIndex, builtin: Encoder) -> None:
    ranking = Retriever(index, builtin).search("onbestaanbaarwoord")
    (weight,) = ranking.weights.values()
    assert weight == pytest.approx(math.log(1 + (index.lexical.passages + 0.5) / 0.5))


def test_ranking_is_the_same_twice(index: LocalIndex, builtin: Encoder) -> None:
    retriever = Retriever(index, builtin)
    assert (
        retriever.search("rol van gemeenten").ranked == retriever.search("rol van gemeenten").ranked
    )


def test_footnote_and_signatures_are_found_as_what_they_are(engine: Engine) -> None:
    signed = engine.ask("wie ondertekende de brief?").hits[0]
    assert signed.passage.kind == "ondertekening"
    assert "Koolmees" in signed.passage.text
    hits = engine.ask("Wat is volgens het CBS de definitie van een migrant?").hits
    note = next(h for h in hits[:3] if h.passage.kind == "voetnoot")
    assert "langer dan vier maanden" in note.passage.text


@pytest.mark.parametrize(
    "question",
    [
        "Wat vindt het kabinet van een integrale benadering bij de ontvangst van nieuwkomers?",
        "Wie heeft de regierol bij de sociale samenhang in wijken?",
    ],
)
def test_news_that_repeats_the_letter_is_one_hit_that_names_both(
    engine: Engine, question: str
) -> None:
    hits = engine.ask(question).hits
    for hit in hits:
        places = [hit.passage.document, *(other.document for other in hit.also_in)]
        assert len(places) == len(set(places)), "a hit names each document once"
    merged = [hit for hit in hits if hit.also_in]
    assert merged
    assert any({h.passage.document, h.also_in[0].document} == {NEWS, LETTER} for h in merged)
    for hit in merged:
        for other in hit.also_in:
            assert other.citation
            assert other.url
            assert engine.document(other.document).text[other.start : other.end]
